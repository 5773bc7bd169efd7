package compare

import (
	"testing"

	"corpus/schema"
)

// What was taken down does not come back in the differences.
func TestTakenDown(t *testing.T) {
	old := func() []Difference {
		var list []Difference
		for _, name := range []string{"state", "text", "title", "n_words"} {
			value := "was " + name
			list = append(list, Difference{Table: "articles", Change: Edited, Column: &name, Old: &value})
		}
		return list
	}
	cut := []schema.Span{{Kind: schema.SpanRemoved, Start: 0, End: 9}}
	for _, c := range []struct {
		name     string
		state    string
		old, new []schema.Span
		shown    []bool
	}{
		{"an edit", schema.StatePresent, cut, cut, []bool{true, true, true, true}},
		{"a tombstone", schema.StateTombstone, nil, nil, []bool{true, false, false, false}},
		{"a part that was cut", schema.StatePresent, nil, cut, []bool{true, false, true, true}},
		{"a part that came back", schema.StatePresent, cut, nil, []bool{true, true, true, true}},
	} {
		list := old()
		takenDown(list, c.state, c.old, c.new)
		for i, d := range list {
			if (d.Old != nil) != c.shown[i] {
				t.Errorf("%s: %s is shown: %t", c.name, *d.Column, d.Old != nil)
			}
		}
	}
}

// A release has no lock, so that its rows alone tell what was taken down.
func TestTakedownCause(t *testing.T) {
	cut := []schema.Span{{Kind: schema.SpanRemoved, Start: 0, End: 9}}
	for _, c := range []struct {
		name, cause, old, state string
		spans, now              []schema.Span
		want                    string
	}{
		{"a new tombstone", CauseOthers, schema.StateVisible, schema.StateTombstone, nil, nil, CauseTakedown},
		{"a part that was cut", CauseOthers, schema.StateVisible, schema.StateVisible, nil, cut, CauseTakedown},
		{"an old tombstone", CauseOthers, schema.StateTombstone, schema.StateTombstone, nil, nil, CauseOthers},
		{"an edit", CauseOthers, schema.StateVisible, schema.StateVisible, cut, cut, CauseOthers},
		{"what the locks say goes first", CauseTool + "+" + CauseTakedown, schema.StateVisible, schema.StateTombstone, nil, nil, CauseTool + "+" + CauseTakedown},
	} {
		if got := takedownCause(c.cause, c.old, c.state, c.spans, c.now); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
