package questions

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Gebru et al. ask fifty questions in seven sections; each section has one more
// for whatever else there is to say.
func TestQuestionsAreWhole(t *testing.T) {
	want := map[string]int{"Motivation": 4, "Composition": 16, "Collection": 12, "Preprocessing": 4, "Uses": 6, "Distribution": 7, "Maintenance": 8}
	got := map[string]int{}
	seen := map[string]bool{}
	id := regexp.MustCompile(`^[a-z][a-z0-9_]+$`)
	for _, q := range All() {
		if q.Part == Datasheet {
			got[q.Section]++
		}
		if seen[q.ID] || !id.MatchString(q.ID) {
			t.Errorf("the id %q stands twice or is none", q.ID)
		}
		seen[q.ID] = true
		if len(q.Kinds) == 0 || q.Ask == "" || q.Is(Declared) != (len(q.Declared) > 0) {
			t.Errorf("%s: %v, declared by %v", q.ID, q.Kinds, q.Declared)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, required := range Required() {
		if !seen[required] {
			t.Errorf("%s is required and no question", required)
		}
	}
}

// Every property of Croissant RAI 1.0 has a question; dataCollectionType and
// hasSyntheticData have closed lists and are set by the document itself.
func TestResponsibleAI(t *testing.T) {
	carried := map[string]bool{}
	for _, q := range All() {
		if q.RAI != "" {
			if carried[q.RAI] {
				t.Errorf("two questions fill %s", q.RAI)
			}
			carried[q.RAI] = true
		}
	}
	for _, name := range strings.Fields("dataCollection dataCollectionMissingData dataCollectionRawData dataCollectionTimeframe dataImputationProtocol dataManipulationProtocol dataPreprocessingProtocol dataAnnotationProtocol dataAnnotationPlatform dataAnnotationAnalysis annotationsPerItem annotatorDemographics machineAnnotationTools dataReleaseMaintenancePlan personalSensitiveInformation dataSocialImpact dataBiases dataLimitations dataUseCases") {
		if !carried["rai:"+name] {
			t.Errorf("no question fills rai:%s", name)
		}
		delete(carried, "rai:"+name)
	}
	for name := range carried {
		t.Errorf("%s is no property of RAI 1.0", name)
	}
}

func TestSkeleton(t *testing.T) {
	text := Skeleton()
	f, err := Parse([]byte(text), FileName)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Answers) != 0 || !cmp.Equal(f.Required, Required()) || len(f.Citation.Creators) != 0 {
		t.Errorf("%+v", f)
	}
	for _, q := range All() {
		if q.Is(Human) != strings.Contains(text, "\n  "+q.ID+":\n") {
			t.Errorf("%s is asked for: %v", q.ID, !q.Is(Human))
		}
	}
	// Every line that begins as an example can be used by taking the # away.
	open := strings.NewReplacer("\n  # creators:", "\n  creators:", "\n  #   - {", "\n    - {", "\n  # publisher:", "\n  publisher:", "\n  # released:", "\n  released:", "\n  # license:", "\n  license:",
		"\n  # url:", "\n  url:", "\n  # doi:", "\n  doi:", "\n  # contact:", "\n  contact:", "\n  # keywords:", "\n  keywords:", "\n  # funding:", "\n  funding:").Replace(text)
	f, err = Parse([]byte(open), FileName)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Citation.Creators) != 2 || len(f.Citation.Funding) != 1 || f.Citation.DOI == "" {
		t.Errorf("%+v", f.Citation)
	}
}

func TestParse(t *testing.T) {
	f, err := Parse([]byte(`
citation:
  creators:
    - {family: Voss, given: Jorun, orcid: 0000-0002-1825-0097}
    - name: An Institute
      ror: https://ror.org/05gq02987
  license: cc0-1.0
  released: 2026-01-31
required: [purpose]
answers:
  must_not_use:
    answer: |
      Not for this.

      Nor for that.
    by: A. Person
    at: 2026-02-01
  purpose: {answer: To look., by: A. Person, at: 2026-02-01}
  sample:
    answer:
    by:
`), FileName)
	if err != nil {
		t.Fatal(err)
	}
	want := &File{Schema: 1,
		Citation: Citation{Creators: []Party{{Family: "Voss", Given: "Jorun", ORCID: "0000-0002-1825-0097"}, {Name: "An Institute", ROR: "https://ror.org/05gq02987"}}, License: "CC0-1.0", Released: "2026-01-31"},
		Required: []string{"purpose"},
		Answers:  []Answer{{"purpose", "To look.", "A. Person", "2026-02-01"}, {"must_not_use", "Not for this.\n\nNor for that.", "A. Person", "2026-02-01"}},
	}
	if d := cmp.Diff(want, f); d != "" {
		t.Error(d)
	}
	if f.Answer("sample") != nil || (*File)(nil).Answer("purpose") != nil || (*File)(nil).Digest() != "" {
		t.Error("an answer that nobody gave")
	}
}

// The digest follows what the file means, not how it is written.
func TestDigest(t *testing.T) {
	of := func(text string) string {
		f, err := Parse([]byte(text), FileName)
		if err != nil {
			t.Fatal(err)
		}
		return f.Digest()
	}
	a := "answers:\n  purpose: {answer: x, by: y, at: 2026-01-01}\n  sample: {answer: z, by: y, at: 2026-01-01}\n"
	b := "# a comment\nschema: 1\nanswers:\n  sample:\n    at: 2026-01-01\n    by: y\n    answer: z\n  purpose:\n    answer: >-\n      x\n    by: y\n    at: '2026-01-01'\n"
	if of(a) != of(b) || of(a) == of(strings.Replace(a, "x,", "w,", 1)) || len(of(a)) != 64 {
		t.Errorf("%s, %s", of(a), of(b))
	}
}

func TestMistakes(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":             {"", "the file is empty"},
		"unknown key":       {"schema: 1\nanswer: {}\n", `datasheet.yaml:2:1: the datasheet: there is no "answer"`},
		"unknown question":  {"answers:\n  porpoise: {}\n", `datasheet.yaml:2:3: answers: there is no "porpoise"`},
		"twice":             {"answers:\n  purpose: {}\n  purpose: {}\n", "datasheet.yaml:3:3"},
		"no author":         {"answers:\n  purpose: {answer: x, at: 2026-01-01}\n", "datasheet.yaml:2:3: answers.purpose: an answer needs its author"},
		"no date":           {"answers:\n  purpose: {answer: x, by: y}\n", "its author (by) and date (at)"},
		"no answer":         {"answers:\n  purpose: {by: y, at: 2026-01-01}\n", "the answer itself is missing"},
		"bad date":          {"answers:\n  purpose: {answer: x, by: y, at: 2026-13-01}\n", "2:"},
		"a list":            {"answers: [a]\n", "expected keys with values"},
		"schema":            {"schema: 2\n", "this version reads schema 1"},
		"number":            {"answers:\n  purpose: {answer: 7, by: y, at: 2026-01-01}\n", "expected text"},
		"required":          {"required: [purpose, nothing]\n", `there is no question "nothing"`},
		"required twice":    {"required: [purpose, purpose]\n", "stands twice"},
		"licence":           {"citation: {license: my own}\n", "no SPDX expression"},
		"doi":               {"citation: {doi: 'https://doi.org/10.1/x'}\n", "is no DOI"},
		"orcid":             {"citation:\n  creators:\n    - {family: X, orcid: 0000-0002-1825-0098}\n", "is no ORCID"},
		"ror":               {"citation:\n  creators:\n    - {name: X, ror: https://ror.org/x}\n", "is no ROR"},
		"person or not":     {"citation:\n  creators:\n    - {name: X, family: Y}\n", "give family and given"},
		"nobody":            {"citation:\n  creators:\n    - {affiliation: X}\n", "give family and given"},
		"url":               {"citation: {url: 'javascript:alert(1)'}\n", "no web address"},
		"grant":             {"citation:\n  funding:\n    - {number: '1'}\n", "needs its funder"},
		"control character": {"answers:\n  purpose: {answer: \"a\\u0007b\", by: y, at: 2026-01-01}\n", "control characters"},
		"alias":             {"answers:\n  purpose: &a {answer: x, by: y, at: 2026-01-01}\n  sample: *a\n", "expected keys with values"},
		"not YAML":          {"a: [", "no valid YAML"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse([]byte(c.text), FileName)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v\nwant %s", err, c.want)
			}
			var one *Error
			if !errors.As(err, &one) || one.File != FileName {
				t.Errorf("%T", err)
			}
		})
	}
}

func TestLoad(t *testing.T) {
	if _, err := Load("testdata/nothing.yaml"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	f, err := Load("../../examples/datasheet.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range All() {
		if q.Is(Human) && !q.Is(Measured) && !q.Is(Declared) && !q.Optional && f.Answer(q.ID) == nil {
			t.Errorf("the demo does not answer %s", q.ID)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(Skeleton()))
	f.Add([]byte("citation: {creators: [{name: x}]}\nanswers: {purpose: {answer: x, by: y, at: 2026-01-01}}"))
	f.Add([]byte("answers: &a\n  purpose: *a"))
	f.Add([]byte("required:\n- \n- ? a\n  : b"))
	f.Add([]byte("citation:\n  creators:\n  - {family: X, orcid: \"000X-0000-0000-000X\"}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Parse(data, FileName)
		if err == nil && len(file.Digest()) != 64 {
			t.Errorf("%q has no digest", data)
		}
	})
}
