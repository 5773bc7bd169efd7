package entry

import (
	"strings"

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

// lineWriter makes blocks of lines.
type lineWriter struct {
	plain bool
	out   []extract.Block
	kind  string
	level int32
	lines []string
	fence string // mark that ends the code; empty outside of it
	table bool   // lines with bars are rows
}

func (w *lineWriter) done() []extract.Block {
	w.flush()
	return w.out
}

func (w *lineWriter) flush() {
	text := strings.Join(w.lines, "\n")
	if w.kind != schema.BlockCode && !w.plain {
		text = inlineMarkdown(text)
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
		w.table = false
		return
	}
	if trimmed[0] == '>' && (w.plain || !strings.HasPrefix(trimmed, ">!")) {
		inner := strings.TrimLeft(trimmed, "> \t")
		level := int32(strings.Count(trimmed[:len(trimmed)-len(inner)], ">"))
		if inner == "" {
			w.flush()
		} else {
			w.add(schema.BlockQuote, level, inner, level != w.level)
		}
		return
	}
	if w.plain {
		w.add(schema.BlockParagraph, 0, trimmed, false)
		return
	}
	w.markdown(line, trimmed)
}
