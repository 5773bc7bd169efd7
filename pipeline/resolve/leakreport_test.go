package resolve

import (
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/pipeline/config"
)

// leakArticle and leakComment are records of finished tables.
type (
	leakArticle struct{ id, split, text string }
	leakComment struct{ article, split, commenter string }
)

func report(t testing.TB, memory int64, workers int, articles []leakArticle, comments []leakComment) Leaks {
	t.Helper()
	dir := t.TempDir()
	r, err := NewLeakReport(dir, memory)
	if err != nil {
		t.Fatal(err)
	}
	errs := make([]error, workers)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := w; i < len(articles); i += workers {
				errs[w] = errors.Join(errs[w], r.AddArticle(articles[i].id, articles[i].split, articles[i].text))
			}
			for i := w; i < len(comments); i += workers {
				errs[w] = errors.Join(errs[w], r.AddComment(comments[i].article, comments[i].split, comments[i].commenter))
			}
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	leaks, err := r.Report()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%d temporary files are left", len(left))
	}
	return leaks
}

func TestLeakReport(t *testing.T) {
	g := newTexts(2)
	shared, own := g.words(60), g.words(40)
	train := strings.Join(append(slices.Clone(shared), own...), " ")
	half := strings.Join(append(g.words(48), shared...), " ") // 48 of 96 n-grams
	leaks := report(t, 1<<20, 1, []leakArticle{
		{"a1", "train", train},
		{"a2", "test", strings.ToUpper(train) + "!"}, // equal but for case and punctuation
		{"a3", "test", half},
		{"a4", "test", g.text(100)},
		{"a5", "validation", strings.Join(shared, " ")},
		{"a6", "unassigned", train},
		{"a7", "test", "too short"},
		{"a8", "test", ""},
	}, []leakComment{
		{"a1", "train", "anna"}, {"a1", "train", "anna"}, {"a1", "train", ""},
		{"a2", "test", "anna"}, {"a2", "test", "ben"}, {"a2", "test", "anna"},
		{"a3", "validation", "ben"}, // its article is in test
		{"a6", "unassigned", "ben"},
	})
	want := Leaks{
		Articles:   SplitCounts{Train: 1, Validation: 1, Test: 5, Unassigned: 1},
		Comments:   SplitCounts{Train: 3, Validation: 1, Test: 3, Unassigned: 1},
		NGramWords: 13,
		ShortTexts: 1,
		Texts: []TextLeak{
			{Of: "test", In: "train", EqualTexts: 1, AnyShared: 2, Shared200: 2, Shared500: 2, Shared800: 1, NGrams: 88 + 96 + 88, NGramsShared: 88 + 48, SharedPerMille: 500},
			{Of: "test", In: "validation", AnyShared: 2, Shared200: 2, Shared500: 2, NGrams: 272, NGramsShared: 48 + 48, SharedPerMille: 352},
			{Of: "validation", In: "train", AnyShared: 1, Shared200: 1, Shared500: 1, Shared800: 1, NGrams: 48, NGramsShared: 48, SharedPerMille: 1000},
		},
		Commenters: []CommenterLeak{
			{Of: "test", In: "train", Commenters: 2, CommentersSeen: 1, Comments: 3, CommentsSeen: 2, SeenPerMille: 666},
			{Of: "test", In: "validation", Commenters: 2, CommentersSeen: 1, Comments: 3, CommentsSeen: 1, SeenPerMille: 333},
			{Of: "validation", In: "train", Commenters: 1, Comments: 1},
		},
		CommentsWithoutCommenter: 1,
		CrossingThreads:          1,
	}
	if diff := cmp.Diff(want, leaks); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	data, err := json.Marshal(leaks, json.Deterministic(true))
	if err != nil || !strings.Contains(string(data), `"shared_500":2`) || strings.Contains(string(data), ".") {
		t.Errorf("%s, %v", data, err)
	}
}

func TestLeakReportOrderAndWorkers(t *testing.T) {
	g := newTexts(4)
	var articles []leakArticle
	var comments []leakComment
	splits := []string{"train", "validation", "test", "unassigned"}
	stock := g.words(40)
	for i := range 40 {
		text := append(g.words(10+g.below(60)), stock[g.below(40):]...)
		articles = append(articles, leakArticle{id(i), splits[g.below(4)], strings.Join(text, " ")})
		for range g.below(4) {
			comments = append(comments, leakComment{id(i), splits[g.below(4)], []string{"", "p", "q", "r", "s"}[g.below(5)]})
		}
	}
	want := report(t, 64<<20, 1, articles, comments)
	if want.Texts[0].NGramsShared == 0 || want.CrossingThreads == 0 {
		t.Fatalf("nothing leaks: %+v", want)
	}
	rapid.Check(t, func(rt *rapid.T) {
		got := report(t, rapid.SampledFrom([]int64{1, 64 << 10}).Draw(rt, "memory"), rapid.IntRange(1, 4).Draw(rt, "workers"),
			rapid.Permutation(articles).Draw(rt, "articles"), rapid.Permutation(comments).Draw(rt, "comments"))
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatalf("%s", diff)
		}
	})
}

// TestLeakReportAgainstSplits shows that the report finds the leak of a split
// that ignores clusters, and none where the clusters hold.
func TestLeakReportAgainstSplits(t *testing.T) {
	articles := invented(31, 60, 5)
	_, c := clustersOf(t, t.TempDir(), articles, 1<<20, 1)
	_, none := clustersOf(t, t.TempDir(), nil, 1<<20, 1)
	shares := config.SplitShares{Train: 500, Validation: 200, Test: 300}
	count := func(c *Clusters) (high, crossing int64) {
		s := newSplits(t, c, SplitOptions{Rule: config.SplitsThread, Shares: shares})
		var rows []leakArticle
		var comments []leakComment
		for _, a := range articles {
			rows = append(rows, leakArticle{a.id, s.Article(a.id), a.text})
			comments = append(comments, leakComment{a.id, s.Comment(a.id, "p"), "p"})
		}
		leaks := report(t, 1<<20, 2, rows, comments)
		for _, l := range leaks.Texts {
			high += l.Shared800 + l.EqualTexts
		}
		return high, leaks.CrossingThreads
	}
	if high, crossing := count(c); high != 0 || crossing != 0 {
		t.Errorf("by cluster: %d articles leak, %d threads cross", high, crossing)
	}
	if high, _ := count(none); high < 20 {
		t.Errorf("without clusters only %d articles leak", high)
	}
}

func TestLeakWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		"The Ferry's at NOON":      "the ferry s at noon ",
		"3.5 km, x-y":              "3 5 km x y ",
		"船は出る":                     "船 は 出 る ",
		"กำ":                       "ก ำ ",
		"e\u0301te\u0301 \u0301 x": "e\u0301te\u0301 x ",
		"a\xffb":                   "a b ",
	} {
		if got, ends := plainWords(text); string(got) != want || len(ends) != strings.Count(want, " ") {
			t.Errorf("%q gives %q, %v", text, got, ends)
		}
	}
	plain, ends := plainWords(strings.Repeat("one two three ", 10))
	if n := len(ngrams(plain, ends)); n != 3 {
		t.Errorf("%d different n-grams of a text that repeats after three words", n)
	}
}

func TestLeakReportErrors(t *testing.T) {
	r, err := NewLeakReport(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.AddArticle("a", "dev", "text"); err == nil {
		t.Error("an unknown split is no error")
	}
	if err := r.AddComment("a", "", "p"); err == nil {
		t.Error("no split is no error")
	}
	if _, err := r.Report(); err != nil {
		t.Error(err)
	}
	if _, err := r.Report(); err == nil {
		t.Error("Report works twice")
	}
	if err := errors.Join(r.AddArticle("a", "test", ""), r.AddComment("a", "test", "")); err == nil {
		t.Error("records are taken after Report")
	}
}

func BenchmarkLeakReport(b *testing.B) {
	g := newTexts(1)
	articles := make([]leakArticle, 1000)
	for i := range articles {
		articles[i] = leakArticle{id(i), []string{"train", "train", "train", "test"}[i%4], g.text(300)}
	}
	for b.Loop() {
		leaks := report(b, 16<<20, 1, articles, nil)
		if leaks.Articles.Train != 750 {
			b.Fatal(leaks)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(articles)), "ns/article")
}
