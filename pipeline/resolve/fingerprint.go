package resolve

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"

	"github.com/zeebo/xxh3"
)

// The resemblance of two texts is that of Broder, On the resemblance and
// containment of documents (SEQUENCES 1997): the number of word sequences that
// both hold over the number that either holds. MinHash and its bands are those
// of Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3.
const (
	// ShingleWords is the length of the word sequences that texts are compared by.
	ShingleWords = 5
	// MinWords is the least number of words of a text that can be a near
	// duplicate; shorter ones are duplicates only where they are equal. Below
	// it one word decides, and stock phrases would join what is unrelated.
	MinWords = 20
	// Threshold is the least resemblance of near duplicates, per mille.
	Threshold = 800

	permutations = 128
	bands        = 21 // of six values: finds 998 of 1000 pairs at 800 per mille, 15 at 300
	bandValues   = 6
)

// Fingerprint is what near duplicates of an article are found by.
type Fingerprint struct {
	ArticleID      string
	PublishedLocal string               // ISO 8601 cut at its precision; "" where unknown
	Words          int                  // words of the text
	Digest         [16]byte             // first half of the text's SHA-256; meaningless without words
	Shingles       []uint64             // hashes of the text's shingles, ascending, each once; none below MinWords
	Signature      [permutations]uint32 // MinHash of Shingles
}

// NewFingerprint takes the fingerprint of an article's text. An article
// without text takes part with its date alone. publishedLocal is as in the
// column published_local. It is a pure function and safe for concurrent use.
func NewFingerprint(articleID, text, publishedLocal string) Fingerprint {
	f := Fingerprint{ArticleID: articleID, PublishedLocal: publishedLocal}
	hashes := wordHashes(text)
	f.Words = len(hashes)
	if f.Words == 0 {
		return f
	}
	sum := sha256.Sum256([]byte(text))
	copy(f.Digest[:], sum[:])
	if f.Words >= MinWords {
		f.Shingles = shingles(hashes)
		f.Signature = signature(f.Shingles)
	}
	return f
}

// shingles are the hashes of the sequences of ShingleWords words, ascending and
// each once. A shorter text is one sequence.
func shingles(words []uint64) []uint64 {
	if len(words) == 0 {
		return nil
	}
	var buf [8 * ShingleWords]byte
	width := min(ShingleWords, len(words))
	set := make([]uint64, 0, len(words)-width+1)
	for i := 0; i+width <= len(words); i++ {
		for j := range width {
			binary.LittleEndian.PutUint64(buf[8*j:], words[i+j])
		}
		set = append(set, xxh3.Hash(buf[:8*width]))
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// permutation maps x to multiplier*x + addend mod 2^64; as the multiplier is
// odd, no two values meet.
type permutation struct{ multiplier, addend uint64 }

// permutationTable holds the permutations. Their constants are the sequence of
// splitmix64 (Steele, Lea, Flood, Fast splittable pseudorandom number
// generators, OOPSLA 2014) from a fixed seed.
var permutationTable = func() (table [permutations]permutation) {
	state := uint64(0x636f72707573) // "corpus"
	for i := range table {
		table[i].multiplier = splitmix(&state) | 1
		table[i].addend = splitmix(&state)
	}
	return table
}()

func splitmix(state *uint64) uint64 {
	*state += 0x9e3779b97f4a7c15
	z := *state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// signature is the MinHash of set: for each permutation the high half of the
// smallest value.
func signature(set []uint64) (sig [permutations]uint32) {
	// Four permutations at a time stay in registers while set is read.
	for i := 0; i < permutations; i += 4 {
		p0, p1, p2, p3 := permutationTable[i], permutationTable[i+1], permutationTable[i+2], permutationTable[i+3]
		m0, m1, m2, m3 := uint64(math.MaxUint64), uint64(math.MaxUint64), uint64(math.MaxUint64), uint64(math.MaxUint64)
		for _, x := range set {
			m0 = min(m0, x*p0.multiplier+p0.addend)
			m1 = min(m1, x*p1.multiplier+p1.addend)
			m2 = min(m2, x*p2.multiplier+p2.addend)
			m3 = min(m3, x*p3.multiplier+p3.addend)
		}
		sig[i], sig[i+1], sig[i+2], sig[i+3] = uint32(m0>>32), uint32(m1>>32), uint32(m2>>32), uint32(m3>>32)
	}
	return sig
}

// bandKey is the hash of the values of one band of the signature.
func (f *Fingerprint) bandKey(band int) uint64 {
	var buf [4 * bandValues]byte
	for i := range bandValues {
		binary.LittleEndian.PutUint32(buf[4*i:], f.Signature[band*bandValues+i])
	}
	return xxh3.Hash(buf[:])
}

// Resemblance is the exact resemblance of two ascending sets of shingles, per
// mille, cut to an integer: 1000 means equal sets. An empty set resembles
// nothing.
func Resemblance(a, b []uint64) int32 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	either := len(a) + len(b) - both
	if either == 0 {
		return 0
	}
	return int32(int64(both) * 1000 / int64(either))
}

// resemble tells whether Resemblance reaches Threshold. It stops as soon as
// the answer is settled, which for unlike texts is early.
func resemble(a, b []uint64) bool {
	if !sizesAllow(len(a), len(b)) {
		return false
	}
	// both >= t/(1000+t) * (len(a)+len(b)) is the same as both/either >= t/1000.
	need := (Threshold*(len(a)+len(b)) + 1000 + Threshold - 1) / (1000 + Threshold)
	spareA, spareB := len(a)-need, len(b)-need
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
			if spareA--; spareA < 0 {
				return false
			}
		case a[i] > b[j]:
			j++
			if spareB--; spareB < 0 {
				return false
			}
		default:
			i++
			j++
		}
	}
	return Resemblance(a, b) >= Threshold
}

// sizesAllow tells whether sets of these sizes can reach Threshold at all: the
// smaller one would have to lie within the larger.
func sizesAllow(a, b int) bool {
	return a > 0 && b > 0 && int64(min(a, b))*1000 >= int64(max(a, b))*Threshold
}
