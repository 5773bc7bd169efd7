package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// canonical is v as JSON with fields in their order, map keys sorted, two
// blanks of indent and a line break at the end.
func canonical(v any) ([]byte, error) {
	data, err := json.Marshal(v, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return nil, err
	}
	return append(data, '\n'), nil
}

// parseCanonical reads what canonical wrote and refuses all else: unknown or
// doubled keys, invalid UTF-8, another layout.
func parseCanonical(data []byte, v any) error {
	if err := json.Unmarshal(data, v, json.RejectUnknownMembers(true)); err != nil {
		return err
	}
	again, err := canonical(v)
	if err != nil {
		return err
	}
	if !bytes.Equal(again, data) {
		return errors.New("it is not written as this version of corpus writes it: another version wrote it, or somebody changed it")
	}
	return nil
}

// readLimited is the content of a file of at most limit bytes; name names it
// in errors, which wrap fs.ErrNotExist where it is not there.
func readLimited(open func() (fs.File, error), name string, limit int64) ([]byte, error) {
	f, err := open()
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", name, withoutPath(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", name, withoutPath(err))
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s is larger than %d MiB: it is none of ours", name, limit>>20)
	}
	return data, nil
}

func opener(path string) func() (fs.File, error) {
	return func() (fs.File, error) { return os.Open(path) }
}
