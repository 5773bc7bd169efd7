package text

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "A plain line.", "A plain line."},
		{"spaces", "  two \t words\u00a0here ", "two words here"},
		{"lines", "one \r\n  two\rthree\u2028four", "one\ntwo\nthree\nfour"},
		{"blank lines", "\n\none\n\n\n\ntwo\n\n", "one\n\ntwo"},
		{"NFC", "cafe\u0301", "café"},
		{"soft hyphen, zero width", "har\u00adbour\u200b \ufeffmaster", "harbour master"},
		{"control", "a\x00b\x07c\u0093", "abc"},
		{"bidi", "\u202eevil\u202c", "evil"},
		{"emoji joined", "👩\u200d🔧", "👩\u200d🔧"},
		{"joiner between letters", "a\u200db", "ab"},
		{"persian non-joiner", "می\u200cخواهم", "می\u200cخواهم"},
		{"flag of a region", "🏴\U000E0067\U000E0062\U000E007F", "🏴\U000E0067\U000E0062\U000E007F"},
		{"entities twice", "fish &amp; chips &amp;nbsp;&quot;to go&#8217;", "fish & chips \"to go’"},
		{"markup shown", "use &lt;b&gt; and &amp;lt;", "use &lt;b&gt; and &lt;"},
		{"no entity", "AT&T; R&D &notit; &unknown; a&b", "AT&T; R&D &notit; &unknown; a&b"},
		{"mojibake", "cafÃ© â€“ â€œyesâ€\u009d", "café – “yes”"},
		{"mojibake emoji", "ðŸ˜€", "😀"},
		{"mojibake twice", "cafÃƒÂ©", "café"},
		{"no mojibake: quote after a capital", "«AMANHÃ»", "«AMANHÃ»"},
		{"no mojibake: words", "Ärger, Ångström, Âge, château", "Ärger, Ångström, Âge, château"},
		{"no mojibake: French quote", "«CAFÉ»", "«CAFÉ»"},
		{"invalid UTF-8", "a\xffb", "a\uFFFDb"},
	} {
		if got := Clean(c.in); got != c.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
	if got := CleanCode("if x {\n    y()\n\tz() \n}"); got != "if x {\n    y()\n\tz()\n}" {
		t.Errorf("CleanCode = %q", got)
	}
	if got := Line(" a \n b "); got != "a b" {
		t.Errorf("Line = %q", got)
	}
}

func TestCount(t *testing.T) {
	for _, c := range []struct {
		in                      string
		chars, words, sentences int32
	}{
		{"", 0, 0, 0},
		{"The ferry runs again. Who'd have thought?", 41, 7, 2},
		{"…", 1, 0, 0},
		{"3.5 km 👍", 8, 2, 1},
	} {
		chars, words, sentences := Count(c.in)
		if chars != c.chars || words != c.words || sentences != c.sentences {
			t.Errorf("Count(%q) = %d, %d, %d, want %d, %d, %d", c.in, chars, words, sentences, c.chars, c.words, c.sentences)
		}
	}
}

var pieces = []string{"a", "É", "»", "Ã", "©", "Â", "â€™", "&", "amp;", "#38;", "lt;", "nbsp;", " ", "\n", "\r", "\t", "\u200d", "\u200c", "👩", "e", "\u0301", "\u00ad", "\ufeff", "\xff", "\x80", "ی", "\u202e", "ð", "Ÿ", "˜", "€", "Ä", "Å", "\u0085", "가", "ᄀ", "ᅡ"}

func TestCleanIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in string
		for _, p := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 24).Draw(t, "pieces") {
			in += p
		}
		in += rapid.String().Draw(t, "text")
		check(t, in)
	})
}

func check(t interface{ Fatalf(string, ...any) }, in string) {
	once := Clean(in)
	if twice := Clean(once); twice != once {
		t.Fatalf("Clean(%q) = %q, again %q", in, once, twice)
	}
	if !utf8.ValidString(once) || !norm.NFC.IsNormalString(once) {
		t.Fatalf("Clean(%q) = %q is no UTF-8 in NFC", in, once)
	}
}

func FuzzClean(f *testing.F) {
	for _, p := range pieces {
		f.Add(p + p)
	}
	f.Fuzz(func(t *testing.T, in string) {
		check(t, in)
		Count(in)
	})
}

func BenchmarkClean(b *testing.B) {
	in := "The ferry runs again, the harbour master said – “after three weeks”.\nWho’d have thought?  "
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		Clean(in)
	}
}
