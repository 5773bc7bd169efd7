package licenses

import "corpus/schema"

// Tighter tells whether the tier a lets less of a record leave than b.
func Tighter(a, b string) bool {
	order := map[string]int{schema.TierFull: 0, schema.TierGated: 1, schema.TierStandoff: 2, schema.TierExcluded: 3}
	return order[a] > order[b]
}
