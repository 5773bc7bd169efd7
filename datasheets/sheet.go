package datasheets

import (
	"bytes"
	"fmt"
	"strings"

	"corpus/datasheets/questions"
)

// Sheet is datasheet.md: every question with what is measured, declared and
// written by people, and the holes by their names.
func Sheet(m *Model) []byte {
	var b bytes.Buffer
	entries := m.entries()
	fmt.Fprintf(&b, "# Datasheet of %s %s\n\n%s\n\n", markdown(m.title()), m.Version, markdown(m.description()))
	fmt.Fprintf(&b, "What is marked *measured* was computed from the tables with SHA-256 `%s`. What is *declared* stands in corpus.yaml or datasheet.yaml. The rest is written by people, with name and date. A question that nobody has answered is marked **open** and keeps its name.\n\n", m.Statistics.TablesSHA256)
	holes(&b, entries)
	part, section := "", ""
	for i := range entries {
		e := &entries[i]
		if e.Optional && e.Human == nil && len(e.Declared) == 0 && len(e.Measured) == 0 {
			continue
		}
		if e.Part != part {
			part = e.Part
			section = e.Section
			if part == questions.Datasheet {
				fmt.Fprintf(&b, "## %s\n\n", section)
			} else {
				fmt.Fprintf(&b, "## %s\n\n", part)
			}
		} else if e.Section != section {
			section = e.Section
			fmt.Fprintf(&b, "## %s\n\n", section)
		}
		e.write(&b)
	}
	return b.Bytes()
}

// holes lists what is open.
func holes(b *bytes.Buffer, entries []entry) {
	var open, required []string
	for i := range entries {
		h := entries[i].Hole
		switch {
		case h == nil:
		case h.Required:
			required = append(required, "`"+h.ID+"`")
		default:
			open = append(open, "`"+h.ID+"`")
		}
	}
	b.WriteString("## Open questions\n\n")
	if len(open)+len(required) == 0 {
		b.WriteString("None.\n\n")
		return
	}
	if len(required) > 0 {
		fmt.Fprintf(b, "Asked for before a release: %s.\n\n", strings.Join(required, ", "))
	}
	if len(open) > 0 {
		fmt.Fprintf(b, "Other: %s.\n\n", strings.Join(open, ", "))
	}
}

func (e *entry) write(b *bytes.Buffer) {
	fmt.Fprintf(b, "### %s\n\n`%s`\n\n", markdown(e.Ask), e.ID)
	for i, x := range e.Measured {
		if i == 0 {
			b.WriteString("*Measured.* ")
			if x.Grid != nil {
				b.WriteString("\n\n")
			}
		}
		if x.Grid != nil {
			x.Grid.markdown(b)
			continue
		}
		fmt.Fprintf(b, "%s\n\n", markdown(x.Text))
	}
	for i, d := range e.Declared {
		if i == 0 {
			b.WriteString("*Declared.*\n\n")
		}
		fmt.Fprintf(b, "- %s: %s%s\n", strings.ReplaceAll(d.What, "_", " "), markdown(d.Value), of(d.Sources))
	}
	if len(e.Declared) > 0 {
		b.WriteString("\n")
	}
	if a := e.Human; a != nil {
		for _, p := range paragraphs(a.Text) {
			fmt.Fprintf(b, "> %s\n>\n", markdown(p))
		}
		fmt.Fprintf(b, "> — %s, %s\n\n", markdown(a.By), a.At)
	}
	if h := e.Hole; h != nil {
		fmt.Fprintf(b, "**Open: `%s`.** %s\n\n", h.ID, h.sentence())
	}
}

// of names the sources of a declaration.
func of(sources []string) string {
	if len(sources) == 0 {
		return ""
	}
	return " (" + strings.Join(sources, ", ") + ")"
}

// sentence says what a hole lacks.
func (h *Hole) sentence() string {
	s := "Nobody has answered this yet."
	if h.Kind == questions.Declared {
		s = "Not declared: " + markdown(strings.Join(h.Missing, "; ")) + "."
	}
	if h.Required {
		s += " A release asks for it."
	}
	return s
}

// markdown writes g as a table of Markdown.
func (g *grid) markdown(b *bytes.Buffer) {
	fmt.Fprintf(b, "**%s**\n\n|", g.Caption)
	for _, h := range g.Head {
		fmt.Fprintf(b, " %s |", h)
	}
	b.WriteString("\n|")
	for i := range g.Head {
		if i < g.Names {
			b.WriteString("---|")
		} else {
			b.WriteString("---:|")
		}
	}
	b.WriteString("\n")
	for _, row := range g.Rows {
		b.WriteString("|")
		for _, cell := range row {
			fmt.Fprintf(b, " %s |", markdown(cell))
		}
		b.WriteString("\n")
	}
	b.WriteString("\n")
	if g.Note != "" {
		fmt.Fprintf(b, "%s\n\n", g.Note)
	}
}
