// Package ngram cuts text into words of one script and words into hashed
// character n-grams, and holds the sparse integer model over them. The detector
// and the program that trains it share it, so that both see the same features.
//
// It knows nothing about how a language is chosen. It must never use a float, a
// locale or a map's order: the same text gives the same numbers everywhere.
package ngram

// Script is a group of characters that a set of languages is written in.
type Script uint8

// The scripts that tell languages apart. Kana includes the marks that only
// Japanese uses; None is everything that is no letter.
const (
	None Script = iota
	Latin
	Cyrillic
	Arabic
	Devanagari
	Greek
	Hebrew
	Armenian
	Georgian
	Bengali
	Gurmukhi
	Gujarati
	Oriya
	Tamil
	Telugu
	Kannada
	Malayalam
	Sinhala
	Thai
	Lao
	Tibetan
	Burmese
	Khmer
	Ethiopic
	Hangul
	Kana
	Han
	Scripts // number of scripts
)

// Modelled is the number of the first scripts, None included, that several
// languages share, so that n-grams must decide.
const Modelled = 5

type span struct {
	lo, hi rune
	script Script
}

// spans are the letters and vowel signs of each script by blocks of the Unicode
// Standard, chapter 2.8; frozen here so that a new Unicode version of the
// compiler changes no result. Sorted, without overlaps.
var spans = [...]span{
	{'A', 'Z', Latin}, {'a', 'z', Latin}, {0xAA, 0xAA, Latin}, {0xBA, 0xBA, Latin},
	{0xC0, 0xD6, Latin}, {0xD8, 0xF6, Latin}, {0xF8, 0x2AF, Latin},
	{0x370, 0x373, Greek}, {0x376, 0x377, Greek}, {0x37B, 0x37D, Greek}, {0x37F, 0x37F, Greek},
	{0x386, 0x386, Greek}, {0x388, 0x3FF, Greek},
	{0x400, 0x481, Cyrillic}, {0x48A, 0x52F, Cyrillic},
	{0x531, 0x556, Armenian}, {0x561, 0x587, Armenian},
	{0x5B0, 0x5BD, Hebrew}, {0x5C1, 0x5C2, Hebrew}, {0x5D0, 0x5EA, Hebrew}, {0x5EF, 0x5F2, Hebrew},
	{0x620, 0x63F, Arabic}, {0x641, 0x64A, Arabic}, {0x66E, 0x66F, Arabic}, {0x671, 0x6D3, Arabic},
	{0x6D5, 0x6D5, Arabic}, {0x6EE, 0x6EF, Arabic}, {0x6FA, 0x6FF, Arabic}, {0x750, 0x77F, Arabic},
	{0x900, 0x963, Devanagari}, {0x971, 0x97F, Devanagari},
	{0x980, 0x9E3, Bengali}, {0x9F0, 0x9F1, Bengali},
	{0xA01, 0xA5E, Gurmukhi}, {0xA70, 0xA75, Gurmukhi},
	{0xA81, 0xAE3, Gujarati}, {0xB01, 0xB63, Oriya}, {0xB82, 0xBD7, Tamil},
	{0xC00, 0xC63, Telugu}, {0xC80, 0xCE3, Kannada}, {0xD00, 0xD63, Malayalam},
	{0xD81, 0xDDF, Sinhala}, {0xE01, 0xE3A, Thai}, {0xE40, 0xE4E, Thai},
	{0xE81, 0xECD, Lao}, {0xEDC, 0xEDF, Lao}, {0xF00, 0xF00, Tibetan}, {0xF40, 0xFBC, Tibetan},
	{0x1000, 0x103F, Burmese}, {0x1050, 0x108F, Burmese},
	{0x10A0, 0x10FA, Georgian}, {0x10FC, 0x10FF, Georgian}, {0x1100, 0x11FF, Hangul},
	{0x1200, 0x135A, Ethiopic}, {0x1780, 0x17D3, Khmer}, {0x1C80, 0x1C8A, Cyrillic},
	{0x1C90, 0x1CBF, Georgian}, {0x1E00, 0x1EFF, Latin}, {0x1F00, 0x1FFC, Greek},
	{0x2C60, 0x2C7F, Latin}, {0x2D00, 0x2D2D, Georgian}, {0x2D80, 0x2DDE, Ethiopic},
	{0x3005, 0x3007, Han}, {0x3041, 0x3096, Kana}, {0x309D, 0x309F, Kana}, {0x30A1, 0x30FA, Kana},
	{0x30FC, 0x30FF, Kana}, {0x3131, 0x318E, Hangul}, {0x31F0, 0x31FF, Kana},
	{0x3400, 0x4DBF, Han}, {0x4E00, 0x9FFF, Han}, {0xA640, 0xA66E, Cyrillic}, {0xA680, 0xA69F, Cyrillic},
	{0xA722, 0xA7FF, Latin}, {0xAC00, 0xD7A3, Hangul}, {0xF900, 0xFAFF, Han},
	{0xFB00, 0xFB06, Latin}, {0xFB13, 0xFB17, Armenian}, {0xFB1D, 0xFB4F, Hebrew},
	{0xFB50, 0xFDFB, Arabic}, {0xFE70, 0xFEFC, Arabic},
	{0xFF21, 0xFF3A, Latin}, {0xFF41, 0xFF5A, Latin}, {0xFF66, 0xFF9D, Kana}, {0x20000, 0x323AF, Han},
}

// ScriptOf gives the script of a letter or vowel sign, None for anything else.
func ScriptOf(r rune) Script {
	if r < 0x80 {
		if c := r | 0x20; c >= 'a' && c <= 'z' {
			return Latin
		}
		return None
	}
	lo, hi := 0, len(spans)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if spans[mid].hi < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(spans) && spans[lo].lo <= r {
		return spans[lo].script
	}
	return None
}
