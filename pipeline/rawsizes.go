package pipeline

import (
	"maps"
	"sync"

	"corpus/pipeline/store"
	"corpus/schema"
)

// commenterRaw is the size of a row of commenters in raw bytes, roughly.
const commenterRaw = 56

// rawSizes adds up the raw bytes of the rows that every table will hold, by
// which it is cut into shards before its first row is written. A sum does not
// depend on the order in which workers add to it.
type rawSizes struct {
	mu    sync.Mutex
	bytes map[string]int64
}

func newRawSizes() *rawSizes { return &rawSizes{bytes: map[string]int64{}} }

// add adds the rows of a thread. Commenters are counted once a comment, which
// is the most that there can be.
func (r *rawSizes) add(th *thread) error {
	articles, err := store.RawBytes(schema.TableArticles, &th.Article)
	if err != nil {
		return err
	}
	var comments, captures, commenters int64
	for i := range th.Comments {
		n, err := store.RawBytes(schema.TableComments, &th.Comments[i])
		if err != nil {
			return err
		}
		comments += n
		if th.Comments[i].CommenterID != nil {
			commenters += commenterRaw
		}
	}
	for i := range th.Captures {
		n, err := store.RawBytes(schema.TableCaptures, &th.Captures[i])
		if err != nil {
			return err
		}
		captures += n
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bytes[schema.TableArticles] += articles
	r.bytes[schema.TableComments] += comments
	r.bytes[schema.TableCaptures] += captures
	r.bytes[schema.TableCommenters] += commenters
	return nil
}

// sizes are the sums by table.
func (r *rawSizes) sizes() map[string]int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.bytes)
}
