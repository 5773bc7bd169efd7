package textpage

import (
	"strings"

	"corpus/pipeline/extract"
	"corpus/schema"
)

// blocks is the text of a comment: paragraphs, with the breaks that its author
// made inside of them.
func (s *segment) blocks(lines []line, readings []reading) []extract.Block {
	s.trim(lines, readings)
	var out []extract.Block
	var part []string
	kind := schema.BlockParagraph
	flush := func() {
		if len(part) > 0 {
			out = append(out, extract.Block{Kind: kind, Text: strings.Join(part, "\n")})
		}
		part = part[:0]
		kind = schema.BlockParagraph
	}
	for _, i := range s.body {
		l := &lines[i]
		if l.text == "" {
			if l.mark == noMark {
				flush()
			}
			continue
		}
		if readings[i].kind == buttonLine {
			continue
		}
		text, quoted := strings.CutPrefix(l.raw, ">")
		if want := blockKind(quoted); want != kind {
			flush()
			kind = want
		}
		part = append(part, strings.TrimSpace(text))
	}
	flush()
	return out
}

func blockKind(quoted bool) string {
	if quoted {
		return schema.BlockQuote
	}
	return schema.BlockParagraph
}

// trim cuts from both ends of a comment what belongs to its header: buttons,
// roles, the name once more, and a date where the header had none.
func (s *segment) trim(lines []line, readings []reading) {
	for len(s.body) > 0 && s.furniture(s.body[0], lines, readings, true) {
		s.body = s.body[1:]
	}
	for len(s.body) > 0 && s.furniture(s.body[len(s.body)-1], lines, readings, false) {
		s.body = s.body[:len(s.body)-1]
	}
}

func (s *segment) furniture(i int, lines []line, readings []reading, first bool) bool {
	r := &readings[i]
	switch r.kind {
	case blankLine, markLine, buttonLine:
		return true
	case roleLine:
		if s.hit.role == "" && first {
			s.hit.role = r.role
		}
		return first
	case dateLine:
		if s.hit.dated {
			return false
		}
		s.hit.iso, s.hit.dated = r.iso, true
		return true
	}
	return avatarText(lines[i].text, s.hit.name) && first
}

// Shares of comments that a line must end or begin before it is a template's.
const (
	minTemplate  = 3
	templateRuns = 8
)

// trimTemplates cuts lines that most comments begin or end with, figures aside:
// they are the site's, whatever they say.
func trimTemplates(out []segment, lines []line, readings []reading) {
	if len(out) < minTemplate {
		return
	}
	for _, atEnd := range []bool{true, false} {
		for range templateRuns {
			if !trimTemplate(out, lines, readings, atEnd) {
				break
			}
		}
	}
}

func trimTemplate(out []segment, lines []line, readings []reading, atEnd bool) bool {
	counts := map[string]int{}
	keys := make([]string, len(out))
	best, bestKey := 0, ""
	for k := range out {
		i := edgeLine(&out[k], lines, readings, atEnd)
		if i < 0 {
			continue
		}
		key := template(lines[i].text)
		if atEnd && k+1 < len(out) && strings.EqualFold(lines[i].text, out[k+1].hit.name) {
			key = nextName
		}
		if key == "" {
			continue
		}
		keys[k] = key
		counts[key]++
		if n := counts[key]; n > best || n == best && key < bestKey {
			best, bestKey = n, key
		}
	}
	if best < minTemplate || best*2 <= len(out) {
		return false
	}
	if last := &out[len(out)-1]; atEnd && keys[len(out)-1] != bestKey && bestKey != nextName {
		for n, i := range last.body { // what stands behind it is no more the comment's
			if n > 0 && lines[i].text != "" && template(lines[i].text) == bestKey {
				last.body = last.body[:n]
				break
			}
		}
	}
	for k := range out {
		if keys[k] != bestKey {
			continue
		}
		i := edgeLine(&out[k], lines, readings, atEnd)
		b := out[k].body
		for n, j := range b {
			if j == i {
				if atEnd {
					out[k].body = b[:n]
				} else {
					out[k].body = b[n+1:]
				}
				break
			}
		}
	}
	return true
}

// nextName is the template of a line that names the next commenter.
const nextName = "@"

// edgeLine is the first or last line of a comment's text, -1 where it has one
// line or none.
func edgeLine(s *segment, lines []line, readings []reading, atEnd bool) int {
	first, last, n := -1, -1, 0
	for _, i := range s.body {
		if k := readings[i].kind; lines[i].text == "" || k == buttonLine || k == dateLine {
			continue // a date is not the site's, though most comments have one
		}
		if first < 0 {
			first = i
		}
		last = i
		n++
	}
	if n < 2 {
		return -1
	}
	if atEnd {
		return last
	}
	return first
}

// template is a short line with its figures replaced, "" for a long one.
func template(s string) string {
	if len(s) > 60 {
		return ""
	}
	var b strings.Builder
	inNumber := false
	for _, r := range lower(s) {
		if r >= '0' && r <= '9' {
			if !inNumber {
				b.WriteByte('0')
			}
			inNumber = true
			continue
		}
		inNumber = false
		if r == '+' || r == '-' {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// minSignature is the number of words that a signature has at least.
const minSignature = 4

// trimSignatures cuts the line that two comments of one name or more end with:
// a signature is no part of what is said.
func trimSignatures(out []segment, lines []line) {
	type key struct{ name, text string }
	counts := map[key]int{}
	opening := map[key]string{} // a text sent twice is no signature
	last := make([]int, len(out))
	for k := range out {
		first, n := -1, -1
		for _, i := range out[k].body {
			if lines[i].text != "" {
				if first < 0 {
					first = i
				}
				n = i
			}
		}
		last[k] = -1
		if out[k].hit.name == "" || n == first || len(words(lines[n].text)) < minSignature {
			continue
		}
		last[k] = n
		at := key{out[k].hit.name, lines[n].text}
		if opened, seen := opening[at]; !seen || opened != lines[first].text {
			counts[at]++
		}
		opening[at] = lines[first].text
	}
	for k := range out {
		if last[k] < 0 || counts[key{out[k].hit.name, lines[last[k]].text}] < 2 {
			continue
		}
		for n, i := range out[k].body {
			if i == last[k] {
				out[k].body = out[k].body[:n]
				break
			}
		}
	}
}
