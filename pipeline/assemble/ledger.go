package assemble

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"corpus/pipeline/normalize"
	"corpus/schema"
)

// captures gives one row a document, newest first.
func captures(g group, base int) []schema.Capture {
	rows := make([]schema.Capture, len(g.docs))
	for i, d := range g.docs {
		excluded, _ := excludedComments(d)
		rows[i] = schema.Capture{
			ArticleID:       g.id,
			InputSHA256:     d.Origin.InputSHA256,
			Locator:         d.Origin.Locator,
			CapturedAt:      d.Origin.CapturedAt,
			NCommentsStated: d.Article.NCommentsStated,
			NCommentsRead:   int32(len(d.Comments)) + excluded,
			Used:            i == base,
		}
		if hasText(d) {
			sum := sha256.Sum256([]byte(*d.Article.Text))
			digest := hex.EncodeToString(sum[:])
			rows[i].TextSHA256 = &digest
		}
	}
	return rows
}

// ledger gives one row a document, newest first. The document of the
// article's columns ends as article, or as comments where no document has a
// text; another one as comments where it has none but gave comments; any other
// one as capture. Comments read are kept or duplicate: no rule of this room
// leaves one out; those that a rule of the reader left out are counted here.
func ledger(g group, base int, u *union, f *forest) []schema.LedgerRow {
	rows := make([]schema.LedgerRow, len(g.docs))
	for i, d := range g.docs {
		id, input := g.id, d.Origin.InputSHA256
		excluded, rules := excludedComments(d)
		row := schema.LedgerRow{
			SourceID:           d.Origin.SourceID,
			InputSHA256:        &input,
			InputPath:          d.Origin.InputPath,
			Locator:            d.Origin.Locator,
			ArticleID:          &id,
			NCommentsRead:      int32(len(d.Comments)) + excluded,
			NCommentsKept:      u.kept[i],
			NCommentsDuplicate: int32(len(d.Comments)) - u.kept[i],
			NCommentsExcluded:  excluded,
		}
		switch {
		case i == base && hasText(d):
			row.Outcome = schema.OutcomeArticle
		case i == base || !hasText(d) && u.kept[i] > 0:
			row.Outcome = schema.OutcomeComments
		default:
			row.Outcome = schema.OutcomeCapture
			row.Reason = text(schema.ReasonNewerCapture)
		}
		detail := strings.Join(append(rules, d.Notes...), "; ")
		if g.disbelieved || d.Disbelieved {
			row.Reason = text(schema.ReasonURLDisbelieved)
			if detail != "" {
				detail += "; "
			}
			detail += "different texts claim this address, so the article is known by its content"
		}
		if d.LeftOut != "" {
			if detail != "" {
				detail += "; "
			}
			detail += "left out: " + d.LeftOut
		}
		if broken := slices.Concat(u.self[i], f.broken[i]); len(broken) > 0 {
			if detail != "" {
				detail += "; "
			}
			detail += fmt.Sprintf("replies in a circle: %d broken, the first at comment %s", len(broken), broken[0])
		}
		if detail != "" {
			row.Detail = &detail
		}
		rows[i] = row
	}
	return rows
}

// excludedComments is how many comments a rule left out of a document, and how
// many by rule, in words.
func excludedComments(d *normalize.Document) (n int32, words []string) {
	var list []string
	for _, e := range d.Excluded {
		n += int32(e.N)
		list = append(list, fmt.Sprintf("%d %s", e.N, e.Reason))
	}
	if len(list) > 0 {
		words = []string{"comments left out: " + strings.Join(list, ", ")}
	}
	return n, words
}

func text(s string) *string { return &s }
