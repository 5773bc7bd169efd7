package release

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"corpus/pipeline/config"
	"corpus/pipeline/store"
	"corpus/release/keep"
	"corpus/schema"
)

// released are the checks that only a release needs: that it kept what its
// terms allow, and no more.
type released struct {
	terms      keep.Terms
	rehydrated bool             // texts and provenance may be there again
	withheld   map[string]int64 // rows without their text, by table
	columns    map[string]*keep.Columns
}

func newReleased(m *store.Manifest) *released {
	if m.Release == nil {
		return nil
	}
	r := &released{terms: keep.TermsOf(m.Release), rehydrated: m.Release.Rehydrated != nil, withheld: map[string]int64{}, columns: map[string]*keep.Columns{}}
	for _, t := range schema.Tables() {
		r.columns[t.Name] = keep.For(t.Name)
	}
	return r
}

// text tells whether a row of a tier holds its text; has is whether one is there.
func (r *released) text(tier string, has bool) bool {
	return r == nil || r.terms.Text(tier) || r.rehydrated && has
}

// checksFor are the checks of the columns of a table: what never leaves a
// release is checked to be empty instead, and is there again only in part where
// the release was filled in.
func (v *verifier) checksFor(t schema.Table) columnChecks {
	if v.released == nil {
		return checksOf(t)
	}
	var columns []schema.Column
	for _, c := range schema.Columns(t) {
		if c.Release != schema.ReleaseNever {
			columns = append(columns, c)
		}
	}
	return checksOfColumns(columns)
}

// row names what a row of a release holds and must not.
func (r *released) row(table string, row any, report func(column, what string)) {
	if r == nil || r.rehydrated {
		return
	}
	withText := r.terms.Tier != schema.TierStandoff // of rows that have no tier
	switch x := row.(type) {
	case *schema.Article:
		withText = r.terms.Text(x.Tier)
		if !keep.Row(x.Tier, x.State) {
			report("tier", "is excluded, and no release holds such a record")
		}
	case *schema.Comment:
		withText = r.terms.Text(x.Tier)
		if !keep.Row(x.Tier, x.State) && (x.State != schema.StateMissing || x.NChars > 0 || x.CommenterID != nil || x.PostedLocal != nil || len(x.Spans) > 0) {
			report("tier", "is excluded, and a release holds no more of such a record than its place")
		}
		cut := *x
		if keep.Times(&cut, r.terms.Precision); !equalTimes(cut.PostedAt, x.PostedAt) || !equal(cut.PostedLocal, x.PostedLocal) || !equalTimes(cut.EditedAt, x.EditedAt) {
			report("posted_at", fmt.Sprintf("or another time of it is more exact than time_precision, %s", r.terms.Precision))
		}
	case *schema.Capture:
		withText = true
	}
	for _, column := range r.columns[table].Left(row, withText) {
		report(column, "is there, although the release keeps it back")
	}
}

// withheldText checks what stands about a text that is kept back: its blocks
// and spans by its length, and its digest.
func (r *released) withheldText(table string, w written, report reporter) {
	if w.chars > 0 {
		r.withheld[table]++
	}
	switch {
	case w.text != nil:
		return // the row said so
	case w.chars < schema.MinDigest && w.sha256 != nil:
		report("text_sha256", "is there for %d code points, which could be found by trying", w.chars)
	case w.chars >= schema.MinDigest && w.sha256 == nil:
		report("text_sha256", "is null, so that nobody can prove the text")
	}
	if w.chars == 0 {
		if len(w.blocks) > 0 || len(w.spans) > 0 || w.words != 0 {
			report("n_chars", "is 0, but there are blocks, spans or words")
		}
		return
	}
	withheldBlocks(w, report)
	for i, s := range w.spans {
		if s.Start < 0 || s.End <= s.Start || s.End > w.chars {
			report(fmt.Sprintf("spans[%d]", i), "goes from %d to %d in %d code points", s.Start, s.End, w.chars)
		}
	}
}

// withheldBlocks: with a blank line between each two the blocks are as long as
// the text.
func withheldBlocks(w written, report reporter) {
	want := int64(0)
	for i, b := range w.blocks {
		column := fmt.Sprintf("blocks[%d]", i)
		checkLevel(column, b, report)
		if int64(b.Start) != want || b.End <= b.Start || b.End > w.chars {
			report(column, "goes from %d to %d in %d code points, it has to begin at %d", b.Start, b.End, w.chars, want)
			return
		}
		want = int64(b.End) + int64(len(separator))
	}
	if want != int64(w.chars)+int64(len(separator)) {
		report("blocks", "end before the text does")
	}
}

// proofs checks that the digests of a thread are there where they have to be.
func (t *thread) proofs() {
	r, a := t.v.released, t.article
	said := t.said
	if a.NChars > 0 && !r.text(a.Tier, a.Text != nil) {
		said = append([]keep.Said{{ID: a.ArticleID, Chars: a.NChars}}, said...)
	}
	if r != nil && r.rehydrated {
		return // they are those of the release, and what is left to prove is less
	}
	want := r != nil && !r.terms.Text(a.Tier) && a.NChars >= schema.MinDigest
	if (a.WithheldSHA256 != nil) != want {
		t.wrong("withheld_sha256", "is %s", unlike(a.WithheldSHA256))
	}
	_, want = keep.ByThread(said)
	if r == nil {
		want = false
	}
	if (a.ThreadSHA256 != nil) != want {
		t.wrong("thread_sha256", "is %s", unlike(a.ThreadSHA256))
	}
}

func unlike(s *string) string {
	if s == nil {
		return "null, so that nobody can prove what is withheld"
	}
	return "set, although nothing is withheld that it could prove"
}

// releaseFiles checks the files that only a release has, or must not have.
func (v *verifier) releaseFiles(sources map[string]bool) error {
	if v.released == nil || v.released.rehydrated {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(v.dir, keep.RecipePath))
	if errors.Is(err, fs.ErrNotExist) {
		v.problem(Problem{File: keep.RecipePath, What: "is missing: nobody can fill the release in again"})
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", keep.RecipePath, withoutDir(err))
	}
	recipe, err := keep.ParseRecipe(data)
	if err != nil {
		v.problem(Problem{File: keep.RecipePath, What: err.Error()})
		return nil
	}
	if recipe.Corpus != v.manifest.Corpus || recipe.Privacy != v.manifest.Privacy {
		v.problem(Problem{File: keep.RecipePath, What: "is of another corpus than the manifest"})
	}
	known := map[string]bool{}
	for _, s := range recipe.Sources {
		known[s.ID] = true
		if !sources[s.ID] {
			v.problem(Problem{File: keep.RecipePath, Record: s.ID, What: "the source is not in the table sources"})
		}
	}
	for _, id := range sortedKeys(sources) {
		if !known[id] {
			v.problem(Problem{File: keep.RecipePath, Record: id, What: "the source is missing"})
		}
	}
	return nil
}

// ledgerCounts holds the counts by which the ledger leaves against the accounts
// of the sources.
func (v *verifier) ledgerCounts() {
	said := v.manifest.Release.Ledger
	outcome, reason := map[string]int64{}, map[string]int64{}
	for i := range v.manifest.Sources {
		for name, n := range v.manifest.Sources[i].Outcomes {
			outcome[name] += n
		}
		for name, n := range v.manifest.Sources[i].Rejected {
			reason[name] += n
		}
	}
	for _, name := range outcomes() {
		var n int64
		for _, k := range said[name] {
			n += k
		}
		if n != outcome[name] {
			v.problem(Problem{File: store.ManifestName, Column: "release.ledger", What: fmt.Sprintf("counts %d documents of outcome %s, the sources have %d", n, name, outcome[name])})
		}
	}
	for _, name := range schema.Reasons() {
		if n := said[schema.OutcomeRejected][name]; n != reason[name] {
			v.problem(Problem{File: store.ManifestName, Column: "release.ledger", What: fmt.Sprintf("counts %d documents rejected as %s, the sources have %d", n, name, reason[name])})
		}
	}
}

// withheldCounts holds the rows without their text against the manifest.
func (v *verifier) withheldCounts() {
	if v.released == nil || v.released.rehydrated {
		return
	}
	for _, table := range []string{schema.TableArticles, schema.TableComments} {
		if said, n := v.manifest.Release.Withheld[table], v.released.withheld[table]; said != n {
			v.problem(Problem{File: store.ManifestName, Column: "release.withheld", What: fmt.Sprintf("says that %d rows of %s are without their text, there are %d", said, table, n)})
		}
	}
}

// scope checks the pseudonyms of a release in which they are none of persons
// across articles: said has them in their order.
func (v *verifier) scope(said *sorted) error {
	last, article := "", ""
	for said.ok {
		id, in, err := commenterOf(said)
		if err != nil {
			return err
		}
		if v.released.terms.Scope == config.ScopeNone {
			v.problem(Problem{File: v.fileOf(schema.TableComments, in), Table: schema.TableComments, Record: in, Column: "commenter_id", What: "is set in a release without pseudonyms"})
			return nil
		}
		if id == last && in != article {
			v.problem(Problem{File: v.fileOf(schema.TableComments, in), Table: schema.TableComments, Record: in, Column: "commenter_id", What: "stands under the article " + article + " as well, although the scope is the article"})
		}
		last, article = id, in
		if err := said.advance(); err != nil {
			return err
		}
	}
	if n := v.manifest.Rows[schema.TableCommenters]; n != 0 {
		v.problem(Problem{File: v.fileOf(schema.TableCommenters, ""), Table: schema.TableCommenters, What: fmt.Sprintf("has %d rows, although no pseudonym stands for a person across articles", n)})
	}
	return nil
}

// unnamed tells whether comments have no pseudonym, whatever it was made of.
func (v *verifier) unnamed() bool {
	return v.released != nil && v.released.terms.Scope == config.ScopeNone
}
