package text

import (
	"strings"
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
		{"entities of entities", "&amp;amp;amp;nbsp;x &#38;#38;#97; &amp;#x26;quot;", "x a \""},
		{"an entity in an entity", "&#9&#55;; &am&#112;;", "a &"},
		{"entity that shows nothing", "a&#8203;b&shy;c&zwj;d&ZeroWidthSpace;", "abcd"},
		{"entity that closes another", "&amp&#59; &amp&#894;", "& &"},
		{"entities of line breaks", "a&#10;&#13;&NewLine;b", "a\n\nb"},
		{"entities that are no characters", "&#0; &#x110000; &#xD800; &#99999999999999999999;", "\uFFFD \uFFFD \uFFFD \uFFFD"},
		{"entities without an end", "&&amp &quot &#38 &#x26", "&&amp &quot &#38 &#x26"},
		{"entity of two characters", "&fjlig;ord", "fjord"},
		{"entity behind letters", "x=1&y=2;z&copy=3", "x=1&y=2;z&copy=3"},
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
	for _, c := range mojibake {
		if got := Clean(c.in); got != c.want {
			t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	if got := CleanCode("if x {\n    y()\n\tz() \n}"); got != "if x {\n    y()\n\tz()\n}" {
		t.Errorf("CleanCode = %q", got)
	}
	if got := Line(" a \n b "); got != "a b" {
		t.Errorf("Line = %q", got)
	}
}

// mojibake are texts that went wrong and texts that only look so.
var mojibake = []struct{ in, want string }{
	{"GrÃ¼ÃŸe aus MÃ¼nchen", "Grüße aus München"},
	{"Ã–sterreich und Ã„rger", "Österreich und Ärger"},
	{"naÃ¯ve Ã©lÃ¨ve, Ã ne pas", "naïve élève, Ã ne pas"}, // a plain space is no sign
	{"Ã\u00a0 la carte", "à la carte"},
	{"Â« texte Â»", "« texte »"},
	{"20Â°C, 5Â£, Â§ 3, IBMÂ®", "20°C, 5£, § 3, IBM®"},
	{"maÃ±ana, Â¿quÃ©?", "mañana, ¿qué?"},
	{"nÃ£o, coraÃ§Ã£o", "não, coração"},
	{"Ã…land, pÃ¥ Ã¸ya", "Åland, på øya"},
	{"siÄ™, dziÄ™kujÄ™, Å‚adny, byÅ‚, Å»aba, ÅšlÄ…sk", "się, dziękuję, ładny, był, Żaba, Śląsk"},
	{"DuÅ¡an, Å¾ena, Ä\u008dlovÄ›k", "Dušan, žena, člověk"},
	{"IÄŸdÄ±r", "Iğdır"},
	{"itâ€™s â€œsoâ€\u009d â€” 5â‚¬ â€¦ Acmeâ„¢", "it’s “so” — 5€ … Acme™"},
	{"ðŸ‘\u008d ðŸ˜€", "👍 😀"},
	{"Ã¢â‚¬â„¢", "’"}, // twice over
	{"heiÃƒÅ¸ und fÃƒÂ¼r, weiÃƒÅ¸.", "heiß und für, weiß."},
	// not mojibake
	{"MAÇÃ\u00a0VERMELHA, AMANHÃ… “IRMÃ” IRMÃ’", "MAÇÃ VERMELHA, AMANHÃ… “IRMÃ” IRMÃ’"},
	{"CORAÇÃO, SÃO, Ângulo", "CORAÇÃO, SÃO, Ângulo"},
	{"Å\u00a0være eller ikke", "Å være eller ikke"},
	{"bokstaven ”Å” og “Å” og ‘Ä’", "bokstaven ”Å” og “Å” og ‘Ä’"},
	{"3 Å², 10Å³ und 5 Å·s", "3 Å², 10Å³ und 5 Å·s"},
	{"”HYVÄÄ PÄIVÄÄ” PÄÄ… PÄÄ™", "”HYVÄÄ PÄIVÄÄ” PÄÄ… PÄÄ™"},
	{"der Buchstabe „Ä“ und »Ä« Ä… Äh", "der Buchstabe „Ä“ und »Ä« Ä… Äh"},
	{"HÂLÂ\u00a0BURADA «HÂLÂ»", "HÂLÂ BURADA «HÂLÂ»"},
	{"Âge, Âme, château, ROMÂNIA, ÂM NHẠC", "Âge, Âme, château, ROMÂNIA, ÂM NHẠC"},
	{"það er ðið, Ðað", "það er ðið, Ðað"},
	{"letra “Ã” y «Ã»", "letra “Ã” y «Ã»"},
	{"Ā Ă Ą, Ãi", "Ā Ă Ą, Ãi"},
}

// Markup nested within itself must cost no more than its length, and cleaning
// it twice must change nothing.
func TestHostileTextsAreLinear(t *testing.T) {
	const n = 100_000
	for _, in := range []string{
		"&" + strings.Repeat("amp;", n), strings.Repeat("&", n) + strings.Repeat("amp;", n), "&" + strings.Repeat("#38;", n),
		strings.Repeat("&#5", n) + "3" + strings.Repeat(";", n), strings.Repeat("Ãƒ", n), strings.Repeat("â€", n), strings.Repeat("&\u200b", n) + strings.Repeat("#8203;", n),
		"a" + strings.Repeat("\u0301", n), strings.Repeat("\u200d", n), strings.Repeat("\n ", n), strings.Repeat("&#13;\u00a0", n),
	} {
		check(t, in)
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
