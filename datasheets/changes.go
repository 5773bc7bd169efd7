package datasheets

import (
	"bytes"
	"fmt"
	"strings"
)

// ChangeLog is CHANGES.md: what differs from the previous version.
func ChangeLog(m *Model) []byte {
	c := m.Changes
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Changes of %s from %s to %s\n\n", markdown(m.title()), c.Old, m.Version)
	if c.Level == "none" {
		b.WriteString("No record, column or statement differs.\n\n")
	} else {
		fmt.Fprintf(&b, "Level: %s.\n\n", c.Level)
	}
	for _, r := range c.Reasons {
		fmt.Fprintf(&b, "- %s\n", markdown(r))
	}
	if len(c.Reasons) > 0 {
		b.WriteString("\n")
	}
	g := grid{Caption: "Records that differ", Head: []string{"table", "before", "after", "added", "removed", "other id", "moved", "edited"}, Names: 1}
	edited := grid{Caption: "Edited columns", Head: []string{"table", "column", "records"}, Names: 2}
	causes := grid{Caption: "Why records differ", Head: []string{"table", "cause", "records"}, Names: 2}
	for _, t := range c.Tables {
		g.row(t.Table, num(t.Before), num(t.After), num(t.Added), num(t.Removed), num(t.Renamed), num(t.Moved), num(t.Edited))
		for _, x := range t.Causes {
			causes.row(t.Table, strings.ReplaceAll(x.Name, "_", " "), num(x.N))
		}
		for _, x := range t.Columns {
			edited.row(t.Table, x.Name, num(x.N))
		}
	}
	if len(g.Rows) > 0 {
		g.markdown(&b)
	}
	if len(causes.Rows) > 0 {
		causes.markdown(&b)
	}
	if len(edited.Rows) > 0 {
		edited.markdown(&b)
	}
	b.WriteString("`corpus diff` lists every record with its cause.\n")
	return b.Bytes()
}
