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

// Names before the sign may be spelled out as well; words of a sentence are no part.
func TestSpelledNames(t *testing.T) {
	for text, want := range map[string]string{
		"schreib an ida punkt fen ät quay punkt de bitte":    "ida punkt fen ät quay punkt de",
		"write to ida dot m dot fen at quay dot org please":  "ida dot m dot fen at quay dot org",
		"write to ida [dot] fen [at] quay [dot] org please":  "ida [dot] fen [at] quay [dot] org",
		"ida(dot)fen(at)quay.org":                            "ida(dot)fen(at)quay.org",
		"ida.fen [at] quay.org":                              "ida.fen [at] quay.org",
		"escribe a ida punto fen arroba quay punto es ya":    "ida punto fen arroba quay punto es",
		"Das ist der Punkt: fen ät quay punkt de":            "fen ät quay punkt de",
		"Das ist mein Punkt fen ät quay punkt de":            "fen ät quay punkt de",
		"a b dot c dot d dot e dot f at quay dot org and on": "c dot d dot e dot f at quay dot org",
		"nobody met us at quay dot":                          "",
	} {
		got := ""
		for _, p := range findSpelledEmails(text) {
			got += text[p.start:p.end]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
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
