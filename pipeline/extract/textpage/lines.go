package textpage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markKind is what stands before the text of a line.
type markKind uint8

const (
	noMark markKind = iota
	bulletMark
	numberMark
)

// line is one line of a dump.
type line struct {
	text   string   // without indentation, mark, stubs; empty for a blank line
	raw    string   // as text, but with a mark that its author may have typed
	indent int      // column at which the line begins
	column int      // column at which its text begins, behind the mark
	nest   int      // column that tells how far the line is nested
	width  int      // columns up to the end of the text
	mark   markKind // before the text, or alone
	level  int32    // of a heading that Markdown marks by "#"
	anchor string   // id of a comment that an address on the line points to ("#comment-123")
	hard   bool     // a line break that Markdown states by two spaces at the end
}

// blank tells a line with neither text nor mark.
func (l *line) blank() bool { return l.text == "" && l.mark == noMark }

// maxHeader is the length in bytes above which a line is text and no header,
// heading or button: long lines are not looked at again.
const maxHeader = 320

// bullets are the marks of lists that dump programs and browsers write.
const bullets = "•*+o□☆○●■▪◦‣☐★⁃-–—·»›"

// scan splits text into lines and reads what stands before each.
func scan(text string) []line {
	text = strings.ToValidUTF8(text, "")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\f", "\n").Replace(text)
	rows := strings.Split(text, "\n")
	style := dumpStyleOf(rows)
	lines := make([]line, len(rows))
	for i, row := range rows {
		lines[i] = parseLine(row, style)
	}
	return lines
}

func parseLine(row string, style dumpStyle) line {
	l := line{hard: style.markdown && strings.HasSuffix(row, "  ")}
	l.anchor, _, _ = commentAnchor(row)
	rest, column := skipSpace(row, 0)
	rest = strings.TrimRightFunc(rest, space)
	l.indent, l.column = column, column
	if rest == "" || rule(rest) {
		return l
	}
	if style.markdown {
		rest, l.level = markdownHeading(rest)
	}
	raw := rest
	if mark, n := markOf(rest); mark != noMark && !(mark == numberMark && datedNumber(rest, n)) {
		l.mark = mark
		l.column += utf8.RuneCountInString(rest[:n])
		after, at := skipSpace(rest[n:], l.column)
		if after == "" {
			at = l.column + 1
		}
		typed := strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "–") || strings.HasPrefix(rest, "—")
		rest, l.column = after, at
		if !typed {
			raw = rest
		}
	}
	if l.mark == numberMark && strings.HasPrefix(rest, "#") { // the number of a list before that of the page
		if mark, n := markOf(rest); mark == numberMark {
			rest, _ = skipSpace(rest[n:], 0)
			raw = rest
		}
	}
	l.nest = l.column
	if style.markdown {
		l.nest = l.indent // html2text sets marks, and texts at no column of theirs
	}
	l.width = l.column + columns(rest)
	l.text = style.clean(rest)
	l.raw = l.text
	if raw != rest {
		l.raw = style.clean(raw)
	}
	if l.mark == numberMark && digits(l.text) {
		l.text, l.raw = "", "" // a number in front of the same number
	}
	return l
}

// space is white space, as pages have it.
func space(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// skipSpace cuts white space and gives the column behind it; a tab goes to the
// next multiple of eight.
func skipSpace(s string, column int) (string, int) {
	for i, r := range s {
		switch {
		case r == '\t':
			column += 8 - column%8
		case r == '\u200b' || r == '\ufeff':
		case space(r):
			column++
		default:
			return s[i:], column
		}
	}
	return "", column
}

// rule tells a line that is drawn rather than written: underlines of a form,
// rulers, the frames of tables.
func rule(s string) bool {
	n := 0
	for _, r := range s {
		if !strings.ContainsRune("_-=*─━—~#[]().| \u00a0", r) {
			return false
		}
		n++
	}
	return n >= 4
}

// markOf tells the mark at the start of s, and its length in bytes. A bullet
// needs a space behind it, or nothing.
func markOf(s string) (markKind, int) {
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune(bullets, r) {
		if n == len(s) || s[n] == ' ' || s[n] == '\t' || strings.HasPrefix(s[n:], "\u00a0") {
			return bulletMark, n
		}
		return noMark, 0
	}
	i := 0
	if s[0] == '#' {
		i = 1
	}
	start := i
	for i < len(s) && i-start < 5 && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == start {
		return noMark, 0
	}
	if i < len(s) && (s[i] == '.' || s[i] == ')' || start == 1 && s[i] == ':') {
		i++
	} else if start == 0 {
		return noMark, 0
	}
	if i == len(s) || s[i] == ' ' || s[i] == '\t' || strings.HasPrefix(s[i:], "\u00a0") {
		return numberMark, i
	}
	return noMark, 0
}

// datedNumber tells that the number before n opens a date ("19. Oktober 2019").
func datedNumber(s string, n int) bool {
	if s[0] == '#' || len(s) > maxHeader || n == len(s) {
		return false
	}
	_, start, _, ok := findDate(s)
	return ok && start == 0
}

// digits tells a text of digits alone.
func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// columns is the width of s on a terminal: East Asian letters take two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if wide(r) {
			n++
		}
	}
	return n
}

func wide(r rune) bool {
	return r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6)
}

// commentAnchor finds the address of a comment in s, and the id in it.
func commentAnchor(s string) (id string, start, end int) {
	const sign = "#comment-"
	at := strings.Index(s, sign)
	if at < 0 {
		return "", 0, 0
	}
	end = at + len(sign)
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	start = strings.LastIndexAny(s[:at], " \t(<[") + 1
	return s[at+len(sign) : end], start, end
}
