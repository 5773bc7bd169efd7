package htmlpage

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/pipeline/normalize/weburl"
	"corpus/schema"
)

// further is what a page is that continues another one: page two of an article,
// of its comments or of a thread.
type further struct {
	number   int    // from 1 in addresses that count from 0; 0 for a page that continues none
	base     string // address of the first page; empty for a page that has no others
	comments bool   // of the comments alone: the text is that of the first page
}

// Parameters and parts of paths that number the pages of the comments, and those
// that number pages of anything; lower case.
var (
	commentPages = dom.NewNames(`cpage comment-page comments-page commentpage commentspage replies-page`)
	textPages    = dom.NewNames(`page pg pagina seite paged pageno page-no pagenumber page-number pagenum page-num`)
	offsets      = dom.NewNames(`start st offset`) // how many posts stand before
	pathPages    = []string{"page", "seite", "pagina", "pag"}
)

// maxPage bounds the number of a page, and of posts before one.
const maxPage = 1_000_000

// partNumber reads a number of a page.
func partNumber(s string) (int, bool) {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n <= maxPage
}

// numbered reads the number of a page out of an address. ok tells that there is one.
func numbered(address string) (f further, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return f, false
	}
	u.Fragment = ""
	if u.RawQuery != "" {
		pairs := strings.Split(u.RawQuery, "&")
		for i, pair := range pairs {
			key, value, _ := strings.Cut(pair, "=")
			key = strings.ReplaceAll(strings.ToLower(key), "_", "-")
			if key == "topic" { // 12.15: the posts from the 15th on
				if topic, start, dotted := strings.Cut(value, "."); dotted {
					if f.number, ok = partNumber(start); ok && f.number > 0 {
						pairs[i] = "topic=" + topic + ".0"
						u.RawQuery = strings.Join(pairs, "&")
						f.base = u.String()
						return f, true
					}
				}
				continue
			}
			f.comments = commentPages.Has(key)
			if !f.comments && !textPages.Has(key) && !offsets.Has(key) && !(key == "p" && len(pairs) > 1) || value == "" {
				continue
			}
			if f.number, ok = partNumber(value); !ok {
				continue
			}
			u.RawQuery = strings.Join(append(pairs[:i:i], pairs[i+1:]...), "&")
			f.base = u.String()
			return f, true
		}
	}
	path := strings.TrimRight(u.Path, "/")
	slash := strings.HasSuffix(u.Path, "/")
	at := strings.LastIndexByte(path, '/')
	if at < 0 {
		return f, false
	}
	last, before := path[at+1:], path[:at]
	ending := ""
	if dot := strings.LastIndexByte(last, '.'); dot > 0 && strings.HasPrefix(last[dot:], ".htm") {
		last, ending = last[:dot], last[dot:]
	}
	digits := last[len(strings.TrimRight(last, "0123456789")):]
	word := last[:len(last)-len(digits)]
	if digits == "" || len(digits) > 5 {
		return f, false
	}
	if f.number, ok = partNumber(digits); !ok {
		return f, false
	}
	switch name := strings.ToLower(strings.TrimRight(word, "-_,")); {
	case name == "comment-page" && ending == "":
		f.comments = true
		u.Path = before
	case word == "" && ending == "":
		up := before[strings.LastIndexByte(before, '/')+1:]
		if u.Path = before; paged(strings.ToLower(up)) {
			u.Path = strings.TrimSuffix(before, "/"+up)
		} else if len(digits) > 2 {
			return f, false // a year, an id
		}
	case ending == "" && paged(name):
		u.Path = before
	case word != name: // title-2.html, title-page-2.html
		for _, p := range pathPages {
			if rest, ok := strings.CutSuffix(name, p); ok && strings.TrimRight(rest, "-_,") != rest {
				name = strings.TrimRight(rest, "-_,")
				break
			}
		}
		if ending == "" && name == strings.ToLower(strings.TrimRight(word, "-_,")) {
			return f, false // the number may be a part of the title
		}
		u.Path = before + "/" + word[:len(name)] + ending
	default:
		return f, false
	}
	if slash && !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	if u.RawPath = ""; strings.Trim(u.Path, "/") == "" {
		return f, false // pages of a site's list of articles
	}
	f.base = u.String()
	return f, true
}

// paged tells a part of a path that stands before the number of a page.
func paged(part string) bool {
	for _, p := range pathPages {
		if part == p {
			return true
		}
	}
	return false
}

// continues tells what the page continues. A number in its address is believed
// where the page leads to the first page or another one before it.
func (p *page) continues() further {
	for _, address := range []string{p.address, p.url} {
		f, ok := numbered(address)
		if !ok || f.number < 1 {
			continue
		}
		base, ok := weburl.Identity(f.base)
		if !ok {
			continue
		}
		// Comments that stand newest first have their oldest ones on page one, and the newest below the article.
		if f.comments || p.leadsBack(base, f.number) {
			return f
		}
		if f.number == 1 && p.leadsOn(base) {
			return further{base: f.base}
		}
	}
	return further{}
}

// leadsOn tells whether the page says that page two of the same base is next.
func (p *page) leadsOn(base string) bool {
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) != atom.Link && p.Tag(id) != atom.A || !p.HasToken(id, "rel", "next") {
			continue
		}
		if f, ok := numbered(p.resolve(p.Attr(id, "href"))); ok && f.number == 2 {
			if own, ok := weburl.Identity(f.base); ok && own == base {
				return true
			}
		}
	}
	return false
}

// leadsBack tells whether the page has a link to an earlier page of the same
// base: one that says so, or a number.
func (p *page) leadsBack(base string, number int) bool {
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) != atom.Link && p.Tag(id) != atom.A {
			continue
		}
		rel := ""
		for _, token := range []string{"prev", "previous", "first", "start"} {
			if p.HasToken(id, "rel", token) {
				rel = token
			}
		}
		s, short := p.Short(id, 12)
		if rel == "" && (p.Tag(id) == atom.Link || !short || s == "" || strings.Trim(s, "0123456789 «‹<[]") != "") {
			continue
		}
		target := p.resolve(p.Attr(id, "href"))
		if target == "" {
			continue
		}
		if own, ok := weburl.Identity(target); ok && own == base {
			return true
		}
		if f, ok := numbered(target); ok && f.number < number {
			if own, ok := weburl.Identity(f.base); ok && own == base {
				return true
			}
		}
	}
	return false
}

// isPager tells a line of the numbers of an article's pages: "1 2 3", "‹ 2 3 4 ›".
func isPager(piece *prose.Piece) bool {
	if piece.Kind != schema.BlockParagraph && piece.Kind != schema.BlockListItem || len(piece.Text) > 80 {
		return false
	}
	numbers, last := 0, 0
	for f := range strings.FieldsFuncSeq(piece.Text, func(r rune) bool { return strings.ContainsRune(" \n\t\u00a0|‹›«»<>…[]", r) }) {
		n, ok := partNumber(f)
		if !ok || numbers > 0 && n <= last || len(f) > 3 {
			return false
		}
		numbers, last = numbers+1, n
	}
	return numbers > 1
}

// continued files a page of several under the address of the first, which may
// number itself.
func (p *page) continued(m metaTags, d *extract.Draft) {
	f := p.further
	article := p.posting() != nil || strings.EqualFold(m.first("og:type"), "article")
	if f.base == "" || !p.thread && !f.comments && !article {
		return
	}
	d.CanonicalURL = f.base
	if f.number > 0 && !p.thread && !f.comments {
		d.Part = int32(max(f.number, 2))
	}
}
