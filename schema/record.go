package schema

// Record is a document in the form that `corpus extract` prints and that the
// input format jsonl reads: one JSON object a document, names not yet masked.
// Times are ISO 8601, as exact as stated, with an offset only where known.
// The keys without omitzero are always printed.
type Record struct {
	Source      string          `json:"source"`
	URL         *string         `json:"url"`
	Site        *string         `json:"site"`
	Title       *string         `json:"title"`
	Authors     []string        `json:"authors"`
	PublishedAt *string         `json:"published_at"`
	ModifiedAt  *string         `json:"modified_at"`
	License     *string         `json:"license"`
	Tags        []string        `json:"tags"`
	Lang        *string         `json:"lang"`
	Text        *string         `json:"text"`
	Comments    []RecordComment `json:"comments"`

	Locator         string   `json:"locator,omitzero"`
	ID              string   `json:"id,omitzero"`
	CanonicalURL    string   `json:"canonical_url,omitzero"`
	CapturedAt      string   `json:"captured_at,omitzero"`
	Subtitle        string   `json:"subtitle,omitzero"`
	Section         string   `json:"section,omitzero"`
	State           string   `json:"state,omitzero"`
	Part            int32    `json:"part,omitzero"` // number of the page of a paged article that the text is of, from 2
	Blocks          []Block  `json:"blocks,omitzero"`
	NCommentsStated *int32   `json:"n_comments_stated,omitzero"`
	CommentOrder    string   `json:"comment_order,omitzero"`
	LicenseURL      string   `json:"license_url,omitzero"`
	LicenseEvidence string   `json:"license_evidence,omitzero"`
	OptOut          []string `json:"opt_out,omitzero"`

	// State of the consent of the article's authors, and ground of the text and
	// data mining, see docs/rights.md.
	ConsentBasis string `json:"consent_basis,omitzero"`
	TDMBasis     string `json:"tdm_basis,omitzero"`

	Statements     []LicenseStatement `json:"license_statements,omitempty"`
	DocumentSHA256 string             `json:"document_sha256,omitzero"` // of the decoded page that the record was read from
}

// RecordComment is a comment in a Record. An id that begins with "~" is no id
// of the site: it only lets other comments of the same record name it.
type RecordComment struct {
	ID        string  `json:"id"`
	ParentID  *string `json:"parent_id"`
	Author    string  `json:"author"`
	AuthorURL *string `json:"author_url"`
	PostedAt  *string `json:"posted_at"`
	Text      string  `json:"text"`

	AuthorID  string  `json:"author_id,omitzero"`
	Role      string  `json:"role,omitzero"`
	EditedAt  string  `json:"edited_at,omitzero"`
	State     string  `json:"state,omitzero"`
	Lang      string  `json:"lang,omitzero"`
	Blocks    []Block `json:"blocks,omitzero"`
	VotesUp   *int32  `json:"votes_up,omitzero"`
	VotesDown *int32  `json:"votes_down,omitzero"`
	Score     *int32  `json:"score,omitzero"`
	Featured  *bool   `json:"featured,omitzero"`

	License      string `json:"license,omitzero"`       // SPDX expression of this comment
	ConsentBasis string `json:"consent_basis,omitzero"` // state of the consent of its author
	TDMBasis     string `json:"tdm_basis,omitzero"`
}
