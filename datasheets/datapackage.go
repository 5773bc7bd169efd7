package datasheets

import "corpus/schema"

// DataPackage is datapackage.json, Frictionless Data Package 2.0.
func DataPackage(m *Model) ([]byte, error) {
	c := m.citation()
	d := map[string]any{
		"$schema":     "https://datapackage.org/profiles/2.0/datapackage.json",
		"name":        m.Corpus,
		"title":       m.title(),
		"description": m.description(),
		"version":     m.Version,
		"resources":   packageResources(m),
	}
	if u := m.identifier(); u != "" {
		d["homepage"] = u
	}
	if words := m.keywords(); len(words) > 0 {
		d["keywords"] = words
	}
	if licenses := packageLicenses(m); len(licenses) > 0 {
		d["licenses"] = licenses
	}
	if len(c.Creators) > 0 {
		var list []any
		for i := range c.Creators {
			list = append(list, map[string]any{"title": c.Creators[i].Display(), "roles": []string{"creator"}})
		}
		d["contributors"] = list
	}
	var sources []any
	for i := range m.Sources {
		s := &m.Sources[i]
		x := map[string]any{"title": s.SourceID}
		if s.Site != nil {
			x["title"] = *s.Site
		}
		sources = append(sources, x)
	}
	d["sources"] = sources
	return canonical("datapackage.json", d)
}

// packageLicenses are the licences by identifier; there, too, the texts' own
// licences stand with the records.
func packageLicenses(m *Model) []any {
	var list []any
	for _, l := range append([]string{m.citation().License}, m.licenses()...) {
		u := licenseURL(l)
		if u == "" {
			continue
		}
		title := "of some records"
		if l == m.citation().License {
			title = "of the compilation"
		}
		list = append(list, map[string]any{"name": l, "path": u, "title": title})
	}
	return list
}

// packageResources are one a file: the files of a table share its schema.
func packageResources(m *Model) []any {
	var list []any
	n := map[string]int{}
	for _, f := range m.Files {
		t, ok := schema.TableOf(f.Table)
		if !ok {
			continue
		}
		name := t.Name
		if i := n[t.Name]; i > 0 {
			name += "-" + num(int64(i))
		}
		n[t.Name]++
		list = append(list, map[string]any{
			"name": name, "path": f.Path, "type": "table", "format": "parquet", "mediatype": "application/vnd.apache.parquet",
			"bytes": f.Bytes, "hash": "sha256:" + f.SHA256, "description": t.Doc, "schema": packageSchema(t, n),
		})
	}
	return list
}

func packageSchema(t schema.Table, written map[string]int) map[string]any {
	var fields []any
	for _, c := range schema.Columns(t) {
		f := map[string]any{"name": c.Name, "type": packageType(c), "description": c.Doc}
		constraints := map[string]any{}
		if !c.Nullable && !c.List {
			constraints["required"] = true
		}
		if c.Values != nil {
			constraints["enum"] = c.Values
		}
		if len(constraints) > 0 {
			f["constraints"] = constraints
		}
		fields = append(fields, f)
	}
	s := map[string]any{"fields": fields, "missingValues": []string{}} // a null is one already, and an empty text is none
	if len(t.Key) > 0 && written[t.Name] == 1 {
		s["primaryKey"] = t.Key
	}
	return s
}

func packageType(c schema.Column) string {
	switch c.Type {
	case schema.TypeInt32:
		return "integer"
	case schema.TypeBool:
		return "boolean"
	case schema.TypeTimestamp:
		return "datetime"
	case schema.TypeListString, schema.TypeListStruct:
		return "any" // a list of Parquet is no array of Frictionless: readers differ
	}
	return "string"
}
