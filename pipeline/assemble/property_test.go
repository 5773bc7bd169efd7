package assemble

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/pipeline/normalize"
)

// someDocuments draws documents of one article: few names, ids and texts, so
// that all kinds of conflict come about.
func someDocuments(t *rapid.T) []normalize.Document {
	name := rapid.SampledFrom([]string{"Heron", "Old Mill", "Guest", "", "Old"})
	id := rapid.SampledFrom([]string{"", "", "1", "2", "3", "4", "5"})
	parent := rapid.SampledFrom([]string{"", "1", "2", "3", "9", "~0", "~1", "~7"})
	at := rapid.SampledFrom([]string{"", "2001-01-01T10:00", "2001-01-02T10:00"})
	said := rapid.SampledFrom([]string{"croak", "croak croak", "Heron: croak", "@Old Mill croak", "Old Mill wrote: croak croak", "Hi Heron and Old,\n\nHeron\ncroak", ""})
	article := rapid.SampledFrom([]string{frogs, frogs, boats, ""})
	var docs []normalize.Document
	for i := range rapid.IntRange(1, 5).Draw(t, "documents") {
		var replies []reply
		for range rapid.IntRange(0, 7).Draw(t, "comments") {
			replies = append(replies, reply{id.Draw(t, "id"), parent.Draw(t, "parent"), name.Draw(t, "author"), "", at.Draw(t, "at"), said.Draw(t, "text")})
		}
		d := page(rapid.Int64Range(0, 3).Draw(t, "captured"), article.Draw(t, "article"), replies...)
		d.Origin.Locator = fmt.Sprintf("item=%d", i)
		if d.Article.Text != nil {
			d.Part = rapid.SampledFrom([]int32{0, 0, 2, 3}).Draw(t, "page")
			d.Article.Blocks = blocksOf(*d.Article.Text)
		}
		docs = append(docs, d)
	}
	return docs
}

func TestAnyDocumentsGiveAForest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		docs := someDocuments(t)
		threads, err := Assemble(docs)
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		for _, th := range threads {
			check(t, th, len(th.Ledger))
			rows += len(th.Ledger)
		}
		if rows != len(docs) {
			t.Fatalf("%d ledger rows of %d documents", rows, len(docs))
		}
		shuffled := rapid.Permutation(docs).Draw(t, "shuffled")
		again, err := Assemble(shuffled)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(threads, again); d != "" {
			t.Fatalf("the order of the documents shows:\n%s", d)
		}
	})
}

func FuzzAssemble(f *testing.F) {
	f.Add(uint64(1), "Heron: yes", "Heron", "1", "2")
	f.Add(uint64(2), "On May 3, Old Mill wrote: @Heron\n\n> x", "Old Mill", "~0", "~1")
	f.Add(uint64(3), "水車小屋さんは書きました：\n@水車小屋 ：", "水車小屋", "", "1")
	f.Fuzz(func(t *testing.T, seed uint64, text, author, id, parent string) {
		r := rand.New(rand.NewPCG(seed, 0))
		var docs []normalize.Document
		for i := range 1 + r.IntN(3) {
			var replies []reply
			for range r.IntN(5) {
				c := reply{author: author, text: text}
				if r.IntN(2) == 0 {
					c.id = id + fmt.Sprint(r.IntN(3))
				}
				if r.IntN(2) == 0 {
					c.parent = parent + fmt.Sprint(r.IntN(4))
				}
				if r.IntN(3) == 0 {
					c.author += " " + author
				}
				replies = append(replies, c)
			}
			d := page(int64(r.IntN(3)), text, replies...)
			d.Origin.Locator = fmt.Sprint(i)
			docs = append(docs, d)
		}
		threads, err := Assemble(docs)
		if err != nil {
			t.Fatal(err)
		}
		for _, th := range threads {
			check(t, th, len(th.Ledger))
		}
	})
}

// longThread is a page of n comments by n/4 persons, most of whom name another.
func longThread(n int) normalize.Document {
	r := rand.New(rand.NewPCG(7, 7))
	replies := make([]reply, n)
	for i := range replies {
		who := fmt.Sprintf("Person %d of the Pond", r.IntN(n/4+1))
		whom := fmt.Sprintf("Person %d of the Pond", r.IntN(n/4+1))
		text := "They wade in the reeds at dawn, said the miller, and number " + fmt.Sprint(i) + " agreed at length: it is so. What more is there to say of it?"
		switch i % 4 {
		case 0:
			text = whom + ": " + text
		case 1:
			text = "@" + whom + " " + text
		case 2:
			text = whom + " wrote: " + text + "\n\nNo."
		}
		replies[i] = reply{id: fmt.Sprint(i), author: who, at: fmt.Sprintf("2001-01-01T%02d:%02d", i/60%24, i%60), text: text}
	}
	return page(1, frogs, replies...)
}

func BenchmarkAssemble(b *testing.B) {
	for _, n := range []int{200, 2_000, 20_000} {
		docs := []normalize.Document{longThread(n)}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Assemble(docs); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A deep thread must not overflow a stack, and a long one must stay linear.
func TestDeepThread(t *testing.T) {
	const n = 20_000
	replies := make([]reply, n)
	for i := range replies {
		replies[i] = reply{id: fmt.Sprint(i), parent: fmt.Sprint(i + 1), text: "x"}
	}
	th := one(t, page(1, frogs, replies...))
	if th.Comments[0].Row.Depth != n+0 {
		t.Errorf("depth %d, want %d: the last parent is missing and on top", th.Comments[0].Row.Depth, n)
	}
}

// Pages that look for the worst case must cost no more than their length; a
// quadratic one takes longer than the tests may.
func TestHostileThreadsAreLinear(t *testing.T) {
	const n = 15_000
	many := func(make func(i int) reply) []reply {
		out := replies(n, make)
		return append(out, reply{author: "Heron", text: "x"})
	}
	long := strings.Repeat("aa ", n)
	for name, d := range map[string]normalize.Document{
		"one comment that names one person all the time": page(1, frogs, reply{author: "Heron", text: "a"}, reply{author: "Will", text: strings.Repeat("Heron: x\n", n)}),
		"one line of mentions":                           page(1, frogs, reply{author: "Heron", text: "a"}, reply{author: "Will", text: strings.Repeat("@Heron ", n)}),
		"one line of quotes":                             page(1, frogs, reply{author: "Heron", text: "a"}, reply{author: "Will", text: strings.Repeat("Heron wrote: ", n)}),
		"one line of colons":                             page(1, frogs, reply{author: "Heron", text: "a"}, reply{author: "Will", text: strings.Repeat(": wrote ", n)}),
		"a name as long as the text":                     page(1, frogs, reply{author: long, text: long + "b"}, reply{author: long, text: "@" + long}),
		"comments that answer themselves":                page(1, frogs, many(func(i int) reply { return reply{id: fmt.Sprint(i), parent: fmt.Sprint(i), text: "x"} })...),
		"one id for all":                                 page(1, frogs, many(func(i int) reply { return reply{id: "1", author: fmt.Sprint(i), text: fmt.Sprint(i)} })...),
		"equal comments":                                 page(1, frogs, many(func(int) reply { return reply{text: "x"} })...),
		"parents that are not there":                     page(1, frogs, many(func(i int) reply { return reply{id: fmt.Sprint(i), parent: fmt.Sprint(n + i), text: "x"} })...),
		"names that begin alike": page(1, frogs, many(func(i int) reply {
			return reply{author: strings.Repeat("a ", 40) + fmt.Sprint(i), text: strings.Repeat("a ", 40)}
		})...),
	} {
		th := one(t, d)
		if len(th.Comments) < 2 {
			t.Errorf("%s: %d comments", name, len(th.Comments))
		}
	}
	bylines := page(1, frogs, many(func(int) reply { return reply{author: "Will", text: "Heron: x"} })...)
	for i := range n {
		bylines.Article.Byline = append(bylines.Article.Byline, fmt.Sprintf("Author %d", i))
	}
	bylines.Comments = append(bylines.Comments[n:], bylines.Comments[:n]...)
	one(t, bylines)
}

func replies(n int, make func(i int) reply) []reply {
	var out []reply
	for i := range n {
		out = append(out, make(i))
	}
	return out
}
