package pipeline

import (
	"bytes"
	"testing"
)

// FuzzDecodeResults: an entry of the cache that is not as it was written is no
// entry, and never a panic; what is one comes back as it was.
func FuzzDecodeResults(f *testing.F) {
	f.Add(encodeResults(nil, []result{{kind: resultDocument, key: []byte("a\x00b"), payload: []byte("p"), value: []byte("{}")}, {kind: resultLedger, value: []byte("{}")}}))
	f.Add([]byte{resultRevisit, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Add([]byte{9, 0, 0, 0})
	f.Fuzz(func(t *testing.T, content []byte) {
		results, ok := decodeResults(content)
		if !ok {
			return
		}
		again, ok := decodeResults(encodeResults(nil, results))
		if !ok || len(again) != len(results) {
			t.Fatalf("%d results became %d", len(results), len(again))
		}
		for i := range results {
			a, b := results[i], again[i]
			if a.kind != b.kind || !bytes.Equal(a.key, b.key) || !bytes.Equal(a.payload, b.payload) || !bytes.Equal(a.value, b.value) {
				t.Fatalf("result %d changed", i)
			}
		}
	})
}
