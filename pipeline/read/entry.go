package read

import (
	"fmt"
	"strings"
)

// Entry is a post of an export or feed with its comments, in the export's own
// forms: content is markup, times are as ISO 8601 as the export allows. The
// extractor of entries turns it into a draft; nothing in it is cleaned.
//
// It has no field for an e-mail or IP address or a user agent: these never
// pass a reader.
type Entry struct {
	URL          string
	CanonicalURL string // where the export tells it apart from URL
	NativeID     string // id of the post within its site
	Site         string
	Title        string // plain text or markup with entities
	Subtitle     string
	Authors      []string
	PublishedAt  string
	ModifiedAt   string
	Section      string
	Tags         []string
	Lang         string         // BCP 47, as stated
	License      string         // address or name, as stated
	Evidence     string         // element that stated the licence
	Licenses     []EntryLicense `json:",omitempty"` // every statement about one
	Content      string         // of the post
	ContentKind  string         // ContentHTML, ...; empty for ContentHTML
	NoText       bool           // only the thread is known
	Comments     []EntryComment
	Stated       *int32 // number of comments that the export says there are
	Order        string // schema.Order…, empty for unknown
	Excluded     []ExcludedComments
	NotPublic    string   // why readers of the site do not see the post, for sources that keep such: "status draft"
	Notes        []string // what the ledger has to say of reading it
}

// EntryLicense is a statement about a licence: an address, or words.
type EntryLicense struct {
	Raw   string
	Where string // the element that made it
	Site  bool   // of the feed as a whole
	Image bool   // of a picture, film or sound of the post
}

// maxLicenses bounds the statements of one entry, maxLicenseText each of them.
const (
	maxLicenses    = 16
	maxLicenseText = 4096
)

// state appends a statement to a list.
func state(list []EntryLicense, s EntryLicense) []EntryLicense {
	s.Raw = strings.TrimSpace(s.Raw)
	if s.Raw == "" || len(list) >= maxLicenses {
		return list
	}
	s.Raw = s.Raw[:min(len(s.Raw), maxLicenseText)]
	return append(list, s)
}

// exclude counts a comment that a rule leaves out.
func (e *Entry) exclude(reason string) {
	for i := range e.Excluded {
		if e.Excluded[i].Reason == reason {
			e.Excluded[i].N++
			return
		}
	}
	e.Excluded = append(e.Excluded, ExcludedComments{Reason: reason, N: 1})
}

// illegal notes characters that the format does not allow, where there are any.
func (e *Entry) illegal(n int) {
	if n > 0 {
		e.Notes = append(e.Notes, fmt.Sprintf("characters that XML does not allow were dropped: %d", n))
	}
}

// EntryComment is a comment of an Entry.
type EntryComment struct {
	ID        string // native id
	ParentID  string // native id of the comment replied to
	Author    string // as displayed
	AuthorURL string
	AuthorID  string // account, where stated; never an e-mail address
	Role      string
	PostedAt  string
	EditedAt  string
	State     string // schema.State…, empty for visible
	Content   string
	Kind      string // ContentHTML, ...; empty for ContentHTML
	VotesUp   *int32
	VotesDown *int32
	Score     *int32
}

// ExcludedComments counts comments of a post that a rule of the reader leaves
// out, by the rule.
type ExcludedComments struct {
	Reason string // e.g. "spam", "pending", "pingback"
	N      int
}

// Kinds of content.
const (
	ContentHTML      = "html"
	ContentWordPress = "wordpress" // HTML with blank lines for paragraphs, shortcodes and block comments
	ContentMarkdown  = "markdown"
	ContentText      = "text"
)
