package privacy

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/schema"
)

// findEmails finds e-mail addresses: the dot-atom form of RFC 5322, section
// 3.4.1, with letters of any script (RFC 6531), and the ways in which people
// spell @ and dot out, in their order. Each @ is looked at once to both sides, which stop at
// the next one, so the time is linear.
func findEmails(text string) []found {
	var out []found
	wide := strings.Contains(text, wideAt)
	for at := 0; at < len(text); {
		sign := nextAt(text, at, wide)
		if sign < 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(text[sign:])
		at = sign + size
		start := localStart(text, sign)
		end := domainEnd(text, at)
		if start < sign && end > at {
			out = append(out, found{start: start, end: end, kind: schema.SpanEmail})
		}
	}
	out = append(out, findSpelledEmails(text)...)
	slices.SortStableFunc(out, func(a, b found) int { return cmp.Compare(a.start, b.start) })
	return out
}

// localStart goes back over the part before the sign.
func localStart(text string, sign int) int {
	start := sign
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if !isWord(r) && !strings.ContainsRune(".%+-", r) {
			break
		}
		start -= size
	}
	if start < sign && start >= 2 && (text[start-1] == '\'') && text[start-2]|0x20 == 'o' && !isWord(before(text, start-2)) {
		start -= 2 // o'hara@…; an apostrophe elsewhere is rather a quotation mark or l'…
	}
	return start
}

// domainEnd goes over labels joined by dots; the end is at where they are no
// domain: fewer than two labels, or none behind the first that may be a name.
func domainEnd(text string, at int) int {
	end, named := at, false
	for label := 0; ; label++ {
		stop, letters := end, 0
		for stop < len(text) {
			r, size := utf8.DecodeRuneInString(text[stop:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' {
				break
			}
			if unicode.IsLetter(r) {
				letters++
			}
			stop += size
		}
		if stop == end {
			break
		}
		named = named || label > 0 && letters >= 2
		at = stop
		if stop >= len(text) || text[stop] != '.' {
			break
		}
		end = stop + 1
	}
	if !named {
		return 0
	}
	return at
}
