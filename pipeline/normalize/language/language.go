// Package language tells which language a text is written in, from its letters
// alone: the script where that settles it, else a naive linear model over
// character n-grams with integer weights, embedded in the program.
//
// It must never use a float, the locale, the network or anything besides the text
// and the languages allowed: the same text gives the same answer everywhere.
package language

import (
	"slices"
	"unicode/utf8"

	"corpus/pipeline/normalize/language/ngram"

	"golang.org/x/text/unicode/norm"
)

// Model names the method and model that Detect uses; it changes whenever an
// answer may change.
const Model = "corpus-ngram/3"

// Limits of what Detect reads.
const (
	maxLetters = 800     // letters that count
	maxBytes   = 1 << 16 // bytes searched for them
	minLetters = 3       // fewer letters of an alphabet say nothing
	minWide    = 2       // the same for Han, kana and Hangul
)

// outside is what a language that is not allowed must be better by, in
// 1/ngram.Unit nat, before a text counts as none of the allowed ones.
const outside = 4 * ngram.Unit

// After every look n-grams (some 20 letters) a text is decided where the best
// language is ahead by sure, in 1/ngram.Unit nat: five times what the highest
// score asks for.
const (
	look = 100
	sure = 400
)

// minScore is the least score that Detect stands by.
const minScore = 500

// sole is the language of a script that has only one here. Han and kana are
// settled together.
var sole = [ngram.Scripts]string{
	ngram.Greek: "el", ngram.Hebrew: "he", ngram.Armenian: "hy", ngram.Georgian: "ka",
	ngram.Bengali: "bn", ngram.Gurmukhi: "pa", ngram.Gujarati: "gu", ngram.Oriya: "or",
	ngram.Tamil: "ta", ngram.Telugu: "te", ngram.Kannada: "kn", ngram.Malayalam: "ml",
	ngram.Sinhala: "si", ngram.Thai: "th", ngram.Lao: "lo", ngram.Tibetan: "bo",
	ngram.Burmese: "my", ngram.Khmer: "km", ngram.Ethiopic: "am", ngram.Hangul: "ko",
	ngram.Kana: "ja", ngram.Han: "zh",
}

// wider are codes that stand for several languages here; who allows or declares
// one of them gets it back.
var wider = []struct {
	code    string
	members []string
}{
	{"fil", []string{"tl"}},
	{"no", []string{"nb", "nn"}},
	{"sh", []string{"bs", "hr", "sr"}},
}

// Detect gives the language of a text as an ISO 639-1, else 639-3 code. allowed
// are the languages that come into question (BCP 47 tags, see Code); none means
// all of Models. score is the probability of being right, per mille, read from
// the margin to the second best language in a table measured on texts that the
// training had not seen. ok is false where the text has too few letters, where
// the margin is too small, or where the text is clearly none of the allowed
// languages; lang is then "" and score 0.
//
// Addresses, e-mail addresses, @names, digits and emoji do not count, and only
// the first 800 letters do. Equal scores are settled by the order of codes.
func Detect(text string, allowed []string) (lang string, score int32, ok bool) {
	t := ngram.Cut(prefix(text), maxLetters)
	script, share := dominant(&t.Letters)
	wanted := only(allowed)
	switch {
	case script == ngram.None:
		return "", 0, false
	case script < ngram.Modelled:
		if t.Letters[script] < minLetters {
			return "", 0, false
		}
		lang, score = compare(t.Runs[script], script, wanted)
	default:
		lang, score = alone(&t.Letters, script, wanted)
	}
	if share < 700 { // half of the text is in another script
		score = score * share / 700
	}
	if lang == "" || score < minScore {
		return "", 0, false
	}
	return lang, score, true
}

// prefix is the part of a text that is searched for letters, composed (NFC).
func prefix(text string) string {
	if len(text) > maxBytes {
		end := maxBytes
		for end > maxBytes-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end]
	}
	return norm.NFC.String(text)
}

// dominant is the script with the most letters and its share of all of them, per
// mille. A character of Han, kana or Hangul counts twice, as it says as much as
// two letters. Han with some kana is kana.
func dominant(letters *[ngram.Scripts]int) (ngram.Script, int32) {
	counts := *letters
	counts[ngram.Hangul] *= 2
	han, kana := counts[ngram.Han], counts[ngram.Kana]
	counts[ngram.Han], counts[ngram.Kana] = 2*(han+kana), 0
	if kana*10 >= han+kana {
		counts[ngram.Han], counts[ngram.Kana] = 0, 2*(han+kana)
	}
	best, total := ngram.None, 0
	for s, n := range counts {
		total += n
		if n > 0 && (best == ngram.None || n > counts[best]) {
			best = ngram.Script(s)
		}
	}
	if total == 0 {
		return ngram.None, 0
	}
	return best, int32(counts[best] * 1000 / total)
}

// alone answers for a script that settles the language.
func alone(letters *[ngram.Scripts]int, script ngram.Script, wanted filter) (string, int32) {
	n, score := letters[script], int32(990)
	least := minLetters
	switch script {
	case ngram.Han:
		least = minWide
		if n < 8 {
			score = 900 // Japanese of a few words may do without kana
		}
		if wanted.any() && wanted.name("zh") == "" {
			return wanted.name("ja"), 700
		}
	case ngram.Kana:
		n += letters[ngram.Han]
		least = minWide
	case ngram.Hangul:
		least = minWide
	}
	if n < least {
		return "", 0
	}
	return wanted.name(sole[script]), score
}

// compare lets the model decide between the languages of one script.
func compare(run []rune, script ngram.Script, wanted filter) (string, int32) {
	m, err := model()
	if err != nil {
		return "", 0 // the tests prove that the embedded model is whole
	}
	scores := make([]int32, len(m.Classes))
	for i, b := range m.Bias {
		scores[i] = int32(b)
	}
	var room [look + ngram.Longest]uint32
	keys := room[:0]
	for at := 1; ; {
		for ; at < len(run) && len(keys) <= look; at++ { // no more than are looked at
			keys = ngram.KeysAt(keys, run, at)
		}
		part := keys[:min(look, len(keys))]
		m.Sum(scores, part)
		keys = room[:copy(room[:], keys[len(part):])]
		best, second := leaders(m, scores, script, wanted)
		switch {
		case best < 0:
			return "", 0
		case len(keys) > 0 && (second < 0 || standing(m, scores, best, wanted)-standing(m, scores, second, wanted) < sure):
			continue
		}
		name := wanted.name(m.Classes[best].Code)
		if name == "" {
			return "", 0
		}
		if second < 0 {
			return name, 1000
		}
		margin := standing(m, scores, best, wanted) - standing(m, scores, second, wanted)
		return name, confidence(margin, Related(m.Classes[best].Code, m.Classes[second].Code))
	}
}

// leaders are the best class of a script and the best one of another name, -1
// where there is none.
func leaders(m *ngram.Model, scores []int32, script ngram.Script, wanted filter) (best, second int) {
	best, second = -1, -1
	for i, c := range m.Classes {
		if c.Script == script && (best < 0 || standing(m, scores, i, wanted) > standing(m, scores, best, wanted)) {
			best = i
		}
	}
	for i, c := range m.Classes {
		if c.Script == script && wanted.name(c.Code) != wanted.name(m.Classes[best].Code) && (second < 0 || standing(m, scores, i, wanted) > standing(m, scores, second, wanted)) {
			second = i
		}
	}
	return best, second
}

// standing is the score of a class, less what one that is not allowed has to be better by.
func standing(m *ngram.Model, scores []int32, class int, wanted filter) int32 {
	if wanted.name(m.Classes[class].Code) == "" {
		return scores[class] - outside
	}
	return scores[class]
}

// filter is the set of allowed codes; empty allows all.
type filter []string

func only(allowed []string) filter {
	if len(allowed) == 0 {
		return nil
	}
	f := filter{}
	for _, tag := range allowed {
		if code := Code(tag); code != "" && !slices.Contains(f, code) {
			f = append(f, code)
		}
	}
	return f
}

func (f filter) any() bool { return f != nil }

// name is the code under which a language is allowed, "" where it is not.
func (f filter) name(code string) string {
	if f == nil || slices.Contains(f, code) {
		return code
	}
	for _, w := range wider {
		if slices.Contains(w.members, code) && slices.Contains(f, w.code) {
			return w.code
		}
	}
	return ""
}

// Models lists the languages that Detect knows, sorted.
func Models() []string {
	var codes []string
	for _, code := range sole {
		if code != "" {
			codes = append(codes, code)
		}
	}
	if m, err := model(); err == nil {
		for _, c := range m.Classes {
			codes = append(codes, c.Code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}
