package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// related finds the parents of records that stand one below the other, none in
// another: by an attribute that names the parent, a line "in reply to" with a
// link to it, or by how deep each record is said to stand or is indented. It
// tells whether any was found. box are the elements of the records.
func (p *Page) related(out []record, levels bool) bool {
	at := make(map[string]int, len(out))
	for i := range out {
		for _, id := range []string{out[i].id, p.Nodes[out[i].from].Ident} {
			if _, again := at[id]; id != "" && !again {
				at[id] = i
			}
		}
	}
	found := p.hung(out)
	for i := range out {
		r := &out[i]
		if up, ok := p.namedParent(r, out, at); ok && up != i && r.parent == none {
			r.parent, found = up, true
		}
	}
	if found || !levels {
		return found
	}
	for _, level := range []func(*Page, *record) (int, bool){(*Page).statedLevel, (*Page).classLevel, (*Page).indent} {
		if p.stack(out, level) {
			return true
		}
	}
	if len(out) < 2 {
		return false
	}
	if _, first := p.replyClass(&out[0]); !first { // the first one replies to nobody
		if p.stack(out, (*Page).replyClass) {
			return true
		}
	}
	least, _ := p.margin(&out[0])
	for i := range out {
		if n, ok := p.margin(&out[i]); ok && n < least || !ok && least > 0 {
			return false // the first one stands at the edge
		}
	}
	return p.stack(out, (*Page).margin)
}

// margin is how far a record stands from the edge by a class of a library of
// styles: ml-8, ps-4.
func (p *Page) margin(r *record) (level int, ok bool) {
	p.around(r, func(id dom.ID) bool {
		if id > r.from {
			return false
		}
		for name := range strings.FieldsSeq(p.Nodes[id].Class) {
			for _, prefix := range [...]string{"ml-", "pl-", "ms-", "ps-", "offset-"} {
				if n, found := strings.CutPrefix(name, prefix); found && digits(n) && len(n) <= 2 {
					level, ok = number(n), true
				}
			}
		}
		return ok
	})
	return level, ok
}

// replyWords are words of class names of a record that is a reply, where others
// lack them.
var replyWords = dom.NewNames(`child children reply replied subcomment subreply answer nested sub inner second`)

// replyClass tells a record that is named as a reply.
func (p *Page) replyClass(r *record) (level int, ok bool) {
	p.around(r, func(id dom.ID) bool {
		ok = ok || id <= r.from && p.Nodes[id].Class != "" && p.word(id, replyWords)
		return ok
	})
	return 1, ok
}

// replyBoxes are words of class names of what holds the replies to the record
// before it.
var replyBoxes = dom.NewNames(`children replies indented subcomments childcomments nested answers responses`)

// hung gives the records in a box for replies, which stands behind a record and
// not in it, that record as parent.
func (p *Page) hung(out []record) bool {
	at := make(map[dom.ID]int, len(out))
	found := false
	for i := range out {
		at[out[i].from] = i
		if out[i].parent != none {
			continue
		}
		for up, n := p.Parent(out[i].from), 0; up != dom.None && n < 3; up, n = p.Parent(up), n+1 {
			if !p.word(up, replyBoxes) {
				continue
			}
			if before := p.elementBefore(up); before != dom.None {
				if j, ok := at[before]; ok && j < i {
					out[i].parent, found = j, true
				}
			}
			break
		}
	}
	return found
}

// parentAttrs are attributes of a record that name its parent.
var parentAttrs = []string{"data-parent-id", "data-parent", "data-parentid", "data-parent-comment-id", "data-parent-comment", "data-comment-parent", "data-reply-to", "data-replyto", "data-in-reply-to", "data-reply-to-id", "data-parent-post-id", "parentid"}

// answerLines begin a line that says what a comment replies to; lower case.
var answerLines = []string{"in reply to", "in response to", "reply to", "replying to", "replied to", "@ ", "als antwort auf", "antwort auf", "antwortet auf", "en réponse à", "réponse à", "en respuesta a", "respuesta a", "in risposta a", "risposta a", "em resposta a", "als reactie op", "válasz erre", "odpověď na", "reakce na", "răspuns la", "vastaus viestiin", "antwort an", "balasan untuk", "trả lời cho", "απάντηση σε", "у відповідь на", "відповідь на", "답글", "reactie op", "в ответ на", "ответ на", "w odpowiedzi na", "odpowiedź do", "som svar på", "svar til", "回复", "回覆", "返信先", "رد على", "בתגובה ל"}

// namedParent is the record that a record names as its parent.
func (p *Page) namedParent(r *record, out []record, at map[string]int) (int, bool) {
	for i := range p.Nodes[r.from].Raw.Attr {
		a := &p.Nodes[r.from].Raw.Attr[i]
		if !strings.Contains(a.Key, "parent") && !strings.Contains(a.Key, "reply") {
			continue
		}
		for _, name := range parentAttrs {
			if a.Key != name {
				continue
			}
			value := strings.ToLower(strings.TrimLeft(a.Val, "#"))
			if up, ok := at[value]; ok && value != "" {
				return up, true
			}
			if up, ok := at[nativeID(value)]; ok && value != "" {
				return up, true
			}
		}
	}
	up, found := 0, false
	began := false // the text
	p.own(r, func(id dom.ID) bool {
		if found || began && !r.wide && r.text != dom.None && id >= r.text {
			return false
		}
		if p.IsText(id) {
			began = began || r.text != dom.None && p.Within(id, r.text) && visible(p.Nodes[id].Raw.Data) > 0
			return true
		}
		if p.Tag(id) != atom.A {
			return true
		}
		_, target, ok := strings.Cut(p.Attr(id, "href"), "#")
		if !ok || target == "" || len(target) > maxStateID {
			return true
		}
		target = strings.ToLower(target)
		n, ok := at[target]
		if !ok {
			if n, ok = at[nativeID(target)]; !ok {
				return true
			}
		}
		line, ok := p.Short(id, maxHeader)
		if name := strings.TrimLeft(line, "@ "); ok && name != "" && out[n].author != "" && fold(cleanName(name)) == fold(out[n].author) {
			up, found = n, true // "@NAME", with a link to what NAME wrote
			return false
		}
		if ok && (r.text == dom.None || !p.Within(id, r.text)) && &out[n] != r && out[n].author != "" && strings.HasSuffix(fold(line), " "+fold(out[n].author)) {
			up, found = n, true // words that end in the name
			return false
		}
		if r.text != dom.None && p.Within(id, r.text) {
			return true
		}
		for around := id; ok && !found; {
			found = !isControlLine(line) && (answers(line) || answersBehind(line))
			if around = p.Parent(around); around < r.from || p.End(around)-around > 12 {
				break
			}
			line, ok = p.Short(around, maxHeader)
		}
		if i := strings.Index(strings.ToLower(line), "in reply to "); !found && ok && i > 0 {
			found = true // behind name and time
		}
		up = n
		return true
	})
	return up, found
}

// stack gives every record the nearest one before it that stands less deep as
// parent, where level tells of each how deep it stands.
func (p *Page) stack(out []record, level func(*Page, *record) (int, bool)) bool {
	levels, any := make([]int, len(out)), false
	for i := range out {
		n, ok := level(p, &out[i])
		if !ok {
			n = -1 // only replies may say it
		}
		levels[i] = n
		any = any || ok
	}
	if !any || levels[0] > levels[len(levels)-1] && len(levels) == 2 {
		return false
	}
	found := false
	var open []int
	for i := range out {
		for len(open) > 0 && levels[open[len(open)-1]] >= levels[i] {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			out[i].parent, found = open[len(open)-1], true
		}
		open = append(open, i)
	}
	return found
}

// levelAttrs are attributes that state how deep a record stands.
var levelAttrs = []string{"data-level", "data-depth", "data-indent", "data-nesting-level", "data-comment-depth", "data-comment-level", "data-nest-level", "data-reply-level", "aria-level", "depth", "level", "data-nivel", "data-niveau", "data-ebene", "data-livello", "data-poziom", "data-uroven"}

// boxes calls yield with the element of a record, the boxes that hold nothing
// else, and its first element, until it gives true.
func (p *Page) around(r *record, yield func(dom.ID) bool) {
	if yield(r.from) {
		return
	}
	for up, n := p.Parent(r.from), 0; up != dom.None && n < 2 && p.End(up) <= r.end+1 && !p.hasText(up, r.from) && !p.hasText(r.end, p.End(up)); up, n = p.Parent(up), n+1 {
		if yield(up) {
			return
		}
	}
	for id := r.from + 1; id < min(r.end, r.from+3); id++ {
		if !p.IsText(id) {
			yield(id)
			return
		}
	}
}

// statedLevel is the depth that an attribute states.
func (p *Page) statedLevel(r *record) (level int, ok bool) {
	p.around(r, func(id dom.ID) bool {
		for _, name := range levelAttrs {
			if v := p.Attr(id, name); digits(v) && len(v) <= 3 {
				level, ok = number(v), true
			}
		}
		return ok
	})
	return level, ok
}

// levelWords are the words of class names before the number of a depth.
var levelWords = dom.NewNames(`level depth uroven niveau nivel livello stufe ebene poziom indent lvl nesting nested nest tier`)

// classLevel is the depth that a class name tells: level-2, comment-indent-1.
func (p *Page) classLevel(r *record) (level int, ok bool) {
	p.around(r, func(id dom.ID) bool {
		for name := range strings.FieldsSeq(p.Nodes[id].Class) {
			word := strings.TrimRight(name, "0123456789")
			n := name[len(word):]
			if n == "" || len(n) > 3 {
				continue
			}
			word = strings.TrimRight(word, "-")
			if word = word[strings.LastIndexByte(word, '-')+1:]; levelWords.Has(word) || strings.HasSuffix(word, "level") || strings.HasSuffix(word, "depth") {
				level, ok = number(n), true
			}
		}
		return ok
	})
	return level, ok
}

// indent is how far a record stands from the edge, in tenths of the unit that
// its style is written in.
func (p *Page) indent(r *record) (width int, ok bool) {
	p.around(r, func(id dom.ID) bool {
		style := strings.ToLower(p.Attr(id, "style"))
		if style == "" || len(style) > 1024 {
			return false
		}
		for _, property := range []string{"margin-left:", "padding-left:", "margin-right:", "padding-right:", "margin-inline-start:", "padding-inline-start:", "--depth:", "--level:"} {
			i := strings.Index(style, property)
			if i < 0 {
				continue
			}
			value := strings.TrimLeft(style[i+len(property):], " ")
			end := strings.IndexFunc(value, func(c rune) bool { return (c < '0' || c > '9') && c != '.' })
			if end < 0 {
				end = len(value)
			}
			whole, tenths, _ := strings.Cut(value[:end], ".")
			if !digits(whole) || len(whole) > 4 {
				continue
			}
			width, ok = 10*number(whole), true
			if tenths != "" {
				width += int(tenths[0] - '0')
			}
			return true
		}
		return false
	})
	return width, ok
}

// number is a number of a few digits.
func number(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = 10*n + int(s[i]-'0')
	}
	return n
}
