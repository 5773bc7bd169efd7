package resolve

import (
	"fmt"
	"iter"
	"sync"

	"corpus/pipeline/spill"
)

// Previous holds the splits of a previous version on disk, for SplitOptions.
type Previous struct {
	table *table

	mu  sync.Mutex
	err error
}

// NewPrevious takes ids and their splits, in ascending order of the ids and
// each once, into a file called name in the folder dir. Close it.
func NewPrevious(dir, name string, splits iter.Seq2[[2]string, error]) (*Previous, error) {
	w, err := newTableWriter(dir, name)
	if err != nil {
		return nil, err
	}
	for s, err := range splits {
		if err == nil {
			err = w.add([]byte(s[0]), []byte(s[1]))
		}
		if err != nil {
			w.abort()
			return nil, fmt.Errorf("reading the splits of the previous version: %w", err)
		}
	}
	t, err := w.finish()
	if err != nil {
		w.abort()
		return nil, err
	}
	return &Previous{table: t}, nil
}

// Sorted gives what a sorter holds as NewPrevious takes it: keys are ids,
// values their splits, and an id that stands twice is given once.
func Sorted(rows *spill.Iterator) iter.Seq2[[2]string, error] {
	return func(yield func([2]string, error) bool) {
		defer rows.Close()
		last := ""
		for rows.Next() {
			id := string(rows.Key())
			if id == last {
				continue
			}
			last = id
			if !yield([2]string{id, string(rows.Value())}, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield([2]string{}, err)
		}
	}
}

// Split is the split that an id had. Where the disk fails it says that there
// was none, and Err tells.
func (p *Previous) Split(id string) (string, bool) {
	split, ok, err := p.table.get(id)
	if err != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.err == nil {
			p.err = fmt.Errorf("looking up a split of the previous version: %w", err)
		}
		return "", false
	}
	return split, ok
}

// Err is the first error of Split.
func (p *Previous) Err() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// Close closes the file, which goes with its folder.
func (p *Previous) Close() { p.table.close() }
