package assemble

import (
	"fmt"
	"strings"
	"testing"

	"corpus/pipeline/normalize"
	"corpus/pipeline/normalize/identity"
	"corpus/schema"
)

// reply is a comment of a test page; empty fields are not stated.
type reply struct {
	id, parent, author, account, at, text string
}

// page makes a document of a test page; captured 0 is no capture time.
func page(captured int64, text string, replies ...reply) normalize.Document {
	d := normalize.Document{
		Origin:    normalize.Origin{SourceID: "s", InputPath: fmt.Sprintf("%d.html", captured), InputSHA256: fmt.Sprintf("%064d", captured), Locator: "offset=0"},
		ContentID: identity.Digest("content", fmt.Sprint(captured), text),
		Article:   schema.Article{ArticleID: identity.ArticleByURL("pond.example/frogs"), IDBasis: schema.BasisURL, SourceID: "s", CommentOrder: schema.OrderOldest},
	}
	d.Origin.DocSHA256 = identity.Digest("doc", fmt.Sprint(captured), text, fmt.Sprint(replies))
	if captured != 0 {
		d.Origin.CapturedAt = &captured
	}
	if text != "" {
		d.Article.Text = &text
	}
	for i, r := range replies {
		c := normalize.Comment{NativeID: r.id, LocalID: r.id, ParentRef: r.parent, Author: r.author, AuthorID: r.account}
		if c.LocalID == "" || strings.HasPrefix(c.LocalID, "~") {
			c.NativeID, c.LocalID = "", fmt.Sprintf("~%d", i)
		}
		body := r.text
		c.Row = schema.Comment{State: schema.StateVisible, Text: &body, Blocks: blocksOf(body)}
		if r.at != "" {
			at, precision := r.at, schema.PrecisionMinute
			c.Row.PostedLocal, c.Row.PostedPrecision = &at, &precision
		}
		d.Comments = append(d.Comments, c)
	}
	return d
}

// blocksOf makes a paragraph of every part between blank lines; a part that
// begins with "> " is a quote.
func blocksOf(text string) []schema.Block {
	var out []schema.Block
	at := int32(0)
	for _, part := range strings.Split(text, "\n\n") {
		b := schema.Block{Kind: schema.BlockParagraph, Start: at, End: at + int32(len([]rune(part)))}
		if strings.HasPrefix(part, "> ") {
			b.Kind, b.Level = schema.BlockQuote, 1
		}
		out = append(out, b)
		at = b.End + 2
	}
	return out
}

// one assembles documents that must give one thread.
func one(t testing.TB, docs ...normalize.Document) Thread {
	t.Helper()
	threads, err := Assemble(docs)
	if err != nil {
		t.Fatal(err)
	}
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	check(t, threads[0], len(docs))
	return threads[0]
}

// check holds what is true of every thread.
func check(t interface {
	Helper()
	Fatalf(string, ...any)
}, th Thread, docs int) {
	t.Helper()
	at := make(map[string]int)
	present := int32(0)
	for i := range th.Comments {
		row := &th.Comments[i].Row
		if int(row.Position) != i {
			t.Fatalf("comment %d has position %d", i, row.Position)
		}
		if _, twice := at[row.CommentID]; twice {
			t.Fatalf("comment id %s twice", row.CommentID)
		}
		at[row.CommentID] = i
		if row.ArticleID != th.Article.ArticleID {
			t.Fatalf("comment %d is of another article", i)
		}
		if row.State != schema.StateMissing {
			present++
		} else if row.Text != nil || row.IDBasis != schema.BasisNative || row.CommenterID != nil {
			t.Fatalf("placeholder %d says more than an id", i)
		}
	}
	if present != th.Article.NComments {
		t.Fatalf("n_comments %d, want %d", th.Article.NComments, present)
	}
	for i := range th.Comments {
		row := &th.Comments[i].Row
		for _, id := range []*string{row.ParentID, &row.ThreadID, row.InferredParentID} {
			if id == nil {
				continue
			}
			if _, ok := at[*id]; !ok {
				t.Fatalf("comment %d names %s, which is not there", i, *id)
			}
		}
		if row.ParentID == nil {
			if row.Depth != 0 || row.ThreadID != row.CommentID {
				t.Fatalf("top-level comment %d has depth %d", i, row.Depth)
			}
			continue
		}
		up := &th.Comments[at[*row.ParentID]].Row
		if row.Depth != up.Depth+1 || row.ThreadID != up.ThreadID {
			t.Fatalf("comment %d does not stand below its parent", i)
		}
	}
	for i := range th.Comments { // depth grows along parents, so there is no cycle
		last := int32(0)
		text := []rune(value(th.Comments[i].Row.Text))
		for _, m := range th.Comments[i].Mentions {
			if m.Start < last || m.End <= m.Start || int(m.End) > len(text) || m.Target < 0 || m.Target >= len(th.Comments) {
				t.Fatalf("comment %d has a mention out of place: %+v", i, m)
			}
			last = m.End
		}
	}
	if len(th.Ledger) != docs || len(th.Captures) != docs {
		t.Fatalf("%d ledger rows and %d captures of %d documents", len(th.Ledger), len(th.Captures), docs)
	}
	kept := int32(0)
	for _, row := range th.Ledger {
		if row.NCommentsRead != row.NCommentsKept+row.NCommentsDuplicate+row.NCommentsExcluded || row.NCommentsDuplicate < 0 {
			t.Fatalf("ledger does not balance: %+v", row)
		}
		kept += row.NCommentsKept
	}
	if kept != present {
		t.Fatalf("ledger kept %d, rows are %d", kept, present)
	}
}

// texts are the texts of a thread in order; a placeholder is "?".
func texts(th Thread) string {
	var out []string
	for i := range th.Comments {
		if th.Comments[i].Row.Text == nil {
			out = append(out, "?")
			continue
		}
		out = append(out, *th.Comments[i].Row.Text)
	}
	return strings.Join(out, "|")
}
