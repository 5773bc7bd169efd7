package statistics

import (
	"math/big"
	"slices"

	"corpus/schema"
)

// activity counts the commenters by how many comments they wrote. Different
// numbers are few: n of them need n(n+1)/2 comments, so that a thousand million
// comments make less than 45000.
type activity struct {
	byNumber     map[int64]int64
	perCommenter *histogram
	articles     *histogram
}

func newActivity() *activity {
	return &activity{byNumber: map[int64]int64{}, perCommenter: newHistogram(countBounds), articles: newHistogram(countBounds)}
}

func (a *activity) add(row *schema.Commenter) {
	a.byNumber[int64(row.NComments)]++
	a.perCommenter.add(int64(row.NComments), 1)
	a.articles.add(int64(row.NArticles), 1)
}

func (a *activity) result() Activity {
	r := Activity{Top: []Top{}, PerCommenter: a.perCommenter.result(), Articles: a.articles.result()}
	numbers := make([]int64, 0, len(a.byNumber))
	for n := range a.byNumber {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		r.Commenters += a.byNumber[n]
		r.Comments += n * a.byNumber[n]
	}
	r.GiniPerMille = gini(numbers, a.byNumber)
	for _, perMille := range []int64{10, 100} {
		if r.Commenters == 0 {
			break
		}
		top := Top{PerMille: perMille, Commenters: (r.Commenters*perMille + 999) / 1000}
		left := top.Commenters
		for i := len(numbers) - 1; i >= 0 && left > 0; i-- {
			take := min(left, a.byNumber[numbers[i]])
			top.Comments += take * numbers[i]
			left -= take
		}
		if r.Comments > 0 {
			top.SharePerMille = top.Comments * 1000 / r.Comments
		}
		r.Top = append(r.Top, top)
	}
	return r
}

// gini is the Gini index of the numbers, each of them count[number] times, per
// mille, rounded half up: with x sorted and n of them it is
// 2·Σ i·x(i) / (n·Σ x) − (n+1)/n. Exact, in whole numbers.
func gini(numbers []int64, count map[int64]int64) int64 {
	n, total, ranked := new(big.Int), new(big.Int), new(big.Int)
	for _, x := range numbers {
		k := big.NewInt(count[x])
		// Ranks n+1 … n+k add up to k·n + k(k+1)/2.
		ranks := new(big.Int).Mul(k, n)
		triangle := new(big.Int).Mul(k, new(big.Int).Add(k, big.NewInt(1)))
		ranks.Add(ranks, triangle.Rsh(triangle, 1))
		ranked.Add(ranked, ranks.Mul(ranks, big.NewInt(x)))
		n.Add(n, k)
		total.Add(total, new(big.Int).Mul(k, big.NewInt(x)))
	}
	below := new(big.Int).Mul(n, total)
	if below.Sign() == 0 {
		return 0
	}
	// 1000·(2·ranked − (n+1)·total) / (n·total), rounded half up.
	above := new(big.Int).Lsh(ranked, 1)
	above.Sub(above, new(big.Int).Mul(new(big.Int).Add(n, big.NewInt(1)), total))
	above.Mul(above, big.NewInt(2000))
	above.Add(above, below)
	return above.Div(above, below.Lsh(below, 1)).Int64()
}
