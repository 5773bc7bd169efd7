package release

import (
	"fmt"
	"iter"
	"reflect"

	"corpus/pipeline/store"
	"corpus/schema"
)

// stream gives the rows of a table one by one, after the checks that a row
// needs no other table for: order, key, shard, ids, vocabularies. It keeps two
// rows.
type stream[T any] struct {
	v     *verifier
	table schema.Table
	order *store.Order[T]
	check columnChecks
	next  func() (T, error, bool)
	stop  func()
	file  string // of the current row

	row  T // the current row
	ok   bool
	prev T
	seen bool
}

// open begins a table at its first row. Close it.
func open[T any](v *verifier, table string) (*stream[T], error) {
	order, err := store.NewOrder[T](table)
	if err != nil {
		return nil, err
	}
	t, _ := schema.TableOf(table) // NewOrder found it
	s := &stream[T]{v: v, table: t, order: order, check: v.checksFor(t)}
	files := v.manifest.TableFiles(table)
	s.next, s.stop = iter.Pull2(func(yield func(T, error) bool) {
		for shard, info := range files {
			s.file = info.Path
			for row, err := range store.FileRows[T](v.dir, info) {
				if err == nil {
					s.checkRow(&row, shard, len(files))
				}
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	})
	if err := s.advance(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *stream[T]) close() { s.stop() }

// advance goes to the next row; ok is false at the end.
func (s *stream[T]) advance() error {
	if err := s.v.ctx.Err(); err != nil {
		return err
	}
	var err error
	s.row, err, s.ok = s.next()
	if err != nil {
		// Sizes and digests are right, so the file was written like this.
		s.problem("", "", err.Error())
		return errStop
	}
	return nil
}

func (s *stream[T]) problem(record, column, what string) {
	s.v.problem(Problem{File: s.file, Table: s.table.Name, Record: record, Column: column, What: what})
}

// wrong reports a problem of the current row; it is a reporter.
func (s *stream[T]) wrong(column, format string, args ...any) {
	s.problem(store.RowName(s.table, &s.row), column, fmt.Sprintf(format, args...))
}

func (s *stream[T]) checkRow(row *T, shard, shards int) {
	report := func(column, what string) { s.problem(store.RowName(s.table, row), column, what) }
	if s.seen {
		if err := s.order.Check(&s.prev, row); err != nil {
			report("", err.Error())
		}
	}
	s.prev, s.seen = *row, true
	v := reflect.ValueOf(row).Elem()
	if c, sharded := s.table.Column(s.table.Shard); sharded {
		right, err := store.ShardOf(v.FieldByIndex(c.Index).String(), shards)
		if err == nil && right != shard {
			report(c.Name, fmt.Sprintf("stands in shard %d of %d, it belongs to shard %d", shard, shards, right))
		}
	}
	s.check.row(v, report)
	s.v.released.row(s.table.Name, row, report)
}
