package language

import (
	"strings"

	xlanguage "golang.org/x/text/language"
)

// Code gives the ISO 639-1 code of the language of a BCP 47 tag (RFC 5646,
// section 2.1), else its ISO 639-3 code: "en-US", "eng" and "EN_us" give "en",
// "fil" stays. Underscores stand for hyphens, as locale names have it. Tags that
// name no one language ("und", "mul", "zxx", private use) and anything malformed
// give "".
func Code(bcp47 string) string {
	tag := strings.TrimSpace(bcp47)
	if len(tag) > 100 {
		return ""
	}
	subtag := tag
	if i := strings.IndexAny(tag, "-_.@"); i >= 0 {
		if i+1 == len(tag) || !wellFormed(tag[i+1:]) {
			return ""
		}
		subtag = tag[:i]
	}
	if len(subtag) < 2 || len(subtag) > 3 {
		return ""
	}
	subtag = strings.ToLower(subtag)
	for _, c := range []byte(subtag) {
		if c < 'a' || c > 'z' {
			return ""
		}
	}
	if code, ok := replaced[subtag]; ok {
		return code
	}
	if len(subtag) == 3 && subtag >= "qaa" && subtag <= "qtz" {
		return ""
	}
	base, err := xlanguage.ParseBase(subtag)
	if err != nil {
		return ""
	}
	code := base.String()
	if current, ok := replaced[code]; ok { // the registry's old codes: "yid" gives "ji"
		return current
	}
	return code
}

// wellFormed says whether what follows the language has the characters and
// lengths of subtags; a codeset such as ".UTF-8" passes.
func wellFormed(rest string) bool {
	length := 0
	for _, c := range []byte(rest) {
		switch {
		case c == '-' || c == '_' || c == '.' || c == '@':
			if length == 0 {
				return false
			}
			length = 0
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9':
			if length++; length > 8 {
				return false
			}
		default:
			return false
		}
	}
	return length > 0
}

// replaced are subtags whose code is not the one that the registry's record
// names first: special ones, withdrawn ones, and members of a macrolanguage that
// everyone writes as the macrolanguage.
var replaced = map[string]string{
	"und": "", "mul": "", "mis": "", "zxx": "", "root": "",
	"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "mol": "ro",
	"tl": "tl", "tgl": "tl", "fil": "fil", "sh": "sh", "hbs": "sh",
	"cmn": "zh", "arb": "ar", "pes": "fa", "ekk": "et", "lvs": "lv", "zsm": "ms",
	"swh": "sw", "khk": "mn", "azj": "az", "als": "sq", "nor": "no", "no": "no",
	"alb": "sq", "arm": "hy", "baq": "eu", "bur": "my", "chi": "zh", "cze": "cs",
	"dut": "nl", "fre": "fr", "geo": "ka", "ger": "de", "gre": "el", "ice": "is",
	"mac": "mk", "mao": "mi", "may": "ms", "per": "fa", "rum": "ro", "slo": "sk",
	"tib": "bo", "wel": "cy",
}
