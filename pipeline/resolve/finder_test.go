package resolve

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/schema"
)

// article is an article of a test.
type article struct{ id, text, published string }

// find gives the rows of the duplicates among articles.
func find(t testing.TB, articles []article, memory int64, workers int) []schema.Duplicate {
	t.Helper()
	dir := t.TempDir()
	f, c := clustersOf(t, dir, articles, memory, workers)
	var rows []schema.Duplicate
	clusters := map[string]bool{}
	for row, err := range c.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
		clusters[row.ClusterID] = true
		if of, ok := c.Of(row.RecordID); !ok || of != row.ClusterID {
			t.Errorf("Of(%s) = %s, %t; the row says %s", row.RecordID, of, ok, row.ClusterID)
		}
	}
	if c.Count() != int64(len(clusters)) || c.Articles() != int64(len(rows)) {
		t.Errorf("%d clusters, %d articles counted; %d and %d there", c.Count(), c.Articles(), len(clusters), len(rows))
	}
	if err := c.Err(); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%d temporary files are left", len(left))
	}
	return rows
}

func clustersOf(t testing.TB, dir string, articles []article, memory int64, workers int) (*Finder, *Clusters) {
	t.Helper()
	f, err := NewFinder(dir, memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	errs := make([]error, workers)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := w; i < len(articles); i += workers {
				a := articles[i]
				errs[w] = errors.Join(errs[w], f.Add(NewFingerprint(a.id, a.text, a.published)))
			}
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	c, err := f.Clusters(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return f, c
}

// invented is a corpus with families of texts that were edited over and over.
func invented(seed uint64, families, members int) []article {
	g := newTexts(seed)
	var articles []article
	for range families {
		words := g.words(40 + g.below(300))
		for range 1 + g.below(members) {
			date := []string{"", "2019", fmt.Sprintf("2019-%02d-0%d", 1+g.below(12), 1+g.below(9))}[g.below(3)]
			articles = append(articles, article{id(len(articles)), sentences(words), date})
			switch g.below(4) {
			case 0: // the same again
			case 1:
				words = g.edited(words, 1+g.below(30))
			default:
				words = g.edited(words, 1+len(words)*g.below(30)/1000)
			}
		}
	}
	return articles
}

// byDefinition finds duplicates by comparing every text with every other.
func byDefinition(articles []article) []schema.Duplicate {
	n := len(articles)
	fps := make([]Fingerprint, n)
	links := newUnionFind(uint32(n))
	for i, a := range articles {
		fps[i] = NewFingerprint(a.id, a.text, a.published)
		for j := range i {
			if a.text == articles[j].text && fps[i].Words > 0 || reference(fps[i].Shingles, fps[j].Shingles) >= Threshold {
				links.join(uint32(i), uint32(j))
			}
		}
	}
	groups := map[uint32][]int{}
	for i := range articles {
		root := links.root(uint32(i))
		groups[root] = append(groups[root], i)
	}
	var rows []schema.Duplicate
	for _, group := range groups {
		if len(group) == 1 {
			continue
		}
		when := func(i int) string {
			if articles[i].published == "" {
				return "undated"
			}
			return articles[i].published
		}
		kept := slices.MinFunc(group, func(i, j int) int {
			return strings.Compare(when(i)+" "+articles[i].id, when(j)+" "+articles[j].id)
		})
		cluster := slices.MinFunc(group, func(i, j int) int { return strings.Compare(articles[i].id, articles[j].id) })
		for _, i := range group {
			row := schema.Duplicate{ClusterID: articles[cluster].id, RecordID: articles[i].id, Table: "articles", Kept: i == kept, Rule: "near"}
			row.Similarity = reference(fps[i].Shingles, fps[kept].Shingles)
			for _, j := range group {
				if i != j && (i == kept || j == kept) && articles[i].text == articles[j].text {
					row.Rule = "exact"
				}
			}
			if row.Kept || row.Rule == "exact" {
				row.Similarity = 1000
			}
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b schema.Duplicate) int {
		return strings.Compare(a.ClusterID+a.RecordID, b.ClusterID+b.RecordID)
	})
	return rows
}

func TestClustersAreThoseOfAllPairs(t *testing.T) {
	rows := 0
	for seed := range uint64(12) {
		articles := invented(seed, 12, 12)
		want := byDefinition(articles)
		got := find(t, articles, 1<<20, 2)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d: by definition -, found +:\n%s", seed, diff)
		}
		rows += len(got)
	}
	if rows < 200 {
		t.Errorf("only %d duplicates: the test proves little", rows)
	}
}

func TestOrderMemoryAndWorkersChangeNothing(t *testing.T) {
	articles := invented(99, 6, 6)
	want := find(t, articles, 64<<20, 1)
	if len(want) < 6 {
		t.Fatalf("only %d duplicates", len(want))
	}
	rapid.Check(t, func(rt *rapid.T) {
		shuffled := rapid.Permutation(articles).Draw(rt, "order")
		memory := rapid.SampledFrom([]int64{8 << 10, 64 << 10, 1 << 20}).Draw(rt, "memory")
		workers := rapid.IntRange(1, 8).Draw(rt, "workers")
		if diff := cmp.Diff(want, find(t, shuffled, memory, workers)); diff != "" {
			rt.Fatalf("%s", diff)
		}
	})
}

func TestPlantedDuplicatesAreFound(t *testing.T) {
	g := newTexts(21)
	const words = 300
	for _, planted := range []struct {
		edits, found int // words replaced; pairs of 40 that have to be found
	}{{1, 40}, {2, 40}, {4, 40}, {5, 40}, {6, 39}, {9, 0}, {20, 0}} {
		var articles []article
		for i := range 40 {
			text := g.words(words)
			articles = append(articles,
				article{id(2 * i), sentences(text), ""},
				article{id(2*i + 1), sentences(g.edited(text, planted.edits)), ""})
		}
		rows := find(t, articles, 1<<20, 1)
		if got := len(rows) / 2; got < planted.found || planted.found == 0 && got > 0 {
			t.Errorf("%d words of %d replaced: %d of 40 pairs found", planted.edits, words, got)
		}
	}
}

// TestLargeBuckets plants pairs that resemble each other behind hundreds of
// texts that share their longer half with them, and so most of their buckets.
func TestLargeBuckets(t *testing.T) {
	g := newTexts(33)
	common := g.words(300)
	var articles []article
	for range 400 {
		articles = append(articles, article{text: strings.Join(append(slices.Clone(common), g.words(100)...), " ")})
	}
	var pairs [][2]string
	for range 10 {
		own := append(slices.Clone(common), g.words(100)...)
		a := article{text: strings.Join(own, " ")}
		b := article{text: strings.Join(g.edited(own, 2), " ")}
		articles = append(articles, a, b)
	}
	for i := range articles {
		articles[i].id = id(i)
		if i >= 400 && i%2 == 1 {
			pairs = append(pairs, [2]string{articles[i-1].id, articles[i].id})
		}
	}
	f, c := clustersOf(t, t.TempDir(), articles, 8<<20, 1)
	defer f.Close()
	found := 0
	for _, p := range pairs {
		a, okA := c.Of(p[0])
		b, okB := c.Of(p[1])
		if okA && okB && a == b {
			found++
		}
	}
	if c.Count() > int64(len(pairs)) {
		t.Errorf("%d clusters, %d were planted", c.Count(), len(pairs))
	}
	if found < len(pairs)-1 {
		t.Errorf("%d of %d pairs found among 400 texts with the same longer part", found, len(pairs))
	}
}

func TestManyEqualTexts(t *testing.T) {
	g := newTexts(44)
	text, short := g.text(100), "Sorry, this page is not available."
	var articles []article
	for i := range 2000 {
		a := article{id: id(i), text: text, published: "2020"}
		if i%2 == 1 {
			a.text = short
		}
		articles = append(articles, a)
	}
	articles = append(articles, article{id(9001), "Sorry, that page is not available.", "2001"}, article{id(9002), "", ""}, article{id(9003), "", ""})
	rows := find(t, articles, 1<<20, 2)
	if len(rows) != 2000 {
		t.Fatalf("%d rows", len(rows))
	}
	kept := 0
	for _, r := range rows {
		if r.Rule != schema.RuleExact || r.Similarity != 1000 {
			t.Fatalf("%+v", r)
		}
		if r.Kept {
			kept++
		}
	}
	if kept != 2 {
		t.Errorf("%d of two clusters are kept", kept)
	}
}

func TestKeptIsTheFirstPublished(t *testing.T) {
	g := newTexts(55)
	text := g.text(60)
	tests := []struct {
		name  string
		dates []string // of articles in the order of their ids
		kept  int
	}{
		{"the earliest", []string{"2020-05-02", "2020-05-01", "2020-05-03"}, 1},
		{"undated last", []string{"", "2024"}, 1},
		{"smallest id without dates", []string{"", ""}, 0},
		{"smallest id of equal dates", []string{"2020-05-02", "2019-01-01T10:00", "2019-01-01T10:00"}, 1},
		{"less exact first", []string{"2020-05-02", "2020-05", "2020-05-01"}, 1},
		{"no time is no date", []string{"0000 nonsense", "2021"}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var articles []article
			for i, d := range tt.dates {
				articles = append(articles, article{fmt.Sprintf("a%d", i), text, d})
			}
			for i, r := range find(t, articles, 1<<20, 1) {
				if r.ClusterID != "a0" || r.RecordID != articles[i].id || r.Kept != (i == tt.kept) {
					t.Errorf("%+v", r)
				}
			}
		})
	}
}

func TestFinderErrors(t *testing.T) {
	text := newTexts(1).text(50)
	t.Run("the same article twice", func(t *testing.T) {
		f, err := NewFinder(t.TempDir(), 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for range 2 {
			if err := f.Add(NewFingerprint("a1", text, "")); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := f.Clusters(t.Context()); err == nil || !strings.Contains(err.Error(), "a1 came twice") {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		f, err := NewFinder(t.TempDir(), 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := f.Add(NewFingerprint("a1", text, "")); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := f.Clusters(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("after Clusters", func(t *testing.T) {
		f, _ := clustersOf(t, t.TempDir(), []article{{"a1", text, ""}}, 0, 1)
		if err := f.Add(NewFingerprint("a2", text, "")); err == nil {
			t.Error("Add works after Clusters")
		}
		if _, err := f.Clusters(t.Context()); err == nil {
			t.Error("Clusters works twice")
		}
	})
	t.Run("no folder", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "gone")
		if _, err := NewFinder(dir, 0); err == nil || strings.Contains(err.Error(), dir) {
			t.Errorf("error is %v", err)
		}
	})
}

func TestDamagedFilesAreErrors(t *testing.T) {
	text := newTexts(1).text(50)
	articles := []article{{"a1", text, ""}, {"a2", text + " More.", ""}}
	overwrite := func(t *testing.T, dir, name string) {
		t.Helper()
		paths, err := filepath.Glob(filepath.Join(dir, "*", name))
		if err != nil || len(paths) != 1 {
			t.Fatalf("%v, %v", paths, err)
		}
		file, err := os.OpenFile(paths[0], os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if _, err := file.WriteAt([]byte{0xff}, 3); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("shingles", func(t *testing.T) {
		dir := t.TempDir()
		f, err := NewFinder(dir, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for _, a := range articles {
			if err := f.Add(NewFingerprint(a.id, a.text, "")); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.sets.flush(); err != nil {
			t.Fatal(err)
		}
		overwrite(t, dir, "shingles")
		if _, err := f.Clusters(t.Context()); !errors.Is(err, errDamaged) {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("members", func(t *testing.T) {
		dir := t.TempDir()
		_, c := clustersOf(t, dir, articles, 0, 1)
		overwrite(t, dir, "members")
		if _, ok := c.Of("a1"); ok || !errors.Is(c.Err(), errDamaged) {
			t.Errorf("error is %v", c.Err())
		}
		for _, err := range c.Rows() {
			if !errors.Is(err, errDamaged) {
				t.Errorf("the rows do not tell: %v", err)
			}
		}
	})
	t.Run("duplicates", func(t *testing.T) {
		dir := t.TempDir()
		_, c := clustersOf(t, dir, articles, 0, 1)
		overwrite(t, dir, "duplicates")
		met := false
		for _, err := range c.Rows() {
			met = met || errors.Is(err, errDamaged)
		}
		if !met {
			t.Error("damaged rows are no error")
		}
	})
}

func TestTableLooksUpEveryKey(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.MapOfN(rapid.StringN(0, 8, 40), rapid.StringN(0, 900, 3000), 0, 60).Draw(rt, "rows")
		keys := make([]string, 0, len(rows))
		for k := range rows {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		w, err := newTableWriter(t.TempDir(), "table")
		if err != nil {
			rt.Fatal(err)
		}
		for _, k := range keys {
			if err := w.add([]byte(k), []byte(rows[k])); err != nil {
				rt.Fatal(err)
			}
		}
		if len(keys) > 0 && w.add([]byte(keys[0]), nil) == nil {
			rt.Fatal("keys may come out of order")
		}
		table, err := w.finish()
		if err != nil {
			rt.Fatal(err)
		}
		defer table.close()
		for _, k := range append(keys, rapid.SliceOf(rapid.StringN(0, 8, 40)).Draw(rt, "others")...) {
			want, there := rows[k]
			if got, ok, err := table.get(k); err != nil || ok != there || got != want {
				rt.Fatalf("get(%q) = %q, %t, %v", k, got, ok, err)
			}
		}
		n := 0
		for row, err := range table.all() {
			if err != nil || string(row.key) != keys[n] || string(row.value) != rows[keys[n]] {
				rt.Fatalf("row %d is %q, %v", n, row.key, err)
			}
			n++
		}
		if n != len(keys) {
			rt.Fatalf("%d of %d rows", n, len(keys))
		}
	})
}

func BenchmarkFinder(b *testing.B) {
	articles := invented(1, 400, 4)
	fps := make([]Fingerprint, len(articles))
	for i, a := range articles {
		fps[i] = NewFingerprint(a.id, a.text, a.published)
	}
	b.ResetTimer()
	for b.Loop() {
		f, err := NewFinder(b.TempDir(), 4<<20)
		if err != nil {
			b.Fatal(err)
		}
		for _, fp := range fps {
			if err := f.Add(fp); err != nil {
				b.Fatal(err)
			}
		}
		c, err := f.Clusters(b.Context())
		if err != nil || c.Count() == 0 {
			b.Fatal(err)
		}
		f.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(fps)), "ns/article")
}
