package takedown

import (
	"crypto/sha256"
	"encoding/hex"

	"corpus/pipeline/normalize/text"
	"corpus/schema"
)

// Effects are what a takedown does to one thread.
type Effects struct {
	Article  int     // request that takes the article down, or -1
	Drop     bool    // whether the comments go with it
	Comments []int   // by comment: request that takes it down, or -1
	Text     []Cut   // of the article's text
	Texts    [][]Cut // by comment, of its text; nil for none at all
}

// Cut is a part of a text that becomes schema.MaskRemoved: code points, in
// order, none touching another, each within one block.
type Cut struct {
	Start int32 `json:"start"`
	End   int32 `json:"end"`
}

// Apply leaves tombstones in the rows of a thread and cuts texts, and returns
// the comments that are left. What the rows refer to is not changed, so that
// other rows may share it.
func (e *Effects) Apply(a *schema.Article, comments []schema.Comment) []schema.Comment {
	if e.Article != none {
		tombstoneArticle(a)
		if e.Drop {
			a.NComments = 0
			return nil
		}
	} else if len(e.Text) > 0 {
		a.Text, a.Blocks, a.Spans = cut(*a.Text, a.Blocks, a.Spans, e.Text)
		a.NChars, a.NWords, a.NSentences = text.Count(*a.Text)
		a.TextSHA256 = digestOf(*a.Text)
	}
	gone := map[string]bool{}
	for i := range comments {
		if e.Comments[i] != none {
			gone[comments[i].CommentID] = true
		}
	}
	a.NComments = 0
	for i := range comments {
		c := &comments[i]
		switch {
		case e.Comments[i] != none:
			tombstoneComment(c)
		case i < len(e.Texts) && len(e.Texts[i]) > 0 && c.Text != nil:
			c.Text, c.Blocks, c.Spans = cut(*c.Text, c.Blocks, c.Spans, e.Texts[i])
			c.NChars, c.NWords, _ = text.Count(*c.Text)
			c.NWordsQuoted = quotedWords(*c.Text, c.Blocks)
			c.TextSHA256 = digestOf(*c.Text)
		}
		c.Spans = unreferred(c.Spans, gone)
		if c.State != schema.StateMissing {
			a.NComments++
		}
	}
	return comments
}

// tombstoneArticle leaves of an article its id, its source, and where it was
// read: what has to stand there so that the ledger balances and a reader who
// knows the id learns that it is gone.
func tombstoneArticle(a *schema.Article) {
	*a = schema.Article{
		ArticleID:    a.ArticleID,
		IDBasis:      a.IDBasis,
		State:        schema.StateTombstone,
		SourceID:     a.SourceID,
		CommentOrder: schema.OrderUnknown,
		NComments:    a.NComments,
		Rights:       noRights(),
		Identity:     schema.Identity{Split: a.Split},
		Provenance:   schema.Provenance{InputSHA256: a.InputSHA256, Locator: a.Locator, Extractor: a.Extractor},
	}
}

// tombstoneComment leaves of a comment its place in the thread.
func tombstoneComment(c *schema.Comment) {
	old := *c
	*c = schema.Comment{
		CommentID:      old.CommentID,
		IDBasis:        old.IDBasis,
		ArticleID:      old.ArticleID,
		SourceID:       old.SourceID,
		ParentID:       old.ParentID,
		ThreadID:       old.ThreadID,
		Depth:          old.Depth,
		Position:       old.Position,
		CommenterBasis: schema.CommenterNone,
		State:          schema.StateTombstone,
		Rights:         noRights(),
		Identity:       old.Identity,
		Provenance:     schema.Provenance{InputSHA256: old.InputSHA256, Locator: old.Locator, Extractor: old.Extractor},
	}
}

// noRights: what was taken down may be used by nobody.
func noRights() schema.Rights {
	return schema.Rights{License: schema.LicenseUnknown, Tier: schema.TierExcluded}
}

// unreferred are spans without references to comments that are gone, which
// would say whom a mention means.
func unreferred(spans []schema.Span, gone map[string]bool) []schema.Span {
	for i := range spans {
		if ref := spans[i].RefID; ref != nil && gone[*ref] {
			out := make([]schema.Span, len(spans))
			for j, s := range spans {
				if s.RefID != nil && gone[*s.RefID] {
					s.RefID = nil
				}
				out[j] = s
			}
			return out
		}
	}
	return spans
}

func digestOf(s string) *string {
	sum := sha256.Sum256([]byte(s))
	d := hex.EncodeToString(sum[:])
	return &d
}
