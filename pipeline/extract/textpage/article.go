package textpage

import (
	"strings"

	"corpus/pipeline/extract"
	"corpus/schema"
)

// plainArticle takes the first line as title and the paragraphs below as text.
func plainArticle(lines []string) (string, []extract.Block) {
	title := ""
	var blocks []extract.Block
	var paragraph []string
	flush := func() {
		if len(paragraph) == 0 {
			return
		}
		text := strings.Join(paragraph, "\n")
		paragraph = paragraph[:0]
		if title == "" && len(blocks) == 0 {
			title = text
			return
		}
		blocks = append(blocks, extract.Block{Kind: schema.BlockParagraph, Text: text})
	}
	for _, l := range lines {
		if l = strings.TrimSpace(l); l == "" {
			flush()
		} else {
			paragraph = append(paragraph, l)
		}
	}
	flush()
	return title, blocks
}
