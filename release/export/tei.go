package export

import (
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"corpus/pipeline/store"
	"corpus/schema"
)

// WriteTEI writes the version in the folder dir as one XML document by the
// guidelines of the Text Encoding Initiative, P5, with the chapter on
// computer-mediated communication (since 4.8.0): a teiCorpus with a TEI an
// article, whose comments are elements post with @who, @when and @replyTo.
// Nothing is named: persons are pseudonyms, bylines are left out. It holds one
// row at a time and gives the number of posts.
//
// What a page states is @replyTo; parents that were inferred are left out, as
// the guidelines ask for.
func WriteTEI(ctx context.Context, dir string, out io.Writer) (posts int64, err error) {
	m, err := store.ReadManifest(dir)
	if err != nil {
		return 0, err
	}
	if m.Rows[schema.TableArticles] == 0 {
		return 0, errors.New("there is no article, and a teiCorpus needs one")
	}
	w := &tei{out: bufio.NewWriterSize(out, 1<<16)}
	if err := w.head(ctx, dir, m); err != nil {
		return 0, err
	}
	err = eachThread(ctx, dir, func(a *schema.Article, comments iter.Seq2[*schema.Comment, error]) error {
		w.article(a)
		open := false
		for c, err := range comments {
			if err != nil {
				return err
			}
			if !open {
				w.raw("<div type=\"comments\">\n")
				open = true
			}
			w.post(c)
			posts++
		}
		if open {
			w.raw("</div>\n")
		}
		w.raw("</body></text>\n</TEI>\n")
		_, err := w.out.Write(nil) // the first error of all that was written
		return err
	})
	if err != nil {
		return posts, err
	}
	w.raw("</teiCorpus>\n")
	return posts, w.out.Flush()
}

// tei writes the elements. Ids of XML begin with a letter, those of the corpus
// may not: a, c and p before them say what they are of.
type tei struct{ out *bufio.Writer }

// raw writes markup; the error comes back at the next flush.
func (w *tei) raw(s string) { _, _ = w.out.WriteString(s) }

// text writes wording. Line breaks within a block become lb; characters that
// XML 1.0 cannot hold become U+FFFD.
func (w *tei) text(s string) {
	for i := 0; ; i++ {
		line, rest, more := strings.Cut(s, "\n")
		_ = xml.EscapeText(w.out, []byte(line))
		if !more {
			return
		}
		w.raw("<lb/>")
		s = rest
	}
}

// attribute writes an attribute that has a value.
func (w *tei) attribute(name, value string) {
	if value == "" {
		return
	}
	w.raw(" " + name + `="`)
	_ = xml.EscapeText(w.out, []byte(value))
	w.raw(`"`)
}

// element writes an element with wording and nothing else in it.
func (w *tei) element(name, text string) {
	w.raw("<" + name + ">")
	w.text(text)
	w.raw("</" + name + ">")
}

// head writes the header of the corpus, with everybody who posts.
func (w *tei) head(ctx context.Context, dir string, m *store.Manifest) error {
	title := m.Title
	if title == "" {
		title = m.Corpus
	}
	w.raw(xml.Header + "<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader>\n<fileDesc>\n<titleStmt>")
	w.element("title", title)
	w.raw("</titleStmt>\n<editionStmt><edition")
	w.attribute("n", m.Version)
	w.raw(">")
	w.text(m.Corpus + " " + m.Version)
	w.raw("</edition></editionStmt>\n<extent>")
	for _, table := range []string{schema.TableArticles, schema.TableComments} {
		n := strconv.FormatInt(m.Rows[table], 10)
		w.raw("<measure")
		w.attribute("unit", table)
		w.attribute("quantity", n)
		w.raw(">")
		w.text(n + " " + table)
		w.raw("</measure>")
	}
	w.raw("</extent>\n<publicationStmt>")
	w.element("p", "Written from the version whose manifest has the digest "+m.Digest+". Its datasheet says what it may be used for; licences of comments stand in its table comments.")
	w.raw("</publicationStmt>\n<sourceDesc>")
	w.element("p", "Web pages with their readers' comments; each article names its own.")
	w.raw("</sourceDesc>\n</fileDesc>\n<encodingDesc>")
	w.element("p", "A post is a comment. seg and ref mark what was masked or is a link, gap what is not there. replyTo holds replies that the page states.")
	w.raw("</encodingDesc>\n")
	open := false
	_, err := eachSpeaker(ctx, dir, func(s speaker) error {
		if !open {
			w.raw("<profileDesc><particDesc><listPerson>\n")
			open = true
		}
		w.raw("<person")
		w.attribute("xml:id", "p"+s.id)
		w.raw("/>\n")
		return nil
	})
	if open {
		w.raw("</listPerson></particDesc></profileDesc>\n")
	}
	w.raw("</teiHeader>\n")
	return err
}

// article begins the TEI of an article, up to its comments.
func (w *tei) article(a *schema.Article) {
	title := "(untitled)"
	if a.Title != nil && *a.Title != "" {
		title = *a.Title
	}
	publisher := a.SourceID
	if a.Site != nil && *a.Site != "" {
		publisher = *a.Site
	}
	when, _ := moment(a.PublishedAt, a.PublishedLocal, a.PublishedPrecision)
	w.raw("<TEI")
	w.attribute("xml:id", "a"+a.ArticleID)
	w.raw(">\n<teiHeader><fileDesc><titleStmt>")
	w.element("title", title)
	w.raw("</titleStmt><publicationStmt>")
	w.element("publisher", publisher)
	w.raw("<availability><licence")
	if a.LicenseURL != nil {
		w.attribute("target", pointer(*a.LicenseURL))
	}
	w.raw(">")
	w.text(a.License)
	w.raw("</licence></availability></publicationStmt><sourceDesc><bibl><title level=\"a\">")
	w.text(title)
	w.raw("</title>")
	if when != "" {
		w.raw("<date")
		w.attribute("when", when)
		w.raw("/>")
	}
	if address := a.CanonicalURL; address != nil {
		w.raw("<ref")
		w.attribute("target", pointer(*address))
		w.raw(">")
		w.text(*address)
		w.raw("</ref>")
	}
	w.raw("</bibl></sourceDesc></fileDesc></teiHeader>\n<text")
	if a.Lang != nil {
		w.attribute("xml:lang", *a.Lang)
	}
	w.raw("><body>\n<div type=\"article\">")
	w.blocks(a.Text, a.Blocks, a.Spans, a.State)
	w.raw("</div>\n")
}

// post writes a comment.
func (w *tei) post(c *schema.Comment) {
	when, iso := moment(c.PostedAt, c.PostedLocal, c.PostedPrecision)
	w.raw("<post")
	w.attribute("xml:id", "c"+c.CommentID)
	w.attribute("type", "comment")
	if c.State != schema.StateVisible {
		w.attribute("subtype", c.State)
	}
	w.attribute("modality", "written")
	if c.CommenterID != nil {
		w.attribute("who", "#p"+*c.CommenterID)
	}
	w.attribute("when", when)
	w.attribute("when-iso", iso)
	if c.ParentID != nil {
		w.attribute("replyTo", "#c"+*c.ParentID)
	}
	if c.Lang != nil {
		w.attribute("xml:lang", *c.Lang)
	}
	w.raw(">")
	w.blocks(c.Text, c.Blocks, c.Spans, c.State)
	w.raw("</post>\n")
}

// moment is a time for @when, which XML Schema wants whole: an instant, else the
// stated local time, cut at the day where it has no seconds. What is cut off is
// in the second value, for @when-iso.
func moment(at *int64, local, precision *string) (when, iso string) {
	switch {
	case at != nil && precision != nil && *precision == "second":
		return instant(*at), ""
	case at != nil && precision == nil:
		return instant(*at), ""
	case local == nil:
		return "", ""
	case len(*local) > len("2006-01-02") && len(*local) < len("2006-01-02T15:04:05"):
		return (*local)[:len("2006-01-02")], *local
	}
	return *local, ""
}

// pointer is an address as a URI reference, or "" where it is none.
func pointer(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "ftp" || u.Host == "" {
		return ""
	}
	return u.String()
}

// blocks writes a text as elements of a div or a post.
func (w *tei) blocks(text *string, blocks []schema.Block, spans []schema.Span, state string) {
	if text == nil || *text == "" {
		if state == schema.StatePresent || state == schema.StateVisible {
			state = "withheld" // by a release
		}
		w.raw("<p><gap")
		w.attribute("reason", state)
		w.raw("/></p>")
		return
	}
	in := &inline{w: w, text: *text, spans: spans}
	list := false
	for _, b := range blocks {
		item := b.Kind == schema.BlockListItem
		if item != list {
			w.raw(map[bool]string{true: "<list>", false: "</list>"}[item])
			list = item
		}
		open, closing := elementOf(b)
		w.raw(open)
		in.write(int(b.Start), int(b.End))
		w.raw(closing)
	}
	if list {
		w.raw("</list>")
	}
	if len(blocks) == 0 {
		w.raw("<p>")
		in.write(0, utf8.RuneCountInString(*text))
		w.raw("</p>")
	}
}

// elementOf is the element for a block: paragraphs, quotes and items of lists
// have one of their own, the others are an ab of that type.
func elementOf(b schema.Block) (open, closing string) {
	switch b.Kind {
	case schema.BlockParagraph:
		return "<p>", "</p>"
	case schema.BlockQuote:
		return "<quote><p>", "</p></quote>"
	case schema.BlockListItem:
		return "<item>", "</item>"
	}
	n := ""
	if b.Level > 0 {
		n = ` n="` + strconv.Itoa(int(b.Level)) + `"`
	}
	return `<ab type="` + b.Kind + `"` + n + ">", "</ab>"
}

// inline writes parts of a text from left to right, with an element for each
// span. at is where it stands, in code points and bytes.
type inline struct {
	w     *tei
	text  string
	spans []schema.Span
	chars int
	bytes int
}

// to is the text up to a code point, from where in stands.
func (in *inline) to(char int) string {
	from := in.bytes
	for in.chars < char && in.bytes < len(in.text) {
		_, size := utf8.DecodeRuneInString(in.text[in.bytes:])
		in.bytes += size
		in.chars++
	}
	return in.text[from:in.bytes]
}

// write writes the code points from start to end.
func (in *inline) write(start, end int) {
	in.to(start)
	for len(in.spans) > 0 && int(in.spans[0].Start) < end {
		s := in.spans[0]
		in.spans = in.spans[1:]
		if int(s.Start) < in.chars || int(s.End) > end { // not within one block
			continue
		}
		in.w.text(in.to(int(s.Start)))
		in.span(&s, in.to(int(s.End)))
	}
	in.w.text(in.to(end))
}

// span writes one span with its wording.
func (in *inline) span(s *schema.Span, wording string) {
	name, target := "seg", ""
	switch {
	case s.Kind == schema.SpanMention && s.RefID != nil:
		name, target = "ref", "#c"+*s.RefID
	case s.Kind == schema.SpanLink:
		name, target = "ref", pointer(wording)
	}
	in.w.raw("<" + name)
	in.w.attribute("type", s.Kind)
	in.w.attribute("target", target)
	in.w.raw(">")
	in.w.text(wording)
	in.w.raw("</" + name + ">")
}
