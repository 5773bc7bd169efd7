package datasheets

import (
	"fmt"
	"html"
	"strings"

	"corpus/datasheets/questions"
)

// Report is report.html: the datasheet with plots, one page that needs nothing
// else. Every plot stands beside the table of its numbers.
func Report(m *Model) []byte {
	r := &page{}
	entries := m.entries()
	esc := html.EscapeString
	r.f(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>%s %s: datasheet</title><style>%s</style></head><body>`,
		esc(m.title()), esc(m.Version), style)
	r.f(`<a class="skip" href="#main">To the content</a><header><h1>%s <small>%s</small></h1><p>%s</p></header>`, esc(m.title()), esc(m.Version), esc(m.description()))
	r.contents(entries)
	r.f(`<main id="main">`)
	r.f(`<p>What is marked <em>measured</em> was computed from the tables with SHA-256 <code>%s</code>. What is <em>declared</em> stands in corpus.yaml or datasheet.yaml. The rest is written by people, with name and date. A question that nobody has answered is marked <strong>open</strong>.</p>`, m.Statistics.TablesSHA256)
	r.open(entries)
	section := ""
	for i := range entries {
		e := &entries[i]
		if e.empty() {
			continue
		}
		if e.Section != section {
			if section != "" {
				r.f(`</section>`)
			}
			section = e.Section
			r.f(`<section aria-labelledby="%s"><h2 id="%s">%s</h2>`, anchor(section), anchor(section), esc(section))
		}
		r.entry(e)
	}
	if section != "" {
		r.f(`</section>`)
	}
	r.f(`</main><footer><p>Built by corpus %s. Numbers are those of statistics.json.</p></footer></body></html>`+"\n", esc(m.Tool))
	return []byte(r.b.String())
}

// empty tells whether an entry has nothing to show.
func (e *entry) empty() bool {
	return e.Optional && e.Human == nil && len(e.Declared) == 0 && len(e.Measured) == 0
}

// page is a page that is being written.
type page struct {
	b     strings.Builder
	plots int
	grids int
}

func (r *page) f(format string, args ...any) { fmt.Fprintf(&r.b, format, args...) }

func anchor(section string) string {
	return "s-" + strings.ReplaceAll(strings.ToLower(section), " ", "-")
}

func (r *page) contents(entries []entry) {
	r.f(`<nav aria-label="Sections"><ul>`)
	section := ""
	for i := range entries {
		if e := &entries[i]; e.Section != section && !e.empty() {
			section = e.Section
			r.f(`<li><a href="#%s">%s</a></li>`, anchor(section), html.EscapeString(section))
		}
	}
	r.f(`</ul></nav>`)
}

func (r *page) open(entries []entry) {
	var required, other []string
	for i := range entries {
		h := entries[i].Hole
		if h == nil {
			continue
		}
		item := fmt.Sprintf(`<a href="#q-%s">%s</a>`, h.ID, h.ID)
		if h.Required {
			required = append(required, item)
		} else {
			other = append(other, item)
		}
	}
	r.f(`<section class="holes" aria-labelledby="s-open"><h2 id="s-open">Open questions</h2>`)
	if len(required)+len(other) == 0 {
		r.f(`<p>None.</p>`)
	}
	if len(required) > 0 {
		r.f(`<p>Asked for before a release: %s.</p>`, strings.Join(required, ", "))
	}
	if len(other) > 0 {
		r.f(`<p>Other: %s.</p>`, strings.Join(other, ", "))
	}
	r.f(`</section>`)
}

func (r *page) entry(e *entry) {
	esc := html.EscapeString
	r.f(`<article id="q-%s"><h3>%s</h3>`, e.ID, esc(e.Ask))
	if len(e.Measured) > 0 {
		r.f(`<p class="kind">measured</p>`)
	}
	for _, x := range e.Measured {
		if x.Grid != nil {
			r.grid(x.Grid)
		} else {
			r.f(`<p>%s</p>`, esc(x.Text))
		}
	}
	if len(e.Declared) > 0 {
		r.f(`<p class="kind">declared</p><ul>`)
		for _, d := range e.Declared {
			r.f(`<li>%s: %s%s</li>`, esc(strings.ReplaceAll(d.What, "_", " ")), esc(d.Value), esc(of(d.Sources)))
		}
		r.f(`</ul>`)
	}
	if a := e.Human; a != nil {
		r.f(`<blockquote>`)
		for _, p := range paragraphs(a.Text) {
			r.f(`<p>%s</p>`, esc(p))
		}
		r.f(`<footer>— %s, <time>%s</time></footer></blockquote>`, esc(a.By), a.At)
	}
	if h := e.Hole; h != nil {
		what := "Nobody has answered this yet."
		if h.Kind == questions.Declared {
			what = "Not declared: " + strings.Join(h.Missing, "; ") + "."
		}
		if h.Required {
			what += " A release asks for it."
		}
		r.f(`<p class="hole"><strong>Open: <code>%s</code>.</strong> %s</p>`, h.ID, esc(what))
	}
	r.f(`</article>`)
}

// longTable is how many rows a table shows before it folds.
const longTable = 12

func (r *page) grid(g *grid) {
	esc := html.EscapeString
	if len(g.Plots) > 0 {
		r.f(`<div class="plots">`)
		for i := range g.Plots {
			r.plots++
			r.f(`<figure>%s<figcaption>%s</figcaption></figure>`, g.Plots[i].svg(fmt.Sprintf("p%d", r.plots)), esc(g.Plots[i].Title))
		}
		r.f(`</div>`)
	}
	r.grids++
	folded := len(g.Rows) > longTable
	if folded {
		r.f(`<details><summary>%s: all %d rows</summary>`, esc(g.Caption), len(g.Rows))
	}
	// A table wider than the page scrolls by itself, and by keyboard.
	r.f(`<div class="wide" role="region" tabindex="0" aria-labelledby="g%d"><table><caption id="g%d">%s</caption><thead><tr>`, r.grids, r.grids, esc(g.Caption))
	for i, h := range g.Head {
		class := ""
		if i >= g.Names {
			class = ` class="n"`
		}
		r.f(`<th scope="col"%s>%s</th>`, class, esc(h))
	}
	r.f(`</tr></thead><tbody>`)
	for _, row := range g.Rows {
		r.f(`<tr>`)
		for i, cell := range row {
			switch {
			case i == 0:
				r.f(`<th scope="row">%s</th>`, esc(line(cell)))
			case i < g.Names:
				r.f(`<td>%s</td>`, esc(line(cell)))
			default:
				r.f(`<td class="n"><data value="%s">%s</data></td>`, esc(cell), grouped(cell))
			}
		}
		r.f(`</tr>`)
	}
	r.f(`</tbody></table></div>`)
	if folded {
		r.f(`</details>`)
	}
	if g.Note != "" {
		r.f(`<p class="note">%s</p>`, esc(g.Note))
	}
}

// grouped is a number in groups of three digits.
func grouped(digits string) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && digits[i-1] != '-' {
			b.WriteString("\u202f")
		}
		b.WriteRune(d)
	}
	return b.String()
}

const style = `:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--soft:#595959;--line:#c9c9c9;--bar:#2b5f8a;--hole:#8a2b2b;--wash:#fbf1f0}
@media(prefers-color-scheme:dark){:root{--ink:#ececec;--paper:#161616;--soft:#b4b4b4;--line:#4a4a4a;--bar:#7fb2dd;--hole:#f0a5a0;--wash:#2a1c1b}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:60rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
h1{font-size:1.7rem;line-height:1.2}h1 small{color:var(--soft);font-weight:normal}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}h3{font-size:1.05rem;margin:2rem 0 .4rem}
a{color:inherit}.skip{position:absolute;left:-99rem}.skip:focus{left:1rem}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1rem;padding:0;list-style:none}
.kind{margin:.6rem 0 0;font-size:.8rem;color:var(--soft)}
.note{font-size:.85rem;color:var(--soft)}
.hole,.holes{border-left:.3rem solid var(--hole);background:var(--wash);padding:.4rem .8rem}.hole strong{color:var(--hole)}
blockquote{margin:.6rem 0;padding-left:1rem;border-left:.2rem solid var(--line)}blockquote footer{color:var(--soft);font-size:.9rem}
.wide{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-size:.9rem;margin:.6rem 0;overflow-wrap:normal}caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{padding:.2rem .6rem .2rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}th[scope=row]{font-weight:normal}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.plots{display:flex;flex-wrap:wrap;gap:1rem 2rem}figure{margin:.6rem 0;max-width:100%}figcaption{font-size:.85rem;color:var(--soft)}
svg{display:block;max-width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:var(--ink)}svg .name{font-size:10px}.bar{fill:var(--bar)}.axis{stroke:var(--ink)}.grid{stroke:var(--line);stroke-dasharray:2 3}
summary{cursor:pointer}
@media print{nav,.skip{display:none}body{max-width:none;font-size:10pt}article{break-inside:avoid-page}.wide{overflow:visible}details::details-content{content-visibility:visible}details>*{display:block}}`
