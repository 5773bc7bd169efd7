package resolve

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"corpus/pipeline/config"
	"corpus/pipeline/normalize/identity"
	"corpus/pipeline/spill"
	"corpus/schema"
)

// SplitOptions say how records are split.
type SplitOptions struct {
	Corpus string             // name of the corpus: two corpora draw differently
	Rule   string             // config.SplitsThread, SplitsCommenter or SplitsTime; SplitsNone needs no Splits
	Shares config.SplitShares // per mille

	// Previous gives the split that an article had in the previous version; nil
	// without one. It has to be a pure function.
	Previous func(articleID string) (split string, ok bool)

	// PreviousCommenter does the same for commenters, under the rule commenter:
	// with other shares than before a draw would tear them out of their split.
	PreviousCommenter func(commenterID string) (split string, ok bool)
}

// Splits says which split a record belongs to.
//
// An article that was in the previous version keeps its split. A newcomer takes
// that of the members of its near-duplicate cluster that were; where these lie
// in several, it bridges them and is unassigned. Every other article goes where
// the rule puts its cluster, an article without near duplicates being its own:
//
//   - thread: by a hash of the corpus' name and the cluster's id.
//   - commenter: articles as in thread. A comment goes by a hash of its
//     commenter, so that no commenter is in two splits; without a commenter it
//     is unassigned.
//   - time: by the oldest day of publication in the cluster, see timeSplits.
//
// But for the rule commenter, a comment is where its article is.
type Splits struct {
	opts     SplitOptions
	clusters *Clusters
	pinned   *table      // cluster id → split, where the previous version knows members; nil without one
	time     *timeSplits // nil for other rules

	mu   sync.Mutex
	last struct{ article, split string } // comments ask again and again
	err  error
}

// NewSplits makes the splits for articles that were shown to the Finder of
// clusters, those without text included.
func NewSplits(ctx context.Context, clusters *Clusters, o SplitOptions) (*Splits, error) {
	s := o.Shares
	if s.Train < 0 || s.Validation < 0 || s.Test < 0 || s.Train+s.Validation+s.Test != 1000 {
		return nil, fmt.Errorf("shares of the splits are %d, %d and %d: they have to add up to 1000 per mille", s.Train, s.Validation, s.Test)
	}
	splits := &Splits{opts: o, clusters: clusters}
	var err error
	switch o.Rule {
	case config.SplitsThread, config.SplitsCommenter:
	case config.SplitsTime:
		if splits.time, err = newTimeSplits(ctx, clusters, o); err != nil {
			return nil, fmt.Errorf("splitting by time: %w", err)
		}
	default:
		return nil, fmt.Errorf("no rule of splits is called %q: there are %s, %s and %s", o.Rule, config.SplitsThread, config.SplitsCommenter, config.SplitsTime)
	}
	if o.Previous != nil {
		if splits.pinned, err = pinClusters(ctx, clusters, o.Previous); err != nil {
			splits.Close()
			return nil, fmt.Errorf("taking over the splits of the previous version: %w", err)
		}
	}
	return splits, nil
}

// Article is the split of an article. It is safe for concurrent use, and cheap
// where ids come in ascending order. Where the disk fails it is unassigned, and
// Err tells.
func (s *Splits) Article(articleID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last.article == articleID && s.last.split != "" {
		return s.last.split
	}
	split, err := s.article(articleID)
	if err != nil {
		if s.err == nil {
			s.err = fmt.Errorf("looking up the split of article %s: %w", articleID, err)
		}
		return schema.SplitUnassigned
	}
	s.last.article, s.last.split = articleID, split
	return split
}

func (s *Splits) article(articleID string) (string, error) {
	if s.opts.Previous != nil {
		split, ok, err := previous(s.opts.Previous, articleID)
		if ok || err != nil {
			return split, err
		}
	}
	cluster, ok, err := s.clusters.members.get(articleID)
	if err != nil {
		return "", err
	}
	if !ok {
		cluster = articleID
	} else if s.pinned != nil {
		split, ok, err := s.pinned.get(cluster)
		if ok || err != nil {
			return split, err
		}
	}
	if s.time != nil {
		return s.time.article(articleID)
	}
	return draw(s.opts, "article", cluster), nil
}

// Comment is the split of a comment. commenterID is "" where it has none.
func (s *Splits) Comment(articleID, commenterID string) string {
	if s.opts.Rule != config.SplitsCommenter {
		return s.Article(articleID)
	}
	if commenterID == "" {
		return schema.SplitUnassigned
	}
	if s.opts.PreviousCommenter != nil {
		split, ok, err := previous(s.opts.PreviousCommenter, commenterID)
		if err != nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.err == nil {
				s.err = err
			}
			return schema.SplitUnassigned
		}
		if ok {
			return split
		}
	}
	return draw(s.opts, "commenter", commenterID)
}

// Err is the first error of Article and Comment.
func (s *Splits) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// Close closes temporary files, which the Finder removes.
func (s *Splits) Close() error {
	if s.pinned != nil {
		s.pinned.close()
	}
	if s.time != nil {
		s.time.dates.close()
	}
	return nil
}

// draw puts an id into a split by its hash: the first 64 bits of its digest
// with the name of the corpus, modulo 1000, against the shares one after the
// other.
func draw(o SplitOptions, kind, id string) string {
	n, err := strconv.ParseUint(identity.Digest("split", o.Corpus, kind, id)[:16], 16, 64)
	if err != nil {
		return schema.SplitUnassigned // not reached: the digest is hexadecimal
	}
	switch place := int(n % 1000); {
	case place < o.Shares.Train:
		return schema.SplitTrain
	case place < o.Shares.Train+o.Shares.Validation:
		return schema.SplitValidation
	default:
		return schema.SplitTest
	}
}

// previous asks for the split of an article or commenter and checks the answer.
func previous(f func(string) (string, bool), id string) (string, bool, error) {
	split, ok := f(id)
	if !ok {
		return "", false, nil
	}
	switch split {
	case schema.SplitTrain, schema.SplitValidation, schema.SplitTest, schema.SplitUnassigned:
		return split, true, nil
	}
	return "", false, fmt.Errorf("the previous version has %s in an unknown split %q", id, split)
}

// pinClusters gives each cluster with members of the previous version the split
// of these. Unassigned members decide nothing where another one does.
func pinClusters(ctx context.Context, clusters *Clusters, prev func(string) (string, bool)) (*table, error) {
	w, err := newTableWriter(clusters.dir, "pinned")
	if err != nil {
		return nil, err
	}
	var cluster []byte
	var pin string
	flush := func() error {
		if pin == "" {
			return nil
		}
		return w.add(cluster, []byte(pin))
	}
	bridged := false
	n := 0
	for row, err := range clusters.rows.all() {
		if err == nil && n%checkEvery == 0 {
			err = ctx.Err()
		}
		n++
		var ids [2][]byte
		if err == nil {
			ids, _, err = twoParts(row.key)
		}
		if err == nil && (cluster == nil || string(cluster) != string(ids[0])) {
			err = flush()
			cluster = append(cluster[:0], ids[0]...)
			pin, bridged = "", false
		}
		var split string
		var ok bool
		if err == nil {
			split, ok, err = previous(prev, string(ids[1]))
		}
		if err != nil {
			w.abort()
			return nil, err
		}
		switch {
		case !ok || bridged || split == pin:
		case pin == "" || pin == schema.SplitUnassigned:
			pin = split
		case split != schema.SplitUnassigned:
			pin, bridged = schema.SplitUnassigned, true
		}
	}
	if err := flush(); err != nil {
		w.abort()
		return nil, err
	}
	t, err := w.finish()
	if err != nil {
		w.abort()
	}
	return t, err
}

// articlesByCluster gives, sorted, a record for every article: its cluster,
// then its time of publication and id.
func articlesByCluster(ctx context.Context, clusters *Clusters) (*spill.Sorter, error) {
	s := spill.New(spill.Options{Dir: clusters.dir, Memory: clusters.memory / 4})
	n := 0
	for row, err := range clusters.dates.all() {
		if err == nil && n%checkEvery == 0 {
			err = ctx.Err()
		}
		n++
		var cluster string
		var ok bool
		if err == nil {
			cluster, ok, err = clusters.members.get(string(row.key))
		}
		if err == nil {
			if !ok {
				cluster = string(row.key)
			}
			err = s.Add([]byte(cluster), spill.Key(publishedOrder(row.value), row.key))
		}
		if err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, nil
}
