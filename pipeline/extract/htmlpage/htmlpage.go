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
	"corpus/pipeline/normalize/when"
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
	p, d, opening, err := prepare(in)
	if err != nil {
		return nil, err
	}
	switch {
	case opening == nil && p.thread && p.further.number > 0: // the opening post stands on the first page
		d.Authors, d.PublishedAt = nil, ""
	case opening == nil:
		d.Blocks = p.body(d)
	default:
		d.Blocks, d.PublishedAt, d.Authors = opening.Blocks, opening.PostedAt, nil
		if opening.Author != "" {
			d.Authors = []string{opening.Author}
		}
	}
	return d, nil
}

// prepare reads everything but the article's text. The opening post of a
// discussion is that text.
func prepare(in extract.Page) (*page, *extract.Draft, *extract.Comment, error) {
	p, err := open(in)
	if err != nil {
		return nil, nil, nil, err
	}
	d := &extract.Draft{URL: in.URL, CapturedAt: in.CapturedAt, Extractor: Name}
	p.archived(d)
	m := p.metaTags()
	p.identify(m, d)
	p.further = p.continues()
	opening := p.discussion(d)
	p.metadata(m, d)
	p.continued(m, d)
	return p, d, opening, nil
}

// open parses and measures a page. One that was saved as XML, where elements
// close themselves, gets its end tags first; a page without a paragraph may be
// one as well, and is alone in being parsed twice.
func open(in extract.Page) (*page, error) {
	parse := func(text string) (*page, error) {
		tree, err := dom.Parse(text)
		if err != nil {
			return nil, err
		}
		p := &page{Tree: tree, url: in.URL, data: jsonld.Parse(tree)}
		p.judge()
		return p, nil
	}
	if dom.SavedAsXML(in.Text) {
		fixed, _ := dom.CloseAll(in.Text)
		return parse(fixed)
	}
	p, err := parse(in.Text)
	if err != nil || p.total() > 0 {
		return p, err
	}
	if fixed, ok := dom.CloseEmpty(in.Text); ok {
		return parse(fixed)
	}
	return p, nil
}

// page is what is known of the page that is being read.
type page struct {
	*dom.Tree
	url     string // where it was read from; may be empty
	address string // its canonical address, else url
	lang    string // as declared
	data    *jsonld.Graph

	scores     map[hintKey]nameScore // see nameScore
	drop       []bool                // roots of what is no part of an article
	side       []uint8               // flags of nodes in parts beside the article
	stats      []weight              // what the subtrees hold
	hints      map[hintKey]hint
	classHints []classHint // by dom.Node.List
	bylines    []int8      // see bylineRank; by dom.Node.List, from 1

	thread      bool    // the page is a forum's thread
	threadTitle string  // its title, where the program states it
	account     string  // who opened a discussion; see comments.Found
	further     further // what it continues

	article   *jsonld.Value // see posting
	asked     bool
	archive   bool       // the page is as a web archive serves it
	top       firstLines // see linesFrom
	head      dom.ID     // the heading that is the title; 0 where none is
	shownAt   string     // see shownTime
	showed    bool
	plain     bool
	timed     bool
	changedAt string   // the first date below the headline that is said to be that of a change
	changes   bool     // times of changes are looked for
	heads     []dom.ID // see headlines
	headed    bool
	dateOrder when.Order // see order
	learned   bool
}

// resolve makes an address of the page absolute, and that of a page that an
// archive serves the one that it archived; empty where it is none.
func (p *page) resolve(ref string) string {
	if ref = strings.TrimSpace(ref); ref == "" {
		return ""
	}
	address := weburl.Resolve(p.url, ref)
	if p.archive {
		return p.unarchived(address)
	}
	return address
}
