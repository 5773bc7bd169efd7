package erratum

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/pipeline/resolve"
	"corpus/pipeline/store"
	"corpus/pipeline/takedown"
)

// Schema is the version of the form of an erratum.
const Schema = 1

// Erratum says what has to go from a release, for those who have it.
type Erratum struct {
	Schema         int        `json:"schema"` // Schema
	Corpus         string     `json:"corpus"`
	Version        string     `json:"version"`         // of the release that it is for, such as 1.2.0+full
	ManifestSHA256 string     `json:"manifest_sha256"` // of that release: no other can be pruned with it
	TakedownSHA256 string     `json:"takedown_sha256"` // of the list of removals behind it
	Tool           store.Tool `json:"tool"`            // that derived the release anew

	// What the release says of itself without what has to go.
	BuildVersion string                      `json:"build_version"` // of the build without it
	BuildSHA256  string                      `json:"build_sha256"`  // of the manifest.json of that build
	NamesLeft    int64                       `json:"names_left"`    // in the masks of the manifest
	Excluded     map[string]int64            `json:"excluded"`      // as in store.Release
	Ledger       map[string]map[string]int64 `json:"ledger"`        // likewise
	Sources      []store.SourceCounts        `json:"sources"`       // accounts, by id
	Leaks        *resolve.Leaks              `json:"leaks"`         // between splits; null without splits
	Tables       []store.FileInfo            `json:"tables"`        // files of its tables, by path: what pruning has to give

	Articles   []Article `json:"articles"`   // by id: those of which something changes
	Commenters []Row     `json:"commenters"` // by id
	Duplicates []Row     `json:"duplicates"` // by record_id

	Digest string `json:"digest"` // SHA-256 of this with an empty digest, without white space
}

// Row is what changes in a row: it goes, it is new, or columns have other
// values.
type Row struct {
	ID   string                    `json:"id"`
	Gone bool                      `json:"gone,omitzero"`
	New  bool                      `json:"new,omitzero"`
	Set  map[string]jsontext.Value `json:"set,omitempty"`  // columns and what they hold now, see schema.ErratumRule
	Cuts []takedown.Cut            `json:"cuts,omitempty"` // parts of the column text that become [removed]
}

// changes tells whether anything changes in the row itself.
func (r *Row) changes() bool { return r.Gone || r.New || len(r.Set) > 0 || len(r.Cuts) > 0 }

func (r *Row) set(column string, value jsontext.Value) {
	if r.Set == nil {
		r.Set = map[string]jsontext.Value{}
	}
	r.Set[column] = value
}

// Article is what changes in a thread.
type Article struct {
	Row
	CapturesGone bool  `json:"captures_gone,omitzero"` // all rows of the table captures
	Comments     []Row `json:"comments,omitempty"`     // by id
}

// JSON is the erratum as its file, with its digest.
func (x *Erratum) JSON() ([]byte, error) {
	sealed := *x
	sealed.Schema = Schema
	var err error
	if sealed.Digest, err = sealed.digest(); err != nil {
		return nil, fmt.Errorf("writing the erratum: %w", err)
	}
	// A line each, without indentation: most of it are lists of offsets.
	data, err := json.Marshal(&sealed, json.Deterministic(true), jsontext.WithIndent(""))
	if err != nil {
		return nil, fmt.Errorf("writing the erratum: %w", err)
	}
	return append(data, '\n'), nil
}

func (x *Erratum) digest() (string, error) {
	bare := *x
	bare.Digest = ""
	h := sha256.New()
	if err := json.MarshalWrite(h, &bare, json.Deterministic(true)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Pruned is the version of what is left of the release.
func (x *Erratum) Pruned() string {
	_, tier, _ := strings.Cut(x.Version, "+")
	return store.ReleaseVersion(x.BuildVersion, tier)
}

// Is tells whether the file of an erratum is one of a release, by the version
// that it is for, also where the file is cut off behind it; that of a build is
// none of this package.
func Is(data []byte) bool {
	var head struct {
		Version string `json:"version"`
	}
	_ = json.Unmarshal(data, &head) // what is damaged is for Parse to say
	return strings.Contains(head.Version, "+")
}

// Parse reads an erratum, strictly: what it could not say it does not say.
func Parse(data []byte) (*Erratum, error) {
	x := &Erratum{}
	if err := json.Unmarshal(data, x, json.RejectUnknownMembers(true)); err != nil {
		return nil, takedown.NoErratum(err)
	}
	if err := x.check(); err != nil {
		return nil, fmt.Errorf("the erratum is damaged: %w", err)
	}
	return x, nil
}

// Counts are what an erratum does, for people.
type Counts struct {
	Articles int64 `json:"articles"` // rows that go or become tombstones
	Comments int64 `json:"comments"` // likewise
	Texts    int64 `json:"texts"`    // texts of which a part is cut
	Cuts     int64 `json:"cuts"`     // such parts
	Rows     int64 `json:"rows"`     // other rows that change, of any table
}

// Counts counts.
func (x *Erratum) Counts() Counts {
	var n Counts
	add := func(r *Row, taken *int64) {
		switch {
		case !r.changes():
		case r.Gone, string(r.Set["state"]) == tombstone:
			*taken++
		case len(r.Cuts) > 0:
			n.Texts++
			n.Cuts += int64(len(r.Cuts))
		default:
			n.Rows++
		}
	}
	for i := range x.Articles {
		a := &x.Articles[i]
		add(&a.Row, &n.Articles)
		for j := range a.Comments {
			add(&a.Comments[j], &n.Comments)
		}
	}
	n.Rows += int64(len(x.Commenters) + len(x.Duplicates))
	return n
}

// tombstone is the state of what was taken down, as it stands in Set.
const tombstone = `"tombstone"`
