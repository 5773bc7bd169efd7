package pipeline

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"corpus/pipeline/config"
	"corpus/pipeline/normalize"
	"corpus/pipeline/plan"
	"corpus/pipeline/read"
	"corpus/schema"
)

// ExtractOptions say how Extract reads files outside of a corpus.
type ExtractOptions struct {
	Format    string // as in corpus.yaml
	URL       string // address of pages that state none
	TimeZone  string
	Languages []string
	Locator   string // only the document at this place in its file; "" for all
	Workers   int
	Stdin     io.Reader // what the file "-" reads

	Record   func(schema.Record) error // takes the documents, in the order of the files
	Rejected func(file, reason string) // takes what could not be used
	Excluded func(file, reason string) // takes what a rule leaves out; nil for not at all
}

// extracted is a document of a file, or what could not be used of it.
type extracted struct {
	record  *schema.Record
	skipped *read.Rejection // set where there is no record
	locator string          // of what is skipped; "" for the file
	err     error           // ends the file and, handed over, everything
}

// collectLess lets the heap of extract grow to five times what is in use before
// it is collected, up to half a gigabyte, which saves a tenth of the processor
// time; restore gives back what was set.
func collectLess() (restore func()) {
	limit, percent := debug.SetMemoryLimit(512<<20), debug.SetGCPercent(400)
	return func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
	}
}

// ahead is how many documents of a file may wait for those of the files before.
const ahead = 16

// Extract brings the documents of files into normal form and hands them over
// one by one, in the order of the files, whatever the number of workers. It
// streams: memory does not grow with the files.
func Extract(ctx context.Context, files []string, o ExtractOptions) error {
	source := &config.Source{ID: "extract", Format: o.Format, TimeZone: o.TimeZone, Languages: o.Languages}
	rules, err := rulesOf(source)
	if err != nil {
		return usage(err)
	}
	if o.Format != read.FormatAuto {
		if _, err := read.For(o.Format); err != nil {
			return usage(err)
		}
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	e := &extraction{ExtractOptions: o, pages: newPages(config.DefaultLimits()), rules: rules}
	defer collectLess()()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := make(chan chan extracted, o.Workers)
	var group errgroup.Group
	group.Go(func() error {
		defer close(queue)
		slots := make(chan struct{}, o.Workers)
		for _, file := range files {
			results := make(chan extracted, ahead)
			select {
			case queue <- results:
			case <-ctx.Done():
				return nil
			}
			slots <- struct{}{}
			group.Go(func() error {
				defer func() { <-slots }()
				defer close(results)
				e.file(ctx, file, results)
				return nil
			})
		}
		return nil
	})
	i := 0
	var failed error
	for results := range queue {
		for r := range results {
			if failed != nil {
				continue // so that no worker waits for ever
			}
			if failed = e.handOver(files[i], r); failed != nil {
				cancel()
			}
		}
		i++
	}
	_ = group.Wait() // no worker gives an error: they stand in the results
	if failed == nil {
		failed = ctx.Err()
	}
	return failed
}

// extraction is one run of Extract.
type extraction struct {
	ExtractOptions
	pages *pages
	rules normalize.Rules
}

func (e *extraction) handOver(file string, r extracted) error {
	switch {
	case r.err != nil:
		return r.err
	case r.record != nil:
		return e.Record(*r.record)
	}
	reason := r.skipped.Error()
	if r.locator != "" {
		reason = r.locator + ": " + reason
	}
	if !r.skipped.Excluded {
		e.Rejected(file, reason)
	} else if e.Excluded != nil {
		e.Excluded(file, reason)
	}
	return nil
}

// file reads one file and sends what it gives.
func (e *extraction) file(ctx context.Context, file string, results chan<- extracted) {
	send := func(r extracted) error {
		select {
		case results <- r:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	in := e.Stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			_ = send(extracted{err: usage(err)}) // a context that ended needs no message
			return
		}
		defer f.Close()
		in = f
	}
	index := &plan.IndexRow{URL: e.URL}
	emit := func(doc *read.Document, rejected *read.Rejection, locator string) error {
		if e.Locator != "" && locator != e.Locator {
			return nil
		}
		if rejected != nil {
			return send(extracted{skipped: rejected, locator: locator})
		}
		return e.document(file, doc, index, send)
	}
	err := plan.ReadStream(ctx, in, e.Format, filepath.Base(file), read.Rules{}, e.pages.limits, emit)
	if r, ok := rejection(err); ok {
		err = send(extracted{skipped: r})
	}
	if err != nil && ctx.Err() == nil {
		_ = send(extracted{err: fmt.Errorf("%s: %w", file, err)})
	}
}

func (e *extraction) document(file string, doc *read.Document, index *plan.IndexRow, send func(extracted) error) error {
	if doc.Revisit {
		return send(extracted{locator: doc.Locator, skipped: &read.Rejection{
			Reason: schema.ReasonRevisit, Detail: "a build joins it to the record with the same payload", Excluded: true,
		}})
	}
	origin := normalize.Origin{SourceID: e.rules.SourceID, Locator: doc.Locator, CapturedAt: capturedAt(doc, nil)}
	normal, err := e.pages.document(doc, origin, e.rules, index)
	if r, ok := rejection(err); ok {
		return send(extracted{skipped: r, locator: doc.Locator})
	}
	if err != nil {
		return err
	}
	record := normal.Record(file)
	return send(extracted{record: &record})
}
