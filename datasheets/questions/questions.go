// Package questions holds what a datasheet asks, as data, and reads the
// answers of people in datasheet.yaml.
//
// It must never answer a question: what only a person can say stays a hole
// with a name until a person has written it down.
package questions

import "slices"

// Kinds of an answer: who can give it.
const (
	Measured = "measured" // computed from the version
	Declared = "declared" // stated in corpus.yaml or under citation: in datasheet.yaml
	Human    = "human"    // written under answers: in datasheet.yaml
)

// Parts of the datasheet, each after its source.
const (
	Datasheet = "Datasheets for Datasets"    // Gebru et al., Communications of the ACM 64(12), 2021
	Statement = "Data Statement"             // Bender and Friedman, TACL 6, 2018, and its versions 2 and 3
	RAI       = "Responsible AI"             // Croissant RAI 1.0
	GDPR      = "Data protection and ethics" // GDPR, DSM Directive Art. 3 and 4
)

// Question is a question of a datasheet.
type Question struct {
	ID       string
	Part     string
	Section  string
	Ask      string   // in our own words
	Kinds    []string // one or more; the first is where the answer begins
	Declared []string // columns of the table sources, and citation.…, that declare it
	RAI      string   // property of Croissant RAI 1.0 that carries the answer
	DPV      string   // concept of the Data Privacy Vocabulary 2.3
	Optional bool     // whether no answer is no hole
}

// Is tells whether answers of a kind belong to q.
func (q *Question) Is(kind string) bool { return slices.Contains(q.Kinds, kind) }

// Parts are the parts in their order.
func Parts() []string { return []string{Datasheet, Statement, RAI, GDPR} }

// ByID is the question named id.
func ByID(id string) (Question, bool) {
	for _, q := range All() {
		if q.ID == id {
			return q, true
		}
	}
	return Question{}, false
}

// Required are the questions that a release asks for where datasheet.yaml does
// not name others.
func Required() []string {
	return []string{"purpose", "must_not_use", "contact", "ethics_review", "notified", "consent", "gdpr_basis"}
}
