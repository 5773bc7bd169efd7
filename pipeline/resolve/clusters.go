package resolve

import (
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"sync"

	"corpus/pipeline/spill"
	"corpus/schema"
)

// Clusters are the clusters of near-duplicate articles. They lie on disk: what
// they take in memory is a small share of their number.
type Clusters struct {
	dir    string
	memory int64

	dates   *table // article id → published_local, of all articles
	members *table // article id → cluster id, of those in a cluster
	rows    *table // cluster id, article id → kept, similarity, rule

	count, articles int64

	mu  sync.Mutex
	err error
}

// Count is the number of clusters.
func (c *Clusters) Count() int64 { return c.count }

// Articles is the number of articles that are in a cluster.
func (c *Clusters) Articles() int64 { return c.articles }

// Of is the id of the cluster that an article is in: the smallest id of its
// members. It is safe for concurrent use, and cheap where ids come in
// ascending order. Where the disk fails, Err and Rows tell.
func (c *Clusters) Of(articleID string) (clusterID string, ok bool) {
	clusterID, ok, err := c.members.get(articleID)
	if err != nil {
		c.fail(err)
	}
	return clusterID, ok
}

// Err is the first error of Of.
func (c *Clusters) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

func (c *Clusters) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.err = fmt.Errorf("looking up a cluster: %w", err)
	}
}

// Rows gives the rows of the table duplicates, by cluster_id and record_id. An
// error ends it, also one that Of met before.
//
// One record is kept for a cluster: the one published first by its local time,
// undated ones last, where a less exact time comes before those within it;
// among equal ones that of the smallest id. A record's similarity is its exact
// resemblance to the kept one, which for texts that are linked through others
// may lie below Threshold. Its rule is exact where its text equals that of the
// kept one; the kept one's is exact where any other text does.
func (c *Clusters) Rows() iter.Seq2[schema.Duplicate, error] {
	return func(yield func(schema.Duplicate, error) bool) {
		if err := c.Err(); err != nil {
			yield(schema.Duplicate{}, err)
			return
		}
		for row, err := range c.rows.all() {
			var d schema.Duplicate
			if err == nil {
				d, err = parseDuplicate(row)
			}
			if err != nil {
				yield(schema.Duplicate{}, fmt.Errorf("reading clusters of near duplicates: %w", err))
				return
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

// duplicateValue is the value of a row: whether it is kept, whether its text
// is equal, its similarity.
func duplicateValue(kept, equal bool, similarity int32) []byte {
	v := make([]byte, 2, 4)
	if kept {
		v[0] = 1
	}
	if equal {
		v[1] = 1
	}
	return binary.BigEndian.AppendUint16(v, uint16(similarity))
}

func parseDuplicate(row tableRow) (schema.Duplicate, error) {
	ids, err := spill.Parts(row.key)
	if err != nil || len(ids) != 2 || len(row.value) != 4 {
		return schema.Duplicate{}, errDamaged
	}
	d := schema.Duplicate{
		ClusterID:  string(ids[0]),
		RecordID:   string(ids[1]),
		Table:      schema.TableArticles,
		Kept:       row.value[0] == 1,
		Similarity: int32(binary.BigEndian.Uint16(row.value[2:])),
		Rule:       schema.RuleNear,
	}
	if row.value[1] == 1 {
		d.Rule = schema.RuleExact
	}
	return d, nil
}

// cluster turns components into clusters, by four sorts: members by component
// and date give the kept one of each, members by component and id their rows,
// and these are filed by cluster and by article.
func (f *Finder) cluster(ctx context.Context, components *unionFind) (*Clusters, error) {
	c := &Clusters{dir: f.dir, memory: f.memory}
	sorter := func() *spill.Sorter { return spill.New(spill.Options{Dir: f.dir, Memory: f.memory / 4}) }
	byDate, byID, rows, members := sorter(), sorter(), sorter(), sorter()
	for _, s := range []*spill.Sorter{byDate, byID, rows, members} {
		defer s.Close()
	}
	if err := f.listMembers(ctx, components, c, byDate); err != nil {
		return nil, err
	}
	if err := c.chooseKept(ctx, byDate, byID); err != nil {
		c.close()
		return nil, err
	}
	if err := c.measure(ctx, f.sets, byID, rows, members); err != nil {
		c.close()
		return nil, err
	}
	for _, t := range []struct {
		name string
		from *spill.Sorter
		to   **table
	}{{"duplicates", rows, &c.rows}, {"members", members, &c.members}} {
		sorted, err := t.from.Sort()
		if err == nil {
			*t.to, err = writeTable(f.dir, t.name, sorted)
		}
		if err != nil {
			c.close()
			return nil, err
		}
	}
	return c, nil
}

func (c *Clusters) close() {
	for _, t := range []*table{c.dates, c.members, c.rows} {
		if t != nil {
			t.close()
		}
	}
}

// listMembers goes through all articles in the order of their ids, files their
// dates, and sends those that are not alone in their component to byDate.
func (f *Finder) listMembers(ctx context.Context, components *unionFind, c *Clusters, byDate *spill.Sorter) error {
	articles, err := f.articles.Sort()
	if err != nil {
		return err
	}
	defer articles.Close()
	linked := newBitset(f.count)
	for i := range f.count {
		if root := components.root(i); root != i {
			linked.set(i)
			linked.set(root)
		}
	}
	dates, err := newTableWriter(f.dir, "dates")
	if err != nil {
		return err
	}
	fail := func(err error) error {
		dates.abort()
		return err
	}
	var last []byte
	for n := 0; articles.Next(); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return fail(ctx.Err())
		}
		id := articles.Key()
		if n > 0 && string(id) == string(last) {
			return fail(fmt.Errorf("article %s came twice", id))
		}
		last = append(last[:0], id...)
		m, published, err := parseMemberWithDigest(articles.Value())
		if err != nil || m.number >= f.count {
			return fail(errDamaged)
		}
		if err := dates.add(id, published); err != nil {
			return fail(err)
		}
		if !linked.has(m.number) {
			continue
		}
		c.articles++
		key := binary.BigEndian.AppendUint32(nil, components.root(m.number))
		value := m.appendWithDigest(spill.Key(publishedOrder(published), id))
		if err := byDate.Add(key, value); err != nil {
			return fail(err)
		}
	}
	if err := articles.Err(); err != nil {
		return fail(err)
	}
	if c.dates, err = dates.finish(); err != nil {
		return fail(err)
	}
	return nil
}

// publishedOrder orders times of publication: undated last, and what is no time
// counts as undated.
func publishedOrder(published []byte) []byte {
	if _, _, dated := daysOf(string(published)); !dated {
		return []byte{1}
	}
	return append([]byte{0}, published...)
}

// Kinds of records in the sort by id: a component's head comes first.
const (
	headRecord   = 0
	memberRecord = 1
)

// chooseKept goes through the components, each in the order of publication.
func (c *Clusters) chooseKept(ctx context.Context, byDate, byID *spill.Sorter) error {
	rows, err := byDate.Sort()
	if err != nil {
		return err
	}
	defer rows.Close()
	var head struct {
		root, cluster, kept []byte
		member              member
		equal               bool // another member has the kept one's text
	}
	flush := func() error {
		if head.root == nil {
			return nil
		}
		c.count++
		value := head.member.appendWithDigest(spill.Key(head.cluster, head.kept))
		if head.equal {
			value = append(value, 1)
		}
		return byID.Add(append(head.root, headRecord), value)
	}
	for n := 0; rows.Next(); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		_, value, err := spill.Part(rows.Value())
		if err != nil {
			return errDamaged
		}
		id, value, err := spill.Part(value)
		if err != nil {
			return errDamaged
		}
		m, _, err := parseMemberWithDigest(value)
		if err != nil {
			return err
		}
		root := rows.Key()
		if head.root == nil || string(root) != string(head.root) {
			if err := flush(); err != nil {
				return err
			}
			head.root = append([]byte(nil), root...)
			head.cluster = append(head.cluster[:0], id...)
			head.kept = append(head.kept[:0], id...)
			head.member, head.equal = m, false
		} else {
			if string(id) < string(head.cluster) {
				head.cluster = append(head.cluster[:0], id...)
			}
			head.equal = head.equal || m.digest == head.member.digest
		}
		key := append(append(append([]byte(nil), root...), memberRecord), id...)
		if err := byID.Add(key, m.appendWithDigest(nil)); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return flush()
}

// measure goes through the components, each in the order of ids behind its
// head, and files their rows.
func (c *Clusters) measure(ctx context.Context, sets *setFile, byID, duplicates, members *spill.Sorter) error {
	rows, err := byID.Sort()
	if err != nil {
		return err
	}
	defer rows.Close()
	var cluster, keptID []byte
	var kept member
	var keptEqual bool
	var keptSet, set []uint64
	for n := 0; rows.Next(); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		key, value := rows.Key(), rows.Value()
		if len(key) < 5 {
			return errDamaged
		}
		if key[4] == headRecord {
			ids, rest, err := twoParts(value)
			if err != nil {
				return err
			}
			cluster, keptID = append(cluster[:0], ids[0]...), append(keptID[:0], ids[1]...)
			if kept, rest, err = parseMemberWithDigest(rest); err != nil {
				return err
			}
			keptEqual = len(rest) > 0
			keptSet = keptSet[:0]
			continue
		}
		id := key[5:]
		m, _, err := parseMemberWithDigest(value)
		if err != nil {
			return err
		}
		isKept := string(id) == string(keptID)
		equal := m.digest == kept.digest
		similarity := int32(1000)
		if !equal {
			if len(keptSet) == 0 {
				if keptSet, err = sets.read(&kept, keptSet); err != nil {
					return err
				}
			}
			if set, err = sets.read(&m, set[:0]); err != nil {
				return err
			}
			similarity = Resemblance(keptSet, set)
		}
		if isKept {
			equal = keptEqual
		}
		if err := duplicates.Add(spill.Key(cluster, id), duplicateValue(isKept, equal, similarity)); err != nil {
			return err
		}
		if err := members.Add(id, cluster); err != nil {
			return err
		}
	}
	return rows.Err()
}

func twoParts(b []byte) (parts [2][]byte, rest []byte, err error) {
	for i := range parts {
		if parts[i], b, err = spill.Part(b); err != nil {
			return parts, nil, errDamaged
		}
	}
	return parts, b, nil
}
