package textpage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// penLabels stand before the name of the author in languages whose names are not
// told by capitals, penTitles behind it.
var (
	penLabels = []string{"作者：", "作者:", "作者/", "撰文：", "撰文:", "记者：", "记者:", "記者：", "記者:", "執筆：", "執筆:", "著者：", "著者:", "글:", "بقلم:", "بقلم :", "بقلم ", "الكاتب:", "كتب:", "كتبت:", "מאת:", "מאת "}
	penTitles = []string{" 기자", " 객원기자", " 선임기자", " 특파원", "記者", " 记者"}
)

// maxPenned is the length in bytes of the longest line with such a name.
const maxPenned = 140

// penned is the name of the author in a line of such a language; empty for none.
func penned(s string) string {
	if len(s) > maxPenned || ascii(s) {
		return ""
	}
	for _, label := range penLabels {
		i := strings.Index(s, label)
		if i < 0 {
			continue
		}
		if before, _ := utf8.DecodeLastRuneInString(s[:i]); i > 0 && unicode.IsLetter(before) {
			continue
		}
		if name := penName(s[i+len(label):]); name != "" {
			return name
		}
	}
	for _, title := range penTitles {
		if name, rest, ok := strings.Cut(s, title); ok {
			if next, _ := utf8.DecodeRuneInString(rest); rest == "" || !unicode.IsLetter(next) {
				if name = penName(name); name != "" {
					return name
				}
			}
		}
	}
	return ""
}

// penName is the name that s begins with: short, and up to a sign or a figure.
func penName(s string) string {
	s = strings.TrimLeft(s, " \u3000:：")
	if i := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsDigit(r) || strings.ContainsRune("\u3000|｜/／·,，、；;(（[【@", r)
	}); i >= 0 {
		s = s[:i]
	}
	s = strings.TrimSpace(s)
	wides, letters := 0, 0
	for _, r := range s {
		switch {
		case ideograph(r):
			wides++
			letters++
		case unicode.IsLetter(r) && r >= 0x590:
			letters++
		case !strings.ContainsRune(" ・·-'.", r):
			return ""
		}
	}
	fields := len(strings.Fields(s))
	if letters < 2 || fields > 4 || wides > 0 && (wides > 8 || fields > 2) {
		return ""
	}
	return s
}
