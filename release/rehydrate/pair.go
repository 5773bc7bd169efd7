package rehydrate

import (
	"encoding/binary"

	"corpus/release/keep"
	"corpus/schema"
)

// pair finds for every comment of a release the one that the inputs show: its
// index, or -1. A native id names it. The id of any other is made of its text
// and the release has another in its place: such comments are paired by digest
// and time, then by time and what the release says of the text, then by time
// and place alone, which says that the text is another one; equal ones in the
// order of the thread.
func pair(released, built []schema.Comment, terms keep.Terms) []int {
	pairs := make([]int, len(released))
	byID := make(map[string]int, len(built))
	used := make([]bool, len(built))
	times := make([]schema.Comment, len(built))
	for j := range built {
		byID[built[j].CommentID] = j
		times[j] = built[j]
		keep.Times(&times[j], terms.Precision)
	}
	for i := range released {
		pairs[i] = -1
		if c := &released[i]; c.IDBasis == schema.BasisNative {
			if j, ok := byID[c.CommentID]; ok && built[j].IDBasis == schema.BasisNative {
				pairs[i], used[j] = j, true
			}
		}
	}
	for _, key := range []func(c, time *schema.Comment) string{byDigest, byFacts, byPlace} {
		waiting := map[string][]int{}
		for j := range built {
			if k := key(&built[j], &times[j]); !used[j] && built[j].IDBasis == schema.BasisContent && k != "" {
				waiting[k] = append(waiting[k], j)
			}
		}
		for i := range released {
			c := &released[i]
			if pairs[i] >= 0 || c.IDBasis != schema.BasisContent {
				continue
			}
			k := key(c, c)
			if list := waiting[k]; k != "" && len(list) > 0 {
				pairs[i], used[list[0]] = list[0], true
				waiting[k] = list[1:]
			}
		}
	}
	return pairs
}

func byDigest(c, time *schema.Comment) string {
	if c.TextSHA256 == nil {
		return ""
	}
	return "digest " + *c.TextSHA256 + value(time.PostedLocal)
}

func byFacts(c, time *schema.Comment) string {
	if c.NChars >= schema.MinDigest {
		return "" // has a digest
	}
	b := []byte("facts " + value(time.PostedLocal) + "\x00" + c.State + "\x00")
	for _, n := range []int32{c.NChars, c.NWords, c.Depth} {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	for _, block := range c.Blocks {
		b = append(b, block.Kind...)
		for _, n := range []int32{block.Level, block.Start, block.End} {
			b = binary.BigEndian.AppendUint32(b, uint32(n))
		}
	}
	return string(b)
}

func byPlace(c, time *schema.Comment) string {
	b := []byte("place " + value(time.PostedLocal) + "\x00")
	return string(binary.BigEndian.AppendUint32(b, uint32(c.Depth)))
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
