package datasheets

import (
	"cmp"
	"slices"

	"corpus/datasheets/questions"
	"corpus/schema"
)

// missingForDataCite names what DataCite cannot do without and is not declared.
func missingForDataCite(m *Model) []string {
	c := m.citation()
	var missing []string
	for _, x := range []struct {
		field string
		ok    bool
	}{{"citation.creators", len(c.Creators) > 0}, {"citation.publisher", c.Publisher != ""}, {"citation.released", c.Released != ""}} {
		if !x.ok {
			missing = append(missing, x.field)
		}
	}
	return missing
}

// DataCite is datacite.json, DataCite Metadata Schema 4.5.
func DataCite(m *Model) ([]byte, error) {
	c := m.citation()
	d := map[string]any{
		"schemaVersion":   "http://datacite.org/schema/kernel-4",
		"types":           map[string]any{"resourceTypeGeneral": "Dataset", "resourceType": "Text corpus"},
		"titles":          []any{map[string]any{"title": m.title()}},
		"creators":        dataciteParties(c.Creators),
		"publisher":       map[string]any{"name": c.Publisher},
		"publicationYear": c.Released[:4],
		"version":         m.Version,
		"formats":         []string{"application/vnd.apache.parquet"},
		"descriptions":    []any{map[string]any{"description": m.description(), "descriptionType": "Abstract"}},
		"rightsList":      dataciteRights(m),
		"dates":           dataciteDates(m),
	}
	var bytes int64
	for _, t := range m.Statistics.Tables {
		bytes += t.Bytes
	}
	d["sizes"] = []string{plural(m.Statistics.Articles.Records, "article"), plural(m.Statistics.Comments.Records, "comment row"), plural(bytes, "byte")}
	if c.DOI != "" {
		d["doi"] = c.DOI
	}
	if c.URL != "" {
		d["url"] = c.URL
	}
	if languages := m.languages(); len(languages) == 1 {
		d["language"] = languages[0]
	}
	if words := slices.Compact(sorted(slices.Clone(m.keywords()))); len(words) > 0 {
		var subjects []any
		for _, w := range words {
			subjects = append(subjects, map[string]any{"subject": w})
		}
		d["subjects"] = subjects
	}
	if len(c.Funding) > 0 {
		var grants []any
		for _, g := range c.Funding {
			x := map[string]any{"funderName": g.Funder}
			if g.Number != "" {
				x["awardNumber"] = g.Number
			}
			if g.Title != "" {
				x["awardTitle"] = g.Title
			}
			grants = append(grants, x)
		}
		d["fundingReferences"] = grants
	}
	if collectors := m.collectors(); len(collectors) > 0 {
		var list []any
		for _, name := range collectors {
			list = append(list, map[string]any{"name": name, "contributorType": "DataCollector"})
		}
		d["contributors"] = list
	}
	return canonical("datacite.json", d)
}

func dataciteParties(parties []questions.Party) []any {
	var list []any
	for i := range parties {
		p := &parties[i]
		x := map[string]any{"name": creatorName(p), "nameType": "Organizational"}
		if p.Person() {
			x["nameType"], x["familyName"] = "Personal", p.Family
			if p.Given != "" {
				x["givenName"] = p.Given
			}
		}
		switch {
		case p.ORCID != "":
			x["nameIdentifiers"] = []any{map[string]any{"nameIdentifier": "https://orcid.org/" + p.ORCID, "nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}}
		case p.ROR != "":
			x["nameIdentifiers"] = []any{map[string]any{"nameIdentifier": p.ROR, "nameIdentifierScheme": "ROR", "schemeUri": "https://ror.org"}}
		}
		if p.Affiliation != "" {
			x["affiliation"] = []any{map[string]any{"name": p.Affiliation}}
		}
		list = append(list, x)
	}
	return list
}

// dataciteRights are the licence of the compilation and those of the records.
func dataciteRights(m *Model) []any {
	list := []any{}
	add := func(spdx, what string) {
		x := map[string]any{"rights": what + ": " + spdx}
		if u := licenseURL(spdx); u != "" {
			x["rightsUri"], x["rightsIdentifier"], x["rightsIdentifierScheme"], x["schemeUri"] = u, spdx, "SPDX", "https://spdx.org/licenses/"
		}
		list = append(list, x)
	}
	if l := m.citation().License; l != "" {
		add(l, "compilation")
	}
	for _, l := range m.licenses() {
		if l == schema.LicenseUnknown {
			list = append(list, map[string]any{"rights": "some records: nothing is known of their licence"})
			continue
		}
		add(l, "some records")
	}
	return list
}

// dataciteDates are the day of the release and the time of the collection.
func dataciteDates(m *Model) []any {
	list := []any{map[string]any{"date": m.citation().Released, "dateType": "Issued"}}
	from, to := "", ""
	for i := range m.Sources {
		if f := text(m.Sources[i].CollectedFrom); f != "" && (from == "" || f < from) {
			from = f
		}
		to = max(to, text(m.Sources[i].CollectedTo))
	}
	switch {
	case from != "" && to != "":
		list = append(list, map[string]any{"date": from + "/" + to, "dateType": "Collected"})
	case from != "" || to != "":
		list = append(list, map[string]any{"date": cmp.Or(from, to), "dateType": "Collected"})
	}
	return list
}

// collectors are those that the sources declare, once each.
func (m *Model) collectors() []string {
	var list []string
	for i := range m.Sources {
		if c := text(m.Sources[i].Collector); c != "" {
			list = append(list, c)
		}
	}
	return slices.Compact(sorted(list))
}
