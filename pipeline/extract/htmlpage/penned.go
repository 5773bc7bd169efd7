package htmlpage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// penLabels stand before the name of the author in languages whose names are not
// told by capitals.
var penLabels = []string{"作者：", "作者:", "作者／", "作者/", "文：", "文/", "文／", "撰文：", "撰文:", "记者：", "记者:", "記者：", "記者:", "執筆：", "執筆:", "著者：", "著者:", "投稿者：", "投稿者:", "取材・文：", "글:", "글 ", "بقلم:", "بقلم :", "بقلم ", "الكاتب:", "كتب:", "كتبت:", "كتبه:", "מאת:", "מאת "}

// penTitles stand behind it.
var penTitles = []string{" 기자", " 객원기자", " 선임기자", " 특파원", "記者", " 记者"}

// penned is the name of the author in a line of such a language; empty for none.
// Names of Chinese, Japanese and Korean are short; all end at a space that is wide,
// a bar or a date.
func penned(s string) string {
	if len(s) > maxWritten || s == "" {
		return ""
	}
	for _, label := range penLabels {
		i := strings.Index(s, label)
		if i < 0 {
			continue
		}
		if i > 0 && utf8.RuneCountInString(label) == 2 && strings.HasPrefix(label, "文") {
			continue // the last letter of another word
		}
		if before, _ := utf8.DecodeLastRuneInString(s[:i]); i > 0 && unicode.IsLetter(before) {
			continue
		}
		if name := penName(s[i+len(label):]); name != "" {
			return name
		}
	}
	for _, title := range penTitles {
		if name, rest, ok := strings.Cut(s, title); ok && (rest == "" || !letterAt(rest)) {
			if name = penName(name); name != "" {
				return name
			}
		}
	}
	return ""
}

func letterAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// penName is the name that s begins with.
func penName(s string) string {
	s = strings.TrimLeft(s, " \u3000:：")
	if i := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsDigit(r) || strings.ContainsRune("\u3000|｜/／·,，、；;(（[【@", r)
	}); i >= 0 {
		s = s[:i]
	}
	s = strings.TrimSpace(s)
	wide, letters := 0, 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			wide++
			letters++
		case unicode.IsLetter(r) && r >= 0x590:
			letters++
		case r != ' ' && r != '・' && r != '·' && r != '-' && r != '\'' && r != '.':
			return ""
		}
	}
	fields := len(strings.Fields(s))
	if letters < 2 || fields > 4 || wide > 0 && (wide > 8 || fields > 2) {
		return ""
	}
	return s
}
