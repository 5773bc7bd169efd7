package compare

import (
	"bytes"
	"context"

	"corpus/pipeline/spill"
)

// each calls f with every row of s.
func each[T any](ctx context.Context, s *stream[T], f func(*T) error) error {
	defer s.stop()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.advance(); err != nil {
			return err
		}
		if !s.ok {
			return nil
		}
		row := s.row
		if err := f(&row); err != nil {
			return err
		}
	}
}

// unique calls pair where exactly one row of either version has a key, and
// alone with all other rows. It holds two rows.
func unique[T any](ctx context.Context, s *stream[T], isNew func(*T) bool, pair func(old, new *T) error, alone func(*T) error) error {
	var key []byte
	var held [2]*T
	many := false
	flush := func() error {
		defer func() { held, many = [2]*T{}, false }()
		if !many && held[0] != nil && held[1] != nil {
			return pair(held[0], held[1])
		}
		for _, row := range held {
			if row != nil {
				if err := alone(row); err != nil {
					return err
				}
			}
		}
		return nil
	}
	err := each(ctx, s, func(row *T) error {
		if !bytes.Equal(s.key, key) {
			if err := flush(); err != nil {
				return err
			}
			key = bytes.Clone(s.key)
		}
		side := 0
		if isNew(row) {
			side = 1
		}
		if held[side] == nil {
			held[side] = row
			return nil
		}
		many = true
		return alone(row)
	})
	if err != nil {
		return err
	}
	return flush()
}

// pairs are the articles that are the same under another id. They are asked for
// twice, with the ids of the old and of the new version: each time in ascending
// order.
type pairs struct {
	sorters [4]*spill.Sorter // for the articles by old and new id, for the comments by old and new id
	lookups [4]*lookup
}

func newPairs(c *comparison) *pairs {
	p := &pairs{}
	for i := range p.sorters {
		p.sorters[i] = c.sorter()
	}
	return p
}

func (p *pairs) close() {
	for i, s := range p.sorters {
		if p.lookups[i] != nil && p.lookups[i].rows != nil {
			p.lookups[i].rows.stop()
		}
		_ = s.Close()
	}
}

func (p *pairs) add(old, new string) error {
	for i, s := range p.sorters {
		id := old
		if i%2 == 1 {
			id = new
		}
		if err := add(s, []byte(id), new); err != nil {
			return err
		}
	}
	return nil
}

func (p *pairs) ofArticles(byNew bool) *lookup { return p.lookup(0, byNew) }
func (p *pairs) ofComments(byNew bool) *lookup { return p.lookup(2, byNew) }

func (p *pairs) lookup(i int, byNew bool) *lookup {
	if byNew {
		i++
	}
	p.lookups[i] = &lookup{sorter: p.sorters[i]}
	return p.lookups[i]
}

// lookup gives the new id of an article of a pair.
type lookup struct {
	sorter *spill.Sorter
	rows   *stream[string] // nil before the first question
}

// find gives the new id; ids have to come in ascending order.
func (l *lookup) find(id string) (newID string, ok bool, err error) {
	if l.rows == nil {
		it, err := l.sorter.Sort()
		if err != nil {
			return "", false, err
		}
		l.rows = fromSorter[string](it)
		if err := l.rows.advance(); err != nil {
			return "", false, err
		}
	}
	for l.rows.ok && string(l.rows.key) < id {
		if err := l.rows.advance(); err != nil {
			return "", false, err
		}
	}
	if l.rows.ok && string(l.rows.key) == id {
		return l.rows.row, true, nil
	}
	return "", false, nil
}
