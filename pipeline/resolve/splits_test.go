package resolve

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"corpus/pipeline/config"
	"corpus/schema"
)

func newSplits(t testing.TB, c *Clusters, o SplitOptions) *Splits {
	t.Helper()
	if o.Corpus == "" {
		o.Corpus = "example"
	}
	if o.Shares == (config.SplitShares{}) {
		o.Shares = config.SplitShares{Train: 800, Validation: 100, Test: 100}
	}
	s, err := NewSplits(t.Context(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// noErr fails where a look-up failed.
func noErr(t testing.TB, s *Splits) {
	t.Helper()
	if err := s.Err(); err != nil {
		t.Error(err)
	}
}

func TestThreadSplitsKeepClustersTogether(t *testing.T) {
	articles := invented(5, 60, 5)
	_, c := clustersOf(t, t.TempDir(), articles, 1<<20, 2)
	s := newSplits(t, c, SplitOptions{Rule: config.SplitsThread})
	of := map[string]string{}
	for _, a := range articles {
		split := s.Article(a.id)
		if comment := s.Comment(a.id, "somebody"); comment != split {
			t.Errorf("article in %s, its comment in %s", split, comment)
		}
		cluster, ok := c.Of(a.id)
		if !ok {
			continue
		}
		if before, ok := of[cluster]; ok && before != split {
			t.Errorf("cluster %s is in %s and in %s", cluster, before, split)
		}
		of[cluster] = split
	}
	if len(of) < 20 {
		t.Errorf("only %d clusters", len(of))
	}
	noErr(t, s)
}

func TestSharesAreMet(t *testing.T) {
	_, c := clustersOf(t, t.TempDir(), nil, 0, 1)
	for _, shares := range []config.SplitShares{{Train: 800, Validation: 100, Test: 100}, {Train: 500, Validation: 0, Test: 500}, {Train: 1000}, {Test: 1000}} {
		for _, rule := range []string{config.SplitsThread, config.SplitsCommenter} {
			s := newSplits(t, c, SplitOptions{Rule: rule, Shares: shares})
			const n = 20_000
			count := map[string]int{}
			for i := range n {
				count[s.Comment(id(i), id(i))]++
			}
			for split, share := range map[string]int{"train": shares.Train, "validation": shares.Validation, "test": shares.Test} {
				// Five standard deviations of a share of a half are 18 per mille.
				if got := count[split] * 1000 / n; got < share-18 || got > share+18 || share == 0 && count[split] > 0 {
					t.Errorf("%s by %s: %d per mille, want %d", split, rule, got, share)
				}
			}
		}
	}
}

func TestCorporaDrawDifferently(t *testing.T) {
	_, c := clustersOf(t, t.TempDir(), nil, 0, 1)
	one := newSplits(t, c, SplitOptions{Corpus: "one", Rule: config.SplitsThread})
	again := newSplits(t, c, SplitOptions{Corpus: "one", Rule: config.SplitsThread})
	two := newSplits(t, c, SplitOptions{Corpus: "two", Rule: config.SplitsThread})
	differ := 0
	for i := range 1000 {
		if one.Article(id(i)) != again.Article(id(i)) {
			t.Fatal("the same corpus draws differently")
		}
		if one.Article(id(i)) != two.Article(id(i)) {
			differ++
		}
	}
	if differ < 200 {
		t.Errorf("%d of 1000 articles differ between corpora", differ)
	}
	// Published splits rest on these.
	var drawn strings.Builder
	for i := range 30 {
		drawn.WriteString(one.Article(id(i))[:2])
	}
	if want := "trtrtetrtrtrtrtrtrtrtrvatrtrtrtrtrtrtrtrtrtetrtrtrtrtrtrtrte"; drawn.String() != want {
		t.Errorf("the draw has changed: %s, was %s", drawn.String(), want)
	}
}

func TestCommenterSplits(t *testing.T) {
	_, c := clustersOf(t, t.TempDir(), nil, 0, 1)
	s := newSplits(t, c, SplitOptions{Rule: config.SplitsCommenter})
	for i := range 200 {
		first := s.Comment(id(1), id(1000+i))
		if second := s.Comment(id(2), id(1000+i)); first != second {
			t.Errorf("a commenter is in %s and in %s", first, second)
		}
	}
	if got := s.Comment(id(1), ""); got != schema.SplitUnassigned {
		t.Errorf("a comment without a commenter is in %s", got)
	}
	thread := newSplits(t, c, SplitOptions{Rule: config.SplitsThread})
	for i := range 200 {
		if s.Article(id(i)) != thread.Article(id(i)) {
			t.Error("articles do not go by thread")
		}
	}
}

func TestPreviousSplits(t *testing.T) {
	g := newTexts(8)
	// Three articles each have the text of their letter.
	var articles []article
	for _, letter := range []string{"a", "b", "c", "d", "e"} {
		text := g.text(60)
		for i := range 3 {
			articles = append(articles, article{fmt.Sprintf("%s%d", letter, i), text, "2020-01-0" + fmt.Sprint(i+1)})
		}
	}
	articles = append(articles, article{"single", g.text(60), "2020-02-01"}, article{"other", g.text(60), "2020-02-01"})
	previous := map[string]string{
		"a0": "test",                      // its newcomers follow
		"b0": "train", "b2": "validation", // bridged
		"c1": "unassigned",               // its newcomers follow
		"d1": "unassigned", "d2": "test", // what is assigned decides
		"single": "validation",
	}
	want := map[string]string{
		"a0": "test", "a1": "test", "a2": "test",
		"b0": "train", "b1": "unassigned", "b2": "validation",
		"c0": "unassigned", "c1": "unassigned", "c2": "unassigned",
		"d0": "test", "d1": "unassigned", "d2": "test",
		"single": "validation",
	}
	_, c := clustersOf(t, t.TempDir(), articles, 0, 1)
	for _, rule := range []string{config.SplitsThread, config.SplitsCommenter, config.SplitsTime} {
		fresh := newSplits(t, c, SplitOptions{Rule: rule})
		s := newSplits(t, c, SplitOptions{Rule: rule, Previous: func(id string) (string, bool) {
			split, ok := previous[id]
			return split, ok
		}})
		for id, split := range want {
			if got := s.Article(id); got != split {
				t.Errorf("by %s, %s is in %s, want %s", rule, id, got, split)
			}
		}
		if rule != config.SplitsTime {
			for _, id := range []string{"e0", "e1", "e2", "other"} {
				if got := s.Article(id); got != fresh.Article(id) {
					t.Errorf("by %s, %s is in %s, without a previous version in %s", rule, id, got, fresh.Article(id))
				}
			}
		}
		noErr(t, s)
	}
}

func TestPreviousSplitsAreKept(t *testing.T) {
	articles := invented(17, 30, 5)
	_, c := clustersOf(t, t.TempDir(), articles, 1<<20, 1)
	rapid.Check(t, func(rt *rapid.T) {
		splits := rapid.SampledFrom([]string{"", "train", "validation", "test", "unassigned"})
		previous := map[string]string{}
		for _, a := range articles {
			if s := splits.Draw(rt, a.id); s != "" {
				previous[a.id] = s
			}
		}
		rule := rapid.SampledFrom([]string{config.SplitsThread, config.SplitsTime}).Draw(rt, "rule")
		s := newSplits(t, c, SplitOptions{Rule: rule, Previous: func(id string) (string, bool) {
			split, ok := previous[id]
			return split, ok
		}})
		pinned := map[string]map[string]bool{}
		for id, split := range previous {
			if cluster, ok := c.Of(id); ok {
				if pinned[cluster] == nil {
					pinned[cluster] = map[string]bool{}
				}
				pinned[cluster][split] = true
			}
		}
		for _, a := range articles {
			got := s.Article(a.id)
			if split, ok := previous[a.id]; ok {
				if got != split {
					rt.Fatalf("%s was in %s and is in %s", a.id, split, got)
				}
				continue
			}
			cluster, _ := c.Of(a.id)
			known := pinned[cluster]
			if len(known) == 0 {
				continue
			}
			assigned := 0
			for _, split := range []string{"train", "validation", "test"} {
				if known[split] {
					assigned++
				}
			}
			if assigned == 1 && !known[got] || assigned == 1 && got == "unassigned" || assigned != 1 && got != "unassigned" {
				rt.Fatalf("%s is in %s, its cluster was in %v", a.id, got, known)
			}
		}
	})
}

func TestTimeSplits(t *testing.T) {
	g := newTexts(9)
	dated := func(dates ...string) []article {
		var articles []article
		for i, d := range dates {
			articles = append(articles, article{fmt.Sprintf("a%02d", i), g.text(40), d})
		}
		return articles
	}
	days := func(n int) []string {
		var d []string
		for i := range n {
			d = append(d, fmt.Sprintf("2020-03-%02dT%02d:00", n-i, i%24))
		}
		return d
	}
	tests := []struct {
		name     string
		articles []article
		shares   config.SplitShares
		want     string // a letter an article: train, validation, test, unassigned
	}{
		{"ten days", dated(days(10)...), config.SplitShares{Train: 800, Validation: 100, Test: 100}, "tvTTTTTTTT"},
		{"halves", dated(days(4)...), config.SplitShares{Train: 500, Validation: 0, Test: 500}, "ttTT"},
		{"all for training", dated("2020", "2021-05-01", ""), config.SplitShares{Train: 1000}, "TTu"},
		{"all for test", dated("2020", "2021-05-01", ""), config.SplitShares{Test: 1000}, "ttu"},
		{"a day is not cut", dated("2020-01-01", "2020-01-02T01:00", "2020-01-02T09:00", "2020-01-02T23:59", "2020-01-03"), config.SplitShares{Train: 400, Validation: 200, Test: 400}, "Tvvvt"},
		{"a month across the cut", dated("2020-01-05", "2020-01-06", "2020-01", "2020-01-20", "2020-02"), config.SplitShares{Train: 500, Validation: 0, Test: 500}, "TTutt"},
		{"years only", dated("2018", "2019", "2020", "2021"), config.SplitShares{Train: 500, Validation: 250, Test: 250}, "TTvt"},
		{"undated and nonsense", dated("", "soon", "2020-1-1"), config.SplitShares{Train: 500, Validation: 250, Test: 250}, "uuu"},
		{"nothing", nil, config.SplitShares{Train: 1000}, ""},
	}
	letters := map[string]string{"train": "T", "validation": "v", "test": "t", "unassigned": "u"}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, c := clustersOf(t, t.TempDir(), tt.articles, 0, 1)
			s := newSplits(t, c, SplitOptions{Rule: config.SplitsTime, Shares: tt.shares})
			var got strings.Builder
			for _, a := range tt.articles {
				got.WriteString(letters[s.Article(a.id)])
			}
			if got.String() != tt.want {
				t.Errorf("%s, want %s", got.String(), tt.want)
			}
			noErr(t, s)
		})
	}
}

func TestTimeSplitsGoByTheOldestOfACluster(t *testing.T) {
	g := newTexts(10)
	text := g.text(60)
	articles := []article{
		{"a", text, "2023-01-01"}, {"b", text, "2020-01-01"}, {"c", text, ""},
		{"d", g.text(60), "2021-01-01"}, {"e", g.text(60), "2022-01-01"}, {"f", g.text(60), "2023-01-01"},
	}
	_, c := clustersOf(t, t.TempDir(), articles, 0, 1)
	s := newSplits(t, c, SplitOptions{Rule: config.SplitsTime, Shares: config.SplitShares{Train: 500, Validation: 250, Test: 250}})
	for id, want := range map[string]string{"a": "train", "b": "train", "c": "train", "d": "validation", "e": "test", "f": "test"} {
		if got := s.Article(id); got != want {
			t.Errorf("%s is in %s, want %s", id, got, want)
		}
	}
}

func TestTimeCutsDoNotMove(t *testing.T) {
	g := newTexts(12)
	var articles []article
	previous := map[string]string{}
	for i := range 30 {
		a := article{fmt.Sprintf("a%02d", i), g.text(40), fmt.Sprintf("2020-06-%02d", 1+i)}
		articles = append(articles, a)
		if i < 10 {
			previous[a.id] = []string{"train", "train", "train", "train", "train", "train", "validation", "validation", "test", "test"}[i]
		}
	}
	articles = append(articles, article{"late", g.text(40), "2020-06-03"})
	_, c := clustersOf(t, t.TempDir(), articles, 0, 1)
	s := newSplits(t, c, SplitOptions{Rule: config.SplitsTime, Previous: func(id string) (string, bool) {
		split, ok := previous[id]
		return split, ok
	}})
	for _, a := range articles[10:30] {
		if got := s.Article(a.id); got != schema.SplitTest {
			t.Errorf("%s of %s is in %s", a.id, a.published, got)
		}
	}
	if got := s.Article("late"); got != schema.SplitTrain {
		t.Errorf("a late comer of June 3 is in %s", got)
	}
}

func TestTimeSplitsAreInOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		date := rapid.StringMatching(`20[12][0-9](-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9])(T0[0-9]:[0-5][0-9])?)?)?`)
		var articles []article
		for i, d := range rapid.SliceOfN(date, 1, 60).Draw(rt, "dates") {
			articles = append(articles, article{id(i), "", d})
		}
		train := rapid.IntRange(0, 1000).Draw(rt, "train")
		validation := rapid.IntRange(0, 1000-train).Draw(rt, "validation")
		f, c := clustersOf(t, t.TempDir(), articles, 0, 1)
		defer f.Close()
		s := newSplits(t, c, SplitOptions{Rule: config.SplitsTime, Shares: config.SplitShares{Train: train, Validation: validation, Test: 1000 - train - validation}})
		first, last := map[string]string{}, map[string]string{}
		for _, a := range articles {
			split := s.Article(a.id)
			from, to, _ := daysOf(a.published)
			if f, ok := first[split]; !ok || from < f {
				first[split] = from
			}
			last[split] = max(last[split], to)
		}
		order := []string{"train", "validation", "test"}
		for i, earlier := range order {
			for _, later := range order[i+1:] {
				if f, ok := first[later]; ok && last[earlier] >= f {
					rt.Fatalf("%s lasts until %s, %s begins on %s", earlier, last[earlier], later, f)
				}
			}
		}
		noErr(t, s)
	})
}

func TestSplitErrors(t *testing.T) {
	_, c := clustersOf(t, t.TempDir(), []article{{"a", newTexts(1).text(40), "2020"}}, 0, 1)
	for _, o := range []SplitOptions{
		{Rule: config.SplitsThread, Shares: config.SplitShares{Train: 800, Validation: 100, Test: 101}},
		{Rule: config.SplitsThread, Shares: config.SplitShares{Train: 1100, Validation: -100}},
		{Rule: config.SplitsNone, Shares: config.SplitShares{Train: 1000}},
		{Rule: "random", Shares: config.SplitShares{Train: 1000}},
	} {
		if _, err := NewSplits(t.Context(), c, o); err == nil {
			t.Errorf("%+v is no error", o)
		}
	}
	s := newSplits(t, c, SplitOptions{Rule: config.SplitsThread, Previous: func(string) (string, bool) { return "dev", true }})
	if got := s.Article("a"); got != schema.SplitUnassigned || s.Err() == nil {
		t.Errorf("an unknown split of the previous version gives %s, error %v", got, s.Err())
	}
}

func FuzzDaysOf(f *testing.F) {
	for _, s := range []string{"", "2019", "2019-05", "2019-05-30T10:12:33", "2019-5-3", "20190530"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, local string) {
		first, last, ok := daysOf(local)
		if !ok {
			return
		}
		if len(first) != len(lastDay) || len(last) != len(lastDay) || first > last {
			t.Fatalf("%q is from %q to %q", local, first, last)
		}
		if !strings.HasPrefix(first, local[:4]) || !strings.HasPrefix(last, local[:4]) {
			t.Fatalf("%q is from %q to %q", local, first, last)
		}
	})
}
