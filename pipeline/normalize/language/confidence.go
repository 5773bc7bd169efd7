package language

import (
	"slices"
	"sort"
)

// related are languages that are mixed up even in long texts, so that a margin
// between two of them says less.
var related = [][]string{
	{"bs", "hr", "sr"}, {"da", "nb", "nn"}, {"id", "ms"}, {"st", "tn"}, {"xh", "zu"},
}

// Related says whether two languages, by their codes, are such close relatives
// that the score of one against the other is read from a table of its own.
func Related(a, b string) bool {
	return a != b && slices.ContainsFunc(related, func(group []string) bool {
		return slices.Contains(group, a) && slices.Contains(group, b)
	})
}

// step says what a margin between the best and the second best language, in
// 1/ngram.Unit nat, is worth: the share of right answers, per mille.
type step struct{ margin, score int32 }

// apart and kin are the steps for two languages that are not related and that
// are; measured, see docs/languages.md.
var (
	apart = []step{{0, 450}, {4, 600}, {8, 720}, {12, 800}, {16, 880}, {20, 930}, {24, 980}, {40, 990}, {64, 997}, {80, 999}}
	kin   = []step{{0, 400}, {8, 500}, {12, 570}, {16, 680}, {32, 800}, {40, 900}, {48, 930}, {80, 955}, {120, 975}, {160, 995}}
)

// confidence is the score of the highest step that a margin reaches.
func confidence(margin int32, relatives bool) int32 {
	steps := apart
	if relatives {
		steps = kin
	}
	i := sort.Search(len(steps), func(i int) bool { return steps[i].margin > margin })
	return steps[max(i, 1)-1].score
}
