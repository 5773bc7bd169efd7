package privacy

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/assemble"
	"corpus/pipeline/normalize"
	"corpus/schema"
)

// thread makes a thread at https://www.pond.example/frogs from comments
// "author|address|account|text".
func thread(t testing.TB, article string, comments ...string) *assemble.Thread {
	t.Helper()
	address, lang := "https://www.pond.example/frogs", "en"
	d := normalize.Document{Article: schema.Article{ArticleID: "a", IDBasis: schema.BasisURL, SourceID: "ponds", CanonicalURL: &address, Lang: &lang, CommentOrder: schema.OrderOldest}}
	if article != "" {
		d.Article.Text, d.Article.Blocks = &article, blocksOf(article)
	}
	for i, c := range comments {
		f := strings.SplitN(c, "|", 4)
		d.Comments = append(d.Comments, normalize.Comment{LocalID: fmt.Sprintf("~%d", i), Author: f[0], AuthorURL: f[1], AuthorID: f[2],
			Row: schema.Comment{State: schema.StateVisible, Lang: &lang, Text: &f[3], Blocks: blocksOf(f[3])}})
	}
	threads, err := assemble.Assemble([]normalize.Document{d})
	if err != nil {
		t.Fatal(err)
	}
	return &threads[0]
}

func guard(t testing.TB, corpus, mode, key string) *Guard {
	t.Helper()
	var k *Key
	if key != "" {
		loaded, err := LoadKey(keyFile(t, key))
		if err != nil {
			t.Fatal(err)
		}
		k = &loaded
	}
	g, err := New(k, corpus, mode)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func apply(t testing.TB, g *Guard, th *assemble.Thread, scope string) Counts {
	t.Helper()
	counts, err := g.Apply(th, func(string) string { return scope })
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func TestNew(t *testing.T) {
	if _, err := New(nil, "pond", ""); err == nil {
		t.Error("pseudonyms without a key")
	}
	if _, err := New(nil, "pond", "some"); err == nil {
		t.Error("a mode that is none")
	}
	if _, err := New(nil, "pond", ModeNone); err != nil {
		t.Error(err)
	}
}

// unscoped is a source that declares no scope.
func unscoped(string) string { return "" }

func TestApply(t *testing.T) {
	th := thread(t, "Tips to desk@pond.example, please.\n\nOld Mill wrote: so.",
		"Heron|||I waded there. Old Mill knows, and Old Mill said so.", "Old Mill|||Heron: did you?\n\nHeron wrote: I waded there.", "Anonymous|||@heron @nobody", "|||Old Milling")
	counts := apply(t, guard(t, "pond", "", testKey), th, "")
	if got := *th.Article.Text; got != "Tips to [email], please.\n\nOld Mill wrote: so." {
		t.Errorf("article: %q", got)
	}
	want := []string{"I waded there. Old Mill knows, and Old Mill said so.", "[user]: did you?\n\n[user] wrote: I waded there.", "@[user] [handle]", "Old Milling"}
	for i := range want {
		if got := *th.Comments[i].Row.Text; got != want[i] {
			t.Errorf("comment %d: %q, want %q", i, got, want[i])
		}
	}
	row := th.Comments[1].Row
	first := th.Comments[0].Row.CommentID
	if d := cmp.Diff([]schema.Span{{Kind: schema.SpanMention, Start: 0, End: 6, RefID: &first}, {Kind: schema.SpanMention, Start: 18, End: 24, RefID: &first}}, row.Spans); d != "" {
		t.Error(d)
	}
	if *row.TextSHA256 != *digest(want[1]) || row.NChars != int32(len(want[1])) || row.NWords == 0 {
		t.Error("counts or digest are not those of the masked text")
	}
	if d := cmp.Diff(Counts{Mentions: 3, Emails: 1, Handles: 1, NamesLeft: 2}, counts); d != "" {
		t.Error(d)
	}
	bases := []string{schema.CommenterName, schema.CommenterName, schema.CommenterGeneric, schema.CommenterNone}
	for i, basis := range bases {
		row := th.Comments[i].Row
		if row.CommenterBasis != basis || (row.CommenterID == nil) != (i > 1) {
			t.Errorf("comment %d: basis %s", i, row.CommenterBasis)
		}
	}
}

func TestWithoutMasks(t *testing.T) {
	make := func() *assemble.Thread {
		return thread(t, "desk@pond.example", "Heron|||jo@pond.example", "Reed|||Heron: so")
	}
	plain, keyed, masked := make(), make(), make()
	apply(t, guard(t, "pond", ModeNone, ""), plain, "")
	apply(t, guard(t, "pond", ModeNone, testKey), keyed, "")
	apply(t, guard(t, "pond", "", testKey), masked, "")
	if *plain.Article.Text != "desk@pond.example" || *plain.Comments[1].Row.Text != "Heron: so" {
		t.Error("a text was masked")
	}
	if s := plain.Comments[1].Row.Spans; len(s) != 1 || s[0].End != 5 || s[0].RefID == nil {
		t.Errorf("spans %+v", s)
	}
	a, b, c := *plain.Comments[0].Row.CommenterID, *keyed.Comments[0].Row.CommenterID, *masked.Comments[0].Row.CommenterID
	if a == b || b != c {
		t.Error("a key makes pseudonyms, whether there are masks or not")
	}
}

func TestTextDoesNotDependOnTheKey(t *testing.T) {
	make := func() *assemble.Thread {
		return thread(t, frogText, "Heron|||a jo@pond.example", "Reed|||Heron: so")
	}
	a, b := make(), make()
	apply(t, guard(t, "pond", "", testKey), a, "")
	apply(t, guard(t, "pond", "", strings.Repeat("1f", 31)+"00"), b, "")
	for i := range a.Comments {
		if *a.Comments[i].Row.CommenterID == *b.Comments[i].Row.CommenterID {
			t.Error("two keys give one pseudonym")
		}
		a.Comments[i].Row.CommenterID, b.Comments[i].Row.CommenterID = nil, nil
	}
	if d := cmp.Diff(a, b); d != "" {
		t.Errorf("the key shows beyond commenter_id:\n%s", d)
	}
}

const frogText = "The frogs of the upper pond were counted again."

func TestPseudonyms(t *testing.T) {
	id := func(corpus, scope, comment string) (string, string) {
		th := thread(t, "", comment+"|text")
		apply(t, guard(t, corpus, "", testKey), th, scope)
		row := th.Comments[0].Row
		return value(row.CommenterID), row.CommenterBasis
	}
	base, basis := id("pond", "", "Heron||")
	// Frozen: pseudonyms of published corpora must not change.
	if want := "72005d4675e0462a41ea881c3476f383"; base != want || basis != schema.CommenterName {
		t.Errorf("pseudonym %s (%s), want %s", base, basis, want)
	}
	for _, c := range []struct {
		name, corpus, scope, comment, basis string
		same                                bool
	}{
		{"case and spaces", "pond", "", " HERON ||", schema.CommenterName, true},
		{"the default scope is the host", "pond", "pond.example", "Heron||", schema.CommenterName, true},
		{"home page", "pond", "", "Heron|https://heron.example/|", schema.CommenterName, true},
		{"front page of the site", "pond", "", "Heron|https://pond.example/|", schema.CommenterName, true},
		{"the article itself", "pond", "", "Heron|https://www.pond.example/frogs#c1|", schema.CommenterName, true},
		{"account of nobody", "pond", "", "Heron||0", schema.CommenterName, true},
		{"another name", "pond", "", "Reed||", schema.CommenterName, false},
		{"another scope", "pond", "mill.example", "Heron||", schema.CommenterName, false},
		{"another corpus", "mill", "", "Heron||", schema.CommenterName, false},
		{"account", "pond", "", "Heron||17", schema.CommenterAccount, false},
		{"profile on the site", "pond", "", "Heron|https://www.pond.example/users/heron|", schema.CommenterAccount, false},
		{"profile on a sister host", "pond", "", "Heron|https://people.pond.example/heron|", schema.CommenterAccount, false},
		{"profile on a network", "pond", "", "Heron|https://www.facebook.com/heron|", schema.CommenterAccount, false},
	} {
		got, basis := id(c.corpus, c.scope, c.comment)
		if basis != c.basis || (got == base) != c.same || len(got) != 32 {
			t.Errorf("%s: %s %s", c.name, basis, got)
		}
	}
	one, _ := id("pond", "", "Heron||17")
	other, _ := id("pond", "", "Reed||17")
	if one != other {
		t.Error("an account is one person whatever the name")
	}
	if got, basis := id("pond", "", "Guest||17"); got != "" || basis != schema.CommenterGeneric {
		t.Error("a generic name with an account has a pseudonym")
	}
}

func TestGuardIsShared(t *testing.T) {
	g := guard(t, "pond", "", testKey)
	want := thread(t, frogText, "Heron|||call (202) 456-1111", "Reed|||Heron: jo [at] pond [dot] example")
	apply(t, g, want, "")
	var wait sync.WaitGroup
	for range 8 {
		th := thread(t, frogText, "Heron|||call (202) 456-1111", "Reed|||Heron: jo [at] pond [dot] example")
		wait.Go(func() {
			if _, err := g.Apply(th, unscoped); err != nil || !cmp.Equal(want, th) {
				t.Errorf("another thread was given (%v)", err)
			}
		})
	}
	wait.Wait()
}

func TestMissingCommentsHaveNoCommenter(t *testing.T) {
	th := thread(t, "", "Heron|||a")
	th.Comments[0].Row.State, th.Comments[0].Row.Text = schema.StateMissing, nil
	apply(t, guard(t, "pond", "", testKey), th, "")
	if row := th.Comments[0].Row; row.CommenterID != nil || row.CommenterBasis != schema.CommenterNone {
		t.Error("a missing comment has a commenter")
	}
}

func TestMentionOutsideOfTheThread(t *testing.T) {
	th := thread(t, "", "Heron|||abc")
	th.Comments[0].Mentions = []assemble.Mention{{Start: 0, End: 1, Target: 7}}
	if _, err := guard(t, "pond", "", testKey).Apply(th, unscoped); err == nil {
		t.Error("no error")
	}
}

func TestQuotedWords(t *testing.T) {
	th := thread(t, "", "Heron|||one two\n\nthree jo@pond.example\n\nfour")
	th.Comments[0].Row.Blocks[1].Kind = schema.BlockQuote
	apply(t, guard(t, "pond", "", testKey), th, "")
	if got := th.Comments[0].Row.NWordsQuoted; got != 2 {
		t.Errorf("%d words quoted, want 2", got)
	}
}

// A name as long as the text must not be tried at every word of it.
func TestHostileNamesAreLinear(t *testing.T) {
	long := strings.Repeat("Aa ", 40_000)
	th := thread(t, "", long+"x|||"+long, "Heron|||"+long)
	apply(t, guard(t, "pond", "", testKey), th, "")
}

func TestCountsAdd(t *testing.T) {
	c := Counts{1, 2, 3, 4, 5, 6, 7, 8}
	c.Add(Counts{10, 20, 30, 40, 50, 60, 70, 80})
	if c != (Counts{11, 22, 33, 44, 55, 66, 77, 88}) {
		t.Errorf("%+v", c)
	}
}

func BenchmarkApply(b *testing.B) {
	for _, n := range []int{200, 20_000} {
		comments := make([]string, n)
		for i := range comments {
			comments[i] = fmt.Sprintf("Person %d of the Pond|||@Person %d of the Pond They wade in the reeds at dawn, said the miller in 2011, and 1.234 agreed at length.\n\nWhat more is there to say of it, see https://pond.example/x/%d?", i%977, i*31%977, i)
		}
		g := guard(b, "pond", "", testKey)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				th := thread(b, "", comments...)
				b.StartTimer()
				apply(b, g, th, "")
			}
		})
	}
}
