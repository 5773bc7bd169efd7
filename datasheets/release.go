package datasheets

import (
	"bytes"
	"fmt"

	"corpus/schema"
)

// Release is what a release says of itself beside what its rows say.
type Release struct {
	Tier           string // full, gated or standoff
	BuildVersion   string
	BuildSHA256    string // of the manifest.json of the build
	CommenterScope string // corpus, article or none
	TimePrecision  string // of the times of comments
	Withheld       map[string]int64
	Excluded       map[string]int64
	Filled         map[string]int64 // rows whose text was filled in again; nil for the release itself
}

// commenters tells whether pseudonyms stand for persons across articles, so
// that these can be counted.
func (m *Model) commenters() bool { return m.Release == nil || m.Release.CommenterScope == "corpus" }

// ledgerStands says where the outcomes of the documents are.
func (m *Model) ledgerStands() string {
	if m.Release == nil {
		return "`audit/ledger` has a row with the outcome of each"
	}
	return "the ledger stays with the builder, `statistics.json` counts it by outcome and reason"
}

// cardRelease says what was kept back, and how the reader gets it.
func cardRelease(b *bytes.Buffer, m *Model) {
	r := m.Release
	if r == nil {
		return
	}
	b.WriteString("## Release\n\n")
	if r.Filled != nil {
		fmt.Fprintf(b, "The release of tier `%s` of the build %s, filled in from somebody's own pages: %s of %s and %s of %s have their text again, proven by the digests of the release. It is for who filled it in: it holds what the release keeps back. ",
			r.Tier, r.BuildVersion, num(r.Filled[schema.TableArticles]), plural(r.Withheld[schema.TableArticles], "article"), num(r.Filled[schema.TableComments]), plural(r.Withheld[schema.TableComments], "comment"))
		b.WriteString(m.people() + "\n\n")
		return
	}
	fmt.Fprintf(b, "This is what may leave of the build %s (SHA-256 of its manifest.json `%s`), as a release of tier `%s`. ", r.BuildVersion, r.BuildSHA256, r.Tier)
	fmt.Fprintf(b, "%s and %s stand in it without their text: with ids, addresses, times, numbers and digests. ", plural(r.Withheld[schema.TableArticles], "article"), plural(r.Withheld[schema.TableComments], "comment"))
	if r.Withheld[schema.TableArticles]+r.Withheld[schema.TableComments] > 0 {
		b.WriteString("Who has the pages can fill them in: `corpus rehydrate` proves each record by its digest. ")
	}
	fmt.Fprintf(b, "%s and %s are left out. ", plural(r.Excluded[schema.TableArticles], "article"), plural(r.Excluded[schema.TableComments], "comment"))
	b.WriteString("Columns about the builder's own files are empty.\n\n" + m.people() + "\n\n")
}

// people says what is left of the commenters and their times.
func (m *Model) people() string {
	r := m.Release
	s := "Commenters have the pseudonyms of the build, one for a person within a source's scope."
	switch r.CommenterScope {
	case "article":
		s = "Commenters have a new pseudonym in every article, so that nobody can be followed from one to the next; the table commenters is empty."
	case "none":
		s = "Commenters have no pseudonyms; the table commenters is empty."
	}
	if r.TimePrecision == "stated" {
		return s + " Times of comments are as exact as stated."
	}
	return s + fmt.Sprintf(" Times of comments are no more exact than the %s.", r.TimePrecision)
}
