// Package textpage reads plain-text dumps of article pages with reader
// comments: what lynx, w3m, links, html2text, inscriptis, a browser's innerText
// or copy-and-paste make of a page.
//
// A dump has no markup, so everything here rests on form: headers of comments
// that repeat in one style, or a heading that says that comments follow. Where
// neither is there, the page has no comments. It must never invent one, never
// infer who replies to whom from what is said (assemble does), and never do
// work that is more than linear in the page.
package textpage

import (
	"corpus/pipeline/extract"
	"corpus/pipeline/read"
)

// name is the extractor's name and version; raised whenever the same page may
// give another draft.
const name = "textpage/1"

// New is the extractor of plain-text pages. It holds no state and may be used
// by several goroutines at once.
func New() extract.Extractor { return extractor{} }

type extractor struct{}

// Name is the extractor's name and version.
func (extractor) Name() string { return name }

// Extract reads one page. A page without text gives a draft without blocks;
// whether that is worth a record is for normalize to say.
func (extractor) Extract(page extract.Page, limits read.Limits) (*extract.Draft, error) {
	draft := &extract.Draft{URL: page.URL, CapturedAt: page.CapturedAt, Extractor: name}
	lines := split(page.Text)
	title, blocks := plainArticle(lines)
	draft.Title, draft.Blocks = title, blocks
	return draft, nil
}
