package entry

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/pipeline/extract"
	"corpus/schema"
)

// markdownBlocks are the blocks of a text in Markdown (CommonMark 0.31, of its
// blocks those that discussions use, and the tables, strikethroughs, spoilers
// and superscripts of forums): headings, quotes, lists, code, rows of tables
// and paragraphs. Marks of emphasis go, of links their text stays. It goes by
// lines and never nests, so that its time is linear in the text.
func markdownBlocks(s string) []extract.Block {
	var w lineWriter
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		w.line(line)
	}
	return w.done()
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
	if w.tableRow(trimmed) {
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

// inlineMarkdown drops what marks emphasis, links and the like in a paragraph,
// and the address behind the text of a link. Code stays as it stands, and
// references to characters are resolved (CommonMark 0.31, sections 2.4 to 6.6).
func inlineMarkdown(s string) string {
	if !strings.ContainsAny(s, "*_`[\\~<&!^") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var last rune = ' '
	for i := 0; i < len(s); {
		if text, length, ok := inlineUnit(s[i:], last); ok {
			b.WriteString(text)
			i += length
			if r, _ := utf8.DecodeLastRuneInString(text); text != "" {
				last = r
			}
			continue
		}
		if c := s[i]; c == '*' || c == '~' || c == '_' {
			run := len(s[i:]) - len(strings.TrimLeft(s[i:], s[i:i+1]))
			next, _ := utf8.DecodeRuneInString(s[i+run:])
			if i+run == len(s) {
				next = ' '
			}
			inside := isWord(last) && isWord(next)
			free := unicode.IsSpace(last) && unicode.IsSpace(next)
			if free || c == '_' && inside || c == '~' && run != 2 || run > 3 {
				b.WriteString(s[i : i+run])
			}
			if free {
				last = rune(c)
			}
			i += run
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		b.WriteString(s[i : i+size])
		last = r
		i += size
	}
	return b.String()
}

// inlineUnit reads what s begins with where it stands for itself, and gives its
// text: an escape, code, a link, an address, a reference, or the mark of a
// spoiler or superscript.
func inlineUnit(s string, last rune) (text string, length int, ok bool) {
	switch c := s[0]; {
	case c == '\\' && len(s) > 1 && strings.IndexByte("\\`*_{}[]()<>#+-.!|~^&\"'$%,/:;=?@", s[1]) >= 0:
		return s[1:2], 2, true
	case c == '`':
		return codeSpan(s)
	case c == '!' && strings.HasPrefix(s, "!["): // a picture: its caption
		text, length, ok := link(s[1:])
		return inlineMarkdown(text), 1 + length, ok
	case c == '[':
		text, length, ok := link(s)
		return inlineMarkdown(text), length, ok // there is no link in it
	case c == '<':
		return autolink(s)
	case c == '&':
		return reference(s)
	case strings.HasPrefix(s, ">!") && !isWord(last), strings.HasPrefix(s, "!<") && !unicode.IsSpace(last):
		return "", 2, true
	case c == '^' && len(s) > 1 && s[1] != ' ' && s[1] != '\n' && !unicode.IsSpace(last):
		return "", 1, true
	}
	return "", 0, false
}

// codeSpan reads code between runs of "`" of one length. A run that nothing
// ends stands for itself.
func codeSpan(s string) (text string, length int, ok bool) {
	run := len(s) - len(strings.TrimLeft(s, "`"))
	rest := s[run:min(len(s), run+maxSpan)]
	for at := 0; ; {
		i := strings.IndexByte(rest[at:], '`')
		if i < 0 {
			return s[:run], run, true
		}
		at += i
		closing := len(rest[at:]) - len(strings.TrimLeft(rest[at:], "`"))
		if closing == run {
			code := rest[:at]
			if len(code) > 2 && code[0] == ' ' && code[len(code)-1] == ' ' {
				code = code[1 : len(code)-1]
			}
			return code, 2*run + at, true
		}
		at += closing
	}
}

// autolink reads an address in angle brackets, <https://…>.
func autolink(s string) (text string, length int, ok bool) {
	end := strings.IndexByte(s[:min(len(s), maxSpan)], '>')
	if end < 0 {
		return "", 0, false
	}
	scheme, _, ok := strings.Cut(s[1:end], ":")
	if !ok || len(scheme) < 2 || len(scheme) > 32 || strings.ContainsAny(s[1:end], " \t\n<") {
		return "", 0, false
	}
	for _, r := range scheme {
		if !isWord(r) && r != '+' && r != '-' && r != '.' || r >= utf8.RuneSelf {
			return "", 0, false
		}
	}
	return s[1:end], end + 1, true
}

// reference resolves a reference to a character, &name; or &#number;.
func reference(s string) (text string, length int, ok bool) {
	const longest = 40 // the longest name that HTML knows has 33 bytes
	end := strings.IndexByte(s[:min(len(s), longest)], ';')
	if end < 2 {
		return "", 0, false
	}
	text = html.UnescapeString(s[:end+1])
	if text == s[:end+1] {
		return "", 0, false
	}
	return text, end + 1, true
}

// tableRow reads a line of a table (GitHub Flavored Markdown 0.29, section
// 4.10): the line above the one of dashes is its head.
func (w *lineWriter) tableRow(trimmed string) bool {
	if w.table && strings.Contains(trimmed, "|") {
		w.add(schema.BlockTableRow, 0, cells(trimmed), true)
		w.flush()
		return true
	}
	if w.kind != schema.BlockParagraph || len(w.lines) == 0 || !strings.Contains(trimmed, "-") || !strings.Contains(trimmed, "|") || strings.Trim(trimmed, "-:| \t") != "" {
		return false
	}
	head := w.lines[len(w.lines)-1]
	if !strings.Contains(head, "|") {
		return false
	}
	w.lines = w.lines[:len(w.lines)-1]
	w.flush()
	w.add(schema.BlockTableRow, 0, cells(head), true)
	w.flush()
	w.table = true
	return true
}

// cells are the cells of a row, apart as those of a table of HTML are.
func cells(row string) string {
	row = strings.TrimSuffix(strings.TrimPrefix(row, "|"), "|")
	parts := strings.Split(row, "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, " | ")
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// maxSpan is the most bytes of a link or of code in a line.
const maxSpan = 2048

// link reads [text](address), and ![text](address).
func link(s string) (text string, length int, ok bool) {
	s = s[:min(len(s), maxSpan)]
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
