package read

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/go-json-experiment/json"

	"corpus/pipeline/spill"
	"corpus/schema"
)

// FormatFeed is a feed: RSS 0.9x and 2.0, RSS 1.0, Atom 0.3 and 1.0, of
// articles or of comments.
const FormatFeed = "feed"

// feedReader reads feeds. An item that tells that it is a comment goes to the
// article that it names, which may be in another input; the other items are
// articles.
type feedReader struct{}

func (feedReader) Read(ctx context.Context, in io.Reader, limits Limits, emit Emit) error {
	f := &feedFile{
		threads: newThreads(FormatFeed, "item", limits),
		later:   spill.New(spill.Options{Dir: limits.Tmp, Memory: threadMemory}),
		tree:    newRoots(limits.Tmp),
	}
	defer func() {
		f.threads.close()
		_ = f.later.Close() // what is left are temporary files
		f.tree.close()
	}()
	failed := feedParts(ctx, in, limits, emit, f)
	if r := new(Rejection); failed != nil && !errors.As(failed, &r) {
		return failed
	}
	if err := f.join(ctx, emit); err != nil {
		return err
	}
	return errors.Join(f.threads.flush(ctx, emit), failed)
}

// feedFile is what a feed says of itself, as far as it was read, and where its
// items go.
type feedFile struct {
	atom     bool
	title    string
	lang     string
	license  string
	evidence string
	licenses []EntryLicense
	author   string

	threads *threads      // items whose article is known by its address
	later   *spill.Sorter // comments that only name another item by its id
	tree    *roots        // by id, what an item belongs to
	waiting int
}

func (f *feedFile) begin(name, attrs string) {
	f.atom = name == "feed"
	for key, value := range attributes(attrs) {
		if key == "xml:lang" {
			f.lang = value
		}
	}
}

func (f *feedFile) about(names namespaces, t *xmlTree) {
	switch vocabulary, name := names.name(t, 0); vocabulary + ":" + name {
	case "rss:title", "atom:title":
		if f.title == "" {
			f.title = t.line(0)
		}
	case "rss:language", "dc:language":
		f.lang = either(f.lang, t.line(0))
	case "cc:license":
		f.license, f.evidence = licenseElement(t, 0), "cc:license"
		f.licenses = state(f.licenses, EntryLicense{Where: f.evidence, Raw: f.license, Site: true})
	case "atom:link":
		if t.attr(0, "rel") == "license" {
			f.license, f.evidence = t.attr(0, "href"), "atom:link rel=license"
			f.licenses = state(f.licenses, EntryLicense{Where: f.evidence, Raw: f.license, Site: true})
		}
	case "rss:copyright", "atom:rights", "dc:rights", "dcterms:rights", "dcterms:license":
		f.licenses = state(f.licenses, EntryLicense{Where: vocabulary + ":" + name, Raw: t.text(0), Site: true})
		if f.license == "" {
			f.license, f.evidence = licenseIn(t.text(0)), name
		}
	case "atom:author":
		if f.atom && f.author == "" {
			f.author = readPerson(names, t, 0).name
		}
	}
}

func (f *feedFile) entry(names namespaces, t *xmlTree, number int64) (*Rejection, error) {
	var e *atomEntry
	if _, name := names.name(t, 0); name == "entry" {
		e = readAtom(names, t)
	} else {
		e = readRSS(names, t)
	}
	if article, id, ok := e.onPage(); ok {
		return nil, f.comment(e, article, id, number)
	}
	if e.reply != nil {
		return f.reply(e, number)
	}
	return nil, f.article(e, t, number)
}

// article files an item that is an article.
func (f *feedFile) article(e *atomEntry, t *xmlTree, number int64) error {
	out := e.entry()
	out.Site = f.title
	out.Lang = either(out.Lang, f.lang)
	if out.License == "" {
		out.License, out.Evidence = f.license, f.evidence
	}
	out.Licenses = append(out.Licenses[:len(out.Licenses):len(out.Licenses)], f.licenses...)
	if len(out.Authors) == 0 && f.author != "" {
		out.Authors = []string{f.author}
	}
	for _, c := range e.categories {
		if !strings.HasSuffix(c.scheme, "#kind") {
			out.Tags = append(out.Tags, either(c.label, c.term))
		}
	}
	if t.illegal > 0 {
		out.Notes = append(out.Notes, fmt.Sprintf("%d characters that XML does not allow were dropped", t.illegal))
	}
	key := feedKey("url", out.URL)
	if out.URL == "" {
		key = feedKey("item", fmt.Sprint(number))
		if e.id != "" {
			key = feedKey("id", e.id)
		}
	} else if err := f.alias(e.id, key); err != nil {
		return err
	}
	return f.threads.add(feedThread(key), "", &posting{Number: number, Post: out})
}

// alias notes that who names an item by its id means a thread.
func (f *feedFile) alias(id string, key uint64) error {
	if id == "" {
		return nil
	}
	return f.tree.add(feedKey("id", id), key)
}

// comment files a comment whose article is known by its address.
func (f *feedFile) comment(e *atomEntry, article, id string, number int64) error {
	key := feedKey("url", article)
	if err := f.alias(e.id, key); err != nil {
		return err
	}
	c := e.comment()
	c.ID = id
	if c.ParentID = e.bloggerParent(); c.ParentID == "" && e.reply != nil {
		_, c.ParentID, _ = commentAddress(either(e.reply.href, e.reply.ref))
	}
	if parent, text := answered(c.Content, article); parent != "" && (c.ParentID == "" || c.ParentID == parent) {
		c.ParentID, c.Content = parent, text
	}
	return f.threads.add(feedThread(key), timeKey(c.PostedAt), &posting{Number: number, Comment: c, Thread: f.page(article)})
}

// page is what a comments feed tells of the article at an address.
func (f *feedFile) page(article string) *Entry {
	e := &Entry{URL: article, Order: schema.OrderOldest}
	if title, ok := strings.CutPrefix(f.title, "Comments on: "); ok {
		e.Title = title
	}
	return e
}

// reply keeps a comment that names what it answers by an id, until all ids of
// the feed are known.
func (f *feedFile) reply(e *atomEntry, number int64) (*Rejection, error) {
	ref := either(e.reply.ref, e.reply.href)
	if ref == "" {
		return &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("item %d: a comment that names neither an article nor a comment", number)}, nil
	}
	c := e.comment()
	c.ParentID = ref
	self := feedKey("id", e.id)
	if e.id == "" {
		self = feedKey("item", fmt.Sprint(number))
	}
	p := &posting{Number: number, Comment: c, Thread: f.page(either(e.reply.href, webAddress(ref)))}
	p.Thread.NativeID = ref
	if err := f.tree.add(self, feedKey("id", ref)); err != nil {
		return nil, err
	}
	value, err := json.Marshal(p, json.OmitZeroStructFields(true))
	if err != nil {
		return nil, fmt.Errorf("writing a comment: %w", err)
	}
	f.waiting++
	key := binary.BigEndian.AppendUint64(nil, self)
	return nil, f.later.Add(binary.BigEndian.AppendUint64(key, uint64(number)), value)
}

// join leads the comments that were kept to their articles.
func (f *feedFile) join(ctx context.Context, emit Emit) error {
	if f.waiting == 0 {
		return nil
	}
	found, err := f.tree.resolve(ctx)
	if err != nil {
		return err
	}
	defer found.close()
	it, err := f.later.Sort()
	if err != nil {
		return err
	}
	defer it.Close()
	for it.Next() {
		p := new(posting)
		if err := json.Unmarshal(it.Value(), p); err != nil {
			return fmt.Errorf("reading a comment: %w", err)
		}
		root, ok, err := found.seek(binary.BigEndian.Uint64(it.Key()))
		if err != nil {
			return err
		}
		if !ok || root == 0 {
			rejected := &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("item %d: the comments that it answers go in a circle", p.Number)}
			if err := emit(nil, rejected, f.threads.at(p.Number)); err != nil {
				return err
			}
			continue
		}
		if root != feedKey("id", p.Comment.ParentID) {
			p.Thread = nil // it answers another comment, whose address is not the article's
		}
		if err := f.threads.add(feedThread(root), timeKey(p.Comment.PostedAt), p); err != nil {
			return err
		}
	}
	return it.Err()
}

// feedKey is a number for a name; 0 stands for none.
func feedKey(kind, name string) uint64 {
	sum := sha256.Sum256([]byte(kind + "\x00" + name))
	return max(binary.BigEndian.Uint64(sum[:]), 1)
}

func feedThread(key uint64) string { return fmt.Sprintf("%016x", key) }

// onPage tells a comment by its address, which leads to a place on the page of
// its article, and gives that address and the comment's id.
func (e *atomEntry) onPage() (article, id string, ok bool) {
	if article, id, ok = commentAddress(e.alternate); ok {
		return article, id, true
	}
	if e.reply == nil {
		return "", "", false
	}
	if article, id, ok = commentAddress(e.id); ok && e.reply.href != "" {
		article, _, _ = strings.Cut(e.reply.href, "#")
		article = withoutPaging(article)
	}
	return article, id, ok
}

// commentAddress takes the address of a comment apart: "…#comment-12" of
// WordPress and its like, "…#c123456" of Blogger.
func commentAddress(address string) (article, id string, ok bool) {
	article, fragment, ok := strings.Cut(address, "#")
	if !ok || !strings.HasPrefix(article, "http://") && !strings.HasPrefix(article, "https://") {
		return "", "", false
	}
	for _, mark := range []string{"comment-", "comment_", "comment", "li-comment-", "c"} {
		rest, ok := strings.CutPrefix(fragment, mark)
		if !ok || rest == "" || len(rest) > 32 || strings.Trim(rest, "0123456789") != "" || mark == "c" && len(rest) < 4 {
			continue
		}
		return withoutPaging(article), rest, true
	}
	return "", "", false
}

// withoutPaging takes the part off an address that says which page of the
// comments it is.
func withoutPaging(address string) string {
	path, query, _ := strings.Cut(address, "?")
	if at := strings.LastIndex(path, "/comment-page-"); at >= 0 && strings.Trim(path[at+len("/comment-page-"):], "0123456789/") == "" {
		path = path[:at+1]
	}
	var kept []string
	for _, field := range strings.Split(query, "&") {
		if name, _, _ := strings.Cut(field, "="); field != "" && name != "cpage" && name != "showComment" {
			kept = append(kept, field)
		}
	}
	if len(kept) == 0 {
		return path
	}
	return path + "?" + strings.Join(kept, "&")
}

// answered finds the line that WordPress puts before a reply in a feed, "In
// reply to NAME." in the language of the blog, where NAME leads to the comment
// that is answered. It gives that comment's id and the text behind the line.
func answered(content, article string) (parent, text string) {
	line, text, ok := strings.Cut(strings.TrimSpace(content), "\n")
	if !ok || len(line) > 1024 || strings.TrimSpace(text) == "" {
		return "", ""
	}
	line = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), "<p>"), "</p>")
	before, rest, ok := strings.Cut(line, `<a href="`)
	if !ok || len(before) > 60 || strings.Contains(before, "<") {
		return "", ""
	}
	href, rest, ok := strings.Cut(rest, `">`)
	if !ok {
		return "", ""
	}
	name, end, ok := strings.Cut(rest, "</a>")
	page, id, known := commentAddress(html.UnescapeString(href))
	if !ok || !known || page != article || name == "" || strings.Contains(name, "<") || len(strings.TrimSpace(end)) > 12 || strings.Contains(end, "<") {
		return "", ""
	}
	return id, strings.TrimSpace(text)
}
