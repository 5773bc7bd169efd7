package takedown

import (
	"slices"

	"corpus/schema"
)

// Tally counts what a takedown did to a version.
type Tally struct {
	Articles int64          `json:"articles"` // tombstones
	Comments int64          `json:"comments"` // tombstones
	Dropped  int64          `json:"dropped"`  // comments that went with their article
	Texts    int64          `json:"texts"`    // other texts of which a part was cut
	Cuts     int64          `json:"cuts"`     // parts that were cut
	Honoured map[string]int `json:"honoured"` // by id of request: records that it took, cuts left out
}

// Add adds other to t.
func (t *Tally) Add(other Tally) {
	t.Articles += other.Articles
	t.Comments += other.Comments
	t.Dropped += other.Dropped
	t.Texts += other.Texts
	t.Cuts += other.Cuts
	for id, n := range other.Honoured {
		if t.Honoured == nil {
			t.Honoured = map[string]int{}
		}
		t.Honoured[id] += n
	}
}

// Tally counts the effects on a thread with these comments, before Apply.
func (e *Effects) Tally(requests []Request, comments []schema.Comment) Tally {
	t := Tally{Honoured: map[string]int{}}
	if e.Article != none {
		t.Articles++
		t.Honoured[requests[e.Article].ID]++
	}
	for i := range comments {
		if comments[i].State == schema.StateMissing {
			continue
		}
		switch r := e.Comments[i]; {
		case e.Drop:
			t.Dropped++
		case r != none:
			t.Comments++
			t.Honoured[requests[r].ID]++
		}
	}
	if e.Drop {
		return t
	}
	for _, cuts := range append(slices.Clone(e.Texts), e.Text) {
		if len(cuts) > 0 {
			t.Texts++
			t.Cuts += int64(len(cuts))
		}
	}
	return t
}
