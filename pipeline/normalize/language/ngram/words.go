package ngram

import (
	"unicode"
	"unicode/utf8"
)

// Pad stands between words and at both ends of a run, so that n-grams know
// where a word begins and ends.
const Pad rune = ' '

// longest is the most letters of a word that stay together.
const longest = 40

// Text is what counts of a text: its letters by script, and for the modelled
// scripts the lower-cased words with Pad around each.
type Text struct {
	Letters [Scripts]int
	Runs    [Modelled][]rune
}

// Cut reads the first limit letters of a text. Addresses, e-mail addresses,
// @names, digits, emoji and Latin words that touch a digit are left out, since
// they belong to no language. Linear in the bytes read.
func Cut(text string, limit int) Text {
	var t Text
	c := cutter{text: &t, room: min(len(text), limit+limit/4) + 2}
	search := search{text: text}
	for i := 0; i < len(text) && c.letters < limit; {
		if end := search.at(i); end > i {
			c.end(false)
			i = end
			continue
		}
		if b := text[i]; b < utf8.RuneSelf {
			c.add(rune(b))
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		c.add(r)
		i += size
	}
	c.end(false)
	return t
}

type cutter struct {
	text    *Text
	word    [longest]rune
	n       int
	script  Script
	digit   bool // a digit touches the word on its left
	letters int
	room    int // characters that a run will hold
}

func (c *cutter) add(r rune) {
	s := ScriptOf(r)
	if s == None {
		if unicode.Is(unicode.Mn, r) || r == 0x640 || r == 0xAD {
			return // accents that did not compose, tatweel, soft hyphen: inside a word
		}
		digit := r >= '0' && r <= '9'
		c.end(digit)
		c.digit = digit
		return
	}
	if c.n > 0 && s != c.script || c.n == longest {
		c.end(false)
	}
	c.script = s
	if s < Modelled {
		r = fold(r)
	}
	c.word[c.n] = r
	c.n++
}

// end closes the word at hand; digit says that a digit follows it.
func (c *cutter) end(digit bool) {
	if c.n == 0 {
		return
	}
	n, s := c.n, c.script
	touched := (c.digit || digit) && s == Latin
	c.n, c.digit = 0, false
	if touched {
		return
	}
	c.letters += n
	c.text.Letters[s] += n
	if s < Modelled {
		run := c.text.Runs[s]
		if len(run) == 0 {
			run = append(make([]rune, 0, c.room), Pad)
		}
		c.text.Runs[s] = append(append(run, c.word[:n]...), Pad)
	}
}

// fold lower-cases a letter and joins the forms that only fonts or old
// encodings tell apart.
func fold(r rune) rune {
	switch {
	case r < 0x80:
		if r >= 'A' && r <= 'Z' {
			return r + 0x20
		}
		return r
	case r >= 0xFF21 && r <= 0xFF5A: // full-width letters
		r -= 0xFEE0
		if r <= 'Z' {
			r += 0x20
		}
		return r
	case r == 0x162, r == 0x163: // t with cedilla, written for t with comma below
		return 0x21B
	}
	return unicode.ToLower(r)
}

// addressByte says whether a byte can stand in a host name or the local part of
// an e-mail address.
func addressByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' ||
		b == '.' || b == '_' || b == '%' || b == '+' || b == '-' || b == '~'
}

// search finds addresses; it must be asked from left to right.
type search struct {
	text    string
	settled int // up to here no address begins
}

// at gives the end of the address that begins at byte i, i where none does.
func (s *search) at(i int) int {
	if i < s.settled || !addressByte(s.text[i]) && s.text[i] != '@' {
		return i
	}
	var end int
	end, s.settled = address(s.text, i)
	return end
}

// address looks at the run of address bytes at i. skip is behind the address
// that starts there, or i where there is none; seen is how far the search is
// settled.
func address(text string, i int) (skip, seen int) {
	j := i
	for j < len(text) && addressByte(text[j]) {
		j++
	}
	rest := text[j:]
	switch {
	case len(rest) > 0 && rest[0] == '@':
		k := j + 1
		for k < len(text) && (addressByte(text[k]) || text[k] >= utf8.RuneSelf && !wide(text[k:])) {
			k++
		}
		return k, k
	case len(rest) > 2 && rest[:3] == "://":
		return addressEnd(text, j), 0
	case j-i > 4 && lower(text[i]) == 'w' && lower(text[i+1]) == 'w' && lower(text[i+2]) == 'w' && text[i+3] == '.':
		return addressEnd(text, j), 0
	case dotted(text[i:j], rest):
		return addressEnd(text, j), 0
	}
	return i, j
}

// addressEnd is behind the last byte of an address whose host ends at j.
func addressEnd(text string, j int) int {
	for j < len(text) {
		b := text[j]
		if b <= ' ' || b == '<' || b == '>' || b == '"' || b >= utf8.RuneSelf && wide(text[j:]) {
			return j
		}
		j++
	}
	return j
}

// wide says whether text begins with white space or a character of a script that
// writes no spaces, so that an address ends before it.
func wide(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r >= 0x2E80 && r != utf8.RuneError || unicode.IsSpace(r)
}

// dotted says whether a run is a host or file name written without a scheme.
func dotted(run, rest string) bool {
	last := -1
	for k := len(run) - 1; k > 0; k-- {
		if run[k] == '.' {
			last = k
			break
		}
	}
	if last < 1 || len(run)-last > 5 {
		return false
	}
	if len(rest) > 1 && rest[0] == '/' && len(run)-last > 2 {
		return true
	}
	switch lowerASCII(run[last+1:]) {
	case "com", "org", "net", "info", "html", "htm", "php", "jpg", "jpeg", "png", "gif", "pdf", "exe", "zip":
		return true
	}
	return false
}

func lower(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 0x20
	}
	return b
}

func lowerASCII(s string) string {
	var buf [8]byte
	n := copy(buf[:], s)
	for k := range n {
		buf[k] = lower(buf[k])
	}
	return string(buf[:n])
}
