package comments

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// region is a part of the page that is named as the comments of its readers, by
// the name or label of its element or by a heading.
type region struct {
	from, end dom.ID
	aside     bool // the part itself is marked as beside the article
	vague     bool // its name may mean something else: "discussion"
}

const (
	maxRegions = 4
	maxLabel   = 64 // bytes of a label or heading
)

// regionNames are words of names of such elements; regionOthers those of lists of
// other comments, forms, and parts of one comment.
var (
	regionNames = dom.NewNames(`comments kommentare commentaires comentarios comentários commenti reacties komentarze comentarii kommentarer yorumlar komentare kommentit
		commentlist commentslist commentsection commentsarea commentthread responses discussion leserbriefe leserkommentare lesermeinungen leserstimmen opiniones pinglun liuyan diskuse diskuze keskustelu hozzaszolasok komentari comentarii sxolia nazory conversation yorumlari
		cusdis disqus isso remark commento giscus utterances gitalk gitment valine vcomments waline twikoo artalk hyvor vuukle viafoura cbox cackle hypercomments livere livefyre intensedebate cactus talkyard graphcomment`)
	regionOthers = dom.NewNames(`recent latest last letzte neueste newest related popular top most widget teaser form count counter link links button toggle icon header footer nav menu tab open sidebar no`)
)

// regions are the parts of the page that are named as comments, the outermost of
// each, in page order.
func (p *Page) regions() []region {
	var out []region
	add := func(r region) {
		n := len(out)
		switch {
		case r.end <= r.from:
		case n > 0 && r.from < out[n-1].end:
			out[n-1].vague = out[n-1].vague && r.vague // what stands in it says it more exactly
		case n < maxRegions:
			out = append(out, r)
		}
	}
	for id := dom.ID(0); id < p.Len(); id++ {
		n := &p.Nodes[id]
		switch n.Tag {
		case atom.Html, atom.Head, atom.Body, atom.Main, atom.Article, atom.A, atom.Button, atom.Span, atom.Script, 0:
			if n.Tag != 0 || p.IsText(id) || !strings.Contains(n.Raw.Data, "comment") {
				continue
			}
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary:
			if s, ok := p.Short(id, maxLabel); ok && discussionTitle(s) && (p.Aside == nil || !p.Aside(id)) {
				top := id
				for up := p.Parent(id); up != dom.None && p.End(up) == p.End(top) && !dom.IsTag(p.Tag(up), atom.Body, atom.Main, atom.Article); up = p.Parent(up) {
					top = up
				}
				if up := p.Parent(top); up != dom.None {
					end := p.End(up) // of what folds out
					if n.Tag != atom.Summary {
						end = p.sectionEnd(p.End(top), end, n.Tag)
					}
					add(region{from: p.End(top), end: end, vague: vagueTitle(s)})
				}
			}
			continue
		}
		if n.Class == "" && n.Ident == "" && n.Tag != 0 && !p.Has(id, "aria-label") || p.End(id)-id < 8 {
			continue
		}
		label := strings.ToLower(p.Attr(id, "aria-label"))
		names := n.Class + " " + n.Ident
		if n.Tag == 0 { // an element of the site's own
			names += " " + strings.ReplaceAll(n.Raw.Data, "-", "")
		}
		known, vague := named(names)
		if !known && label != "" && len(label) <= maxLabel {
			if known, vague = named(label); len(strings.Fields(label)) > 3 || !known {
				known, vague = countWords[label] || discussionTitle(label), vagueTitle(label)
			}
		}
		if known {
			aside := p.Aside != nil && p.Aside(id)
			if up := p.Parent(id); aside && (n.Tag != atom.Aside || up != dom.None && p.Aside(up)) {
				continue
			}
			add(region{from: id, end: p.End(id), aside: aside, vague: vague})
		}
	}
	return out
}

// sectionEnd is where the section ends that a heading begins: at the next heading
// of its level or above, else at end.
func (p *Page) sectionEnd(from, end dom.ID, level atom.Atom) dom.ID {
	for id := from; id < end; id++ {
		if dom.IsTag(p.Tag(id), atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6) && p.Nodes[id].Raw.Data <= level.String() {
			return id
		}
	}
	return end
}

// vagueTitle tells a heading that articles have above sections of their own.
func vagueTitle(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "discus") || strings.Contains(s, "diskus") || strings.Contains(s, "respons") || strings.Contains(s, "отзыв") || strings.Contains(s, "обсужд") || strings.Contains(s, "opini") || strings.Contains(s, "convers") || strings.Contains(s, "diskut") || strings.Contains(s, "réact") || strings.Contains(s, "réagi") || strings.Contains(s, "forum") || strings.Contains(s, "keskust") || strings.Contains(s, "dyskus") || strings.Contains(s, "συζήτ") || strings.Contains(s, "обговор") || strings.Contains(s, "tartış") || strings.Contains(s, "meinung")
}

// vagueNames are those that may mean something else.
var vagueNames = dom.NewNames(`responses discussion opiniones diskuse diskuze keskustelu nazory conversation`)

// named tells names that hold a word for comments and none for something else,
// and whether all such words are vague.
func named(names string) (found, vague bool) {
	vague = true
	for word := range strings.FieldsFuncSeq(names, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if regionOthers.Has(word) {
			return false, false
		}
		if regionNames.Has(word) {
			found, vague = true, vague && vagueNames.Has(word)
		}
	}
	return found, vague
}

// discussionTitle tells a heading that says "Comments", "Comments (3)" or the
// like in one of the languages of countWords, and nothing else.
func discussionTitle(s string) bool {
	if s == "" || len(s) > maxLabel {
		return false
	}
	s = fold(strings.TrimRight(s, ":()0123456789 "))
	return countWords[s] && s != "reply" && s != "antwort" || titleWords[s] || headingCount(s) != nil && len(strings.Fields(s)) <= 4
}

// titleWords are other headings of a discussion; lower case.
var titleWords = map[string]bool{
	"reader comments": true, "leave a comment": false, "leserbriefe": true, "leserkommentare": true, "discussion": true, "diskussion": true, "join the discussion": true, "your comments": true, "user comments": true, "ihre kommentare": true, "ihre meinung": true,
	"bình luận": true, "ý kiến bạn đọc": true, "diskuse": true, "diskuse ke článku": true, "diskuze": true, "diskusia": true, "keskustelu": true, "diskutieren sie mit": true, "diskutiere mit": true, "join the conversation": true, "conversation": true, "the conversation": true, "réagissez": true, "vos réactions": true, "réactions": true,
	"opinie": true, "opinie czytelników": true, "dyskusja": true, "wasze komentarze": true, "discussie": true, "συζήτηση": true, "обговорення": true, "комментарии читателей": true, "leser-kommentare": true, "leserforum": true, "commenti dei lettori": true, "comentários dos leitores": true, "opinião dos leitores": true, "tartışma": true, "komentarze czytelników": true,
	"discusión": true, "discussione": true, "opiniones": true, "vos commentaires": true, "обсуждение": true, "отзывы": true,
}

// inRegion tells whether a node stands in a part that is named as comments.
func (p *Page) inRegion(id dom.ID) *region {
	for i := range p.parts {
		if id >= p.parts[i].from && id < p.parts[i].end {
			return &p.parts[i]
		}
	}
	return nil
}

// asideAt tells whether a node stands beside the article, and not in comments
// that a page has there.
func (p *Page) asideAt(id dom.ID) bool {
	if p.Aside == nil || !p.Aside(id) {
		return false
	}
	r := p.inRegion(id)
	return r == nil || !r.aside
}

// ago is the relative time that a record shows outside of its text, and what is
// certain of it where the page says when it was captured.
func (p *Page) ago(r *record, inText func(dom.ID) bool) (iso string) {
	found := false
	p.own(r, func(id dom.ID) bool {
		if found || inText(id) {
			return false
		}
		if p.IsText(id) {
			iso, found = when.Ago(p.Nodes[id].Raw.Data, p.Captured)
		}
		return true
	})
	return iso
}

// counted tells a number with a word behind it: "3 points".
func counted(s string) bool {
	n, _, ok := strings.Cut(s, " ")
	return ok && digits(n)
}

// Bounds of a name that stands beside a time.
const (
	maxBeside      = 60 // bytes
	maxBesideWords = 4
)

// besideTime is the name that stands in a text of its own before the time of a
// record, else behind it, where nothing marks it; empty where there is none.
func (p *Page) besideTime(r *record) string {
	type piece struct {
		id   dom.ID
		text string
	}
	var before, after []piece
	timed, line := false, ""
	p.own(r, func(id dom.ID) bool {
		if r.text != dom.None && id == r.text || len(after) > 1 || p.Tag(id) == atom.Button {
			return false
		}
		if p.Tag(id) == atom.Time {
			timed = true
			return false
		}
		if !p.IsText(id) {
			return true
		}
		s := dom.Squeeze(p.Nodes[id].Raw.Data)
		if strings.Trim(s, " ·•|,:-–—") == "" {
			return true
		}
		if _, isAgo := when.Ago(s, ""); !timed && (isAgo || len(s) <= maxTimeText && p.find(s) != "") {
			timed = true
			if iso, start, end, ok := when.Find(s, p.Order); ok && iso != "" {
				line = lineName(s, start, end)
			}
			return true
		}
		if strings.Trim(s, "0123456789 :.hHuUrR·-") == "" || floorNumber(s) {
			return true // a number, a time of day
		}
		if a := p.Parent(id); a >= r.from && p.Tag(a) == atom.A && len(p.Attr(a, "href")) > 1 && strings.HasPrefix(p.Attr(a, "href"), "#") && len(before) > 0 {
			return true // whom the comment replies to
		}
		if timed {
			after = append(after, piece{id, s})
		} else {
			before = append(before, piece{id, s})
		}
		return true
	})
	if !timed {
		return ""
	}
	if line != "" && len(line) <= maxBeside && strings.Count(line, " ") < maxBesideWords {
		return line
	}
	var tried []piece
	for i := len(before) - 1; i >= 0 && i >= len(before)-2; i-- {
		tried = append(tried, before[i])
	}
	if len(before) == 0 {
		tried = append(tried, after[:min(len(after), 1)]...)
	}
	for _, c := range tried {
		name := cleanName(c.text)
		if name == "" || len(name) > maxBeside || strings.Count(name, " ") >= maxBesideWords || strings.ContainsAny(name, "?!。:;") || strings.HasSuffix(c.text, ".") || isControlLine(name) || glue[fold(name)] || roleWords[fold(name)] != "" || p.find(name) != "" || counted(name) || slices.Contains(creditsAfter, fold(name)) {
			continue
		}
		return name
	}
	return ""
}
