package licenses

import (
	"strings"
	"sync"

	"github.com/google/licensecheck"
)

// textLicenses are the families of licences for texts, pictures and data whose
// wording is known again, and the most frequent ones for programs. All of them
// would make ten times the table, which costs more than a second of a process.
var textLicenses = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "C-UDA", "CC-", "CC0", "CDLA", "DL-DE", "FreeDoc", "GFDL", "ISC", "MIT", "NLOD", "ODC", "ODbL", "OGL", "OPL", "PDDL", "etalab"}

// scanner compares with their texts; nil where the library refuses them.
var scanner = sync.OnceValue(func() *licensecheck.Scanner {
	var known []licensecheck.License
	for _, l := range licensecheck.BuiltinLicenses() {
		for _, family := range textLicenses {
			if l.LRE != "" && strings.HasPrefix(l.ID, family) {
				known = append(known, l)
				break
			}
		}
	}
	s, err := licensecheck.NewScanner(known)
	if err != nil {
		return nil
	}
	return s
})

// legalText compares a text with those of known licences. It answers only where
// it is one licence.
func legalText(text string) (spdx string, ok bool) {
	text = text[:min(len(text), maxLegalText)]
	if low := strings.ToLower(text); !strings.Contains(low, "licens") && !strings.Contains(low, "licenc") && !strings.Contains(low, "dedicat") {
		return "", false // none of the texts goes without these words
	}
	defer func() {
		if recover() != nil {
			spdx, ok = "", false
		}
	}()
	s := scanner()
	if s == nil {
		return "", false
	}
	for _, m := range s.Scan([]byte(text)).Match {
		id, listed := listed(m.ID)
		if !listed || m.IsURL {
			continue
		}
		if spdx != "" && spdx != id {
			return "", false
		}
		spdx = id
	}
	return spdx, spdx != ""
}
