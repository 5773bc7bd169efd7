// Package config reads corpus.yaml: strictly, so that a word it does not know
// is an error with its place and the nearest word that it knows.
//
// It must never guess a value, read the environment, or open an input.
package config

import (
	"fmt"

	"corpus/licenses"
)

// Config is corpus.yaml. Keys that a stage does not act on yet are recorded
// in the table sources and in the manifest.
type Config struct {
	Schema        int           `yaml:"schema"`         // version of this file's form: 1
	Corpus        string        `yaml:"corpus"`         // name: lower case letters, digits, - and _
	Version       string        `yaml:"version"`        // semantic version MAJOR.MINOR.PATCH, or VersionNext
	Previous      string        `yaml:"previous"`       // version that this one follows: a number, or a path to its folder
	Title         string        `yaml:"title"`          // one line for people
	Description   string        `yaml:"description"`    // a paragraph for people
	Privacy       string        `yaml:"privacy"`        // pseudonyms (default) or none
	Splits        string        `yaml:"splits"`         // none (default), thread, commenter or time
	SplitShares   *SplitShares  `yaml:"split_shares"`   // per mille; default 800, 100, 100
	AcceptRejects string        `yaml:"accept_rejects"` // a number or a percentage of the documents, e.g. 3 or 5%
	Limits        Limits        `yaml:"limits"`
	PrivacyLimit  *PrivacyLimit `yaml:"privacy_limit"` // personal data that may be left; nil for no limit
	Release       *Release      `yaml:"release"`       // what a release lets out of commenters; nil for the defaults
	Takedown      Takedown      `yaml:"takedown"`      // what was asked to be gone
	Sources       []Source      `yaml:"sources"`

	Policy *licenses.Policy `yaml:"policy"` // which record may leave in which tier; without one all are standoff

	file   string           // name of the file, for Where
	places map[string]place // of the values in it
}

// Where names the place of a value in the file it was read from, with a colon
// and a blank after it, for the beginning of a message; path is such as
// "sources[0].inputs[1]". It is empty where the place is not known.
func (c *Config) Where(path string) string {
	at, ok := c.places[path]
	if !ok || at.line == 0 {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d: ", c.file, at.line, at.column)
}

// IsNumber tells whether s is a number of a version, MAJOR.MINOR.PATCH.
func IsNumber(s string) bool { return versionPattern.MatchString(s) }

// Values of version, privacy and splits.
const (
	VersionNext = "next" // the number that follows from the difference to the previous version

	PrivacyPseudonyms = "pseudonyms"
	PrivacyNone       = "none"

	SplitsNone      = "none"
	SplitsThread    = "thread"
	SplitsCommenter = "commenter"
	SplitsTime      = "time"
)

// Values of unpublished.
const (
	UnpublishedExclude = "exclude"
	UnpublishedInclude = "include"
)

// DefaultLimits are the limits of a document where the configuration states none.
func DefaultLimits() Limits { return Limits{Bytes: 8 << 20, Comments: 100_000, Depth: 1000} }

// DefaultShares are the shares of the splits where the configuration states none.
func DefaultShares() SplitShares { return SplitShares{Train: 800, Validation: 100, Test: 100} }

// Found is a group of inputs that a look into a folder found, for Skeleton.
type Found struct {
	ID     string   // of the source to declare
	Format string   // html, textpage or jsonl
	Inputs []string // globs, relative to the folder, with /
	Count  int      // files
}

// SplitShares are the shares of the splits in per mille; they add up to 1000.
type SplitShares struct {
	Train      int `yaml:"train"`
	Validation int `yaml:"validation"`
	Test       int `yaml:"test"`
}

// Limits bound one document; a document over them is rejected with a reason.
type Limits struct {
	Bytes    Size `yaml:"bytes"`    // default 8 MiB
	Comments int  `yaml:"comments"` // default 100000
	Depth    int  `yaml:"depth"`    // of replies, default 1000
}

// Source is a declared set of inputs.
type Source struct {
	ID            string     `yaml:"id"`
	Inputs        []string   `yaml:"inputs"` // globs, relative to corpus.yaml or absolute
	Format        string     `yaml:"format"` // default auto
	Index         string     `yaml:"index"`  // CSV: path or digest → url, captured_at, license
	Site          string     `yaml:"site"`
	TimeZone      string     `yaml:"time_zone"` // IANA name
	Languages     []string   `yaml:"languages"` // ISO 639
	IdentityScope string     `yaml:"identity_scope"`
	Unpublished   string     `yaml:"unpublished"` // of exports: exclude (default) or include
	CDX           string     `yaml:"cdx"`         // CDX or CDXJ that selects the records of web archives
	Gold          string     `yaml:"gold"`        // expected records of some of its pages, that extraction is measured by
	PostTypes     []string   `yaml:"post_types"`  // of WordPress that are articles, beside post and page
	Rights        Rights     `yaml:"rights"`
	Consent       Consent    `yaml:"consent"`
	Collection    Collection `yaml:"collection"`
}

// Rights declares what the articles and the comments of a source may be used for.
type Rights struct {
	License         string   `yaml:"license"`          // SPDX expression of the articles
	LicenseRule     string   `yaml:"license_rule"`     // where the page states another one: agree (default), page or declared
	CommentsLicense string   `yaml:"comments_license"` // SPDX expression of the comments
	RightsHolder    string   `yaml:"rights_holder"`
	TermsURL        string   `yaml:"terms_url"`
	TDMBasis        string   `yaml:"tdm_basis"`    // a value of licenses.TDMBases
	TDMEvidence     string   `yaml:"tdm_evidence"` // what it rests on, in words
	AllowedUses     []string `yaml:"allowed_uses"` // values of licenses.Uses
}

// Consent declares the grounds of processing personal data.
type Consent struct {
	ConsentBasis    string `yaml:"consent_basis"`    // a value of licenses.ConsentBases
	ConsentEvidence string `yaml:"consent_evidence"` // what it rests on, in words
	GDPRBasis       string `yaml:"gdpr_basis"`       // a value of licenses.GDPRBases
	GDPREvidence    string `yaml:"gdpr_evidence"`
	Art9Ground      string `yaml:"art9_ground"` // a value of licenses.Art9Grounds
	Art9Evidence    string `yaml:"art9_evidence"`
	Art14           string `yaml:"art14"` // a value of licenses.Art14Answers
	Art14Evidence   string `yaml:"art14_evidence"`
	Controller      string `yaml:"controller"`
	DPOContact      string `yaml:"dpo_contact"`
	DPIARef         string `yaml:"dpia_ref"`
	EthicsBoard     string `yaml:"ethics_board"`
	EthicsRef       string `yaml:"ethics_ref"`
	EthicsDate      string `yaml:"ethics_date"` // YYYY-MM-DD
}

// Collection declares how and when a source was collected.
type Collection struct {
	From           string `yaml:"from"` // YYYY-MM-DD
	To             string `yaml:"to"`
	Collector      string `yaml:"collector"`
	Method         string `yaml:"method"`
	RetentionUntil string `yaml:"retention_until"`
	DeclaredBy     string `yaml:"declared_by"`
	DeclaredAt     string `yaml:"declared_at"`
}
