package textpage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Longest name that a header may hold.
const (
	maxNameLetters = 60
	maxNameWords   = 8
	easyNameWords  = 4 // up to here no capitals are asked for
)

// cleanName takes separators and roles off a name; role is the one taken off.
func cleanName(s string) (name, role string) {
	s = trimPunct(s)
	if number, rest, ok := strings.Cut(s, ") "); ok && digits(number) && len(number) < 5 {
		s = trimPunct(rest) // "12) NAME"
	}
	for range 2 {
		if i := strings.LastIndexAny(s, "|·/"); i > 0 && roles[lower(trimPunct(s[i+1:]))] {
			role = trimPunct(s[i+1:])
			s = trimPunct(s[:i])
		}
		if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") && roles[lower(trimPunct(s[i+1:len(s)-1]))] {
			role = trimPunct(s[i+1 : len(s)-1])
			s = trimPunct(s[:i])
		}
	}
	if i := strings.LastIndexByte(s, ' '); i > 0 && authorRoles[lower(s[i+1:])] && !sectionCompany[lower(s[:i])] {
		role = s[i+1:]
		s = trimPunct(s[:i])
	}
	return s, role
}

// plausibleName tells whether s can be the name of a commenter.
func plausibleName(s string) bool {
	if s == "" || len(s) > 4*maxNameLetters || utf8.RuneCountInString(s) > maxNameLetters {
		return false
	}
	letters, digitsSeen := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digitsSeen++
		case strings.ContainsRune("?!;:{}=<>[]%“”„\"…|©®", r):
			return false
		}
	}
	if letters == 0 && digitsSeen < 2 || letters == 0 && !digits(s) {
		return false
	}
	if strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.Contains(s, "  ") {
		return false
	}
	fields := strings.Fields(s)
	if len(fields) > maxNameWords || len(fields) > 1 && digits(fields[0]) {
		return false // "10 points"
	}
	last := fields[len(fields)-1]
	if strings.HasSuffix(last, ".") && len(fields) > 1 && utf8.RuneCountInString(last) > 4 || strings.HasSuffix(last, ",") {
		return false
	}
	if len(fields) > easyNameWords {
		capitals := 0
		for _, f := range fields {
			if r, _ := utf8.DecodeRuneInString(f); unicode.IsUpper(r) || !unicode.IsLower(r) {
				capitals++
			}
		}
		if capitals*3 < len(fields)*2 {
			return false
		}
	}
	low := lower(s)
	if imageWords[low] || strongControls(low) || endPhrases.all[low] {
		return false
	}
	if _, is := sectionHeading(s); is {
		return false
	}
	return true
}
