package resolve

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sync"

	"corpus/pipeline/spill"
)

// Finder gathers fingerprints and finds the near duplicates among them. It
// keeps them in a folder of its own; in memory it takes what NewFinder states
// and, while Clusters works, five bytes an article.
type Finder struct {
	dir    string
	memory int64

	articles *spill.Sorter // by id
	bands    *spill.Sorter // members by digest and by band
	sets     *setFile

	mu    sync.Mutex
	count uint32
	done  bool
	err   error
}

// NewFinder is a Finder with its temporary files in a new folder in dir ("" for
// the system's). memory bounds what it holds at a time, in bytes.
func NewFinder(dir string, memory int64) (*Finder, error) {
	own, err := os.MkdirTemp(dir, "corpus-resolve-")
	if err != nil {
		return nil, spill.Explain(err, dir, 0)
	}
	if memory <= 0 {
		memory = spill.DefaultMemory
	}
	sets, err := newSetFile(own)
	if err != nil {
		_ = os.RemoveAll(own)
		return nil, err
	}
	return &Finder{
		dir:      own,
		memory:   memory,
		articles: spill.New(spill.Options{Dir: own, Memory: memory / 4}),
		bands:    spill.New(spill.Options{Dir: own, Memory: memory - memory/4}),
		sets:     sets,
	}, nil
}

// Kinds of keys in Finder.bands; those of equal texts come first.
const (
	equalTexts = 0
	firstBand  = 1
)

// Add takes the fingerprint of an article. It is safe for concurrent use; the
// order does not matter. The same article twice is an error of Clusters.
func (f *Finder) Add(fp Fingerprint) error {
	number, err := f.number()
	if err != nil {
		return err
	}
	m := member{number: number, shingles: len(fp.Shingles), digest: fp.Digest}
	if len(fp.Shingles) > 0 {
		if m.offset, err = f.sets.add(fp.Shingles); err != nil {
			return f.fail(err)
		}
	}
	id := []byte(fp.ArticleID)
	if err := f.articles.Add(id, append(m.appendWithDigest(nil), fp.PublishedLocal...)); err != nil {
		return f.fail(err)
	}
	if fp.Words == 0 {
		return nil
	}
	// The id comes first, so that the members of a bucket are in its order.
	value := m.append(spill.Key(id))
	key := append([]byte{equalTexts}, fp.Digest[:]...)
	if err := f.bands.Add(key, value); err != nil {
		return f.fail(err)
	}
	if len(fp.Shingles) == 0 {
		return nil
	}
	for band := range bands {
		key = append(key[:0], byte(firstBand+band))
		key = binary.BigEndian.AppendUint64(key, fp.bandKey(band))
		if err := f.bands.Add(key, value); err != nil {
			return f.fail(err)
		}
	}
	return nil
}

func (f *Finder) number() (uint32, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return 0, f.err
	}
	if f.done {
		return 0, errors.New("the search for near duplicates takes no more articles")
	}
	if f.count == 1<<32-1 {
		return 0, errors.New("more than 4294967295 articles: split the corpus")
	}
	f.count++
	return f.count - 1, nil
}

func (f *Finder) fail(err error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = fmt.Errorf("gathering fingerprints: %w", err)
	}
	return f.err
}

// Clusters ends adding and finds the clusters of near duplicates: articles
// that are linked, directly or through others, by equal texts or by a
// resemblance of at least Threshold. It works once. The result reads from the
// Finder's files and is of no use after Close.
//
// Candidates are the articles that share a band of their MinHash; every pair of
// them that is not linked yet is checked exactly. Of a band's bucket with more
// than 64 members, 64 are kept at a time to check the others against; a kept
// one whose cluster another kept one stands for gives its place to a newcomer
// that resembles none. So a link is missed only where MinHash misses it (about
// 2 of 1000 pairs at the threshold), or where each bucket that the two share
// holds more than 64 texts that do not resemble each other.
func (f *Finder) Clusters(ctx context.Context) (*Clusters, error) {
	f.mu.Lock()
	if f.err == nil && f.done {
		f.err = errors.New("near duplicates are looked for once")
	}
	f.done = true
	err := f.err
	f.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if err := f.sets.flush(); err != nil {
		return nil, err
	}
	components, err := f.link(ctx)
	if err != nil {
		return nil, fmt.Errorf("looking for near duplicates: %w", err)
	}
	c, err := f.cluster(ctx, components)
	if err != nil {
		return nil, fmt.Errorf("writing clusters of near duplicates: %w", err)
	}
	return c, nil
}

// Close removes the temporary files, those of the Clusters and of the Splits
// made from them as well. It may be called more than once.
func (f *Finder) Close() error {
	f.mu.Lock()
	f.done = true
	f.mu.Unlock()
	f.sets.close()
	err := errors.Join(f.articles.Close(), f.bands.Close())
	if gone := os.RemoveAll(f.dir); gone != nil && err == nil {
		err = fmt.Errorf("removing temporary files: %w", spill.WithoutPath(gone))
	}
	return err
}
