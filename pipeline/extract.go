package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"

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
	Workers   int
	Stdin     io.Reader // what the file "-" reads

	Record   func(schema.Record) error // takes the documents, in the order of the files
	Rejected func(file, reason string) // takes what could not be used
	Excluded func(file, reason string) // takes what a rule leaves out; nil for not at all
}

// extracted is what one file gave: documents and rejections in their order.
type extracted struct {
	items []any // schema.Record or *skipped
	err   error
}

// Extract brings the documents of files into normal form and hands them over
// one by one, in the order of the files, whatever the number of workers.
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
	pages := newPages(config.DefaultLimits())
	group, ctx := errgroup.WithContext(ctx)
	queue := make(chan chan extracted, o.Workers)
	group.Go(func() error {
		defer close(queue)
		slots := make(chan struct{}, o.Workers)
		for _, file := range files {
			result := make(chan extracted, 1)
			select {
			case queue <- result:
			case <-ctx.Done():
				return ctx.Err()
			}
			slots <- struct{}{}
			group.Go(func() error {
				defer func() { <-slots }()
				result <- extractFile(ctx, file, pages, rules, o)
				return nil
			})
		}
		return nil
	})
	i := 0
	var failed error
	for result := range queue {
		r := <-result
		if failed == nil {
			failed = handOver(files[i], r, o)
		}
		i++
	}
	return errors.Join(failed, group.Wait())
}

// skipped is a document that gave no record.
type skipped struct {
	reason   string
	excluded bool // by a rule
}

func skip(locator string, r *read.Rejection) *skipped {
	reason := r.Error()
	if locator != "" {
		reason = locator + ": " + reason
	}
	return &skipped{reason, r.Excluded}
}

func handOver(file string, r extracted, o ExtractOptions) error {
	for _, item := range r.items {
		switch item := item.(type) {
		case schema.Record:
			if err := o.Record(item); err != nil {
				return err
			}
		case *skipped:
			if !item.excluded {
				o.Rejected(file, item.reason)
			} else if o.Excluded != nil {
				o.Excluded(file, item.reason)
			}
		}
	}
	return r.err
}

func extractFile(ctx context.Context, file string, pages *pages, rules normalize.Rules, o ExtractOptions) (result extracted) {
	body, err := readAll(file, o.Stdin, pages.limits.Bytes)
	if err != nil {
		if r, ok := rejection(err); ok {
			result.items = append(result.items, skip("", r))
			return result
		}
		result.err = err
		return result
	}
	sum := sha256.Sum256(body)
	index := &plan.IndexRow{URL: o.URL}
	emit := func(doc *read.Document, rejected *read.Rejection, locator string) error {
		if rejected != nil {
			result.items = append(result.items, skip(locator, rejected))
			return nil
		}
		origin := normalize.Origin{SourceID: rules.SourceID, InputSHA256: hex.EncodeToString(sum[:]), Locator: doc.Locator}
		normal, err := pages.document(doc, origin, rules, index)
		if r, ok := rejection(err); ok {
			result.items = append(result.items, skip(doc.Locator, r))
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		result.items = append(result.items, normal.Record(file))
		return nil
	}
	err = plan.ReadBytes(ctx, body, o.Format, file, pages.limits, emit)
	if r, ok := rejection(err); ok {
		result.items = append(result.items, skip("", r))
		err = nil
	}
	result.err = err
	return result
}

// readAll reads a file, or standard input for "-", up to limit bytes.
func readAll(file string, stdin io.Reader, limit int64) ([]byte, error) {
	in := stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, usage(err)
		}
		defer f.Close()
		in = f
	}
	body, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, &read.Rejection{Reason: schema.ReasonUnreadable, Detail: err.Error()}
	}
	if int64(len(body)) > limit {
		return nil, &read.Rejection{Reason: schema.ReasonTooLarge, Detail: fmt.Sprintf("more than %d bytes", limit)}
	}
	return body, nil
}
