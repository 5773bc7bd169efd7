package datasheets

import (
	"path"
	"strings"

	"corpus/schema"
)

// CrateName is the name of the RO-Crate's descriptor.
const CrateName = "ro-crate-metadata.json"

// missingForCrate names what RO-Crate 1.3 asks of its root and is not declared.
func missingForCrate(m *Model) []string {
	var missing []string
	if m.citation().Released == "" {
		missing = append(missing, "citation.released")
	}
	return missing
}

// Crate is ro-crate-metadata.json, RO-Crate 1.3, over all files but the manifest.
func Crate(m *Model, documents []File) ([]byte, error) {
	c := m.citation()
	root := map[string]any{
		"@id": "./", "@type": "Dataset", "name": m.title(), "description": m.description(), "version": m.Version,
		"datePublished": c.Released, "license": ref("ATTRIBUTION.md"), "mentions": ref("#build"),
	}
	graph := []any{
		map[string]any{"@id": CrateName, "@type": "CreativeWork", "about": ref("./"), "conformsTo": ref("https://w3id.org/ro/crate/1.3")},
		root,
	}
	var parts, results []any
	for _, f := range append(append([]File{}, m.Files...), documents...) {
		parts = append(parts, ref(f.Path))
		x := map[string]any{
			"@id": f.Path, "@type": "File", "name": f.Path, "contentSize": num(f.Bytes), "encodingFormat": mediaType(f.Path), "sha256": f.SHA256,
		}
		if t, ok := schema.TableOf(f.Table); ok {
			x["description"] = t.Doc + " (" + plural(f.Rows, "row") + ")"
			results = append(results, ref(f.Path))
		} else {
			x["description"] = aboutDocument(f.Path)
		}
		graph = append(graph, x)
	}
	root["hasPart"] = parts
	if id := m.identifier(); id != "" {
		root["identifier"] = id
	}
	if words := m.keywords(); len(words) > 0 {
		root["keywords"] = strings.Join(words, ", ")
	}
	var authors []any
	for i := range c.Creators {
		p := &c.Creators[i]
		x := map[string]any{"@id": "#creator-" + num(int64(i+1)), "@type": "Organization", "name": p.Display()}
		if p.Person() {
			x["@type"], x["familyName"] = "Person", p.Family
			if p.Given != "" {
				x["givenName"] = p.Given
			}
		}
		switch {
		case p.ORCID != "":
			x["@id"] = "https://orcid.org/" + p.ORCID
		case p.ROR != "":
			x["@id"] = p.ROR
		}
		graph = append(graph, x)
		authors = append(authors, ref(x["@id"].(string)))
	}
	if len(authors) > 0 {
		root["author"] = authors
	}
	if c.Publisher != "" {
		root["publisher"] = ref("#publisher")
		graph = append(graph, map[string]any{"@id": "#publisher", "@type": "Organization", "name": c.Publisher})
	}
	// A SoftwareApplication has to have an address, and the program has none of its own.
	action := map[string]any{"@id": "#build", "@type": "CreateAction", "name": "build by corpus " + m.Tool, "instrument": ref("#corpus"), "result": results}
	if m.Release == nil { // the lock of a build never leaves: it names inputs
		action["object"] = ref("corpus.lock")
	}
	graph = append(graph, map[string]any{"@id": "#corpus", "@type": "CreativeWork", "name": "corpus", "version": m.Tool}, action)
	return canonical(CrateName, map[string]any{"@context": "https://w3id.org/ro/crate/1.3/context", "@graph": graph})
}

func mediaType(name string) string {
	switch path.Ext(name) {
	case ".parquet":
		return "application/vnd.apache.parquet"
	case ".json", ".lock":
		return "application/json"
	case ".md":
		return "text/markdown"
	case ".html":
		return "text/html"
	case ".cff":
		return "application/yaml"
	}
	return "application/octet-stream"
}
