package schema

import "strings"

// What an erratum of a release may say of a column: never a word of a text, a
// name, a title or an address. The rule follows from class, type and vocabulary,
// so that it holds for a column that is added later.
const (
	ErratumValue = "value" // any: it is a number, an id, a digest, one of a closed vocabulary, or a list of such
	ErratumEmpty = "empty" // that it is null or an empty list now
	ErratumCut   = "cut"   // likewise, or which code points of it have to go
	ErratumWord  = "word"  // a word that the release holds already, or that nothing is known
	ErratumNever = "never" // nothing: no release has it
)

// ErratumRule is the rule of a column, or of a field of a list of structs.
func ErratumRule(c Column) string {
	switch {
	case c.Release == ReleaseNever || c.Class == ClassInternal:
		return ErratumNever
	case c.Name == LongText && c.Class == ClassText:
		return ErratumCut
	case c.Class != ClassFact:
		return ErratumEmpty
	case c.Type == TypeListStruct:
		for _, field := range c.Children {
			if ErratumRule(field) != ErratumValue {
				return ErratumEmpty
			}
		}
		return ErratumValue
	case c.Type == TypeInt32 || c.Type == TypeBool || c.Type == TypeTimestamp:
		return ErratumValue
	case c.Type == TypeString && (c.Values != nil || IsID(c.Name) || IsDigest(c.Name)):
		return ErratumValue
	case c.Type == TypeString && !c.Nullable:
		return ErratumWord
	}
	return ErratumEmpty
}

// IsID tells whether a column holds ids made by the tool, by its name.
func IsID(column string) bool {
	return strings.HasSuffix(column, "_id") && column != "source_id" || column == "near_duplicate_cluster"
}

// IsDigest tells whether a column holds SHA-256 digests, by its name.
func IsDigest(column string) bool { return strings.HasSuffix(column, "_sha256") }
