package schema

import "github.com/apache/arrow/go/v15/arrow"

// Arrow is the Arrow schema of t, as the Parquet files state it under the key
// ARROW:schema. Its fields carry class and meaning as metadata "class" and
// "doc". It has no dictionary types, which the Hugging Face library datasets
// cannot load; `text` is large_utf8, since a column of it may pass 2 GiB.
func Arrow(t Table) *arrow.Schema {
	return arrow.NewSchema(arrowFields(t.columns), nil)
}

func arrowFields(columns []Column) []arrow.Field {
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = arrow.Field{
			Name:     c.Name,
			Type:     arrowType(c),
			Nullable: c.Nullable,
			Metadata: arrow.NewMetadata([]string{"class", "doc"}, []string{c.Class, c.Doc}),
		}
	}
	return fields
}

func arrowType(c Column) arrow.DataType {
	switch c.Type {
	case TypeLargeString:
		return arrow.BinaryTypes.LargeString
	case TypeInt32:
		return arrow.PrimitiveTypes.Int32
	case TypeBool:
		return arrow.FixedWidthTypes.Boolean
	case TypeTimestamp:
		return &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}
	case TypeListString:
		return arrow.ListOfField(arrow.Field{Name: "element", Type: arrow.BinaryTypes.String})
	case TypeListStruct:
		return arrow.ListOfField(arrow.Field{Name: "element", Type: arrow.StructOf(arrowFields(c.Children)...)})
	default:
		return arrow.BinaryTypes.String
	}
}
