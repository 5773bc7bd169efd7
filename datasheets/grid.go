package datasheets

import (
	"slices"

	"corpus/datasheets/statistics"
)

// grid is a table of a document; the first columns are names, the others are
// numbers. Where it has plots they show the same numbers.
type grid struct {
	Caption string
	Note    string
	Head    []string
	Names   int // columns that are no numbers
	Rows    [][]string
	Plots   []plot
}

func (g *grid) row(cells ...string) { g.Rows = append(g.Rows, cells) }

// shownName is the name of a part: a null has none.
func shownName(name string) string {
	if name == "" {
		return "(unknown)"
	}
	return name
}

// groupGrid sets the parts of articles and comments beside each other.
func groupGrid(caption, by string, articles, comments []statistics.Group, kind plotKind) grid {
	g := grid{Caption: caption, Head: []string{by, "articles", "words", "characters", "comments", "words", "characters"}, Names: 1}
	a, c := map[string]statistics.Group{}, map[string]statistics.Group{}
	var names []string
	for _, x := range articles {
		a[x.Name] = x
		names = append(names, x.Name)
	}
	for _, x := range comments {
		if _, ok := a[x.Name]; !ok {
			names = append(names, x.Name)
		}
		c[x.Name] = x
	}
	first := plot{Kind: kind, Title: "Articles by " + by, Unit: "articles"}
	second := plot{Kind: kind, Title: "Comments by " + by, Unit: "comments"}
	for _, name := range unknownLast(sorted(names)) {
		x, y := a[name], c[name]
		g.row(shownName(name), num(x.Records), num(x.Words), num(x.Characters), num(y.Records), num(y.Words), num(y.Characters))
		first.add(shownName(name), x.Records)
		second.add(shownName(name), y.Records)
	}
	if kind == columns {
		first.Title += monthsWithAny
		second.Title += monthsWithAny
	}
	if kind != noPlot {
		g.Plots = []plot{first, second}
	}
	return g
}

// monthsWithAny says that a time line has no empty months.
const monthsWithAny = " (months with any)"

// unknownLast moves the null to the end of sorted names.
func unknownLast(names []string) []string {
	if len(names) > 0 && names[0] == "" {
		return append(slices.Clone(names[1:]), "")
	}
	return names
}

// countGrid is a list of numbers under names.
func countGrid(caption, by, what string, counts []statistics.Count, kind plotKind) grid {
	g := grid{Caption: caption, Head: []string{by, what}, Names: 1}
	p := plot{Kind: kind, Title: caption, Unit: what}
	if kind == columns {
		p.Title += monthsWithAny
	}
	if len(counts) > 0 && counts[0].Name == "" {
		counts = append(slices.Clone(counts[1:]), counts[0])
	}
	for _, c := range counts {
		g.row(shownName(c.Name), num(c.N))
		p.add(shownName(c.Name), c.N)
	}
	if kind != noPlot {
		g.Plots = []plot{p}
	}
	return g
}

// histogramGrid is a distribution by its buckets.
func histogramGrid(caption, by, what string, d statistics.Distribution) grid {
	g := grid{Caption: caption, Head: []string{by, what}, Names: 1}
	p := plot{Kind: columns, Title: caption, Unit: what}
	for _, b := range d.Buckets {
		name := num(b.From)
		switch {
		case b.To < 0:
			name += " or more"
		case b.To > b.From:
			name += "–" + num(b.To)
		}
		g.row(name, num(b.N))
		p.add(name, b.N)
	}
	g.Plots = []plot{p}
	return g
}

// distribution is a row of the table of distributions.
func distribution(g *grid, name string, d statistics.Distribution) {
	g.row(name, num(d.N), num(d.Sum), num(d.Min), num(d.P10), num(d.P25), num(d.P50), num(d.P75), num(d.P90), num(d.P99), num(d.Max))
}

func distributionGrid(caption string) grid {
	return grid{Caption: caption, Head: []string{"of what", "n", "sum", "least", "10 %", "25 %", "median", "75 %", "90 %", "99 %", "most"}, Names: 1,
		Note: "Quantiles are of the nearest rank: the smallest value that so many do not exceed; for them a value over 65536 counts as 65536."}
}
