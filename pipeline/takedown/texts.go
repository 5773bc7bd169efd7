package takedown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/pipeline/assemble/names"
	"corpus/schema"
)

// cuts fills in what has to go from the texts that stay: quotes of what is
// gone, names of commenters who are gone, addresses of articles and domains
// that are. It tells whether there is anything.
func (m *Matcher) cuts(t *Thread, e *Effects, persons map[int]bool) bool {
	said := newSaidWords()
	for _, s := range []*string{t.Article.Text, t.Article.Title} {
		if e.Article != none && s != nil {
			said.add(*s)
		}
	}
	gone, silenced := map[string]bool{}, map[string]bool{} // comments and commenters, by id
	for i, c := range t.Comments {
		if e.Comments[i] == none {
			continue
		}
		gone[c.CommentID] = true
		if c.CommenterID != nil {
			silenced[*c.CommenterID] = true
		}
		if c.Text != nil {
			said.add(*c.Text)
		}
	}
	// A mention refers to the first comment of its person, who may have written
	// what is gone later on.
	authors := map[string]bool{}
	for _, c := range t.Comments {
		if gone[c.CommentID] || c.CommenterID != nil && silenced[*c.CommenterID] {
			authors[c.CommentID] = true
		}
	}
	any := false
	if e.Article == none && t.Article.Text != nil {
		c := newCutter(*t.Article.Text, t.Article.Blocks, t.Article.Spans)
		m.addresses(c)
		e.Text = c.cuts()
		any = len(e.Text) > 0
	}
	for i, row := range t.Comments {
		if e.Comments[i] != none || row.Text == nil {
			continue
		}
		c := newCutter(*row.Text, row.Blocks, row.Spans)
		if !said.empty() {
			said.quotes(c, func(ref string) bool { return authors[ref] })
		}
		m.addresses(c)
		if len(m.anywhere.words) > 0 || len(m.mentions.words) > 0 && len(persons) > 0 {
			m.names(c, t.Scope(i), persons)
		}
		if cuts := c.cuts(); len(cuts) > 0 {
			if e.Texts == nil {
				e.Texts = make([][]Cut, len(t.Comments))
			}
			e.Texts[i] = cuts
			any = true
		}
	}
	return any
}

// addresses marks the links to what is gone, and the hosts written without http.
func (m *Matcher) addresses(c *cutter) {
	if !m.has[KindURL] && !m.has[KindDomain] {
		return
	}
	next := 0
	for _, b := range c.blocks {
		for at := b.start; at < b.end; {
			for next < len(c.spans) && c.spans[next].end <= at {
				next++
			}
			if next < len(c.spans) && c.spans[next].start <= at && c.spans[next].end <= b.end {
				x := &c.spans[next]
				if x.Kind == schema.SpanLink && m.Address(address(c.text[x.start:x.end])) != none {
					c.add(x.start, x.end)
				}
				at = x.end
				continue
			}
			r, size := utf8.DecodeRuneInString(c.text[at:b.end])
			if !isWord(r) {
				at += size
				continue
			}
			end := at + tokenEnd(c.text[at:b.end])
			if next < len(c.spans) && c.spans[next].start > at {
				end = min(end, c.spans[next].start)
			}
			token := strings.TrimRight(c.text[at:end], ".,;:!?'\"")
			if len(token) <= maxAddress && strings.Contains(strings.Trim(token, "."), ".") && m.Address(address(token)) != none {
				c.add(at, at+len(token))
			}
			at = end
		}
	}
}

// maxAddress bounds what is taken for an address in a text, in bytes.
const maxAddress = 4096

// tokenEnd is the length of what may be one address at the start of s.
func tokenEnd(s string) int {
	i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>\"“”«»()[]{}|", r) })
	if i < 0 {
		return len(s)
	}
	return i
}

// address is what stands in a text as an address with a scheme.
func address(s string) string {
	if strings.Contains(s, "://") {
		return s
	}
	return "https://" + s
}

// names marks the names of commenters who are gone: those that are no words of
// a language anywhere, the others where their person wrote in the thread.
func (m *Matcher) names(c *cutter, scope string, persons map[int]bool) {
	for _, b := range c.blocks {
		tokens := tokensOf(c.text[b.start:b.end], b.start)
		for i := range tokens {
			for _, n := range m.anywhere.words {
				m.name(c, tokens, i, n, func(name string) bool {
					form := folded(name)
					return m.anywhere.may(m.filter(form)) && m.find(KindAnywhere, scope, form) != none
				})
			}
			if len(persons) == 0 {
				continue
			}
			for _, n := range m.mentions.words {
				m.name(c, tokens, i, n, func(name string) bool {
					return m.mentions.may(m.filter(name)) && persons[m.find(KindMention, scope, name)]
				})
			}
		}
	}
}

// spaced is s with single blanks between its words.
func spaced(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] < ' ' || s[i] == ' ' && (i+1 == len(s) || s[i+1] == ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// folded is names.Fold, which is slow, of a name without white space around it.
func folded(name string) string {
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			return names.Fold(name)
		}
	}
	return strings.ToLower(name)
}

// token is a run of characters without white space; core is what is left
// without marks around it.
type token struct{ start, end int }

func tokensOf(s string, base int) []token {
	var out []token
	start := -1
	for i, r := range s {
		if unicode.IsSpace(r) {
			if start >= 0 {
				out = append(out, token{base + start, base + i})
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		out = append(out, token{base + start, base + len(s)})
	}
	return out
}

// name marks the n words from token i on if they are a name, with or without
// what may follow a name behind an apostrophe.
func (m *Matcher) name(c *cutter, tokens []token, i, n int, is func(string) bool) {
	if i+n > len(tokens) {
		return
	}
	start, end := tokens[i].start, tokens[i+n-1].end
	if end-start > maxNameBytes {
		return
	}
	s := c.text[start:end]
	left := len(s) - len(strings.TrimLeftFunc(s, func(r rune) bool { return !names.IsWord(r) }))
	core := trimName(s)
	if core == "" {
		return
	}
	for {
		if is(spaced(core)) {
			c.add(start+left, start+left+len(core))
			return
		}
		at := strings.LastIndexAny(core, "'’")
		if at <= 0 || at < len(core)-4 { // the ending of a genitive is short
			return
		}
		core = strings.TrimRightFunc(core[:at], unicode.IsSpace) // the apostrophe may open a word
	}
}
