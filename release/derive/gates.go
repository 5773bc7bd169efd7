package derive

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"corpus/datasheets"
	"corpus/licenses"
	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/store"
	"corpus/release"
)

// Gate is one that is closed.
type Gate struct {
	Name   string   `json:"name"`   // what it is about
	Record []string `json:"record"` // sources, questions or problems that it is closed for
	Why    string   `json:"why"`    // a sentence
	Opens  string   `json:"opens"`  // what somebody has to do
}

// String is the gate as people read it.
func (g Gate) String() string { return fmt.Sprintf("%s: %s\n    to open: %s", g.Name, g.Why, g.Opens) }

// GatesError says which gates are closed, all of them.
type GatesError struct{ Gates []Gate }

func (e *GatesError) Error() string {
	lines := make([]string, len(e.Gates))
	for i, g := range e.Gates {
		lines[i] = "\n  " + g.String()
	}
	gates := "gates are"
	if len(lines) == 1 {
		gates = "gate is"
	}
	return fmt.Sprintf("nothing was released: %d %s closed%s", len(lines), gates, strings.Join(lines, ""))
}

// maxNamed is how many problems a gate names.
const maxNamed = 3

func brokenBuild(n int, first []release.Problem) Gate {
	var names []string
	for _, p := range first {
		names = append(names, p.String())
	}
	more := ""
	if n > len(names) {
		more = fmt.Sprintf("; and %d more", n-len(names))
	}
	return Gate{
		Name: "build", Record: names,
		Why:   "the version is not as it was built, or its tiers are not those that its policy gives: " + strings.Join(names, "; ") + more,
		Opens: "corpus verify names every problem; build the version again from its inputs",
	}
}

// gates are those that are closed, in the order in which they are looked at.
func (d *derivation) gates(left *release.PersonalData) ([]Gate, error) {
	var gates []Gate
	lock, err := store.LockHead(filepath.Join(d.Dir, pipeline.LockName))
	if err != nil {
		return nil, errors.Join(errNoLock, err)
	}
	if lock.ConfigSHA256 != d.Config.Digest() {
		gates = append(gates, Gate{
			Name:  "configuration",
			Why:   "corpus.yaml is not the one that the version was built with, so that what it declares may not hold for these records",
			Opens: "build a version with this corpus.yaml and release that one, or name the old file with --config",
		})
	}
	gates = append(gates, d.Closed...)
	gates = append(gates, d.grounds()...)
	gates = append(gates, d.retention()...)
	gates = append(gates, d.consented()...)
	gates = append(gates, d.answers()...)
	if over := left.Over(d.Config.PrivacyLimit); over != nil {
		gates = append(gates, Gate{
			Name: "privacy", Record: over,
			Why:   "more personal data is left in what would leave than privacy_limit allows: " + strings.Join(over, "; "),
			Opens: "see corpus verify --privacy for where; exclude these records by the policy, or declare another privacy_limit in corpus.yaml",
		})
	}
	return gates, nil
}

// notInformed is the value of art14 that says that nobody was told, on no ground.
const notInformed = "not-informed"

// grounds: no comment leaves while legal basis, ethics review and notice of its
// source are unanswered.
func (d *derivation) grounds() []Gate {
	var gates []Gate
	for i := range d.sources {
		s := &d.sources[i]
		n := d.of(s.SourceID).comments
		if n == 0 {
			continue
		}
		var open []string
		for _, x := range []struct {
			column string
			value  *string
		}{
			{"gdpr_basis", s.GDPRBasis}, {"ethics_board", s.EthicsBoard}, {"ethics_ref", s.EthicsRef}, {"ethics_date", s.EthicsDate}, {"art14", s.Art14},
		} {
			if x.value == nil || x.column == "art14" && *x.value == notInformed {
				open = append(open, x.column)
			}
		}
		if len(open) > 0 {
			gates = append(gates, Gate{
				Name: "grounds of " + s.SourceID, Record: open,
				Why:   fmt.Sprintf("%s of the source would leave, and legal basis, ethics review or notice of the persons are unanswered: %s", plural(n, "comment"), strings.Join(open, ", ")),
				Opens: fmt.Sprintf("declare consent: %s of the source %s in corpus.yaml and build a version, or exclude its comments by the policy", strings.Join(open, ", "), s.SourceID),
			})
		}
	}
	return gates
}

// retention: nothing leaves of a source that should be gone.
func (d *derivation) retention() []Gate {
	var gates []Gate
	for i := range d.sources {
		s := &d.sources[i]
		l := d.of(s.SourceID)
		if s.RetentionUntil == nil || l.articles+l.comments == 0 || *s.RetentionUntil >= d.Today {
			continue
		}
		gates = append(gates, Gate{
			Name: "retention of " + s.SourceID, Record: []string{*s.RetentionUntil},
			Why:   fmt.Sprintf("the source may be kept until %s, and it is %s", *s.RetentionUntil, d.Today),
			Opens: "take the source out of corpus.yaml, remove its inputs and build a version; or, where a longer time was agreed on, declare that retention_until and build a version",
		})
	}
	return gates
}

// consented: unmasked texts and names leave only where every source declares
// what the persons agreed to.
func (d *derivation) consented() []Gate {
	if d.build.Privacy != config.PrivacyNone {
		return nil
	}
	var open []string
	for _, s := range pipeline.SourceFacts(d.Config) {
		if !licenses.ConsentGiven(s.ConsentBasis) && d.of(s.SourceID).comments > 0 {
			open = append(open, s.SourceID)
		}
	}
	if len(open) == 0 {
		return nil
	}
	return []Gate{{
		Name: "consent", Record: open,
		Why:   "the corpus is built with privacy: none, so that names and addresses of persons stand in it, and no consent_basis that says that they agreed is declared for " + strings.Join(open, ", "),
		Opens: "declare consent: consent_basis of these sources and build a version, or build it with privacy: pseudonyms",
	}}
}

// answers: the questions that datasheet.yaml asks for before a release.
func (d *derivation) answers() []Gate {
	var open, missing []string
	for _, h := range datasheets.Open(pipeline.SourceFacts(d.Config), d.Datasheet) {
		if h.Required {
			open = append(open, h.ID)
			missing = append(missing, h.Missing...)
		}
	}
	if len(open) == 0 {
		return nil
	}
	opens := "answer them in datasheet.yaml, under answers:, with by and at; corpus datasheet status shows what each asks"
	if len(missing) > 0 {
		opens += "; a declaration answers too: " + strings.Join(missing, "; ")
	}
	return []Gate{{
		Name: "datasheet", Record: open,
		Why:   "questions that a person has to answer before a release are open: " + strings.Join(open, ", "),
		Opens: opens,
	}}
}

func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
