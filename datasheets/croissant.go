package datasheets

import (
	"slices"
	"strings"

	"corpus/datasheets/questions"
	"corpus/schema"
)

// croissantContext is the @context of Croissant 1.1, appendix 1, with the
// prefixes of RAI, PROV-O and the records' own vocabulary.
func croissantContext() map[string]any {
	context := map[string]any{
		"@language": "en", "@vocab": "https://schema.org/",
		"data":        map[string]any{"@id": "cr:data", "@type": "@json"},
		"dataType":    map[string]any{"@id": "cr:dataType", "@type": "@vocab"},
		"description": map[string]any{"@container": "@language"},
		"examples":    map[string]any{"@id": "cr:examples", "@type": "@json"},
		"name":        map[string]any{"@container": "@language"},
		"conformsTo":  "dct:conformsTo",
		"cr":          "http://mlcommons.org/croissant/",
		"dct":         "http://purl.org/dc/terms/",
		"prov":        "http://www.w3.org/ns/prov#",
		"rai":         "http://mlcommons.org/croissant/RAI/",
		"sc":          "https://schema.org/",
	}
	for _, term := range []string{"arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet", "format",
		"includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace",
		"samplingRate", "separator", "source", "subField", "transform"} {
		context[term] = "cr:" + term
	}
	return context
}

// ref is a reference to a node.
func ref(id string) map[string]any { return map[string]any{"@id": id} }

// Croissant is croissant.json: Croissant 1.1 with RAI 1.0. What is not declared
// is left out.
func Croissant(m *Model) ([]byte, error) {
	c := m.citation()
	d := map[string]any{
		"@context":      croissantContext(),
		"@type":         "sc:Dataset",
		"conformsTo":    []string{"http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"},
		"name":          m.Corpus,
		"alternateName": m.title(),
		"description":   m.description(),
		"version":       m.Version,
		"isLiveDataset": false,
		"inLanguage":    m.languages(),
		"distribution":  croissantFiles(m),
		"recordSet":     croissantRecordSets(m),
		"size":          plural(m.Statistics.Articles.Records, "article") + ", " + plural(m.Statistics.Comments.Records, "comment row"),
	}
	if licenses := croissantLicenses(m); len(licenses) > 0 {
		d["license"] = licenses
	}
	if u := m.identifier(); u != "" {
		d["url"] = u
	}
	if c.URL != "" {
		d["url"] = c.URL
	}
	if c.DOI != "" {
		d["identifier"] = "https://doi.org/" + c.DOI
	}
	if c.Released != "" {
		d["datePublished"] = c.Released
	}
	if len(c.Creators) > 0 {
		d["creator"] = schemaParties(c.Creators)
		d["citeAs"] = citeAs(m)
	}
	if c.Publisher != "" {
		d["publisher"] = map[string]any{"@type": "sc:Organization", "name": c.Publisher}
	}
	if words := m.keywords(); len(words) > 0 {
		d["keywords"] = words
	}
	if uses := m.uses(); len(uses) > 0 {
		d["usageInfo"] = map[string]any{"@type": "sc:CreativeWork", "name": "Declared uses", "text": "Uses that sources declare as allowed, each for its own records (column allowed_uses): " + strings.Join(uses, ", ") + "."}
	}
	provenance(d, m)
	responsible(d, m)
	return canonical("croissant.json", d)
}

// provenance says by PROV-O what the version was made of, and by what.
func provenance(d map[string]any, m *Model) {
	d["prov:wasGeneratedBy"] = map[string]any{
		"@type": "prov:Activity", "name": "build by corpus " + m.Tool,
		"prov:wasAssociatedWith": map[string]any{"@type": "prov:SoftwareAgent", "name": "corpus " + m.Tool},
	}
	var sources []any
	for i := range m.Sources {
		s := &m.Sources[i]
		x := map[string]any{"@type": "prov:Entity", "identifier": s.SourceID, "name": s.SourceID}
		if s.Site != nil {
			x["name"] = *s.Site
		}
		if s.TermsURL != nil {
			x["usageInfo"] = *s.TermsURL
		}
		sources = append(sources, x)
	}
	d["prov:wasDerivedFrom"] = sources
	if m.Previous != "" {
		d["prov:wasRevisionOf"] = map[string]any{"@type": "prov:Entity", "name": m.Corpus + " " + m.Previous, "sha256": m.PreviousSHA256}
	}
}

// responsible fills the properties of RAI 1.0 with the answers of the
// datasheet: what a person wrote, then what is declared, then what is measured.
func responsible(d map[string]any, m *Model) {
	for _, e := range m.entries() {
		if e.ID == "synthetic" && e.Human != nil {
			switch first := strings.ToLower(strings.Fields(e.Human.Text)[0]); strings.TrimRight(first, ".,:;") {
			case "no":
				d["rai:hasSyntheticData"] = false
			case "yes":
				d["rai:hasSyntheticData"] = true
			}
		}
		if e.RAI == "" {
			continue
		}
		if e.ID == "timeframe" {
			if times := declaredPeriod(m); len(times) > 0 {
				d[e.RAI] = times
			}
			continue
		}
		if parts := e.words(); len(parts) > 0 {
			d[e.RAI] = strings.Join(parts, " · ") // some of the properties take one text only
		}
	}
	d["rai:dataCollectionType"] = "User-generated content data"
}

// words are the answers of an entry without its tables.
func (e *entry) words() []string {
	var parts []string
	if e.Human != nil {
		parts = append(parts, line(e.Human.Text)+" ("+e.Human.By+", "+e.Human.At+")")
	}
	for _, x := range e.Declared {
		parts = append(parts, x.Value+of(x.Sources))
	}
	for _, x := range e.Measured {
		if x.Text != "" {
			parts = append(parts, x.Text)
		}
	}
	return parts
}

// declaredPeriod is the first and the last day of the collection, as declared.
func declaredPeriod(m *Model) []string {
	var days []string
	for i := range m.Sources {
		for _, day := range []*string{m.Sources[i].CollectedFrom, m.Sources[i].CollectedTo} {
			if day != nil {
				days = append(days, *day)
			}
		}
	}
	if len(days) == 0 {
		return nil
	}
	return []string{slices.Min(days), slices.Max(days)}
}

// croissantLicenses are addresses of the licence of the compilation and of all
// that records carry.
func croissantLicenses(m *Model) []string {
	var list []string
	for _, l := range append([]string{m.citation().License}, m.licenses()...) {
		if u := licenseURL(l); u != "" && !slices.Contains(list, u) {
			list = append(list, u)
		}
	}
	return list
}

// schemaParties are persons and organizations in the words of schema.org.
func schemaParties(parties []questions.Party) []any {
	var list []any
	for i := range parties {
		p := &parties[i]
		x := map[string]any{"@type": "sc:Organization", "name": p.Display()}
		if p.Person() {
			x["@type"], x["familyName"] = "sc:Person", p.Family
			if p.Given != "" {
				x["givenName"] = p.Given
			}
		}
		switch {
		case p.ORCID != "":
			x["url"] = "https://orcid.org/" + p.ORCID
		case p.ROR != "":
			x["url"] = p.ROR
		}
		list = append(list, x)
	}
	return list
}

// ParquetType is the media type that Croissant readers know; the registered
// one, application/vnd.apache.parquet, is refused by mlcroissant 1.1.1.
const ParquetType = "application/x-parquet"

// croissantFiles are the files of the tables, and one set of them a table of
// several files.
func croissantFiles(m *Model) []any {
	var list []any
	n := map[string]int{}
	for _, f := range m.Files {
		if f.Table == "" {
			continue
		}
		n[f.Table]++
		list = append(list, map[string]any{
			"@type": "cr:FileObject", "@id": f.Path, "name": f.Path, "contentUrl": f.Path,
			"contentSize": num(f.Bytes) + " B", "encodingFormat": ParquetType, "sha256": f.SHA256,
		})
	}
	for _, t := range schema.Tables() {
		if n[t.Name] > 1 {
			list = append(list, map[string]any{
				"@type": "cr:FileSet", "@id": t.Name + "-files", "name": t.Name + "-files",
				"description": "All files of the table " + t.Name + ".", "encodingFormat": ParquetType, "includes": t.Dir() + "/train-*.parquet",
			})
		}
	}
	return list
}

// foreign are the columns that name rows of other tables.
var foreign = map[[2]string]string{
	{schema.TableComments, "article_id"}:   "articles/article_id",
	{schema.TableComments, "commenter_id"}: "commenters/commenter_id",
	{schema.TableArticles, "source_id"}:    "sources/source_id",
	{schema.TableComments, "source_id"}:    "sources/source_id",
	{schema.TableCaptures, "article_id"}:   "articles/article_id",
	{schema.TableLedger, "source_id"}:      "sources/source_id",
	{schema.TableDuplicates, "record_id"}:  "articles/article_id",
}

// equivalents are the columns that schema.org has a word for.
var equivalents = map[string]string{
	"license": "sc:license", "url": "sc:url", "title": "sc:headline", "text": "sc:text", "lang": "sc:inLanguage",
}

func croissantRecordSets(m *Model) []any {
	var list []any
	for _, t := range schema.Tables() {
		var files []string
		for _, f := range m.Files {
			if f.Table == t.Name {
				files = append(files, f.Path)
			}
		}
		if len(files) == 0 {
			continue
		}
		from := map[string]any{"fileObject": ref(files[0])}
		if len(files) > 1 {
			from = map[string]any{"fileSet": ref(t.Name + "-files")}
		}
		var fields []any
		for _, c := range schema.Columns(t) {
			fields = append(fields, croissantField(t, c, from))
		}
		set := map[string]any{"@type": "cr:RecordSet", "@id": t.Name, "name": t.Name, "description": t.Doc + " (" + plural(m.table(t.Name).Rows, "row") + ")", "field": fields}
		switch {
		case len(t.Key) == 1:
			set["key"] = ref(t.Name + "/" + t.Key[0])
		case len(t.Key) > 1:
			var keys []any
			for _, k := range t.Key {
				keys = append(keys, ref(t.Name+"/"+k))
			}
			set["key"] = keys
		}
		list = append(list, set)
	}
	if m.Statistics.Splits != nil {
		list = append(list, splitSet())
	}
	return list
}

// splitSet names the values of the column split, as ML Commons does.
func splitSet() map[string]any {
	var data []any
	for _, s := range []struct{ name, url string }{
		{schema.SplitTrain, "cr:TrainingSplit"}, {schema.SplitValidation, "cr:ValidationSplit"}, {schema.SplitTest, "cr:TestSplit"}, {schema.SplitUnassigned, ""},
	} {
		row := map[string]any{"splits/name": s.name, "splits/url": nil}
		if s.url != "" {
			row["splits/url"] = s.url
		}
		data = append(data, row)
	}
	return map[string]any{
		"@type": "cr:RecordSet", "@id": "splits", "name": "splits", "description": "values of the column split",
		"dataType": "cr:Split", "key": ref("splits/name"),
		"field": []any{
			map[string]any{"@type": "cr:Field", "@id": "splits/name", "name": "splits/name", "description": "value in the column split", "dataType": "sc:Text"},
			map[string]any{"@type": "cr:Field", "@id": "splits/url", "name": "splits/url", "description": "its meaning", "dataType": "sc:URL"},
		},
		"data": data,
	}
}

func croissantField(t schema.Table, c schema.Column, from map[string]any) map[string]any {
	id := t.Name + "/" + c.Name
	f := map[string]any{"@type": "cr:Field", "@id": id, "name": id, "description": c.Doc}
	source := func(transform map[string]any) map[string]any {
		s := map[string]any{"extract": map[string]any{"column": c.Name}}
		for k, v := range from {
			s[k] = v
		}
		if transform != nil {
			s["transform"] = transform
		}
		return s
	}
	if c.List {
		f["isArray"], f["arrayShape"] = true, "-1"
	}
	if len(c.Children) == 0 {
		f["dataType"], f["source"] = croissantType(c.Type), source(nil)
		if other := foreign[[2]string{t.Name, c.Name}]; other != "" {
			f["references"] = map[string]any{"field": ref(other)}
		}
		if same := equivalents[c.Name]; same != "" && (t.Name == schema.TableArticles || t.Name == schema.TableComments) {
			f["equivalentProperty"] = same
		}
		return f
	}
	var children []any
	for _, child := range c.Children {
		childID := id + "/" + child.Name
		children = append(children, map[string]any{
			"@type": "cr:Field", "@id": childID, "name": childID, "description": child.Doc, "dataType": croissantType(child.Type),
			"source": source(map[string]any{"jsonPath": child.Name}),
		})
	}
	f["subField"] = children
	return f
}

func croissantType(columnType string) string {
	switch columnType {
	case schema.TypeInt32:
		return "cr:Int32"
	case schema.TypeBool:
		return "sc:Boolean"
	case schema.TypeTimestamp:
		return "sc:DateTime"
	}
	return "sc:Text"
}
