package datasheets

import (
	"slices"
	"strings"

	"corpus/datasheets/questions"
	"corpus/licenses"
)

// block is a part of a measured answer.
type block struct {
	Text string // a paragraph; "" for a grid
	Grid *grid
}

// declaration is what is declared, and by which sources; none for the corpus.
type declaration struct {
	What    string // the declared field
	Value   string
	Sources []string
}

// entry is a question with all that answers it.
type entry struct {
	questions.Question
	Measured []block
	Declared []declaration
	Human    *questions.Answer
	Hole     *Hole // nil where nothing is open
}

// Hole is a question that somebody still has to answer.
type Hole struct {
	ID       string   `json:"id"`
	Section  string   `json:"section"`
	Ask      string   `json:"ask"`
	Kind     string   `json:"kind"`     // declared or human
	Missing  []string `json:"missing"`  // fields that are not declared: "citation.doi", "consent.gdpr_basis of broken"
	Required bool     `json:"required"` // whether a release asks for it
}

// Open are the holes of a datasheet, in the order of the questions.
func Open(sources []Source, file *questions.File) []Hole {
	var list []Hole
	for _, q := range questions.All() {
		if h := hole(q, sources, file); h != nil {
			list = append(list, *h)
		}
	}
	return list
}

// hole is what is open of q. A person's answer closes every question. Where
// declarations or measurements answer a part of it, the rest stays open.
func hole(q questions.Question, sources []Source, file *questions.File) *Hole {
	if q.Optional || file.Answer(q.ID) != nil {
		return nil
	}
	h := &Hole{ID: q.ID, Section: q.Section, Ask: q.Ask, Required: slices.Contains(file.RequiredIDs(), q.ID)}
	if q.Is(questions.Declared) {
		h.Missing = undeclared(q, sources, file)
	}
	switch {
	case q.Is(questions.Declared) && len(h.Missing) > 0:
		h.Kind = questions.Declared
	case q.Is(questions.Human) && !q.Is(questions.Declared):
		h.Kind = questions.Human
	default:
		return nil
	}
	return h
}

// undeclared names the declarations of q that are missing.
func undeclared(q questions.Question, sources []Source, file *questions.File) []string {
	var missing []string
	for _, field := range q.Declared {
		if strings.HasPrefix(field, citationField) {
			if citationValue(file, field) == "" {
				missing = append(missing, field)
			}
			continue
		}
		var without []string
		for i := range sources {
			if sourceValue(&sources[i], field) == "" {
				without = append(without, sources[i].SourceID)
			}
		}
		if len(without) > 0 {
			missing = append(missing, field+" of "+strings.Join(without, ", "))
		}
	}
	return missing
}

const citationField = "citation."

// citationValue is a value under citation: as text.
func citationValue(file *questions.File, field string) string {
	if file == nil {
		return ""
	}
	c := &file.Citation
	switch field {
	case "citation.creators":
		var names []string
		for i := range c.Creators {
			names = append(names, c.Creators[i].Display())
		}
		return strings.Join(names, ", ")
	case "citation.publisher":
		return c.Publisher
	case "citation.released":
		return c.Released
	case "citation.license":
		return c.License
	case "citation.url":
		return c.URL
	case "citation.doi":
		return c.DOI
	case "citation.contact":
		return c.Contact
	case "citation.funding":
		var grants []string
		for _, g := range c.Funding {
			grants = append(grants, strings.TrimSpace(g.Funder+" "+g.Number))
		}
		return strings.Join(grants, ", ")
	}
	return ""
}

// sourceValue is a declared column of the table sources.
func sourceValue(s *Source, column string) string {
	switch column {
	case "method":
		return text(s.Method)
	case "collector":
		return text(s.Collector)
	case "collected_from":
		return text(s.CollectedFrom)
	case "collected_to":
		return text(s.CollectedTo)
	case "terms_url":
		return text(s.TermsURL)
	case "tdm_basis":
		return term(text(s.TDMBasis), s.TDMEvidence)
	case "gdpr_basis":
		return term(text(s.GDPRBasis), s.GDPREvidence)
	case "art9_ground":
		return term(text(s.Art9Ground), s.Art9Evidence)
	case "art14":
		return term(text(s.Art14), s.Art14Evidence)
	case "controller":
		return text(s.Controller)
	case "dpo_contact":
		return text(s.DPOContact)
	case "dpia_ref":
		return text(s.DPIARef)
	case "ethics_board":
		return text(s.EthicsBoard)
	case "ethics_ref":
		return text(s.EthicsRef)
	case "ethics_date":
		return text(s.EthicsDate)
	case "retention_until":
		return text(s.RetentionUntil)
	case "consent_basis":
		return term(s.ConsentBasis, s.ConsentEvidence)
	}
	return ""
}

// term is a value of a closed vocabulary for people, with its evidence.
func term(id string, evidence *string) string {
	s := labelled(id)
	if s != "" && evidence != nil {
		s += "; " + *evidence
	}
	return s
}

// labelled is a value of a closed vocabulary with what it means.
func labelled(id string) string {
	if label := licenses.Label(id); label != id {
		return label + " (" + id + ")"
	}
	return id
}

// declarations are what sources and citation declare for q: sources that say
// the same stand together, in the order of the first of them.
func declarations(q questions.Question, m *Model) []declaration {
	var list []declaration
	for _, field := range q.Declared {
		if strings.HasPrefix(field, citationField) {
			if v := citationValue(m.Datasheet, field); v != "" {
				list = append(list, declaration{What: strings.TrimPrefix(field, citationField), Value: v})
			}
			continue
		}
		start := len(list)
		for i := range m.Sources {
			s := &m.Sources[i]
			v := sourceValue(s, field)
			if v == "" {
				continue
			}
			at := slices.IndexFunc(list[start:], func(d declaration) bool { return d.Value == v })
			if at < 0 {
				list = append(list, declaration{What: field, Value: v})
				at = len(list) - 1 - start
			}
			list[start+at].Sources = append(list[start+at].Sources, s.SourceID)
		}
	}
	return list
}

// entries are all questions with their answers.
func (m *Model) entries() []entry {
	var list []entry
	for _, q := range questions.All() {
		e := entry{Question: q, Human: m.Datasheet.Answer(q.ID), Hole: hole(q, m.Sources, m.Datasheet)}
		if q.Is(questions.Declared) {
			e.Declared = declarations(q, m)
		}
		if q.Is(questions.Measured) {
			e.Measured = m.measured(q.ID)
		}
		list = append(list, e)
	}
	return list
}
