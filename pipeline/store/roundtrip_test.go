package store

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"corpus/schema"
)

// Every table comes back as it was written. The package interop has the same
// test for Arrow's reader.
func TestRoundTrip(t *testing.T) {
	t.Run("articles", roundTrip[schema.Article])
	t.Run("comments", roundTrip[schema.Comment])
	t.Run("commenters", roundTrip[schema.Commenter])
	t.Run("captures", roundTrip[schema.Capture])
	t.Run("sources", roundTrip[schema.Source])
	t.Run("ledger", roundTrip[schema.LedgerRow])
	t.Run("duplicates", roundTrip[schema.Duplicate])
}

func roundTrip[T any](t *testing.T) {
	table := filepath.Base(t.Name())
	rapid.Check(t, func(t *rapid.T) {
		want := genRows[T](t, table, 0, 40)
		out, remove := tempDir(t)
		defer remove()
		v := newVersion(t, out, rapid.SampledFrom([]int64{1, 2000, 1 << 20}).Draw(t, "group"))
		defer v.Abort()
		if err := v.Plan(table, 0, rapid.SampledFrom([]int{0, 1, 1, 2}).Draw(t, "shards")); err != nil {
			t.Fatal(err)
		}
		files := writeTable(t, v, table, want)

		// All rows are gathered before one is looked at: none may share memory
		// with a page that is read later.
		var got []T
		for _, f := range files {
			for row, err := range FileRows[T](v.dir, f) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, row)
			}
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-written +read):\n%s", diff)
		}
	})
}

// The row that parquet-go loses nulls of where a nullable column is no
// pointer: in groups of 64, nulls, values, and nulls again.
func TestNullsBetweenValues(t *testing.T) {
	for _, set := range []int{0, 1, 31, 62, 63, 64, 100} {
		rows := make([]schema.Article, 200)
		for i := range rows {
			rows[i] = article(id(byte(i), i))
		}
		rows[set].Title, rows[set].LangScore, rows[set].PublishedAt, rows[set].Text = ptr(""), ptr(int32(0)), ptr(int64(0)), ptr("")
		out := t.TempDir()
		v := newVersion(t, out, groupRawBytes)
		defer v.Abort()
		files := writeTable(t, v, "articles", rows)
		i := 0
		for row, err := range FileRows[schema.Article](v.dir, files[0]) {
			if err != nil {
				t.Fatal(err)
			}
			for name, null := range map[string]bool{"title": row.Title == nil, "lang_score": row.LangScore == nil, "published_at": row.PublishedAt == nil, "text": row.Text == nil} {
				if null != (i != set) {
					t.Fatalf("row %d of those with values in %d: %s null is %v", i, set, name, null)
				}
			}
			i++
		}
		v.Abort()
	}
}
