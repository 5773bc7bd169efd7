package licenses

import "strings"

// Use is what is made of several works.
type Use int

const (
	// Collection puts whole works beside each other, each under its own licence: a
	// corpus of whole records. Changes of format that use needs are no adaptation
	// (Creative Commons 4.0, section 2(a)(4)).
	Collection Use = iota
	// Adaptation makes one work of them: texts that are merged, translated,
	// rewritten or redacted.
	Adaptation
)

// adapters says under which licences an adaptation of a work may be shared, by
// the code of the work's licence: the chart of adapter's licences of Creative
// Commons. Of those with SA only the same or a later version may follow.
var adapters = map[string][]string{
	"PD":       {"PD", "BY", "BY-NC", "BY-NC-ND", "BY-NC-SA", "BY-ND", "BY-SA"},
	"BY":       {"BY", "BY-NC", "BY-NC-ND", "BY-NC-SA", "BY-ND", "BY-SA"},
	"BY-NC":    {"BY-NC", "BY-NC-ND", "BY-NC-SA"},
	"BY-NC-SA": {"BY-NC-SA"},
	"BY-SA":    {"BY-SA"},
	"BY-ND":    {}, // none may be shared
	"BY-NC-ND": {},
}

// Verdict is what follows from several licences for one use.
type Verdict struct {
	Possible      bool   // the result may be shared
	NonCommercial bool   // for non-commercial purposes only
	License       string // of an adaptation: the most open licence it may have; "" for a collection, where each keeps its own
	Why           string // where it is not possible
}

// Compatible tells whether works under these licences may be shared together in
// one collection, or as one adaptation, and under what terms. Each is a single
// SPDX identifier. What is no Creative Commons licence or public domain tool is
// not judged: the verdict is that it is not possible, and why.
func Compatible(use Use, ids ...string) Verdict {
	v := Verdict{Possible: true}
	var works []CC
	for _, id := range ids {
		cc, ok := ParseCC(id)
		if !ok {
			return Verdict{Why: id + " is no Creative Commons licence of a known version: a person has to judge it"}
		}
		works = append(works, cc)
		v.NonCommercial = v.NonCommercial || cc.NonCommercial
	}
	if use == Collection {
		return v
	}
	for _, w := range works {
		if w.NoDerivatives {
			return Verdict{Why: w.ID + " allows no adaptation to be shared"}
		}
	}
	candidates := adapters["PD"]
	var shareAlike *CC
	for i := range works {
		w := &works[i]
		candidates = both(candidates, adapters[w.class()])
		if w.ShareAlike {
			if shareAlike != nil && shareAlike.Code() != w.Code() {
				return Verdict{Why: shareAlike.ID + " and " + w.ID + " each ask for the same licence, and are not the same"}
			}
			if shareAlike == nil || w.Version > shareAlike.Version {
				shareAlike = w
			}
		}
	}
	if len(candidates) == 0 {
		return Verdict{Why: "no licence is one that all of " + strings.Join(ids, ", ") + " allow for an adaptation"}
	}
	code := candidates[0]
	switch {
	case code == "PD":
		v.License = "CC0-1.0"
	case shareAlike == nil || shareAlike.Version != "1.0":
		v.License = "CC-" + code + "-4.0"
	default:
		v.License = "CC-" + code + "-1.0"
	}
	// SA in version 1.0 asks for that version, later ones for theirs or a later one.
	for i := range works {
		if w := &works[i]; w.ShareAlike && w.Version == "1.0" && shareAlike.Version != "1.0" {
			return Verdict{Why: w.ID + " allows no other version than 1.0"}
		}
	}
	return v
}

// class is the row of adapters that a licence stands in; the licences of version
// 1.0 and 2.0 without BY count as those with it, which ask for more.
func (c CC) class() string {
	if c.PublicDomain {
		return "PD"
	}
	code := c.Code()
	if !c.Attribution {
		code = "BY-" + code
	}
	return code
}

// both are the elements of a that b has as well, in the order of a.
func both(a, b []string) []string {
	var out []string
	for _, x := range a {
		for _, y := range b {
			if x == y {
				out = append(out, x)
			}
		}
	}
	return out
}
