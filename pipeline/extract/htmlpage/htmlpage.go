// Package htmlpage turns an HTML page into a draft: the article's text and
// metadata, and the readers' comments of the systems that it knows. It parses a
// page once; what it reads and what not is said in docs/extraction.md.
//
// It must never invent: a comment, a name or a time that the page does not
// state stays empty. It must never fetch anything, and never look at another page.
package htmlpage

import (
	"strings"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
	"corpus/pipeline/normalize/weburl"
	"corpus/pipeline/read"
)

// Name is the name and version of the extractor.
const Name = "html/1"

type extractor struct{}

// New gives the extractor of HTML pages. It has no state.
func New() extract.Extractor { return extractor{} }

func (extractor) Name() string { return Name }

// Extract reads a page. The error is a *read.Rejection: too_deep for a page
// that nests deeper than the parser follows.
func (extractor) Extract(in extract.Page, limits read.Limits) (*extract.Draft, error) {
	tree, err := dom.Parse(in.Text)
	if err != nil {
		return nil, err
	}
	p := &page{Tree: tree, url: in.URL, data: jsonld.Parse(tree)}
	p.unwrap()
	p.judge()
	d := &extract.Draft{URL: in.URL, CapturedAt: in.CapturedAt, Extractor: Name}
	p.metadata(d)
	d.Blocks = p.body(d)
	return d, nil
}

// page is what is known of the page that is being read.
type page struct {
	*dom.Tree
	url     string
	data    *jsonld.Graph
	drop    []bool   // nodes that are no part of an article, with all below
	archive []dom.ID // what an archive put into the page
	stats   []weight // what the subtrees hold
	hints   map[hintKey]hint
}

// resolve makes an address of the page absolute; empty where it is none.
func (p *page) resolve(ref string) string {
	if ref = strings.TrimSpace(ref); ref == "" {
		return ""
	}
	return weburl.Resolve(p.url, ref)
}
