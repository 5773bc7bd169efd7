package main

import (
	"strings"
	"unicode"

	"corpus/pipeline/normalize/language/ngram"

	"golang.org/x/text/unicode/norm"
)

// class is a language to be told apart from the others of its script.
type class struct {
	ngram.Class
	tables string // folder of its tables
	share  int    // how often it is drawn: how much is written in it on the web, in three steps
}

// latin, cyrillic, arabic and devanagari name the languages, the most written
// ones first, then the others, then those seldom met in articles and comments.
var groups = []struct {
	script ngram.Script
	grams  int // n-grams that are looked at
	keep   int // weights that are kept
	tiers  [3]string
}{
	{ngram.Latin, 200000, 900000, [3]string{
		"cs da de en es fi fr hu id it nb nl pl pt ro sv tr vi",
		"az bs ca cy et eu ga hr is lt lv ms sk sl sq sr sw tl af",
		"eo la lg mi nn sn so st tn ts xh yo zu"}},
	{ngram.Cyrillic, 24000, 60000, [3]string{"ru uk", "be bg kk mk mn sr", ""}},
	{ngram.Arabic, 6000, 9000, [3]string{"ar fa", "ur", ""}},
	{ngram.Devanagari, 4000, 4000, [3]string{"hi", "mr", ""}},
}

var shares = [3]int{4, 2, 1}

// words cuts a word from the tables as Detect would cut it out of a text, and
// writes Serbian in Latin letters where that is the class.
func (c *class) words(word string) [][]rune {
	if c.tables == "sr" && c.Script == ngram.Latin {
		word = romanize(word)
	}
	t := ngram.Cut(norm.NFC.String(word), 1<<10)
	run := t.Runs[c.Script]
	var words [][]rune
	for len(run) > 1 {
		end := 1
		for run[end] != ngram.Pad {
			end++
		}
		words = append(words, run[:end+1])
		run = run[end:]
	}
	return words
}

// romanize writes Serbian Cyrillic in Gaj's Latin alphabet, letter by letter.
func romanize(word string) string {
	return serbian.Replace(word)
}

var serbian = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "ђ", "đ", "е", "e", "ж", "ž", "з", "z", "и", "i",
	"ј", "j", "к", "k", "л", "l", "љ", "lj", "м", "m", "н", "n", "њ", "nj", "о", "o", "п", "p", "р", "r",
	"с", "s", "т", "t", "ћ", "ć", "у", "u", "ф", "f", "х", "h", "ц", "c", "ч", "č", "џ", "dž", "ш", "š")

// plain strips the accents off a word, as people write who have no such keys.
func plain(word []rune) []rune {
	var out []rune
	for _, r := range norm.NFD.String(string(word)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ı':
			out = append(out, 'i')
		case r == 'đ':
			out = append(out, 'd')
		case r == 'ł':
			out = append(out, 'l')
		case r == 'ø':
			out = append(out, 'o')
		default:
			out = append(out, r)
		}
	}
	return out
}
