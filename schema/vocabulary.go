package schema

// Values of the closed vocabularies; the columns' docs say what each means.
const (
	BasisURL     = "url"
	BasisNative  = "native"
	BasisContent = "content"

	StatePresent   = "present"
	StateNoText    = "no_text"
	StateTombstone = "tombstone"

	StateVisible = "visible"
	StateDeleted = "deleted"
	StateRemoved = "removed"
	StateGone    = "gone"
	StatePending = "pending"
	StateSpam    = "spam"
	StateMissing = "missing"

	OrderOldest  = "oldest"
	OrderNewest  = "newest"
	OrderRanked  = "ranked"
	OrderUnknown = "unknown"

	CommenterAccount = "account"
	CommenterName    = "name"
	CommenterGeneric = "generic"
	CommenterNone    = "none"

	InferredAddress = "address"
	InferredQuote   = "quote"

	LangText     = "text"
	LangThread   = "thread"
	LangDeclared = "declared"

	BlockHeading    = "heading"
	BlockParagraph  = "paragraph"
	BlockQuote      = "quote"
	BlockListItem   = "list_item"
	BlockTableRow   = "table_row"
	BlockCode       = "code"
	BlockCaption    = "caption"
	BlockAuthorNote = "author_note"

	SpanMention = "mention"
	SpanEmail   = "email"
	SpanPhone   = "phone"
	SpanIP      = "ip"
	SpanAccount = "account"
	SpanHandle  = "handle"
	SpanLink    = "link"
	SpanRemoved = "removed"

	// MaskRemoved stands in a text where something was taken down.
	MaskRemoved = "[removed]"

	PrecisionYear   = "year"
	PrecisionMonth  = "month"
	PrecisionDay    = "day"
	PrecisionHour   = "hour"
	PrecisionMinute = "minute"
	PrecisionSecond = "second"

	TierFull     = "full"
	TierGated    = "gated"
	TierStandoff = "standoff"
	TierExcluded = "excluded"

	OutcomeArticle   = "article"
	OutcomeComments  = "comments"
	OutcomeCapture   = "capture"
	OutcomeExcluded  = "excluded"
	OutcomeRejected  = "rejected"
	OutcomeTombstone = "tombstone"

	SplitTrain      = "train"
	SplitValidation = "validation"
	SplitTest       = "test"
	SplitUnassigned = "unassigned"

	LicenseUnknown = "NOASSERTION"

	CoversArticle  = "article"
	CoversSite     = "site"
	CoversImage    = "image"
	CoversWidget   = "widget"
	CoversComments = "comments"
	CoversUnknown  = "unknown"

	RuleExact = "exact"
	RuleNear  = "near"

	TableArticles = "articles"
	TableComments = "comments"
)

// Reasons of the ledger: why a document ended where it did.
const (
	ReasonUnreadable      = "unreadable"
	ReasonEmpty           = "empty"
	ReasonBinary          = "binary"
	ReasonUndecodable     = "undecodable"
	ReasonMalformed       = "malformed"
	ReasonTooLarge        = "too_large"
	ReasonTooDeep         = "too_deep"
	ReasonTooManyComments = "too_many_comments"
	ReasonUnknownFormat   = "unknown_format"
	ReasonNoContent       = "no_content"
	ReasonURLDisbelieved  = "url_disbelieved"
	ReasonNewerCapture    = "newer_capture"
	ReasonNotPublic       = "not_public"
	ReasonNotAnArticle    = "not_an_article"
	ReasonCorruptRecord   = "corrupt_record"
	ReasonRedirect        = "redirect"
	ReasonHTTPError       = "http_error"
	ReasonNotHTML         = "not_html"
	ReasonSegmented       = "segmented"
	ReasonRevisit         = "revisit"
	ReasonNotSelected     = "not_selected"
	ReasonArchiveLimit    = "archive_limit"
	ReasonUnsupported     = "unsupported"
	ReasonNotADocument    = "not_a_document"
	ReasonPanic           = "extractor_failed"
	ReasonTakenDown       = "taken_down"
)

// Reason is a reason of the ledger with its meaning.
type Reason struct{ Name, Doc string }

// ReasonDocs is the closed list of the ledger's reasons, in the order of the docs.
func ReasonDocs() []Reason {
	return []Reason{
		{ReasonUnreadable, "permission denied, vanished, input/output error"},
		{ReasonEmpty, "no bytes, or only white space"},
		{ReasonBinary, "not text"},
		{ReasonUndecodable, "no charset decodes it"},
		{ReasonMalformed, "breaks the rules of its format"},
		{ReasonTooLarge, "over limits: bytes"},
		{ReasonTooDeep, "nested deeper than can be parsed"},
		{ReasonTooManyComments, "over limits: comments"},
		{ReasonUnknownFormat, "format: auto found none"},
		{ReasonNoContent, "neither text nor comments found"},
		{ReasonURLDisbelieved, "several different texts claim the canonical URL"},
		{ReasonNewerCapture, "another capture of the article gave its columns"},
		{ReasonNotPublic, "a draft, private, scheduled, deleted or behind a password at the time of the export"},
		{ReasonNotAnArticle, "an attachment, a menu, a revision or the like of an export"},
		{ReasonCorruptRecord, "a record of a web archive, a member of an archive or compressed data, damaged or cut off"},
		{ReasonRedirect, "a response that points to another address"},
		{ReasonHTTPError, "a response without the page, by its status"},
		{ReasonNotHTML, "a record of a web archive that is no page"},
		{ReasonSegmented, "a page in several records of a web archive"},
		{ReasonRevisit, "a record of a web archive that refers to another one, which is not in the build"},
		{ReasonNotSelected, "records of a web archive that the CDX of the source does not name; one row an archive"},
		{ReasonArchiveLimit, "packed too often, out of proportion, too many members: over a bound of archives"},
		{ReasonUnsupported, "encrypted, or packed by a method that is not read"},
		{ReasonNotADocument, "a link, a device or a hidden file in an archive"},
		{ReasonPanic, "a library panicked on the document"},
		{ReasonTakenDown, "the article that the document shows was taken down"},
	}
}

// Reasons are the names of the closed list.
func Reasons() []string {
	list := ReasonDocs()
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = r.Name
	}
	return names
}
