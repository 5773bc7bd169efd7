package statistics

import "corpus/schema"

// threads measures the comment trees.
type threads struct {
	total                           Threads
	comments, depth, width, byDepth *histogram
	replies, delays                 *histogram
	posted                          map[string]int64 // instants of one article's comments
	levels                          map[int32]int64  // comments of one article by depth
}

func newThreads() *threads {
	return &threads{
		comments: newHistogram(countBounds), depth: newHistogram(depthBounds), width: newHistogram(countBounds), byDepth: newHistogram(depthBounds),
		replies: newHistogram(minutesBounds), delays: newHistogram(minutesBounds),
	}
}

const microsecondsAMinute = 60_000_000

func (t *threads) add(a *schema.Article, comments []schema.Comment) {
	t.posted, t.levels = map[string]int64{}, map[int32]int64{}
	for i := range comments {
		if c := &comments[i]; c.PostedAt != nil {
			t.posted[c.CommentID] = *c.PostedAt
		}
	}
	var n, deepest int64
	for i := range comments {
		c := &comments[i]
		if c.State == schema.StateMissing {
			continue
		}
		n++
		deepest = max(deepest, int64(c.Depth))
		t.levels[c.Depth]++
		t.byDepth.add(int64(c.Depth), 1)
		if c.InferredParentID != nil {
			t.total.Inferred++
		}
		if c.ParentID == nil {
			t.total.TopLevel++
		} else {
			t.total.Replies++
			parent, known := t.posted[*c.ParentID]
			t.between(parent, known, c.PostedAt, t.replies, &t.total.RepliesBefore, &t.total.RepliesUndated)
		}
		published, known := int64(0), a.PublishedAt != nil
		if known {
			published = *a.PublishedAt
		}
		t.between(published, known, c.PostedAt, t.delays, &t.total.CommentsBefore, &t.total.CommentsNoTime)
	}
	if n == 0 {
		t.total.Without++
		return
	}
	t.total.WithComments++
	t.comments.add(n, 1)
	t.depth.add(deepest, 1)
	var widest int64
	for _, level := range t.levels {
		widest = max(widest, level)
	}
	t.width.add(widest, 1)
}

// between measures the whole minutes from one instant to another.
func (t *threads) between(from int64, known bool, to *int64, into *histogram, before, undated *int64) {
	switch {
	case !known || to == nil:
		*undated++
	case *to < from:
		*before++
	default:
		into.add((*to-from)/microsecondsAMinute, 1)
	}
}

func (t *threads) result() Threads {
	r := t.total
	r.Comments, r.Depth, r.Width, r.ByDepth = t.comments.result(), t.depth.result(), t.width.result(), t.byDepth.result()
	r.ReplyMinutes, r.DelayMinutes = t.replies.result(), t.delays.result()
	return r
}
