// Package takedown looks for what was asked to be gone in the versions that a
// builder has on disk: where it still is, what its near duplicates are, and what
// an access request has to be told.
//
// It reads versions and never changes one. What it says names records by their
// ids alone; only Records gives out what a version holds, to those who ask for
// their own.
package takedown

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	list "corpus/pipeline/takedown"
	"corpus/schema"
)

// Version is a version or release on disk.
type Version struct {
	Dir    string
	Number string
}

// Versions are the versions and releases of a corpus in an output folder, by
// number.
func Versions(out, corpus string) ([]Version, error) {
	entries, err := os.ReadDir(filepath.Join(out, corpus))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the output folder cannot be read: %w", spill.WithoutPath(err))
	}
	var all []Version
	for _, e := range entries {
		dir := filepath.Join(out, corpus, e.Name())
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, store.ManifestName)); err == nil {
			all = append(all, Version{dir, e.Name()})
		}
	}
	return all, nil
}

// Found is what a version holds of what a list takes down.
type Found struct {
	Version  string   `json:"version"`
	Build    string   `json:"build,omitzero"` // of a release: the build that this was found in, by its ids; the release may hold less
	Articles []string `json:"articles"`       // ids of articles that are there
	Comments []string `json:"comments"`       // ids of comments that are there, those of these articles left out
	Under    int64    `json:"under"`          // comments under these articles
	Cuts     int64    `json:"cuts"`           // quotes, names and links in other texts
	Gone     int64    `json:"gone"`           // tombstones of what was asked for

	Requests []string `json:"requests"` // ids of the requests that found something

	marks map[string][]list.Mark // by request: what else tells these records
}

// Holds tells whether anything is left to take down.
func (f *Found) Holds() bool { return len(f.Articles)+len(f.Comments) > 0 || f.Cuts > 0 }

// Marks are what else tells the records that a request found, under other
// addresses and ids.
func (f *Found) Marks(request string) []list.Mark { return f.marks[request] }

// Search looks through several versions. A release has other ids for comments
// and persons, so that what it holds is known by the build that it names, where
// that was looked through before.
type Search struct {
	matcher *list.Matcher
	builds  map[string]*Found // by the SHA-256 of manifest.json
}

// NewSearch looks for what a list takes down.
func NewSearch(m *list.Matcher) *Search { return &Search{m, map[string]*Found{}} }

// Find is Find for one version after the other, builds before their releases.
func (s *Search) Find(ctx context.Context, v Version, each func(*list.Stored, *list.Effects) error) (*Found, error) {
	data, err := store.ReadManifestBytes(v.Dir)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.Number, err)
	}
	m, err := store.ParseManifest(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.Number, err)
	}
	found, err := Find(ctx, s.matcher, v, each)
	if err != nil {
		return nil, err
	}
	if m.Release == nil {
		sum := sha256.Sum256(data)
		s.builds[hex.EncodeToString(sum[:])] = found
		return found, nil
	}
	if build := s.builds[m.Release.BuildSHA256]; build != nil && build.Holds() {
		of := *build
		of.Version, of.Build = v.Number, build.Version
		return &of, nil
	}
	return found, nil
}

// Find looks for what a list takes down in one version. each, where it is not
// nil, is called with every thread of which something was found.
func Find(ctx context.Context, m *list.Matcher, v Version, each func(*list.Stored, *list.Effects) error) (*Found, error) {
	f := &Found{Version: v.Number, Articles: []string{}, Comments: []string{}, marks: map[string][]list.Mark{}}
	scopes, err := list.Scopes(v.Dir)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.Number, err)
	}
	requests := m.Requests()
	honoured := map[string]bool{}
	for s, err := range list.Threads(ctx, v.Dir) {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", v.Number, err)
		}
		t := s.Thread(scopes)
		f.Gone += m.Tombstones(t)
		e := m.Match(t)
		if e == nil {
			continue
		}
		if e.Article >= 0 {
			f.Articles = append(f.Articles, s.Article.ArticleID)
			r := &requests[e.Article]
			honoured[r.ID] = true
			if r.What == list.WhatURL || r.What == list.WhatID {
				f.marks[r.ID] = append(f.marks[r.ID], m.ArticleMarks(&s.Article)...)
			}
		}
		for i, r := range e.Comments {
			if r < 0 {
				if e.Article >= 0 && s.Comments[i].State != schema.StateMissing && s.Comments[i].State != schema.StateTombstone {
					f.Under++
				}
				continue
			}
			f.Comments = append(f.Comments, s.Comments[i].CommentID)
			honoured[requests[r].ID] = true
			if requests[r].What == list.WhatID {
				f.marks[requests[r].ID] = append(f.marks[requests[r].ID], m.CommentMarks(&s.Comments[i])...)
			}
		}
		if !e.Drop {
			f.Cuts += e.Tally(requests, s.Comments).Cuts
		}
		if each != nil {
			if err := each(s, e); err != nil {
				return nil, err
			}
		}
	}
	for id := range honoured {
		f.Requests = append(f.Requests, id)
	}
	slices.Sort(f.Requests)
	return f, nil
}

// Neighbours are the other members of the near-duplicate clusters of articles,
// by id, as a version knows them.
func Neighbours(ctx context.Context, v Version, articles []string) ([]string, error) {
	wanted := map[string]bool{}
	for _, id := range articles {
		wanted[id] = true
	}
	clusters := map[string]bool{}
	for pass := range 2 {
		var found []string
		for row, err := range store.Rows[schema.Duplicate](v.Dir, schema.TableDuplicates) {
			if err == nil {
				err = ctx.Err()
			}
			switch {
			case err != nil:
				return nil, fmt.Errorf("%s: %w", v.Number, err)
			case pass == 0 && wanted[row.RecordID]:
				clusters[row.ClusterID] = true
			case pass == 1 && clusters[row.ClusterID] && !wanted[row.RecordID]:
				found = append(found, row.RecordID)
			}
		}
		if pass == 1 {
			slices.SortFunc(found, cmp.Compare)
			return slices.Compact(found), nil
		}
	}
	return nil, nil
}

// Articles gives the rows of articles with these ids.
func Articles(ctx context.Context, v Version, ids []string) ([]schema.Article, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []schema.Article
	for row, err := range store.Rows[schema.Article](v.Dir, schema.TableArticles) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", v.Number, err)
		}
		if slices.Contains(ids, row.ArticleID) {
			rows = append(rows, row)
		}
	}
	return rows, nil
}
