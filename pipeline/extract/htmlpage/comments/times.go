package comments

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// timeClasses likewise for the time of posting.
var timeClasses = dom.NewNames(`
	comment-date comment-time commentdate comment-meta commentmetadata comment-metadata comment-timestamp
	comment-permalink comment-posted-on comment-info datetime timestamp date time published created submitted meta
	dt-published wp-block-comment-date post-time post-date posted-on date-published msg-date message-date`)

// posted reads when a comment was posted.
func (p *Page) posted(r *record, inText func(dom.ID) bool) string {
	if iso := p.markedTime(r, inText); iso != "" {
		return iso
	}
	plain := ""
	p.own(r, func(id dom.ID) bool {
		if inText(id) || plain != "" {
			return false
		}
		if p.IsText(id) && len(p.Nodes[id].Raw.Data) <= maxTime && !p.joined(id) {
			if plain = p.find(p.Nodes[id].Raw.Data); plain != "" && p.Parent(id) >= r.from {
				plain = p.fuller(plain, p.Parent(id), r)
			}
		}
		return true
	})
	return plain
}

// fuller is a day with the time of day, which may stand in an element of its own
// on the same line: in id or at most one element above it.
func (p *Page) fuller(day string, id dom.ID, r *record) string {
	for range 2 {
		if len(day) != len("2006-01-02") || id == dom.None || id < r.from {
			break
		}
		if line := p.findIn(id); strings.HasPrefix(line, day) {
			day = line
		}
		id = p.Parent(id)
	}
	return day
}

// joinWords speak of a user and not of a post; lower case.
var joinWords = []string{"join", "registered", "registration", "member since", "registriert", "mitglied seit", "dabei seit", "inscrit", "inscription", "membre depuis", "registrado", "miembro desde", "iscritto", "lid sinds", "geregistreerd", "last edited", "zuletzt", "edited by", "bearbeitet", "modifié", "last visit"}

// joined tells a text that says since when somebody is a member, or when a post
// was edited.
func (p *Page) joined(id dom.ID) bool {
	if p.find(p.Nodes[id].Raw.Data) == "" {
		return false
	}
	line := p.Above(id, func(n dom.ID) bool { return dom.Breaks(p.Tag(n)) })
	if line == dom.None {
		return false
	}
	s, ok := p.Short(line, maxHeader)
	if !ok {
		return false
	}
	if label := p.elementBefore(line); label != dom.None {
		if term, ok := p.Short(label, 40); ok && p.find(term) == "" { // the label of a value stands before it
			s = term + " " + s
		}
	}
	s = strings.ToLower(s)
	for _, w := range joinWords {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// elementBefore is the element that stands before another one under the same
// parent; None where there is none, or text between them.
func (p *Page) elementBefore(id dom.ID) dom.ID {
	up := p.Parent(id)
	for n := id - 1; n > up; n-- {
		for p.Parent(n) != up {
			n = p.Parent(n)
		}
		if !p.IsText(n) {
			return n
		}
		if strings.TrimSpace(p.Nodes[n].Raw.Data) != "" {
			return dom.None
		}
	}
	return dom.None
}

// markedTime is the time that an attribute states, else an element that is
// named for it, else the record's own link.
func (p *Page) markedTime(r *record, inText func(dom.ID) bool) string {
	marked, classed, linked, stamped := "", "", "", p.epoch(r.from)
	p.own(r, func(id dom.ID) bool {
		if inText(id) || marked != "" {
			return false
		}
		if p.IsText(id) {
			return true
		}
		if id != r.from && p.word(id, editWords) {
			return false
		}
		if stamped == "" {
			stamped = p.epoch(id)
		}
		switch {
		case p.Tag(id) == atom.Time, p.Tag(id) == 0 && p.Has(id, "datetime"), dom.IsTag(p.Tag(id), tipTags...) && maybeTime(p.tip(id)), p.prop(id, timeProps), p.Tag(id) == atom.Abbr && p.Has(id, "title"):
			for _, value := range []string{p.Attr(id, "datetime"), p.Attr(id, "content"), p.tip(id)} {
				if iso, ok := p.when(value); ok {
					marked = iso
					if shown := p.findIn(id); len(iso) <= 10 && len(shown) > 10 && strings.HasPrefix(shown, iso) {
						marked = shown // a day in the attribute says less than day and time in the text
					}
					return false
				}
			}
			if classed == "" {
				classed = p.findIn(id)
			}
		case p.Nodes[id].Class != "" && classed == "" && p.HasAny(id, timeClasses):
			if classed = p.findIn(id); classed != "" {
				classed = p.fuller(classed, p.Parent(id), r)
			}
		case p.Tag(id) == atom.A && linked == "" && strings.Contains(p.Attr(id, "href"), "#"):
			linked = p.findIn(id)
		}
		return true
	})
	// A day in an attribute says less than day and time in the text.
	for _, iso := range []string{classed, linked} {
		if len(marked) <= 10 && len(iso) > len(marked) && strings.HasPrefix(iso, marked) {
			return iso
		}
	}
	if marked == "" {
		return stamped
	}
	return marked
}

// tipTags are the elements whose tip may be a time.
var tipTags = []atom.Atom{atom.Span, atom.A, atom.Abbr, atom.Div, atom.Small, atom.I, atom.Em, atom.P, atom.Li}

// epochAttrs are attributes that state a time, often in seconds since 1970.
var epochAttrs = dom.NewNames(`data-time data-timestamp data-datetime data-date data-created data-created-at data-posted data-posted-at data-published data-utime data-epoch data-unixtime data-unix`)

// epoch is the time that an attribute of a record's elements states for scripts;
// empty for none.
func (p *Page) epoch(id dom.ID) string {
	attrs := p.Nodes[id].Raw.Attr
	for i := range attrs {
		if !strings.HasPrefix(attrs[i].Key, "data-") || !epochAttrs.Has(attrs[i].Key) {
			continue
		}
		if iso, ok := when.Epoch(attrs[i].Val); ok {
			return iso
		}
		if iso, ok := p.when(attrs[i].Val); ok {
			return iso
		}
	}
	return ""
}

// tipAttrs are attributes of the text that shows when the pointer rests on an element.
var tipAttrs = []string{"title", "data-original-title", "data-bs-original-title", "data-tippy-content", "data-tooltip"}

// tip is that text; empty where there is none.
func (p *Page) tip(id dom.ID) string {
	for i := range p.Nodes[id].Raw.Attr {
		a := &p.Nodes[id].Raw.Attr[i]
		if (a.Key == "title" || strings.HasPrefix(a.Key, "data-")) && slices.Contains(tipAttrs, a.Key) && a.Val != "" {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// maxTime bounds the text that a time is looked for in, in bytes.
const maxTime = 300

func (p *Page) when(s string) (string, bool) {
	if s == "" || len(s) > maxTime {
		return "", false
	}
	if len(s) <= len("06-01-02") && strings.Trim(s, "0123456789-") == "" && strings.Contains(s, "-") {
		return "", false // which of three numbers of two digits is the year, nobody knows
	}
	return when.Text(dom.Squeeze(s), p.Order)
}

// anyDigit tells a text with a digit, also one of the Arabs or Persians.
func anyDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' || (s[i] == 0xd9 || s[i] == 0xdb) && i+1 < len(s) && (s[i+1] >= 0xb0 && s[i] == 0xdb && s[i+1] <= 0xb9 || s[i] == 0xd9 && s[i+1] >= 0xa0 && s[i+1] <= 0xa9) {
			return true
		}
	}
	return false
}

func (p *Page) find(s string) string {
	if len(s) > maxTime || !anyDigit(s) {
		return ""
	}
	if strings.IndexByte(s, directionMark[0]) >= 0 {
		s = strings.ReplaceAll(s, directionMark, "")
	}
	iso, _, _, ok := when.Find(dom.Squeeze(s), p.Order)
	if !ok {
		return ""
	}
	return iso
}

// directionMark is what some programs put before a date, so that it runs from
// left to right in every language.
const directionMark = "\u200e"

// findIn is the first date in the text of an element that is short.
func (p *Page) findIn(id dom.ID) string {
	s, ok := p.Short(id, maxTime)
	if !ok {
		return ""
	}
	iso := p.find(s)
	if len(iso) > 10 {
		return iso
	}
	// Day and time may stand in elements beside each other, with no space between.
	var b strings.Builder
	for n := id; n < p.End(id); n++ {
		if p.IsText(n) && !dom.Unseen(p.Tag(p.Parent(n))) {
			b.WriteString(p.Nodes[n].Raw.Data)
			b.WriteByte(' ')
		}
	}
	if spaced := p.find(b.String()); len(spaced) > len(iso) {
		return spaced
	}
	return iso
}
