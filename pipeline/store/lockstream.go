package store

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// noLists is how a lock without inputs and rejected documents ends.
const noLists = "  \"inputs\": [],\n  \"rejected\": []\n}\n"

// WriteTo writes l as corpus.lock to w. The inputs and the rejected documents
// are those of the two sequences, which have to be in the order of their keys;
// those in l are not looked at. An error of a sequence ends it.
func (l *Lock) WriteTo(w io.Writer, inputs iter.Seq2[LockFile, error], rejected iter.Seq2[LockRejected, error]) error {
	head := l.head()
	if err := head.check(); err != nil {
		return fmt.Errorf("writing corpus.lock: %w", err)
	}
	data, err := canonical(head)
	if err != nil {
		return fmt.Errorf("writing corpus.lock: %w", err)
	}
	begin, ok := bytes.CutSuffix(data, []byte(noLists))
	if !ok {
		return errors.New("writing corpus.lock: inputs and rejected are not its last fields")
	}
	out := bufio.NewWriterSize(w, 64<<10)
	out.Write(begin) // Flush says what failed
	if err := writeList(out, "inputs", inputs, checkedFiles()); err != nil {
		return err
	}
	out.WriteString(",\n")
	if err := writeList(out, "rejected", rejected, checkedRejected()); err != nil {
		return err
	}
	out.WriteString("\n}\n")
	return out.Flush()
}

// head is l without the lists that grow with the inputs, ready to be written.
func (l *Lock) head() *Lock {
	head := *l
	head.Schema, head.Inputs, head.Rejected = LockSchema, nil, nil
	return &head
}

// writeList writes a list of the lock as canonical does.
func writeList[T any](out *bufio.Writer, name string, list iter.Seq2[T, error], check func(T) error) error {
	fmt.Fprintf(out, "  %q: [", name)
	n := 0
	for x, err := range list {
		if err != nil {
			return err
		}
		if err := check(x); err != nil {
			return fmt.Errorf("writing corpus.lock: %w", err)
		}
		data, err := json.Marshal(x, jsontext.WithIndentPrefix("    "), jsontext.WithIndent("  "))
		if err != nil {
			return fmt.Errorf("writing corpus.lock: %w", err)
		}
		if n++; n > 1 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		if _, err := out.Write(data); err != nil {
			return err
		}
	}
	if n > 0 {
		out.WriteString("\n  ")
	}
	out.WriteByte(']')
	return nil
}

// LockReader reads a corpus.lock from its beginning to its end, strictly and in
// memory that does not grow with it: first Head, then Inputs, then Rejected. That
// it is as this program writes it is known when the last of them came to its end.
type LockReader struct {
	Head *Lock // without inputs and rejected documents

	in     *jsontext.Decoder
	again  *comparison // what canonical makes of it, held against its bytes
	list   int         // lists that were begun
	err    error
	closed []io.Closer
}

// maxLockHead bounds what stands before the inputs, in bytes.
const maxLockHead = 64 << 20

// OpenLock opens the lock at path. The error wraps os.ErrNotExist where it is
// not there.
func OpenLock(path string) (*LockReader, error) {
	var files [2]*os.File
	for i := range files {
		f, err := os.Open(path)
		if err != nil {
			if i > 0 {
				files[0].Close()
			}
			return nil, fmt.Errorf("%s cannot be read: %w", filepath.Base(path), withoutPath(err))
		}
		files[i] = f
	}
	r, err := newLockReader(files[0], files[1])
	if err != nil {
		files[0].Close()
		files[1].Close()
		return nil, err
	}
	r.closed = []io.Closer{files[0], files[1]}
	return r, nil
}

// newLockReader reads a lock from in; same gives the same bytes again.
func newLockReader(in, same io.Reader) (*LockReader, error) {
	r := &LockReader{in: jsontext.NewDecoder(bufio.NewReaderSize(in, 64<<10)), again: &comparison{with: bufio.NewReaderSize(same, 64<<10)}}
	if err := r.readHead(); err != nil {
		return nil, lockError(err)
	}
	return r, nil
}

func lockError(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("corpus.lock cannot be read: %w", path.Err)
	}
	return fmt.Errorf("corpus.lock: %w", err)
}

var errNotCanonical = errors.New("it is not written as this version of corpus writes it: another version wrote it, or somebody changed it")

// readHead gathers the fields up to the inputs.
func (r *LockReader) readHead() error {
	if t, err := r.in.ReadToken(); err != nil {
		return err
	} else if t.Kind() != '{' {
		return errors.New("it is no JSON object")
	}
	head := []byte{'{'}
	for {
		if r.in.PeekKind() == '}' {
			return errors.New("it names no inputs")
		}
		name, err := r.in.ReadValue()
		if err != nil {
			return err
		}
		if string(name) == `"inputs"` {
			break
		}
		if len(head) > 1 {
			head = append(head, ',')
		}
		head = append(append(head, name...), ':')
		value, err := r.in.ReadValue()
		if err != nil {
			return err
		}
		if head = append(head, value...); len(head) > maxLockHead {
			return errors.New("it is none of ours: too much stands before the inputs")
		}
	}
	l := &Lock{}
	if err := json.Unmarshal(append(head, '}'), l, json.RejectUnknownMembers(true)); err != nil {
		return err
	}
	if err := l.check(); err != nil {
		return err
	}
	data, err := canonical(l)
	if err != nil {
		return err
	}
	begin, ok := bytes.CutSuffix(data, []byte(noLists))
	if !ok {
		return errNotCanonical
	}
	r.Head = l
	_, err = r.again.Write(begin)
	return err
}

// Inputs gives out the files that were read, by source and path. It works once.
func (r *LockReader) Inputs() iter.Seq2[LockFile, error] {
	return readList(r, 0, "inputs", checkedFiles())
}

// Rejected gives out the documents that were rejected, by source, path, locator
// and reason. It works once, after Inputs came to its end.
func (r *LockReader) Rejected() iter.Seq2[LockRejected, error] {
	return readList(r, 1, "rejected", checkedRejected())
}

// readList gives out a list of the lock. What is read is written again at the
// same time, which shows whether it is as we write it.
func readList[T any](r *LockReader, place int, name string, check func(T) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		if r.err == nil && r.list != place {
			r.err = fmt.Errorf("store: %s of a lock are read out of their order", name)
		}
		if r.err != nil {
			yield(zero, r.err)
			return
		}
		r.list = place + 1
		whole := false
		values := func(each func(T, error) bool) {
			if err := r.begin(place, name); err != nil {
				each(zero, err)
				return
			}
			for r.in.PeekKind() != ']' {
				var x T
				if err := json.UnmarshalDecode(r.in, &x, json.RejectUnknownMembers(true)); err != nil {
					each(zero, err)
					return
				}
				if !each(x, nil) || !yield(x, nil) {
					return
				}
			}
			if _, err := r.in.ReadToken(); err != nil {
				each(zero, err)
				return
			}
			whole = true
		}
		out := bufio.NewWriterSize(r.again, 64<<10)
		err := writeList(out, name, values, check)
		switch {
		case err != nil:
		case !whole:
			r.err = errors.New("store: a list of a lock was not read to its end")
			return
		case place == 0:
			out.WriteString(",\n")
			err = out.Flush()
		default:
			out.WriteString("\n}\n")
			if err = out.Flush(); err == nil {
				err = r.end()
			}
		}
		if err != nil {
			r.err = lockError(err)
			yield(zero, r.err)
		}
	}
}

// begin goes to the first element of a list.
func (r *LockReader) begin(place int, name string) error {
	if place > 0 { // the name of the first one was read with the head
		got, err := r.in.ReadValue()
		if err != nil {
			return err
		}
		if string(got) != `"`+name+`"` {
			return errNotCanonical
		}
	}
	t, err := r.in.ReadToken()
	if err == nil && t.Kind() != '[' {
		err = fmt.Errorf("%s is no list", name)
	}
	return err
}

// end looks at what stands behind the lists.
func (r *LockReader) end() error {
	if _, err := r.in.ReadToken(); err != nil {
		return err
	}
	return r.again.end()
}

// Rest reads what was not read yet and drops it.
func (r *LockReader) Rest() error {
	if r.list == 0 {
		for _, err := range r.Inputs() {
			if err != nil {
				return err
			}
		}
	}
	if r.err == nil && r.list == 1 {
		for _, err := range r.Rejected() {
			if err != nil {
				return err
			}
		}
	}
	return r.err
}

// Close closes the file.
func (r *LockReader) Close() {
	for _, c := range r.closed {
		_ = c.Close() // it was only read
	}
	r.closed = nil
}

// comparison takes bytes that have to be those of another reader.
type comparison struct {
	with  *bufio.Reader
	bytes []byte
}

func (c *comparison) Write(p []byte) (int, error) {
	c.bytes = append(c.bytes[:0], p...)
	if _, err := io.ReadFull(c.with, c.bytes); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	} else if err != nil || !bytes.Equal(c.bytes, p) {
		return 0, errNotCanonical
	}
	return len(p), nil
}

// end is an error where the other reader has more.
func (c *comparison) end() error {
	if _, err := c.with.ReadByte(); !errors.Is(err, io.EOF) {
		return cmp.Or(err, errNotCanonical)
	}
	return nil
}

// LockHead is the lock at path without inputs and rejected documents. All of the
// file is read and checked. The error wraps os.ErrNotExist where it is not there.
func LockHead(path string) (*Lock, error) {
	r, err := OpenLock(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.Head, r.Rest()
}
