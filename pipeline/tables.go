package pipeline

import (
	"bytes"
	"context"
	"fmt"

	"github.com/go-json-experiment/json"

	"corpus/datasheets/statistics"
	"corpus/pipeline/compare"
	"corpus/pipeline/config"
	"corpus/pipeline/resolve"
	"corpus/pipeline/store"
	"corpus/schema"
)

// tables writes all tables of a version in the order of their keys, and counts
// on the way what report, card and manifest say.
type tables struct {
	*build
	clusters *resolve.Clusters
	splits   *resolve.Splits // nil without splits
	before   splitsBefore
	leaks    *resolve.LeakReport
	measured *statistics.Collector

	files      []store.FileInfo
	tallies    []*Tally
	bySplit    map[string]int64
	examples   []string
	difference *compare.Summary // to the previous version, nil without one
	newReject  int64            // rejected documents that the lock did not have, under --locked
}

// articlesAndComments writes the threads: articles and captures in the order
// of article_id, comments in that of the article and their position.
func (t *tables) articlesAndComments(ctx context.Context) error {
	rows, err := t.finished.Sort()
	if err != nil {
		return fmt.Errorf("sorting threads: %w", err)
	}
	defer rows.Close()
	articles, err := store.NewShards[schema.Article](t.version, schema.TableArticles)
	if err != nil {
		return err
	}
	defer articles.Abort()
	comments, err := store.NewShards[schema.Comment](t.version, schema.TableComments)
	if err != nil {
		return err
	}
	defer comments.Abort()
	captures, err := store.NewShards[schema.Capture](t.version, "captures")
	if err != nil {
		return err
	}
	defer captures.Abort()
	var value []byte // of a thread, used again
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if value, err = unpack(rows.Value(), value); err != nil {
			return err
		}
		var th thread
		if err := json.Unmarshal(value, &th); err != nil {
			return fmt.Errorf("reading a thread: %w", err)
		}
		if err := t.resolved(&th); err != nil {
			return err
		}
		t.measured.AddThread(&th.Article, th.Comments, th.Captures)
		if err := articles.Write(th.Article); err != nil {
			return err
		}
		for i := range th.Comments {
			if err := comments.Write(th.Comments[i]); err != nil {
				return err
			}
		}
		for i := range th.Captures {
			if err := captures.Write(th.Captures[i]); err != nil {
				return err
			}
		}
		t.Observer.Advance(1)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("sorting threads: %w", err)
	}
	// Closing a table takes memory, so the threads let go of theirs.
	if err := rows.Close(); err != nil {
		return fmt.Errorf("sorting threads: %w", err)
	}
	for _, s := range []interface {
		Close() ([]store.FileInfo, error)
	}{articles, comments, captures} {
		if err := t.close(s); err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) close(s interface {
	Close() ([]store.FileInfo, error)
}) error {
	files, err := s.Close()
	t.files = append(t.files, files...)
	return err
}

// resolved gives article and comments their cluster and split, and shows them
// to the leak report.
func (t *tables) resolved(th *thread) error {
	a := &th.Article
	if cluster, ok := t.clusters.Of(a.ArticleID); ok {
		a.NearDuplicateCluster = &cluster
	}
	if t.splits != nil {
		split := t.splits.Article(a.ArticleID)
		a.Split = &split
		t.bySplit[split]++
		if err := t.leaks.AddArticle(a.ArticleID, split, text(a.Text)); err != nil {
			return err
		}
	}
	for i := range th.Comments {
		c := &th.Comments[i]
		c.NearDuplicateCluster = a.NearDuplicateCluster
		if t.splits == nil {
			continue
		}
		split := t.splits.Comment(a.ArticleID, text(c.CommenterID))
		c.Split = &split
		if err := t.leaks.AddComment(a.ArticleID, split, text(c.CommenterID)); err != nil {
			return err
		}
	}
	return nil
}

// text is *s, or nothing.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// commenterTable writes one row a commenter out of the comments in their order.
func (t *tables) commenterTable(ctx context.Context) error {
	rows, err := t.commenters.Sort()
	if err != nil {
		return fmt.Errorf("sorting commenters: %w", err)
	}
	defer rows.Close()
	out, err := store.NewShards[schema.Commenter](t.version, "commenters")
	if err != nil {
		return err
	}
	defer out.Abort()
	var current schema.Commenter
	var article []byte
	flush := func() error {
		if current.CommenterID == "" {
			return nil
		}
		t.measured.AddCommenter(&current)
		return out.Write(current)
	}
	for rows.Next() {
		parts := bytes.SplitN(rows.Key(), []byte{0}, 3)
		if len(parts) != 3 {
			return fmt.Errorf("a commenter's key has %d parts", len(parts))
		}
		if string(parts[0]) != current.CommenterID {
			if err := flush(); err != nil {
				return err
			}
			current = schema.Commenter{CommenterID: string(parts[0])}
			article = article[:0]
		}
		var row commenterRow
		if err := json.Unmarshal(rows.Value(), &row); err != nil {
			return fmt.Errorf("reading a commenter: %w", err)
		}
		current.NComments++
		if !bytes.Equal(parts[1], article) {
			current.NArticles++
			article = append(article[:0], parts[1]...)
		}
		if row.Name != "" && current.Name == nil {
			current.Name = &row.Name
		}
		if p := row.PostedAt; p != nil {
			current.FirstPostedAt, current.LastPostedAt = earlier(current.FirstPostedAt, p), later(current.LastPostedAt, p)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("sorting commenters: %w", err)
	}
	if err := flush(); err != nil {
		return err
	}
	return t.close(out)
}

func earlier(a, b *int64) *int64 {
	if a == nil || *b < *a {
		return b
	}
	return a
}

func later(a, b *int64) *int64 {
	if a == nil || *b > *a {
		return b
	}
	return a
}

// ledgerTable writes the ledger and takes the accounts of every source from it.
func (t *tables) ledgerTable(ctx context.Context) error {
	rows, err := t.ledger.rows.Sort()
	if err != nil {
		return fmt.Errorf("sorting the ledger: %w", err)
	}
	defer rows.Close()
	out, err := store.NewShards[schema.LedgerRow](t.version, "ledger")
	if err != nil {
		return err
	}
	defer out.Abort()
	bySource := map[string]*Tally{}
	for _, s := range t.Config.Sources {
		tally := &Tally{SourceID: s.ID, Outcomes: map[string]int64{}, Rejected: map[string]int64{}}
		t.tallies = append(t.tallies, tally)
		bySource[s.ID] = tally
	}
	for rows.Next() {
		var row schema.LedgerRow
		if err := json.Unmarshal(rows.Value(), &row); err != nil {
			return fmt.Errorf("reading a ledger row: %w", err)
		}
		bySource[row.SourceID].add(&row)
		t.measured.AddLedgerRow(&row)
		if row.Outcome == schema.OutcomeRejected {
			if err := t.rejections.add(rejectedRow(&row)); err != nil {
				return err
			}
		}
		if row.Outcome == schema.OutcomeRejected && len(t.examples) < maxExamples {
			t.examples = append(t.examples, example(&row))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("sorting the ledger: %w", err)
	}
	for _, tally := range t.tallies {
		if err := tally.balance(); err != nil {
			return err
		}
	}
	return t.close(out)
}

// example names a rejected document for people.
func example(row *schema.LedgerRow) string {
	place := row.InputPath
	if row.Locator != "" {
		place += " " + row.Locator
	}
	return fmt.Sprintf("%s/%s: %s: %s", row.SourceID, place, text(row.Reason), text(row.Detail))
}

// sourceTable writes what the configuration declares.
func (t *tables) sourceTable() error {
	out, err := store.NewShards[schema.Source](t.version, "sources")
	if err != nil {
		return err
	}
	defer out.Abort()
	for _, s := range sortedSources(t.Config.Sources) {
		row := sourceRow(s)
		t.measured.AddSource(&row)
		if err := out.Write(row); err != nil {
			return err
		}
	}
	return t.close(out)
}

// duplicateTable writes the members of the clusters.
func (t *tables) duplicateTable() error {
	out, err := store.NewShards[schema.Duplicate](t.version, "duplicates")
	if err != nil {
		return err
	}
	defer out.Abort()
	for row, err := range t.clusters.Rows() {
		if err != nil {
			return err
		}
		t.measured.AddDuplicate(&row)
		if err := out.Write(row); err != nil {
			return err
		}
	}
	return t.close(out)
}

// sharesOf are the shares of the splits, per mille.
func sharesOf(c *config.Config) config.SplitShares {
	if c.SplitShares == nil {
		return config.SplitShares{Train: 800, Validation: 100, Test: 100}
	}
	return *c.SplitShares
}
