package schema

// What a release keeps of a column. The rule follows from the class: a fact is
// kept in every row, wording and names with the text of the row alone, and what
// is about the builder's own files never leaves. The exceptions are in releaseOf.
const (
	ReleaseKept     = "kept"       // as it is, in every row
	ReleaseWithText = "with text"  // as it is where the row keeps its text; else null, or an empty list
	ReleaseNever    = "never"      // null, or empty
	ReleaseRenamed  = "renamed"    // another id in its place; see docs/releases.md
	ReleaseCut      = "cut"        // no more exact than time_precision says
	ReleaseAnew     = "anew"       // computed over the rows that are left
	ReleaseLong     = "long texts" // with text, and without it where that has MinDigest code points
	ReleaseProof    = "proof"      // only a release has a value here
)

// MinDigest is how many code points a withheld text has to have to carry a
// digest of its own. Shorter ones could be found by trying: they are proven by
// one digest a thread.
const MinDigest = 64

// ReleaseRules are the rules with their meaning, in the order of the docs.
func ReleaseRules() []Reason {
	return []Reason{
		{ReleaseKept, "as it is, in every row"},
		{ReleaseWithText, "as it is where the row keeps its text, else null or an empty list"},
		{ReleaseNever, "null or empty in every row"},
		{ReleaseRenamed, "another id stands in its place where the old one would tell who wrote or what"},
		{ReleaseCut, "no more exact than `time_precision`"},
		{ReleaseAnew, "computed over the rows that are left"},
		{ReleaseLong, "in every row, but for withheld texts under 64 code points, where it is null"},
		{ReleaseProof, "only a release that withholds texts has it"},
	}
}

// releaseOf is the rule of a column, or of a field of the lists blocks and spans.
func releaseOf(table, column, class string) string {
	switch table {
	case TableLedger:
		return ReleaseNever // it leaves as counts by reason
	case TableCommenters, TableDuplicates:
		switch column {
		case "commenter_id":
			return ReleaseRenamed
		case "cluster_id", "kept", "n_comments", "n_articles", "first_posted_at", "last_posted_at":
			return ReleaseAnew
		}
	case TableArticles, TableComments:
		switch column {
		case "text_sha256":
			return ReleaseLong
		case "withheld_sha256", "thread_sha256":
			return ReleaseProof
		case "n_comments", "near_duplicate_cluster":
			return ReleaseAnew
		case "comment_id", "parent_id", "thread_id", "inferred_parent_id", "commenter_id":
			return ReleaseRenamed
		case "posted_at", "posted_local", "posted_precision", "edited_at":
			return ReleaseCut
		}
	case "spans":
		if column == "ref_id" {
			return ReleaseRenamed
		}
	}
	switch class {
	case ClassText, ClassPerson:
		return ReleaseWithText
	case ClassInternal:
		return ReleaseNever
	}
	return ReleaseKept
}
