package release

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/schema"
)

// sources reads the declared sources: the only table held in memory, since
// people wrote it.
func (v *verifier) sources() (map[string]bool, error) {
	s, err := open[schema.Source](v, schema.TableSources)
	if err != nil {
		return nil, err
	}
	defer s.close()
	ids := map[string]bool{}
	for s.ok {
		ids[s.row.SourceID] = true
		if s.row.GDPRBasis != nil {
			v.tiers.gdpr[s.row.SourceID] = *s.row.GDPRBasis
		}
		if err := s.advance(); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// ledger recounts the accounts of every source, compares them with the
// manifest, and files the rows that name an article under it.
func (v *verifier) ledger(sources map[string]bool, byArticle *spill.Sorter) error {
	s, err := open[schema.LedgerRow](v, schema.TableLedger)
	if err != nil {
		return err
	}
	defer s.close()
	counts := map[string]*store.SourceCounts{}
	inputs := v.lockedInputs()
	var prev schema.LedgerRow
	first := true
	if v.released != nil {
		if s.ok {
			s.wrong("", "is in a release, although the ledger leaves as counts")
		}
		v.ledgerCounts()
		return nil
	}
	for s.ok {
		row := s.row
		if !sources[row.SourceID] {
			s.wrong("source_id", "is %q, which is not in the table sources", row.SourceID)
		}
		if !first && row.SourceID == prev.SourceID && row.InputPath == prev.InputPath {
			switch c := compareLocators(prev.Locator, row.Locator); {
			case c == 0:
				s.wrong("locator", "two rows have the same source_id, input_path, locator")
			case c > 0:
				s.wrong("locator", "rows are out of order by locator")
			}
		}
		prev, first = row, false
		checkLedgerRow(s)
		inputs.see(s)
		if counts[row.SourceID] == nil {
			counts[row.SourceID] = &store.SourceCounts{SourceID: row.SourceID, Outcomes: map[string]int64{}, Rejected: map[string]int64{}}
		}
		addCounts(counts[row.SourceID], &row)
		if row.ArticleID != nil {
			if err := byArticle.Add([]byte(*row.ArticleID), encodeShown(shownOf(&row))); err != nil {
				return err
			}
		}
		if err := s.advance(); err != nil {
			return err
		}
	}
	inputs.end()
	v.compareCounts(sources, counts)
	return nil
}

// lockedInputs walks over the inputs in the lock beside the rows of the
// ledger, which have the same order: every input has a row, and every row an
// input.
type lockedInputs struct {
	v    *verifier
	rest []store.LockFile
	seen bool // whether the first of rest has a row
}

func (v *verifier) lockedInputs() *lockedInputs {
	if v.inputs == nil {
		return &lockedInputs{}
	}
	return &lockedInputs{v: v, rest: v.inputs.Inputs}
}

func (l *lockedInputs) see(s *stream[schema.LedgerRow]) {
	if l.v == nil {
		return
	}
	row := &s.row
	for len(l.rest) > 0 && cmp.Or(cmp.Compare(l.rest[0].Source, row.SourceID), cmp.Compare(l.rest[0].Path, row.InputPath)) < 0 {
		l.pass()
	}
	if len(l.rest) == 0 || l.rest[0].Source != row.SourceID || l.rest[0].Path != row.InputPath {
		s.wrong("input_path", "is no input of the lock")
		return
	}
	l.seen = true
	if sum := l.rest[0].SHA256; (row.InputSHA256 == nil) != (sum == "") || row.InputSHA256 != nil && *row.InputSHA256 != sum {
		s.wrong("input_sha256", "is not that of the input in the lock")
	}
}

// pass leaves the first input behind.
func (l *lockedInputs) pass() {
	if !l.seen {
		in := l.rest[0]
		l.v.problem(Problem{File: l.v.fileOf(schema.TableLedger, ""), Table: schema.TableLedger, Record: in.Source + " " + in.Path, Column: "input_path", What: "the input stands in the lock, but has no row"})
	}
	l.rest, l.seen = l.rest[1:], false
}

func (l *lockedInputs) end() {
	for len(l.rest) > 0 {
		l.pass()
	}
}

// checkLedgerRow checks what a row of the ledger says of itself.
func checkLedgerRow(s *stream[schema.LedgerRow]) {
	row := &s.row
	if sum := int64(row.NCommentsKept) + int64(row.NCommentsDuplicate) + int64(row.NCommentsExcluded); sum != int64(row.NCommentsRead) {
		s.wrong("n_comments_read", "is %d, but %d are kept, %d duplicate and %d excluded", row.NCommentsRead, row.NCommentsKept, row.NCommentsDuplicate, row.NCommentsExcluded)
	}
	if row.ArticleID == nil && row.NCommentsKept != 0 {
		s.wrong("n_comments_kept", "is %d under no article", row.NCommentsKept)
	}
	switch row.Outcome {
	case schema.OutcomeArticle, schema.OutcomeComments, schema.OutcomeCapture:
		if row.ArticleID == nil || row.InputSHA256 == nil {
			s.wrong("outcome", "is %s, but article_id or input_sha256 is null", row.Outcome)
		}
	case schema.OutcomeRejected:
		if row.Reason == nil {
			s.wrong("reason", "is null, but the document was rejected")
		}
		if row.ArticleID != nil || row.NCommentsRead != 0 {
			s.wrong("outcome", "is rejected, but the document has an article or comments")
		}
	}
}

// compareLocators orders locators by the numbers in them, "line=2" before
// "line=10", and by the names of the members of archives as bytes.
func compareLocators(a, b string) int { return cmp.Compare(numbersAligned(a), numbersAligned(b)) }

// numbersAligned is a locator with numbers of one length: "name=NUMBER+NUMBER",
// the second of which is empty where it is not there.
func numbersAligned(locator string) string {
	var out strings.Builder
	for i, part := range strings.Split(locator, ";") {
		if i > 0 {
			out.WriteByte(';')
		}
		name, value, ok := strings.Cut(part, "=")
		if !ok || name == "member" {
			out.WriteString(part)
			continue
		}
		first, second, _ := strings.Cut(value, "+")
		fmt.Fprintf(&out, "%s=%20s+%20s", name, first, second)
	}
	return out.String()
}

func addCounts(c *store.SourceCounts, row *schema.LedgerRow) {
	c.Documents++
	c.Outcomes[row.Outcome]++
	if row.Outcome == schema.OutcomeRejected && row.Reason != nil {
		c.Rejected[*row.Reason]++
	}
	c.CommentsRead += int64(row.NCommentsRead)
	c.CommentsKept += int64(row.NCommentsKept)
	c.CommentsDuplicate += int64(row.NCommentsDuplicate)
	c.CommentsExcluded += int64(row.NCommentsExcluded)
}

// compareCounts holds the recounted accounts against those of the manifest.
func (v *verifier) compareCounts(sources map[string]bool, counts map[string]*store.SourceCounts) {
	stated := map[string]bool{}
	for i := range v.manifest.Sources {
		m := &v.manifest.Sources[i]
		stated[m.SourceID] = true
		got := counts[m.SourceID]
		if got == nil {
			got = &store.SourceCounts{SourceID: m.SourceID}
		}
		for _, n := range []struct {
			what         string
			ledger, said int64
		}{
			{"documents", got.Documents, m.Documents},
			{"comments read", got.CommentsRead, m.CommentsRead},
			{"comments kept", got.CommentsKept, m.CommentsKept},
			{"duplicate comments", got.CommentsDuplicate, m.CommentsDuplicate},
			{"excluded comments", got.CommentsExcluded, m.CommentsExcluded},
		} {
			if n.ledger != n.said {
				v.wrongCount(m.SourceID, n.what, n.ledger, n.said)
			}
		}
		for _, outcome := range outcomes() {
			if got.Outcomes[outcome] != m.Outcomes[outcome] {
				v.wrongCount(m.SourceID, "documents of outcome "+outcome, got.Outcomes[outcome], m.Outcomes[outcome])
			}
		}
		for _, reason := range schema.Reasons() {
			if got.Rejected[reason] != m.Rejected[reason] {
				v.wrongCount(m.SourceID, "documents rejected as "+reason, got.Rejected[reason], m.Rejected[reason])
			}
		}
	}
	for _, id := range sortedKeys(sources) {
		if !stated[id] {
			v.problem(Problem{File: store.ManifestName, Record: id, What: "the source has no account"})
		}
	}
	for _, id := range sortedKeys(stated) {
		if !sources[id] {
			v.problem(Problem{File: store.ManifestName, Record: id, What: "the source is not in the table sources"})
		}
	}
}

func (v *verifier) wrongCount(source, what string, ledger, said int64) {
	v.problem(Problem{File: store.ManifestName, Record: source, What: fmt.Sprintf("says %d %s, the ledger has %d", said, what, ledger)})
}

func outcomes() []string {
	return []string{schema.OutcomeArticle, schema.OutcomeComments, schema.OutcomeCapture, schema.OutcomeExcluded, schema.OutcomeRejected, schema.OutcomeTombstone}
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// shown is a document as the ledger knows it, seen from its article.
type shown struct {
	outcome, sha256, locator, source string
	read, kept                       int32
}

func shownOf(row *schema.LedgerRow) shown {
	d := shown{outcome: row.Outcome, locator: row.Locator, source: row.SourceID, read: row.NCommentsRead, kept: row.NCommentsKept}
	if row.InputSHA256 != nil {
		d.sha256 = *row.InputSHA256
	}
	return d
}

func encodeShown(d shown) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(d.read))
	b = binary.BigEndian.AppendUint32(b, uint32(d.kept))
	return spill.AppendKey(b, []byte(d.outcome), []byte(d.sha256), []byte(d.locator), []byte(d.source))
}

func decodeShown(b []byte) (shown, error) {
	if len(b) < 8 {
		return shown{}, spill.ErrKey
	}
	parts, err := spill.Parts(b[8:])
	if err != nil || len(parts) != 4 {
		return shown{}, spill.ErrKey
	}
	return shown{
		read:    int32(binary.BigEndian.Uint32(b)),
		kept:    int32(binary.BigEndian.Uint32(b[4:])),
		outcome: string(parts[0]),
		sha256:  string(parts[1]),
		locator: string(parts[2]),
		source:  string(parts[3]),
	}, nil
}
