package language

import (
	"strings"
	"testing"
)

func TestCode(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "en", "EN": "en", "en-US": "en", "en_us": "en", "eng": "en", " de ": "de", "de-DE-1996": "de",
		"de_DE.UTF-8": "de", "de_DE@euro": "de", "zh-Hant-TW": "zh", "cmn": "zh", "cmn-Hans": "zh", "yue": "yue",
		"sr-Latn": "sr", "srp": "sr", "no": "no", "nor": "no", "nb-NO": "nb", "nob": "nb", "nno": "nn",
		"iw": "he", "in": "id", "ji": "yi", "mo": "ro", "fil": "fil", "tl": "tl", "tgl": "tl", "sh": "sh", "hbs": "sh",
		"yid": "yi", "heb": "he", "ind": "id",
		"ger": "de", "deu": "de", "fre": "fr", "dut": "nl", "gre": "el", "gsw": "gsw", "ast": "ast", "haw": "haw",
		"und": "", "mul": "", "zxx": "", "mis": "", "root": "", "": "", "x": "", "x-private": "", "i-klingon": "",
		"qaa": "", "qtz": "", "german": "", "e1": "", "en-": "", "-en": "", "en--US": "", "en-US ": "en", "en US": "",
		"en,de": "", "en;q=0.5": "", "en-toolongsubtag": "", "éé": "", "zq": "", "<en>": "", "en\x00": "",
	} {
		if got := Code(tag); got != want {
			t.Errorf("Code(%q) = %q, want %q", tag, got, want)
		}
	}
	if got := Code("en-" + strings.Repeat("a-", 1000) + "b"); got != "" {
		t.Errorf("Code of a tag of 2,000 bytes = %q", got)
	}
}

func FuzzCode(f *testing.F) {
	for _, tag := range []string{"en-US", "zh_Hant", "i-klingon", "de_DE.UTF-8@euro", "--", "fil", "\xff"} {
		f.Add(tag)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		code := Code(tag)
		if code != "" && (len(code) < 2 || len(code) > 3 || code != strings.ToLower(code)) {
			t.Fatalf("Code(%q) = %q", tag, code)
		}
		if again := Code(code); again != code {
			t.Fatalf("Code(%q) = %q, but Code(%q) = %q", tag, code, code, again)
		}
	})
}
