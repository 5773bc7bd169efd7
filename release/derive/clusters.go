package derive

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"

	"corpus/licenses"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release/keep"
	"corpus/schema"
)

// duplicateTable writes the clusters of near duplicates. Where articles are
// left out, a cluster takes the name of its smallest member that is left, one
// of which a single member is left goes, and where the member that stood for it
// is left out the one most like it does; the similarities stay those to it.
func (d *derivation) duplicateTable(ctx context.Context) error {
	out, err := store.NewShards[schema.Duplicate](d.version, schema.TableDuplicates)
	if err != nil {
		return err
	}
	defer out.Abort()
	write := func(row schema.Duplicate) error {
		d.measured.AddDuplicate(&row)
		return out.Write(row)
	}
	excludes, err := d.excludes()
	if err != nil {
		return err
	}
	if d.build.Rows[schema.TableDuplicates] == 0 || !excludes {
		for row, err := range store.Rows[schema.Duplicate](d.Dir, schema.TableDuplicates) {
			if err == nil {
				err = write(row)
			}
			if err != nil {
				return err
			}
		}
		_, err := out.Close()
		return err
	}
	left, err := d.membersLeft(ctx)
	if err != nil {
		return err
	}
	defer left.Close()
	byCluster, byArticle := d.sorter(), d.sorter()
	defer byCluster.Close()
	if err := regroup(left, byCluster, byArticle); err != nil {
		return err
	}
	it, err := byCluster.Sort()
	if err != nil {
		return err
	}
	defer it.Close()
	for it.Next() {
		var row schema.Duplicate
		if err := json.Unmarshal(it.Value(), &row); err != nil {
			return fmt.Errorf("reading a member of a cluster: %w", err)
		}
		if err := write(row); err != nil {
			return err
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	if _, err := out.Close(); err != nil {
		return err
	}
	members, err := byArticle.Sort()
	if err != nil {
		return err
	}
	d.clusters = &clusters{it: members}
	return d.clusters.advance()
}

// excludes tells whether the policy of the build can exclude an article.
func (d *derivation) excludes() (bool, error) {
	data, err := os.ReadFile(filepath.Join(d.Dir, filepath.FromSlash(licenses.PolicyPath)))
	if os.IsNotExist(err) {
		return false, nil // everything is standoff
	}
	if err != nil {
		return false, fmt.Errorf("%s cannot be read: %w", licenses.PolicyPath, spill.WithoutPath(err))
	}
	policy, err := licenses.ParsePolicy(data)
	if err != nil {
		return false, err
	}
	for i := range policy.Rules {
		if policy.Rules[i].Tier == schema.TierExcluded {
			return true, nil
		}
	}
	return policy.DefaultTier() == schema.TierExcluded, nil
}

// membersLeft gives the members of clusters whose article leaves, twice: by
// cluster and record, each as many times as regroup has to look at it.
func (d *derivation) membersLeft(ctx context.Context) (*spill.Sorter, error) {
	excluded := d.sorter()
	defer excluded.Close()
	for a, err := range store.Rows[schema.Article](d.Dir, schema.TableArticles) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil && a.NearDuplicateCluster != nil && !keep.Row(a.Tier, a.State) {
			err = excluded.Add([]byte(a.ArticleID), nil)
		}
		if err != nil {
			return nil, err
		}
	}
	members := d.sorter()
	defer members.Close()
	for row, err := range store.Rows[schema.Duplicate](d.Dir, schema.TableDuplicates) {
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(row)
		if err == nil {
			err = members.Add([]byte(row.RecordID), value)
		}
		if err != nil {
			return nil, fmt.Errorf("sorting members of clusters: %w", err)
		}
	}
	gone, err := excluded.Sort()
	if err != nil {
		return nil, err
	}
	defer gone.Close()
	all, err := members.Sort()
	if err != nil {
		return nil, err
	}
	defer all.Close()
	left := d.sorter()
	more := gone.Next()
	for all.Next() {
		for more && bytes.Compare(gone.Key(), all.Key()) < 0 {
			more = gone.Next()
		}
		if more && bytes.Equal(gone.Key(), all.Key()) {
			continue
		}
		var row schema.Duplicate
		if err := json.Unmarshal(all.Value(), &row); err != nil {
			return left, fmt.Errorf("reading a member of a cluster: %w", err)
		}
		// First what the cluster comes to, then its rows once more.
		for _, pass := range []string{"1", "2"} {
			if err := left.Add(spill.Key([]byte(row.ClusterID), []byte(pass), []byte(row.RecordID)), all.Value()); err != nil {
				return left, err
			}
		}
	}
	if err := all.Err(); err != nil {
		return left, err
	}
	return left, gone.Err()
}

// regroup names the clusters anew and chooses who stands for each.
func regroup(left, byCluster, byArticle *spill.Sorter) error {
	it, err := left.Sort()
	if err != nil {
		return err
	}
	defer it.Close()
	var old, name, stands string
	most, size := int32(-1), 0
	for it.Next() {
		parts, err := spill.Parts(it.Key())
		if err != nil || len(parts) != 3 {
			return spill.ErrKey
		}
		var row schema.Duplicate
		if err := json.Unmarshal(it.Value(), &row); err != nil {
			return fmt.Errorf("reading a member of a cluster: %w", err)
		}
		if row.ClusterID != old {
			old, name, stands, most, size = row.ClusterID, row.RecordID, "", -1, 0
		}
		if string(parts[1]) == "1" {
			size++
			like := row.Similarity
			if row.Kept {
				like = 1001 // more like itself than any other
			}
			if like > most {
				most, stands = like, row.RecordID
			}
			continue
		}
		if size < 2 {
			continue
		}
		row.ClusterID, row.Kept = name, row.RecordID == stands
		if row.Kept {
			row.Similarity = 1000
		}
		value, err := json.Marshal(row)
		if err != nil {
			return fmt.Errorf("sorting members of clusters: %w", err)
		}
		if err := byCluster.Add(spill.Key([]byte(row.ClusterID), []byte(row.RecordID)), value); err != nil {
			return err
		}
		if err := byArticle.Add([]byte(row.RecordID), []byte(name)); err != nil {
			return err
		}
	}
	return it.Err()
}

// clusters gives the new clusters of articles in the order of their ids.
type clusters struct {
	it       *spill.Iterator
	id, name string
	ok       bool
}

func (c *clusters) advance() error {
	c.ok = c.it.Next()
	c.id, c.name = string(c.it.Key()), string(c.it.Value())
	return c.it.Err()
}

// of is the cluster of an article, nil where it has none; asked for in the
// order of the ids.
func (c *clusters) of(articleID string) (*string, error) {
	for c.ok && c.id < articleID {
		if err := c.advance(); err != nil {
			return nil, err
		}
	}
	if !c.ok || c.id != articleID {
		return nil, nil
	}
	name := c.name
	return &name, nil
}

func (c *clusters) close() { _ = c.it.Close() }
