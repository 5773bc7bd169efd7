package rehydrate

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"corpus/release/keep"
	"corpus/release/tables"
	"corpus/schema"
)

// filler fills one thread after the other.
type filler struct {
	terms    keep.Terms
	articles *keep.Columns
	report   func(Finding)
	result   *Result
}

// fate is what becomes of a withheld text.
type fate struct {
	withheld bool   // there is a text that the release keeps back
	text     string // the candidate for it
	has      bool   // whether there is a candidate that fits
	found    string // what is wrong: Missing, Changed; "" for nothing so far
	detail   string
	weak     bool // no digest can prove it
}

// fill fills the thread of a release with what was built of the inputs; nil
// where these do not show the article.
func (f *filler) fill(t, built *tables.Thread) {
	if built == nil {
		built = &tables.Thread{}
	}
	pairs := pair(t.Comments, built.Comments, f.terms)
	fates := make([]fate, 1+len(t.Comments))
	fates[0] = f.articleFate(&t.Article, built)
	for i := range t.Comments {
		var b *schema.Comment
		if pairs[i] >= 0 {
			b = &built.Comments[pairs[i]]
		}
		fates[i+1] = f.commentFate(&t.Comments[i], b, built.Article.ArticleID != "")
	}
	f.proveShort(t, fates)
	whole := f.fillArticle(t, built, &fates[0])
	for i := range t.Comments {
		var b *schema.Comment
		if pairs[i] >= 0 {
			b = &built.Comments[pairs[i]]
		}
		whole = f.fillComment(t, &t.Comments[i], b, &fates[i+1]) && whole
	}
	if whole { // nothing is left that they could prove
		t.Article.WithheldSHA256, t.Article.ThreadSHA256 = nil, nil
	}
	if sameCaptures(t.Captures, built.Captures) {
		t.Captures = built.Captures
	}
}

// articleFate looks at the text of the article.
func (f *filler) articleFate(a *schema.Article, built *tables.Thread) fate {
	if f.terms.Text(a.Tier) || a.State == schema.StateTombstone {
		return fate{}
	}
	x := fate{withheld: a.NChars > 0}
	b := &built.Article
	switch {
	case b.ArticleID == "":
		x.found, x.detail = Missing, "no input shows the article"
	case !x.withheld:
	case b.Text == nil:
		x.found, x.detail = Missing, "the inputs show no text of the article"
	default:
		x.judge(a.TextSHA256, facts{a.NChars, a.NWords, a.Blocks}, facts{b.NChars, b.NWords, b.Blocks}, *b.Text, a.Spans)
	}
	return x
}

// commentFate looks at the text of a comment; b is what the inputs show of it,
// nil for nothing.
func (f *filler) commentFate(c, b *schema.Comment, shown bool) fate {
	if f.terms.Text(c.Tier) || c.NChars == 0 {
		return fate{}
	}
	x := fate{withheld: true}
	switch {
	case !shown:
		x.found, x.detail = Missing, "no input shows its article"
	case b == nil || b.State == schema.StateMissing:
		x.found, x.detail = Missing, "no input shows the comment"
	case b.Text == nil:
		x.found, x.detail = Changed, "the inputs show the comment without its text"
	default:
		x.judge(c.TextSHA256, facts{c.NChars, c.NWords, c.Blocks}, facts{b.NChars, b.NWords, b.Blocks}, *b.Text, c.Spans)
	}
	return x
}

// facts are what a release says of a text that it withholds.
type facts struct {
	chars, words int32
	blocks       []schema.Block
}

// judge holds a candidate against the digest of the text, where it has one,
// else against what the release says of it.
func (x *fate) judge(digest *string, want, got facts, text string, spans []schema.Span) {
	if removed := slices.ContainsFunc(spans, func(s schema.Span) bool { return s.Kind == schema.SpanRemoved }); removed {
		var proves func(string) bool
		if digest != nil {
			proves = func(s string) bool { return sha(s) == *digest }
		}
		if cut, ok := withRemoved(text, got.blocks, want, spans, proves); ok {
			text, got = cut, want
		}
	}
	switch {
	case digest != nil && sha(text) != *digest:
		x.found, x.detail = Changed, "the digest is that of another text"
	case digest == nil && (want.chars != got.chars || want.words != got.words || !slices.Equal(want.blocks, got.blocks)):
		x.found, x.detail = Changed, "the text has other words or blocks"
	default:
		x.text, x.has = text, true
	}
}

// proveShort holds the texts without a digest of their own against that of
// their thread.
func (f *filler) proveShort(t *tables.Thread, fates []fate) {
	var said []keep.Said
	var of []int
	add := func(i int, id string, chars int32) {
		if fates[i].withheld {
			said = append(said, keep.Said{ID: id, Chars: chars, Text: fates[i].text})
			of = append(of, i)
		}
	}
	add(0, t.Article.ArticleID, t.Article.NChars)
	for i := range t.Comments {
		add(i+1, t.Comments[i].CommentID, t.Comments[i].NChars)
	}
	proven, ok := keep.ByThread(said)
	if !ok {
		for k, i := range of {
			fates[i].weak = said[k].Chars < schema.MinDigest && fates[i].has
		}
		return
	}
	if t.Article.ThreadSHA256 != nil && *t.Article.ThreadSHA256 == *keep.ThreadProof(said) {
		return
	}
	for _, k := range proven {
		x := &fates[of[k]]
		if said[k].Chars < schema.MinDigest && x.has {
			x.found, x.detail, x.has = Unproven, "it is too short for a digest of its own, and that of its thread is of other texts", false
		}
	}
}

// fillArticle fills in what the inputs prove of the article, and tells whether
// that is all.
func (f *filler) fillArticle(t, built *tables.Thread, x *fate) bool {
	a, b := &t.Article, &built.Article
	shown := b.ArticleID != ""
	if f.terms.Text(a.Tier) || a.State == schema.StateTombstone {
		if shown && equal(a.TextSHA256, b.TextSHA256) {
			a.InputSHA256, a.Locator = b.InputSHA256, b.Locator
		}
		return true
	}
	if x.found != "" {
		f.say(t, schema.TableArticles, a.ArticleID, *x)
		return false
	}
	if x.withheld {
		text := x.text
		digest := sha(text)
		a.Text, a.TextSHA256 = &text, &digest
		f.filled(schema.TableArticles, x)
	}
	if !shown {
		return false
	}
	whole := *a
	whole.Title, whole.Subtitle, whole.Section, whole.Byline, whole.Tags = b.Title, b.Subtitle, b.Section, b.Byline, b.Tags
	if a.WithheldSHA256 != nil && !equal(a.WithheldSHA256, keep.ArticleProof(&whole)) {
		f.say(t, schema.TableArticles, a.ArticleID, fate{found: Changed, detail: "the text is the same, but title, subtitle, section, byline or tags are others"})
		return false
	}
	whole.InputSHA256, whole.Locator = b.InputSHA256, b.Locator
	f.articles.Copy(&whole, b, schema.LongText)
	t.Article = whole
	return true
}

// fillComment fills in what the inputs prove of a comment, and tells whether
// that is all.
func (f *filler) fillComment(t *tables.Thread, c, b *schema.Comment, x *fate) bool {
	if x.found != "" {
		f.say(t, schema.TableComments, c.CommentID, *x)
		return false
	}
	if x.withheld {
		text := x.text
		digest := sha(text)
		c.Text, c.TextSHA256 = &text, &digest
		f.filled(schema.TableComments, x)
	}
	if b == nil || c.Tier == schema.TierExcluded || !equal(c.TextSHA256, b.TextSHA256) && !x.withheld {
		return true
	}
	c.InputSHA256, c.Locator = b.InputSHA256, b.Locator
	if c.CommenterRole == nil {
		c.CommenterRole = b.CommenterRole
	}
	cut := *b
	keep.Times(&cut, f.terms.Precision)
	if equalTimes(cut.PostedAt, c.PostedAt) && equal(cut.PostedLocal, c.PostedLocal) && equalTimes(cut.EditedAt, c.EditedAt) {
		c.PostedAt, c.PostedLocal, c.PostedPrecision, c.EditedAt = b.PostedAt, b.PostedLocal, b.PostedPrecision, b.EditedAt
	}
	return true
}

func (f *filler) filled(table string, x *fate) {
	f.result.Filled[table]++
	if x.weak {
		f.result.Weak[table]++
	}
}

// say reports a record that was not filled in.
func (f *filler) say(t *tables.Thread, table, id string, x fate) {
	counts := map[string]map[string]int64{Missing: f.result.Missing, Changed: f.result.Changed, Unproven: f.result.Unproven}
	counts[x.found][table]++
	url := ""
	for _, u := range []*string{t.Article.URL, t.Article.CanonicalURL} {
		if u != nil {
			url = *u
		}
	}
	f.report(Finding{What: x.found, Table: table, ID: id, URL: url, Detail: x.detail})
}

// sameCaptures tells whether the inputs are the captures that the release
// counts, as far as it says.
func sameCaptures(a, b []schema.Capture) bool {
	return slices.EqualFunc(a, b, func(x, y schema.Capture) bool {
		return x.ArticleID == y.ArticleID && equalTimes(x.CapturedAt, y.CapturedAt) && equalNumbers(x.NCommentsStated, y.NCommentsStated) &&
			x.NCommentsRead == y.NCommentsRead && x.Used == y.Used
	})
}

func sha(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func equal(a, b *string) bool       { return a == nil && b == nil || a != nil && b != nil && *a == *b }
func equalTimes(a, b *int64) bool   { return a == nil && b == nil || a != nil && b != nil && *a == *b }
func equalNumbers(a, b *int32) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
