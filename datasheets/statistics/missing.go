package statistics

import (
	"reflect"
	"slices"

	"corpus/schema"
)

// Why a value is missing.
const (
	NotStated     = "not_stated"     // page, export or index does not say
	NoZone        = "no_zone"        // the local time is known, its time zone is not
	NoText        = "no_text"        // the record has no text
	NotTold       = "not_told"       // the text does not tell, by the rules of the build
	TopLevel      = "top_level"      // a comment on the article has no parent
	NotInferred   = "not_inferred"   // nothing points to another comment, or the parent is stated
	NoCommenter   = "no_commenter"   // the author has no name that stands for a person
	NoPlace       = "placeholder"    // the row stands for a comment that is not there
	NotDeclared   = "not_declared"   // corpus.yaml does not say
	NoSplits      = "no_splits"      // the corpus has no splits
	NoDuplicate   = "no_duplicate"   // no near duplicate was found
	Withheld      = "withheld"       // not let out: names of commenters who have pseudonyms, or what a release keeps back
	NotApplicable = "not_applicable" // such a row has none
	Unreadable    = "unreadable"     // the input could not be read
	TakenDown     = "taken_down"     // the record was taken down
	NoInstant     = "no_instant"     // no instant is known of any comment
)

// Reason is a reason for a missing value, with its meaning.
type Reason struct{ Name, Doc string }

// Reasons is the closed list of reasons; beside them stand the states of
// articles and comments, for texts.
func Reasons() []Reason {
	return []Reason{
		{NotStated, "page, export or index does not say"},
		{NoZone, "the local time is known, its time zone is not"},
		{NoText, "the record has no text"},
		{NotTold, "the text does not tell, by the rules of the build"},
		{TopLevel, "a comment on the article has no parent"},
		{NotInferred, "nothing points to another comment, or the parent is stated"},
		{NoCommenter, "the author has no name that stands for a person"},
		{NoPlace, "the row stands for a comment that is not there"},
		{NotDeclared, "corpus.yaml does not say"},
		{NoSplits, "the corpus has no splits"},
		{NoDuplicate, "no near duplicate was found"},
		{Withheld, "not let out: names of commenters who have pseudonyms, or what a release keeps back"},
		{NotApplicable, "such a row has none"},
		{Unreadable, "the input could not be read"},
		{TakenDown, "the record was taken down"},
		{NoInstant, "no instant is known of any comment"},
	}
}

// columns counts nulls, empty lists and values of closed vocabularies of the
// rows of one table.
type columns struct {
	table   schema.Table
	watched []watched
	rows    int64
}

type watched struct {
	schema.Column
	missing counts
	values  map[string]int64 // nil for an open vocabulary
}

func newColumns(name string) *columns {
	t, _ := schema.TableOf(name)
	c := &columns{table: t}
	for _, column := range schema.Columns(t) {
		if !column.Nullable && !column.List && column.Values == nil {
			continue
		}
		w := watched{Column: column, missing: counts{}}
		if column.Values != nil && !column.List {
			w.values = map[string]int64{}
		}
		c.watched = append(c.watched, w)
	}
	return c
}

// add counts a row; why gives the reason of a column without value in it.
func (c *columns) add(row reflect.Value, why func(column string) string) {
	c.rows++
	for i := range c.watched {
		w := &c.watched[i]
		v := row.FieldByIndex(w.Index)
		switch {
		case w.List:
			if v.Len() == 0 {
				w.missing.add(why(w.Name), 1)
			}
			continue
		case w.Nullable && v.IsNil():
			w.missing.add(why(w.Name), 1)
			continue
		case w.values == nil:
			continue
		case w.Nullable:
			v = v.Elem()
		}
		if s := v.String(); slices.Contains(w.Values, s) {
			w.values[s]++
		} else {
			w.values[Others]++
		}
	}
}

func (c *columns) missing() []Missing {
	var list []Missing
	for _, w := range c.watched {
		m := Missing{Table: c.table.Name, Column: w.Name, List: w.List, Reasons: w.missing.list()}
		for _, r := range m.Reasons {
			m.Rows += r.N
		}
		if m.Rows > 0 {
			list = append(list, m)
		}
	}
	return list
}

func (c *columns) valueCounts() []Value {
	var list []Value
	for _, w := range c.watched {
		if w.values == nil {
			continue
		}
		for _, value := range append(slices.Clone(w.Values), Others) {
			if n := w.values[value]; n > 0 {
				list = append(list, Value{c.table.Name, w.Name, value, n})
			}
		}
	}
	return list
}

// whyRecord gives the reasons that articles and comments share.
func whyRecord(column string, hasText bool) string {
	switch column {
	case "lang", "lang_score", "lang_basis":
		if !hasText {
			return NoText
		}
		return NotTold
	case "blocks", "spans", "text_sha256":
		if !hasText {
			return NoText
		}
		return NotApplicable
	case "rights_holder", "consent_basis", "tdm_basis", "allowed_uses":
		return NotDeclared
	case "split":
		return NoSplits
	case "near_duplicate_cluster":
		return NoDuplicate
	case "withheld_sha256", "thread_sha256":
		return NotApplicable
	}
	return NotStated
}

// Released says what a release lets out, so that what it keeps back is not
// taken for missing.
type Released struct {
	Text       func(tier string) bool // whether records of a tier keep their text
	Commenters bool                   // whether comments keep a pseudonym
}

// held is why with what a release keeps back of a row of a tier. chars are
// those of its text: without any there is no text that could be kept back. text tells
// whether it is there, since a release may have been filled in again.
func (r *Released) held(c *columns, tier string, chars int32, text bool, why func(string) string) func(string) string {
	if r == nil {
		return why
	}
	return func(column string) string {
		x, _ := c.table.Column(column)
		switch {
		case x.Release == schema.ReleaseNever,
			column == "commenter_id" && !r.Commenters && why(column) == NoCommenter:
			return Withheld
		case text || r.Text(tier) || chars == 0 && column == schema.LongText:
			return why(column)
		case x.Release == schema.ReleaseWithText, x.Release == schema.ReleaseLong && chars > 0:
			return Withheld
		}
		return why(column)
	}
}

func whyArticle(a *schema.Article) func(string) string {
	return func(column string) string {
		switch {
		case column == "text":
			return a.State
		case a.State == schema.StateTombstone:
			return TakenDown
		}
		switch column {
		case "published_at":
			if a.PublishedLocal != nil {
				return NoZone
			}
		}
		return whyRecord(column, a.NChars > 0)
	}
}

func whyComment(c *schema.Comment) func(string) string {
	return func(column string) string {
		switch column {
		case "text":
			return c.State
		case "inferred_parent_id", "inferred_basis":
			return NotInferred
		}
		switch c.State {
		case schema.StateMissing:
			return NoPlace
		case schema.StateTombstone:
			return TakenDown
		}
		switch column {
		case "parent_id":
			return TopLevel
		case "commenter_id":
			return NoCommenter
		case "posted_at":
			if c.PostedLocal != nil {
				return NoZone
			}
		case "license_url", "license_evidence":
			return NotDeclared // the licence of an article does not cover its comments
		case "rights_holder":
			return NotStated
		}
		return whyRecord(column, c.NChars > 0)
	}
}

func whyCommenter(names bool) func(string) string {
	return func(column string) string {
		switch {
		case column != "name":
			return NoInstant
		case names:
			return NotStated
		}
		return Withheld
	}
}

func whyCapture(column string) string {
	if column == "text_sha256" {
		return NoText
	}
	return NotStated
}

func whySource(string) string { return NotDeclared }

func whyLedger(column string) string {
	if column == "input_sha256" {
		return Unreadable
	}
	return NotApplicable
}
