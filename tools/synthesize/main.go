// Command synthesize writes documents that look like a corpus and are nobody's;
// see the package synthetic.
//
//	synthesize -n 1000 -format html pages/     a file a page, in folders of 1000
//	synthesize -n 1000 -format jsonl in.jsonl  one file, a record a line
//	synthesize -n 1000 -format warc in.warc    one file, a record a page
//
// Benchmarks and the tests of memory and crashes use it.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"corpus/tools/synthesize/synthetic"
)

func main() {
	var o options
	flag.Uint64Var(&o.seed, "seed", 1, "what the documents follow from")
	flag.Uint64Var(&o.first, "first", 0, "number of the first document")
	flag.Uint64Var(&o.n, "n", 1000, "how many documents")
	flag.StringVar(&o.format, "format", "html", "html, jsonl or warc")
	flag.IntVar(&o.words, "words", 300, "words of an article, on average")
	flag.IntVar(&o.comments, "comments", 6, "comments of a thread, on average")
	flag.Parse()
	if flag.NArg() != 1 || o.words < 20 || o.comments < 0 {
		flag.Usage()
		os.Exit(2)
	}
	o.to = flag.Arg(0)
	if err := o.run(); err != nil {
		fmt.Fprintln(os.Stderr, "synthesize:", err)
		os.Exit(1)
	}
}

type options struct {
	seed, first, n  uint64
	format, to      string
	words, comments int
}

func (o *options) run() error {
	m := synthetic.New(o.seed, o.words, o.comments)
	switch o.format {
	case "html":
		return o.pages(m)
	case "jsonl":
		return o.file(m.Record)
	case "warc":
		return o.file(func(i uint64) ([]byte, error) { return m.WARC(i), nil })
	}
	return fmt.Errorf("no format is called %q: there are html, jsonl and warc", o.format)
}

// pages writes a file a document.
func (o *options) pages(m *synthetic.Maker) error {
	for i := o.first; i < o.first+o.n; i++ {
		path := filepath.Join(o.to, fmt.Sprintf("%04d", i/1000), fmt.Sprintf("%07d.html", i))
		if i == o.first || i%1000 == 0 {
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				return err
			}
		}
		if err := os.WriteFile(path, []byte(m.Page(i)), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// file writes all documents into one file.
func (o *options) file(document func(uint64) ([]byte, error)) (err error) {
	f, err := os.Create(o.to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	for i := o.first; i < o.first+o.n; i++ {
		body, err := document(i)
		if err != nil {
			return err
		}
		if _, err := w.Write(body); err != nil {
			return err
		}
	}
	return w.Flush()
}
