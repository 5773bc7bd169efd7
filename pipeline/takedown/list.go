package takedown

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/pipeline/privacy"
)

// ListName is the name of the list beside corpus.yaml.
const ListName = "takedown.json"

// ListSchema is the version of the form of the list.
const ListSchema = 1

// maxList bounds the list, in bytes: about a million marks.
const maxList = 128 << 20

// List is takedown.json: the requests for removal that a corpus honours. It
// holds digests made with a key of its own and nothing that they were made of.
type List struct {
	Schema   int       `json:"schema"` // ListSchema
	Corpus   string    `json:"corpus"`
	KeyCheck string    `json:"key_check"` // check value of the key: a wrong one would match nothing and nobody would notice
	Requests []Request `json:"requests"`  // by id
	// Withdrawn are digests of inputs that may be absent under --locked, since
	// they were removed for a request. They reach no output.
	Withdrawn []string `json:"withdrawn,omitzero"`
}

// Request is one request for removal.
type Request struct {
	ID       string   `json:"id"`                // 16 hexadecimal digits, of its first mark
	What     string   `json:"what"`              // one of Whats
	Reason   string   `json:"reason"`            // one of Reasons
	Cascade  string   `json:"cascade"`           // what becomes of the comments of an article: CascadeDrop or CascadeKeep
	Marks    []Mark   `json:"marks"`             // what it matches, by kind and digest
	Versions []string `json:"versions,omitzero"` // numbers of the versions in which add or apply saw it, sorted
}

// Mark is one digest and what kind of thing it is a digest of.
type Mark struct {
	Kind   string `json:"kind"`   // one of Kind…
	Digest string `json:"digest"` // 32 hexadecimal digits
	// Of a name that is looked for in texts: how many words it has, and 16 bits
	// of a fast digest with a seed made of the key, so that most other words need
	// no slow one.
	Words  int    `json:"words,omitzero"`
	Filter string `json:"filter,omitzero"` // 4 hexadecimal digits
}

// Kinds of marks.
const (
	KindURL       = "url"       // an article's address, in the form that ids are made of
	KindRecord    = "record"    // id of an article or comment
	KindText      = "text"      // SHA-256 of an article's text; matches only what states no address
	KindSaid      = "said"      // a comment's local time and SHA-256 of its text
	KindMoment    = "moment"    // article, commenter and local time of a comment without an id of its site
	KindCommenter = "commenter" // commenter_id
	KindName      = "name"      // scope and display name of a commenter
	KindMention   = "mention"   // scope and display name, looked for in the texts of threads that the person wrote in
	KindAnywhere  = "anywhere"  // likewise, in all texts of the scope: a name that is no word of a language
	KindByline    = "byline"    // name of an author of articles
	KindDomain    = "domain"    // host, and all below it
)

var kinds = []string{KindURL, KindRecord, KindText, KindSaid, KindMoment, KindCommenter, KindName, KindMention, KindAnywhere, KindByline, KindDomain}

// What a request is about.
const (
	WhatURL       = "url"
	WhatID        = "id"
	WhatCommenter = "commenter"
	WhatDomain    = "domain"
	WhatAuthor    = "author"
)

// Whats are the things that a request can be about.
func Whats() []string { return []string{WhatURL, WhatID, WhatCommenter, WhatDomain, WhatAuthor} }

// Cascades of an article.
const (
	CascadeDrop = "drop" // the comments go with the article: their rows as well
	CascadeKeep = "keep" // the comments stay under its tombstone
)

// Reason is a ground of a removal.
type Reason struct {
	Name string
	IRI  string // in the Data Privacy Vocabulary, "" where it has none
	Doc  string
}

// Reasons is the closed list of grounds. Names are those of the Data Privacy
// Vocabulary (DPV 2, and its extension for the GDPR) where it has them.
func Reasons() []Reason {
	return []Reason{
		{"ConsentWithdrawn", "https://w3id.org/dpv#ConsentWithdrawn", "a person withdrew consent"},
		{"LegitimateInterestObjected", "https://w3id.org/dpv#LegitimateInterestObjected", "a person objected to processing on the ground of a legitimate interest, GDPR Art. 21"},
		{"A17", "https://w3id.org/dpv/legal/eu/gdpr#A17", "right to erasure, GDPR Art. 17"},
		{"Copyright", "", "a rights holder asked for it"},
		{"PersonalityRights", "", "a person asked for it on other grounds: defamation, privacy, a minor"},
		{"LegalOrder", "", "a court or an authority ordered it"},
		{"SourceRemoved", "", "the site itself removed it"},
		{"Other", "", "another ground, kept with the correspondence"},
	}
}

// ParseReason finds a reason in any case; "erasure" stands for A17.
func ParseReason(s string) (string, error) {
	if strings.EqualFold(s, "erasure") {
		return "A17", nil
	}
	var names []string
	for _, r := range Reasons() {
		if strings.EqualFold(r.Name, s) {
			return r.Name, nil
		}
		names = append(names, r.Name)
	}
	return "", fmt.Errorf("reason: expected one of %s", strings.Join(names, ", "))
}

// ErrKey is the error of a list without its key, or with another one.
var ErrKey = errors.New("the key of the takedown list is missing or another one")

// checkOf is the check value of a key for the list of a corpus.
func checkOf(key privacy.Key, corpus string) string {
	sum := key.MAC("corpus takedown key check 1", corpus)
	return hex.EncodeToString(sum[:8])
}

// NewList is an empty list of a corpus under a key.
func NewList(key privacy.Key, corpus string) *List {
	return &List{Schema: ListSchema, Corpus: corpus, KeyCheck: checkOf(key, corpus)}
}

// CheckKey is an error that wraps ErrKey where key is nil or not that of the
// list. A list without requests and withdrawn inputs needs none.
func (l *List) CheckKey(key *privacy.Key) error {
	switch {
	case len(l.Requests) == 0 && len(l.Withdrawn) == 0:
		return nil
	case key == nil:
		return fmt.Errorf("%w: %s holds %d requests that nothing can be compared with; copy the key to your configuration folder as corpus/takedown-key, or name its file in CORPUS_TAKEDOWN_KEY_FILE", ErrKey, ListName, len(l.Requests))
	}
	if got := checkOf(*key, l.Corpus); got != l.KeyCheck {
		return fmt.Errorf("%w: %s was written with the key of check value %s, this one has %s; find that key, since with another nothing that was taken down would be found", ErrKey, ListName, l.KeyCheck, got)
	}
	return nil
}

// Load reads the list of a corpus, strictly. It is nil where there is none.
func Load(path, corpus string) (*List, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", filepath.Base(path), withoutPath(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxList+1))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", filepath.Base(path), withoutPath(err))
	}
	if len(data) > maxList {
		return nil, fmt.Errorf("%s is no takedown list: it is longer than %d bytes", filepath.Base(path), maxList)
	}
	l, err := ParseList(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	if l.Corpus != corpus {
		return nil, fmt.Errorf("%s is the list of another corpus, %s", filepath.Base(path), l.Corpus)
	}
	return l, nil
}

// ParseList reads a takedown list; its order and layout do not matter, since
// lists are merged by hand.
func ParseList(data []byte) (*List, error) {
	l := &List{}
	if err := json.Unmarshal(data, l, json.RejectUnknownMembers(true)); err != nil {
		return nil, fmt.Errorf("this is no takedown list: %w", err)
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	l.sort()
	return l, nil
}

func (l *List) check() error {
	switch {
	case l.Schema != ListSchema:
		return fmt.Errorf("schema is %d, this program reads %d", l.Schema, ListSchema)
	case l.Corpus == "":
		return errors.New("corpus is missing")
	case !isHex(l.KeyCheck, 16):
		return errors.New("key_check is no check value")
	}
	ids := map[string]bool{}
	for i := range l.Requests {
		r := &l.Requests[i]
		if !isHex(r.ID, 16) {
			return fmt.Errorf("requests[%d].id is none", i)
		}
		wrong := func(what string) error { return fmt.Errorf("request %s: %s", r.ID, what) }
		if ids[r.ID] {
			return wrong("it stands there twice")
		}
		ids[r.ID] = true
		if name, err := ParseReason(r.Reason); err != nil || name != r.Reason {
			return wrong("its reason is none of the list")
		}
		if !slices.Contains(Whats(), r.What) {
			return wrong("what it is about is none of " + strings.Join(Whats(), ", "))
		}
		if r.Cascade != CascadeDrop && r.Cascade != CascadeKeep {
			return wrong("cascade is neither drop nor keep")
		}
		if len(r.Marks) == 0 {
			return wrong("it has no marks")
		}
		for _, m := range r.Marks {
			named := m.Kind == KindMention || m.Kind == KindAnywhere
			if !slices.Contains(kinds, m.Kind) || !isHex(m.Digest, 32) || named != (m.Words > 0) || named != isHex(m.Filter, 4) || !named && m.Filter != "" || m.Words > maxNameWords {
				return wrong("one of its marks is none")
			}
		}
		for _, v := range r.Versions {
			if v == "" || len(v) > 64 || strings.Trim(v, "0123456789.") != "" {
				return wrong("one of its versions is none")
			}
		}
	}
	for _, d := range l.Withdrawn {
		if !isHex(d, 32) {
			return errors.New("a digest of a withdrawn input is none")
		}
	}
	return nil
}

// sort brings the list into its order and takes out what stands there twice.
func (l *List) sort() {
	for i := range l.Requests {
		r := &l.Requests[i]
		slices.SortFunc(r.Marks, compareMarks)
		r.Marks = slices.Compact(r.Marks)
		slices.SortFunc(r.Versions, compareNumbers)
		r.Versions = slices.Compact(r.Versions)
	}
	slices.SortFunc(l.Requests, func(a, b Request) int { return cmp.Compare(a.ID, b.ID) })
	slices.Sort(l.Withdrawn)
	l.Withdrawn = slices.Compact(l.Withdrawn)
}

func compareMarks(a, b Mark) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Digest, b.Digest), cmp.Compare(a.Words, b.Words), cmp.Compare(a.Filter, b.Filter))
}

// compareNumbers orders numbers of versions by their parts.
func compareNumbers(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		if c := cmp.Or(cmp.Compare(len(x[i]), len(y[i])), cmp.Compare(x[i], y[i])); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}

// JSON is the list as it stands in its file, one mark a line.
func (l *List) JSON() ([]byte, error) {
	l.sort()
	if err := l.check(); err != nil {
		return nil, fmt.Errorf("writing %s: %w", ListName, err)
	}
	data, err := json.Marshal(l, json.Deterministic(true), json.FormatNilSliceAsNull(false), jsontext.WithIndent("  "))
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", ListName, err)
	}
	return append(data, '\n'), nil
}

// Digest is the SHA-256 of what the list means for the bytes of a build, ""
// for a list without requests.
func (l *List) Digest() string {
	if l == nil || len(l.Requests) == 0 {
		return ""
	}
	l.sort()
	h := sha256.New()
	io.WriteString(h, "corpus takedown list 1\n")
	text, err := json.Marshal(l.Requests, json.Deterministic(true))
	if err != nil { // strings and integers alone
		text = []byte(err.Error())
	}
	h.Write(text)
	return hex.EncodeToString(h.Sum(nil))
}

// Add puts a request into the list. One about the same thing is joined: its
// reason and cascade are those of the newer one.
func (l *List) Add(r Request) (id string, known bool) {
	r.Marks, r.Versions = slices.Clone(r.Marks), slices.Clone(r.Versions) // sorting works in place
	for i := range l.Requests {
		old := &l.Requests[i]
		if old.ID != r.ID {
			continue
		}
		old.Reason, old.Cascade = r.Reason, r.Cascade
		old.Marks = append(old.Marks, r.Marks...)
		old.Versions = append(old.Versions, r.Versions...)
		l.sort()
		return r.ID, true
	}
	l.Requests = append(l.Requests, r)
	l.sort()
	return r.ID, false
}

// Extend gives a request further marks and versions that its records were seen
// in; it tells whether anything was new.
func (l *List) Extend(id string, marks []Mark, versions []string) bool {
	for i := range l.Requests {
		r := &l.Requests[i]
		if r.ID != id {
			continue
		}
		before := []int{len(r.Marks), len(r.Versions)}
		r.Marks, r.Versions = append(r.Marks, marks...), append(r.Versions, versions...)
		l.sort()
		return len(r.Marks) != before[0] || len(r.Versions) != before[1]
	}
	return false
}

func isHex(s string, digits int) bool {
	return len(s) == digits && strings.Trim(s, "0123456789abcdef") == ""
}

// withoutPath takes the path out of an error of package os.
func withoutPath(err error) error {
	var at *os.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
