package datasheets

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"corpus/schema"
)

// Document is a file that is rendered from the model.
type Document struct {
	Path string
	Data []byte
}

// documents are all documents in the order in which they are written.
// missing names the declarations that one cannot do without: it is not written
// as long as these are open.
var documents = []struct {
	path, about string
	missing     func(*Model) []string
	render      func(*Model) ([]byte, error)
}{
	{"statistics.json", "all figures of the documents", nil, func(m *Model) ([]byte, error) { return m.Statistics.JSON() }},
	{"README.md", "dataset card", nil, plain(Card)},
	{"datasheet.md", "datasheet", nil, plain(Sheet)},
	{"report.html", "datasheet with plots", nil, plain(Report)},
	{"data-dictionary.md", "meaning of every column", nil, plain(Dictionary)},
	{"croissant.json", "Croissant metadata", nil, Croissant},
	{"datacite.json", "DataCite metadata", missingForDataCite, DataCite},
	{"CITATION.cff", "how to cite", missingForCFF, plain(CFF)},
	{"ATTRIBUTION.md", "licences and whom to name", nil, plain(Attribution)},
	{"CHANGES.md", "difference to the previous version", nil, plain(ChangeLog)},
	{"datapackage.json", "Frictionless Data Package", nil, DataPackage},
}

func plain(render func(*Model) []byte) func(*Model) ([]byte, error) {
	return func(m *Model) ([]byte, error) { return render(m), nil }
}

// Documents renders all documents of a version.
func Documents(m *Model) ([]Document, error) {
	var list []Document
	var files []File
	for _, d := range documents {
		if d.missing != nil && len(d.missing(m)) > 0 || d.path == "CHANGES.md" && m.Changes == nil {
			continue
		}
		data, err := d.render(m)
		if err != nil {
			return nil, err
		}
		list = append(list, Document{d.path, data})
		sum := sha256.Sum256(data)
		files = append(files, File{Path: d.path, Bytes: int64(len(data)), SHA256: hex.EncodeToString(sum[:])})
	}
	if len(missingForCrate(m)) == 0 {
		data, err := Crate(m, files)
		if err != nil {
			return nil, err
		}
		list = append(list, Document{CrateName, data})
	}
	return list, nil
}

// Waiting is a document that is not written, and the declarations it waits for.
type Waiting struct {
	Path    string   `json:"path"`
	Missing []string `json:"missing"`
}

// Waits are the documents that are not written as long as something is not declared.
func Waits(m *Model) []Waiting {
	var list []Waiting
	for _, d := range documents {
		if d.missing != nil {
			if missing := d.missing(m); len(missing) > 0 {
				list = append(list, Waiting{d.path, missing})
			}
		}
	}
	if missing := missingForCrate(m); len(missing) > 0 {
		list = append(list, Waiting{CrateName, missing})
	}
	return list
}

// aboutDocument is what a document is for.
func aboutDocument(path string) string {
	for _, d := range documents {
		if d.path == path {
			return d.about
		}
	}
	switch path {
	case "corpus.lock":
		return "what the version was built from"
	case "rehydrate.json":
		return "what corpus rehydrate needs to know of the build"
	case "audit/splits.json":
		return "leaks between the splits"
	case "audit/policy.json":
		return "the rules that gave every record its tier"
	}
	return ""
}

// Dictionary is data-dictionary.md: the meaning of every column.
func Dictionary(*Model) []byte {
	return []byte(strings.Replace(schema.Dictionary(), "This page is generated from the package schema; `make docs` writes it again. Version", "Version", 1))
}
