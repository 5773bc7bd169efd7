package compare

import (
	"reflect"

	"corpus/pipeline/spill"
	"corpus/schema"
)

// articles compares the articles and finds out which of those that are in one
// version alone are the same under another id.
func (c *comparison) articles(pairs *pairs) error {
	cells := newCells(schema.TableArticles)
	key := func(a *schema.Article) []byte { return []byte(a.ArticleID) }
	gone, come := c.sorter(), c.sorter() // rows of one version alone, by id
	defer gone.Close()
	defer come.Close()
	matcher := newMatcher(c)
	defer matcher.close()
	err := join(c.ctx,
		ordered(rowsOf[schema.Article](c.old, c.new, schema.TableArticles), key),
		ordered(rowsOf[schema.Article](c.new, c.old, schema.TableArticles), key),
		func(a, b *schema.Article) error {
			switch {
			case b == nil:
				if err := matcher.add(candidateOf(a, false)); err != nil {
					return err
				}
				return add(gone, key(a), a)
			case a == nil:
				if err := matcher.add(candidateOf(b, true)); err != nil {
					return err
				}
				return add(come, key(b), b)
			}
			return c.article(cells, a, b, nil)
		})
	if err != nil {
		return err
	}
	if err := matcher.match(pairs.add); err != nil {
		return err
	}
	return c.unmatchedArticles(cells, pairs, gone, come)
}

// article compares an article that is in both versions. first is what is known
// of it already.
func (c *comparison) article(cells *cells, a, b *schema.Article, first []Difference) error {
	list, err := cells.compare(reflect.ValueOf(a), reflect.ValueOf(b))
	if err != nil {
		return err
	}
	takenDown(list, b.State, a.Spans, b.Spans)
	list = append(first, presentOrNot(cells.table, a.State, b.State, list)...)
	cause := takedownCause(c.causes.record(a.InputSHA256, b.InputSHA256), a.State, b.State, a.Spans, b.Spans)
	return c.record(b.ArticleID, "", cause, list)
}

// presentOrNot: where a record begins or ceases to stand for one that is not
// there, it was added or removed, whatever its columns say.
func presentOrNot(t schema.Table, old, new string, list []Difference) []Difference {
	if absent(old) == absent(new) {
		return list
	}
	change := Added
	if absent(new) {
		change = Removed
	}
	column := "state"
	return []Difference{{Table: t.Name, Change: change, Column: &column, Old: &old, New: &new, Level: levelOfRecord(t, change)}}
}

// unmatchedArticles reports articles that came, went, or have another id.
func (c *comparison) unmatchedArticles(cells *cells, pairs *pairs, gone, come *spill.Sorter) error {
	both := c.sorter() // rows of pairs, by new id, the old one first
	defer both.Close()
	for _, side := range []struct {
		rows   *spill.Sorter
		ids    *lookup
		change string
		order  byte
	}{
		{gone, pairs.ofArticles(false), Removed, 0},
		{come, pairs.ofArticles(true), Added, 1},
	} {
		it, err := side.rows.Sort()
		if err != nil {
			return err
		}
		s := fromSorter[schema.Article](it)
		err = each(c.ctx, s, func(row *schema.Article) error {
			newID, ok, err := side.ids.find(row.ArticleID)
			if err != nil {
				return err
			}
			if ok {
				return add(both, spill.Key([]byte(newID), []byte{side.order}), row)
			}
			old, new := row.InputSHA256, ""
			if side.change == Added {
				old, new = new, old
			}
			return c.record(row.ArticleID, "", c.causes.record(old, new), whole(cells.table, side.change))
		})
		if err != nil {
			return err
		}
	}
	it, err := both.Sort()
	if err != nil {
		return err
	}
	var old *schema.Article
	return each(c.ctx, fromSorter[schema.Article](it), func(row *schema.Article) error {
		if old == nil {
			kept := *row
			old = &kept
			return nil
		}
		first := []Difference{reidentified(cells.table, old.ArticleID, row.ArticleID)}
		err := c.article(cells, old, row, first)
		old = nil
		return err
	})
}

// candidate is an article that is in one version alone.
type candidate struct {
	ID, URL, Text string
	New           bool
}

func candidateOf(a *schema.Article, isNew bool) candidate {
	return candidate{ID: a.ArticleID, URL: value(a.CanonicalURL), Text: value(a.TextSHA256), New: isNew}
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// matcher finds articles that are the same under another id: by address and
// text, then by address, then by text. What several articles of one version
// have in common tells nothing.
type matcher struct {
	c      *comparison
	stages [3]*spill.Sorter
}

func newMatcher(c *comparison) *matcher {
	m := &matcher{c: c}
	for i := range m.stages {
		m.stages[i] = c.sorter()
	}
	return m
}

func (m *matcher) close() {
	for _, s := range m.stages {
		_ = s.Close()
	}
}

func (m *matcher) add(x candidate) error { return m.put(x, 0) }

// put puts a candidate into the first stage from stage on that it has a key for.
func (m *matcher) put(x candidate, stage int) error {
	for ; stage < len(m.stages); stage++ {
		var k []byte
		switch {
		case stage == 0 && x.URL != "" && x.Text != "":
			k = spill.Key([]byte(x.URL), []byte(x.Text))
		case stage == 1 && x.URL != "":
			k = []byte(x.URL)
		case stage == 2 && x.Text != "":
			k = []byte(x.Text)
		default:
			continue
		}
		return add(m.stages[stage], k, x)
	}
	return nil
}

// match calls pair with the ids of every pair.
func (m *matcher) match(pair func(old, new string) error) error {
	for stage, sorter := range m.stages {
		it, err := sorter.Sort()
		if err != nil {
			return err
		}
		err = unique(m.c.ctx, fromSorter[candidate](it),
			func(x *candidate) bool { return x.New },
			func(a, b *candidate) error { return pair(a.ID, b.ID) },
			func(x *candidate) error { return m.put(*x, stage+1) })
		if err != nil {
			return err
		}
	}
	return nil
}
