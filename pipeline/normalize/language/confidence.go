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
// are: measured, rounded down; see docs/languages.md.
var (
	apart = []step{
		{0, 450}, {4, 505}, {6, 615}, {8, 755}, {12, 825}, {16, 905}, {24, 955}, {32, 990}, {48, 995}, {80, 999},
	}
	kin = []step{
		{0, 450}, {8, 555}, {16, 635}, {20, 705}, {24, 850}, {32, 880}, {40, 915}, {48, 980}, {64, 990}, {80, 995},
	}
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
