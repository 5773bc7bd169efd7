package config

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/go-json-experiment/json"
)

// Digest is the SHA-256 of what the configuration means for the bytes of a
// build, in hexadecimal: equal for files that differ in comments, order of the
// sources, spelled-out defaults or the folders that inputs lie in. What the
// inputs hold is not part of it: the lock has their digests, the index's and
// that of the previous version, and beside them the number of the version.
func (c *Config) Digest() string {
	m := *c
	m.Version, m.Previous = "", ""
	m.Takedown = Takedown{} // the lock has the digest of what the list means
	m.AcceptRejects = ""    // decides on the exit code, not on the bytes
	m.PrivacyLimit = nil    // likewise
	m.Release = nil         // is about what is made of a build
	m.Sources = slices.Clone(c.Sources)
	for i := range m.Sources {
		s := &m.Sources[i]
		s.Inputs = slices.Clone(s.Inputs)
		for j, glob := range s.Inputs {
			_, s.Inputs[j] = doublestar.SplitPattern(path.Clean(glob))
		}
		slices.Sort(s.Inputs)
		if s.Index != "" {
			s.Index = "index"
		}
		if s.CDX != "" {
			s.CDX = "cdx"
		}
		if s.Gold != "" {
			s.Gold = "gold"
		}
		s.Languages = slices.Clone(s.Languages)
		slices.Sort(s.Languages)
		s.PostTypes = slices.Clone(s.PostTypes)
		slices.Sort(s.PostTypes)
		if s.Unpublished == UnpublishedExclude {
			s.Unpublished = "" // the default
		}
	}
	slices.SortFunc(m.Sources, func(a, b Source) int { return cmp.Compare(a.ID, b.ID) })
	if m.Splits == SplitsNone {
		m.SplitShares = nil
	}
	// Zero fields are left out, so that a key added later keeps the digests of
	// configurations that do not use it.
	text, err := json.Marshal(m, json.OmitZeroStructFields(true), json.Deterministic(true))
	if err != nil { // a Config holds valid UTF-8 and integers alone
		text = []byte(err.Error())
	}
	h := sha256.New()
	h.Write([]byte("corpus configuration 1\n"))
	h.Write(text)
	return hex.EncodeToString(h.Sum(nil))
}
