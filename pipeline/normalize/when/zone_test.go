package when

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"
)

// The digest of the zones of ZoneData, as Go 1.26 distributes them: who changes
// the file has to change the version, which the lock of a release states.
func TestZoneData(t *testing.T) {
	const of2025c = "8f55634d05f8bca1f7bc7c69c5933428c69357e0bdf565e5ba224e3f88ff12e8"
	sum := sha256.Sum256(zoneinfo)
	if got := hex.EncodeToString(sum[:]); got != of2025c || ZoneData != "2025c" {
		t.Errorf("zoneinfo.zip is %s, ZoneData %s", got, ZoneData)
	}
	// Coyhaique got a zone of its own in 2025b.
	z := zone(t, "America/Coyhaique")
	if _, offset := time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC).In(z).Zone(); offset != -3*3600 {
		t.Errorf("Coyhaique is %d seconds east of UTC in July 2025, want -10800", offset)
	}
}

func TestLocation(t *testing.T) {
	if z, err := Location(""); z != nil || err != nil {
		t.Errorf(`Location("") = %v, %v`, z, err)
	}
	if z, err := Location("UTC"); z != time.UTC || err != nil {
		t.Errorf(`Location("UTC") = %v, %v`, z, err)
	}
	if z := zone(t, "Europe/Berlin"); z.String() != "Europe/Berlin" {
		t.Errorf("Europe/Berlin is called %s", z)
	}
	tests := []struct{ name, says string }{
		{"europe/berlin", `did you mean "Europe/Berlin"?`},
		{"Berlin", `did you mean "Europe/Berlin"?`},
		{"new york", `did you mean "America/New_York"?`},
		{"America/New York", `did you mean "America/New_York"?`},
		{"Middle-earth/Shire", "expected an IANA name such as Europe/Berlin"},
		{"Local", "expected an IANA name"},
		{"../zoneinfo.zip", "expected an IANA name"},
		{"+02:00", "expected an IANA name"},
	}
	for _, tt := range tests {
		if z, err := Location(tt.name); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("Location(%q) = %v, %v, want an error that says %s", tt.name, z, err, tt.says)
		}
	}
}
