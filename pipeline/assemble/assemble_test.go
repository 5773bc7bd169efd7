package assemble

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/normalize"
	"corpus/pipeline/read"
	"corpus/schema"
)

const (
	frogs = "The frogs of the upper pond were counted again this spring, and there were more of them than in any year since the counting began in the wet summer of the old mill."
	boats = "A shipyard on the coast has sold its last wooden boat to a museum, whose visitors may row it on Sundays as long as the weather and the volunteers allow for it."
)

func TestNewestCaptureGivesTheArticle(t *testing.T) {
	newer := frogs + " The count was corrected later."
	th := one(t, page(100, frogs, reply{id: "1", text: "one"}), page(300, "", reply{id: "1", text: "one!"}), page(200, newer), page(0, frogs))
	if *th.Article.Text != newer || th.Article.State != schema.StatePresent {
		t.Errorf("article is not from the newest capture with text")
	}
	if th.Article.NComments != 1 || *th.Comments[0].Row.Text != "one!" {
		t.Errorf("comment is not from the newest capture that shows it: %s", texts(th))
	}
	row := th.Comments[0].Row
	if row.NCaptures != 2 || *row.FirstCapturedAt != 100 || *row.LastCapturedAt != 300 || *row.CapturedAt != 300 {
		t.Errorf("captures of the comment: %d, %v to %v", row.NCaptures, row.FirstCapturedAt, row.LastCapturedAt)
	}
	var got []string
	for i, l := range th.Ledger {
		used := ""
		if th.Captures[i].Used {
			used = " used"
		}
		got = append(got, l.Outcome+" "+value(l.Reason)+used)
	}
	want := []string{"comments ", "article  used", "capture newer_capture", "capture newer_capture"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("ledger, newest first:\n%s", d)
	}
	if th.Captures[0].TextSHA256 != nil || th.Captures[1].TextSHA256 == nil {
		t.Errorf("text_sha256 of captures is not that of their texts")
	}
}

func TestThreadWithoutArticleText(t *testing.T) {
	th := one(t, page(1, "", reply{id: "1", text: "alone"}))
	if th.Article.State != schema.StateNoText || th.Article.NComments != 1 || th.Ledger[0].Outcome != schema.OutcomeComments {
		t.Errorf("state %s, outcome %s", th.Article.State, th.Ledger[0].Outcome)
	}
}

func TestURLOfDifferentTextsIsNotBelieved(t *testing.T) {
	a, b, c := page(1, frogs, reply{id: "1", text: "croak"}), page(2, boats, reply{id: "1", text: "ahoy"}), page(3, "", reply{id: "2", text: "?"})
	again := a
	again.Origin.Locator = "offset=9"
	threads, err := Assemble([]normalize.Document{a, b, c, again})
	if err != nil {
		t.Fatal(err)
	}
	if len(threads) != 3 {
		t.Fatalf("%d threads, want 3", len(threads))
	}
	for _, th := range threads {
		docs := 1
		if th.Article.ArticleID == a.ContentID {
			docs = 2
		}
		check(t, th, docs)
		if th.Article.IDBasis != schema.BasisContent {
			t.Errorf("id_basis %s", th.Article.IDBasis)
		}
		for _, l := range th.Ledger {
			if value(l.Reason) != schema.ReasonURLDisbelieved || *l.ArticleID != th.Article.ArticleID {
				t.Errorf("ledger row %+v", l)
			}
		}
	}
}

// A build may ask first and send the documents on under the ids of their
// content: the threads must be the same.
func TestFallbackGivesTheSameThreads(t *testing.T) {
	docs := []normalize.Document{page(1, frogs, reply{id: "1", text: "croak"}), page(2, boats, reply{id: "1", text: "ahoy"})}
	want, err := Assemble(docs)
	if err != nil {
		t.Fatal(err)
	}
	if Believed(docs) || !Believed(docs[:1]) || !Believed(nil) {
		t.Fatal("belief is not in the texts")
	}
	for i := range docs {
		Fallback(&docs[i])
		got := one(t, docs[i])
		for _, w := range want {
			if w.Article.ArticleID == got.Article.ArticleID {
				if d := cmp.Diff(w, got); d != "" {
					t.Error(d)
				}
			}
		}
		Fallback(&docs[i])
	}
	plain := page(3, frogs)
	plain.Article.IDBasis = schema.BasisContent
	if Fallback(&plain); plain.Disbelieved {
		t.Error("a document without URL was marked")
	}
}

func TestBelief(t *testing.T) {
	words := strings.Fields(frogs)
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"same", frogs, frogs, false},
		{"case and punctuation", frogs, strings.ToUpper(strings.ReplaceAll(frogs, ",", " –")), false},
		{"teaser", frogs, strings.Join(words[:16], " "), false},
		{"short teaser", frogs, strings.Join(words[:4], " "), false},
		{"grown", frogs, frogs + " " + boats, false},
		{"different", frogs, boats, true},
		{"short and different", frogs, "Page not found: sorry", true},
		{"same words in another order", strings.Join(words, " "), reversed(words), true},
		{"no words against words", frogs, "…", true},
		{"no words at all", "…", "!", false},
		{"no spaces, same", "池の蛙は今年も数えられ増えていたそうだ", "池の蛙は今年も数えられ増えていたという", false},
		{"no spaces, different", "池の蛙は今年も数えられ増えていたそうだ", "木の舟は最後の一隻が博物館へ売られて行った", true},
	} {
		a, b := page(1, c.a), page(2, c.b)
		for _, docs := range [][]*normalize.Document{{&a, &b}, {&b, &a}} {
			if got := disbelieved(docs); got != c.want {
				t.Errorf("%s: disbelieved %v, want %v", c.name, got, c.want)
			}
		}
		a.Article.IDBasis = schema.BasisNative
		if disbelieved([]*normalize.Document{&a, &b}) {
			t.Errorf("%s: a native id was disbelieved", c.name)
		}
	}
}

func reversed(words []string) string {
	var out []string
	for i := len(words) - 1; i >= 0; i-- {
		out = append(out, words[i])
	}
	return strings.Join(out, " ")
}

func TestTwoArticlesAreAnError(t *testing.T) {
	a, b := page(1, frogs), page(2, frogs)
	b.Article.ArticleID = "other"
	if _, err := Assemble([]normalize.Document{a, b}); err == nil {
		t.Error("no error")
	}
	if threads, err := Assemble(nil); threads != nil || err != nil {
		t.Error("no documents gave a thread or an error")
	}
}

func TestUnion(t *testing.T) {
	for _, c := range []struct {
		name string
		docs []normalize.Document
		want string
	}{
		{"same comment in two captures, by content", []normalize.Document{
			page(2, frogs, reply{at: "2001-01-01T10:00", text: "a"}, reply{at: "2001-01-01T10:05", text: "b"}),
			page(1, frogs, reply{at: "2001-01-01T10:00", text: "a"})}, "a|b"},
		{"equal ones are counted", []normalize.Document{
			page(2, frogs, reply{text: "same"}, reply{text: "same"}),
			page(1, frogs, reply{text: "same"})}, "same|same"},
		{"two native ids are two comments", []normalize.Document{page(1, frogs, reply{id: "1", text: "same"}, reply{id: "2", text: "same"})}, "same|same"},
		{"an edit keeps a native id", []normalize.Document{
			page(2, frogs, reply{id: "1", text: "after"}), page(1, frogs, reply{id: "1", text: "before"})}, "after"},
		{"a featured excerpt is the comment", []normalize.Document{page(1, frogs,
			reply{id: "7", text: "A long and…"}, reply{id: "6", text: "b"}, reply{id: "7", text: "A long and thoughtful remark"})}, "b|A long and thoughtful remark"},
		{"one id for two comments keeps both", []normalize.Document{page(1, frogs,
			reply{id: "7", author: "Tove", text: "croak"}, reply{id: "7", author: "Lars", text: "quack"}, reply{id: "7", author: "Lars", text: "quack"})}, "croak|quack"},
		{"older ones go behind their neighbour", []normalize.Document{
			page(2, frogs, reply{id: "1", text: "1"}, reply{id: "4", text: "4"}),
			page(1, frogs, reply{id: "1", text: "1"}, reply{id: "2", text: "2"}, reply{id: "3", text: "3"}, reply{id: "4", text: "4"})}, "1|2|3|4"},
		{"older ones before the first", []normalize.Document{
			page(2, frogs, reply{id: "2", text: "2"}, reply{id: "3", text: "3"}),
			page(1, frogs, reply{id: "0", text: "0"}, reply{id: "1", text: "1"}, reply{id: "2", text: "2"})}, "0|1|2|3"},
		{"another page of the thread, later", []normalize.Document{
			page(2, frogs, reply{id: "1", at: "2001-01-01T10:00", text: "1"}),
			page(1, frogs, reply{id: "2", at: "2001-01-02T10:00", text: "2"})}, "1|2"},
		{"another page of the thread, earlier", []normalize.Document{
			page(2, frogs, reply{id: "2", at: "2001-01-02T10:00", text: "2"}),
			page(1, frogs, reply{id: "1", at: "2001-01-01T10:00", text: "1"})}, "1|2"},
		{"another page without times", []normalize.Document{
			page(2, frogs, reply{id: "2", text: "2"}), page(1, frogs, reply{id: "1", text: "1"})}, "2|1"},
		{"a missing parent stands before its first reply", []normalize.Document{page(1, frogs,
			reply{id: "1", text: "1"}, reply{id: "3", parent: "2", text: "3"}, reply{id: "4", parent: "2", text: "4"})}, "1|?|3|4"},
		{"a parent that another capture shows is not missing", []normalize.Document{
			page(2, frogs, reply{id: "3", parent: "2", text: "3"}),
			page(1, frogs, reply{id: "2", text: "2"}, reply{id: "3", parent: "2", text: "3"})}, "2|3"},
		{"a local parent that is not there is dropped", []normalize.Document{page(1, frogs, reply{text: "a", parent: "~9"})}, "a"},
	} {
		if got := texts(one(t, c.docs...)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestParents(t *testing.T) {
	for _, c := range []struct {
		name string
		docs []normalize.Document
		want []int // by comment: index of the parent, -1 for none
	}{
		{"local names", []normalize.Document{page(1, frogs, reply{text: "a"}, reply{text: "b", parent: "~0"}, reply{text: "c", parent: "~1"})}, []int{-1, 0, 1}},
		{"stated before it stands", []normalize.Document{page(1, frogs, reply{id: "1", parent: "2", text: "a"}, reply{id: "2", text: "b"})}, []int{1, -1}},
		{"its own parent", []normalize.Document{page(1, frogs, reply{id: "1", parent: "1", text: "a"})}, []int{-1}},
		{"a circle breaks at its first", []normalize.Document{page(1, frogs, reply{id: "0", parent: "1", text: "z"}, reply{id: "1", parent: "3", text: "a"}, reply{id: "2", parent: "1", text: "b"}, reply{id: "3", parent: "2", text: "c"})}, []int{1, -1, 1, 2}},
		{"a flat newer capture states nothing", []normalize.Document{
			page(2, frogs, reply{id: "1", text: "a"}, reply{id: "2", text: "b"}),
			page(1, frogs, reply{id: "1", text: "a"}, reply{id: "2", parent: "1", text: "b"})}, []int{-1, 0}},
		{"the newest statement holds", []normalize.Document{
			page(2, frogs, reply{id: "1", text: "a"}, reply{id: "2", text: "b"}, reply{id: "3", parent: "2", text: "c"}),
			page(1, frogs, reply{id: "1", text: "a"}, reply{id: "2", text: "b"}, reply{id: "3", parent: "1", text: "c"})}, []int{-1, -1, 1}},
	} {
		th := one(t, c.docs...)
		at := map[string]int{}
		for i := range th.Comments {
			at[th.Comments[i].Row.CommentID] = i
		}
		var got []int
		for i := range th.Comments {
			parent := -1
			if id := th.Comments[i].Row.ParentID; id != nil {
				parent = at[*id]
			}
			got = append(got, parent)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s:\n%s", c.name, d)
		}
	}
	th := one(t, page(1, frogs, reply{id: "1", parent: "2", text: "a"}, reply{id: "2", parent: "1", text: "b"}))
	if !strings.Contains(value(th.Ledger[0].Detail), "1 broken") {
		t.Errorf("the ledger does not say that a circle was broken: %q", value(th.Ledger[0].Detail))
	}
	th = one(t, page(1, frogs, reply{id: "1", text: "a"}, reply{id: "2", parent: "2", text: "b"}, reply{text: "c", parent: "~2"}))
	if want := "replies in a circle: 2 broken, the first at comment " + th.Comments[1].Row.CommentID; value(th.Ledger[0].Detail) != want {
		t.Errorf("the ledger does not say that comments answer themselves: %q", value(th.Ledger[0].Detail))
	}
}

func TestLedgerSaysWhatWasLeftOut(t *testing.T) {
	a, b := page(2, frogs, reply{id: "1", parent: "1", text: "a"}), page(1, frogs)
	a.LeftOut = "1 time that is none, the first published_at"
	th := one(t, a, b)
	if got := value(th.Ledger[0].Detail); !strings.HasPrefix(got, "left out: 1 time that is none, the first published_at; replies in a circle") || th.Ledger[0].Reason != nil {
		t.Errorf("%q", got)
	}
	if th.Ledger[1].Detail != nil {
		t.Errorf("%q", *th.Ledger[1].Detail)
	}
}

// Comments that a rule of the reader left out are read and excluded, with their
// number by rule.
func TestLedgerCountsExcludedComments(t *testing.T) {
	doc := page(1, "text", reply{id: "1", text: "a"})
	doc.Excluded = []read.ExcludedComments{{Reason: "spam", N: 2}, {Reason: "pending", N: 1}}
	doc.Notes = []string{"a note"}
	th := one(t, doc, page(2, "text", reply{id: "1", text: "a"}))
	row := th.Ledger[1]
	if row.NCommentsRead != 4 || row.NCommentsKept != 0 || row.NCommentsDuplicate != 1 || row.NCommentsExcluded != 3 {
		t.Errorf("%+v", row)
	}
	if want := "comments left out: 2 spam, 1 pending; a note"; value(row.Detail) != want {
		t.Errorf("%q, expected %q", value(row.Detail), want)
	}
	if th.Captures[1].NCommentsRead != 4 || th.Ledger[0].NCommentsRead != 1 {
		t.Errorf("%+v, %+v", th.Captures[1], th.Ledger[0])
	}
}

func TestDocumentsAreNotChanged(t *testing.T) {
	docs := []normalize.Document{page(1, frogs, reply{id: "1", parent: "9", author: "Tove", text: "a"}), page(2, frogs, reply{id: "1", author: "Tove", text: "Tove: a"})}
	same := []normalize.Document{page(1, frogs, reply{id: "1", parent: "9", author: "Tove", text: "a"}), page(2, frogs, reply{id: "1", author: "Tove", text: "Tove: a"})}
	if _, err := Assemble(docs); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(same, docs); d != "" {
		t.Error(d)
	}
}
