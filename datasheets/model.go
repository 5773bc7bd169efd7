// Package datasheets writes the documents of a version out of one model:
// datasheet, dataset card, Croissant, DataCite, CITATION.cff and the others.
//
// Every number in them is measured on the tables that were written, every
// statement about rights or people is one that corpus.yaml or datasheet.yaml
// declares. The package must never invent prose for a question that only a
// person can answer, and never read a clock.
package datasheets

import (
	"strings"

	"corpus/datasheets/questions"
	"corpus/datasheets/statistics"
	"corpus/schema"
)

// Model is what all documents of a version are rendered from.
type Model struct {
	Corpus         string
	Version        string
	Title          string // as declared; empty for the name
	Description    string // as declared
	Privacy        string // pseudonyms or none
	Tool           string // version of the program
	Previous       string // version before, "" for none
	PreviousSHA256 string // of its manifest.json
	Extractors     []string
	LanguageModels []string
	Sources        []Source // in the order of their ids

	Statistics *statistics.Statistics
	Credits    []statistics.Credit // of articles whose licence is known; empty where they are too many
	Credited   int64               // their number
	Datasheet  *questions.File     // nil where there is none
	Changes    *Changes            // nil without a previous version
	Release    *Release            // nil for a build
	Files      []File              // of the tables and those written before the documents, by path
}

// Source is what corpus.yaml declares of a source: its row in the table
// sources, and what that leaves to the records.
type Source struct {
	schema.Source
	ConsentBasis    string
	CommentsLicense string
	AllowedUses     []string
}

// File is a file of the version.
type File struct {
	Path   string // with /
	Table  string // "" for no table
	Bytes  int64
	Rows   int64
	SHA256 string
}

// Changes is the difference to the previous version.
type Changes struct {
	Old, New string
	Level    string // major, minor, patch or none
	Reasons  []string
	Tables   []TableChanges
}

// TableChanges counts the records of a table that differ.
type TableChanges struct {
	Table                                  string
	Before, After                          int64
	Added, Removed, Renamed, Moved, Edited int64
	Columns                                []statistics.Count // edited records by column
	Causes                                 []statistics.Count // records by why they differ, in the words of compare
}

// title is the declared title on one line, else the name of the corpus.
func (m *Model) title() string {
	if t := line(m.Title); t != "" {
		return t
	}
	return m.Corpus
}

// description is the declared description on one line, else a statement of
// what the version holds.
func (m *Model) description() string {
	if d := line(m.Description); d != "" {
		return d
	}
	return "Articles and their reader comments."
}

// citation is what datasheet.yaml says for citations.
func (m *Model) citation() questions.Citation {
	if m.Datasheet == nil {
		return questions.Citation{}
	}
	return m.Datasheet.Citation
}

// languages of the articles and comments, without those that could not be told.
func (m *Model) languages() []string {
	seen := map[string]bool{}
	var list []string
	for _, groups := range [][]statistics.Group{m.Statistics.Articles.ByLanguage, m.Statistics.Comments.ByLanguage} {
		for _, g := range groups {
			if g.Name != "" && g.Name != statistics.Others && !seen[g.Name] {
				seen[g.Name] = true
				list = append(list, g.Name)
			}
		}
	}
	return sorted(list)
}

// licenses are the SPDX expressions of articles and comments.
func (m *Model) licenses() []string {
	seen := map[string]bool{}
	var list []string
	for _, groups := range [][]statistics.Group{m.Statistics.Articles.ByLicense, m.Statistics.Comments.ByLicense} {
		for _, g := range groups {
			if !seen[g.Name] {
				seen[g.Name] = true
				list = append(list, g.Name)
			}
		}
	}
	return sorted(list)
}

func (m *Model) table(name string) statistics.Table {
	for _, t := range m.Statistics.Tables {
		if t.Name == name {
			return t
		}
	}
	return statistics.Table{Name: name}
}

// keywords are those that are declared.
func (m *Model) keywords() []string { return m.citation().Keywords }

// uses are all uses that a source declares, once each.
func (m *Model) uses() []string {
	seen := map[string]bool{}
	var list []string
	for i := range m.Sources {
		for _, use := range m.Sources[i].AllowedUses {
			if !seen[use] {
				seen[use] = true
				list = append(list, labelled(use))
			}
		}
	}
	return sorted(list)
}

// identifier is the DOI as an address, else the landing page, else "".
func (m *Model) identifier() string {
	if doi := m.citation().DOI; doi != "" {
		return "https://doi.org/" + doi
	}
	return m.citation().URL
}

// licenseURL is an address that explains an SPDX expression: the list's page of
// a listed licence, else "".
func licenseURL(spdx string) string {
	if spdx == "" || spdx == schema.LicenseUnknown || strings.HasPrefix(spdx, "LicenseRef-") || strings.ContainsAny(spdx, " ():+") {
		return ""
	}
	return "https://spdx.org/licenses/" + spdx
}
