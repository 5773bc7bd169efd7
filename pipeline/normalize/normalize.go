package normalize

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"corpus/pipeline/extract"
	"corpus/pipeline/normalize/identity"
	"corpus/pipeline/normalize/language"
	"corpus/pipeline/normalize/text"
	"corpus/pipeline/normalize/weburl"
	"corpus/pipeline/normalize/when"
	"corpus/pipeline/read"
	"corpus/schema"
)

var digestPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Rules are what the source declares about its documents.
type Rules struct {
	SourceID  string
	Site      string
	Zone      *time.Location // of local times; nil where not declared
	Languages []string       // that texts may be in, ISO 639; empty for any
	MaxDepth  int            // of the replies of one document; 0 for any
}

// Normalize brings a draft into normal form. A value that cannot be read, such
// as a date of the 30th of February, is left out. The error is a
// *read.Rejection: a document with neither text nor comments, or one whose
// replies are nested too deep.
func Normalize(draft *extract.Draft, origin Origin, rules Rules) (*Document, error) {
	if stated := draft.DocumentSHA256; stated != "" { // the record is known by the page that it was read from
		if !digestPattern.MatchString(stated) {
			return nil, &read.Rejection{Reason: schema.ReasonMalformed, Detail: "document_sha256: expected 64 hexadecimal digits in lower case"}
		}
		origin.DocSHA256 = stated
	}
	d := &Document{Origin: origin, ContentID: identity.ArticleByContent(rules.SourceID, origin.DocSHA256)}
	a := &d.Article
	a.SourceID = rules.SourceID
	a.Site = optional(rules.Site)
	if a.Site == nil {
		a.Site = optional(text.Line(draft.Site))
	}
	d.identify(draft, rules)
	a.Title, a.Subtitle, a.Section = optional(text.Line(draft.Title)), optional(text.Line(draft.Subtitle)), optional(text.Line(draft.Section))
	a.Byline, a.Tags = lines(draft.Authors), lines(draft.Tags)
	times := reader{zone: rules.Zone}
	d.articleTimes(draft, &times)
	a.Text, a.Blocks = compose(draft.Blocks)
	a.State = schema.StatePresent
	if a.Text == nil {
		a.State = schema.StateNoText
	}
	a.NCommentsStated = draft.CommentsStated
	a.CommentOrder = draft.CommentOrder
	if a.CommentOrder == "" {
		a.CommentOrder = schema.OrderUnknown
	}
	a.Spans = []schema.Span{}
	a.Rights = schema.Rights{
		License:         text.Line(draft.License),
		LicenseURL:      optional(text.Line(draft.LicenseURL)),
		LicenseEvidence: optional(text.Line(draft.LicenseEvidence)),
		ConsentBasis:    optional(draft.ConsentBasis),
		TDMBasis:        optional(draft.TDMBasis),
		OptOut:          lines(draft.OptOut),
	}
	a.LicenseStatements = draft.Statements
	if a.LicenseStatements == nil {
		a.LicenseStatements = []schema.LicenseStatement{}
	}
	a.Provenance = d.provenance(draft)
	d.articleLanguage(draft, rules)
	d.comments(draft, rules, &times)
	if draft.Part > 1 {
		d.Part = draft.Part
	}
	d.LeftOut = times.leftOut()
	d.Excluded, d.Notes = draft.Excluded, draft.Notes
	if depth := depth(d.Comments); rules.MaxDepth > 0 && depth > rules.MaxDepth {
		return nil, &read.Rejection{Reason: schema.ReasonTooDeep, Detail: fmt.Sprintf("replies are nested %d deep, limits: depth is %d", depth, rules.MaxDepth)}
	}
	if a.Text == nil && len(d.Comments) == 0 {
		return nil, &read.Rejection{Reason: schema.ReasonNoContent, Detail: "neither an article's text nor comments were found"}
	}
	return d, nil
}

// identify gives the article its addresses and the id that it claims: by its
// canonical URL, else its native id, else its content.
func (d *Document) identify(draft *extract.Draft, rules Rules) {
	a := &d.Article
	page, _ := weburl.Page(draft.URL)
	a.URL = optional(page)
	stated := draft.URL
	if draft.CanonicalURL != "" {
		canonical := weburl.Resolve(draft.URL, draft.CanonicalURL)
		if canonical != "" && !(atRoot(canonical) && page != "" && !atRoot(page)) {
			stated = canonical
		}
	}
	if canonical, ok := weburl.Canonical(stated); ok {
		a.CanonicalURL = &canonical
	}
	native := text.Line(draft.NativeID)
	if id, ok := weburl.Identity(stated); ok {
		a.ArticleID, a.IDBasis = identity.ArticleByURL(id), schema.BasisURL
	} else if native != "" {
		a.ArticleID, a.IDBasis = identity.ArticleByNative(rules.SourceID, native), schema.BasisNative
	} else {
		a.ArticleID, a.IDBasis = d.ContentID, schema.BasisContent
	}
	d.NativeID = native
}

// atRoot tells the address of a whole site, which pages with a careless
// template name as canonical.
func atRoot(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

// reader reads the times of a document and counts what is none.
type reader struct {
	zone  *time.Location
	wrong int
	first string // key of the first that is none
}

// read gives the time that a key states; ok is false where it states none.
func (r *reader) read(key, iso string) (t when.Time, ok bool) {
	if iso == "" {
		return when.Time{}, false
	}
	t, err := when.Resolve(iso, r.zone)
	if err != nil {
		r.refuse(key)
	}
	return t, err == nil
}

func (r *reader) refuse(key string) {
	if r.wrong++; r.wrong == 1 {
		r.first = key
	}
}

// leftOut says what was left out, for the ledger.
func (r *reader) leftOut() string {
	switch r.wrong {
	case 0:
		return ""
	case 1:
		return "1 time that is none, the first " + r.first
	}
	return fmt.Sprintf("%d times that are none, the first %s", r.wrong, r.first)
}

func (d *Document) articleTimes(draft *extract.Draft, times *reader) {
	a := &d.Article
	if t, ok := times.read("published_at", draft.PublishedAt); ok {
		a.PublishedAt, a.PublishedLocal, a.PublishedPrecision = t.At, &t.Local, &t.Precision
		d.Stated.PublishedAt = strings.TrimSpace(draft.PublishedAt)
	}
	if t, ok := times.read("modified_at", draft.ModifiedAt); ok {
		a.ModifiedAt = t.At
		d.ModifiedUS = t.At
		if d.ModifiedUS == nil {
			d.ModifiedUS = &t.WallUS
		}
		d.Stated.ModifiedAt = strings.TrimSpace(draft.ModifiedAt)
	}
	d.Stated.CapturedAt = draft.CapturedAt
	if draft.CapturedAt != "" {
		if t, err := when.Resolve(draft.CapturedAt, nil); err != nil || t.At == nil { // orders captures of all zones
			times.refuse("captured_at")
		}
	}
}

func (d *Document) provenance(draft *extract.Draft) schema.Provenance {
	return schema.Provenance{
		CapturedAt:  d.Origin.CapturedAt,
		InputSHA256: d.Origin.InputSHA256,
		Locator:     d.Origin.Locator,
		Extractor:   draft.Extractor,
	}
}

func (d *Document) comments(draft *extract.Draft, rules Rules, times *reader) {
	d.Comments = make([]Comment, 0, len(draft.Comments))
	for i := range draft.Comments {
		in := &draft.Comments[i]
		c := Comment{
			SourceID:  rules.SourceID,
			LocalID:   text.Line(in.ID),
			ParentRef: text.Line(in.ParentID),
			Author:    text.Line(in.Author),
			AuthorURL: strings.TrimSpace(in.AuthorURL),
			AuthorID:  text.Line(in.AuthorID),
		}
		if c.LocalID == "" {
			c.LocalID = "~" + strconv.Itoa(i)
		}
		if !strings.HasPrefix(c.LocalID, "~") {
			c.NativeID = c.LocalID
		}
		row := &c.Row
		row.Text, row.Blocks = compose(in.Blocks)
		row.State = in.State
		if row.State == "" {
			row.State = schema.StateVisible
		}
		row.CommenterRole = optional(text.Line(in.Role))
		if t, ok := times.read(fmt.Sprintf("posted_at of comment %d", i), in.PostedAt); ok {
			row.PostedAt, row.PostedLocal, row.PostedPrecision = t.At, &t.Local, &t.Precision
			c.PostedAt = strings.TrimSpace(in.PostedAt)
		}
		if t, ok := times.read(fmt.Sprintf("edited_at of comment %d", i), in.EditedAt); ok {
			row.EditedAt = t.At
			c.EditedAt = strings.TrimSpace(in.EditedAt)
		}
		row.VotesUp, row.VotesDown, row.Score, row.Featured = in.VotesUp, in.VotesDown, in.Score, in.Featured
		row.Spans = []schema.Span{}
		row.Rights = schema.Rights{
			License:      text.Line(in.License),
			ConsentBasis: optional(in.ConsentBasis),
			TDMBasis:     optional(in.TDMBasis),
			OptOut:       d.Article.OptOut, // of the page that the comment stands on
		}
		row.Provenance = d.provenance(draft)
		commentLanguage(row, in.Lang, d.Article.Lang, rules)
		d.Comments = append(d.Comments, c)
	}
}

// minLetters is the length in code points below which the language of a
// comment is that of its thread.
const minLetters = 40

// articleLanguage tells the language of the article: from its text, else as
// declared by the page, else the only one of the source.
func (d *Document) articleLanguage(draft *extract.Draft, rules Rules) {
	a := &d.Article
	sample := ""
	if a.Text != nil {
		sample = *a.Text
	} else if a.Title != nil {
		sample = *a.Title
	}
	if lang, score, ok := language.Detect(sample, rules.Languages); ok {
		a.Lang, a.LangScore = &lang, &score
		return
	}
	if declared := language.Code(draft.Lang); declared != "" {
		a.Lang = &declared
	} else if len(rules.Languages) == 1 {
		a.Lang = optional(language.Code(rules.Languages[0]))
	}
}

// commentLanguage tells the language of a comment: from its text where it is
// long enough, else as declared, else that of its thread.
func commentLanguage(row *schema.Comment, declared string, thread *string, rules Rules) {
	if row.Text == nil {
		return
	}
	set := func(lang, basis string) { row.Lang, row.LangBasis = &lang, &basis }
	if longer(*row.Text, minLetters) {
		if lang, score, ok := language.Detect(*row.Text, rules.Languages); ok {
			set(lang, schema.LangText)
			row.LangScore = &score
			return
		}
	}
	if code := language.Code(declared); code != "" {
		set(code, schema.LangDeclared)
	} else if thread != nil {
		set(*thread, schema.LangThread)
	}
}

// longer tells whether s has at least n code points.
func longer(s string, n int) bool {
	for range s {
		if n--; n <= 0 {
			return true
		}
	}
	return false
}

// optional is s, or null where it is empty.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// lines are the clean values without empty ones and repetitions, in their order.
func lines(values []string) []string {
	out := make([]string, 0, len(values))
	seen := map[string]bool{}
	for _, v := range values {
		if v = text.Line(v); v != "" && !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
