package datasheets

import (
	"fmt"
	"html"
	"strings"
)

// plotKind is the form of a plot.
type plotKind int

const (
	noPlot  plotKind = iota
	bars             // a bar a name, from the left: parts by name
	columns          // a column a name, from the bottom: things that have an order
)

// plot is a picture of numbers that stand in a table beside it.
type plot struct {
	Kind   plotKind
	Title  string
	Unit   string
	Names  []string
	Values []int64
}

func (p *plot) add(name string, value int64) {
	p.Names = append(p.Names, name)
	p.Values = append(p.Values, value)
}

// Most names that a plot shows: a longer list is left to the table.
const (
	mostBars    = 24
	mostColumns = 60
)

func (p *plot) most() int64 {
	var most int64
	for _, v := range p.Values {
		most = max(most, v)
	}
	return most
}

// fold makes a plot small enough to be read: the largest bars and the rest of
// them; of columns neighbours together. It says so in its title.
func (p *plot) fold() plot {
	switch {
	case p.Kind == columns && len(p.Names) > mostColumns:
		each := (len(p.Names) + mostColumns - 1) / mostColumns
		f := plot{Kind: p.Kind, Title: fmt.Sprintf("%s, %d together", p.Title, each), Unit: p.Unit}
		for i := 0; i < len(p.Names); i += each {
			var sum int64
			for _, v := range p.Values[i:min(i+each, len(p.Values))] {
				sum += v
			}
			f.add(p.Names[i], sum)
		}
		return f
	case p.Kind == bars && len(p.Names) > mostBars:
		f := plot{Kind: p.Kind, Title: p.Title, Unit: p.Unit}
		taken := make([]bool, len(p.Names))
		for range mostBars - 1 {
			best := -1
			for i, v := range p.Values {
				if !taken[i] && (best < 0 || v > p.Values[best]) {
					best = i
				}
			}
			taken[best] = true
			f.add(p.Names[best], p.Values[best])
		}
		var rest int64
		for i, v := range p.Values {
			if !taken[i] {
				rest += v
			}
		}
		f.add("all others", rest)
		return f
	}
	return *p
}

// alternative is the plot in a sentence, for those who cannot see it.
func (p *plot) alternative() string {
	if len(p.Values) == 0 {
		return "There is nothing to show."
	}
	most, least := 0, 0
	for i, v := range p.Values {
		if v > p.Values[most] {
			most = i
		}
		if v < p.Values[least] {
			least = i
		}
	}
	form := "Bar chart"
	if p.Kind == columns {
		form = "Column chart"
	}
	s := fmt.Sprintf("%s of %s over %d entries. Most: %s with %d.", form, p.Unit, len(p.Values), p.Names[most], p.Values[most])
	if len(p.Values) > 1 {
		s += fmt.Sprintf(" Fewest: %s with %d.", p.Names[least], p.Values[least])
	}
	return s + " The table holds all numbers."
}

// svg draws a plot in whole numbers only, so that it is the same everywhere.
// id is unique on the page.
func (p *plot) svg(id string) string {
	f := p.fold()
	var b strings.Builder
	if f.Kind == columns {
		f.columns(&b, id)
	} else {
		f.bars(&b, id)
	}
	return b.String()
}

func (p *plot) open(b *strings.Builder, id string, width, height int) {
	fmt.Fprintf(b, `<svg viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="%s-t %s-d"><title id="%s-t">%s</title><desc id="%s-d">%s</desc>`,
		width, height, width, height, id, id, id, html.EscapeString(p.Title), id, html.EscapeString(p.alternative()))
}

// bars are 20 high, with the name over and the number behind each.
func (p *plot) bars(b *strings.Builder, id string) {
	const width, step, longest = 340, 38, 250
	p.open(b, id, width, step*max(len(p.Values), 1)+4)
	most := max(p.most(), 1)
	for i, v := range p.Values {
		y := i * step
		length := int(v * longest / most)
		if v > 0 {
			length = max(length, 1)
		}
		fmt.Fprintf(b, `<text x="0" y="%d">%s</text><rect class="bar" x="0" y="%d" width="%d" height="16"/><text x="%d" y="%d">%d</text>`,
			y+13, html.EscapeString(shorten(p.Names[i], 44)), y+18, length, length+5, y+31, v)
	}
	b.WriteString("</svg>")
}

// columns stand on a line; at most twelve of them are named.
func (p *plot) columns(b *strings.Builder, id string) {
	const width, height, top, tall = 340, 190, 16, 120
	p.open(b, id, width, height)
	most := max(p.most(), 1)
	fmt.Fprintf(b, `<text x="0" y="11">%d</text><path class="axis" d="M0 %dH%d"/><path class="grid" d="M0 %dH%d"/>`, p.most(), top+tall, width, top, width)
	n := len(p.Values)
	every := (n + 11) / 12
	for i, v := range p.Values {
		left, right := i*width/n, (i+1)*width/n
		h := int(v * tall / most)
		if v > 0 {
			h = max(h, 1)
		}
		gap := min(2, (right-left)/4)
		fmt.Fprintf(b, `<rect class="bar" x="%d" y="%d" width="%d" height="%d"/>`, left+gap/2, top+tall-h, max(right-left-gap, 1), h)
		if i%every == 0 {
			x := (left + right) / 2
			fmt.Fprintf(b, `<text class="name" transform="translate(%d %d) rotate(40)">%s</text>`, x-3, top+tall+12, html.EscapeString(shorten(p.Names[i], 14)))
		}
	}
	b.WriteString("</svg>")
}

func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
