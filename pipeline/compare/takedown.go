package compare

import "corpus/schema"

// takenDown takes the old values out of the differences of a record that was
// taken down, or of whose texts a part was: what is gone from the new version
// must not come back in what is said of it.
func takenDown(list []Difference, state string, old, new []schema.Span) {
	if state != schema.StateTombstone && removed(new) <= removed(old) {
		return
	}
	for i := range list {
		d := &list[i]
		if state == schema.StateTombstone && *d.Column != "state" || *d.Column == "text" {
			d.Old = nil
		}
	}
}

// takedownCause is the cause of a record's differences where no lock tells of it,
// as those of releases: one that became a tombstone, or of whose texts a part is
// gone, was taken down, or quotes what was.
func takedownCause(cause, oldState, newState string, old, new []schema.Span) string {
	became := newState == schema.StateTombstone && oldState != newState
	if cause == CauseOthers && (became || removed(new) > removed(old)) {
		return CauseTakedown
	}
	return cause
}

func removed(spans []schema.Span) int {
	n := 0
	for i := range spans {
		if spans[i].Kind == schema.SpanRemoved {
			n++
		}
	}
	return n
}
