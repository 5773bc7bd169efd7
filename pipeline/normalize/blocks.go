package normalize

import (
	"strings"
	"unicode/utf8"

	"corpus/pipeline/extract"
	"corpus/pipeline/normalize/text"
	"corpus/schema"
)

// separator stands between the blocks of a text.
const separator = "\n\n"

// compose cleans blocks and joins them by a blank line; offsets count code
// points. A block with a blank line in it becomes several. No text is null.
func compose(blocks []extract.Block) (*string, []schema.Block) {
	out := make([]schema.Block, 0, len(blocks))
	var b strings.Builder
	var at int32
	for _, block := range blocks {
		clean := text.Clean
		if block.Kind == schema.BlockCode {
			clean = text.CleanCode
		}
		for _, part := range strings.Split(clean(block.Text), separator) {
			if part == "" {
				continue
			}
			if b.Len() > 0 {
				b.WriteString(separator)
				at += int32(len(separator))
			}
			b.WriteString(part)
			start := at
			at += int32(utf8.RuneCountInString(part))
			out = append(out, schema.Block{Kind: block.Kind, Level: level(block), Start: start, End: at})
		}
	}
	if b.Len() == 0 {
		return nil, out
	}
	s := b.String()
	return &s, out
}

// level is the level of a block, 0 for the kinds that have none: a table inside
// of a list is still a table.
func level(b extract.Block) int32 {
	switch b.Kind {
	case schema.BlockHeading:
		return min(max(b.Level, 0), 6)
	case schema.BlockQuote, schema.BlockListItem:
		return max(b.Level, 0)
	}
	return 0
}
