package pipeline

import (
	"corpus/pipeline/compare"
	"corpus/pipeline/privacy"
	"corpus/schema"
)

// Report is what a build says of itself at its end. It is printed, and never
// written into the version.
type Report struct {
	Corpus           string           `json:"corpus"`
	Version          string           `json:"version"`
	Difference       *compare.Summary `json:"difference,omitzero"` // to the previous version, nil without one
	Inputs           int64            `json:"inputs"`
	InputBytes       int64            `json:"input_bytes"`
	Documents        int64            `json:"documents"`
	Sources          []Tally          `json:"sources"` // in the order of the configuration
	Rows             map[string]int64 `json:"rows"`    // by table
	CommentsKept     int64            `json:"comments_kept"`
	CommentsRepeated int64            `json:"comments_duplicate"`
	CommentsExcluded int64            `json:"comments_excluded"`
	Clusters         int64            `json:"clusters"` // of near duplicates
	Splits           map[string]int64 `json:"splits"`   // articles by split
	Masked           map[string]int64 `json:"masked"`   // places by kind
	Rejected         int64            `json:"rejected"`
	Accepted         string           `json:"accepted"` // as configured
	RejectedTooMany  bool             `json:"rejected_too_many"`
	Reasons          map[string]int64 `json:"reasons"`  // rejected documents by reason
	Examples         []string         `json:"examples"` // the first rejected documents, with reason
	OutputBytes      int64            `json:"output_bytes"`
	Files            int              `json:"files"`
	ManifestSHA256   string           `json:"manifest_sha256"`
	CacheHits        int64            `json:"cache_hits"`    // batches of documents that an earlier build had extracted
	CacheMisses      int64            `json:"cache_misses"`  // those that this one extracted
	Unread           int64            `json:"inputs_unread"` // inputs that were not read, since their files did not change
}

// maxExamples is how many rejected documents a report names.
const maxExamples = 10

// maskedCounts are the places found in texts by the kind of their span, and as
// names_left the places where a name was left standing.
func maskedCounts(c privacy.Counts) map[string]int64 {
	return map[string]int64{
		schema.SpanMention: c.Mentions,
		schema.SpanEmail:   c.Emails,
		schema.SpanPhone:   c.Phones,
		schema.SpanIP:      c.IPs,
		schema.SpanAccount: c.Accounts,
		schema.SpanHandle:  c.Handles,
		schema.SpanLink:    c.Links,
		"names_left":       c.NamesLeft,
	}
}

// count adds what the ledger says of every source.
func (r *Report) count(tallies []*Tally) {
	r.Reasons = map[string]int64{}
	for _, t := range tallies {
		r.Sources = append(r.Sources, *t)
		r.Documents += t.Documents
		r.CommentsKept += t.CommentsKept
		r.CommentsRepeated += t.CommentsRepeated
		r.CommentsExcluded += t.CommentsExcluded
		for reason, n := range t.Rejected {
			r.Reasons[reason] += n
			r.Rejected += n
		}
	}
}
