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
		report := func(column, what string) {
			v.problem(Problem{File: v.fileOf(schema.TableDuplicates, cluster.ClusterID), Table: schema.TableDuplicates, Record: cluster.ClusterID, Column: column, What: what})
		}
		if size == 1 {
			report("cluster_id", "the cluster has one member")
		}
		if size > 0 && kept != 1 {
			report("kept", plural(kept, "member stands", "members stand")+" for the cluster, it has to be one")
		}
	}
	for s.ok {
		row := s.row
		if size == 0 || row.ClusterID != cluster.ClusterID {
			end()
			cluster, size, kept = row, 0, 0
			if row.RecordID != row.ClusterID {
				s.wrong("cluster_id", "is %s, but the smallest record_id of the cluster is another one", row.ClusterID)
			}
		}
		size++
		if row.Kept {
			kept++
			if row.Similarity != 1000 {
				s.wrong("similarity", "is %d for the record that stands for its cluster, to itself it is 1000", row.Similarity)
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
