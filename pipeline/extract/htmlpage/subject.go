package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// answerMarks stand before the subject of an answer in the programs of forums; lower case.
var answerMarks = []string{"re: ", "re : ", "re:", "aw: ", "antw: ", "ответ: ", "sv: ", "vs: ", "odp: ", "ynt: ", "rép : "}

// titleSeparators part the subject of a thread from the names of forum and site.
var titleSeparators = []string{" - ", " | ", " :: ", " / ", " » ", " -> ", " • ", " — ", " – ", " · ", " > ", " < ", " « "}

// threadSubject is the title of a thread: in an element that programs of forums
// name for it, as the posts repeat it, or the part of the title element that
// stands alone above the posts.
func (p *page) threadSubject(t *titles) string {
	stated, marked := dom.Squeeze(t.element), ""
	if id := p.FirstIn(0, p.Len(), func(id dom.ID) bool { return p.HasAny(id, threadTitles) && p.Text(id) != "" }); id != dom.None {
		if s, ok := p.Short(id, maxTitle); ok {
			if marked = s; p.partOf(s, stated) || !p.holdsPart(s, stated) {
				return s
			}
		}
	}
	if s := p.subject(t); s != "" {
		return s
	}
	return marked
}

// holdsPart tells whether a line is a part of a title and something else.
func (p *page) holdsPart(line, title string) bool {
	for _, sep := range titleSeparators {
		for part := range strings.SplitSeq(title, sep) {
			if part = strings.TrimSpace(part); len(part) >= 8 && part != line && strings.Contains(line, part) {
				return true
			}
		}
	}
	return false
}

// subject is the title of a thread as its posts repeat it ("Re: TITLE"), where it
// is the title element or a part of that; else, where no heading is, the only part
// of the title element that stands alone and leads not home.
func (p *page) subject(t *titles) string {
	stated := dom.Squeeze(t.element)
	if stated == "" || len(stated) > 2*maxTitle {
		return ""
	}
	best, most := "", 0
	counts := map[string]int{}
	alone, several := "", false
	headed := false
	for id := dom.ID(0); id < p.Len(); id++ {
		if !p.IsText(id) {
			continue
		}
		s := strings.TrimSpace(p.Nodes[id].Raw.Data)
		if len(s) < 5 || len(s) > maxTitle+12 {
			continue
		}
		up := p.Parent(id)
		switch {
		case dom.IsTag(p.Tag(up), atom.Title, atom.Script, atom.Style, atom.Option):
			continue
		case dom.IsTag(p.Tag(up), atom.H1, atom.H2, atom.H3):
			headed = true
		default:
			for _, label := range subjectLabels {
				s = strings.TrimPrefix(s, label)
			}
			if s = dom.Squeeze(s); s != stated && s != alone && p.partOf(s, stated) && !t.isSite(s) && !(p.Tag(up) == atom.A && p.home(p.Attr(up, "href"))) {
				several = several || alone != ""
				alone = s
			}
		}
		low := strings.ToLower(s[:min(len(s), 12)])
		for _, mark := range answerMarks {
			if !strings.HasPrefix(low, mark) || len(mark) >= len(s) {
				continue
			}
			rest := dom.Squeeze(s[len(mark):])
			if !p.partOf(rest, stated) {
				break
			}
			if counts[rest]++; counts[rest] > most {
				best, most = rest, counts[rest]
			}
			break
		}
	}
	if best == "" && !headed && !several {
		return alone
	}
	return best
}

// subjectLabels stand before the subject of a thread.
var subjectLabels = []string{"» ", "Subject: ", "Topic: ", "Thread: ", "Thema: ", "Betreff: ", "Sujet : ", "Tema: ", "Onderwerp: ", "Oggetto: ", "Тема: "}

// home tells an address of the site's first page.
func (p *page) home(href string) bool {
	href = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(href, "https://"), "http://"), p.host())
	switch strings.Trim(href, "./") {
	case "", "index.php", "index.html", "forum", "forums", "forum/index.php":
		return true
	}
	return false
}

// partOf tells whether a line is all of a title or a part of it between separators.
func (p *page) partOf(line, title string) bool {
	i := strings.Index(title, line)
	if line == "" || i < 0 {
		return false
	}
	before, after := title[:i], title[i+len(line):]
	begins, ends := before == "", after == ""
	for _, sep := range titleSeparators {
		begins = begins || strings.HasSuffix(before, sep) || strings.HasSuffix(before, strings.TrimRight(sep, " ")+" ")
		ends = ends || strings.HasPrefix(after, sep)
	}
	return begins && ends
}
