package textpage

import "testing"

func TestFirstWord(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"gate of the lock", "gate"},
		{"gate", "gate"},
		{"« porte » du canal", "« porte"},
		{"« porte", "« porte"},
		{"«porte» du canal", "«porte»"},
		{"", ""},
	} {
		if got := firstWord(c.line); got != c.want {
			t.Errorf("firstWord(%q) = %q, want %q", c.line, got, c.want)
		}
	}
}
