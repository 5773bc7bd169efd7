package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"corpus/pipeline/normalize/language"
	"corpus/pipeline/normalize/language/ngram"

	"golang.org/x/text/unicode/norm"
)

// margins bound the steps of the calibration, in 1/ngram.Unit nat.
var margins = [...]int32{0, 2, 4, 6, 8, 12, 16, 20, 24, 32, 40, 48, 64, 80, 120, 160, 240, 1 << 30}

// calibrate prints the share of right answers by the margin between the best
// and the second best language, by whether these two are close relatives, and by
// the length of the text: what the table in confidence.go is read from.
func calibrate(model, dir string) error {
	file, err := os.ReadFile(model)
	if err != nil {
		return err
	}
	m, err := ngram.Decode(file)
	if err != nil {
		return err
	}
	type tally struct{ n, right int }
	var table [2][3][len(margins)]tally
	for k, size := range sizes {
		for _, name := range declarations {
			from, code, _ := strings.Cut(name, ":")
			paragraphs, err := paragraphs(filepath.Join(dir, from+".html"))
			if err != nil {
				return err
			}
			for _, p := range paragraphs {
				for _, s := range pieces(code, p, size, 2) {
					got, second, margin := best(m, s.text)
					if got == "" {
						continue
					}
					kin := 0
					if language.Related(got, second) {
						kin = 1
					}
					b := 0
					for margin >= margins[b+1] {
						b++
					}
					t := &table[kin][k][b]
					t.n++
					if got == s.code {
						t.right++
					}
				}
			}
		}
	}
	for kin, name := range [...]string{"other pairs", "close pairs"} {
		report("== %s: margin, then right of all (per mille) for at most 20, 50, 120 characters, all", name)
		for b, low := range margins[:len(margins)-1] {
			line := fmt.Sprintf("%4d", low)
			var all tally
			for k := range sizes {
				t := table[kin][k][b]
				all.n, all.right = all.n+t.n, all.right+t.right
				line += fmt.Sprintf("  %5d of %5d (%4d)", t.right, t.n, t.right*1000/max(1, t.n))
			}
			report("%s  %5d of %5d (%4d)", line, all.right, all.n, all.right*1000/max(1, all.n))
		}
	}
	return calibrateOutside(m, dir)
}

// best gives the two best languages of a text in a script that the model
// decides, and the margin between them.
func best(m *ngram.Model, text string) (first, second string, margin int32) {
	top, next := int32(-1<<30), int32(-1<<30)
	scores, script := scoresOf(m, text)
	for i, s := range scores {
		switch code := m.Classes[i].Code; {
		case m.Classes[i].Script != script:
		case s > top:
			second, next = first, top
			first, top = code, s
		case s > next:
			second, next = code, s
		}
	}
	return first, second, top - next
}

// scoresOf gives the scores of a text, nil for one in another script.
func scoresOf(m *ngram.Model, text string) ([]int32, ngram.Script) {
	t := ngram.Cut(norm.NFC.String(text), 2000)
	script := ngram.Latin
	for s := range ngram.Script(ngram.Modelled) {
		if t.Letters[s] > t.Letters[script] {
			script = s
		}
	}
	if t.Letters[script] < 3 {
		return nil, script
	}
	scores := make([]int32, len(m.Classes))
	for i, b := range m.Bias {
		scores[i] = int32(b)
	}
	for _, key := range ngram.Keys(nil, t.Runs[script]) {
		m.Add(scores, key)
	}
	return scores, script
}

// declared are the languages of the measurement of outside.
const declared = "cs de en es fr it nl pl pt ru sv"

// calibrateOutside prints, for the handicap of languages that are not allowed,
// how many texts in allowed languages are kept and how many others are refused.
func calibrateOutside(m *ngram.Model, dir string) error {
	handicaps := [...]int32{0, 1, 2, 3, 4, 5, 6, 8, 12}
	for _, size := range sizes {
		var in, out int
		var kept, refused [len(handicaps)]int
		for _, name := range declarations {
			from, code, _ := strings.Cut(name, ":")
			paragraphs, err := paragraphs(filepath.Join(dir, from+".html"))
			if err != nil {
				return err
			}
			allowed := strings.Contains(declared, code)
			for _, p := range paragraphs {
				for _, s := range pieces(code, p, size, 2) {
					scores, script := scoresOf(m, s.text)
					if scores == nil || script != ngram.Latin && script != ngram.Cyrillic {
						continue
					}
					inside, outside := int32(-1<<30), int32(-1<<30)
					for i, c := range m.Classes {
						switch {
						case c.Script != script:
						case strings.Contains(declared, c.Code):
							inside = max(inside, scores[i])
						default:
							outside = max(outside, scores[i])
						}
					}
					if allowed {
						in++
					} else {
						out++
					}
					for k, h := range handicaps {
						switch better := outside-h*ngram.Unit > inside; {
						case allowed && !better:
							kept[k]++
						case !allowed && better:
							refused[k]++
						}
					}
				}
			}
		}
		report("== at most %d characters; allowed: %s", size, declared)
		for k, h := range handicaps {
			report("%2d nat: kept %4d of 1000 allowed, refused %4d of 1000 others", h, kept[k]*1000/max(1, in), refused[k]*1000/max(1, out))
		}
	}
	return nil
}
