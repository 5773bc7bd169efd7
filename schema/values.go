package schema

// Names of the tables that vocabulary.go does not name.
const (
	TableCommenters = "commenters"
	TableCaptures   = "captures"
	TableSources    = "sources"
	TableLedger     = "ledger"
	TableDuplicates = "duplicates"
)

// values is the closed vocabulary of a column, nil where it has none. The
// fields of blocks and spans are asked for under these names as their table.
func values(table, column string) []string {
	switch column {
	case "id_basis":
		if table == TableComments {
			return []string{BasisNative, BasisContent}
		}
		return []string{BasisURL, BasisNative, BasisContent}
	case "state":
		if table == TableComments {
			return []string{StateVisible, StateDeleted, StateRemoved, StateGone, StatePending, StateSpam, StateMissing, StateTombstone}
		}
		return []string{StatePresent, StateNoText, StateTombstone}
	case "published_precision", "posted_precision":
		return []string{PrecisionYear, PrecisionMonth, PrecisionDay, PrecisionHour, PrecisionMinute, PrecisionSecond}
	case "comment_order":
		return []string{OrderOldest, OrderNewest, OrderRanked, OrderUnknown}
	case "inferred_basis":
		return []string{InferredAddress, InferredQuote}
	case "commenter_basis":
		return []string{CommenterAccount, CommenterName, CommenterGeneric, CommenterNone}
	case "lang_basis":
		return []string{LangText, LangThread, LangDeclared}
	case "tier":
		return []string{TierFull, TierGated, TierStandoff, TierExcluded}
	case "split":
		return []string{SplitTrain, SplitValidation, SplitTest, SplitUnassigned}
	case "outcome":
		return []string{OutcomeArticle, OutcomeComments, OutcomeCapture, OutcomeExcluded, OutcomeRejected, OutcomeTombstone}
	case "reason":
		return Reasons()
	case "table":
		return []string{TableArticles}
	case "rule":
		return []string{RuleExact, RuleNear}
	case "covers":
		return []string{CoversArticle, CoversSite, CoversImage, CoversWidget, CoversComments, CoversUnknown}
	case "kind":
		switch table {
		case "blocks":
			return []string{BlockHeading, BlockParagraph, BlockQuote, BlockListItem, BlockTableRow, BlockCode, BlockCaption, BlockAuthorNote}
		case "spans":
			return []string{SpanMention, SpanEmail, SpanPhone, SpanIP, SpanAccount, SpanHandle, SpanLink, SpanRemoved}
		}
	}
	return nil
}
