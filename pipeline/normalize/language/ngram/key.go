package ngram

// Longest is the greatest length of an n-gram, pads counted.
const Longest = 5

// KeyBits is the size of an n-gram's key. At a hundred thousand n-grams about
// one foreign n-gram in seven hundred meets a key that is not its own, which the
// training sees as well.
const KeyBits = 26

// step takes one more character, to the left, into a running hash
// (multiplicative hashing, Knuth, TAOCP vol. 3, 6.4).
func step(h uint64, r rune) uint64 {
	h = (h ^ uint64(uint32(r))) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

func key(h uint64) uint32 { return uint32(h * 0xD6E8FEB86659FD93 >> (64 - KeyBits)) }

const seed uint64 = 0x636F72707573

// Keys appends the keys of all n-grams of 1 to Longest characters of a run of
// padded words; none reaches over a pad.
func Keys(dst []uint32, run []rune) []uint32 {
	for i := 1; i < len(run); i++ {
		dst = KeysAt(dst, run, i)
	}
	return dst
}

// KeysAt appends the keys of the n-grams that end with character i of a run,
// from 1: one at least, Longest at most.
func KeysAt(dst []uint32, run []rune, i int) []uint32 {
	h := seed
	for n := range Longest {
		r := run[i-n]
		h = step(h, r)
		if n > 0 || r != Pad {
			dst = append(dst, key(h))
		}
		if n > 0 && r == Pad || n == i {
			break
		}
	}
	return dst
}

// Key is the key of one n-gram.
func Key(gram []rune) uint32 {
	h := seed
	for i := len(gram) - 1; i >= 0; i-- {
		h = step(h, gram[i])
	}
	return key(h)
}
