package compare

import (
	"cmp"
	"encoding/hex"
	"iter"
	"strings"

	"corpus/pipeline/store"
)

// causes says why records differ, from what the locks say of the inputs. It
// holds 33 bytes an input, and their bookkeeping.
type causes struct {
	inputs  map[[32]byte]presence
	general string // tool, configuration, takedown list, index; "" where they are the same
	key     bool
	unknown bool // a side is a release: what it was built from is not in it
}

// presence says in which versions an input is.
type presence uint8

const (
	inOld presence = 1 << iota
	inNew
	changed // its path is in both versions, with other bytes
)

func newCauses(old, new *Side) (*causes, error) {
	c := &causes{inputs: map[[32]byte]presence{}}
	nextOld, stopOld := iter.Pull2(old.Inputs())
	defer stopOld()
	nextNew, stopNew := iter.Pull2(new.Inputs())
	defer stopNew()
	var failed error
	advance := func(next func() (store.LockFile, error, bool)) (store.LockFile, bool) {
		f, err, ok := next()
		failed = cmp.Or(failed, err)
		return f, ok && err == nil
	}
	x, inX := advance(nextOld)
	y, inY := advance(nextNew)
	for (inX || inY) && failed == nil { // in one order
		order := 1
		switch {
		case !inY:
			order = -1
		case inX:
			order = store.CompareLockFiles(x, y)
		}
		var both presence
		if order == 0 && x.SHA256 != y.SHA256 {
			both = changed
		}
		if order <= 0 {
			c.mark(x.SHA256, inOld|both)
			x, inX = advance(nextOld)
		}
		if order >= 0 {
			c.mark(y.SHA256, inNew|both)
			y, inY = advance(nextNew)
		}
	}
	if failed != nil {
		return nil, failed
	}
	a, b := old.Lock, new.Lock
	c.key = a.KeyCheck != b.KeyCheck
	var general []string
	if a.Tool != b.Tool {
		general = append(general, CauseTool)
	}
	c.unknown = old.Manifest.Release != nil || new.Manifest.Release != nil
	if c.unknown {
		c.general = strings.Join(general, "+")
		return c, nil
	}
	if a.ConfigSHA256 != b.ConfigSHA256 {
		general = append(general, CauseConfiguration)
	}
	if a.TakedownSHA256 != b.TakedownSHA256 {
		general = append(general, CauseTakedown)
	}
	if !sameFiles(a.Indexes, b.Indexes) {
		general = append(general, CauseIndex)
	}
	c.general = strings.Join(general, "+")
	return c, nil
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
	if !c.unknown && new != "" && new != old {
		if p := c.of(new); p&inOld == 0 {
			if p&changed != 0 {
				return CauseInputChanged
			}
			return CauseInputAdded
		}
	}
	if !c.unknown && old != "" && new != old {
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
