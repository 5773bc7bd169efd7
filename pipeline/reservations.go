package pipeline

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"

	"corpus/licenses"
	"corpus/pipeline/assemble"
	"corpus/pipeline/normalize"
	"corpus/pipeline/plan"
	"corpus/pipeline/read"
	"corpus/schema"
)

// reservationsDetail is what the ledger says of a file by which a server
// reserves rights.
const reservationsDetail = "the reservations of the site: they stand in opt_out of its pages"

// reservationFile is such a file as one archive holds it, with its ledger row.
type reservationFile struct {
	Host       string
	CapturedAt *int64
	Rules      []licenses.TDMRule
	Row        schema.LedgerRow
}

// reservationsResult reads the file. What cannot be read reserves nothing: in a
// web archive it is what the server gave out under the address, often a page.
// Where the index names it, another file was saved than was meant: it is rejected.
func reservationsResult(doc *read.Document, input *plan.Input, origin normalize.Origin) (result, error) {
	host, _ := licenses.IsTDMFile(doc.URL)
	outcome := &read.Rejection{Reason: schema.ReasonNotHTML, Detail: reservationsDetail, Excluded: true}
	rules, err := licenses.ParseTDMFile(doc.Body)
	if err != nil {
		outcome.Detail = err.Error()
		if input.Index.Reserves() {
			outcome.Reason, outcome.Excluded = schema.ReasonMalformed, false
		}
	}
	row := rejectedDocument(input, doc.Locator, outcome)
	return newResult(resultReservations, &reservationFile{Host: host, CapturedAt: origin.CapturedAt, Rules: rules, Row: row})
}

// reservations collects the files of all inputs.
type reservations struct {
	mu    sync.Mutex
	files []reservationFile
	bytes int
}

// maxReservations bounds what they take in memory, in bytes of JSON.
const maxReservations = 32 << 20

// file files what reservationsResult made.
func (r *reservations) file(value []byte, l *ledger) error {
	var f reservationFile
	if err := json.Unmarshal(value, &f); err != nil {
		return fmt.Errorf("reading the reservations of a site: %w", err)
	}
	if err := l.add(f.Row); err != nil {
		return err
	}
	if len(f.Rules) == 0 {
		return nil
	}
	f.Row = schema.LedgerRow{}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.bytes += len(value); r.bytes > maxReservations {
		return fmt.Errorf("the files tdmrep.json of all sources have more than %d MiB of rules: leave some out, those of web archives with a CDX", maxReservations>>20)
	}
	r.files = append(r.files, f)
	return nil
}

// reservedByHost are the files of a server, the oldest first; those without a
// time before all others. Only looked up.
type reservedByHost map[string][]reservationFile

func (r *reservations) sorted() reservedByHost {
	r.mu.Lock()
	defer r.mu.Unlock()
	by := reservedByHost{}
	for _, f := range r.files {
		by[f.Host] = append(by[f.Host], f)
	}
	for _, list := range by { // each by itself: the order does not matter
		slices.SortFunc(list, func(a, b reservationFile) int {
			return cmp.Or(cmp.Compare(capturedOr(a.CapturedAt), capturedOr(b.CapturedAt)), slices.CompareFunc(a.Rules, b.Rules, func(x, y licenses.TDMRule) int {
				return cmp.Or(cmp.Compare(x.Location, y.Location), cmp.Compare(x.Reservation, y.Reservation), cmp.Compare(x.Policy, y.Policy))
			}))
		})
	}
	return by
}

func capturedOr(at *int64) int64 {
	if at == nil {
		return -1 << 62
	}
	return *at
}

// add puts the reservations of the server before the signals of the pages of a
// thread, as the protocol has it: what the page and its response say overrules
// them. Of several files the newest that is no newer than the page counts, else
// the oldest.
func (by reservedByHost) add(th *assemble.Thread) {
	if len(by) == 0 {
		return
	}
	page := text(th.Article.URL)
	if page == "" {
		page = text(th.Article.CanonicalURL)
	}
	u, err := url.Parse(page)
	if err != nil {
		return
	}
	list := by[strings.ToLower(u.Host)]
	if len(list) == 0 {
		return
	}
	at := func(captured *int64) []string {
		f := &list[0]
		for i := range list {
			if capturedOr(list[i].CapturedAt) <= capturedOr(captured) {
				f = &list[i]
			}
		}
		return licenses.TDMSignals(f.Rules, page)
	}
	th.Article.OptOut = append(at(th.Article.CapturedAt), th.Article.OptOut...)
	for i := range th.Comments {
		row := &th.Comments[i].Row
		row.OptOut = append(at(row.CapturedAt), row.OptOut...)
	}
}
