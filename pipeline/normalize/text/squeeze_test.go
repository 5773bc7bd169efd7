package text

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSqueezeIsFieldsAndJoin(t *testing.T) {
	part := rapid.SampledFrom([]string{" ", "  ", "\t", "\n", "\r", "\v", "\u00a0", "\u0085", "\u1680", "\u2003", "\u2028", "\u202f", "\u3000", "\u200b", "“", "é", "a", "bc", "\xc2", "\xe2\x80", "漢", "👍"})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(part).Draw(t, "parts"), "")
		if got, want := Squeeze(s), strings.Join(strings.Fields(s), " "); got != want {
			t.Fatalf("Squeeze(%q) = %q, want %q", s, got, want)
		}
	})
}
