package pipeline

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"

	"corpus/pipeline/plan"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
)

// inputsRead collects what the lock says of every input: its size and the digest
// of the bytes that were read. It lies on disk where it does not fit into memory.
type inputsRead struct {
	sorter *spill.Sorter
	list   *spill.List // once sorted
}

// add enters an input that was read, or could not be. It is safe for concurrent use.
func (r *inputsRead) add(in *plan.Input) error {
	return r.enter(store.LockFile{Source: in.Source.ID, Path: in.Path, Bytes: in.Size, SHA256: in.SHA256})
}

func (r *inputsRead) enter(f store.LockFile) error {
	digest, err := hex.DecodeString(f.SHA256)
	if err != nil {
		return fmt.Errorf("%s: a digest that is none: %w", f.Path, err)
	}
	return r.sorter.Add(spill.Key([]byte(f.Source), []byte(f.Path)), append(binary.AppendUvarint(nil, uint64(f.Bytes)), digest...))
}

// sort puts them into the order of the lock.
func (r *inputsRead) sort(ctx context.Context, o spill.Options) error {
	rows, err := r.sorter.Sort()
	if err != nil {
		return fmt.Errorf("sorting the inputs: %w", err)
	}
	defer rows.Close()
	r.list = spill.NewList(o)
	var record []byte
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		record = append(binary.AppendUvarint(record[:0], uint64(len(rows.Key()))), rows.Key()...)
		if err := r.list.Add(append(record, rows.Value()...)); err != nil {
			return fmt.Errorf("sorting the inputs: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("sorting the inputs: %w", err)
	}
	return nil
}

// all gives them out in the order of the lock, as often as it is asked.
func (r *inputsRead) all() iter.Seq2[store.LockFile, error] {
	return func(yield func(store.LockFile, error) bool) {
		for record, err := range r.list.All() {
			if err != nil {
				yield(store.LockFile{}, fmt.Errorf("the inputs that were read: %w", err))
				return
			}
			n, size := binary.Uvarint(record)
			key, rest := record[size:size+int(n)], record[size+int(n):]
			parts, err := spill.Parts(key)
			if err != nil || len(parts) != 2 {
				yield(store.LockFile{}, fmt.Errorf("the inputs that were read: %w", spill.ErrKey))
				return
			}
			bytes, size := binary.Uvarint(rest)
			f := store.LockFile{Source: string(parts[0]), Path: string(parts[1]), Bytes: int64(bytes), SHA256: hex.EncodeToString(rest[size:])}
			if !yield(f, nil) {
				return
			}
		}
	}
}

func (r *inputsRead) close() {
	_ = r.sorter.Close() // the folder of the build goes anyway
	if r.list != nil {
		_ = r.list.Close()
	}
}

// rejections collects what the lock says of the documents that were rejected.
// Their order is that of the lock, which is not the ledger's.
type rejections struct{ sorter *spill.Sorter }

func (r *rejections) add(d store.LockRejected) error {
	return r.sorter.Add(spill.Key([]byte(d.Source), []byte(d.Path), []byte(d.Locator), []byte(d.Reason)), nil)
}

// all gives them out once.
func (r *rejections) all() iter.Seq2[store.LockRejected, error] {
	return func(yield func(store.LockRejected, error) bool) {
		rows, err := r.sorter.Sort()
		if err != nil {
			yield(store.LockRejected{}, fmt.Errorf("sorting what was rejected: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			parts, err := spill.Parts(rows.Key())
			if err != nil || len(parts) != 4 {
				yield(store.LockRejected{}, fmt.Errorf("sorting what was rejected: %w", spill.ErrKey))
				return
			}
			if !yield(store.LockRejected{Source: string(parts[0]), Path: string(parts[1]), Locator: string(parts[2]), Reason: string(parts[3])}, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(store.LockRejected{}, fmt.Errorf("sorting what was rejected: %w", err))
		}
	}
}
