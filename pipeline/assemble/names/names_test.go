package names

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"  Old   Mill ": "old mill", "ＨＥＲＯＮ": "heron", "Straße": "strasse", "STRASSE": "strasse", "ΣΊΣΥΦΟΣ": "σίσυφοσ", "Σίσυφος": "σίσυφοσ", "ﬁn": "fin", "": "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "name")
		if once := Fold(s); Fold(once) != once {
			t.Fatalf("Fold is not stable: %q, %q", once, Fold(once))
		}
	})
}

// Letters that differ in case alone are one letter in a name: all of Unicode.
func TestFoldOfEveryLetter(t *testing.T) {
	for r := rune(0); r <= 0x1ffff; r++ { // no letter with case stands behind
		once := Fold(string(r))
		if again := Fold(once); again != once {
			t.Errorf("Fold(%q) = %q, again %q", r, once, again)
		}
		if other := unicode.SimpleFold(r); Fold(string(other)) != once {
			t.Errorf("Fold(%q) = %q, Fold(%q) = %q", r, once, other, Fold(string(other)))
		}
	}
}

func TestGeneric(t *testing.T) {
	for _, name := range []string{"Anonymous", "ANONYMOUS", " anonymous ", "Gast", "Gast 12", "Guest4711", "Guest #3", "(anonymous)", "Anonyme", "Anónimo",
		"Аноним", "匿名", "名無しさん", "익명", "زائر", "User", "Leser", "Visiteur", "Vieras", "[deleted]", "~gość"} {
		if !Generic(name) {
			t.Errorf("%q is not generic", name)
		}
	}
	for _, name := range []string{"", "Heron", "user12345", "Guestave", "Gastón", "Anonymous Heron", "Host of the Pond"} {
		if Generic(name) {
			t.Errorf("%q is generic", name)
		}
	}
	if len(anonymous) < 60 {
		t.Errorf("%d generic names", len(anonymous))
	}
}

func TestMatcher(t *testing.T) {
	m := NewMatcher()
	a, _ := m.Add("Old Mill")
	b, _ := m.Add("Old")
	if again, added := m.Add("OLD  mill"); again != a || added {
		t.Error("two spellings of one name are two")
	}
	if id, added := m.Add(" "); id != -1 || added {
		t.Error("an empty name was added")
	}
	var got []int32
	m.At("the old\u00a0 MILL turns", 4, func(end int, id int32) bool { got = append(got, id); return true })
	if len(got) != 2 || got[0] != b || got[1] != a {
		t.Errorf("found %v", got)
	}
	m.At("older", 0, func(int, int32) bool { t.Error("found inside a word"); return true })
	m.At("old\nmill", 0, func(_ int, id int32) bool {
		if id == a {
			t.Error("found across lines")
		}
		return true
	})
}

func TestMatcherFindsEveryName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(strings.Fields(rapid.StringMatching(`[\pL\pN '’.-]{1,12}`).Draw(t, "name")), " ")
		if name == "" {
			t.Skip()
		}
		m := NewMatcher()
		id, _ := m.Add(name)
		hit := false
		m.At(strings.ToUpper(name)+", yes", 0, func(_ int, got int32) bool { hit = hit || got == id; return true })
		if !hit && len(strings.ToUpper(name)) == len(name) && strings.EqualFold(strings.ToUpper(name), name) {
			t.Fatalf("%q not found in upper case", name)
		}
	})
}
