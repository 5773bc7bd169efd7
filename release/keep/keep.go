// Package keep holds what a release keeps of a row, for the three who have to
// agree on it: the code that makes a release, the one that checks it and the
// one that fills it in again. The rules themselves are data, in package schema.
//
// It must never read a file, know the key, or decide on the tier of a record.
package keep

import (
	"reflect"

	"corpus/pipeline/store"
	"corpus/schema"
)

// Terms are the terms of a release.
type Terms struct {
	Tier      string // full, gated or standoff
	Scope     string // commenter_scope: corpus, article or none
	Precision string // time_precision: of schema.Precision…, or stated
}

// TermsOf are the terms that a manifest states.
func TermsOf(r *store.Release) Terms {
	return Terms{Tier: r.Tier, Scope: r.CommenterScope, Precision: r.TimePrecision}
}

// Text tells whether the release keeps the text of a record of a tier: those of
// full in every release with texts, those of gated where all of the release
// leaves on agreement alone.
func (t Terms) Text(tier string) bool {
	switch t.Tier {
	case schema.TierFull:
		return tier == schema.TierFull
	case schema.TierGated:
		return tier == schema.TierFull || tier == schema.TierGated
	}
	return false
}

// Row tells whether a release holds a record at all: one that is excluded it
// does not, but for the tombstone of what was taken down, which holds nothing
// and keeps the shape of the thread.
func Row(tier, state string) bool {
	return tier != schema.TierExcluded || state == schema.StateTombstone
}

// Columns are the columns of a table that a release does not keep in every row.
type Columns struct{ wording, internal []schema.Column }

// For are the columns of a table of the package schema.
func For(table string) *Columns {
	t, ok := schema.TableOf(table)
	if !ok {
		panic("keep: there is no table " + table)
	}
	c := &Columns{}
	for _, column := range schema.Columns(t) {
		switch column.Release {
		case schema.ReleaseWithText:
			c.wording = append(c.wording, column)
		case schema.ReleaseNever:
			c.internal = append(c.internal, column)
		}
	}
	return c
}

// Wording are the columns that go with the text.
func (c *Columns) Wording() []schema.Column { return c.wording }

// Internal are the columns that never leave.
func (c *Columns) Internal() []schema.Column { return c.internal }

// TakeInternal empties what never leaves in a row, a pointer to a struct.
func (c *Columns) TakeInternal(row any) { empty(c.internal, row) }

// TakeWording empties what goes with the text in a row, a pointer to a struct.
func (c *Columns) TakeWording(row any) { empty(c.wording, row) }

func empty(columns []schema.Column, row any) {
	v := reflect.ValueOf(row).Elem()
	for i := range columns {
		v.FieldByIndex(columns[i].Index).SetZero()
	}
}

// Left names the columns of a row that hold what the release does not keep:
// withText tells whether the row keeps its text.
func (c *Columns) Left(row any, withText bool) []string {
	var names []string
	v := reflect.ValueOf(row).Elem()
	look := func(columns []schema.Column) {
		for i := range columns {
			f := v.FieldByIndex(columns[i].Index)
			if !f.IsZero() && !(f.Kind() == reflect.Slice && f.Len() == 0) {
				names = append(names, columns[i].Name)
			}
		}
	}
	look(c.internal)
	if !withText {
		look(c.wording)
	}
	return names
}

// Digest is the digest of a withheld text of n code points that a row may carry.
func Digest(sha256 *string, n int32) *string {
	if n < schema.MinDigest {
		return nil
	}
	return sha256
}

// Copy copies the columns that go with the text from one row into another,
// pointers to structs, but for the column named not.
func (c *Columns) Copy(into, from any, not string) {
	a, b := reflect.ValueOf(into).Elem(), reflect.ValueOf(from).Elem()
	for i := range c.wording {
		if c.wording[i].Name != not {
			a.FieldByIndex(c.wording[i].Index).Set(b.FieldByIndex(c.wording[i].Index))
		}
	}
}

// Place is what is left of an excluded comment that others answer: where it
// stands in the thread.
func Place(c *schema.Comment) schema.Comment {
	return schema.Comment{
		CommentID: c.CommentID, IDBasis: c.IDBasis, ArticleID: c.ArticleID, SourceID: c.SourceID,
		ParentID: c.ParentID, ThreadID: c.ThreadID, Depth: c.Depth, Position: c.Position,
		CommenterBasis: schema.CommenterNone, State: schema.StateMissing,
		Rights:     schema.Rights{License: c.License, Tier: c.Tier},
		Identity:   c.Identity,
		Provenance: schema.Provenance{Extractor: c.Extractor},
	}
}
