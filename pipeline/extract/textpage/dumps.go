package textpage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dumpStyle is what a dump's program writes between the words of the page.
type dumpStyle struct {
	markdown bool            // html2text: escapes, emphasis, "#" before headings
	links    bool            // lynx, links: a number in brackets before each link
	images   bool            // w3m: the start of an image's name in brackets
	stubs    map[string]bool // such starts that repeat, whatever they say
}

// evidence of a style that is asked for before its marks are taken away.
const (
	minEscapes = 2
	minLinks   = 3
	minImages  = 2
)

// dumpStyleOf looks over the whole page, since one mark proves nothing.
func dumpStyleOf(rows []string) dumpStyle {
	escapes, links, images, next := 0, 0, 0, 1
	glued := map[string]int{}
	references := 0 // addresses of links, numbered at the end
	for _, row := range rows {
		trimmed := strings.TrimLeft(row, " ")
		if _, at := markOf(trimmed + " "); at <= len(trimmed) {
			s := strings.TrimLeft(trimmed[at:], " ")
			if end := strings.IndexByte(s, ']'); strings.HasPrefix(s, "[") && end > 0 && end < maxStub && stub(s[1:end], false) {
				images++
			} else if strings.HasPrefix(s, "[") && end > 1 && end <= maxGluedStub && gluedStub(s[1:end], s[end+1:]) {
				glued[s[1:end]]++
			}
		}
		if kind, at := markOf(trimmed + " "); kind == numberMark && at < len(trimmed) {
			if s := strings.TrimLeft(trimmed[at:], " "); strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "file://") {
				references++
			}
		}
		switch {
		case strings.HasPrefix(trimmed, "# "), strings.HasPrefix(trimmed, "## "), strings.HasPrefix(trimmed, "### "),
			strings.HasPrefix(trimmed, "#### "), strings.HasPrefix(trimmed, "__") && !strings.HasPrefix(trimmed, "___"):
			escapes++
		}
		if strings.Contains(row, `\. `) || strings.Contains(row, `\- `) || strings.Contains(row, "](") || strings.Contains(row, `\_`) {
			escapes++
		}
		for i := 0; i < len(row); {
			j := strings.IndexByte(row[i:], '[')
			if j < 0 {
				break
			}
			i += j
			n, end := linkNumber(row[i:])
			if end == 0 {
				i++
				continue
			}
			if first, _ := utf8.DecodeRuneInString(row[i+end:]); n == next && letter(first) {
				links++
				next++
			} else if n == next {
				next++
			}
			i += end
		}
	}
	style := dumpStyle{markdown: escapes >= minEscapes, links: links >= minLinks || links > 1 && references > 1, images: images >= minImages}
	for s, n := range glued {
		if n >= minImages && !style.markdown {
			if style.stubs == nil {
				style.stubs = map[string]bool{}
			}
			style.stubs[s] = true
		}
	}
	return style
}

// maxGluedStub is the length of the start of an image's name that w3m shows.
const maxGluedStub = 16

// gluedStub tells the start of an image's name from a text in brackets: what
// stands behind it, such as the name of a commenter, is glued to it.
func gluedStub(s, behind string) bool {
	r, _ := utf8.DecodeRuneInString(behind)
	return letter(r) && !digits(s) && !strings.ContainsAny(s, " []")
}

// linkNumber reads "[12]" at the start of s when something follows at once.
func linkNumber(s string) (n, end int) {
	for i := 1; i < len(s) && i < 7; i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			n = n*10 + int(c-'0')
		case c == ']' && i > 1 && i+1 < len(s) && s[i+1] != ' ':
			return n, i + 1
		default:
			return 0, 0
		}
	}
	return 0, 0
}

// clean takes away what the program wrote into s.
func (d dumpStyle) clean(s string) string {
	s = columnsApart(strings.TrimSpace(strings.ReplaceAll(s, "(BUTTON)", "")))
	if strings.HasPrefix(s, "IFRAME:") {
		return ""
	}
	if d.links {
		s = dropLinkNumbers(s)
	}
	s = d.dropStubs(s)
	if d.markdown {
		s = plainMarkdown(s)
	}
	return strings.TrimSpace(s)
}

// columnsApart leaves two spaces between the columns of a table.
func columnsApart(s string) string {
	if !strings.Contains(s, "    ") {
		return s
	}
	var b strings.Builder
	spaces := 0
	for i := range len(s) {
		if s[i] == ' ' {
			if spaces++; spaces > 2 {
				continue
			}
		} else {
			spaces = 0
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func dropLinkNumbers(s string) string {
	if !strings.Contains(s, "[") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] == '[' {
			if _, end := linkNumber(s[i:]); end > 0 {
				i += end
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// maxStub is the length of the longest stub of an image.
const maxStub = 64

// dropStubs takes away stubs of images at the start of s ("[71d]",
// "[avatar.png]", "[]"), and of form fields.
func (d dumpStyle) dropStubs(s string) string {
	for strings.HasPrefix(s, "[") {
		end := strings.IndexByte(s, ']')
		if end < 0 || end > maxStub || !stub(s[1:end], end+1 == len(s)) && !(d.images && hexadecimal(s[1:end])) && !d.stubs[s[1:end]] && !repeats(s[1:end], s[end+1:]) {
			break
		}
		s = strings.TrimLeftFunc(s[end+1:], space)
	}
	return s
}

// stub tells the inside of brackets that a program wrote for an image or a
// field; alone is whether nothing else is on the line.
func stub(s string, alone bool) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return true
	}
	hasDigit, hasDot := false, false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			hasDigit = true
		case r == '.' || r == '/':
			hasDot = true
		case r == ' ' || r == '"' || r == ',' || r == '…' || r == '[':
			return false
		}
	}
	lower := strings.ToLower(s)
	if imageWords[lower] || hasDot && imageName(lower) {
		return true
	}
	return alone || hasDigit && !hasDot && (!digits(s) || len(s) > 2)
}

// repeats tells that an image's name stands behind it once more.
func repeats(stub, behind string) bool {
	return stub != "" && !digits(stub) && strings.HasPrefix(behind, stub)
}

// hexadecimal tells the start of a digest, as names of avatars are.
func hexadecimal(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) > 2
}

func imageName(s string) bool {
	for _, ext := range []string{".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".php"} {
		if strings.HasSuffix(s, ext) {
			return true
		}
	}
	return false
}

// markdownHeading cuts the signs of a heading and gives its level.
func markdownHeading(s string) (string, int32) {
	n := 0
	for n < len(s) && s[n] == '#' {
		n++
	}
	if n == 0 || n > 6 || n == len(s) || s[n] != ' ' {
		return s, 0
	}
	return strings.TrimLeftFunc(s[n:], space), int32(n)
}

// plainMarkdown takes away escapes, emphasis, icons and the addresses of links.
func plainMarkdown(s string) string {
	if !strings.ContainsAny(s, "\\*_[!`") {
		return s
	}
	out := make([]byte, 0, len(s))
	var open []int // brackets in out that may turn out to be those of a link
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s) && strings.IndexByte("\\`*_{}[]()#+-.!>|", s[i+1]) >= 0:
			out = append(out, s[i+1])
			i += 2
		case strings.HasPrefix(s[i:], "**"):
			i += 2
		case strings.HasPrefix(s[i:], "__") && !strings.HasPrefix(s[i:], "___"):
			i += 2
		case (c == '_' || c == '*') && edge(s, i):
			i++
		case c == '[', c == '!' && strings.HasPrefix(s[i:], "!["):
			i++
			if c == '!' {
				i++
			}
			open = append(open, len(out))
			out = append(out, '[')
		case c == ']' && len(open) > 0:
			at := open[len(open)-1]
			open = open[:len(open)-1]
			end := -1
			if strings.HasPrefix(s[i:], "](") {
				end = strings.IndexByte(s[i:min(len(s), i+maxAddress)], ')')
			}
			if end < 0 {
				out = append(out, ']')
				i++
				continue
			}
			out[at] = 0 // taken out below
			i += end + 1
		default:
			out = append(out, c)
			i++
		}
	}
	return strings.ReplaceAll(string(out), "\x00", "")
}

// maxAddress is the length in bytes of the longest address of a link.
const maxAddress = 2048

// edge tells that the sign of emphasis at i stands at the edge of a word.
func edge(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	left := i == 0 || space(before) || unicode.IsPunct(before)
	right := i+1 == len(s) || space(after) || unicode.IsPunct(after)
	return left != right
}
