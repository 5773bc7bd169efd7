package htmlpage

import (
	"strings"
	"time"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
)

// archiveNote begins the comment that the Wayback Machine writes at the end of
// every page that it serves.
const archiveNote = "FILE ARCHIVED ON "

// archived takes off what the Wayback Machine put around a page, and reads when
// it captured it, where the container did not say.
func (p *page) archived(d *extract.Draft) {
	for id := dom.ID(0); id < p.Len(); id++ {
		if ident := p.Nodes[id].Ident; strings.HasPrefix(ident, "wm-ipp") || ident == "donato" {
			p.drop[id] = true
			for n := id; n < p.End(id); n++ {
				p.side[n] |= sideAside
			}
			id = p.End(id) - 1
		}
	}
	if d.CapturedAt != "" {
		return
	}
	for _, note := range p.Notes {
		_, rest, ok := strings.Cut(note, archiveNote)
		if !ok {
			continue
		}
		stamp, rest, ok := strings.Cut(rest, " AND RETRIEVED FROM THE")
		if !ok || !strings.Contains(rest, "INTERNET ARCHIVE") {
			continue
		}
		if t, err := time.Parse("15:04:05 Jan 02, 2006", stamp); err == nil {
			d.CapturedAt = t.Format("2006-01-02T15:04:05Z") // the archive's clock is UTC
			return
		}
	}
}
