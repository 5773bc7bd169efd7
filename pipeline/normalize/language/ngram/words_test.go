package ngram

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCut(t *testing.T) {
	for _, c := range []struct{ name, in, latin, cyrillic string }{
		{"empty", "", "", ""},
		{"words", "Der neue Haushalt, endlich!", " der neue haushalt endlich ", ""},
		{"digits touch", "am 3. Mai 2021 um 14h mit x2 und B12", " am mai um mit und ", ""},
		{"address", "siehe https://a.example/the/long-way?x=y#z hier", " siehe hier ", ""},
		{"address without scheme", "siehe www.a.example/weg hier", " siehe hier ", ""},
		{"host", "auf zeitung.com steht", " auf steht ", ""},
		{"host and path", "auf news.de/artikel steht", " auf steht ", ""},
		{"no host", "Ende.Dann kam ein Auto.", " ende dann kam ein auto ", ""},
		{"no path", "er und/oder sie", " er und oder sie ", ""},
		{"e-mail", "an leser.brief@a.example schreiben", " an schreiben ", ""},
		{"name", "@Anna_77 stimmt", " stimmt ", ""},
		{"name, no Latin letters", "@Анна да", "", " да "},
		{"emoji", "gut😀so 👩‍🔧", " gut so ", ""},
		{"apostrophe", "l'eau c’est", " l eau c est ", ""},
		{"full width", "ＡＢＣ", " abc ", ""},
		{"cedilla", "Ţara ţine", " țara ține ", ""},
		{"lone accent", "a\u0323\u0301b", " ab ", ""},
		{"soft hyphen", "Wort\u00adteil", " wortteil ", ""},
		{"two scripts", "мой iPhone мой", " iphone ", " мой мой "},
		{"scripts in a word", "Cкот", " c ", " кот "},
		{"invalid", "ab\xffcd", " ab cd ", ""},
		{"address before Han", "www.a.example/weg好", "", ""},
		{"long word", strings.Repeat("a", 90), " " + strings.Repeat("a", 40) + " " + strings.Repeat("a", 40) + " " + strings.Repeat("a", 10) + " ", ""},
	} {
		got := Cut(c.in, 1000)
		if latin, cyrillic := string(got.Runs[Latin]), string(got.Runs[Cyrillic]); latin != c.latin || cyrillic != c.cyrillic {
			t.Errorf("%s: Cut(%q) = %q, %q; want %q, %q", c.name, c.in, latin, cyrillic, c.latin, c.cyrillic)
		}
	}
}

// Whatever the text, runs are words with pads around them, and no more letters
// are read than the limit and one word.
func TestCutForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("aäZ09 .@/:-_~%\n'éЖ好かहा́\u0640ـ😀\uFFFD"))).Draw(t, "text")
		limit := rapid.IntRange(0, 50).Draw(t, "limit")
		got := Cut(text, limit)
		sum := 0
		for s, n := range got.Letters {
			sum += n
			if s >= Modelled {
				continue
			}
			letters := 0
			run := got.Runs[s]
			for i, r := range run {
				if r != Pad {
					letters++
				} else if i > 0 && run[i-1] == Pad {
					t.Fatalf("two pads in %q", string(run))
				}
			}
			if letters != n {
				t.Fatalf("%d letters in %q, counted %d", letters, string(run), n)
			}
			if len(run) > 0 && (run[0] != Pad || run[len(run)-1] != Pad || len(run) < 3) {
				t.Fatalf("run %q is not padded", string(run))
			}
		}
		if sum > limit+longest {
			t.Fatalf("%d letters, limit %d", sum, limit)
		}
	})
}

// Every byte may be looked at a fixed number of times only. The steps are
// counted, not timed: address is where a search could start over and over.
func TestCutLinear(t *testing.T) {
	for _, part := range []string{"a", "a.", ".", "-", "@", "a@", "www.", "a://", "http://a", "a.com ", "x.y/", "~", "%", "w", "é.", "@é", "a1", "\u0301", "\xff"} {
		for _, n := range []int{1000, 8000} {
			text := strings.Repeat(part, n)
			looked := 0
			search := search{text: text}
			for i := 0; i < len(text); i++ {
				before := search.settled
				end := search.at(i)
				if end > i || search.settled != before {
					looked += max(end, search.settled) - i
				}
				i = max(i, end-1)
			}
			if looked > 2*len(text) {
				t.Errorf("%d × %q: %d bytes looked at, the text has %d", n, part, looked, len(text))
			}
		}
	}
}

func TestKeys(t *testing.T) {
	run := []rune(" ab c ")
	var want []uint32
	for _, gram := range []string{"a", " a", "b", "ab", " ab", "b ", "ab ", " ab ", "c", " c", "c ", " c "} {
		want = append(want, Key([]rune(gram)))
	}
	got := Keys(nil, run)
	if slices.Sort(got); len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Errorf("keys meet: %v", got)
	}
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("Keys(%q) = %v, want those of %v", string(run), got, want)
	}
	for _, k := range Keys(nil, []rune(" überraschung ")) {
		if k >= 1<<KeyBits {
			t.Errorf("key %d has more than %d bits", k, KeyBits)
		}
	}
	if n := len(Keys(nil, []rune(" überraschung "))); n > 5*14 {
		t.Errorf("%d n-grams of 14 characters", n)
	}
	if Keys(nil, nil) != nil || Keys(nil, []rune{Pad}) != nil {
		t.Error("keys of nothing")
	}
}

func TestScripts(t *testing.T) {
	for i := 1; i < len(spans); i++ {
		if spans[i].lo <= spans[i-1].hi || spans[i].hi < spans[i].lo {
			t.Errorf("span %#x-%#x is not behind %#x-%#x", spans[i].lo, spans[i].hi, spans[i-1].lo, spans[i-1].hi)
		}
	}
	for r, want := range map[rune]Script{
		'a': Latin, 'Z': Latin, 'ß': Latin, '×': None, '÷': None, '1': None, ' ': None, 'Ж': Cyrillic, 'ψ': Greek,
		'ש': Hebrew, 'ع': Arabic, 'ک': Arabic, '،': None, 'ह': Devanagari, 'ि': Devanagari, '।': None, '१': None, '好': Han,
		'ひ': Kana, 'カ': Kana, 'ー': Kana, '、': None, '한': Hangul, 'ก': Thai, 'ა': Georgian, 'հ': Armenian, 'አ': Ethiopic,
		'த': Tamil, '€': None, '😀': None, -1: None, 0x10FFFF: None, '𠀀': Han,
	} {
		if got := ScriptOf(r); got != want {
			t.Errorf("ScriptOf(%q) = %d, want %d", r, got, want)
		}
	}
}
