package derive

import (
	"context"

	"corpus/pipeline/privacy"
	"corpus/pipeline/resolve"
	"corpus/pipeline/store"
	"corpus/release/keep"
)

// DraftOptions say of what a draft is made.
type DraftOptions struct {
	Dir   string       // folder of the build
	Out   string       // folder that the draft goes to, which the caller removes
	Terms keep.Terms   // of the release
	Key   *privacy.Key // of the build
	Tmp   string       // folder for temporary files; "" for beside the draft
}

// Draft is the tables of a release, and no document: what an erratum is measured
// against. No gate is asked, since an erratum only takes away.
type Draft struct {
	Dir      string
	Manifest *store.Manifest // what the release says of itself, but for the documents
	Leaks    *resolve.Leaks  // between the splits; nil without splits
}

// NewDraft derives the tables of the release of a build under the terms of a
// release that there is: byte for byte those that Release gives.
func NewDraft(ctx context.Context, o DraftOptions) (*Draft, error) {
	d, err := open(Options{Dir: o.Dir, Tier: o.Terms.Tier, Key: o.Key, Tmp: o.Tmp})
	if err != nil {
		return nil, err
	}
	if d.build.Release != nil {
		return nil, errRelease(d.build)
	}
	if err := checkKey(d.build, o.Key); err != nil {
		return nil, err
	}
	d.terms = o.Terms
	if err := d.begin(ctx, o.Out); err != nil {
		return nil, err
	}
	defer d.version.Abort()
	if err := d.run(ctx); err != nil {
		return nil, err
	}
	m := d.manifest()
	if _, err := d.version.Seal(m); err != nil {
		return nil, err
	}
	return &Draft{Dir: d.version.Dir(), Manifest: m, Leaks: d.found}, nil
}
