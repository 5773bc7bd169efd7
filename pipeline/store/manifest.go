package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"corpus/schema"
)

// ManifestName is the file that makes a folder a version.
const ManifestName = "manifest.json"

// maxManifest bounds manifest.json, in bytes.
const maxManifest = 64 << 20

// Manifest is manifest.json: what a version is made of. It is written last,
// and never holds a time, a path outside the version or a name of a machine.
type Manifest struct {
	Schema         int               `json:"schema"` // schema.Version
	Corpus         string            `json:"corpus"`
	Version        string            `json:"version"`
	Title          string            `json:"title"`       // as declared
	Description    string            `json:"description"` // as declared
	Tool           Tool              `json:"tool"`
	Format         string            `json:"format"`           // FormatVersion
	Previous       string            `json:"previous"`         // version that this one follows, "" for none
	PreviousSHA256 string            `json:"previous_sha256"`  // of its manifest.json, "" for none
	SheetSHA256    string            `json:"datasheet_sha256"` // of datasheet.yaml, "" without one
	Privacy        string            `json:"privacy"`          // pseudonyms or none
	KeyCheck       string            `json:"key_check"`        // check value of the key, "" without one
	Unicode        string            `json:"unicode"`          // version of Unicode behind NFC, words and case folding
	Splits         string            `json:"splits"`           // rule of the splits
	SplitShares    map[string]int    `json:"split_shares"`     // per mille by split
	IDRules        string            `json:"id_rules"`         // version of the rules of ids
	Extractors     []string          `json:"extractors"`       // readers of pages, with their versions
	LanguageModels []string          `json:"language_models"`  // models that told languages
	Rules          map[string]string `json:"rules"`            // versions of further rules and lists by name
	Rows           map[string]int64  `json:"rows"`             // by table
	Shards         map[string]int    `json:"shards"`           // files by table
	Sources        []SourceCounts    `json:"sources"`          // by id
	Masked         map[string]int64  `json:"masked"`           // places masked in texts by kind
	Release        *Release          `json:"release,omitzero"` // nil for a build
	Files          []FileInfo        `json:"files"`            // all files but this one, by path
	Digest         string            `json:"digest"`           // SHA-256 of this file with an empty digest
}

// Tool is the program that wrote a version: never its binary, only its version.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// SourceCounts is the account of one source: documents = the sum of outcomes,
// comments read = kept + duplicate + excluded.
type SourceCounts struct {
	SourceID          string           `json:"source_id"`
	Documents         int64            `json:"documents"`
	Outcomes          map[string]int64 `json:"outcomes"` // documents by schema.Outcome…
	Rejected          map[string]int64 `json:"rejected"` // rejected documents by schema.Reason…
	CommentsRead      int64            `json:"comments_read"`
	CommentsKept      int64            `json:"comments_kept"`
	CommentsDuplicate int64            `json:"comments_duplicate"`
	CommentsExcluded  int64            `json:"comments_excluded"`
}

// JSON is m as manifest.json, with its digest.
func (m *Manifest) JSON() ([]byte, error) {
	sealed := *m
	digest, err := m.digest()
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", ManifestName, err)
	}
	sealed.Digest = digest
	data, err := canonical(&sealed)
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", ManifestName, err)
	}
	return data, nil
}

// digest is the SHA-256 of m without its digest: no byte of the file that
// lists all others can change unseen.
func (m *Manifest) digest() (string, error) {
	bare := *m
	bare.Digest = ""
	data, err := canonical(&bare)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}

// ReadManifest reads the manifest of the version in the folder dir, strictly.
func ReadManifest(dir string) (*Manifest, error) {
	data, err := ReadManifestBytes(dir)
	if err != nil {
		return nil, err
	}
	return ParseManifest(data)
}

// ReadManifestBytes is the content of the manifest in the folder dir.
func ReadManifestBytes(dir string) ([]byte, error) {
	data, err := readLimited(opener(filepath.Join(dir, ManifestName)), ManifestName, maxManifest)
	if err != nil {
		if _, missing := os.Stat(dir); errors.Is(missing, fs.ErrNotExist) {
			return nil, fmt.Errorf("this folder is no version: there is no folder %s that could hold manifest.json: %w", filepath.Base(dir), fs.ErrNotExist)
		}
		return nil, fmt.Errorf("this folder is no version: %w", err)
	}
	return data, nil
}

// ParseManifest reads manifest.json. What it lists is checked as far as it can
// be without looking at the files: their paths cannot leave the version.
func ParseManifest(data []byte) (*Manifest, error) {
	m := &Manifest{}
	if err := parseCanonical(data, m); err != nil {
		return nil, fmt.Errorf("%s: %w", ManifestName, err)
	}
	digest, err := m.digest()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", ManifestName, err)
	}
	if m.Digest != digest {
		return nil, fmt.Errorf("%s is %w: its digest is another one", ManifestName, ErrDamaged)
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", ManifestName, err)
	}
	return m, nil
}

func (m *Manifest) check() error {
	switch {
	case m.Schema != schema.Version:
		return fmt.Errorf("schema is %d, this program reads %d", m.Schema, schema.Version)
	case !ValidName(m.Corpus):
		return fmt.Errorf("corpus is no name: %q", m.Corpus)
	case m.Release == nil && !ValidVersion(m.Version) || m.Release != nil && !ValidRelease(m.Version):
		return fmt.Errorf("version is none: %q", m.Version)
	case m.Previous != "" && !ValidVersion(m.Previous):
		return fmt.Errorf("previous is no version: %q", m.Previous)
	case (m.Previous == "") != (m.PreviousSHA256 == "") || m.Previous != "" && !isHex(m.PreviousSHA256, 64):
		return fmt.Errorf("previous_sha256 is no digest of the version %q", m.Previous)
	}
	if m.Release != nil {
		if err := m.Release.check(m.Version); err != nil {
			return fmt.Errorf("release: %w", err)
		}
	}
	if err := m.checkFiles(); err != nil {
		return err
	}
	for i := range m.Sources {
		s := &m.Sources[i]
		if s.SourceID == "" || i > 0 && s.SourceID <= m.Sources[i-1].SourceID {
			return fmt.Errorf("sources are not in the order of their ids: %q", s.SourceID)
		}
		if err := s.check(); err != nil {
			return fmt.Errorf("source %s: %w", s.SourceID, err)
		}
	}
	return nil
}

// check tells whether the account of a source balances.
func (s *SourceCounts) check() error {
	documents, err := sum(s.Outcomes, outcomes, "outcome")
	if err != nil {
		return err
	}
	rejected, err := sum(s.Rejected, schema.Reasons(), "reason")
	if err != nil {
		return err
	}
	for _, n := range []int64{s.Documents, s.CommentsRead, s.CommentsKept, s.CommentsDuplicate, s.CommentsExcluded} {
		if n < 0 || n > maxCount {
			return fmt.Errorf("%d is no count", n)
		}
	}
	switch {
	case documents != s.Documents:
		return fmt.Errorf("%d documents, but the outcomes are %d", s.Documents, documents)
	case rejected != s.Outcomes[schema.OutcomeRejected]:
		return fmt.Errorf("%d documents are rejected, but the reasons are %d", s.Outcomes[schema.OutcomeRejected], rejected)
	case s.CommentsRead != s.CommentsKept+s.CommentsDuplicate+s.CommentsExcluded:
		return fmt.Errorf("%d comments read, but %d kept, %d duplicate and %d excluded", s.CommentsRead, s.CommentsKept, s.CommentsDuplicate, s.CommentsExcluded)
	}
	return nil
}

// maxCount bounds every count, so that sums of them cannot overflow.
const maxCount = 1 << 48

var outcomes = []string{
	schema.OutcomeArticle, schema.OutcomeComments, schema.OutcomeCapture,
	schema.OutcomeExcluded, schema.OutcomeRejected, schema.OutcomeTombstone,
}

// sum adds up counts by name; a name out of the vocabulary is an error.
func sum(counts map[string]int64, vocabulary []string, what string) (int64, error) {
	total, known := int64(0), 0
	for _, name := range vocabulary {
		n, ok := counts[name]
		if n < 0 || n > maxCount {
			return 0, fmt.Errorf("%s %s: %d is no count", what, name, n)
		}
		if ok {
			known++
		}
		total += n
	}
	if known != len(counts) {
		return 0, fmt.Errorf("it counts an %s that there is not", what)
	}
	return total, nil
}

// checkFiles checks the list of files and what is counted by table.
func (m *Manifest) checkFiles() error {
	rows := map[string]int64{}
	shards := map[string]int{}
	for i, f := range m.Files {
		if err := checkPath(f.Path); err != nil {
			return err
		}
		if i > 0 && f.Path <= m.Files[i-1].Path {
			return fmt.Errorf("files are not in the order of their paths: %s", f.Path)
		}
		if f.Bytes < 0 || f.Bytes > maxCount || f.Rows < 0 || f.Rows > maxCount || !isHex(f.SHA256, 64) {
			return fmt.Errorf("file %s has no size or digest", f.Path)
		}
		t, isTable := schema.TableOf(f.Table)
		if f.Table != "" && !isTable || isTable && !strings.HasPrefix(f.Path, t.Dir()+"/") || !isTable && strings.HasSuffix(f.Path, ".parquet") {
			return fmt.Errorf("file %s cannot be of table %q", f.Path, f.Table)
		}
		if !isTable && f.Rows != 0 {
			return fmt.Errorf("file %s is no table and cannot have rows", f.Path)
		}
		if isTable {
			if want := ShardPath(t, shards[t.Name], m.Shards[t.Name]); f.Path != want {
				return fmt.Errorf("file %s stands where %s should be", f.Path, want)
			}
			rows[t.Name] += f.Rows
			shards[t.Name]++
		}
	}
	for _, t := range schema.Tables() {
		if shards[t.Name] != m.Shards[t.Name] || shards[t.Name] == 0 {
			return fmt.Errorf("table %s has %d files, shards says %d", t.Name, shards[t.Name], m.Shards[t.Name])
		}
		if t.Shard == "" && shards[t.Name] != 1 {
			return fmt.Errorf("table %s has %d files, it can only have one", t.Name, shards[t.Name])
		}
		if _, err := ShardCount(0, shards[t.Name]); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		if rows[t.Name] != m.Rows[t.Name] {
			return fmt.Errorf("table %s has %d rows in its files, rows says %d", t.Name, rows[t.Name], m.Rows[t.Name])
		}
	}
	if n := len(schema.Tables()); len(m.Rows) != n || len(m.Shards) != n {
		return fmt.Errorf("rows or shards names a table that there is not")
	}
	return nil
}

// TableFiles are the files of a table in their order.
func (m *Manifest) TableFiles(table string) []FileInfo {
	var files []FileInfo
	for _, f := range m.Files {
		if f.Table == table {
			files = append(files, f)
		}
	}
	return files
}
