package language

import (
	"slices"
	"testing"
)

func TestConfidence(t *testing.T) {
	for _, relatives := range []bool{false, true} {
		last := int32(0)
		for margin := int32(0); margin < 400; margin++ {
			score := confidence(margin, relatives)
			if score < last || score <= 0 || score >= 1000 {
				t.Fatalf("relatives %v: margin %d gives %d after %d", relatives, margin, score, last)
			}
			if other := confidence(margin, !relatives); relatives && other < score {
				t.Fatalf("margin %d gives relatives %d, others %d", margin, score, other)
			}
			last = score
		}
		if first := confidence(0, relatives); first >= minScore {
			t.Errorf("relatives %v: two languages that are equally likely score %d, which Detect would give out", relatives, first)
		}
		if last < 990 {
			t.Errorf("relatives %v: no margin reaches 990", relatives)
		}
	}
}

func TestRelated(t *testing.T) {
	models := Models()
	for _, group := range related {
		for _, code := range group {
			if !slices.Contains(models, code) {
				t.Errorf("%q is no language of the model", code)
			}
		}
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{{"nb", "nn", true}, {"nn", "nb", true}, {"hr", "sr", true}, {"nb", "nb", false}, {"nb", "sr", false}, {"de", "en", false}, {"", "", false}} {
		if got := Related(c.a, c.b); got != c.want {
			t.Errorf("Related(%q, %q) = %v", c.a, c.b, got)
		}
	}
}
