package compare

import (
	"context"
	"fmt"
	"iter"
	"os"

	"github.com/go-json-experiment/json"

	"corpus/pipeline/spill"
	"corpus/schema"
)

// Options say how a comparison works. They never change what it finds.
type Options struct {
	Dir    string // folder for temporary files; "" for the system's
	Memory int64  // bytes that one of the sorters may hold, of which at most four are filled at a time; 0 for DefaultMemory
	Keep   bool   // whether the differences are wanted one by one, and not their summary alone
}

// DefaultMemory is the memory of one sorter, in bytes.
const DefaultMemory = 32 << 20

// Result is what a comparison found. Close it.
type Result struct {
	Summary Summary

	tmp  string
	rows *spill.Sorter
	it   *spill.Iterator
}

// Compare compares two versions of one corpus. The error is one of reading, of
// ctx, or of versions that cannot be compared.
func Compare(ctx context.Context, old, new *Side, o Options) (*Result, error) {
	if old.Manifest.Corpus != new.Manifest.Corpus {
		return nil, fmt.Errorf("these are versions of two corpora, %s and %s", old.Manifest.Corpus, new.Manifest.Corpus)
	}
	if o.Memory <= 0 {
		o.Memory = DefaultMemory
	}
	causes, err := newCauses(old, new)
	if err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp(o.Dir, "corpus-compare-")
	if err != nil {
		return nil, fmt.Errorf("no folder for temporary files: %w", spill.WithoutPath(err))
	}
	c := &comparison{
		ctx: ctx, old: old, new: new, tmp: tmp, memory: o.Memory,
		causes: causes, tally: newTally(), rank: map[string]byte{},
	}
	r := &Result{tmp: tmp}
	if o.Keep {
		c.out = c.sorter()
		r.rows = c.out
	}
	if err := c.run(r); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// Differences gives all differences, if they were to be kept: by table, record,
// change and column. It works once.
func (r *Result) Differences() iter.Seq2[Difference, error] {
	return func(yield func(Difference, error) bool) {
		if r.it == nil {
			return
		}
		for r.it.Next() {
			var d Difference
			if err := json.Unmarshal(r.it.Value(), &d); err != nil {
				yield(d, fmt.Errorf("reading a difference again: %w", err))
				return
			}
			if !yield(d, nil) {
				return
			}
		}
		if err := r.it.Err(); err != nil {
			yield(Difference{}, err)
		}
	}
}

// Close removes the temporary files.
func (r *Result) Close() {
	if r.it != nil {
		_ = r.it.Close()
	}
	if r.rows != nil {
		_ = r.rows.Close()
	}
	_ = os.RemoveAll(r.tmp)
}

// comparison is one comparison on its way.
type comparison struct {
	ctx      context.Context
	old, new *Side
	tmp      string
	memory   int64
	causes   *causes
	tally    *tally
	rank     map[string]byte // of tables in the order of the output
	out      *spill.Sorter   // nil where only the summary is wanted
}

func (c *comparison) sorter() *spill.Sorter {
	return spill.New(spill.Options{Dir: c.tmp, Memory: c.memory})
}

func (c *comparison) run(r *Result) error {
	order := []string{TableManifest, TableColumns}
	for _, t := range schema.Tables() {
		order = append(order, t.Name)
	}
	for i, name := range order {
		c.rank[name] = byte(i)
	}
	if err := c.manifests(); err != nil {
		return err
	}
	skip, err := c.columns()
	if err != nil {
		return err
	}
	if !skip {
		if err := c.tables(); err != nil {
			return err
		}
	}
	s := &r.Summary
	s.Corpus, s.Old, s.New = c.old.Manifest.Corpus, c.old.Manifest.Version, c.new.Manifest.Version
	s.Level, s.Reasons = c.tally.summary(order)
	s.Number = Number(s.Old, s.Level)
	for _, name := range order {
		t := c.tally.table(name)
		t.OldRows, t.NewRows = c.old.count(name), c.new.count(name)
		s.Tables = append(s.Tables, *t)
	}
	if c.out != nil {
		if r.it, err = c.out.Sort(); err != nil {
			return err
		}
	}
	return nil
}

// tables compares the rows of all tables.
func (c *comparison) tables() error {
	pairs := newPairs(c)
	defer pairs.close()
	if err := c.articles(pairs); err != nil {
		return fmt.Errorf("comparing the articles: %w", err)
	}
	if err := c.comments(pairs); err != nil {
		return fmt.Errorf("comparing the comments: %w", err)
	}
	if err := c.accounts(); err != nil {
		return fmt.Errorf("comparing the tables about them: %w", err)
	}
	return nil
}

// record takes the differences of one record, which have table, change, column,
// values and level, and gives them id, article and cause.
func (c *comparison) record(id, article, cause string, list []Difference) error {
	if len(list) == 0 {
		return nil
	}
	for i := range list {
		d := &list[i]
		d.RecordID = id
		if article != "" {
			d.ArticleID = &article
		}
		d.Cause = cause
		if d.Column != nil && *d.Column == "commenter_id" && d.Change == Edited {
			d.Cause = c.causes.commenter(cause)
		}
	}
	c.tally.record(list)
	if c.out == nil {
		return nil
	}
	for i := range list {
		d := &list[i]
		column, change := "", byte(0)
		if d.Column != nil {
			column = *d.Column
		}
		for n, name := range changes {
			if name == d.Change {
				change = byte(n)
			}
		}
		if err := add(c.out, spill.Key([]byte{c.rank[d.Table]}, []byte(id), []byte{change}, []byte(column)), d); err != nil {
			return err
		}
	}
	return nil
}

// whole is the difference of a record that came or went as a whole.
func whole(t schema.Table, change string) []Difference {
	return []Difference{{Table: t.Name, Change: change, Level: levelOfRecord(t, change)}}
}

// reidentified is the difference of a record with another id.
func reidentified(t schema.Table, old, new string) Difference {
	return Difference{Table: t.Name, Change: Reidentified, Column: &t.Key[0], Old: &old, New: &new, Level: Major}
}
