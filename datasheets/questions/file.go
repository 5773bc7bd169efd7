package questions

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// FileName is the name of the file beside corpus.yaml.
const FileName = "datasheet.yaml"

// File is datasheet.yaml.
type File struct {
	Schema   int      // version of this file's form: 1
	Citation Citation // what citations and repositories need
	Required []string // ids of questions that a release asks for
	Answers  []Answer // in the order of All
}

// Citation is what a citation and a repository need to know. Empty is not declared.
type Citation struct {
	Creators  []Party
	Publisher string
	Released  string // YYYY-MM-DD
	License   string // SPDX expression of the compilation, never of the texts in it
	URL       string // landing page
	DOI       string // 10.…
	Contact   string
	Keywords  []string
	Funding   []Grant
}

// Party is a person or an organization.
type Party struct {
	Name        string // of an organization
	Family      string // of a person
	Given       string
	ORCID       string // of a person: 0000-0000-0000-0000
	ROR         string // of an organization: https://ror.org/…
	Affiliation string
}

// Person tells whether p is a person.
func (p *Party) Person() bool { return p.Family != "" }

// Display is the name as people read it.
func (p *Party) Display() string {
	if p.Person() {
		return strings.TrimSpace(p.Given + " " + p.Family)
	}
	return p.Name
}

// Grant is a source of money.
type Grant struct {
	Funder string
	Number string
	Title  string
}

// Answer is what a person wrote.
type Answer struct {
	ID   string // of the question
	Text string
	By   string
	At   string // YYYY-MM-DD
}

// Answer is the answer to a question, nil where there is none. A nil file has none.
func (f *File) Answer(id string) *Answer {
	if f == nil {
		return nil
	}
	for i := range f.Answers {
		if f.Answers[i].ID == id {
			return &f.Answers[i]
		}
	}
	return nil
}

// RequiredIDs are the questions that a release asks for.
func (f *File) RequiredIDs() []string {
	if f == nil || f.Required == nil {
		return Required()
	}
	return f.Required
}

// Digest is the SHA-256 of what the file means, in hexadecimal: equal for
// files that differ in comments, layout or order. "" for a nil file.
func (f *File) Digest() string {
	if f == nil {
		return ""
	}
	m := *f
	if m.Required != nil {
		m.Required = slices.Sorted(slices.Values(m.Required))
	}
	data, err := json.Marshal(&m, json.Deterministic(true))
	if err != nil {
		panic("questions: texts that are no UTF-8 passed the check: " + err.Error())
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
