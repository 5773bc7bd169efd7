package when

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// kind is the kind of a token.
type kind uint8

const (
	number kind = iota + 1
	word
	mark // one rune of punctuation
)

// token is a run of digits, of letters, or one other rune.
type token struct {
	kind       kind
	spaced     bool // whether a blank stands before it
	looked     bool // whether name is looked up already
	persian    bool // whether the digits are those of Persian
	r          rune // of a mark
	digits     int  // of a number
	value      int  // of a number; 0 if it has more than 18 digits
	start, end int
	name       *name // of a word that is looked up, or nil
}

// longestWord is the length in bytes of the longest word that is looked up.
const longestWord = 64

// scan gives the token of s at or after pos, and false at the end.
func scan(s string, pos int) (token, bool) {
	t := token{}
	for pos < len(s) {
		r, size := utf8.DecodeRuneInString(s[pos:])
		switch {
		case r == ' ' || r == '\n' || r == '\t' || unicode.IsSpace(r):
			t.spaced = true
		case unseen(r) || r == '\\': // Markdown writes "30\. Mai"
		default:
			t.start = pos
			scanToken(s, r, size, &t)
			return t, true
		}
		pos += size
	}
	return t, false
}

func scanToken(s string, r rune, size int, t *token) {
	t.end = t.start + size
	if d := digit(r); d >= 0 {
		t.kind, t.persian = number, r >= '۰' && r <= '۹'
		for {
			t.digits++
			if t.digits <= 18 {
				t.value = t.value*10 + d
			} else {
				t.value = 0
			}
			r, size := utf8.DecodeRuneInString(s[t.end:])
			if d = digit(r); d < 0 {
				return
			}
			t.end += size
		}
	}
	if !letter(r) {
		t.kind, t.r = mark, plain(r)
		return
	}
	t.kind = word
	if solid(r) {
		scanSolid(s, t)
		return
	}
	for t.end < len(s) {
		before := r
		r, size = utf8.DecodeRuneInString(s[t.end:])
		switch {
		case digit(r) >= 0 || solid(r) || glued(before, r):
			return
		case letter(r) || unicode.Is(unicode.M, r) || r == '\u200c' || r == '॰':
		case r == '.' && unicode.Is(unicode.Thai, lastRune(s[:t.end])) && unicode.Is(unicode.Thai, firstRune(s[t.end+1:])):
		case (r == '\'' || r == '’' || r == 'ʼ' || r == '׳' || r == '״' || r == '"') && joins(s, t.end, size):
		default:
			return
		}
		t.end += size
	}
}

// glued tells whether a word ends between the letters a and b: texts of pages
// come as "AnnMay 30, 2019" and "10:12 pmReply".
func glued(a, b rune) bool {
	return unicode.IsUpper(b) && unicode.IsLower(a) && unicode.ToUpper(a) != a // ΐ has no capital
}

// joins tells whether the apostrophe of s at pos stands inside a Cyrillic or
// Hebrew word, or is the mark that ends a Hebrew abbreviation.
func joins(s string, pos, size int) bool {
	before, after := lastRune(s[:pos]), firstRune(s[pos+size:])
	if unicode.Is(unicode.Hebrew, before) {
		return unicode.Is(unicode.Hebrew, after) || s[pos:pos+size] == "׳"
	}
	return unicode.Is(unicode.Cyrillic, before) && unicode.Is(unicode.Cyrillic, after)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// scanSolid ends t, which starts in a script without blanks, after the longest
// known name, or after one rune.
func scanSolid(s string, t *token) {
	var ends [longestHan]int
	n, end := 0, t.start
	for n < longestHan && end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !solid(r) {
			break
		}
		end += size
		ends[n] = end
		n++
	}
	t.looked = true
	for n--; n >= 0; n-- {
		if found := names[s[t.start:ends[n]]]; found != nil {
			t.end, t.name = ends[n], found
			return
		}
	}
}

// solid tells whether r is of a script that puts no blanks between the words
// of a date.
func solid(r rune) bool {
	return r >= 0x3040 && (r <= 0x30ff || r >= 0x3400 && r <= 0x9fff || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff)
}

// plain is r without the differences of width and dash that say nothing.
func plain(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case r >= 0xff01 && r <= 0xff5e:
		return r - 0xff01 + '!'
	case r == '‐' || r == '‑' || r == '−':
		return '-'
	case r == '،':
		return ','
	case r == '’' || r == '‘' || r == 'ʼ':
		return '\''
	}
	return r
}

func letter(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return r != utf8.RuneError && unicode.IsLetter(r)
}

// unseen tells whether r only steers how text is shown.
func unseen(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case r == 0xad || r == 0x61c || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x2069 || r == 0xfeff:
		return true
	}
	return false
}

// zeros are the digits zero that are read.
var zeros = [...]rune{'0', 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10}

// digit is the value of a decimal digit, or -1.
func digit(r rune) int {
	for _, zero := range zeros {
		if r < zero {
			return -1
		}
		if r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}

// lookUp sets what the word t of s may stand for.
func (t *token) lookUp(s string) {
	if t.looked || t.kind != word {
		return
	}
	t.looked = true
	if t.end-t.start > longestWord {
		return
	}
	folded := fold(s[t.start:t.end])
	t.name = names[folded]
	if t.name == nil {
		// Hebrew writes "in May" as one word.
		if rest, cut := strings.CutPrefix(folded, "ב"); cut {
			t.name = names[rest]
		}
	}
}

// fold is word without case, accents and apostrophes.
func fold(word string) string {
	ascii := true
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(word)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		if r == 'İ' || r == 'ı' {
			r = 'i'
		}
		switch r = unicode.ToLower(r); {
		case r >= 0x300 && r <= 0x36f && r != 0x31b, r >= 0x591 && r <= 0x5c7, r >= 0x64b && r <= 0x65f, r == 0x670, r == 0x93c, unseen(r):
			continue
		case r == '\'' || r == '’' || r == 'ʼ' || r == '׳' || r == '״' || r == '"' || r == '॰' || r == '.':
			continue
		case r == 'ł':
			r = 'l'
		case r == 'đ' || r == 'ð':
			r = 'd'
		case r == 'ø':
			r = 'o'
		case r == 'ς':
			r = 'σ'
		case r == 'ي' || r == 'ى':
			r = 'ی'
		case r == 'ك':
			r = 'ک'
		case r == 'ة':
			r = 'ه'
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}
