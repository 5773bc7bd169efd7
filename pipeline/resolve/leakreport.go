package resolve

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sync"

	"corpus/pipeline/spill"
	"corpus/schema"
)

// Splits in one byte; the sets of splits below are bits of them.
const (
	unassigned = 0
	train      = 1
	validation = 2
	test       = 4
)

// splitPairs are the pairs of splits that are looked at: what is held out
// against what a model may have seen before.
var splitPairs = [...]struct{ of, in byte }{{test, train}, {test, validation}, {validation, train}}

func splitByte(split string) (byte, error) {
	switch split {
	case schema.SplitTrain:
		return train, nil
	case schema.SplitValidation:
		return validation, nil
	case schema.SplitTest:
		return test, nil
	case schema.SplitUnassigned:
		return unassigned, nil
	}
	return 0, fmt.Errorf("a record is in an unknown split %q", split)
}

func splitName(split byte) string {
	switch split {
	case train:
		return schema.SplitTrain
	case validation:
		return schema.SplitValidation
	case test:
		return schema.SplitTest
	}
	return schema.SplitUnassigned
}

// LeakReport looks for leaks between the splits of the finished records. It
// knows nothing of how these were made: it compares every n-gram of every
// article and every commenter of every comment, through sorts on disk. Records
// may come in any order, from several goroutines.
type LeakReport struct {
	dir    string
	memory int64

	ngrams     *spill.Sorter // hash of an n-gram → split, number of the article
	texts      *spill.Sorter // digest of a text → split
	threads    *spill.Sorter // article id → split of it or of a comment
	commenters *spill.Sorter // commenter id → split

	mu       sync.Mutex
	number   uint32 // of articles that are in a split: never reaches a result
	leaks    Leaks
	shared   *spill.Sorter // number of the article → its split and n-grams
	lastSeen struct {
		article string
		split   byte
	}
	done bool
}

// NewLeakReport is a report without records. Its temporary files lie in a new
// folder in dir ("" for the system's); memory bounds what it holds, in bytes.
func NewLeakReport(dir string, memory int64) (*LeakReport, error) {
	own, err := os.MkdirTemp(dir, "corpus-leaks-")
	if err != nil {
		return nil, spill.Explain(err, dir, 0)
	}
	if memory <= 0 {
		memory = spill.DefaultMemory
	}
	sorter := func(share int64) *spill.Sorter { return spill.New(spill.Options{Dir: own, Memory: memory / share}) }
	return &LeakReport{
		dir: own, memory: memory,
		ngrams: sorter(2), texts: sorter(16), threads: sorter(8), commenters: sorter(8), shared: sorter(8),
	}, nil
}

var errReportDone = errors.New("the leak report takes no more records")

// AddArticle takes an article of a split; text is "" where it has none. It is
// safe for concurrent use.
func (r *LeakReport) AddArticle(articleID, split, text string) error {
	s, err := splitByte(split)
	if err != nil {
		return err
	}
	plain, ends := plainWords(text)
	r.mu.Lock()
	if r.done {
		r.mu.Unlock()
		return errReportDone
	}
	r.leaks.Articles.add(s)
	if s != unassigned && len(ends) > 0 && len(ends) < NGramWords {
		r.leaks.ShortTexts++
	}
	number := r.number
	if s != unassigned && len(ends) > 0 {
		if r.number == 1<<32-1 {
			r.mu.Unlock()
			return errors.New("more than 4294967295 articles: split the corpus")
		}
		r.number++
	}
	r.mu.Unlock()
	if s == unassigned {
		return nil
	}
	if err := r.thread(articleID, s); err != nil {
		return err
	}
	if len(ends) == 0 {
		return nil
	}
	sum := sha256.Sum256(plain)
	if err := r.texts.Add(sum[:16], []byte{s}); err != nil {
		return err
	}
	grams := ngrams(plain, ends)
	value := binary.BigEndian.AppendUint32([]byte{s}, number)
	if s != train { // only looked for, never looked at
		total := binary.BigEndian.AppendUint64([]byte{0, s}, uint64(len(grams)))
		if err := r.shared.Add(value[1:], total); err != nil {
			return err
		}
	}
	var key [8]byte
	for _, g := range grams {
		binary.BigEndian.PutUint64(key[:], g)
		if err := r.ngrams.Add(key[:], value); err != nil {
			return err
		}
	}
	return nil
}

// AddComment takes a comment of a split; commenterID is "" where it has none.
// It is safe for concurrent use.
func (r *LeakReport) AddComment(articleID, split, commenterID string) error {
	s, err := splitByte(split)
	if err != nil {
		return err
	}
	r.mu.Lock()
	if r.done {
		r.mu.Unlock()
		return errReportDone
	}
	r.leaks.Comments.add(s)
	if commenterID == "" {
		r.leaks.CommentsWithoutCommenter++
	}
	r.mu.Unlock()
	if s == unassigned {
		return nil
	}
	if err := r.thread(articleID, s); err != nil {
		return err
	}
	if commenterID == "" {
		return nil
	}
	return r.commenters.Add([]byte(commenterID), []byte{s})
}

// thread notes that a part of an article's thread is in split.
func (r *LeakReport) thread(articleID string, split byte) error {
	r.mu.Lock()
	again := r.lastSeen.article == articleID && r.lastSeen.split == split
	r.lastSeen.article, r.lastSeen.split = articleID, split
	r.mu.Unlock()
	if again {
		return nil
	}
	return r.threads.Add([]byte(articleID), []byte{split})
}

// Report ends adding and gives the report. It works once.
func (r *LeakReport) Report() (Leaks, error) {
	r.mu.Lock()
	if r.done {
		r.mu.Unlock()
		return Leaks{}, errReportDone
	}
	r.done = true
	leaks := r.leaks
	r.mu.Unlock()
	leaks.NGramWords = NGramWords
	for _, p := range splitPairs {
		leaks.Texts = append(leaks.Texts, TextLeak{Of: splitName(p.of), In: splitName(p.in)})
		leaks.Commenters = append(leaks.Commenters, CommenterLeak{Of: splitName(p.of), In: splitName(p.in)})
	}
	for _, step := range []func(*Leaks) error{r.countTexts, r.matchNGrams, r.countShared, r.countCommenters, r.countThreads} {
		if err := step(&leaks); err != nil {
			return Leaks{}, fmt.Errorf("looking for leaks between the splits: %w", err)
		}
	}
	return leaks, nil
}

// Close removes the temporary files. It may be called more than once.
func (r *LeakReport) Close() error {
	r.mu.Lock()
	r.done = true
	r.mu.Unlock()
	err := errors.Join(r.ngrams.Close(), r.texts.Close(), r.threads.Close(), r.commenters.Close(), r.shared.Close())
	if gone := os.RemoveAll(r.dir); gone != nil && err == nil {
		err = fmt.Errorf("removing temporary files: %w", spill.WithoutPath(gone))
	}
	return err
}

// groups calls each with the number of records of every split under one key,
// where the first byte of the values is the split.
func groups(s *spill.Sorter, each func(count *[test + 1]int64) error) error {
	rows, err := s.Sort()
	if err != nil {
		return err
	}
	defer rows.Close()
	var key []byte
	var count [test + 1]int64
	any := false
	for rows.Next() {
		if any && !bytes.Equal(key, rows.Key()) {
			if err := each(&count); err != nil {
				return err
			}
			count = [test + 1]int64{}
		}
		any = true
		key = append(key[:0], rows.Key()...)
		v := rows.Value()
		if len(v) != 1 || v[0] > test {
			return errDamaged
		}
		count[v[0]]++
	}
	if err := rows.Err(); err != nil || !any {
		return err
	}
	return each(&count)
}

func (r *LeakReport) countTexts(leaks *Leaks) error {
	return groups(r.texts, func(count *[test + 1]int64) error {
		for i, p := range splitPairs {
			if count[p.in] > 0 {
				leaks.Texts[i].EqualTexts += count[p.of]
			}
		}
		return nil
	})
}

func (r *LeakReport) countCommenters(leaks *Leaks) error {
	err := groups(r.commenters, func(count *[test + 1]int64) error {
		for i, p := range splitPairs {
			if count[p.of] == 0 {
				continue
			}
			c := &leaks.Commenters[i]
			c.Commenters++
			c.Comments += count[p.of]
			if count[p.in] > 0 {
				c.CommentersSeen++
				c.CommentsSeen += count[p.of]
			}
		}
		return nil
	})
	for i := range leaks.Commenters {
		c := &leaks.Commenters[i]
		c.SeenPerMille = perMille(c.CommentsSeen, c.Comments)
	}
	return err
}

func (r *LeakReport) countThreads(leaks *Leaks) error {
	return groups(r.threads, func(count *[test + 1]int64) error {
		splits := 0
		for _, s := range []byte{train, validation, test} {
			if count[s] > 0 {
				splits++
			}
		}
		if splits > 1 {
			leaks.CrossingThreads++
		}
		return nil
	})
}

// matchNGrams notes, for every n-gram of an article outside train, the earlier
// splits that have it: records under one n-gram come by split, train first,
// then validation, then test.
func (r *LeakReport) matchNGrams(*Leaks) error {
	rows, err := r.ngrams.Sort()
	if err != nil {
		return err
	}
	defer rows.Close()
	var key []byte
	var seen byte
	for rows.Next() {
		if !bytes.Equal(key, rows.Key()) {
			key = append(key[:0], rows.Key()...)
			seen = 0
		}
		v := rows.Value()
		if len(v) != 5 {
			return errDamaged
		}
		split := v[0]
		if before := seen &^ split; before != 0 {
			if err := r.shared.Add(v[1:], []byte{1, before}); err != nil {
				return err
			}
		}
		seen |= split
	}
	return rows.Err()
}

// countShared goes through the articles outside train: under each number comes
// the split with the number of n-grams, then a record for each n-gram that an
// earlier split has.
func (r *LeakReport) countShared(leaks *Leaks) error {
	rows, err := r.shared.Sort()
	if err != nil {
		return err
	}
	defer rows.Close()
	var split byte
	var total int64
	var shared [len(splitPairs)]int64
	flush := func() {
		for i, p := range splitPairs {
			if split != p.of {
				continue
			}
			t := &leaks.Texts[i]
			t.NGrams += total
			t.NGramsShared += shared[i]
			if shared[i] > 0 {
				t.AnyShared++
			}
			for _, level := range []struct {
				perMille int64
				count    *int64
			}{{200, &t.Shared200}, {500, &t.Shared500}, {800, &t.Shared800}} {
				if shared[i] > 0 && shared[i]*1000 >= total*level.perMille {
					*level.count++
				}
			}
		}
		shared = [len(splitPairs)]int64{}
	}
	for rows.Next() {
		v := rows.Value()
		switch {
		case len(v) == 10 && v[0] == 0:
			flush()
			split, total = v[1], int64(binary.BigEndian.Uint64(v[2:]))
		case len(v) == 2 && v[0] == 1:
			for i, p := range splitPairs {
				if p.of == split && v[1]&p.in != 0 {
					shared[i]++
				}
			}
		default:
			return errDamaged
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	flush()
	for i := range leaks.Texts {
		t := &leaks.Texts[i]
		t.SharedPerMille = perMille(t.NGramsShared, t.NGrams)
	}
	return nil
}
