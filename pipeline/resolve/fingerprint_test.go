package resolve

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// estimate is the resemblance of two texts as their signatures tell it, per mille.
func estimate(a, b *Fingerprint) int32 {
	var equal int32
	for i := range a.Signature {
		if a.Signature[i] == b.Signature[i] {
			equal++
		}
	}
	return equal * 1000 / permutations
}

// reference is Resemblance by its definition.
func reference(a, b []uint64) int32 {
	in := map[uint64]int{}
	for _, x := range a {
		in[x] |= 1
	}
	for _, x := range b {
		in[x] |= 2
	}
	both := 0
	for _, where := range in {
		if where == 3 {
			both++
		}
	}
	if len(in) == 0 {
		return 0
	}
	return int32(1000 * both / len(in))
}

func TestResemblanceIsByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Most of b is of a, so that all of the scale is met.
		a := rapid.SliceOfNDistinct(rapid.Uint64Range(0, 200), 0, 60, rapid.ID).Draw(t, "a")
		b := slices.Clone(a[rapid.IntRange(0, len(a)).Draw(t, "cut"):])
		b = append(b, rapid.SliceOfN(rapid.Uint64Range(0, 200), 0, 8).Draw(t, "b")...)
		slices.Sort(a)
		slices.Sort(b)
		b = slices.Compact(b)
		want := reference(a, b)
		if got := Resemblance(a, b); got != want {
			t.Fatalf("Resemblance(%v, %v) = %d, want %d", a, b, got, want)
		}
		if got := Resemblance(b, a); got != want {
			t.Fatalf("Resemblance is not symmetric: %d, want %d", got, want)
		}
		if got := resemble(a, b); got != (want >= Threshold) {
			t.Fatalf("resemble(%v, %v) = %t at %d per mille", a, b, got, want)
		}
	})
}

func TestEstimateFollowsResemblance(t *testing.T) {
	g := newTexts(7)
	var pairs, off int32
	for range 40 {
		words := g.words(200 + g.below(300))
		a := NewFingerprint("a", sentences(words), "")
		for edits := 1; edits <= 64; edits *= 2 {
			b := NewFingerprint("b", sentences(g.edited(words, edits)), "")
			exact, guess := Resemblance(a.Shingles, b.Shingles), estimate(&a, &b)
			d := max(exact-guess, guess-exact)
			if d > 200 { // 4.5 standard deviations
				t.Errorf("estimate %d, exact %d", guess, exact)
			}
			pairs, off = pairs+1, off+d
		}
	}
	if mean := off / pairs; mean > 35 { // half-normal: 0.8 of at most 44
		t.Errorf("the estimate is off by %d per mille on average", mean)
	}
}

func TestPermutationsAreFair(t *testing.T) {
	// Each element of a set is the smallest under its share of the permutations.
	g := newTexts(3)
	const size, rounds = 16, 400
	var wins [size]int
	for range rounds {
		set := make([]uint64, size)
		for i := range set {
			set[i] = splitmix(&g.state)
		}
		whole := signature(set)
		for i := range set {
			single := signature(set[i : i+1])
			for p := range whole {
				if whole[p] == single[p] {
					wins[i]++
				}
			}
		}
	}
	const fair = rounds * permutations / size
	for i, n := range wins {
		if n < fair*9/10 || n > fair*11/10 {
			t.Errorf("element %d wins %d times of %d fair ones", i, n, fair)
		}
	}
}

func TestBandsFindWhatResembles(t *testing.T) {
	g := newTexts(11)
	found := map[bool]int{}
	total := map[bool]int{}
	for range 150 {
		words := g.words(300)
		a := NewFingerprint("a", sentences(words), "")
		for _, edits := range []int{3, 6, 40} {
			b := NewFingerprint("b", sentences(g.edited(words, edits)), "")
			near := Resemblance(a.Shingles, b.Shingles) >= Threshold
			total[near]++
			for band := range bands {
				if a.bandKey(band) == b.bandKey(band) {
					found[near]++
					break
				}
			}
		}
	}
	if total[true] < 250 || total[false] < 100 {
		t.Fatalf("the pairs are not what the test needs: %v", total)
	}
	if missed := total[true] - found[true]; missed > 1 {
		t.Errorf("%d of %d near duplicates share no band", missed, total[true])
	}
	if found[false] > total[false]/3 {
		t.Errorf("%d of %d pairs far below the threshold share a band", found[false], total[false])
	}
}

func TestWordsAreFoldedAndOrdered(t *testing.T) {
	equal := [][2]string{
		{"The Ferry LEAVES at noon", "the ferry leaves at noon"},
		{"The ferry, leaves — at noon!", "The ferry leaves at noon"},
		{"ΟΔΟΣ ΑΘΗΝΑΣ", "οδος αθηνας"},
		{"Straße", "straße"},
	}
	for _, pair := range equal {
		if a, b := wordHashes(pair[0]), wordHashes(pair[1]); !slices.Equal(a, b) {
			t.Errorf("%q and %q differ", pair[0], pair[1])
		}
	}
	if slices.Equal(wordHashes("one two"), wordHashes("two one")) {
		t.Error("the order of words is lost")
	}
	for text, want := range map[string]int{
		"":                       0,
		" … — ":                  0,
		"it isn't 3.5 km":        4,
		"船は正午に出る":                7,
		"a \xff\xfe broken text": 3,
	} {
		if got := len(wordHashes(text)); got != want {
			t.Errorf("%q has %d words, want %d", text, got, want)
		}
	}
}

func TestFingerprintOfShortTexts(t *testing.T) {
	g := newTexts(5)
	short := NewFingerprint("a", strings.Join(g.words(MinWords-1), " "), "")
	if short.Words != MinWords-1 || short.Shingles != nil || short.Digest == [16]byte{} {
		t.Errorf("a text below the minimum: %d words, %d shingles", short.Words, len(short.Shingles))
	}
	long := NewFingerprint("a", strings.Join(g.words(MinWords), " "), "")
	if len(long.Shingles) != MinWords-ShingleWords+1 {
		t.Errorf("a text of %d words has %d shingles", MinWords, len(long.Shingles))
	}
	if none := NewFingerprint("a", " \n", "2020"); none.Words != 0 || none.Digest != [16]byte{} || none.PublishedLocal != "2020" {
		t.Errorf("an article without text: %+v", none)
	}
	if n := len(shingles(wordHashes("only three words"))); n != 1 {
		t.Errorf("three words are %d shingles", n)
	}
}

// The values below went into published clusters: a change of them changes
// every corpus.
func TestFingerprintIsFrozen(t *testing.T) {
	f := NewFingerprint("a", "Der Zug nach Überlingen fährt um 7.30 Uhr ab; wer ihn verpasst, nimmt das Schiff, das eine halbe Stunde später am Hafen ablegt.", "")
	if f.Words != 23 || len(f.Shingles) != 19 {
		t.Errorf("%d words, %d shingles", f.Words, len(f.Shingles))
	}
	if f.Shingles[0] != 0x3196c24453fc28f || f.Signature[0] != 0x6505cc8 || f.Signature[127] != 0x97f8160 || f.bandKey(20) != 0xc606ad6ed929ca41 {
		t.Errorf("%#x, %#x, %#x, %#x", f.Shingles[0], f.Signature[0], f.Signature[127], f.bandKey(20))
	}
}

// hostile are texts of which word breaking may look at the same characters again
// and again.
var hostile = []string{"a", "a\u0301", ".\u0301", "\u0301", "a.", "1,", "🇩", "\u200d", "\xff", "אּ\"", "ア", "ก"}

func TestFingerprintOfHostileTexts(t *testing.T) {
	for _, unit := range hostile {
		f := NewFingerprint("a", strings.Repeat(unit, 160_000), "")
		if f.Words > 160_000 || len(f.Shingles) > max(f.Words, 1) {
			t.Errorf("%q: %d words, %d shingles of 160000 characters", unit, f.Words, len(f.Shingles))
		}
	}
}

// BenchmarkFingerprintOfHostileTexts shows that time grows as the text does.
func BenchmarkFingerprintOfHostileTexts(b *testing.B) {
	for _, n := range []int{20_000, 160_000} {
		for _, unit := range hostile {
			text := strings.Repeat(unit, n)
			b.Run(fmt.Sprintf("%q/%d", unit, n), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					NewFingerprint("a", text, "")
				}
			})
		}
	}
}

func FuzzFingerprint(f *testing.F) {
	f.Add("A text, of a few words", "Another text of a few words")
	f.Add("\xff\x00", "")
	f.Add(strings.Repeat("word ", 30), strings.Repeat("ẞ ", 25))
	f.Fuzz(func(t *testing.T, x, y string) {
		a, b := NewFingerprint("a", x, "2020"), NewFingerprint("b", y, "")
		for _, fp := range []*Fingerprint{&a, &b} {
			if !slices.IsSorted(fp.Shingles) || len(slices.Compact(slices.Clone(fp.Shingles))) != len(fp.Shingles) {
				t.Fatal("shingles are not a set")
			}
			if (fp.Words >= MinWords) != (len(fp.Shingles) > 0) {
				t.Fatalf("%d words, %d shingles", fp.Words, len(fp.Shingles))
			}
		}
		r := Resemblance(a.Shingles, b.Shingles)
		if r < 0 || r > 1000 || r != Resemblance(b.Shingles, a.Shingles) || resemble(a.Shingles, b.Shingles) != (r >= Threshold) {
			t.Fatalf("resemblance %d", r)
		}
		if x == y && a.Words >= MinWords && r != 1000 {
			t.Fatalf("a text resembles itself by %d", r)
		}
		plain, ends := plainWords(x)
		if utf8.ValidString(x) && !utf8.Valid(plain) {
			t.Fatal("words of valid text are not valid")
		}
		if n := len(ngrams(plain, ends)); n > max(0, len(ends)-NGramWords+1) {
			t.Fatalf("%d n-grams of %d words", n, len(ends))
		}
	})
}

func BenchmarkNewFingerprint(b *testing.B) {
	g := newTexts(1)
	text := g.text(300)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f := NewFingerprint("a", text, "2020")
		if len(f.Shingles) < 290 {
			b.Fatal("not a text of 300 words")
		}
	}
}
