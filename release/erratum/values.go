package erratum

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/pipeline/store"
	"corpus/schema"
)

// columns are the columns of a table that an erratum may speak of.
type columns struct {
	table  schema.Table
	list   []schema.Column
	byName map[string]*schema.Column
}

// keysOf are the columns by which a row is found, so that no erratum sets them.
var keysOf = map[string][]string{
	schema.TableArticles:   {"article_id"},
	schema.TableComments:   {"comment_id", "article_id"},
	schema.TableCommenters: {"commenter_id"},
	schema.TableDuplicates: {"record_id"},
}

func columnsOf(table string) *columns {
	t, ok := schema.TableOf(table)
	if !ok {
		panic("erratum: there is no table " + table)
	}
	c := &columns{table: t, byName: map[string]*schema.Column{}}
	for _, column := range schema.Columns(t) {
		if !slices.Contains(keysOf[table], column.Name) {
			c.list = append(c.list, column)
		}
	}
	for i := range c.list {
		if schema.ErratumRule(c.list[i]) != schema.ErratumNever {
			c.byName[c.list[i].Name] = &c.list[i]
		}
	}
	return c
}

// zeroOf is a value of a column that can be set.
func zeroOf(t schema.Table, c *schema.Column) reflect.Value {
	return reflect.New(t.Row.FieldByIndex(c.Index).Type).Elem()
}

// errWords is the error of a value that no erratum may hold.
var errWords = errors.New("an erratum cannot say it, since it holds no words")

// encode is the value of a column as an erratum says it. errWords says that it
// may not.
func encode(c *schema.Column, v reflect.Value) (jsontext.Value, error) {
	empty := v.IsZero() || c.List && v.Len() == 0
	switch schema.ErratumRule(*c) {
	case schema.ErratumNever:
		return nil, errWords
	case schema.ErratumCut, schema.ErratumEmpty:
		if !empty {
			return nil, errWords
		}
	case schema.ErratumWord:
		if !isWord(c.Name, v.String()) {
			return nil, errWords
		}
	}
	var out bytes.Buffer
	enc := jsontext.NewEncoder(&out)
	if err := write(enc, c, v); err != nil {
		return nil, err
	}
	return jsontext.Value(bytes.TrimSpace(out.Bytes())), nil
}

func write(enc *jsontext.Encoder, c *schema.Column, v reflect.Value) error {
	if c.List {
		if err := enc.WriteToken(jsontext.BeginArray); err != nil {
			return err
		}
		for i := range v.Len() {
			if err := writeFields(enc, c.Children, v.Index(i)); err != nil {
				return err
			}
		}
		return enc.WriteToken(jsontext.EndArray)
	}
	if c.Nullable {
		if v.IsNil() {
			return enc.WriteToken(jsontext.Null)
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		return enc.WriteToken(jsontext.String(v.String()))
	case reflect.Int32, reflect.Int64:
		return enc.WriteToken(jsontext.Int(v.Int()))
	case reflect.Bool:
		return enc.WriteToken(jsontext.Bool(v.Bool()))
	}
	return fmt.Errorf("erratum: column %s has a type without a form", c.Name)
}

// writeFields writes an element of a list; what is null is left out.
func writeFields(enc *jsontext.Encoder, fields []schema.Column, v reflect.Value) error {
	if err := enc.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for i := range fields {
		f := v.FieldByIndex(fields[i].Index)
		if fields[i].Nullable && f.IsNil() {
			continue
		}
		if err := enc.WriteToken(jsontext.String(fields[i].Name)); err != nil {
			return err
		}
		if err := write(enc, &fields[i], f); err != nil {
			return err
		}
	}
	return enc.WriteToken(jsontext.EndObject)
}

// decode reads a value into a column, strictly.
func decode(c *schema.Column, raw jsontext.Value, v reflect.Value) error {
	kind := raw.Kind()
	rule := schema.ErratumRule(*c)
	switch {
	case c.List && kind == '[':
		return decodeList(c, rule, raw, v)
	case c.List:
		return errors.New("it is no list")
	case kind == 'n' && c.Nullable:
		v.SetZero()
		return nil
	case rule == schema.ErratumEmpty || rule == schema.ErratumCut || rule == schema.ErratumNever:
		return errWords
	}
	to := v
	if c.Nullable {
		v.Set(reflect.New(v.Type().Elem()))
		to = v.Elem()
	}
	want := map[reflect.Kind][]jsontext.Kind{reflect.String: {'"'}, reflect.Int32: {'0'}, reflect.Int64: {'0'}, reflect.Bool: {'t', 'f'}}
	if !slices.Contains(want[to.Kind()], kind) {
		return errors.New("it has another type")
	}
	if err := json.Unmarshal(raw, to.Addr().Interface()); err != nil {
		return errors.New("it has another type")
	}
	switch {
	case to.Kind() == reflect.Int32 && to.Int() < 0 && (strings.HasPrefix(c.Name, "n_") || slices.Contains([]string{"start", "end", "level", "depth", "position"}, c.Name)):
		return errors.New("it is below 0")
	case to.Kind() != reflect.String:
		return nil
	}
	return checkString(c, rule, to.String())
}

// checkString holds a string against what its column may hold.
func checkString(c *schema.Column, rule, s string) error {
	switch {
	case rule == schema.ErratumWord:
		if !isWord(c.Name, s) {
			return errWords
		}
	case c.Values != nil:
		if !slices.Contains(c.Values, s) {
			return errors.New("it is not in the vocabulary")
		}
	case schema.IsID(c.Name):
		if !isHex(s, idDigits) {
			return errNoID
		}
	default:
		if !isHex(s, digestDigits) {
			return errors.New("it is no digest")
		}
	}
	return nil
}

func decodeList(c *schema.Column, rule string, raw jsontext.Value, v reflect.Value) error {
	var elements []map[string]jsontext.Value
	if err := json.Unmarshal(raw, &elements); err != nil {
		return errors.New("it has another type")
	}
	if len(elements) > 0 && rule != schema.ErratumValue {
		return errWords
	}
	list := reflect.MakeSlice(v.Type(), len(elements), len(elements))
	for i, fields := range elements {
		known := 0
		for j := range c.Children {
			field := &c.Children[j]
			value, ok := fields[field.Name]
			switch {
			case ok:
				known++
			case field.Nullable:
				continue
			default:
				return fmt.Errorf("element %d has no %s", i, field.Name)
			}
			if err := decode(field, value, list.Index(i).FieldByIndex(field.Index)); err != nil {
				return fmt.Errorf("element %d, %s: %w", i, field.Name, err)
			}
		}
		if known != len(fields) {
			return fmt.Errorf("element %d has a field that there is not", i)
		}
	}
	if list.Len() == 0 {
		v.SetZero()
		return nil
	}
	v.Set(list)
	return nil
}

// isWord tells whether s can be a word of a column of the rule ErratumWord:
// that nothing is known of a licence, the id of a source, the name of a reader.
// Whether the release knows source and reader is asked when it is applied.
func isWord(column, s string) bool {
	switch column {
	case "license":
		return s == schema.LicenseUnknown
	case "source_id":
		return store.ValidName(s)
	case "extractor":
		_, ok := readerOf(s)
		return ok
	}
	return false
}
