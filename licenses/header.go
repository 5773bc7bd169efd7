package licenses

import "strings"

// maxLinks bounds the links of a header that are looked at.
const maxLinks = 32

// LinkHeader gives the addresses that the value of an HTTP header Link names
// with the relation license (RFC 8288, RFC 4946).
func LinkHeader(value string) []string {
	var out []string
	for n := 0; n < maxLinks; n++ {
		open := strings.IndexByte(value, '<')
		if open < 0 {
			break
		}
		close := strings.IndexByte(value[open:], '>')
		if close < 0 {
			break
		}
		target := strings.TrimSpace(value[open+1 : open+close])
		value = value[open+close+1:]
		params, rest := cutUnquoted(value, ',')
		value = rest
		if target != "" && relates(params, "license") {
			out = append(out, target)
		}
	}
	return out
}

// cutUnquoted cuts s at the first separator outside of quotes.
func cutUnquoted(s string, separator byte) (before, after string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == separator && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// relates tells whether the parameters of a link hold the relation.
func relates(params, relation string) bool {
	for params != "" {
		param, rest := cutUnquoted(params, ';')
		params = rest
		name, value, _ := strings.Cut(param, "=")
		if strings.EqualFold(strings.TrimSpace(name), "rel") {
			for rel := range strings.FieldsSeq(strings.Trim(strings.TrimSpace(value), `"`)) {
				if strings.EqualFold(rel, relation) {
					return true
				}
			}
			return false // only the first counts, RFC 8288 section 3.3
		}
	}
	return false
}
