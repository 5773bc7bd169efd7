package compare

import (
	"fmt"
	"slices"
	"strings"
)

// What happened to a record.
const (
	Added        = "added"
	Removed      = "removed"
	Edited       = "edited"        // a column has another value
	Moved        = "moved"         // a comment stands under another article, parent or thread
	Reidentified = "re-identified" // the same record has another id
)

// changes are all changes in the order of a record's differences.
var changes = []string{Added, Removed, Reidentified, Moved, Edited}

// Names of what differs besides the tables.
const (
	TableManifest = "manifest" // what manifest.json says of the version as a whole
	TableColumns  = "columns"  // the columns of a table
)

// Difference is one difference between two versions.
type Difference struct {
	Table     string  `json:"table"`
	RecordID  string  `json:"record_id"`  // in the new version; of a removed record in the old one
	ArticleID *string `json:"article_id"` // of a comment
	Change    string  `json:"change"`     // one of Added …
	Column    *string `json:"column"`     // null where the whole record came or went
	Old       *string `json:"old"`        // value as text, lists as JSON; null for none and for names
	New       *string `json:"new"`
	Cause     string  `json:"cause"` // one or more of Cause…, joined by +
	Level     Level   `json:"level"`
}

// Why a record differs.
const (
	CauseInputAdded    = "input_added"   // it was read from an input that the old version did not have
	CauseInputChanged  = "input_changed" // an input of that path has other bytes
	CauseInputRemoved  = "input_removed" // its input is not among those of the new version
	CauseTool          = "tool"          // its input is the same, the version of the tool is another
	CauseConfiguration = "configuration" // its input is the same, the configuration is another
	CauseIndex         = "index"         // its input is the same, the index of a source is another
	CauseTakedown      = "takedown"      // its input is the same, the list of what was taken down is another
	CauseKey           = "key"           // the pseudonyms were made with another key
	CauseOthers        = "other_records" // nothing of that: it follows from other documents or records
)

// TableSummary counts the differences of a table.
type TableSummary struct {
	Table        string           `json:"table"`
	OldRows      int64            `json:"old_rows"`
	NewRows      int64            `json:"new_rows"`
	Added        int64            `json:"added"`
	Removed      int64            `json:"removed"`
	Reidentified int64            `json:"re-identified"`
	Moved        int64            `json:"moved"`
	Edited       int64            `json:"edited"`  // records, those counted before left out
	Columns      map[string]int64 `json:"columns"` // records by column that was edited
	Causes       map[string]int64 `json:"causes"`  // records by why they differ
}

// Reason is why the number has to be what it is.
type Reason struct {
	Table   string   `json:"table"`
	Change  string   `json:"change"`
	Columns []string `json:"columns"` // sorted; of edited and moved records
	Records int64    `json:"records"`
	First   string   `json:"first"` // smallest id among them
}

var nouns = map[string]string{
	"articles": "article", "comments": "comment", "commenters": "commenter", "sources": "source",
	"captures": "capture", "ledger": "row of the ledger", "duplicates": "row of duplicates",
	TableManifest: "statement of the manifest", TableColumns: "column",
}

// String is the reason as a sentence without a full stop.
func (r Reason) String() string {
	noun, were := nouns[r.Table], "was"
	if r.Records != 1 {
		head, rest, _ := strings.Cut(noun, " ")
		noun, were = strings.TrimSpace(head+"s "+rest), "were"
	}
	s := fmt.Sprintf("%d %s %s %s", r.Records, noun, were, r.Change)
	if len(r.Columns) > 0 && r.Table != TableManifest && r.Table != TableColumns {
		s += " (" + strings.Join(r.Columns, ", ") + ")"
	}
	if r.Records == 1 {
		return s + ": " + r.First
	}
	return s + ", the first " + r.First
}

// Summary is what a comparison comes to.
type Summary struct {
	Corpus  string         `json:"corpus"`
	Old     string         `json:"old"`    // number of the old version
	New     string         `json:"new"`    // number of the new one, "" where it has none yet
	Level   Level          `json:"level"`  // the highest of all differences
	Number  string         `json:"number"` // the smallest that the new version may have; the old one where nothing differs
	Reasons []Reason       `json:"reasons"`
	Tables  []TableSummary `json:"tables"`
}

// Why is all reasons in one line.
func (s *Summary) Why() string {
	list := make([]string, len(s.Reasons))
	for i, r := range s.Reasons {
		list[i] = r.String()
	}
	return strings.Join(list, "; ")
}

// tally gathers what Summary says.
type tally struct {
	tables  map[string]*TableSummary
	reasons [Major + 1]map[[2]string]*reason // by table and change
}

type reason struct {
	n       int64
	first   string
	columns map[string]bool
}

func newTally() *tally {
	t := &tally{tables: map[string]*TableSummary{}}
	for i := range t.reasons {
		t.reasons[i] = map[[2]string]*reason{}
	}
	return t
}

func (t *tally) table(name string) *TableSummary {
	s, ok := t.tables[name]
	if !ok {
		s = &TableSummary{Table: name, Columns: map[string]int64{}, Causes: map[string]int64{}}
		t.tables[name] = s
	}
	return s
}

// record counts all differences of one record.
func (t *tally) record(list []Difference) {
	s := t.table(list[0].Table)
	for i := range list {
		// Most records have one cause; another key makes one more.
		if !slices.ContainsFunc(list[:i], func(d Difference) bool { return d.Cause == list[i].Cause }) {
			s.Causes[list[i].Cause]++
		}
	}
	has := map[string]Level{}
	for i := range list {
		d := &list[i]
		has[d.Change] = max(has[d.Change], d.Level)
		if d.Change == Edited && d.Column != nil {
			s.Columns[*d.Column]++
		}
	}
	switch {
	case has[Added] > 0:
		s.Added++
	case has[Removed] > 0:
		s.Removed++
	case has[Reidentified] > 0:
		s.Reidentified++
	case has[Moved] > 0:
		s.Moved++
	default:
		s.Edited++
	}
	for _, change := range changes {
		level, ok := has[change]
		if !ok {
			continue
		}
		key := [2]string{list[0].Table, change}
		r := t.reasons[level][key]
		if r == nil {
			r = &reason{first: list[0].RecordID, columns: map[string]bool{}}
			t.reasons[level][key] = r
		}
		r.n++
		r.first = min(r.first, list[0].RecordID)
		for i := range list {
			if d := &list[i]; d.Change == change && d.Level == level && d.Column != nil && (change == Edited || change == Moved) {
				r.columns[*d.Column] = true
			}
		}
	}
}

// summary gives the reasons in the order of order, the names of the tables.
func (t *tally) summary(order []string) (level Level, reasons []Reason) {
	level = Major
	for level > None && len(t.reasons[level]) == 0 {
		level--
	}
	for _, table := range order {
		for _, change := range changes {
			r := t.reasons[level][[2]string{table, change}]
			if r == nil {
				continue
			}
			columns := make([]string, 0, len(r.columns))
			for c := range r.columns {
				columns = append(columns, c)
			}
			slices.Sort(columns)
			reasons = append(reasons, Reason{Table: table, Change: change, Columns: columns, Records: r.n, First: r.first})
		}
	}
	return level, reasons
}
