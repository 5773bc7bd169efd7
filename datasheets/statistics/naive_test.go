package statistics

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/schema"
)

func ptr[T any](v T) *T { return &v }

// A distribution is what sorting all values gives.
func TestDistribution(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.OneOf(rapid.Int64Range(0, 30), rapid.Int64Range(0, 3*MaxValue))).Draw(t, "values")
		h := newHistogram(wordBounds)
		for _, v := range values {
			h.add(v, 1)
		}
		d := h.result()
		slices.Sort(values)
		var sum, capped int64
		for _, v := range values {
			sum += v
			if v > MaxValue {
				capped++
			}
		}
		if d.N != int64(len(values)) || d.Sum != sum || d.Capped != capped {
			t.Fatalf("%+v of %v", d, values)
		}
		if len(values) == 0 {
			return
		}
		if d.Min != values[0] || d.Max != values[len(values)-1] {
			t.Fatalf("from %d to %d: %v", d.Min, d.Max, values)
		}
		for _, q := range []struct{ perMille, got int64 }{{100, d.P10}, {250, d.P25}, {500, d.P50}, {750, d.P75}, {900, d.P90}, {990, d.P99}} {
			// The smallest value that at least so many do not exceed.
			want := int64(-1)
			for _, v := range values {
				below := 0
				for _, w := range values {
					if w <= v {
						below++
					}
				}
				if int64(below)*1000 >= q.perMille*int64(len(values)) {
					want = min(v, MaxValue)
					break
				}
			}
			if q.got != want {
				t.Fatalf("%d per mille of %v: %d, want %d", q.perMille, values, q.got, want)
			}
		}
		var inBuckets int64
		for _, b := range d.Buckets {
			var n int64
			for _, v := range values {
				if v >= b.From && (b.To < 0 || v <= b.To) {
					n++
				}
			}
			if b.N != n {
				t.Fatalf("bucket %+v of %v: want %d", b, values, n)
			}
			inBuckets += b.N
		}
		if inBuckets != d.N {
			t.Fatalf("%d of %d values are in buckets", inBuckets, d.N)
		}
	})
}

// The Gini index is half the mean difference of all pairs over the mean.
func TestActivity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(rapid.Int32Range(1, 60), 0, 60).Draw(t, "comments of commenters")
		a := newActivity()
		var total, differences int64
		for _, n := range numbers {
			a.add(&schema.Commenter{NComments: n, NArticles: 1})
			total += int64(n)
		}
		for _, x := range numbers {
			for _, y := range numbers {
				differences += max(int64(x-y), int64(y-x))
			}
		}
		r := a.result()
		n := int64(len(numbers))
		var want int64
		if n > 0 {
			gini := big.NewRat(differences*1000, 2*n*total)
			gini.Add(gini, big.NewRat(1, 2))
			want = new(big.Int).Div(gini.Num(), gini.Denom()).Int64()
		}
		if r.GiniPerMille != want || r.Commenters != n || r.Comments != total {
			t.Fatalf("%+v of %v: want %d", r, numbers, want)
		}
		slices.Sort(numbers)
		for _, top := range r.Top {
			var most int64
			for _, x := range numbers[n-top.Commenters:] {
				most += int64(x)
			}
			if top.Comments != most || top.Commenters*1000 < n*top.PerMille || (top.Commenters-1)*1000 >= n*top.PerMille || top.SharePerMille != most*1000/total {
				t.Fatalf("%+v of %v", top, numbers)
			}
		}
	})
}

// drawThread is an article with comments as a build gives them.
func drawThread(t *rapid.T, i int) (schema.Article, []schema.Comment) {
	word := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	a := schema.Article{ArticleID: fmt.Sprintf("a%d", i), SourceID: word("source", "x", "y"), State: schema.StatePresent, IDBasis: schema.BasisURL, CommentOrder: schema.OrderOldest,
		Text: ptr("text"), NWords: rapid.Int32Range(0, 3000).Draw(t, "words"), NChars: 7}
	a.License, a.Tier = word("licence", "CC-BY-4.0", schema.LicenseUnknown), schema.TierStandoff
	if rapid.Bool().Draw(t, "dated") {
		a.PublishedLocal = ptr(word("published", "2024", "2024-02", "2024-02-03T10:00"))
		if rapid.Bool().Draw(t, "zoned") {
			a.PublishedAt = ptr(rapid.Int64Range(0, 1e10).Draw(t, "at"))
		}
	}
	var comments []schema.Comment
	for j := range rapid.IntRange(0, 12).Draw(t, "comments") {
		c := schema.Comment{CommentID: fmt.Sprintf("c%d", j), ArticleID: a.ArticleID, State: word("state", schema.StateVisible, schema.StateVisible, schema.StateDeleted, schema.StateMissing),
			IDBasis: schema.BasisNative, CommenterBasis: schema.CommenterName, NWords: rapid.Int32Range(0, 90).Draw(t, "words"), NChars: 3}
		c.License, c.Tier = schema.LicenseUnknown, schema.TierStandoff
		if c.State == schema.StateVisible {
			c.Text = ptr("x")
		}
		if j > 0 && rapid.Bool().Draw(t, "reply") {
			parent := &comments[rapid.IntRange(0, j-1).Draw(t, "parent")]
			c.ParentID, c.Depth = &parent.CommentID, parent.Depth+1
		}
		if rapid.Bool().Draw(t, "posted") {
			c.PostedAt = ptr(rapid.Int64Range(0, 1e10).Draw(t, "posted at"))
			c.PostedLocal = ptr("2024-03-01")
		}
		if rapid.Bool().Draw(t, "mail") {
			c.Spans = []schema.Span{{Kind: word("kind", schema.SpanEmail, schema.SpanLink)}}
		}
		comments = append(comments, c)
	}
	return a, comments
}

// Threads and breakdowns are what counting again gives.
func TestThreads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := New(false)
		var want Threads
		groups := map[string]Group{}
		months := map[string]int64{}
		var depths, widths, sizes, replyMinutes []int64
		var withMail, visible int64
		for i := range rapid.IntRange(0, 6).Draw(t, "articles") {
			a, comments := drawThread(t, i)
			c.AddThread(&a, comments, nil)
			levels := map[int32]int64{}
			var n, deepest, widest int64
			at := map[string]*int64{}
			for _, x := range comments {
				at[x.CommentID] = x.PostedAt
			}
			for _, x := range comments {
				g := groups[a.SourceID]
				groups[a.SourceID] = Group{a.SourceID, g.Records + 1, g.Words + int64(x.NWords), g.Characters + int64(x.NChars)}
				if len(x.Spans) > 0 && x.Spans[0].Kind == schema.SpanEmail {
					withMail++
				}
				if x.Text != nil {
					visible++
				}
				if x.State == schema.StateMissing {
					continue
				}
				n++
				levels[x.Depth]++
				deepest, widest = max(deepest, int64(x.Depth)), max(widest, levels[x.Depth])
				if x.ParentID == nil {
					want.TopLevel++
					continue
				}
				want.Replies++
				switch parent := at[*x.ParentID]; {
				case parent == nil || x.PostedAt == nil:
					want.RepliesUndated++
				case *x.PostedAt < *parent:
					want.RepliesBefore++
				default:
					replyMinutes = append(replyMinutes, (*x.PostedAt-*parent)/60e6)
				}
			}
			if n == 0 {
				want.Without++
			} else {
				want.WithComments++
				depths, widths, sizes = append(depths, deepest), append(widths, widest), append(sizes, n)
			}
			local := text(a.PublishedLocal)
			months[local[:min(7, len(local))]]++
		}
		got := c.Statistics(Build{Corpus: "c", Version: "1.0.0"})
		th := got.Threads
		for _, x := range []struct {
			what      string
			got, want int64
		}{
			{"top level", th.TopLevel, want.TopLevel}, {"replies", th.Replies, want.Replies}, {"before", th.RepliesBefore, want.RepliesBefore},
			{"undated", th.RepliesUndated, want.RepliesUndated}, {"with", th.WithComments, want.WithComments}, {"without", th.Without, want.Without},
			{"mail", got.PersonalData.Comments, withMail}, {"text", got.Comments.WithText, visible},
		} {
			if x.got != x.want {
				t.Fatalf("%s: %d, want %d", x.what, x.got, x.want)
			}
		}
		for _, x := range []struct {
			got    Distribution
			values []int64
			bounds []int64
		}{{th.Depth, depths, depthBounds}, {th.Width, widths, countBounds}, {th.Comments, sizes, countBounds}, {th.ReplyMinutes, replyMinutes, minutesBounds}} {
			h := newHistogram(x.bounds)
			for _, v := range x.values {
				h.add(v, 1)
			}
			if d := cmp.Diff(h.result(), x.got); d != "" {
				t.Fatal(d)
			}
		}
		for _, g := range got.Comments.BySource {
			if groups[g.Name] != g {
				t.Fatalf("%+v, want %+v", g, groups[g.Name])
			}
		}
		if len(got.Comments.BySource) != len(groups) || len(got.Articles.ByMonth) != len(months) {
			t.Fatalf("%v, %v", got.Comments.BySource, got.Articles.ByMonth)
		}
		for _, g := range got.Articles.ByMonth {
			if months[g.Name] != g.Records {
				t.Fatalf("%+v, want %d", g, months[g.Name])
			}
		}
		// Reasons add up, and statistics.json comes back as it was.
		for _, m := range got.Missing {
			var sum int64
			for _, r := range m.Reasons {
				sum += r.N
			}
			if sum != m.Rows || m.Rows == 0 {
				t.Fatalf("%+v", m)
			}
		}
		data, err := got.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		second, err := again.JSON()
		if err != nil || string(second) != string(data) {
			t.Fatalf("%v\n%s", err, cmp.Diff(string(data), string(second)))
		}
	})
}

// An open vocabulary without end takes no memory without end, and loses nothing.
func TestOpenVocabularyIsBounded(t *testing.T) {
	b := breakdown{}
	c := counts{}
	for i := range 3 * MaxNames {
		b.add(fmt.Sprint(i), 2, 5)
		c.add(fmt.Sprint(i), 1)
	}
	var records int64
	for _, g := range b.groups() {
		records += g.Records
	}
	if len(b) != MaxNames+1 || records != 3*MaxNames || b[Others].Words != 2*2*MaxNames || c[Others] != 2*MaxNames {
		t.Errorf("%d names, %d records, %+v", len(b), records, b[Others])
	}
}

// Credits are all or none, and never without end.
func TestCredits(t *testing.T) {
	thread := func(license, title string) *schema.Article {
		a := &schema.Article{ArticleID: "a", State: schema.StatePresent, Title: &title, Text: ptr("x"), Byline: []string{"A. Person"}}
		a.License = license
		return a
	}
	for _, c := range []struct {
		n, bytes, listed int
	}{{3, 10, 3}, {MaxCredits, 10, MaxCredits}, {MaxCredits + 1, 10, 0}, {5, 1 << 20, 0}} {
		s := New(false)
		for range c.n {
			s.AddThread(thread("CC-BY-4.0", strings.Repeat("t", c.bytes)), nil, nil)
			s.AddThread(thread(schema.LicenseUnknown, "t"), nil, nil)
		}
		if list, n := s.Credits(); len(list) != c.listed || n != int64(c.n) {
			t.Errorf("%+v: %d of %d", c, len(list), n)
		}
	}
}

// Every column that may be null has a reason of the closed list, or a state.
func TestReasons(t *testing.T) {
	known := map[string]bool{}
	for _, r := range Reasons() {
		known[r.Name] = true
	}
	a, m := &schema.Article{State: schema.StateNoText}, &schema.Comment{State: schema.StateDeleted}
	for _, x := range []struct {
		table string
		why   func(string) string
	}{
		{schema.TableArticles, whyArticle(a)}, {schema.TableComments, whyComment(m)}, {schema.TableComments, whyComment(&schema.Comment{State: schema.StateMissing})},
		{schema.TableCommenters, whyCommenter(true)}, {schema.TableCommenters, whyCommenter(false)}, {schema.TableCaptures, whyCapture}, {schema.TableSources, whySource}, {schema.TableLedger, whyLedger},
	} {
		table, _ := schema.TableOf(x.table)
		for _, c := range schema.Columns(table) {
			if reason := x.why(c.Name); (c.Nullable || c.List) && !known[reason] && c.Name != "text" {
				t.Errorf("%s.%s: %q is no reason", x.table, c.Name, reason)
			}
		}
	}
}
