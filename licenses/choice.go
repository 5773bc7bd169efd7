package licenses

import (
	"regexp"
	"slices"
	"strings"

	"github.com/github/go-spdx/v2/spdxexp/spdxlicenses"

	"corpus/schema"
)

// Allows tells whether a licence expression is covered by the patterns: an OR
// where one of its sides is, an AND where both are. A pattern is
//
//	CC-BY-4.0         this licence
//	CC-BY-*           every version and port of it, those that SPDX has no id
//	                  for included, and no other: CC-BY-NC-4.0 is none
//	LicenseRef-press* every reference that begins like this
//	NOASSERTION       no licence is known
//	*                 any licence that is known
//
// The library's Satisfies knows no families, multiplies an expression out, which
// takes exponential time, and in v2.7.0 denies A AND (B OR (C AND C)) where A and
// B are allowed; this walks over it once.
func Allows(expr string, patterns []string) bool {
	if expr == schema.LicenseUnknown || expr == "" {
		for _, p := range patterns {
			if p == schema.LicenseUnknown {
				return true
			}
		}
		return false
	}
	return evaluate(expr, func(license string) bool {
		for _, p := range patterns {
			if matches(license, p) {
				return true
			}
		}
		return false
	})
}

// NoDerivatives tells whether there is no way to use what the expression covers
// without being bound by a licence that forbids adaptations.
func NoDerivatives(expr string) bool {
	if expr == schema.LicenseUnknown || expr == "" {
		return false // nothing is known, and nothing is allowed: the policy's rules decide
	}
	return !evaluate(expr, func(license string) bool {
		cc, ok := ParseCC(license)
		return !ok || !cc.NoDerivatives
	})
}

// ValidPattern tells whether p is a pattern that can match a licence.
func ValidPattern(p string) bool {
	switch {
	case p == "*" || p == schema.LicenseUnknown:
		return true
	case len(p) > 128:
		return false
	case strings.HasPrefix(p, "LicenseRef-") && strings.HasSuffix(p, "*"):
		return Valid(strings.TrimSuffix(p, "*")+"x") == nil
	case strings.HasSuffix(p, "-*"):
		return families[strings.TrimSuffix(p, "*")]
	}
	normal, err := Normalize(p)
	return err == nil && normal == p && !strings.ContainsAny(p, " ()")
}

// Families are the patterns of licences in the SPDX list that have versions,
// such as CC-BY-*, sorted.
func Families() []string {
	list := make([]string, 0, len(families))
	for prefix := range families {
		list = append(list, prefix+"*")
	}
	slices.Sort(list)
	return list
}

// families holds what stands before the version of every listed licence.
var families = func() map[string]bool {
	all := map[string]bool{}
	for _, id := range spdxlicenses.GetLicenses() {
		if m := versioned.FindStringSubmatch(id); m != nil {
			all[m[1]] = true
		}
	}
	return all
}()

var versioned = regexp.MustCompile(`^(.*?-)v?[0-9]`)

// matches tells whether one licence, with its exception if it has one, is of a
// pattern. An exception gives more than its licence.
func matches(license, pattern string) bool {
	license, _, _ = strings.Cut(license, " WITH ")
	prefix, family := strings.CutSuffix(pattern, "*")
	switch {
	case !family:
		return strings.EqualFold(license, pattern)
	case prefix == "":
		return true
	case strings.HasPrefix(prefix, "LicenseRef-"):
		return strings.HasPrefix(license, prefix)
	}
	rest, ok := cutPrefixFold(license, prefix)
	if !ok && strings.HasPrefix(prefix, "CC-") { // ports that the list lacks
		rest, ok = cutPrefixFold(license, "LicenseRef-"+prefix)
	}
	rest = strings.TrimPrefix(rest, "v")
	return ok && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

var operators = map[string]bool{"AND": true, "OR": true, "WITH": true}

// evaluate walks over an SPDX expression: AND binds closer than OR (SPDX 2.3,
// annex D.4). What is no expression is false. It keeps its own stack.
func evaluate(expr string, leaf func(license string) bool) bool {
	type level struct{ or, and bool } // what an OR has so far, and the AND at hand
	stack := []level{{and: true}}
	words := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(expr))
	operand := true // one is expected
	take := func(value bool) { top := &stack[len(stack)-1]; top.and = top.and && value }
	for i := 0; i < len(words); i++ {
		switch w := words[i]; {
		case w == "(" && operand:
			stack = append(stack, level{and: true})
		case w == ")" && !operand && len(stack) > 1:
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			take(top.or || top.and)
		case (w == "AND" || w == "and") && !operand:
			operand = true
		case (w == "OR" || w == "or") && !operand:
			top := &stack[len(stack)-1]
			top.or, top.and = top.or || top.and, true
			operand = true
		case operand && w != ")" && !operators[strings.ToUpper(w)]:
			license := w
			if i+2 < len(words) && (words[i+1] == "WITH" || words[i+1] == "with") {
				license += " WITH " + words[i+2]
				i += 2
			}
			take(leaf(license))
			operand = false
		default:
			return false
		}
	}
	if operand || len(stack) != 1 {
		return false
	}
	return stack[0].or || stack[0].and
}
