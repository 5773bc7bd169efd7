package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/schema"
)

// wordPress reads the comments that WordPress themes print by wp_list_comments,
// and those of the block themes: boxes with the id comment-N (li-comment-N,
// div-comment-N), or of class comment with a class depth-N.
type wordPress struct{}

func (wordPress) name() string { return "wordpress" }

func (wordPress) records(p *Page) []record {
	var out []record
	at := map[string]int{}
	texts := map[int]string{} // of records whose id is there again
	depth := map[int]int{}    // class depth-N → last record of that depth
	flat := true
	for id := dom.ID(0); id < p.Len(); id++ {
		tag := p.Tag(id)
		if !isBox(tag) {
			continue
		}
		number, ok := wordPressID(p.Nodes[id].Ident)
		level := depthClass(p.Nodes[id].Class)
		if !ok && !(p.HasClass(id, "comment", "pingback", "trackback") && level > 0) {
			continue
		}
		if n := len(out) - 1; tag == atom.Dd && n >= 0 && p.Tag(out[n].from) == atom.Dt && p.Parent(out[n].from) == p.Parent(id) {
			out[n].end = p.End(id) // the text of a list of terms: dt is the header
			continue
		}
		if ok {
			if i, again := at[number]; again {
				// The box inside of the box: it adds classes, as in li#li-comment-7 > article#comment-7.
				if p.Within(id, out[i].from) {
					p.wordPressMarks(id, &out[i])
					continue
				}
				// Another comment of the list with the same id is a comment; the same one again is none.
				if p.Parent(id) != p.Parent(out[i].from) || tag != p.Tag(out[i].from) {
					continue
				}
				if texts[i] == "" {
					texts[i] = p.Text(out[i].from)
				}
				if p.Text(id) == texts[i] {
					continue
				}
				number = ""
			}
		} else if number = classID(p.Nodes[id].Class); number != "" {
			if _, again := at[number]; again {
				continue
			}
		}
		if n := len(out) - 1; number != "" && ok && n >= 0 && out[n].id == "" && p.Within(id, out[n].from) && p.Tag(out[n].from) == atom.Li {
			// The id may stand on the only box inside of the item.
			out[n].id, at[number] = number, n
			p.wordPressMarks(id, &out[n])
			continue
		}
		box := id
		if up := p.Parent(id); tag != atom.Li && up != dom.None && p.Tag(up) == atom.Li && (len(out) == 0 || out[len(out)-1].from != up) {
			box = up // replies stand in the item, behind the box
		}
		r := record{from: box, end: p.End(box), id: number, parent: none, text: dom.None}
		p.wordPressMarks(id, &r)
		if number != "" {
			at[number] = len(out)
		}
		out = append(out, r)
	}
	if len(out) == 0 || !p.discussion(out) {
		return nil
	}
	nest(p, out)
	for i := range out {
		if out[i].parent != none {
			flat = false
		}
	}
	if flat {
		for i := range out {
			level := depthClass(p.Nodes[out[i].from].Class)
			if level > 1 {
				if up, ok := depth[level-1]; ok {
					out[i].parent = up
				}
			}
			if level > 0 {
				depth[level] = i
			}
		}
	}
	p.hung(out)
	p.roots = make(map[dom.ID]int, len(out))
	for i := range out {
		p.roots[out[i].from] = i
	}
	for i := range out {
		if out[i].parent == none {
			p.inReplyTo(&out[i], i, at)
		}
	}
	return out
}

// wordPressMarks reads what the classes of a box say.
func (p *Page) wordPressMarks(id dom.ID, r *record) {
	if p.HasClass(id, "pingback", "trackback") {
		r.skip = true
	}
	if p.HasClass(id, "bypostauthor") {
		r.role = "author"
	}
	if p.HasClass(id, "unapproved") {
		r.state = schema.StatePending
	}
}

// wordPressID is N of comment-N, li-comment-N and div-comment-N.
func wordPressID(ident string) (string, bool) {
	if ident == "" || len(ident) > 40 {
		return "", false
	}
	for _, prefix := range []string{"li-", "div-", "li_", "div_"} {
		ident = strings.TrimPrefix(ident, prefix)
	}
	for _, prefix := range []string{"comment-", "comment_", "comment"} {
		if n, ok := strings.CutPrefix(ident, prefix); ok && digits(n) {
			return n, true
		}
	}
	return "", false
}

// classID is N of the class comment-N.
func classID(class string) string {
	for name := range strings.FieldsSeq(class) {
		if n, ok := strings.CutPrefix(name, "comment-"); ok && digits(n) && len(n) > 1 {
			return n
		}
	}
	return ""
}

// depthClass is N of the class depth-N; 0 for none.
func depthClass(class string) int {
	for name := range strings.FieldsSeq(class) {
		if n, ok := strings.CutPrefix(name, "depth-"); ok && digits(n) && len(n) <= 3 {
			d := 0
			for _, c := range n {
				d = d*10 + int(c-'0')
			}
			return d
		}
	}
	return 0
}

func digits(s string) bool { return s != "" && len(s) <= 20 && strings.Trim(s, "0123456789") == "" }

// discussion tells a discussion from a box of recent comments in a sidebar: not
// all of its records stand in one. Those that do are no comments.
func (p *Page) discussion(records []record) bool {
	var aside []int
	for i := range records {
		if p.Above(records[i].from, func(id dom.ID) bool {
			return p.HasClass(id, "widget", "widget-recent-comments", "recentcomments") || p.Nodes[id].Ident == "recentcomments"
		}) != dom.None {
			aside = append(aside, i)
		}
	}
	if len(aside) == len(records) {
		return false
	}
	for _, i := range aside { // beside the discussion
		records[i].skip = true
	}
	return true
}

// inReplyTo finds the parent of a record that says "in reply to" with a link.
func (p *Page) inReplyTo(r *record, self int, at map[string]int) {
	p.own(r, func(id dom.ID) bool {
		if p.Tag(id) != atom.A {
			return true
		}
		href := p.Attr(id, "href")
		i := strings.LastIndex(href, "#comment-")
		if i < 0 {
			return true
		}
		up, ok := at[href[i+len("#comment-"):]]
		if !ok || up == self {
			return true
		}
		around := p.Parent(id)
		if around == dom.None || p.End(around)-around > 12 && !p.HasClass(around, "in-reply-to", "comment-parent") {
			return true
		}
		text, ok := p.Short(around, 120)
		if ok && !isControlLine(text) && (answers(text) || answersBehind(text)) {
			r.parent = up
		}
		return true
	})
}
