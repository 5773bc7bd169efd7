// Package statistics measures a version while its rows are written: one pass,
// whole numbers only, and memory that does not grow with the corpus. Every
// figure in the documents of a version is one of these.
//
// It must never read a clock or a file, keep wording or a name, or use a
// floating-point number.
package statistics

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// FormVersion is the version of the form of statistics.json.
const FormVersion = 1

// MaxNames is how many different names a breakdown by an open vocabulary keeps:
// the first ones in the order of the rows. All others are counted as Others.
const MaxNames = 4096

// MaxNameBytes is how long such a name may be; a longer one counts as Others.
const MaxNameBytes = 1024

// Others is the name of what a breakdown does not keep one by one.
const Others = "(others)"

// Statistics is statistics.json. Shares and indices are per mille, cut or
// rounded as their fields say. "" as a name stands for a null.
type Statistics struct {
	Form         int               `json:"form"` // FormVersion
	Corpus       string            `json:"corpus"`
	Version      string            `json:"version"`
	TablesSHA256 string            `json:"tables_sha256"` // SHA-256 over "SHA256  PATH\n" of the files of the tables, by path
	Tables       []Table           `json:"tables"`        // in the order of schema.Tables
	Articles     Records           `json:"articles"`
	Comments     Records           `json:"comments"`
	Rights       []Rights          `json:"rights"`
	Threads      Threads           `json:"threads"`
	Activity     Activity          `json:"activity"`
	Values       []Value           `json:"values"`  // of columns with a closed vocabulary
	Missing      []Missing         `json:"missing"` // of columns that have nulls, or lists that are empty
	Duplicates   Duplicates        `json:"duplicates"`
	PersonalData PersonalData      `json:"personal_data"`
	Timeframe    Timeframe         `json:"timeframe"`
	OptOuts      OptOuts           `json:"opt_outs"`
	Extractors   []Count           `json:"extractors"`          // articles by extractor
	Extraction   []ExtractionScore `json:"extraction,omitzero"` // against expected records, by source; known to the build alone, and missing where none are given
	Ledger       Ledger            `json:"ledger"`
	Splits       *Splits           `json:"splits"`            // null without splits
	Takedown     *Takedown         `json:"takedown,omitzero"` // where anything was asked to be taken down
}

// JSON is s as statistics.json.
func (s *Statistics) JSON() ([]byte, error) {
	data, err := json.Marshal(s, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return nil, fmt.Errorf("writing the statistics: %w", err)
	}
	return append(data, '\n'), nil
}

// Parse reads statistics.json, strictly.
func Parse(data []byte) (*Statistics, error) {
	s := &Statistics{}
	if err := json.Unmarshal(data, s, json.RejectUnknownMembers(true)); err != nil {
		return nil, fmt.Errorf("statistics.json cannot be read: %w", err)
	}
	if s.Form != FormVersion {
		return nil, fmt.Errorf("statistics.json has the form %d, this program reads %d", s.Form, FormVersion)
	}
	return s, nil
}

// Count is a number under a name.
type Count struct {
	Name string `json:"name"`
	N    int64  `json:"n"`
}

// Group is a part of the records of a table.
type Group struct {
	Name       string `json:"name"`
	Records    int64  `json:"records"`
	Words      int64  `json:"words"`
	Characters int64  `json:"characters"` // Unicode code points
}

// Table is the size of a table.
type Table struct {
	Name   string `json:"name"`
	Folder string `json:"folder"` // data or audit
	Rows   int64  `json:"rows"`
	Files  int    `json:"files"`
	Bytes  int64  `json:"bytes"` // of its files
}

// Records measures articles or comments. Words are segments by UAX 29 with a
// letter or digit, as in the column n_words.
type Records struct {
	Records    int64        `json:"records"`
	WithText   int64        `json:"with_text"`
	Words      int64        `json:"words"`
	Characters int64        `json:"characters"`
	BySource   []Group      `json:"by_source"`
	ByLanguage []Group      `json:"by_language"`
	ByLicense  []Group      `json:"by_license"`
	ByTier     []Group      `json:"by_tier"`
	ByMonth    []Group      `json:"by_month"` // YYYY-MM of the stated local time, or YYYY where it is no more exact
	BySplit    []Group      `json:"by_split"`
	Lengths    Distribution `json:"lengths"` // words of those with text
}

// Rights counts records with the same rights.
type Rights struct {
	Table        string `json:"table"`
	SourceID     string `json:"source_id"` // of the article
	License      string `json:"license"`
	RightsHolder string `json:"rights_holder"`
	Tier         string `json:"tier"`
	Records      int64  `json:"records"`
}

// Threads measures the comment trees of articles. Rows of state missing are
// places and no comments: they are left out of every figure here.
type Threads struct {
	WithComments   int64        `json:"with_comments"` // articles
	Without        int64        `json:"without"`
	TopLevel       int64        `json:"top_level"`        // comments on the article
	Replies        int64        `json:"replies"`          // comments with a stated parent
	Inferred       int64        `json:"inferred"`         // comments with an inferred parent
	Comments       Distribution `json:"comments"`         // of an article that has any
	Depth          Distribution `json:"depth"`            // of its deepest comment
	Width          Distribution `json:"width"`            // of its widest level: comments of one depth
	ByDepth        Distribution `json:"by_depth"`         // of every comment
	ReplyMinutes   Distribution `json:"reply_minutes"`    // from parent to reply, whole minutes, where both instants are known and in order
	RepliesBefore  int64        `json:"replies_before"`   // replies that claim to be older than their parent
	RepliesUndated int64        `json:"replies_undated"`  // replies where an instant is not known
	DelayMinutes   Distribution `json:"delay_minutes"`    // from publication to comment, likewise
	CommentsBefore int64        `json:"comments_before"`  // comments that claim to be older than their article
	CommentsNoTime int64        `json:"comments_undated"` // comments where an instant is not known
}

// Activity measures how the comments spread over the commenters.
type Activity struct {
	Commenters   int64        `json:"commenters"`
	Comments     int64        `json:"comments"`       // by a known commenter
	GiniPerMille int64        `json:"gini_per_mille"` // of comments over commenters, rounded half up
	Top          []Top        `json:"top"`            // the most active hundredth and tenth
	PerCommenter Distribution `json:"per_commenter"`  // comments of a commenter
	Articles     Distribution `json:"articles"`       // articles that a commenter commented on
}

// Top is the share of the most active commenters.
type Top struct {
	PerMille      int64 `json:"per_mille"`  // of the commenters, rounded up to whole ones
	Commenters    int64 `json:"commenters"` // so many
	Comments      int64 `json:"comments"`   // of theirs
	SharePerMille int64 `json:"share_per_mille"`
}

// Value counts the rows of a value of a closed vocabulary.
type Value struct {
	Table  string `json:"table"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Rows   int64  `json:"rows"`
}

// Missing counts the rows in which a column is null, or its list empty.
type Missing struct {
	Table   string  `json:"table"`
	Column  string  `json:"column"`
	List    bool    `json:"list"` // whether empty lists are counted
	Rows    int64   `json:"rows"`
	Reasons []Count `json:"reasons"` // one or more of Reasons
}

// Duplicates counts near-duplicate articles.
type Duplicates struct {
	Clusters int64 `json:"clusters"`
	Members  int64 `json:"members"`
	Exact    int64 `json:"exact"` // members with the text of the one that stands for the cluster, itself left out
	Near     int64 `json:"near"`  // other members, itself left out
}

// PersonalData counts what was found in texts.
type PersonalData struct {
	Spans     []Count `json:"spans"`      // by kind, articles and comments
	Articles  int64   `json:"articles"`   // with at least one span that is no link
	Comments  int64   `json:"comments"`   // likewise
	NamesLeft int64   `json:"names_left"` // places where a commenter's name was left standing; known to the build alone
}

// Timeframe says when the content came about and when it was collected.
type Timeframe struct {
	Captured        Period  `json:"captured"`  // instants of the captures
	Published       Period  `json:"published"` // local times of the articles, as stated
	Posted          Period  `json:"posted"`    // local times of the comments, as stated
	CapturedByMonth []Count `json:"captured_by_month"`
}

// Period is the time between the earliest and the latest of n times.
type Period struct {
	From    string `json:"from"` // ISO 8601, "" for none
	To      string `json:"to"`
	Known   int64  `json:"known"`
	Unknown int64  `json:"unknown"`
}

// OptOuts counts opt-out signals of captured pages.
type OptOuts struct {
	Articles int64   `json:"articles"` // with at least one signal
	Signals  []Count `json:"signals"`  // as they stood
}

// Ledger counts what became of the documents.
type Ledger struct {
	Documents int64     `json:"documents"`
	Outcomes  []Count   `json:"outcomes"`
	Reasons   []Because `json:"reasons"`
	Sources   []Account `json:"sources"` // by id
}

// Because counts the documents of an outcome with one reason.
type Because struct {
	Outcome string `json:"outcome"`
	Reason  string `json:"reason"`
	N       int64  `json:"n"`
}

// Account is the account of a source.
type Account struct {
	SourceID          string  `json:"source_id"`
	Documents         int64   `json:"documents"`
	Outcomes          []Count `json:"outcomes"`
	CommentsRead      int64   `json:"comments_read"`
	CommentsKept      int64   `json:"comments_kept"`
	CommentsDuplicate int64   `json:"comments_duplicate"`
	CommentsExcluded  int64   `json:"comments_excluded"`
}

// Splits says by which rule records were split, and how far the splits leak.
type Splits struct {
	Rule   string  `json:"rule"`
	Shares []Count `json:"shares"` // asked for, per mille
	Leaks  []Leak  `json:"leaks"`
}

// Leak says what one split knows of another. Its figures are those of
// audit/splits.json.
type Leak struct {
	Of             string `json:"of"` // the split that is looked at
	In             string `json:"in"` // the split that is looked for it
	Articles       int64  `json:"articles"`
	EqualTexts     int64  `json:"equal_texts"`
	Shared200      int64  `json:"shared_200"` // articles that share at least 200 per mille of their word sequences
	Comments       int64  `json:"comments"`   // by a known commenter
	CommentsSeen   int64  `json:"comments_seen"`
	Commenters     int64  `json:"commenters"`
	CommentersSeen int64  `json:"commenters_seen"`
}
