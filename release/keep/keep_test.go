package keep

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/schema"
)

func ptr[T any](v T) *T { return &v }

func TestTerms(t *testing.T) {
	for _, c := range []struct {
		release, tier string
		text          bool
	}{
		{"full", "full", true}, {"full", "gated", false}, {"full", "standoff", false},
		{"gated", "full", true}, {"gated", "gated", true}, {"gated", "standoff", false},
		{"standoff", "full", false}, {"standoff", "gated", false}, {"standoff", "standoff", false},
	} {
		if got := (Terms{Tier: c.release}).Text(c.tier); got != c.text {
			t.Errorf("a record of tier %s in a release %s: text %v", c.tier, c.release, got)
		}
	}
	if Row("excluded", "visible") || !Row("standoff", "visible") || !Row("excluded", "tombstone") {
		t.Error("an excluded record is in no release, any other and a tombstone is in all")
	}
}

// What is taken out of a row is exactly what Left would name.
func TestTake(t *testing.T) {
	row := schema.Article{
		ArticleID: "a", Title: ptr("t"), Subtitle: ptr("s"), Byline: []string{"b"}, Section: ptr("s"), Tags: []string{"g"}, Text: ptr("x"), NChars: 1,
		URL: ptr("https://pier.example/"), Provenance: schema.Provenance{InputSHA256: "i", Locator: "offset=0", Extractor: "html/1"},
	}
	c := For(schema.TableArticles)
	want := []string{"input_sha256", "locator", "title", "subtitle", "byline", "section", "tags", "text"}
	if d := cmp.Diff(want, c.Left(&row, false)); d != "" {
		t.Error(d)
	}
	c.TakeInternal(&row)
	if got := c.Left(&row, true); got != nil || row.Title == nil || row.Extractor == "" {
		t.Errorf("%v is left of what is internal", got)
	}
	c.TakeWording(&row)
	if got := c.Left(&row, false); got != nil || row.URL == nil || row.NChars != 1 {
		t.Errorf("%v is left", got)
	}
}

func TestTimes(t *testing.T) {
	const summer = int64(1_593_000_000_000_000) // 2020-06-24T12:00:00Z
	row := func(local, precision string, at *int64) schema.Comment {
		return schema.Comment{PostedLocal: &local, PostedPrecision: &precision, PostedAt: at}
	}
	for _, c := range []struct {
		name, precision string
		in, want        schema.Comment
	}{
		{"stated", "stated", row("2020-06-24T14:00:00", "second", ptr(summer)), row("2020-06-24T14:00:00", "second", ptr(summer))},
		{"minute", "minute", row("2020-06-24T14:00:07", "second", ptr(summer+7e6)), row("2020-06-24T14:00", "minute", ptr(summer))},
		{"hour", "hour", row("2020-06-24T14:59", "minute", ptr(summer+59*60e6)), row("2020-06-24T14", "hour", ptr(summer))},
		{"day, where it begins there", "day", row("2020-06-24T14:00:00", "second", ptr(summer)), row("2020-06-24", "day", ptr(summer-14*3600e6))},
		{"day, of another day in UTC", "day", row("2020-06-25T01:00:00", "second", ptr(summer+11*3600e6)), row("2020-06-25", "day", ptr(summer+10*3600e6))},
		{"month", "month", row("2020-06-24T14:00:00", "second", ptr(summer)), row("2020-06", "month", ptr(summer-(23*24+14)*3600e6))},
		{"year", "year", row("2020-06-24T12:00:00", "second", ptr(summer)), row("2020", "year", ptr(int64(1_577_836_800_000_000)))},
		{"no instant", "day", row("2020-06-24T14:00", "minute", nil), row("2020-06-24", "day", nil)},
		{"less exact already", "day", row("2020-06", "month", nil), row("2020-06", "month", nil)},
		{"nothing known", "day", schema.Comment{}, schema.Comment{}},
	} {
		got := c.in
		Times(&got, c.precision)
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s:\n%s", c.name, d)
		}
	}
	edited := schema.Comment{EditedAt: ptr(summer)}
	if Times(&edited, "day"); *edited.EditedAt != summer-12*3600e6 {
		t.Errorf("edited_at is %d", *edited.EditedAt)
	}
	edited = row("2020-06-24T14:00:00", "second", ptr(summer))
	edited.EditedAt = ptr(summer + 60e6)
	if Times(&edited, "day"); *edited.EditedAt != *edited.PostedAt {
		t.Errorf("edited on the same day: %d and %d", *edited.PostedAt, *edited.EditedAt)
	}
}

// Cutting twice is cutting once, a coarser cut of a finer one is the coarser
// one, and no cut time is later than the stated one.
func TestTimesAreCutOnce(t *testing.T) {
	precisions := []string{"year", "month", "day", "hour", "minute", "second"}
	rapid.Check(t, func(t *rapid.T) {
		wall := time.Unix(rapid.Int64Range(-30_000_000_000, 250_000_000_000).Draw(t, "wall"), 0).UTC()
		stated := rapid.IntRange(0, 5).Draw(t, "stated")
		c := schema.Comment{PostedLocal: ptr(wall.Format("2006-01-02T15:04:05")[:cuts[stated].length]), PostedPrecision: &precisions[stated]}
		if stated > 2 && rapid.Bool().Draw(t, "zoned") {
			at, _ := wallClock(*c.PostedLocal)
			at -= rapid.Int64Range(-14*60, 14*60).Draw(t, "offset") * 60e6
			c.PostedAt = &at
		}
		fine := rapid.IntRange(0, 5).Draw(t, "fine")
		coarse := rapid.IntRange(0, fine).Draw(t, "coarse")
		once, twice, both, alone := c, c, c, c
		Times(&once, precisions[fine])
		Times(&twice, precisions[fine])
		Times(&twice, precisions[fine])
		Times(&both, precisions[fine])
		Times(&both, precisions[coarse])
		Times(&alone, precisions[coarse])
		if d := cmp.Diff(once, twice); d != "" {
			t.Errorf("twice:\n%s", d)
		}
		if d := cmp.Diff(alone, both); d != "" {
			t.Errorf("one after the other:\n%s", d)
		}
		if once.PostedAt != nil && *once.PostedAt > *c.PostedAt || len(*once.PostedLocal) > len(*c.PostedLocal) {
			t.Errorf("%+v", once)
		}
	})
}

func said(lengths ...int) []Said {
	var list []Said
	for i, n := range lengths {
		list = append(list, Said{ID: strings.Repeat(string(rune('a'+i)), 32), Chars: int32(n), Text: strings.Repeat("x", n)})
	}
	return list
}

func TestByThread(t *testing.T) {
	for _, c := range []struct {
		name    string
		lengths []int
		want    []int
		ok      bool
	}{
		{"none", nil, nil, false},
		{"all have their own", []int{64, 100}, nil, false},
		{"one short text alone could be tried", []int{63}, nil, false},
		{"two that are long enough together", []int{32, 32}, []int{0, 1}, true},
		{"only the short ones", []int{60, 200, 10}, []int{0, 2}, true},
		{"short ones that are too few stand with the others", []int{5, 200}, []int{0, 1}, true},
		{"all too short", []int{5, 6, 7}, nil, false},
	} {
		got, ok := ByThread(said(c.lengths...))
		if !ok {
			got = nil
		}
		if d := cmp.Diff(c.want, got); d != "" || ok != c.ok {
			t.Errorf("%s: %v\n%s", c.name, ok, d)
		}
		if proof := ThreadProof(said(c.lengths...)); (proof != nil) != c.ok {
			t.Errorf("%s: proof %v", c.name, proof)
		}
	}
}

// Every text and every id is proven: another one gives another digest.
func TestProofsSeeEverything(t *testing.T) {
	thread := said(40, 40)
	before := *ThreadProof(thread)
	for i := range thread {
		for _, change := range []func(*Said){func(s *Said) { s.Text = "y" + s.Text[1:] }, func(s *Said) { s.ID = "f" + s.ID[1:] }} {
			changed := said(40, 40)
			change(&changed[i])
			if *ThreadProof(changed) == before {
				t.Errorf("a change of %d is not seen", i)
			}
		}
	}
	text := strings.Repeat("n", 64)
	article := func() schema.Article {
		return schema.Article{Text: &text, NChars: 64, Title: ptr("t"), Byline: []string{"a", "b"}, Tags: []string{"c"}}
	}
	a := article()
	first := *ArticleProof(&a)
	for name, change := range map[string]func(*schema.Article){
		"text":          func(a *schema.Article) { a.Text = ptr(text[1:] + "m") },
		"title":         func(a *schema.Article) { a.Title = ptr("u") },
		"no title":      func(a *schema.Article) { a.Title = nil },
		"subtitle":      func(a *schema.Article) { a.Subtitle = ptr("") },
		"section":       func(a *schema.Article) { a.Section = ptr("s") },
		"byline":        func(a *schema.Article) { a.Byline = []string{"ab"} },
		"byline to tag": func(a *schema.Article) { a.Byline, a.Tags = []string{"a"}, []string{"b", "c"} },
	} {
		b := article()
		if change(&b); *ArticleProof(&b) == first {
			t.Errorf("another %s is not seen", name)
		}
	}
	if a.NChars = 63; ArticleProof(&a) != nil {
		t.Error("a short article has a digest of its own")
	}
}
