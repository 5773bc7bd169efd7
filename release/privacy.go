package release

import (
	"context"
	"fmt"
	"reflect"

	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/pipeline/store"
	"corpus/schema"
)

// KindName is the kind of a name in PersonalData; the other kinds are those of spans.
const KindName = "name"

// namesLeft is the key under which the manifest holds the build's own count of
// names left standing: only the build knows the names.
const namesLeft = "names_left"

// PersonalData says how much of what the masks are for is in a version, by
// table, column and kind. It holds counts and no wording.
type PersonalData struct {
	Corpus  string          `json:"corpus"`
	Version string          `json:"version"`
	Privacy string          `json:"privacy"` // pseudonyms or none
	Places  []PersonalCount `json:"places"`  // in the order of tables, columns and kinds; none of 0
	Found   int64           `json:"found"`   // of Places, but for those in addresses of pages and names in running text
	Names   *int64          `json:"names"`   // names of commenters in running text; nil where the version does not tell
	AtMost  bool            `json:"at_most"` // Names is the number of the whole build, of which this release holds a part
}

// PersonalCount is the number of places of a kind in a column.
type PersonalCount struct {
	Table   string `json:"table"`
	Column  string `json:"column"`
	Kind    string `json:"kind"` // a kind of span, or KindName
	Places  int64  `json:"places"`
	Rows    int64  `json:"rows"`    // that have one; 0 where that is not known
	Address bool   `json:"address"` // the column is an address of a page, which a version cites as it is
}

// CountPersonalData looks through the version in the folder dir with the
// recognizers of the build: what they find in a column was left there. Names of
// commenters in running text are those that the build counted, since it alone
// knew them. Links are no personal data of their own and not counted. The time
// is linear in the version, the memory does not grow with it.
func CountPersonalData(ctx context.Context, dir string) (*PersonalData, error) {
	m, err := store.ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	return CountIn(ctx, dir, m)
}

// CountIn is CountPersonalData of the tables in dir that a manifest lists,
// which need not be sealed.
func CountIn(ctx context.Context, dir string, m *store.Manifest) (*PersonalData, error) {
	p := &personal{ctx: ctx, dir: dir, manifest: m, counts: map[[3]string]*PersonalCount{}}
	for _, count := range []func() error{
		func() error { return countPersonal[schema.Article](p, schema.TableArticles) },
		func() error { return countPersonal[schema.Comment](p, schema.TableComments) },
		func() error { return countPersonal[schema.Commenter](p, schema.TableCommenters) },
	} {
		if err := count(); err != nil {
			return nil, err
		}
	}
	return p.result(), nil
}

// personal is one count.
type personal struct {
	ctx      context.Context
	dir      string
	manifest *store.Manifest
	counts   map[[3]string]*PersonalCount // by table, column, kind
	texts    int64                        // comments that have a text
}

// personalKinds are the kinds in the order of a report.
func personalKinds() []string {
	return []string{schema.SpanMention, schema.SpanEmail, schema.SpanPhone, schema.SpanIP, schema.SpanAccount, schema.SpanHandle, KindName}
}

func isAddress(column string) bool { return column == "url" || column == "canonical_url" }

// worded are the columns of a table whose wording comes from people.
func worded(t schema.Table) []schema.Column {
	var list []schema.Column
	for _, c := range schema.Columns(t) {
		wording := (c.Class == schema.ClassText || c.Class == schema.ClassPerson) && c.Values == nil || isAddress(c.Name)
		if wording && (c.Type == schema.TypeString || c.Type == schema.TypeLargeString || c.Type == schema.TypeListString) {
			list = append(list, c)
		}
	}
	return list
}

// countPersonal counts in the rows of one table.
func countPersonal[T any](p *personal, table string) error {
	t, ok := schema.TableOf(table)
	if !ok {
		return fmt.Errorf("there is no table %s", table)
	}
	if p.manifest.Shards[table] == 0 {
		return nil // a release may leave a table out
	}
	columns := worded(t)
	for _, f := range p.manifest.TableFiles(table) {
		for row, err := range store.FileRows[T](p.dir, f) {
			if err == nil {
				err = p.ctx.Err()
			}
			if err != nil {
				return err
			}
			countRow(p, table, columns, &row)
		}
	}
	return nil
}

// countRow counts in one row.
func countRow[T any](p *personal, table string, columns []schema.Column, row *T) {
	lang, text, blocks, spans := aboutText(row)
	if table == schema.TableComments && text != nil {
		p.texts++
	}
	v := reflect.ValueOf(row).Elem()
	for i := range columns {
		p.column(table, &columns[i], v, lang, blocks)
	}
	if p.manifest.Privacy == config.PrivacyNone && text != nil {
		found := map[string]int64{}
		for _, s := range spans {
			if s.Kind == schema.SpanMention {
				found[s.Kind]++
			}
		}
		p.add(table, "text", found)
	}
}

// aboutText gives what the row of a table says of its text.
func aboutText(row any) (lang string, text *string, blocks []schema.Block, spans []schema.Span) {
	switch r := row.(type) {
	case *schema.Article:
		text, blocks, spans = r.Text, r.Blocks, r.Spans
		if r.Lang != nil {
			lang = *r.Lang
		}
	case *schema.Comment:
		text, blocks, spans = r.Text, r.Blocks, r.Spans
		if r.Lang != nil {
			lang = *r.Lang
		}
	}
	return lang, text, blocks, spans
}

// column counts in one value.
func (p *personal) column(table string, c *schema.Column, row reflect.Value, lang string, blocks []schema.Block) {
	v := row.FieldByIndex(c.Index)
	if c.Nullable {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	if table == schema.TableCommenters { // the names that a corpus with privacy: none keeps
		if c.Name == "name" {
			p.add(table, c.Name, map[string]int64{KindName: 1})
		}
		return
	}
	found := map[string]int64{}
	scan := func(s string, blocks []schema.Block) {
		for _, place := range privacy.Scan(s, blocks, lang) {
			found[place.Kind]++
		}
	}
	switch {
	case c.Type == schema.TypeListString:
		for i := range v.Len() {
			scan(v.Index(i).String(), nil)
		}
	case c.Name == "text":
		scan(v.String(), blocks)
	default:
		scan(v.String(), nil)
	}
	p.add(table, c.Name, found)
}

// add adds what a row has in a column.
func (p *personal) add(table, column string, found map[string]int64) {
	for kind, n := range found {
		key := [3]string{table, column, kind}
		count := p.counts[key]
		if count == nil {
			count = &PersonalCount{Table: table, Column: column, Kind: kind, Address: isAddress(column)}
			p.counts[key] = count
		}
		count.Places += n
		count.Rows++
	}
}

// result puts the counts in their order.
func (p *personal) result() *PersonalData {
	out := &PersonalData{Corpus: p.manifest.Corpus, Version: p.manifest.Version, Privacy: p.manifest.Privacy, Places: []PersonalCount{}}
	if n, told := p.manifest.Masked[namesLeft]; p.texts == 0 {
		out.Names = new(int64) // no text, no name in it
	} else if told {
		out.Names = &n
		if r := p.manifest.Release; r != nil && n > 0 {
			out.AtMost = r.Withheld[schema.TableComments]+r.Excluded[schema.TableComments] > 0
		}
		if n > 0 {
			p.counts[[3]string{schema.TableComments, "text", KindName}] = &PersonalCount{Table: schema.TableComments, Column: "text", Kind: KindName, Places: n}
		}
	}
	for _, t := range schema.Tables() {
		for _, c := range schema.Columns(t) {
			for _, kind := range personalKinds() {
				count := p.counts[[3]string{t.Name, c.Name, kind}]
				if count == nil {
					continue
				}
				out.Places = append(out.Places, *count)
				if inText := t.Name == schema.TableComments && kind == KindName; !count.Address && !inText {
					out.Found += count.Places
				}
			}
		}
	}
	return out
}

// Over says in words by what p is above a declared limit; nil where it is not,
// or no limit is declared. A number that the version does not tell is above
// every limit.
func (p *PersonalData) Over(limit *config.PrivacyLimit) []string {
	if limit == nil {
		return nil
	}
	var over []string
	if limit.Found != nil && p.Found > int64(*limit.Found) {
		over = append(over, fmt.Sprintf("personal data at %s are left, privacy_limit.found allows %d", plural(int(p.Found), "place", "places"), *limit.Found))
	}
	switch {
	case limit.Names == nil:
	case p.Names == nil:
		over = append(over, fmt.Sprintf("the version does not tell how many names are left, privacy_limit.names allows %d", *limit.Names))
	case *p.Names > int64(*limit.Names):
		of := "names of commenters at %s are left in running text, privacy_limit.names allows %d"
		if p.AtMost {
			of = "names of commenters at up to %s are left in running text, as many as in the whole build; privacy_limit.names allows %d"
		}
		over = append(over, fmt.Sprintf(of, plural(int(*p.Names), "place", "places"), *limit.Names))
	}
	return over
}
