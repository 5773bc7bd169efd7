package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"corpus/pipeline/assemble"
	"corpus/pipeline/cache"
	"corpus/pipeline/config"
	"corpus/pipeline/normalize"
	"corpus/pipeline/privacy"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/pipeline/takedown"
	"corpus/schema"
)

// Holding is a document of an input that holds what a list takes down.
type Holding struct {
	Source   string   `json:"source"`
	Path     string   `json:"path"`
	Locator  string   `json:"locator"`
	SHA256   string   `json:"input_sha256"`
	Requests []string `json:"requests"` // ids
	Article  bool     `json:"article"`  // the article itself
	Comments int      `json:"comments"` // comments under it that were taken down by themselves
}

// Holdings is what the inputs still hold.
type Holdings struct {
	Documents []Holding                  // by source, path, locator
	Whole     map[string]bool            // SOURCE/PATH of inputs that hold nothing but articles that were taken down
	Learned   map[string][]takedown.Mark // by request: what else tells its records, in versions and under other ids
}

// FindHoldings reads all inputs as a build does, and tells which of their
// documents hold what the matcher finds. It writes no version. What builds that
// died have left in the output folder is removed.
func FindHoldings(ctx context.Context, o Options, m *takedown.Matcher) (*Holdings, error) {
	o.matcher, o.Cache, o.Locked = nil, "", false
	if o.Workers <= 0 || o.Memory == 0 || o.Observer == nil {
		o.Workers, o.Memory, o.Observer = max(o.Workers, 1), max(o.Memory, DefaultMemory), silent{}
	}
	if o.Key == nil && o.Config.Privacy != config.PrivacyNone {
		return nil, usage(fmt.Errorf("looking into the inputs needs the key of the corpus, whatever is asked for: comments are told by the pseudonyms of those who wrote them as well; name it with --key"))
	}
	defer limitMemory(o.Memory)()
	version, err := store.Create(o.Out, o.Config.Corpus, store.Next)
	if err != nil {
		return nil, err
	}
	defer version.Abort()
	tmp, err := tempDir(o.Tmp, version)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	o.Observer.Stage(StagePlan, -1)
	inputs, err := planInputs(ctx, &o, spill.Options{Dir: tmp, Memory: o.sortMemory()})
	if err != nil {
		return nil, err
	}
	defer inputs.Close()
	b := &build{Options: o, plan: inputs, version: version, tmp: tmp}
	b.inputs, b.rejections = &inputsRead{sorter: b.sorter()}, &rejections{b.sorter()}
	defer b.inputs.close()
	defer b.rejections.sorter.Close()
	b.ledger = &ledger{rows: b.sorter()}
	b.captures, b.contents = b.sorter(), b.sorter()
	for _, s := range []*spill.Sorter{b.ledger.rows, b.captures, b.contents} {
		defer s.Close()
	}
	if err := b.readDocuments(ctx); err != nil {
		return nil, err
	}
	t, err := b.looking(m)
	if err != nil {
		return nil, err
	}
	t.captures, t.contents, t.observer, t.budget = b.captures, b.contents, b.Observer, newBudget(b.pageMemory())
	found := &search{threads: t, learned: map[string]map[takedown.Mark]bool{}, places: b.sorter()}
	defer found.places.Close()
	t.inspect = found.thread
	if err := t.run(ctx, b.Workers); err != nil {
		return nil, err
	}
	h := found.holdings()
	h.Whole, err = found.whole(b.ledger)
	return h, err
}

// looking are threads that are only looked at.
func (b *build) looking(m *takedown.Matcher) (*threads, error) {
	guard, err := privacy.New(b.Key, b.Config.Corpus, b.Config.Privacy)
	if err != nil {
		return nil, err
	}
	t := &threads{guard: guard, sources: map[string]*config.Source{}, matcher: m}
	for i := range b.Config.Sources {
		t.sources[b.Config.Sources[i].ID] = &b.Config.Sources[i]
	}
	return t, nil
}

// match is what of a thread the matcher takes down; its texts are masked.
func (t *threads) match(th *assemble.Thread, docs []normalize.Document) (*takedown.Effects, error) {
	if _, err := t.guard.Apply(th, func(id string) string { return t.sources[id].IdentityScope }); err != nil {
		return nil, fmt.Errorf("article %s: %w", th.Article.ArticleID, err)
	}
	for i := range th.Comments {
		th.Comments[i].Row.SourceID = th.Comments[i].SourceID
	}
	return t.matcher.Match(t.subject(th, docs)), nil
}

// touches tells whether a document holds, by itself, what the matcher finds.
func (t *threads) touches(doc *normalize.Document) (bool, error) {
	docs := []normalize.Document{*doc}
	result, err := assemble.Assemble(docs)
	if err != nil {
		return false, err
	}
	for i := range result {
		if e, err := t.match(&result[i], docs); e != nil || err != nil {
			return true, err
		}
	}
	return false, nil
}

// search collects what FindHoldings finds.
type search struct {
	*threads
	mu      sync.Mutex
	found   []Holding
	learned map[string]map[takedown.Mark]bool
	places  *spill.Sorter // input of every document → whether its article was taken
}

func (s *search) thread(docs []normalize.Document, th *assemble.Thread) error {
	effects, err := s.match(th, docs)
	if err != nil {
		return err
	}
	for i := range docs {
		state := []byte{0}
		if effects != nil && effects.Article >= 0 {
			state[0] = 1
		}
		if err := s.places.Add(spill.Key([]byte(docs[i].Origin.SourceID), []byte(docs[i].Origin.InputPath)), state); err != nil {
			return err
		}
	}
	if effects == nil {
		return nil
	}
	requests := s.matcher.Requests()
	subject := s.subject(th, docs)
	taken := map[string]string{} // comment → request
	s.mu.Lock()
	defer s.mu.Unlock()
	if effects.Article >= 0 {
		r := &requests[effects.Article]
		if r.What == takedown.WhatURL || r.What == takedown.WhatID {
			s.learn(r.ID, s.matcher.ArticleMarks(&th.Article)...)
		}
	}
	for i, r := range effects.Comments {
		if r < 0 {
			continue
		}
		row, request := &th.Comments[i].Row, &requests[r]
		taken[row.CommentID] = request.ID
		if request.What != takedown.WhatCommenter {
			s.learn(request.ID, s.matcher.CommentMarks(row)...)
			continue
		}
		if row.CommenterID != nil {
			s.learn(request.ID, s.matcher.Pseudonym(*row.CommenterID))
		}
		s.learn(request.ID, s.matcher.Mentions(subject.Scope(i), th.Comments[i].Author)...)
	}
	for i := range docs {
		if err := s.document(&docs[i], effects, taken, requests); err != nil {
			return err
		}
	}
	return nil
}

func (s *search) learn(request string, marks ...takedown.Mark) {
	if s.learned[request] == nil {
		s.learned[request] = map[takedown.Mark]bool{}
	}
	for _, m := range marks {
		s.learned[request][m] = true
	}
}

// document notes a document that holds the article, or comments that were taken.
func (s *search) document(doc *normalize.Document, effects *takedown.Effects, taken map[string]string, requests []takedown.Request) error {
	h := Holding{Source: doc.Origin.SourceID, Path: doc.Origin.InputPath, Locator: doc.Origin.Locator, SHA256: doc.Origin.InputSHA256}
	if effects.Article >= 0 {
		h.Article = true
		h.Requests = append(h.Requests, requests[effects.Article].ID)
	}
	if len(taken) > 0 {
		alone, err := assemble.Assemble([]normalize.Document{*doc})
		if err != nil {
			return err
		}
		for i := range alone {
			for k := range alone[i].Comments {
				c := &alone[i].Comments[k].Row
				if id, ok := taken[c.CommentID]; ok && c.State != schema.StateMissing {
					h.Comments++
					h.Requests = append(h.Requests, id)
				}
			}
		}
	}
	if len(h.Requests) > 0 {
		slices.Sort(h.Requests)
		h.Requests = slices.Compact(h.Requests)
		s.found = append(s.found, h)
	}
	return nil
}

// whole are the inputs all of whose documents show articles that were taken down.
func (s *search) whole(l *ledger) (map[string]bool, error) {
	rejected, err := l.rows.Sort() // of documents that no thread has
	if err != nil {
		return nil, err
	}
	defer rejected.Close()
	for rejected.Next() {
		source, rest, _ := strings.Cut(string(rejected.Key()), "\x00")
		path, _, _ := strings.Cut(rest, "\x00")
		if err := s.places.Add(spill.Key([]byte(source), []byte(path)), []byte{0}); err != nil {
			return nil, err
		}
	}
	if err := rejected.Err(); err != nil {
		return nil, err
	}
	rows, err := s.places.Sort()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	whole := map[string]bool{}
	name, all := "", false
	end := func() {
		if all {
			whole[name] = true
		}
	}
	for rows.Next() {
		parts, err := spill.Parts(rows.Key())
		if err != nil || len(parts) != 2 {
			return nil, spill.ErrKey
		}
		if here := string(parts[0]) + "/" + string(parts[1]); here != name {
			end()
			name, all = here, true
		}
		all = all && rows.Value()[0] == 1
	}
	end()
	return whole, rows.Err()
}

// holdings puts what workers found into an order of its own.
func (s *search) holdings() *Holdings {
	slices.SortFunc(s.found, func(a, b Holding) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Path, b.Path), cmp.Compare(locatorKey(a.Locator), locatorKey(b.Locator)))
	})
	h := &Holdings{Documents: s.found, Learned: map[string][]takedown.Mark{}}
	for id, marks := range s.learned {
		for m := range marks {
			h.Learned[id] = append(h.Learned[id], m)
		}
	}
	return h
}

// PurgeCache removes what the cache in a folder holds of the inputs that
// documents were found in, and gives the number of its entries.
func PurgeCache(dir string, documents []Holding) (int, error) {
	if dir == "" || len(documents) == 0 {
		return 0, nil
	}
	c, err := cache.Open(dir)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	var labels []cache.Label
	seen := map[string]bool{}
	for i := range documents {
		var digest [sha256.Size]byte
		if _, err := hex.Decode(digest[:], []byte(documents[i].SHA256)); err == nil && !seen[documents[i].SHA256] {
			seen[documents[i].SHA256] = true
			labels = append(labels, cache.LabelOf(digest))
		}
	}
	return c.Remove(labels...)
}

// stale is the age at which a folder of temporary files is a dead process's.
const stale = 24 * time.Hour

// PurgeTemporary removes the folders of temporary files that processes which
// died have left in dir ("" for the system's). Those of the last 24 hours may be
// somebody's who still runs: they are counted as left.
func PurgeTemporary(dir string) (removed, left int, err error) {
	if dir == "" {
		dir = os.TempDir()
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0, 0, fmt.Errorf("the folder for temporary files cannot be read: %w", spill.WithoutPath(err))
	}
	for _, e := range entries {
		if !e.IsDir() || !slices.ContainsFunc(temporary, func(prefix string) bool { return strings.HasPrefix(e.Name(), prefix) }) {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // it went meanwhile
		}
		if time.Since(info.ModTime()) < stale {
			left++
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return removed, left, fmt.Errorf("temporary files cannot be removed: %w", spill.WithoutPath(err))
		}
		removed++
	}
	return removed, left, nil
}

// temporary are the beginnings of the names of folders for temporary files.
var temporary = []string{"corpus-build-", "corpus-compare-", "corpus-verify-", "corpus-release-", "corpus-rebuild-", "corpus-rehydrate-", "corpus-erratum-", "corpus-prune-"}
