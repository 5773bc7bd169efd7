package statistics

import (
	"cmp"
	"slices"
	"strings"
)

// breakdown adds up records by a name of an open vocabulary.
type breakdown map[string]*Group

func (b breakdown) add(name string, words, characters int64) {
	if len(name) > MaxNameBytes {
		name = Others
	}
	g := b[name]
	if g == nil {
		if len(b) >= MaxNames {
			name = Others
			g = b[name]
		}
		if g == nil {
			g = &Group{Name: strings.Clone(name)}
			b[g.Name] = g
		}
	}
	g.Records++
	g.Words += words
	g.Characters += characters
}

// groups are the parts in the order of their names.
func (b breakdown) groups() []Group {
	list := make([]Group, 0, len(b))
	for _, g := range b {
		list = append(list, *g)
	}
	slices.SortFunc(list, func(a, b Group) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// counts is a breakdown of which only the numbers matter.
type counts map[string]int64

func (c counts) add(name string, n int64) {
	if _, ok := c[name]; !ok {
		if len(c) >= MaxNames || len(name) > MaxNameBytes {
			name = Others
		}
		name = strings.Clone(name)
	}
	c[name] += n
}

func (c counts) list() []Count {
	list := make([]Count, 0, len(c))
	for name, n := range c {
		list = append(list, Count{name, n})
	}
	slices.SortFunc(list, func(a, b Count) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// rights counts records by their rights.
type rights map[Rights]int64 // Records is 0 in the keys

func (r rights) add(key Rights) {
	if _, ok := r[key]; !ok && len(r) >= MaxNames {
		key = Rights{Table: key.Table, SourceID: Others, License: Others, Tier: Others}
	}
	r[key]++
}

func (r rights) list() []Rights {
	list := make([]Rights, 0, len(r))
	for key, n := range r {
		key.Records = n
		list = append(list, key)
	}
	slices.SortFunc(list, func(a, b Rights) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.SourceID, b.SourceID), cmp.Compare(a.License, b.License),
			cmp.Compare(a.RightsHolder, b.RightsHolder), cmp.Compare(a.Tier, b.Tier))
	})
	return list
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
