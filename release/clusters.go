package release

import (
	"corpus/pipeline/spill"
	"corpus/schema"
)

// duplicates checks the clusters, and files every member under its article.
func (v *verifier) duplicates(members *spill.Sorter) error {
	s, err := open[schema.Duplicate](v, schema.TableDuplicates)
	if err != nil {
		return err
	}
	defer s.close()
	var cluster schema.Duplicate // first row of the current cluster
	size, kept := 0, 0
	end := func() {
		if size == 0 {
			return
		}
		if size == 1 {
			s.problem(cluster.ClusterID, "the cluster has one member")
		}
		if kept != 1 {
			s.problem(cluster.ClusterID, plural(kept, "member stands", "members stand")+" for the cluster, it has to be one")
		}
	}
	for s.ok {
		row := s.row
		if size == 0 || row.ClusterID != cluster.ClusterID {
			end()
			cluster, size, kept = row, 0, 0
			if row.RecordID != row.ClusterID {
				s.wrong("the first member of cluster %s does not give it its id", row.ClusterID)
			}
		}
		size++
		if row.Kept {
			kept++
			if row.Similarity != 1000 {
				s.wrong("the record that stands for its cluster has a similarity of %d to itself", row.Similarity)
			}
		}
		if err := members.Add([]byte(row.RecordID), []byte(row.ClusterID)); err != nil {
			return err
		}
		if err := s.advance(); err != nil {
			return err
		}
	}
	end()
	return nil
}
