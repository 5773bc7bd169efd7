package statistics

import "corpus/schema"

// Takedown counts what was asked to be taken down, and what of it is in the
// version. What stands here names no record.
type Takedown struct {
	Requests []Request `json:"requests"` // by reason
	Versions []string  `json:"versions"` // numbers of the versions that held what was asked to go
	Articles int64     `json:"articles"` // tombstones
	Comments int64     `json:"comments"` // tombstones
	Texts    int64     `json:"texts"`    // other texts of which a part was cut
	Cuts     int64     `json:"cuts"`     // parts that were cut
}

// Request counts requests of one reason.
type Request struct {
	Reason   string `json:"reason"`
	Requests int64  `json:"requests"`
	Honoured int64  `json:"honoured"` // of which a record was found
}

// thread counts tombstones and cuts of a thread.
func (t *Takedown) thread(a *schema.Article, comments []schema.Comment) {
	cuts := func(spans []schema.Span) {
		n := int64(0)
		for i := range spans {
			if spans[i].Kind == schema.SpanRemoved {
				n++
			}
		}
		if n > 0 {
			t.Texts++
			t.Cuts += n
		}
	}
	if a.State == schema.StateTombstone {
		t.Articles++
	}
	cuts(a.Spans)
	for i := range comments {
		if comments[i].State == schema.StateTombstone {
			t.Comments++
		}
		cuts(comments[i].Spans)
	}
}
