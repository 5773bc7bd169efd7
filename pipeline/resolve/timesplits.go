package resolve

import (
	"bytes"
	"context"
	"errors"

	"corpus/pipeline/spill"
	"corpus/schema"
)

// timeSplits cuts time at the end of two days: what was published up to the
// first is for training, up to the second for validation, later for test.
//
// A cluster counts on the day of its first publication; where that is only
// known to the month or year, on the last day it can be. The days are taken in
// order, and a day goes whole to the split in whose share of the articles its
// middle one lies. Articles without a date, and those whose month or year a cut
// runs through, are unassigned. With a previous version the cuts are those that
// its articles show, so that they do not move.
type timeSplits struct {
	dates           *table // article id → first publication in its cluster, of dated clusters
	train, validate string // last days of training and validation; "" for none
}

// lastDay stands for the end of time.
const lastDay = "9999-12-31"

func newTimeSplits(ctx context.Context, clusters *Clusters, o SplitOptions) (*timeSplits, error) {
	byCluster, err := articlesByCluster(ctx, clusters)
	if err != nil {
		return nil, err
	}
	defer byCluster.Close()
	options := spill.Options{Dir: clusters.dir, Memory: clusters.memory / 4}
	days, byID := spill.New(options), spill.New(options)
	defer days.Close()
	defer byID.Close()
	t := &timeSplits{}
	total, pinned, err := t.dateClusters(ctx, byCluster, days, byID, o.Previous)
	if err != nil {
		return nil, err
	}
	if !pinned {
		if err := t.cut(days, total, o); err != nil {
			return nil, err
		}
	}
	sorted, err := byID.Sort()
	if err != nil {
		return nil, err
	}
	t.dates, err = writeTable(clusters.dir, "times", sorted)
	return t, err
}

// dateClusters files the first publication of each dated cluster: its last day
// into days and both its days into byID, once for each member. total counts
// these. Where the previous version knows members for training or validation,
// it sets the cuts.
func (t *timeSplits) dateClusters(ctx context.Context, byCluster, days, byID *spill.Sorter, prev func(string) (string, bool)) (total int64, pinned bool, err error) {
	rows, err := byCluster.Sort()
	if err != nil {
		return 0, false, err
	}
	defer rows.Close()
	var cluster []byte
	var first, last string
	dated := false
	for n := 0; rows.Next(); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return 0, false, ctx.Err()
		}
		parts, _, err := twoParts(rows.Value())
		if err != nil {
			return 0, false, err
		}
		if n == 0 || string(rows.Key()) != string(cluster) {
			// The members of a cluster come by time, undated ones last.
			cluster = append(cluster[:0], rows.Key()...)
			first, last, dated = daysOf(string(bytes.TrimPrefix(parts[0], []byte{0})))
		}
		if !dated {
			continue
		}
		total++
		if err := errors.Join(days.Add([]byte(last), nil), byID.Add(parts[1], []byte(first+last))); err != nil {
			return 0, false, err
		}
		if prev == nil {
			continue
		}
		split, ok, err := previous(prev, string(parts[1]))
		if err != nil {
			return 0, false, err
		}
		if ok && split == schema.SplitTrain {
			t.train, pinned = max(t.train, last), true
		}
		if ok && (split == schema.SplitTrain || split == schema.SplitValidation) {
			t.validate, pinned = max(t.validate, last), true
		}
	}
	return total, pinned, rows.Err()
}

// cut goes through the days and sets the cuts.
func (t *timeSplits) cut(days *spill.Sorter, total int64, o SplitOptions) error {
	rows, err := days.Sort()
	if err != nil {
		return err
	}
	defer rows.Close()
	trainEnd := int64(o.Shares.Train)
	validateEnd := trainEnd + int64(o.Shares.Validation)
	var day string
	var before, count int64
	flush := func() {
		// The middle of the day's articles, doubled, against the shares of them all.
		middle := (2*before + count) * 1000
		if count > 0 && middle < 2*total*trainEnd {
			t.train = day
		}
		if count > 0 && middle < 2*total*validateEnd {
			t.validate = day
		}
		before, count = before+count, 0
	}
	for rows.Next() {
		if string(rows.Key()) != day {
			flush()
			day = string(rows.Key())
		}
		count++
	}
	if err := rows.Err(); err != nil {
		return err
	}
	flush()
	// Where nothing is to come after a cut, it is no cut.
	if trainEnd == 1000 {
		t.train = lastDay
	}
	if validateEnd == 1000 {
		t.validate = lastDay
	}
	return nil
}

// article is the split of an article whose cluster the previous version does
// not know.
func (t *timeSplits) article(articleID string) (string, error) {
	days, ok, err := t.dates.get(articleID)
	if err != nil {
		return "", err
	}
	if !ok || len(days) != 2*len(lastDay) {
		return schema.SplitUnassigned, nil
	}
	first, last := days[:len(lastDay)], days[len(lastDay):]
	switch {
	case last <= t.train:
		return schema.SplitTrain, nil
	case first > t.train && last <= t.validate:
		return schema.SplitValidation, nil
	case first > t.train && first > t.validate:
		return schema.SplitTest, nil
	default:
		return schema.SplitUnassigned, nil
	}
}

// daysOf gives the first and the last day that a local time, cut at its
// precision, can mean. Months have 31 days here: the days are only compared.
func daysOf(local string) (first, last string, ok bool) {
	const form = "0000-00-00"
	date := local[:min(len(local), len(form))]
	for i := range len(date) {
		if isDigit := date[i] >= '0' && date[i] <= '9'; isDigit != (form[i] == '0') || !isDigit && date[i] != '-' {
			return "", "", false
		}
	}
	switch len(date) {
	case len("0000"):
		return date + "-01-01", date + "-12-31", true
	case len("0000-00"):
		return date + "-01", date + "-31", true
	case len(form):
		return date, date, true
	}
	return "", "", false
}
