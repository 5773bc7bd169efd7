package licenses

import (
	"strings"
	"testing"

	"github.com/google/licensecheck"
)

// Every licence of the families is known again by its own text, and needs one of
// the words that are looked for first.
func TestLegalTextsAreKnown(t *testing.T) {
	if scanner() == nil {
		t.Fatal("the scanner cannot be made")
	}
	n := 0
	for _, l := range licensecheck.BuiltinLicenses() {
		low := strings.ToLower(l.LRE)
		for _, family := range textLicenses {
			if l.LRE == "" || !strings.HasPrefix(l.ID, family) {
				continue
			}
			n++
			if !strings.Contains(low, "licens") && !strings.Contains(low, "licenc") && !strings.Contains(low, "dedicat") {
				t.Errorf("the text of %s has none of the words", l.ID)
			}
			break
		}
	}
	if n < 50 {
		t.Errorf("%d texts of licences", n)
	}
}
