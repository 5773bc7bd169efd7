package compare

import (
	"cmp"
	"encoding/hex"
	"strings"

	"corpus/pipeline/store"
)

// causes says why records differ, from what the locks say of the inputs. It
// holds 33 bytes an input, and their bookkeeping.
type causes struct {
	inputs  map[[32]byte]presence
	general string // tool, configuration, index; "" where they are the same
	key     bool
}

// presence says in which versions an input is.
type presence uint8

const (
	inOld presence = 1 << iota
	inNew
	changed // its path is in both versions, with other bytes
)

func newCauses(old, new *Side) *causes {
	c := &causes{inputs: map[[32]byte]presence{}}
	a, b := old.Lock, new.Lock
	for i, j := 0, 0; i < len(a.Inputs) || j < len(b.Inputs); { // sorted by source and path
		order := 1
		switch {
		case j == len(b.Inputs):
			order = -1
		case i < len(a.Inputs):
			order = cmp.Or(cmp.Compare(a.Inputs[i].Source, b.Inputs[j].Source), cmp.Compare(a.Inputs[i].Path, b.Inputs[j].Path))
		}
		var both presence
		if order == 0 && a.Inputs[i].SHA256 != b.Inputs[j].SHA256 {
			both = changed
		}
		if order <= 0 {
			c.mark(a.Inputs[i].SHA256, inOld|both)
			i++
		}
		if order >= 0 {
			c.mark(b.Inputs[j].SHA256, inNew|both)
			j++
		}
	}
	c.key = a.KeyCheck != b.KeyCheck
	var general []string
	if a.Tool != b.Tool {
		general = append(general, CauseTool)
	}
	if a.ConfigSHA256 != b.ConfigSHA256 {
		general = append(general, CauseConfiguration)
	}
	if !sameFiles(a.Indexes, b.Indexes) {
		general = append(general, CauseIndex)
	}
	c.general = strings.Join(general, "+")
	return c
}

func sameFiles(a, b []store.LockFile) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (c *causes) mark(sum string, p presence) {
	if d, ok := digestOf(sum); ok {
		c.inputs[d] |= p
	}
}

func (c *causes) of(sum string) presence {
	d, _ := digestOf(sum)
	return c.inputs[d]
}

func digestOf(sum string) (d [32]byte, ok bool) {
	if len(sum) != 64 {
		return d, false
	}
	_, err := hex.Decode(d[:], []byte(sum))
	return d, err == nil
}

// record is the cause of a difference of a record that was read from the input
// with digest old in the old version and new in the new one; "" where it is not
// in that version, or follows from other records.
func (c *causes) record(old, new string) string {
	if new != "" && new != old {
		if p := c.of(new); p&inOld == 0 {
			if p&changed != 0 {
				return CauseInputChanged
			}
			return CauseInputAdded
		}
	}
	if old != "" && new != old {
		if p := c.of(old); p&inNew == 0 {
			if p&changed != 0 {
				return CauseInputChanged
			}
			return CauseInputRemoved
		}
	}
	if c.general != "" {
		return c.general
	}
	return CauseOthers
}

// commenter is the cause of another pseudonym.
func (c *causes) commenter(otherwise string) string {
	if c.key {
		return CauseKey
	}
	return otherwise
}
