package store

import (
	"fmt"
	"strings"

	"corpus/schema"
)

// Release is what the manifest of a release says of it beside the rest.
type Release struct {
	Tier           string                      `json:"tier"`            // full, gated or standoff
	BuildVersion   string                      `json:"build_version"`   // version that it was made of
	BuildSHA256    string                      `json:"build_sha256"`    // of the manifest.json of that version
	CommenterScope string                      `json:"commenter_scope"` // corpus, article or none
	TimePrecision  string                      `json:"time_precision"`  // of the times of comments
	Withheld       map[string]int64            `json:"withheld"`        // rows without their text, by table
	Excluded       map[string]int64            `json:"excluded"`        // rows that are left out, by table
	Ledger         map[string]map[string]int64 `json:"ledger"`          // documents of the build by outcome and reason, "" for none
	Rehydrated     *Rehydrated                 `json:"rehydrated,omitzero"`
}

// Rehydrated says of a release that its texts were filled in again.
type Rehydrated struct {
	ReleaseSHA256 string           `json:"release_sha256"` // of the manifest.json of the release
	Filled        map[string]int64 `json:"filled"`         // rows whose text is there again, by table
	Missing       map[string]int64 `json:"missing"`        // rows that no input shows
	Changed       map[string]int64 `json:"changed"`        // rows that the inputs show otherwise
	Unproven      map[string]int64 `json:"unproven"`       // rows whose text no digest proves, so that it was not filled in
}

// RehydratedName marks the version of a release that was filled in again.
const RehydratedName = ".rehydrated"

// ReleaseVersion is the version of a release of a tier: 1.2.0+full.
func ReleaseVersion(version, tier string) string { return version + "+" + tier }

// ValidRelease tells whether s is the version of a release, or of one that was
// filled in again: MAJOR.MINOR.PATCH, then + and its tier (SemVer 2.0.0, 10).
func ValidRelease(s string) bool {
	version, tier, ok := strings.Cut(s, "+")
	return ok && ValidVersion(version) && releaseTier(strings.TrimSuffix(tier, RehydratedName))
}

func releaseTier(tier string) bool {
	return tier == schema.TierFull || tier == schema.TierGated || tier == schema.TierStandoff
}

// ValidNumber tells whether s is the version of a build or of a release.
func ValidNumber(s string) bool { return ValidVersion(s) || ValidRelease(s) }

// check tells whether a release says what it has to.
func (r *Release) check(version string) error {
	name := ReleaseVersion(r.BuildVersion, r.Tier)
	if r.Rehydrated != nil {
		name += RehydratedName
		if !isHex(r.Rehydrated.ReleaseSHA256, 64) {
			return fmt.Errorf("release_sha256 is no digest")
		}
	}
	switch {
	case !ValidVersion(r.BuildVersion):
		return fmt.Errorf("build_version is no version: %q", r.BuildVersion)
	case !releaseTier(r.Tier):
		return fmt.Errorf("tier is none: %q", r.Tier)
	case name != version:
		return fmt.Errorf("the version %q cannot be that of the release %q", version, name)
	case !isHex(r.BuildSHA256, 64):
		return fmt.Errorf("build_sha256 is no digest")
	}
	return nil
}
