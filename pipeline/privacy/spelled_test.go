package privacy

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"corpus/schema"
)

// wholeSpelled is what findSpelledEmails has to give: the expression over the
// whole text, without a look for signs.
func wholeSpelled(text string) []found {
	var out []found
	for _, m := range spelled().FindAllStringIndex(text, -1) {
		out = append(out, found{start: m[0], end: m[1], kind: schema.SpanEmail})
	}
	return out
}

// spelledPieces are what spelled addresses are made of, and what ends them.
func spelledPieces() []string {
	return []string{" ", "\t", "\u00a0", "\n", ",", "/", "'", ".", "-", "_", "@", "(", ")", "[", "]", "{", "}", "<", ">",
		"at", "AT", "At", "ät", "arroba", "arobase", "chez", "chiocciola", "dot", "DOT", "Dot", "punkt", "Punkt", "point", "punto", "ponto", "точка",
		"jo", "pond", "org", "de", "com", "é", "7", " at ", " dot ", " [at] ", "(at)", " [dot] ", "jo at pond dot org", "jo (at) pond.org", "x arroba y punto es"}
}

func TestSpelledAsOverTheWholeText(t *testing.T) {
	matches := 0
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.OneOf(rapid.SampledFrom(spelledPieces()), rapid.StringN(0, 2, -1))
		text := strings.ToValidUTF8(strings.Join(rapid.SliceOfN(piece, 0, 24).Draw(t, "pieces"), ""), "")
		want := wholeSpelled(text)
		matches += len(want)
		if got := findSpelledEmails(text); !slices.Equal(got, want) {
			t.Fatalf("%q: %v, over the whole text %v", text, got, want)
		}
	})
	if matches == 0 {
		t.Error("no text had an address")
	}
	for _, folder := range []string{annotatedFolder, heldoutFolder} {
		for _, lang := range annotatedLanguages() {
			for _, s := range readAnnotated(t, folder, lang) {
				if got, want := findSpelledEmails(s.text), wholeSpelled(s.text); !slices.Equal(got, want) {
					t.Errorf("%s: %v, over the whole text %v", s.at, got, want)
				}
			}
		}
	}
}

// TestLinksAsWithoutALookAhead: no link is lost by looking for its beginnings first.
func TestLinksAsWithoutALookAhead(t *testing.T) {
	links := 0
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.OneOf(rapid.SampledFrom([]string{"h", "http", "HTTPS", "ftp", "http://pond.example", "www.pond", ":", "/", "//", "www", "wWw", "W", ".", "x", " ", "pond.example"}), rapid.StringN(0, 2, -1))
		text := strings.ToValidUTF8(strings.Join(rapid.SliceOfN(piece, 0, 16).Draw(t, "pieces"), ""), "")
		want := linksFrom(text)
		links += len(want)
		if got := findLinks(text); !slices.Equal(got, want) {
			t.Fatalf("%q: %v, without a look ahead %v", text, got, want)
		}
	})
	if links == 0 {
		t.Error("no text had a link")
	}
}

func FuzzSpelled(f *testing.F) {
	for _, seed := range []string{"jo [at] pond [dot] org", "jo at pond dot org, x arroba y punto es", "(at) dot (ät)", "a{@}b.c\nd at e dot fg"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		if got, want := findSpelledEmails(text), wholeSpelled(text); !slices.Equal(got, want) {
			t.Fatalf("%q: %v, over the whole text %v", text, got, want)
		}
	})
}
