package when

import (
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestEpoch(t *testing.T) {
	tests := []struct{ in, want string }{
		{"1559211120", "2019-05-30T10:12:00Z"},
		{"1559211120999", "2019-05-30T10:12:00Z"},
		{"1000000000", "2001-09-09T01:46:40Z"},
		{"0631152000", "1990-01-01T00:00:00Z"},
		{"4133980799", "2100-12-31T23:59:59Z"},
		{"4133980800", ""},
		{"0631151999", ""},
		{"9999999999", ""},
		{"9999999999999", ""},
		{"155921112", ""},
		{"15592111200", ""},
		{"-559211120", ""},
		{"1559211120.5", ""},
		{"155921112O", ""},
		{"١٥٥٩٢١١١٢٠", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got, ok := Epoch(tt.in); got != tt.want || ok != (tt.want != "") {
			t.Errorf("Epoch(%q) = %q, %t, want %q", tt.in, got, ok, tt.want)
		}
	}
}

// What Epoch gives resolves to the instant that it read.
func TestEpochIsTheInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1000000000, 4133980799).Draw(t, "seconds")
		for _, s := range []string{strconv.FormatInt(n, 10), strconv.FormatInt(n*1000+rapid.Int64Range(0, 999).Draw(t, "ms"), 10)} {
			iso, ok := Epoch(s)
			if !ok {
				t.Fatalf("Epoch(%q) is refused", s)
			}
			got, err := Resolve(iso, nil)
			if err != nil || got.At == nil || *got.At != n*int64(time.Second/time.Microsecond) {
				t.Fatalf("Epoch(%q) = %q, which resolves to %+v, %v", s, iso, got, err)
			}
		}
	})
}
