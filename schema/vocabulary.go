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

	RuleExact = "exact"
	RuleNear  = "near"

	TableArticles = "articles"
	TableComments = "comments"
)

// Reasons of the ledger: the closed list of why a document ended where it did.
const (
	ReasonUnreadable      = "unreadable"        // permission denied, vanished, input/output error
	ReasonEmpty           = "empty"             // no bytes, or only white space
	ReasonBinary          = "binary"            // not text
	ReasonUndecodable     = "undecodable"       // no charset decodes it
	ReasonMalformed       = "malformed"         // breaks the rules of its format
	ReasonTooLarge        = "too_large"         // over limits: bytes
	ReasonTooDeep         = "too_deep"          // nested deeper than can be parsed
	ReasonTooManyComments = "too_many_comments" // over limits: comments
	ReasonUnknownFormat   = "unknown_format"    // format: auto found none
	ReasonNoContent       = "no_content"        // neither text nor comments found
	ReasonURLDisbelieved  = "url_disbelieved"   // several different texts claim the canonical URL
	ReasonNewerCapture    = "newer_capture"     // another capture of the article gave its columns
	ReasonPanic           = "extractor_failed"  // a library panicked on the document
)

// Reasons lists the closed list of the ledger's reasons, in the order of the docs.
func Reasons() []string {
	return []string{
		ReasonUnreadable, ReasonEmpty, ReasonBinary, ReasonUndecodable, ReasonMalformed, ReasonTooLarge,
		ReasonTooDeep, ReasonTooManyComments, ReasonUnknownFormat, ReasonNoContent, ReasonURLDisbelieved,
		ReasonNewerCapture, ReasonPanic,
	}
}
