package store

import (
	"strings"
	"testing"
)

func TestValidRelease(t *testing.T) {
	for s, want := range map[string]bool{
		"1.2.0+full": true, "1.2.0+gated": true, "0.1.0+standoff": true, "0.1.0+standoff.rehydrated": true,
		"1.2.0": false, "1.2.0+": false, "1.2.0+excluded": false, "1.2+full": false, "1.2.0+full+full": false, "1.2.0+../x": false, "1.2.0+.rehydrated": false,
	} {
		if ValidRelease(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

// A release is written under its own name, and its manifest has to say of what
// build and tier it is.
func TestCreateRelease(t *testing.T) {
	dir := t.TempDir()
	if _, err := CreateRelease(dir, "demo", "1.0.0"); err == nil {
		t.Error("a build's number is none of a release")
	}
	for _, c := range []struct {
		name    string
		release *Release
		want    string
	}{
		{"no release", nil, "version is none"},
		{"another tier", &Release{Tier: "gated", BuildVersion: "1.0.0", BuildSHA256: strings.Repeat("0", 64)}, "cannot be that"},
		{"no build", &Release{Tier: "full", BuildVersion: "1.0.0"}, "build_sha256"},
		{"not rehydrated", &Release{Tier: "full", BuildVersion: "1.0.0", BuildSHA256: strings.Repeat("0", 64), Rehydrated: &Rehydrated{}}, "release_sha256"},
	} {
		v, err := CreateRelease(dir, "demo", "1.0.0+full")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Seal(&Manifest{Release: c.release}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		v.Abort()
	}
}
