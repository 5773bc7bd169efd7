package synthetic

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

// TestDocumentsStay keeps what a seed gives: figures of benchmarks are of these
// documents, and every processor has to make the same.
func TestDocumentsStay(t *testing.T) {
	h := sha256.New()
	m := New(1, 300, 6)
	for i := range uint64(200) {
		record, err := m.Record(i)
		if err != nil {
			t.Fatal(err)
		}
		h.Write(record)
		h.Write([]byte(m.Page(i)))
		h.Write(m.WARC(i))
	}
	const want = "9c91b98cd0007d1f487f46c3ce6c1f2810327c35291ee5e42ca7ffce22c3e026"
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		t.Errorf("the documents of seed 1 have the digest %s, want %s", got, want)
	}
	again := New(1, 300, 6)
	if again.Page(150) != m.Page(150) {
		t.Error("a document depends on those made before it")
	}
}
