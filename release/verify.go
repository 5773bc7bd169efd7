package release

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	textform "corpus/pipeline/normalize/text"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
)

// sortMemory is what each sorter of Verify may hold, in bytes; four work at a
// time.
const sortMemory = 24 << 20

// errStop ends a check whose problem has been reported.
var errStop = errors.New("stopped")

// Verify checks the version in the folder dir: first its files, then the
// footers of its tables, then, if all of these are whole, every row and what
// rows say of each other. It reports problems one by one, in a fixed order. Its
// memory does not grow with the version.
//
// The error is one of reading: that dir is no version, a disk that fails, ctx.
func Verify(ctx context.Context, dir string, report func(Problem)) (Summary, error) {
	data, err := store.ReadManifestBytes(dir)
	if err != nil {
		return Summary{}, err
	}
	sum := sha256.Sum256(data)
	v := &verifier{ctx: ctx, dir: dir, report: report, masked: map[string]int64{}}
	v.summary.ManifestSHA256 = hex.EncodeToString(sum[:])
	if v.manifest, err = store.ParseManifest(data); err != nil {
		v.problem(Problem{File: store.ManifestName, What: err.Error()})
		return v.summary, nil
	}
	v.counts = v.manifest.Unicode == textform.UnicodeVersion
	v.released = newReleased(v.manifest)
	v.summary.Corpus, v.summary.Version = v.manifest.Corpus, v.manifest.Version
	v.summary.Files, v.summary.Bytes = len(v.manifest.Files)+1, int64(len(data))
	for _, f := range v.manifest.Files {
		v.summary.Bytes += f.Bytes
		v.summary.Rows += f.Rows
	}
	if err := v.files(); err != nil {
		return v.summary, err
	}
	if v.summary.Problems > 0 {
		return v.summary, nil // a damaged file is not read on
	}
	if err := v.footers(); err != nil {
		return v.summary, err
	}
	if v.summary.Problems > 0 {
		return v.summary, nil
	}
	if err := v.rows(); err != nil && !errors.Is(err, errStop) {
		return v.summary, err
	}
	return v.summary, ctx.Err()
}

// verifier is one check of a version.
type verifier struct {
	ctx      context.Context
	dir      string
	manifest *store.Manifest
	report   func(Problem)
	summary  Summary
	tmp      string
	inputs   *store.Lock      // the version's lock, nil where it cannot be read
	counts   bool             // words and sentences can be counted again: same version of Unicode
	masked   map[string]int64 // spans by kind
	tiers    tiers
	released *released // nil for a build
}

func (v *verifier) problem(p Problem) {
	v.summary.Problems++
	v.report(p)
}

// rows checks the rows of all tables and how they agree.
func (v *verifier) rows() error {
	tmp, err := os.MkdirTemp("", "corpus-verify-")
	if err != nil {
		return fmt.Errorf("no folder for temporary files: %w", spill.WithoutPath(err))
	}
	defer os.RemoveAll(tmp)
	v.tmp = tmp

	v.readTiers()
	sources, err := v.sources()
	if err != nil {
		return err
	}
	if err := v.releaseFiles(sources); err != nil {
		return err
	}
	ledger := v.sorter()
	defer ledger.Close()
	if err := v.ledger(sources, ledger); err != nil {
		return err
	}
	members := v.sorter()
	defer members.Close()
	if err := v.duplicates(members); err != nil {
		return err
	}
	said := v.sorter()
	defer said.Close()
	ids := v.sorter()
	defer ids.Close()
	if err := v.threads(sources, ledger, members, said, ids); err != nil {
		return err
	}
	v.compareMasks()
	v.withheldCounts()
	if err := v.uniqueComments(ids); err != nil {
		return err
	}
	if err := v.commenters(said); err != nil {
		return err
	}
	v.summary.RowsChecked = true
	return nil
}

func (v *verifier) sorter() *spill.Sorter {
	return spill.New(spill.Options{Dir: v.tmp, Memory: sortMemory})
}
