package pipeline

import (
	"encoding/binary"
	"fmt"

	"github.com/go-json-experiment/json"
)

// Kinds of results.
const (
	resultDocument     = iota + 1 // a document in normal form
	resultLedger                  // a ledger row
	resultRevisit                 // a record of a web archive without payload
	resultReservations            // a file by which a server reserves rights
	resultBatch                   // in the entry of an input: the key of the entry of a batch
)

// result is what one document gave, in the form in which it is sorted: so it
// is written once, whether it goes to the cache, to a sorter or to both.
type result struct {
	kind    byte
	key     []byte // of a document among the captures, of a row in the ledger
	payload []byte // of a document in a web archive: its key among the originals
	value   []byte // of a document in its packed form, else JSON
}

func newResult(kind byte, v any) (result, error) {
	value, err := json.Marshal(v)
	if err != nil {
		return result{}, fmt.Errorf("writing what a document gave: %w", err)
	}
	return result{kind: kind, value: value}, nil
}

// appendResult appends a result to the content of an entry of the cache: its
// kind, then its three parts, each preceded by its length.
func appendResult(out []byte, r *result) []byte {
	out = append(out, r.kind)
	for _, part := range [][]byte{r.key, r.payload, r.value} {
		out = append(binary.AppendUvarint(out, uint64(len(part))), part...)
	}
	return out
}

// encodeResults is the content of an entry of the cache: what stands before and
// the results.
func encodeResults(before []byte, results []result) []byte {
	n := len(before)
	for i := range results {
		r := &results[i]
		n += 1 + 3*binary.MaxVarintLen32 + len(r.key) + len(r.payload) + len(r.value)
	}
	out := append(make([]byte, 0, n), before...)
	for i := range results {
		out = appendResult(out, &results[i])
	}
	return out
}

// decodeResults reads what encodeResults wrote; ok is false where it did not.
func decodeResults(content []byte) (results []result, ok bool) {
	for len(content) > 0 {
		r := result{kind: content[0]}
		if r.kind < resultDocument || r.kind > resultBatch {
			return nil, false
		}
		content = content[1:]
		for _, part := range []*[]byte{&r.key, &r.payload, &r.value} {
			n, size := binary.Uvarint(content)
			if size <= 0 || n > uint64(len(content)-size) {
				return nil, false
			}
			*part, content = content[size:size+int(n)], content[size+int(n):]
		}
		results = append(results, r)
	}
	return results, true
}
