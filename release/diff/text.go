package diff

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/pipeline/compare"
	"corpus/schema"
)

// Bounds of the text, so that it can be read.
const (
	maxRecords = 50 // records shown of a table
	maxColumns = 6  // columns shown of a record with their values
	maxValue   = 60 // code points shown of a value
)

// writeText writes counts by table, then the records, then the number.
func writeText(w io.Writer, r *compare.Result) error {
	out := bufio.NewWriter(w)
	s := &r.Summary
	fmt.Fprintf(out, "%s %s → %s\n\n", s.Corpus, s.Old, cmp.Or(s.New, "next"))
	for i := range s.Tables {
		writeCounts(out, &s.Tables[i])
	}
	t := &textWriter{out: out}
	for d, err := range r.Differences() {
		if err != nil {
			return err
		}
		t.add(d)
	}
	t.endTable()
	fmt.Fprintln(out)
	if s.Level == compare.None {
		fmt.Fprintf(out, "nothing differs\n")
	} else {
		fmt.Fprintf(out, "%s: after %s follows %s\n", s.Level, s.Old, s.Number)
		for _, reason := range s.Reasons {
			fmt.Fprintf(out, "  %s\n", reason)
		}
	}
	return out.Flush()
}

func writeCounts(out io.Writer, t *compare.TableSummary) {
	var parts []string
	for _, p := range []struct {
		n    int64
		what string
	}{
		{t.Added, compare.Added}, {t.Removed, compare.Removed}, {t.Reidentified, compare.Reidentified}, {t.Moved, compare.Moved}, {t.Edited, compare.Edited},
	} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	told := strings.Join(parts, ", ")
	switch {
	case t.Table == compare.TableManifest || t.Table == compare.TableColumns:
		if told != "" {
			fmt.Fprintf(out, "  %-11s %s\n", t.Table, told)
		}
	case t.OldRows == t.NewRows:
		fmt.Fprintf(out, "  %-11s %d rows; %s\n", t.Table, t.NewRows, cmp.Or(told, "the same"))
	default:
		fmt.Fprintf(out, "  %-11s %d → %d rows; %s\n", t.Table, t.OldRows, t.NewRows, cmp.Or(told, "the same"))
	}
}

// shown are the tables whose records are shown one by one; of the others, which
// follow from them, only the counts are.
var shown = []string{compare.TableManifest, compare.TableColumns, schema.TableArticles, schema.TableComments, schema.TableSources}

// reading are the columns that say where a record was read. A record in which
// nothing else differs is counted and not shown: one new line in a file of
// records changes them for all.
var reading = []string{"captured_at", "extractor", "input_sha256", "locator"}

// structure are columns whose values nobody reads; they change with the text.
var structure = []string{"blocks", "spans"}

// textWriter gathers the differences of a record, which come one after the
// other, and writes a few lines for it.
type textWriter struct {
	out    io.Writer
	table  string
	n      int // records of the table that are worth showing
	reread int // records of the table that were only read elsewhere
	record []compare.Difference
}

func (t *textWriter) add(d compare.Difference) {
	if !slices.Contains(shown, d.Table) {
		return
	}
	if len(t.record) > 0 && (t.record[0].Table != d.Table || t.record[0].RecordID != d.RecordID) {
		t.endRecord()
	}
	if t.table != d.Table {
		t.endTable()
		t.table = d.Table
	}
	t.record = append(t.record, d)
}

func (t *textWriter) endTable() {
	t.endRecord()
	if more := t.n - maxRecords; more > 0 {
		fmt.Fprintf(t.out, "  … and %d more: --format json has all\n", more)
	}
	if t.reread > 0 {
		if t.n == 0 {
			fmt.Fprintf(t.out, "\n%s\n", t.table)
		}
		fmt.Fprintf(t.out, "  %d differ in nothing but the input that they were read from\n", t.reread)
	}
	t.n, t.reread = 0, 0
}

var signs = map[string]string{
	compare.Added: "+", compare.Removed: "-", compare.Edited: "~", compare.Moved: ">", compare.Reidentified: "=",
}

func (t *textWriter) endRecord() {
	if len(t.record) == 0 {
		return
	}
	defer func() { t.record = t.record[:0] }()
	if !slices.ContainsFunc(t.record, func(d compare.Difference) bool {
		return d.Change != compare.Edited || d.Column == nil || !slices.Contains(reading, *d.Column)
	}) {
		t.reread++
		return
	}
	if t.n++; t.n > maxRecords {
		return
	}
	if t.n == 1 {
		fmt.Fprintf(t.out, "\n%s\n", t.table)
	}
	t.show(t.record)
}

// show writes one record: what matters with its values, the rest by name.
func (t *textWriter) show(record []compare.Difference) {
	first := &record[0]
	head := first.RecordID
	if first.ArticleID != nil {
		head += " of article " + *first.ArticleID
	}
	fmt.Fprintf(t.out, "  %s %s  %s: %s\n", signs[first.Change], head, first.Change, strings.ReplaceAll(first.Cause, "+", " + "))
	most := compare.None
	for i := range record {
		most = max(most, record[i].Level)
	}
	n := 0
	var rest []string
	for i := range record {
		d := &record[i]
		if d.Column == nil {
			continue
		}
		if d.Level < most || n == maxColumns || slices.Contains(structure, *d.Column) || slices.Contains(reading, *d.Column) {
			rest = append(rest, *d.Column)
			continue
		}
		n++
		cause := ""
		if d.Cause != first.Cause {
			cause = " (" + d.Cause + ")"
		}
		if d.Old == nil && d.New == nil {
			fmt.Fprintf(t.out, "      %s is another%s\n", *d.Column, cause)
			continue
		}
		old, new := short(d.Old, d.New)
		fmt.Fprintf(t.out, "      %s: %s → %s%s\n", *d.Column, old, new, cause)
	}
	switch {
	case len(rest) > 0 && n > 0:
		fmt.Fprintf(t.out, "      and %s\n", strings.Join(rest, ", "))
	case len(rest) > 0:
		fmt.Fprintf(t.out, "      %s\n", strings.Join(rest, ", "))
	}
}

// short cuts two values to a length that a line can hold, around the place in
// which they begin to differ.
func short(a, b *string) (string, string) {
	if a == nil || b == nil {
		return excerpt(a, 0), excerpt(b, 0)
	}
	same := 0
	for same < len(*a) && same < len(*b) && (*a)[same] == (*b)[same] {
		same++
	}
	for same > 0 && same < len(*a) && !utf8.RuneStart((*a)[same]) {
		same--
	}
	return excerpt(a, same), excerpt(b, same)
}

// excerpt shows s from a little before the byte at from, on one line.
func excerpt(s *string, from int) string {
	if s == nil {
		return "none"
	}
	const before = 20
	start, skipped := from, 0
	for start > 0 && skipped < before {
		_, size := utf8.DecodeLastRuneInString((*s)[:start])
		start -= size
		skipped++
	}
	if start <= 4 || utf8.RuneCountInString(*s) <= maxValue {
		start = 0
	}
	var b strings.Builder
	b.WriteString("“")
	if start > 0 {
		b.WriteString("…")
	}
	n := 0
	for _, r := range (*s)[start:] {
		if n++; n > maxValue {
			b.WriteString("…")
			break
		}
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) || unicode.Is(unicode.Bidi_Control, r) {
			r = ' ' // nothing of a text may steer a terminal
		}
		b.WriteRune(r)
	}
	b.WriteString("”")
	return b.String()
}
