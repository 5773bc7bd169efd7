package language

import "sort"

// steps turns the margin between the best and the second best language, in
// 1/ngram.Unit nat, into the share of right answers, per mille.
var steps = []struct{ margin, score int32 }{
	{0, 300}, {4, 500}, {8, 650}, {16, 800}, {24, 880}, {32, 930}, {48, 970}, {80, 985}, {160, 995},
}

// confidence is the score of the highest step that a margin reaches.
func confidence(margin int32) int32 {
	i := sort.Search(len(steps), func(i int) bool { return steps[i].margin > margin })
	if i == 0 {
		return 0
	}
	return steps[i-1].score
}
