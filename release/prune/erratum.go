package prune

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"corpus/pipeline"
	"corpus/pipeline/compare"
	"corpus/pipeline/privacy"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	list "corpus/pipeline/takedown"
	"corpus/release/derive"
	"corpus/release/erratum"
	"corpus/release/keep"
	"corpus/release/tables"
	"corpus/release/takedown"
)

// ErratumOptions say for what an erratum is made, and with what.
type ErratumOptions struct {
	Release  string        // folder of the release
	Build    string        // of the build that it was made of, or of a later one without what was taken down; "" for beside the release
	Matcher  *list.Matcher // of the list of removals
	Key      *privacy.Key  // of the build
	Tmp      string        // folder for temporary files, which hold the tables twice; "" for that of the system
	Memory   int64         // as in pipeline.PruneOptions
	Observer pipeline.Observer
}

// ErrNothing is the error of a release that holds nothing of what was taken down.
var ErrNothing = errors.New("the release holds nothing of what was taken down, so that there is nothing to correct")

// Erratum makes the erratum of a release. Where no erratum can say what would
// have to change the error is an *erratum.RefusedError; one of usage or key
// wraps pipeline.ErrUsage.
func Erratum(ctx context.Context, o ErratumOptions) (*erratum.Erratum, error) {
	side, err := openRelease(o.Release)
	if err != nil {
		return nil, err
	}
	m := side.Manifest
	if err := side.Check(ctx); err != nil {
		return nil, fmt.Errorf("%s %s: %w", m.Corpus, m.Version, err)
	}
	tmp, err := os.MkdirTemp(o.Tmp, "corpus-erratum-")
	if err != nil {
		return nil, fmt.Errorf("no folder for temporary files: %w", spill.WithoutPath(err))
	}
	defer os.RemoveAll(tmp)
	build, err := o.without(ctx, m, tmp)
	if err != nil {
		return nil, err
	}
	draft, err := derive.NewDraft(ctx, derive.DraftOptions{Dir: build, Out: filepath.Join(tmp, "released"), Terms: keep.TermsOf(m.Release), Key: o.Key, Tmp: tmp})
	if err != nil {
		return nil, err
	}
	now := draft.Manifest
	x := &erratum.Erratum{
		Corpus: m.Corpus, Version: m.Version, ManifestSHA256: side.SHA256, TakedownSHA256: o.Matcher.Digest(), Tool: now.Tool,
		BuildVersion: now.Release.BuildVersion, BuildSHA256: now.Release.BuildSHA256,
		NamesLeft: now.Masked[tables.NamesLeft], Excluded: now.Release.Excluded, Ledger: now.Release.Ledger, Sources: now.Sources, Leaks: draft.Leaks,
	}
	for _, f := range now.Files {
		if f.Table != "" {
			x.Tables = append(x.Tables, f)
		}
	}
	if err := x.Difference(ctx, o.Release, draft.Dir, m, tmp); err != nil {
		return nil, err
	}
	if len(x.Articles)+len(x.Commenters)+len(x.Duplicates) == 0 {
		return nil, pipeline.Usage("%w", ErrNothing)
	}
	return x, nil
}

// openRelease opens a release, one that was not filled in.
func openRelease(dir string) (*compare.Side, error) {
	side, err := compare.Open(dir)
	if err != nil {
		return nil, err
	}
	switch r := side.Manifest.Release; {
	case r == nil:
		return nil, pipeline.Usage("this is a build, and no release")
	case r.Rehydrated != nil:
		return nil, pipeline.Usage("this release was filled in: prune the release itself (manifest sha256 %s), fill in what comes of it with corpus rehydrate, and remove this one", r.Rehydrated.ReleaseSHA256)
	}
	return side, nil
}

// without is the folder of a build without what was taken down: what is left of
// the one that the release was made of, in tmp, or a later one.
func (o *ErratumOptions) without(ctx context.Context, m *store.Manifest, tmp string) (string, error) {
	dir := o.Build
	if dir == "" {
		dir = filepath.Join(o.Release, "..", m.Release.BuildVersion)
	}
	data, err := store.ReadManifestBytes(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return "", pipeline.Usage("an erratum is measured against a build, and %s, of which the release was made, is not there (%w): name it, or a later one without what was taken down, with --build", m.Release.BuildVersion, err)
	}
	if err != nil {
		return "", fmt.Errorf("the build: %w", err)
	}
	build, err := store.ParseManifest(data)
	if err != nil {
		return "", fmt.Errorf("the build: %w", err)
	}
	switch {
	case build.Release != nil:
		return "", pipeline.Usage("--build: this is a release, of %s: name the folder of a build", build.Release.BuildVersion)
	case build.Corpus != m.Corpus:
		return "", pipeline.Usage("--build: this is a version of another corpus, %s", build.Corpus)
	}
	sum := sha256.Sum256(data)
	if hex.EncodeToString(sum[:]) == m.Release.BuildSHA256 {
		return o.pruned(ctx, dir, tmp)
	}
	if !compare.Less(m.Release.BuildVersion, build.Version) {
		return "", pipeline.Usage("--build: %s is neither the build that the release was made of (%s with the manifest %s) nor a later one", build.Version, m.Release.BuildVersion, m.Release.BuildSHA256)
	}
	found, err := takedown.Find(ctx, o.Matcher, takedown.Version{Dir: dir, Number: build.Version}, nil)
	if err != nil {
		return "", err
	}
	if found.Holds() {
		return "", pipeline.Usage("--build: %s still holds what was taken down; build a new one, or name the build that the release was made of", build.Version)
	}
	return dir, nil
}

// pruned is the build in the folder dir without what was taken down.
func (o *ErratumOptions) pruned(ctx context.Context, dir, tmp string) (string, error) {
	x, _, err := o.Matcher.NewErratum(ctx, dir)
	if err != nil {
		return "", err
	}
	if len(x.Articles) == 0 {
		return "", pipeline.Usage("%w", ErrNothing)
	}
	out := filepath.Join(tmp, "built")
	report, err := pipeline.Prune(ctx, pipeline.PruneOptions{Dir: dir, Erratum: x, Out: out, Tmp: tmp, Memory: o.Memory, Observer: o.Observer})
	if err != nil {
		return "", fmt.Errorf("pruning the build: %w", err)
	}
	return filepath.Join(out, report.Corpus, report.Version), nil
}
