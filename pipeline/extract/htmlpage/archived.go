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

// snapshot tells an address of the form HOST/web/20190601081530/ADDRESS, with a
// mark such as id_ behind the time or without, as archives that work like the
// Wayback Machine have them.
func snapshot(address string) bool {
	_, rest, ok := strings.Cut(address, "/web/")
	if !ok || len(rest) < 15 || strings.Trim(rest[:14], "0123456789") != "" {
		return false
	}
	mark, original, ok := strings.Cut(rest[14:], "/")
	return ok && len(mark) <= 4 && strings.HasPrefix(original, "http")
}

// archived takes off what the Wayback Machine put around a page, and reads when
// it captured it, where the container did not say.
func (p *page) archived(d *extract.Draft) {
	for id := dom.ID(0); id < p.Len(); id++ {
		if ident := p.Nodes[id].Ident; strings.HasPrefix(ident, "wm-ipp") || ident == "donato" {
			p.archive = true
			p.drop[id] = true
			for n := id; n < p.End(id); n++ {
				p.side[n] |= sideAside | sideArchive
			}
			id = p.End(id) - 1
		}
	}
	p.archive = p.archive || snapshot(p.url)
	for _, note := range p.Notes {
		p.archive = p.archive || strings.Contains(note, archiveNote)
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
