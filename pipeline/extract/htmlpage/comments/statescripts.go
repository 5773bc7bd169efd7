package comments

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
	"corpus/pipeline/extract/htmlpage/literal"
)

// scriptWords are parts of words, one of which stands in every script that is
// looked through.
var scriptWords = []string{"omment", "repl", "nswer"}

// inState are the comments in the state of the page's scripts. Where there are
// several lists, as on pages that lead to several articles, none is taken.
func (p *Page) inState() []extract.Comment {
	left := maxStateValues
	var found []extract.Comment
	several := false
	take := func(lists [][]extract.Comment) {
		for _, list := range lists {
			switch {
			case found == nil:
				found = list
			case found[0].ID != list[0].ID || found[0].Author != list[0].Author:
				several = true
			case len(list) > len(found):
				found = list
			}
		}
	}
	var pushed []dom.ID // texts of scripts that push rows
	telling := false    // whether one of them is worth reading
	for id := dom.ID(0); id < p.Len() && !several; id++ {
		if p.Tag(id) != atom.Script || p.Has(id, "src") {
			continue
		}
		for c := range p.Children(id) {
			script := p.Nodes[c].Raw.Data
			switch {
			case !p.IsText(c) || len(script) > maxState:
			case strings.Contains(script[:min(len(script), 200)], "__next_f"):
				pushed = append(pushed, c)
				telling = telling || holdsAny(script, scriptWords)
			case holdsAny(script, scriptWords), holdsAny(p.Attr(id, "data-url"), scriptWords):
				take(p.stateLists(script, id, &left))
			}
		}
	}
	if telling && !several {
		var flight strings.Builder
		for _, c := range pushed {
			if script := p.Nodes[c].Raw.Data; flight.Len()+len(script) <= maxState {
				flightRows(&flight, script, &left)
			}
		}
		rows, texts := rowsOf(flight.String())
		p.flight = texts
		for _, data := range rows {
			if holdsAny(data, scriptWords) {
				if root := jsonld.ReadState(data, &left); root != nil {
					take(p.listsOf(root, "", false, len(data), &left))
				}
			}
		}
	}
	if several {
		return nil
	}
	return found
}

// flightRows adds the text that a script of Next hands over: rows of an id and
// JSON, parted anywhere over the scripts of the page.
func flightRows(rows *strings.Builder, script string, left *int) {
	for _, a := range literal.Assigned(script, left) {
		if a.Value.Kind == jsonld.List && len(a.Value.Items) == 2 && a.Value.Items[0].Text == "1" {
			rows.WriteString(a.Value.Items[1].Text)
		}
	}
}

// stateLists are the lists of comments in one script.
func (p *Page) stateLists(script string, id dom.ID, left *int) [][]extract.Comment {
	ident, kind := p.Nodes[id].Ident, strings.ToLower(p.Attr(id, "type"))
	if kind == "application/json" {
		root := jsonld.ReadState(strings.TrimSpace(script), left)
		if root == nil {
			return nil
		}
		name := ident
		if url := p.Attr(id, "data-url"); url != "" { // what Svelte fetched, and from where
			name = url
		}
		return p.listsOf(root, name, root.Kind == jsonld.List && strings.Contains(ident, "nuxt"), len(script), left)
	}
	if kind != "" && kind != "module" && !strings.HasSuffix(kind, "javascript") {
		return nil
	}
	var out [][]extract.Comment
	for _, a := range literal.Assigned(script, left) {
		out = append(out, p.listsOf(a.Value, a.Name, false, len(script), left)...)
	}
	return out
}

// listsOf are the lists of comments in a value; flat tells a list whose members
// refer to each other by their places; size is that of the script, in bytes.
func (p *Page) listsOf(root *jsonld.Value, name string, flat bool, size int, left *int) [][]extract.Comment {
	s := &state{walked: map[*jsonld.Value]bool{}, taken: map[*jsonld.Value]bool{}, bytes: maxStateShare * size, inner: size, left: left}
	if flat {
		if s.flat = root.Items; len(root.Items) == 0 {
			return nil
		}
		root = root.Items[0]
	}
	s.index(root, 0)
	p.walkState(s, root, name, false, 0)
	return s.lists
}

// unpack is the value that a text holds as JSON, of a member that is named after
// comments or for the body of an answer; other values are given back. in tells
// whether a member above it is named after comments.
func (s *state) unpack(v *jsonld.Value, name string, in bool) *jsonld.Value {
	if v == nil || v.Kind != jsonld.Text || len(v.Text) > s.inner || !strings.HasPrefix(v.Text, "{") && !strings.HasPrefix(v.Text, "[") || !in && !holdsAny(v.Text, scriptWords) {
		return v
	}
	if s.inner -= len(v.Text); name != "body" && name != "data" && name != "json" && name != "state" && !holdsAny(name, stateWords) {
		return v
	}
	if packed := jsonld.ReadState(v.Text, s.left); packed != nil {
		return packed
	}
	return v
}

// isReference tells what Next puts for a text that stands elsewhere: "$1f".
func isReference(s string) bool {
	return len(s) > 1 && len(s) < 8 && s[0] == '$' && strings.Trim(s[1:], "0123456789abcdefL") == ""
}

// rowsOf are the rows of JSON that Next hands over, and the texts that stand in
// rows of their own, by id: "1f:T4d2,…", as long in bytes as the number says.
func rowsOf(flight string) (rows []string, texts map[string]string) {
	texts = map[string]string{}
	for flight != "" {
		id, rest, ok := strings.Cut(flight, ":")
		if !ok || len(id) > 8 {
			_, flight, _ = strings.Cut(flight, "\n")
			continue
		}
		if size, _, ok := strings.Cut(rest[:min(len(rest), 12)], ","); ok && strings.HasPrefix(size, "T") {
			n, err := strconv.ParseInt(size[1:], 16, 32)
			if text := rest[len(size)+1:]; err == nil && n >= 0 && int(n) <= len(text) {
				texts["$"+id], flight = text[:n], text[n:]
				continue
			}
		}
		row, after, _ := strings.Cut(rest, "\n")
		if strings.HasPrefix(row, "[") || strings.HasPrefix(row, "{") {
			rows = append(rows, row)
		}
		flight = after
	}
	return rows, texts
}
