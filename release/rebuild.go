package release

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"corpus/pipeline"
	"corpus/pipeline/store"
)

// Rebuild builds the version in dir again, from the inputs that o.Config
// declares, under the version's own lock, and reports every file whose bytes
// are others. The new build goes to a folder in o.Out ("" for the system's) and
// is removed. The error is that of the build, such as a *pipeline.DriftError.
func Rebuild(ctx context.Context, dir string, o pipeline.Options, report func(Problem)) (*pipeline.Report, error) {
	old, err := store.ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	if old.Release != nil {
		return nil, fmt.Errorf("this is a release of %s, which is derived and not built: --rebuild is for that version, --build holds a release against it", old.Release.BuildVersion)
	}
	tmp, err := os.MkdirTemp(o.Out, "corpus-rebuild-")
	if err != nil {
		return nil, fmt.Errorf("a folder for the second build: %w", err)
	}
	defer os.RemoveAll(tmp)
	if o.Versions == "" {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return nil, fmt.Errorf("the folder of the version: %w", err)
		}
		o.Versions = filepath.Dir(abs) // the previous version stands beside this one
	}
	o.Out, o.Locked, o.Lock = tmp, true, filepath.Join(dir, pipeline.LockName)
	built, err := pipeline.Build(ctx, o)
	if err != nil {
		return nil, err
	}
	again, err := store.ReadManifest(filepath.Join(tmp, old.Corpus, old.Version))
	if err != nil {
		return nil, err
	}
	compareFiles(old, again, report)
	return built, nil
}

// compareFiles reports the files in which two manifests differ, in the order of
// their paths.
func compareFiles(old, again *store.Manifest, report func(Problem)) {
	i, j := 0, 0
	for i < len(old.Files) || j < len(again.Files) {
		switch {
		case j == len(again.Files) || i < len(old.Files) && old.Files[i].Path < again.Files[j].Path:
			report(Problem{File: old.Files[i].Path, What: "a second build does not write it"})
			i++
		case i == len(old.Files) || again.Files[j].Path < old.Files[i].Path:
			report(Problem{File: again.Files[j].Path, What: "only a second build writes it"})
			j++
		default:
			if old.Files[i] != again.Files[j] {
				report(Problem{File: old.Files[i].Path, What: "a second build gives other bytes"})
			}
			i++
			j++
		}
	}
	if old.Digest != again.Digest {
		report(Problem{File: store.ManifestName, What: "a second build gives another one"})
	}
}
