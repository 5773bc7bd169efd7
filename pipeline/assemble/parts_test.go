package assemble

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/normalize"
)

// part is page n of a paged article.
func part(captured int64, n int32, text string, replies ...reply) normalize.Document {
	d := page(captured, text, replies...)
	d.Part = n
	if text != "" {
		d.Article.Blocks = blocksOf(text)
	}
	return d
}

const (
	intro  = "What the frogs of the upper pond say to each other, told in three parts by somebody who listens."
	first  = "The frogs of the upper pond begin at dusk, one by one, and the oldest of them counts aloud."
	second = "At ten they stop, all at once, and nobody has found out who gives the sign for it."
	third  = "In the morning the pond is silent, and the heron walks along its edge as if by chance."
)

// TestParts: the pages of an article are one text, in the order of their numbers,
// whatever was captured when.
func TestParts(t *testing.T) {
	for _, c := range []struct {
		name string
		docs []normalize.Document
		want []string // blocks
	}{
		{"three pages", []normalize.Document{part(3, 0, first), part(1, 3, third), part(2, 2, second)}, []string{first, second, third}},
		{"the second captured twice", []normalize.Document{part(1, 0, first), part(2, 2, second+"\n\nOld."), part(9, 2, second+"\n\nNew.")}, []string{first, second, "New."}},
		{"a standfirst on every page", []normalize.Document{part(1, 0, intro+"\n\n"+first), part(2, 2, intro+"\n\n"+second), part(3, 3, intro+"\n\n"+third)}, []string{intro, first, second, third}},
		{"all on one page, and pages", []normalize.Document{part(5, 0, first+"\n\n"+second+"\n\n"+third), part(1, 2, second), part(2, 3, third)}, []string{first, second, third}},
		{"the first page newer than all on one", []normalize.Document{part(5, 0, first), part(4, 0, first+"\n\n"+second), part(1, 2, second)}, []string{first, second}},
		{"pages of comments repeat the text", []normalize.Document{part(1, 0, first), part(2, 2, first)}, []string{first}},
		{"the first is missing", []normalize.Document{part(1, 3, third), part(2, 2, second)}, []string{second, third}},
		{"one page", []normalize.Document{part(1, 2, second)}, []string{second}},
	} {
		var before any
		for turn := range len(c.docs) {
			docs := append(append([]normalize.Document{}, c.docs[turn:]...), c.docs[:turn]...)
			threads, err := Assemble(docs)
			if err != nil || len(threads) != 1 {
				t.Fatalf("%s: %d threads, %v", c.name, len(threads), err)
			}
			a := threads[0].Article
			got := blockTexts(*a.Text, a.Blocks)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, diff)
			}
			if *a.Text != strings.Join(got, "\n\n") {
				t.Errorf("%s: the blocks are not the text %q", c.name, *a.Text)
			}
			if before != nil && !cmp.Equal(before, a) {
				t.Errorf("%s: the order of the documents matters", c.name)
			}
			before = a
		}
		for i := range c.docs {
			if c.docs[i].Article.Text == nil || len(c.docs[i].Article.Blocks) != len(blocksOf(*c.docs[i].Article.Text)) {
				t.Errorf("%s: a document was changed", c.name)
			}
		}
	}
}

// TestPartsBelieved: pages of one article differ, and its URL is believed; two
// texts for one page are not.
func TestPartsBelieved(t *testing.T) {
	if !Believed([]normalize.Document{part(1, 0, first), part(2, 2, second), part(3, 3, third)}) {
		t.Error("three pages of an article")
	}
	if Believed([]normalize.Document{part(1, 0, first), part(2, 2, second), part(3, 2, third)}) {
		t.Error("two texts for one page")
	}
}

// TestPagesOfComments: comments of all pages of a thread are one discussion, in
// the order of their times, also where the pages share none.
func TestPagesOfComments(t *testing.T) {
	one := []reply{{id: "1", author: "Ann", at: "2020-03-01T10:00", text: "One."}, {id: "2", author: "Bo", at: "2020-03-02T10:00", text: "Two."}}
	two := []reply{{id: "3", parent: "1", author: "Cy", at: "2020-03-03T10:00", text: "Three."}, {id: "4", author: "Bo", at: "2020-03-04T10:00", text: "Four."}}
	for _, docs := range [][]normalize.Document{
		{part(1, 0, first, one...), part(2, 0, "", two...)}, // of a forum: the opening post stands on the first
		{part(2, 0, first, one...), part(1, 0, "", two...)},
		{part(1, 0, first, one...), part(2, 0, first, two...)}, // of a blog: the article stands on both
	} {
		threads, err := Assemble(docs)
		if err != nil || len(threads) != 1 {
			t.Fatalf("%d threads, %v", len(threads), err)
		}
		var got []string
		for _, c := range threads[0].Comments {
			got = append(got, *c.Row.Text)
		}
		if diff := cmp.Diff([]string{"One.", "Two.", "Three.", "Four."}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if up := threads[0].Comments[2].Row.ParentID; up == nil || *up != threads[0].Comments[0].Row.CommentID {
			t.Error("a reply to a comment of another page lost its parent")
		}
		if threads[0].Article.State != "present" {
			t.Errorf("state %q", threads[0].Article.State)
		}
	}
}
