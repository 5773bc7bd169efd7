package privacy

import (
	"regexp"
	"strings"
	"sync"

	"corpus/schema"
)

// spelled finds "jo [at] example [dot] org" and "jo at example dot org".
var spelled = sync.OnceValue(func() *regexp.Regexp {
	const (
		local      = `[\p{L}\p{N}_.%+-]+`
		label      = `[\p{L}\p{N}-]+`
		sp         = `[ \t\x{a0}]?`
		at         = sp + `[\[({<]` + sp + `(?:at|AT|At|ät|@|arroba|chez|arobase|chiocciola)` + sp + `[\])}>]` + sp
		spelledDot = sp + `[\[({<]` + sp + `(?:dot|DOT|Dot|punkt|Punkt|point|punto|ponto|piste|tochka|точка|\.)` + sp + `[\])}>]` + sp
		dot        = `(?:` + spelledDot + `|\.)`
		last       = `(?:com|net|org|edu|gov|info|[a-z]{2})\b`
	)
	plain := func(at, dot string) string {
		word := `[ \t](?:` + dot + `)[ \t]`
		names := `(?:` + local + strings.ReplaceAll(word, `|Punkt`, ``) + `){0,3}` // "der Punkt" is a word of a sentence
		return `|` + names + local + `[ \t](?:` + at + `)[ \t]` + label + `(?:` + word + label + `)*` + word + last
	}
	return regexp.MustCompile(`(?:` + local + spelledDot + `){0,3}` + local + at + label + `(?:` + dot + label + `)+` + plain(`at|AT|At`, `dot|DOT|Dot|punkt|Punkt`) +
		plain(`ät`, `punkt|Punkt|dot`) + plain(`arroba`, `punto|ponto`) + plain(`arobase`, `point`) + plain(`chiocciola`, `punto`))
})

// breaks are characters that no spelled address holds, so that it lies between
// two of them.
const breaks = "\n\r,;:!?/\\|\"'*&#$=~`^"

// findSpelledEmails finds what the expression spelled matches. It runs only on
// the parts of a text between breaks in which a sign of an address stands, since
// the expression is slow and such signs are rare.
func findSpelledEmails(text string) []found {
	var out []found
	signs := newSigns(text)
	for at := 0; ; {
		sign := signs.from(at)
		if sign >= len(text) {
			return out
		}
		start, end := at, len(text)
		if i := strings.LastIndexAny(text[at:sign], breaks); i >= 0 {
			start = at + i + 1
		}
		if i := strings.IndexAny(text[sign:], breaks); i >= 0 {
			end = sign + i
		}
		for _, m := range spelled().FindAllStringIndex(text[start:end], -1) {
			out = append(out, found{start: start + m[0], end: start + m[1], kind: schema.SpanEmail})
		}
		at = end
	}
}

// A match of the expression has an @ spelled in brackets, or one of these words
// between blanks.
var (
	openings  = [...]string{"(", "[", "{", "<"}
	signWords = [...]string{"dot", "DOT", "Dot", "punkt", "Punkt", "arroba", "arobase", "chiocciola"}
)

// signs finds the signs of spelled addresses in a text from left to right; each
// kind of sign is looked for once, so the time is linear.
type signs struct {
	text string
	next [len(openings) + len(signWords)]int // the next sign of each kind, len(text) for none
}

func newSigns(text string) *signs {
	s := &signs{text: text}
	for kind := range s.next {
		s.seek(kind, 0)
	}
	return s
}

// from is where the first sign from byte at on begins, len(text) for none.
func (s *signs) from(at int) int {
	first := len(s.text)
	for kind := range s.next {
		if s.next[kind] < at {
			s.seek(kind, at)
		}
		first = min(first, s.next[kind])
	}
	return first
}

// seek finds the next sign of a kind from byte at on.
func (s *signs) seek(kind, at int) {
	for {
		var i, size int
		if kind < len(openings) {
			i, size = strings.IndexByte(s.text[at:], openings[kind][0]), 1
		} else {
			word := signWords[kind-len(openings)]
			i, size = strings.Index(s.text[at:], word), len(word)
		}
		if i < 0 {
			s.next[kind] = len(s.text)
			return
		}
		at += i
		if kind < len(openings) && isSpelledSign(s.text[at+1:]) || kind >= len(openings) && isBlank(s.text, at-1) && isBlank(s.text, at+size) {
			s.next[kind] = at
			return
		}
		at += size
	}
}

// isSpelledSign reports whether what follows a bracket is an @, spelled out.
func isSpelledSign(text string) bool {
	text = withoutBlank(text)
	for _, word := range [...]string{"at", "AT", "At", "ät", "@", "arroba", "arobase", "chez", "chiocciola"} {
		if rest, ok := strings.CutPrefix(text, word); ok {
			rest = withoutBlank(rest)
			return rest != "" && strings.IndexByte("])}>", rest[0]) >= 0
		}
	}
	return false
}

// withoutBlank takes one blank off the beginning.
func withoutBlank(text string) string {
	for _, blank := range [...]string{" ", "\t", "\u00a0"} {
		if rest, ok := strings.CutPrefix(text, blank); ok {
			return rest
		}
	}
	return text
}

func isBlank(text string, at int) bool {
	return at >= 0 && at < len(text) && (text[at] == ' ' || text[at] == '\t')
}
