package erratum

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"corpus/pipeline/compare"
	"corpus/pipeline/store"
	"corpus/schema"
)

// lengths of ids and digests, in hexadecimal digits
const (
	idDigits     = 32
	digestDigits = 64
)

func isHex(s string, n int) bool { return len(s) == n && strings.Trim(s, "0123456789abcdef") == "" }

// maxCount bounds every count, so that sums of them cannot overflow.
const maxCount = 1 << 48

func isCount(n int64) bool { return n >= 0 && n <= maxCount }

func (x *Erratum) check() error {
	number, _, _ := strings.Cut(x.Version, "+")
	switch {
	case x.Schema != Schema:
		return fmt.Errorf("schema is %d, this program reads %d", x.Schema, Schema)
	case !store.ValidName(x.Corpus):
		return fmt.Errorf("corpus is no name: %.80q", x.Corpus)
	case !store.ValidRelease(x.Version) || strings.HasSuffix(x.Version, store.RehydratedName):
		return fmt.Errorf("version is none of a release: %.80q", x.Version)
	case !store.ValidVersion(x.BuildVersion) || !compare.Less(number, x.BuildVersion):
		return fmt.Errorf("build_version %.80q does not come after that of the release", x.BuildVersion)
	case !isHex(x.ManifestSHA256, digestDigits) || !isHex(x.TakedownSHA256, digestDigits) || !isHex(x.BuildSHA256, digestDigits):
		return errors.New("a digest is none")
	case !store.ValidName(x.Tool.Name) || !printable(x.Tool.Version):
		return errors.New("tool is none")
	}
	digest, err := x.digest()
	if err != nil {
		return err
	}
	if digest != x.Digest {
		return errors.New("its digest is another one")
	}
	if err := x.checkCounts(); err != nil {
		return err
	}
	if err := x.checkTables(); err != nil {
		return err
	}
	return x.checkRows()
}

// printable tells whether s is a short word of ASCII, such as a version.
func printable(s string) bool {
	if len(s) > 80 {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// checkCounts checks what the release says of itself; whether the accounts
// balance the manifest is asked.
func (x *Erratum) checkCounts() error {
	if !isCount(x.NamesLeft) {
		return errors.New("names_left is no count")
	}
	if !counts(x.Excluded, []string{schema.TableArticles, schema.TableComments}) {
		return errors.New("excluded counts something else than articles and comments")
	}
	ledger, _ := schema.TableOf(schema.TableLedger)
	column, _ := ledger.Column("outcome")
	outcomes, reasons := column.Values, schema.Reasons()
	for outcome, by := range x.Ledger {
		if !slices.Contains(outcomes, outcome) || !counts(by, append(slices.Clip(reasons), "")) {
			return errors.New("ledger counts an outcome or a reason that there is not")
		}
	}
	for i := range x.Sources {
		s := &x.Sources[i]
		switch {
		case !store.ValidName(s.SourceID) || i > 0 && s.SourceID <= x.Sources[i-1].SourceID:
			return errors.New("sources are not in the order of their ids")
		case !counts(s.Outcomes, outcomes) || !counts(s.Rejected, reasons):
			return fmt.Errorf("source %s counts an outcome or a reason that there is not", s.SourceID)
		}
		for _, n := range []int64{s.Documents, s.CommentsRead, s.CommentsKept, s.CommentsDuplicate, s.CommentsExcluded} {
			if !isCount(n) {
				return fmt.Errorf("source %s: %d is no count", s.SourceID, n)
			}
		}
	}
	if x.Leaks == nil {
		return nil
	}
	splits := []string{schema.SplitTrain, schema.SplitValidation, schema.SplitTest}
	if len(x.Leaks.Texts) != len(x.Leaks.Commenters) {
		return errors.New("leaks are not of the same pairs of splits")
	}
	for i, l := range x.Leaks.Texts {
		c := x.Leaks.Commenters[i]
		if l.Of != c.Of || l.In != c.In || !slices.Contains(splits, l.Of) || !slices.Contains(splits, l.In) {
			return errors.New("leaks are of a split that there is not")
		}
	}
	return nil
}

// counts tells whether m counts what is in the vocabulary alone.
func counts(m map[string]int64, vocabulary []string) bool {
	for name, n := range m { // asks whether there is one
		if !slices.Contains(vocabulary, name) || !isCount(n) {
			return false
		}
	}
	return true
}

// checkTables checks the list of the files that pruning has to give.
func (x *Erratum) checkTables() error {
	shards := map[string]int{}
	for i, f := range x.Tables {
		switch {
		case i > 0 && f.Path <= x.Tables[i-1].Path:
			return errors.New("tables are not in the order of their paths")
		case !isCount(f.Bytes) || !isCount(f.Rows) || !isHex(f.SHA256, digestDigits):
			return errors.New("a file of a table has no size or digest")
		}
		if _, ok := schema.TableOf(f.Table); !ok {
			return errors.New("tables has a file of none")
		}
		shards[f.Table]++
	}
	for _, t := range schema.Tables() {
		n := shards[t.Name]
		if n == 0 || t.Shard == "" && n != 1 {
			return fmt.Errorf("table %s has %d files", t.Name, n)
		}
		if _, err := store.ShardCount(0, n); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		i := 0
		for _, f := range x.Tables {
			if f.Table != t.Name {
				continue
			}
			if f.Path != store.ShardPath(t, i, n) {
				return fmt.Errorf("table %s: a file stands where none should be", t.Name)
			}
			i++
		}
	}
	return nil
}

// checkRows checks that rows stand in order and say nothing but what they may.
func (x *Erratum) checkRows() error {
	articles, comments := columnsOf(schema.TableArticles), columnsOf(schema.TableComments)
	for i := range x.Articles {
		a := &x.Articles[i]
		if i > 0 && a.ID <= x.Articles[i-1].ID {
			return errors.New("articles are not in the order of their ids")
		}
		if a.changes() || !a.CapturesGone && len(a.Comments) == 0 {
			if err := articles.checkRow(&a.Row); err != nil {
				return err
			}
		} else if !isHex(a.ID, idDigits) {
			return errNoID
		}
		if (a.Gone || a.New) && a.CapturesGone || a.Gone && len(a.Comments) > 0 {
			return fmt.Errorf("article %s is gone or new, and more of it as well", a.ID)
		}
		if err := checkList(comments, a.Comments); err != nil {
			return fmt.Errorf("article %s: %w", a.ID, err)
		}
	}
	if err := checkList(columnsOf(schema.TableCommenters), x.Commenters); err != nil {
		return err
	}
	return checkList(columnsOf(schema.TableDuplicates), x.Duplicates)
}

var errNoID = errors.New("an id is none")

func checkList(c *columns, rows []Row) error {
	for i := range rows {
		if i > 0 && rows[i].ID <= rows[i-1].ID {
			return fmt.Errorf("%s are not in the order of their ids", c.table.Name)
		}
		if err := c.checkRow(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// checkRow checks one row of a table, its values decoded.
func (c *columns) checkRow(r *Row) error {
	if !isHex(r.ID, idDigits) {
		return errNoID
	}
	wrong := func(format string, args ...any) error {
		return fmt.Errorf("%s %s: %w", c.table.Name, r.ID, fmt.Errorf(format, args...))
	}
	switch {
	case !r.changes():
		return wrong("nothing of it changes")
	case r.Gone && (r.New || len(r.Set) > 0 || len(r.Cuts) > 0):
		return wrong("it is gone, and changes as well")
	case r.New && len(r.Cuts) > 0:
		return wrong("it is new, and parts of its text go")
	case len(r.Cuts) > 0 && c.byName[schema.LongText] == nil:
		return wrong("it has no text that could be cut")
	}
	last := int32(0)
	for _, cut := range r.Cuts {
		if cut.Start < last || cut.End <= cut.Start {
			return wrong("its cuts are not in order")
		}
		last = cut.End
	}
	if len(r.Cuts) > 0 {
		if _, ok := r.Set[schema.LongText]; ok {
			return wrong("its text is cut and gone")
		}
		if _, ok := r.Set["text_sha256"]; !ok {
			return wrong("its text is cut, and nothing proves what is left")
		}
	}
	for name, raw := range r.Set { // asks whether one is wrong
		column := c.byName[name]
		if column == nil {
			return wrong("%.80q is no column that an erratum may change", name)
		}
		if err := decode(column, raw, zeroOf(c.table, column)); err != nil {
			return wrong("%s: %w", name, err)
		}
	}
	return nil
}
