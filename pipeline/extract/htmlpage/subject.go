package htmlpage

import (
	"strings"

	"corpus/pipeline/extract/htmlpage/dom"
)

// answerMarks stand before the subject of an answer in the programs of forums; lower case.
var answerMarks = []string{"re: ", "re : ", "re:", "aw: ", "antw: ", "ответ: ", "sv: ", "vs: ", "odp: ", "ynt: ", "rép : "}

// titleSeparators part the subject of a thread from the names of forum and site.
var titleSeparators = []string{" - ", " | ", " :: ", " / ", " » ", " -> ", " • ", " — ", " – ", " · ", " > ", " < ", " « "}

// subject is the title of a thread as its posts repeat it ("Re: TITLE"), where it
// is the title element or a part of that; empty where the posts do not.
func (p *page) subject(t *titles) string {
	stated := dom.Squeeze(t.element)
	if stated == "" || len(stated) > 2*maxTitle {
		return ""
	}
	best, most := "", 0
	counts := map[string]int{}
	for id := dom.ID(0); id < p.Len(); id++ {
		if !p.IsText(id) {
			continue
		}
		s := strings.TrimSpace(p.Nodes[id].Raw.Data)
		if len(s) < 5 || len(s) > maxTitle+12 {
			continue
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
	return best
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
