package erratum

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release/tables"
	"corpus/schema"
)

// maxNamed is how many values a RefusedError names.
const maxNamed = 5

// RefusedError says that an erratum would have to hold words: a record has more
// in the release without what goes than it has in the release.
type RefusedError struct {
	N     int      // values
	First []string // places of the first of them: table, id, column
}

func (e *RefusedError) Error() string {
	more := ""
	if e.N > len(e.First) {
		more = fmt.Sprintf("; and %d more", e.N-len(e.First))
	}
	return "no erratum can make the release without what goes of this one, since it would have to hold words: " + strings.Join(e.First, "; ") + more
}

// Difference fills in what changes from the tables of a release in the folder
// old to those of the release without what goes in the folder now; m is the
// manifest of the first. tmp is a folder for temporary files.
func (x *Erratum) Difference(ctx context.Context, old, now string, m *store.Manifest, tmp string) error {
	d := &difference{ctx: ctx, erratum: x, words: wordsOf(m), articles: columnsOf(schema.TableArticles), comments: columnsOf(schema.TableComments)}
	if err := d.threads(old, now); err != nil {
		return err
	}
	var err error
	if x.Commenters, err = rowsOf(d, schema.TableCommenters, old, now, tmp, func(r *schema.Commenter) string { return r.CommenterID }); err != nil {
		return err
	}
	if x.Duplicates, err = rowsOf(d, schema.TableDuplicates, old, now, tmp, func(r *schema.Duplicate) string { return r.RecordID }); err != nil {
		return err
	}
	if err := d.sources(old, now); err != nil {
		return err
	}
	if d.refused.N > 0 {
		return &d.refused
	}
	return nil
}

type difference struct {
	ctx                context.Context
	erratum            *Erratum
	words              *words
	articles, comments *columns
	refused            RefusedError
}

func (d *difference) refuse(table, id, column string) {
	d.refused.N++
	if len(d.refused.First) < maxNamed {
		d.refused.First = append(d.refused.First, fmt.Sprintf("%s %s, %s", table, id, column))
	}
}

// threads compares articles, comments and captures.
func (d *difference) threads(old, now string) error {
	before, err := tables.OpenThreads(old)
	if err != nil {
		return err
	}
	defer before.Close()
	after, err := tables.OpenThreads(now)
	if err != nil {
		return err
	}
	defer after.Close()
	for {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		x, ok := before.Next()
		y, more := after.Next()
		if !ok && !more {
			return nil
		}
		var a, b *tables.Thread
		if ok && (!more || x <= y) {
			if a, err = before.Thread(); err != nil {
				return err
			}
		}
		if more && (!ok || y <= x) {
			if b, err = after.Thread(); err != nil {
				return err
			}
		}
		if err := d.thread(a, b); err != nil {
			return err
		}
	}
}

// thread compares two threads of one article, of which one may be nil.
func (d *difference) thread(a, b *tables.Thread) error {
	if b == nil {
		d.erratum.Articles = append(d.erratum.Articles, Article{Row: Row{ID: a.Article.ArticleID, Gone: true}})
		return nil
	}
	x := Article{Row: Row{ID: b.Article.ArticleID}}
	var article reflect.Value
	if a == nil {
		a = &tables.Thread{}
	} else {
		article = reflect.ValueOf(&a.Article).Elem()
	}
	row, err := d.row(d.articles, x.ID, article, reflect.ValueOf(&b.Article).Elem(), b.Article.Spans)
	if err != nil {
		return err
	}
	x.Row = row
	if !reflect.DeepEqual(a.Captures, b.Captures) && (len(a.Captures) > 0 || len(b.Captures) > 0) {
		if len(b.Captures) > 0 {
			d.refuse(schema.TableCaptures, x.ID, "rows")
		}
		x.CapturesGone = true
	}
	before := map[string]*schema.Comment{}
	for i := range a.Comments {
		before[a.Comments[i].CommentID] = &a.Comments[i]
	}
	for i := range b.Comments {
		c := &b.Comments[i]
		var comment reflect.Value
		if was := before[c.CommentID]; was != nil {
			comment = reflect.ValueOf(was).Elem()
			delete(before, c.CommentID)
		}
		row, err := d.row(d.comments, c.CommentID, comment, reflect.ValueOf(c).Elem(), c.Spans)
		if err != nil {
			return err
		}
		if row.changes() {
			x.Comments = append(x.Comments, row)
		}
	}
	for id := range before { // sorted below
		x.Comments = append(x.Comments, Row{ID: id, Gone: true})
	}
	slices.SortFunc(x.Comments, func(a, b Row) int { return cmp.Compare(a.ID, b.ID) })
	if x.changes() || x.CapturesGone || len(x.Comments) > 0 {
		d.erratum.Articles = append(d.erratum.Articles, x)
	}
	return nil
}

// row is what changes in a row; before is the zero value where the row is new.
// spans are those of the row now.
func (d *difference) row(c *columns, id string, before, now reflect.Value, spans []schema.Span) (Row, error) {
	r := Row{ID: id, New: !before.IsValid()}
	if r.New {
		before = reflect.Zero(c.table.Row)
		if source := now.FieldByName("SourceID"); source.IsValid() {
			if err := d.words.known(source.String(), now.FieldByName("Extractor").String()); err != nil {
				d.refuse(c.table.Name, id, "source_id or extractor")
			}
		}
	}
	for i := range c.list {
		column := &c.list[i]
		x, y := before.FieldByIndex(column.Index), now.FieldByIndex(column.Index)
		if column.List && x.Len() == 0 && y.Len() == 0 || reflect.DeepEqual(x.Interface(), y.Interface()) {
			continue
		}
		if schema.ErratumRule(*column) == schema.ErratumCut && !x.IsNil() && !y.IsNil() {
			cuts, ok := cutsOf(x.Elem().String(), y.Elem().String(), spans)
			if !ok {
				d.refuse(c.table.Name, id, column.Name)
			}
			r.Cuts = cuts
			continue
		}
		value, err := encode(column, y)
		if errors.Is(err, errWords) {
			d.refuse(c.table.Name, id, column.Name)
			continue
		}
		if err != nil {
			return r, err
		}
		r.set(column.Name, value)
	}
	return r, nil
}

// sources: what is declared of the sources stands in no erratum.
func (d *difference) sources(old, now string) error {
	var both [2][]schema.Source
	for i, dir := range []string{old, now} {
		for row, err := range store.Rows[schema.Source](dir, schema.TableSources) {
			if err != nil {
				return err
			}
			both[i] = append(both[i], row)
		}
	}
	if !reflect.DeepEqual(both[0], both[1]) {
		d.refuse(schema.TableSources, "", "what is declared of them")
	}
	return nil
}

// rowsOf compares a table whose rows have a key, by this key.
func rowsOf[T any](d *difference, table, old, now, tmp string, key func(*T) string) ([]Row, error) {
	before, err := sorted(d.ctx, old, table, tmp, key)
	if err != nil {
		return nil, err
	}
	defer before.Close()
	after, err := sorted(d.ctx, now, table, tmp, key)
	if err != nil {
		return nil, err
	}
	defer after.Close()
	c := columnsOf(table)
	var rows []Row
	x, y := before.Next(), after.Next()
	for x || y {
		var a, b reflect.Value
		order := 0
		if x && y {
			order = bytes.Compare(before.Key(), after.Key())
		}
		id := ""
		if x && (!y || order <= 0) {
			if a, err = rowOf[T](before); err != nil {
				return nil, err
			}
			id = string(before.Key())
		}
		if y && (!x || order >= 0) {
			if b, err = rowOf[T](after); err != nil {
				return nil, err
			}
			id = string(after.Key())
		}
		if a.IsValid() {
			x = before.Next()
		}
		if !b.IsValid() {
			rows = append(rows, Row{ID: id, Gone: true})
			continue
		}
		y = after.Next()
		row, err := d.row(c, id, a, b, nil)
		if err != nil {
			return nil, err
		}
		if row.changes() {
			rows = append(rows, row)
		}
	}
	return rows, errors.Join(before.Err(), after.Err())
}

func rowOf[T any](it *spill.Iterator) (reflect.Value, error) {
	row := new(T)
	if err := json.Unmarshal(it.Value(), row); err != nil {
		return reflect.Value{}, fmt.Errorf("comparing rows: %w", err)
	}
	return reflect.ValueOf(row).Elem(), nil
}

// sorted are the rows of a table by key.
func sorted[T any](ctx context.Context, dir, table, tmp string, key func(*T) string) (*spill.Iterator, error) {
	s := spill.New(spill.Options{Dir: tmp})
	for row, err := range store.Rows[T](dir, table) {
		if err == nil {
			err = ctx.Err()
		}
		var value []byte
		if err == nil {
			value, err = json.Marshal(&row)
		}
		if err == nil {
			err = s.Add([]byte(key(&row)), value)
		}
		if err != nil {
			_ = s.Close() // the error before says more
			return nil, fmt.Errorf("sorting the table %s: %w", table, err)
		}
	}
	return s.Sort() // the iterator closes it
}
