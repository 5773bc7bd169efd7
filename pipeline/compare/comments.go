package compare

import (
	"encoding/binary"
	"iter"
	"reflect"
	"strings"

	"corpus/pipeline/spill"
	"corpus/schema"
)

// thread are the comments of one article.
type thread struct {
	article  string
	comments []schema.Comment
}

// threadsOf groups comments by their article.
func threadsOf(rows iter.Seq2[schema.Comment, error]) iter.Seq2[thread, error] {
	return func(yield func(thread, error) bool) {
		var t thread
		for row, err := range rows {
			if err != nil {
				yield(thread{}, err)
				return
			}
			if row.ArticleID != t.article && len(t.comments) > 0 {
				if !yield(t, nil) {
					return
				}
				t = thread{}
			}
			t.article = row.ArticleID
			t.comments = append(t.comments, row)
		}
		if len(t.comments) > 0 {
			yield(t, nil)
		}
	}
}

// comments compares the comments: thread by thread, then those of articles with
// another id, then those that may have gone to another article.
func (c *comparison) comments(pairs *pairs) error {
	cc := &commentComparison{
		comparison: c,
		cells:      newCells(schema.TableComments),
		loose:      c.sorter(),
	}
	defer cc.loose.Close()
	both := c.sorter() // comments of articles with another id: by new id, version, position
	defer both.Close()
	byOld, byNew := pairs.ofComments(false), pairs.ofComments(true)
	lone := func(t *thread, ids *lookup, isNew bool) error {
		newID, ok, err := ids.find(t.article)
		if err != nil {
			return err
		}
		for i := range t.comments {
			row := &t.comments[i]
			if ok {
				var order [5]byte
				if isNew {
					order[0] = 1
				}
				binary.BigEndian.PutUint32(order[1:], uint32(row.Position))
				err = add(both, spill.Key([]byte(newID), order[:], []byte(row.CommentID)), &sided{isNew, *row})
			} else {
				err = cc.alone(row, isNew)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	key := func(t *thread) []byte { return []byte(t.article) }
	err := join(c.ctx,
		ordered(threadsOf(rowsOf[schema.Comment](c.old, c.new, schema.TableComments)), key),
		ordered(threadsOf(rowsOf[schema.Comment](c.new, c.old, schema.TableComments)), key),
		func(a, b *thread) error {
			switch {
			case b == nil:
				return lone(a, byOld, false)
			case a == nil:
				return lone(b, byNew, true)
			}
			return cc.thread(a.comments, b.comments, false)
		})
	if err != nil {
		return err
	}
	if err := cc.renamed(both); err != nil {
		return err
	}
	return cc.moved()
}

// sided is a comment with the version that it is from.
type sided struct {
	New bool
	Row schema.Comment
}

type commentComparison struct {
	*comparison
	cells *cells
	loose *spill.Sorter // comments whose thread does not have them in the other version
}

// renamed compares the threads of articles that have another id.
func (c *commentComparison) renamed(both *spill.Sorter) error {
	it, err := both.Sort()
	if err != nil {
		return err
	}
	var article string
	var sides [2][]schema.Comment
	flush := func() error {
		defer func() { sides = [2][]schema.Comment{} }()
		return c.thread(sides[0], sides[1], true)
	}
	s := fromSorter[sided](it)
	err = each(c.ctx, s, func(row *sided) error {
		id, _, err := spill.Part(s.key)
		if err != nil {
			return err
		}
		if string(id) != article {
			if err := flush(); err != nil {
				return err
			}
			article = string(id)
		}
		side := 0
		if row.New {
			side = 1
		}
		sides[side] = append(sides[side], row.Row)
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// thread compares the comments of one article. With renamed the article has
// another id in the new version, and so has every comment.
func (c *commentComparison) thread(old, new []schema.Comment, renamed bool) error {
	to := matchComments(old, new, renamed)
	ids := map[string]string{} // new ids by old ones, of comments that are in both
	taken := make([]bool, len(new))
	for i, j := range to {
		if j >= 0 {
			ids[old[i].CommentID] = new[j].CommentID
			taken[j] = true
		}
	}
	for i, j := range to {
		a := &old[i]
		if j < 0 {
			if err := c.alone(a, false); err != nil {
				return err
			}
			continue
		}
		b := &new[j]
		var first []Difference
		if a.CommentID != b.CommentID {
			first = append(first, reidentified(c.cells.table, a.CommentID, b.CommentID))
		}
		if err := c.comment(referring(a, b.ArticleID, ids), b, first); err != nil {
			return err
		}
	}
	for j := range new {
		if !taken[j] {
			if err := c.alone(&new[j], true); err != nil {
				return err
			}
		}
	}
	return nil
}

// referring is a with the ids that the comments it refers to have in the new
// version: a reply does not change because its parent has another id.
func referring(a *schema.Comment, article string, ids map[string]string) *schema.Comment {
	row := *a
	row.ArticleID = article
	translate := func(id *string) *string {
		if id == nil {
			return nil
		}
		if now, ok := ids[*id]; ok {
			return &now
		}
		return id
	}
	row.ParentID, row.InferredParentID = translate(a.ParentID), translate(a.InferredParentID)
	row.ThreadID = *translate(&a.ThreadID)
	row.Spans = make([]schema.Span, len(a.Spans))
	for i, s := range a.Spans {
		s.RefID = translate(s.RefID)
		row.Spans[i] = s
	}
	return &row
}

// comment compares a comment that is in both versions.
func (c *commentComparison) comment(a, b *schema.Comment, first []Difference) error {
	list, err := c.cells.compare(reflect.ValueOf(a), reflect.ValueOf(b))
	if err != nil {
		return err
	}
	takenDown(list, b.State, a.Spans, b.Spans)
	list = append(first, presentOrNot(c.cells.table, a.State, b.State, list)...)
	cause := takedownCause(c.causes.record(a.InputSHA256, b.InputSHA256), a.State, b.State, a.Spans, b.Spans)
	return c.record(b.CommentID, b.ArticleID, cause, list)
}

// alone takes a comment that its thread has in one version only. Where text and
// author or time can tell it from others it may turn up under another article.
func (c *commentComparison) alone(row *schema.Comment, isNew bool) error {
	if row.TextSHA256 == nil || row.CommenterID == nil && row.PostedLocal == nil {
		return c.cameOrWent(row, isNew)
	}
	k := spill.Key([]byte(*row.TextSHA256), []byte(value(row.CommenterID)), []byte(value(row.PostedLocal)))
	return add(c.loose, k, &sided{isNew, *row})
}

func (c *commentComparison) cameOrWent(row *schema.Comment, isNew bool) error {
	change, old, new := Removed, row.InputSHA256, ""
	if isNew {
		change, old, new = Added, new, old
	}
	return c.record(row.CommentID, row.ArticleID, c.causes.record(old, new), whole(c.cells.table, change))
}

// moved finds comments that stand under another article.
func (c *commentComparison) moved() error {
	it, err := c.loose.Sort()
	if err != nil {
		return err
	}
	return unique(c.ctx, fromSorter[sided](it),
		func(x *sided) bool { return x.New },
		func(a, b *sided) error {
			if a.Row.ArticleID == b.Row.ArticleID {
				return c.pairInThread(&a.Row, &b.Row)
			}
			old, column := a.Row.ArticleID, "article_id"
			first := []Difference{
				reidentified(c.cells.table, a.Row.CommentID, b.Row.CommentID),
				{Table: c.cells.table.Name, Change: Moved, Column: &column, Old: &old, New: &b.Row.ArticleID, Level: Major},
			}
			// What it answers there follows from where it went.
			row := *referring(&a.Row, b.Row.ArticleID, nil)
			row.ParentID, row.ThreadID, row.InferredParentID = b.Row.ParentID, b.Row.ThreadID, b.Row.InferredParentID
			return c.comment(&row, &b.Row, first)
		},
		func(x *sided) error { return c.cameOrWent(&x.Row, x.New) })
}

// pairInThread is for two comments of one thread that were not matched there.
func (c *commentComparison) pairInThread(a, b *schema.Comment) error {
	if err := c.cameOrWent(a, false); err != nil {
		return err
	}
	return c.cameOrWent(b, true)
}

// matchComments gives for every old comment the index of the new one that it
// is, or -1: by id, then those that are left by author, time and text, each of
// these stages in the order of the thread. An id that the site gave is believed,
// so that two such comments are only one where their texts are equal, or where
// the article's id, of which theirs is made, is another one.
func matchComments(old, new []schema.Comment, renamed bool) []int {
	to := make([]int, len(old))
	taken := make([]bool, len(new))
	byID := make(map[string]int, len(new))
	for j := range new {
		byID[new[j].CommentID] = j
	}
	for i := range old {
		to[i] = -1
		if j, ok := byID[old[i].CommentID]; ok {
			to[i], taken[j] = j, true
		}
	}
	join := func(parts ...*string) string {
		var b strings.Builder
		for _, p := range parts {
			if p == nil {
				return ""
			}
			b.WriteString(*p + "\x00")
		}
		return b.String()
	}
	none := ""
	for _, stage := range []struct {
		key     func(*schema.Comment) string
		natives bool // whether two comments with ids of the site may be one
	}{
		{func(r *schema.Comment) string {
			who := r.CommenterID
			if who == nil {
				who = &none
			}
			return join(who, r.PostedLocal, r.TextSHA256)
		}, true},
		{func(r *schema.Comment) string { return join(r.PostedLocal, r.TextSHA256) }, true},
		{func(r *schema.Comment) string { return join(r.CommenterID, r.PostedLocal) }, renamed},
		{func(r *schema.Comment) string { return join(r.CommenterID, r.TextSHA256) }, renamed},
		{func(r *schema.Comment) string {
			if r.CommenterID != nil {
				return ""
			}
			return join(&r.CommenterBasis, r.PostedLocal)
		}, renamed},
	} {
		left := map[string][]int{} // new comments by key, in their order
		for j := range new {
			if k := stage.key(&new[j]); k != "" && !taken[j] && !absent(new[j].State) {
				left[k] = append(left[k], j)
			}
		}
		for i := range old {
			a := &old[i]
			if to[i] >= 0 || absent(a.State) {
				continue
			}
			k := stage.key(a)
			if len(left[k]) == 0 {
				continue
			}
			j := left[k][0]
			if !stage.natives && a.IDBasis == schema.BasisNative && new[j].IDBasis == schema.BasisNative {
				continue
			}
			to[i], taken[j] = j, true
			left[k] = left[k][1:]
		}
	}
	matchMissing(old, new, to, taken)
	return to
}

// matchMissing matches the rows that stand for parents that are not there: they
// are the same where a reply that is in both versions names them.
func matchMissing(old, new []schema.Comment, to []int, taken []bool) {
	indexOf := func(rows []schema.Comment) map[string]int {
		m := make(map[string]int)
		for i := range rows {
			if absent(rows[i].State) {
				m[rows[i].CommentID] = i
			}
		}
		return m
	}
	before, after := indexOf(old), indexOf(new)
	for i, j := range to {
		if j < 0 || old[i].ParentID == nil || new[j].ParentID == nil {
			continue
		}
		a, ok := before[*old[i].ParentID]
		b, too := after[*new[j].ParentID]
		if ok && too && to[a] < 0 && !taken[b] {
			to[a], taken[b] = b, true
		}
	}
}
