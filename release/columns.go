package release

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"corpus/schema"
)

// columnChecks are what the values of the columns of a table have to be like.
type columnChecks []columnCheck

type columnCheck struct {
	column schema.Column
	check  func(v reflect.Value) string // "" where nothing is wrong
	fields columnChecks                 // of the elements of a list
}

// lengths of ids and digests, in hexadecimal digits
const (
	idDigits     = 32
	digestDigits = 64
)

func checksOf(t schema.Table) columnChecks { return checksOfColumns(schema.Columns(t)) }

func checksOfColumns(columns []schema.Column) columnChecks {
	checks := make(columnChecks, 0, len(columns))
	for _, c := range columns {
		cc := columnCheck{column: c, check: checkOf(c), fields: checksOfColumns(c.Children)}
		if cc.check != nil || len(cc.fields) > 0 {
			checks = append(checks, cc)
		}
	}
	return checks
}

// checkOf is the check of the values of a column, nil where any value will do.
func checkOf(c schema.Column) func(reflect.Value) string {
	switch {
	case c.Values != nil:
		return func(v reflect.Value) string {
			if !slices.Contains(c.Values, v.String()) {
				return fmt.Sprintf("is %q, which is not in the vocabulary", v.String())
			}
			return ""
		}
	case c.Name == "source_id":
		return nil // looked up in the table sources
	case strings.HasSuffix(c.Name, "_id") || c.Name == "near_duplicate_cluster":
		return hexCheck("id", idDigits)
	case strings.HasSuffix(c.Name, "_sha256"):
		return hexCheck("SHA-256", digestDigits)
	case c.Name == "lang":
		return func(v reflect.Value) string {
			if s := v.String(); len(s) < 2 || len(s) > 3 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" {
				return fmt.Sprintf("is %q, which is no code of ISO 639", s)
			}
			return ""
		}
	case c.Name == "lang_score" || c.Name == "similarity":
		return func(v reflect.Value) string {
			if n := v.Int(); n < 0 || n > 1000 {
				return fmt.Sprintf("is %d, which is not per mille", n)
			}
			return ""
		}
	case strings.HasPrefix(c.Name, "n_") || c.Name == "depth" || c.Name == "position" || c.Name == "level" || c.Name == "start":
		return func(v reflect.Value) string {
			if v.Int() < 0 {
				return fmt.Sprintf("is %d, which is no count", v.Int())
			}
			return ""
		}
	case c.Class == schema.ClassText && c.List:
		return func(v reflect.Value) string {
			for i := range v.Len() {
				if !norm.NFC.IsNormalString(v.Index(i).String()) {
					return "is not in NFC"
				}
			}
			return ""
		}
	case c.Class == schema.ClassText:
		return func(v reflect.Value) string {
			if !norm.NFC.IsNormalString(v.String()) {
				return "is not in NFC"
			}
			return ""
		}
	}
	return nil
}

func hexCheck(what string, digits int) func(reflect.Value) string {
	return func(v reflect.Value) string {
		if s := v.String(); len(s) != digits || strings.Trim(s, "0123456789abcdef") != "" {
			return fmt.Sprintf("is %.80q, which is no %s", s, what)
		}
		return ""
	}
}

// row checks all columns of a row, or of an element of a list.
func (cc columnChecks) row(row reflect.Value, report func(column, what string)) {
	for i := range cc {
		c := &cc[i]
		v := row.FieldByIndex(c.column.Index)
		if c.column.Nullable {
			if v.IsNil() {
				continue
			}
			v = v.Elem()
		}
		if c.check != nil {
			if what := c.check(v); what != "" {
				report(c.column.Name, what)
			}
		}
		if len(c.fields) > 0 {
			for j := range v.Len() {
				c.fields.row(v.Index(j), func(column, what string) {
					report(fmt.Sprintf("%s[%d].%s", c.column.Name, j, column), what)
				})
			}
		}
	}
}
