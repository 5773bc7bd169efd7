// Package text brings texts into normal form and counts their words: NFC, one
// kind of line break and space, no invisible characters, no HTML entities that
// a page encoded twice, no mojibake where it is certain.
//
// It must never lose a visible character, and cleaning a clean text must not
// change it.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// UnicodeVersion is the version of Unicode that normal forms and segments follow.
const UnicodeVersion = "NFC " + norm.Version + ", segments 17.0.0"

// Clean is the normal form of a text of one block: NFC, lines that end in \n
// without blanks around them, no more than one blank line, single spaces.
func Clean(s string) string { return fixed(s, false) }

// CleanCode is Clean for program text, where runs of spaces mean something.
func CleanCode(s string) string { return fixed(s, true) }

// Line is Clean on one line: every run of white space is one space.
func Line(s string) string { return Squeeze(Clean(s)) }

// maxPasses bounds the search for a form that cleaning does not change; two
// passes reach it but for texts that are made up to need more.
const maxPasses = 8

func fixed(s string, code bool) string {
	if plain(s) && !code {
		return s
	}
	for range maxPasses {
		next := pass(s, code)
		if next == s {
			break
		}
		s = next
	}
	return s
}

// plain is a quick test for texts that are clean already: printable ASCII
// without two spaces in a row or one at an end.
func plain(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == ' ' && space || c < ' ' || c >= 0x7f || c == '&' {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}

func pass(s string, code bool) string {
	s = characters(strings.ToValidUTF8(s, "\uFFFD"))
	if decoded := entities(s); decoded != s { // behind the rest, which may leave an entity whole
		s = characters(decoded)
	}
	return layout(s, code)
}

// characters brings the characters of a text into normal form.
func characters(s string) string {
	return norm.NFC.String(visible(repairMojibake(s)))
}

// visible drops invisible and control characters and makes all line breaks \n.
// Joiners stay where scripts and emoji need them: between two visible
// characters outside ASCII. Bidirectional controls go: the logical order says
// all that a text means.
func visible(s string) string {
	clean := true
	for _, r := range s {
		if r == '\r' || hidden(r) || r == joiner || r == nonJoiner || lineBreak(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	b.Grow(len(s))
	previous := rune(0)
	for i, r := range s {
		switch {
		case r == '\r' || lineBreak(r):
			r = '\n'
		case r == joiner || r == nonJoiner:
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if previous < 0x80 || next < 0x80 || next == utf8.RuneError || hidden(next) || next == joiner || next == nonJoiner || unicode.IsSpace(next) {
				continue
			}
		case tag(r) && (previous == blackFlag || tag(previous)):
		case hidden(r):
			continue
		}
		b.WriteRune(r)
		previous = r
	}
	return b.String()
}

const (
	joiner    = '\u200d'
	nonJoiner = '\u200c'
	blackFlag = '\U0001F3F4' // flags of regions are this and tag characters
)

func tag(r rune) bool { return r >= 0xE0000 && r <= 0xE007F }

func lineBreak(r rune) bool {
	return r == '\u2028' || r == '\u2029' || r == '\u0085' || r == '\v' || r == '\f'
}

// hidden tells characters that show nothing and mean nothing in plain text.
func hidden(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return !lineBreak(r)
	case r == '\u00ad', r == '\u034f', r == '\u061c', r == '\u180e', r == '\ufeff':
		return true
	case r == '\u200b', r == '\u200e', r == '\u200f':
		return true
	case r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u206f', r >= '\ufff9' && r <= '\ufffb':
		return true
	case tag(r):
		return true
	case r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef: // noncharacters
		return true
	}
	return false
}

// layout squeezes blanks and lines.
func layout(s string, code bool) string {
	lines := strings.Split(s, "\n")
	out := lines[:0]
	blank := 0
	for _, l := range lines {
		if code {
			l = strings.TrimRightFunc(spaces(l), unicode.IsSpace)
		} else {
			l = Squeeze(l)
		}
		if l == "" {
			blank++
			if blank > 1 || len(out) == 0 {
				continue
			}
		} else {
			blank = 0
		}
		out = append(out, l)
	}
	if n := len(out); n > 0 && out[n-1] == "" {
		out = out[:n-1]
	}
	return strings.Join(out, "\n")
}

// spaces makes all kinds of blanks ordinary ones, and leaves their number.
func spaces(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
}
