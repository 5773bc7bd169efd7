package entry

import (
	"strings"
	"unicode"

	"corpus/pipeline/extract"
	"corpus/schema"
)

// plainBlocks are the blocks of a text without markup: parts between blank
// lines are paragraphs, and lines that begin with ">" quotes.
func plainBlocks(s string) []extract.Block {
	w := lineWriter{plain: true}
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		w.line(line)
	}
	return w.done()
}

// markdownBlocks are the blocks of a text in Markdown (CommonMark 0.31, of its
// blocks those that discussions use): headings, quotes, lists, code and
// paragraphs. Marks of emphasis go, of links their text stays.
func markdownBlocks(s string) []extract.Block {
	var w lineWriter
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		w.line(line)
	}
	return w.done()
}

// lineWriter makes blocks of lines.
type lineWriter struct {
	plain bool
	out   []extract.Block
	kind  string
	level int32
	lines []string
	fence string // mark that ends the code; empty outside of it
}

func (w *lineWriter) done() []extract.Block {
	w.flush()
	return w.out
}

func (w *lineWriter) flush() {
	text := strings.Join(w.lines, "\n")
	if w.kind != schema.BlockCode && !w.plain {
		text = emphasis(text)
	}
	if w.kind == schema.BlockCode {
		text = strings.Trim(text, "\n")
	}
	if strings.TrimSpace(text) != "" {
		w.out = append(w.out, extract.Block{Kind: w.kind, Level: w.level, Text: text})
	}
	w.lines, w.kind, w.level = nil, "", 0
}

// add puts a line into a block of the kind, a new one where begin says so.
func (w *lineWriter) add(kind string, level int32, line string, begin bool) {
	if begin || w.kind != kind {
		w.flush()
	}
	w.kind, w.level = kind, level
	w.lines = append(w.lines, line)
}

func (w *lineWriter) line(line string) {
	trimmed := strings.TrimSpace(line)
	if w.fence != "" {
		if strings.HasPrefix(trimmed, w.fence) && strings.Trim(trimmed, w.fence[:1]) == "" {
			w.flush()
			w.fence = ""
			return
		}
		w.add(schema.BlockCode, 0, line, false)
		return
	}
	if trimmed == "" {
		if w.kind == schema.BlockCode { // indented code goes on behind a blank line
			w.lines = append(w.lines, "")
			return
		}
		w.flush()
		return
	}
	if trimmed[0] == '>' {
		inner := strings.TrimSpace(strings.TrimLeft(trimmed, "> \t"))
		if inner == "" {
			w.flush()
		} else {
			w.add(schema.BlockQuote, 0, inner, false)
		}
		return
	}
	if w.plain {
		w.add(schema.BlockParagraph, 0, trimmed, false)
		return
	}
	w.markdown(line, trimmed)
}

func (w *lineWriter) markdown(line, trimmed string) {
	if mark := trimmed[:min(3, len(trimmed))]; mark == "```" || mark == "~~~" {
		w.flush()
		w.fence = mark
		return
	}
	if w.kind != schema.BlockParagraph && w.kind != schema.BlockListItem && (strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")) {
		w.add(schema.BlockCode, 0, strings.TrimPrefix(strings.TrimPrefix(line, "\t"), "    "), false)
		return
	}
	if level := len(trimmed) - len(strings.TrimLeft(trimmed, "#")); level > 0 && level <= 6 && len(trimmed) > level && trimmed[level] == ' ' {
		w.add(schema.BlockHeading, int32(level), strings.TrimSpace(strings.TrimRight(trimmed[level:], "#")), true)
		w.flush()
		return
	}
	if rule := strings.ReplaceAll(trimmed, " ", ""); len(rule) >= 3 && (strings.Trim(rule, "-") == "" || strings.Trim(rule, "*") == "" || strings.Trim(rule, "_") == "") {
		w.flush()
		return
	}
	if item, ok := listItem(trimmed); ok {
		w.add(schema.BlockListItem, 0, item, true)
		return
	}
	if w.kind == schema.BlockQuote || w.kind == schema.BlockListItem { // a line that goes on without the mark
		w.lines = append(w.lines, trimmed)
		return
	}
	w.add(schema.BlockParagraph, 0, trimmed, false)
}

// listItem is the text of a line that begins an item of a list.
func listItem(s string) (string, bool) {
	if len(s) > 2 && strings.ContainsRune("-*+", rune(s[0])) && s[1] == ' ' {
		return strings.TrimSpace(s[2:]), true
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits > 0 && digits < 4 && len(s) > digits+2 && (s[digits] == '.' || s[digits] == ')') && s[digits+1] == ' ' {
		return strings.TrimSpace(s[digits+2:]), true
	}
	return "", false
}

// emphasis drops what marks emphasis, code and links in a line: "*", "_" and
// "`" around words, and the address behind the text of a link.
func emphasis(s string) string {
	if !strings.ContainsAny(s, "*_`[\\~") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var last rune = ' '
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s) && strings.IndexByte("\\`*_{}[]()<>#+-.!|~^", s[i+1]) >= 0:
			b.WriteByte(s[i+1])
			last = rune(s[i+1])
			i += 2
			continue
		case c == '!' && strings.HasPrefix(s[i+1:], "["):
			if text, length, ok := link(s[i+1:]); ok { // a picture: its caption
				b.WriteString(text)
				last = 'x'
				i += 1 + length
				continue
			}
		case c == '[':
			if text, length, ok := link(s[i:]); ok {
				b.WriteString(text)
				last = 'x'
				i += length
				continue
			}
		case c == '*' || c == '`' || c == '~' || c == '_':
			run := 1
			for i+run < len(s) && s[i+run] == c {
				run++
			}
			next := ' '
			for _, r := range s[i+run:] {
				next = r
				break
			}
			inside := isWord(last) && isWord(next)
			free := unicode.IsSpace(last) && unicode.IsSpace(next)
			if free || c == '_' && inside || c == '~' && run != 2 || run > 3 {
				b.WriteString(s[i : i+run])
			}
			if !free {
				i += run
				continue
			}
			last = rune(c)
			i += run
			continue
		}
		for _, r := range s[i:] {
			b.WriteRune(r)
			last = r
			break
		}
		i += runeLength(s[i:])
	}
	return b.String()
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func runeLength(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

// maxLink is the most bytes of a link in Markdown.
const maxLink = 2048

// link reads [text](address), and ![text](address).
func link(s string) (text string, length int, ok bool) {
	s = s[:min(len(s), maxLink)]
	end := strings.IndexAny(s[1:], "[]")
	if end < 0 || s[1+end] != ']' || !strings.HasPrefix(s[end+2:], "(") {
		return "", 0, false
	}
	closing := strings.IndexAny(s[end+3:], ")[\n")
	if closing < 0 || s[end+3+closing] != ')' {
		return "", 0, false
	}
	return s[1 : 1+end], end + 3 + closing + 1, true
}
