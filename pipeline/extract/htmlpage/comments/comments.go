// Package comments reads the comments of readers out of a page, as records with
// author, time, parent and text. One file a comment system; a system recognizes
// its own markup and hands over where each record stands, and what all systems
// share reads the fields.
//
// It must never take for a comment what is none: pingbacks, lists of recent
// comments, related articles, live tickers. In doubt there is no comment.
package comments

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
	"corpus/pipeline/normalize/when"
)

// Page is what the systems see of a page.
type Page struct {
	*dom.Tree
	Data     *jsonld.Graph
	Order    when.Order                      // of day and month in numeric dates
	Resolve  func(ref string) string         // makes an address absolute
	Hidden   func(id dom.ID) bool            // elements that are not shown
	Aside    func(id dom.ID) bool            // elements beside the article: sidebars, footers
	Title    string                          // of the thread, where its program states it
	Posts    bool                            // the records found are posts of a forum
	Prose    int                             // letters and digits of all paragraphs of the page
	Opened   func(id dom.ID, least int) bool // a paragraph of that many letters may be the article's before a node
	Article  *jsonld.Value                   // the article's JSON-LD object; may be nil
	Captured string                          // when the page was captured, ISO 8601; empty where nobody says
	parts    []region                        // parts that are named as comments

	timeGroups []*group // see anchored
	timesKnown bool
	relative   bool              // relative times count as times of a record
	paths      []uint64          // see tagPaths
	omit       *dom.Names        // elements of a text that its program names as none
	asked      bool              // the opening is a question with a box of its own
	flat       bool              // quotes alone tell what replies to what
	flight     map[string]string // that Next hands over in rows of their own
	roots      map[dom.ID]int    // record that begins at a node; see fill
	anchorAt   map[string]dom.ID // where ids and anchors stand; nil until they are asked for
}

// Found is the discussion of a page.
type Found struct {
	System   string // name of the system that was recognized; empty for none
	Comments []extract.Comment
	Regions  []dom.ID // nodes that belong to comments and are no part of the article
	Stated   *int32
	Order    string // one of schema.Order…; empty for unknown
	Title    string // of the thread, where its program states it
	Posts    bool   // a forum's thread: the first record is the article
	Account  string // who opened a discussion that is none of a forum, by a link to a user's page
	Asked    bool   // … and a question, which stands on every page of its answers
}

// system reads the comments of one comment system. records is empty where the
// page does not use it.
type system interface {
	name() string
	records(p *Page) []record
}

// systems are all that are known, the most exact first: the first that finds a
// record has the page.
var systems = []system{
	wpDiscuz{}, blogger{}, stackExchange{}, reddit{}, hackerNews{}, discourse{}, xenForo, vBulletin, punBB, phpBB, myBB, smf, invision, invision2, vanilla, flarum, nodeBB{},
	bugzilla, gitHub, redmine, trac,
	bbPress{}, phpBB2{}, disqus{}, wordPress{}, drupal{}, microdata{}, microformats{}, elements{},
}

// signs are class names of systems, one of which a page that uses it has, so
// that other pages are not looked through for it.
var signs = map[string][]string{
	"wpdiscuz": {"wpd-comment", "wc-comment"}, "stackexchange": {"question"}, "hackernews": {"comtr"}, "discourse": {"crawler-post", "cooked", "post"},
	"xenforo": {"message"}, "vbulletin": {"postbit", "postbitlegacy", "postcontainer", "postbitim", "postbitdeleted", "b-post", "js-post", "bigusername"},
	"phpbb": {"post", "post-container"}, "mybb": {"post", "post-body"}, "smf": {"post-wrapper"}, "invision": {"cauthorpane-author", "ipsentry", "ipsrichtext", "ipscomment", "ipscomment-content", "ipstype-richtext", "post-block", "post"},
	"invision2": {"postcolor"}, "bugzilla": {"bz-comment"}, "github": {"js-comment-body", "comment-body"}, "redmine": {"journal"}, "trac": {"trac-author"}, "vanilla": {"item", "itemcomment"}, "punbb": {"blockpost", "posthead"}, "flarum": {"post-body"}, "bbpress": {"bbp-reply-content", "bbp-topic-content"}, "phpbb2": {"postbody"},
	"disqus": {"post-message"}, "drupal": {"comment", "js-comment"}, "microformats": {"u-comment", "p-comment"},
}

// classes are the class names of the page.
func (p *Page) classes() map[string]bool {
	names := map[string]bool{}
	for _, class := range p.Classes {
		if len(class) > 1024 {
			continue
		}
		for name := range strings.FieldsSeq(class) {
			names[name] = true
		}
	}
	return names
}

func anyOf(set map[string]bool, names []string) bool {
	for _, name := range names {
		if set[name] {
			return true
		}
	}
	return false
}

// record is where a comment stands and what its system knows of it; fields left
// empty are read by fill.
type record struct {
	from, end dom.ID // nodes of the record, replies in it included
	id        string // the site's own id; empty where it has none
	parent    int    // index of the record replied to, or none
	text      dom.ID // element that holds the text, or dom.None: all that is no header (see fields.go)
	skip      bool   // a pingback, or another record that is no comment
	state     string
	role      string
	author    string
	authorURL string
	posted    string
	up, down  *int32 // votes
	score     *int32
	featured  bool // the site sets it apart
	wide      bool // the text's element holds the header as well
	relative  bool // the time is one before the capture of the page
	plain     bool // of a program whose markup is known: nothing is looked for in the text
	opening   bool // the first post of a thread, which is the article, even without a text
}

// none is the parent of a comment on the article.
const none = -1

// Read finds the comments of a page.
func Read(p *Page) *Found {
	f := &Found{}
	classes := p.classes()
	for _, s := range systems {
		if signs, ok := signs[s.name()]; ok && !anyOf(classes, signs) {
			continue
		}
		records := p.settled(s.records(p), func() []record { return s.records(p) })
		if len(records) == 0 {
			continue
		}
		f.System = s.name()
		f.Comments, f.Regions = p.fill(records)
		if len(f.Comments) == 0 && !p.Posts && slices.ContainsFunc(records, func(r record) bool { return !r.skip }) {
			f.System, f.Regions = "", nil // its names, on what holds no comment
			continue
		}
		f.Posts = p.Posts
		break
	}
	if len(f.Comments) == 0 {
		f.Comments = p.linked()
		if len(f.Comments) > 0 {
			f.System, f.Regions = "json-ld", p.shown(f.Comments)
		}
	}
	if len(f.Comments) == 0 {
		system, records := repeated{}.name(), (repeated{}).records(p)
		if others := p.laidBeside(records); len(others) > 0 {
			system, records = aligned{}.name(), p.settled(others, func() []record { return aligned{}.records(p) })
		}
		if len(records) > 0 {
			f.System = system
			f.Comments, f.Regions = p.fill(p.dated(records))
			f.Posts = p.Posts
		}
	}
	if len(f.Comments) == 0 {
		if f.Comments, f.Posts = p.linkedThread(); len(f.Comments) > 0 {
			f.System, f.Regions = "json-ld", p.shown(f.Comments)
		}
	}
	if len(f.Comments) == 0 {
		if f.Comments = p.inState(); len(f.Comments) > 0 {
			f.System, f.Regions = "state", p.shown(f.Comments)
		}
	}
	f.Title, f.Asked = dom.Squeeze(p.Title), p.asked
	before := f.Regions
	if f.Posts && len(before) > 1 {
		before = before[1:] // the first is the article
	}
	if !f.Posts {
		f.Account = p.account(f.Comments, f.Regions)
	}
	f.Stated = p.stated(before)
	f.Order = p.sorted(before)
	if f.Order == "" {
		replies := f.Comments
		if f.Posts && len(replies) > 0 { // the first is the article
			replies = slices.Clone(replies[1:])
			for i := range replies {
				if replies[i].ParentID == f.Comments[0].ID {
					replies[i].ParentID = ""
				}
			}
		}
		f.Order = order(replies, p.flat)
	}
	return f
}

// fill makes comments of records. Records must be in page order.
func (p *Page) fill(records []record) ([]extract.Comment, []dom.ID) {
	if p.Posts {
		records[0].opening = true
	}
	p.roots = make(map[dom.ID]int, len(records))
	regions := make([]dom.ID, 0, len(records))
	for i := range records {
		p.roots[records[i].from] = i
		for id := records[i].from; id < records[i].end; id = p.End(id) {
			regions = append(regions, id)
		}
	}
	p.templates(records)
	index := make([]int, len(records)) // of the comment that a record became, or none
	var out []extract.Comment
	for i := range records {
		index[i] = none
		if records[i].skip {
			continue
		}
		c, ok := p.comment(&records[i])
		if !ok && !records[i].opening {
			continue
		}
		index[i] = len(out)
		out = append(out, c)
	}
	name(records, index, out)
	return out, regions
}

// name gives every comment that is replied to an id and the replies their parent.
// A reply to a record that is no comment hangs on what that one replied to.
func name(records []record, index []int, out []extract.Comment) {
	seen := make(map[string]bool, len(out))
	for i := range records {
		if index[i] == none {
			continue
		}
		c := &out[index[i]]
		if c.ID != "" && seen[c.ID] {
			c.ID = "" // two comments cannot have one id
		}
		seen[c.ID] = true
		if c.ID == "" {
			c.ID = local(index[i])
			if records[i].relative { // its id will be one of time and text, and must not change with the capture
				c.PostedAt = ""
			}
		}
	}
	for i := range records {
		if index[i] == none {
			continue
		}
		up := records[i].parent
		for up != none && up < i && index[up] == none {
			up = records[up].parent
		}
		if up != none && up != i && index[up] != none {
			out[index[i]].ParentID = out[index[up]].ID
		}
	}
}

// own calls yield with the elements and texts of a record that belong to no
// record inside of it; yield tells whether to go into an element.
func (p *Page) own(r *record, yield func(id dom.ID) bool) {
	for id := r.from; id < r.end; {
		if id != r.from {
			if _, other := p.roots[id]; other {
				id = p.End(id)
				continue
			}
		}
		tag := p.Tag(id)
		if dom.Unseen(tag) && tag != atom.Meta && tag != atom.Link || !yield(id) { // a property may be stated where nobody sees it
			id = p.End(id)
			continue
		}
		id++
	}
}

// front is the first element of record i that is wanted, up to the first record
// inside of it; or None. So all records together are looked through once.
func (p *Page) front(records []record, i int, want func(dom.ID) bool) dom.ID {
	end := records[i].end
	if i+1 < len(records) && records[i+1].from < end {
		end = records[i+1].from
	}
	return p.FirstIn(records[i].from+1, end, want)
}

// frontClass is front for the first element with one of the classes.
func (p *Page) frontClass(records []record, i int, names ...string) dom.ID {
	return p.front(records, i, func(id dom.ID) bool { return p.HasClass(id, names...) })
}

// isBox tells the elements that records are made of.
func isBox(tag atom.Atom) bool {
	return dom.IsTag(tag, atom.Li, atom.Div, atom.Article, atom.Section, atom.Tr, atom.Td, atom.Dl, atom.Dd, atom.Dt, atom.Table, atom.Blockquote)
}

// nest gives every record the nearest record around it as parent.
func nest(p *Page, records []record) {
	var open []int
	for i := range records {
		for len(open) > 0 && records[open[len(open)-1]].end <= records[i].from {
			open = open[:len(open)-1]
		}
		records[i].parent = none
		if len(open) > 0 {
			records[i].parent = open[len(open)-1]
		}
		open = append(open, i)
	}
}
