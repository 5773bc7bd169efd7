package datasheets

import (
	"strings"

	"corpus/schema"
)

// takedown says what was asked to be taken down and what was done; nil where
// nothing was.
func (m *Model) takedown() []block {
	t := m.Statistics.Takedown
	if t == nil {
		return nil
	}
	g := grid{Caption: "Requests for removal", Head: []string{"reason", "requests", "of which a record was found"}, Names: 1}
	var requests int64
	for _, r := range t.Requests {
		g.row(r.Reason, num(r.Requests), num(r.Honoured))
		requests += r.Requests
	}
	versions := "No version that was looked at held what they ask for"
	if len(t.Versions) > 0 {
		versions = "Versions that held what they ask for: " + strings.Join(t.Versions, ", ")
	}
	list := []block{say("%s for removal hold for this version and every later one. Of it, %s and %s are tombstones, without text, name, address or time; in %s of others %s cut out: quotes of what is gone, names of persons and links. %s.",
		plural(requests, "request"), plural(t.Articles, "article"), plural(t.Comments, "comment"), plural(t.Texts, "text"), were(t.Cuts, "part"), versions)}
	if len(g.Rows) > 0 {
		list = append(list, show(g))
	}
	return append(list, say("%s ended as tombstones.", plural(m.outcome(schema.OutcomeTombstone), "document")))
}

func were(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun + " was"
	}
	return num(n) + " " + noun + "s were"
}
