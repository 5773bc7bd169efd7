package compare

import "corpus/schema"

// rule says what another value of a column means.
type rule int

const (
	edit     rule = iota // major: what was said, by whom, when, or whether it stands
	place                // major, a move: where a comment stands
	describe             // minor: what describes a record, and the grounds on which it may be used
	account              // patch: counts, votes, captures, clusters, scores, where a record was read
	tier                 // major where it is tightened, else minor
	split                // major where a record leaves its split, minor where it had none
	derived              // nothing of its own: it follows from text
	key                  // what the records are matched by
)

// tightness is the order of the tiers.
var tightness = map[string]int{schema.TierFull: 0, schema.TierGated: 1, schema.TierStandoff: 2, schema.TierExcluded: 3}

// rules are the meanings of the columns by table. A column that is not here
// counts as an edit, so that a new one has to be thought about.
var rules = map[string]map[string]rule{
	schema.TableArticles: with(common, map[string]rule{
		"article_id": key, "id_basis": account,
		"source_id": account, "site": account, "url": account, "canonical_url": account,
		"modified_at": edit, "published_at": edit, "published_local": edit, "published_precision": edit,
		"title": edit, "subtitle": edit, "byline": edit, "section": edit, "tags": edit, "blocks": edit, "text": edit, "state": edit,
		"license_statements": describe, "n_sentences": account, "n_comments": account, "n_comments_stated": account, "comment_order": describe,
		"withheld_sha256": edit, "thread_sha256": edit,
	}),
	schema.TableComments: with(common, map[string]rule{
		"comment_id": key, "id_basis": account, "source_id": account,
		"article_id": place, "parent_id": place, "thread_id": place, "depth": account, "position": account,
		"inferred_parent_id": describe, "inferred_basis": describe,
		"commenter_id": edit, "commenter_basis": edit, "commenter_role": edit,
		"posted_at": edit, "posted_local": edit, "posted_precision": edit, "edited_at": edit,
		"blocks": edit, "text": edit, "state": edit,
		"votes_up": account, "votes_down": account, "score": account, "featured": account,
		"lang_basis": describe, "n_words_quoted": account,
		"first_captured_at": account, "last_captured_at": account, "n_captures": account,
	}),
	"commenters": {
		"commenter_id": key, "name": edit,
		"n_comments": account, "n_articles": account, "first_posted_at": account, "last_posted_at": account,
	},
}

// common are the columns that articles and comments share.
var common = map[string]rule{
	"lang": describe, "lang_score": account, "spans": describe,
	"n_chars": account, "n_words": account, "text_sha256": derived,

	"license": describe, "license_url": describe, "license_evidence": describe, "rights_holder": describe,
	"consent_basis": describe, "tdm_basis": describe, "opt_out": describe, "allowed_uses": describe, "tier": tier,

	"split": split, "near_duplicate_cluster": account,

	"captured_at": account, "input_sha256": account, "locator": account, "extractor": account,
}

func with(a, b map[string]rule) map[string]rule {
	all := map[string]rule{}
	for _, m := range []map[string]rule{a, b} {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}

// ruleOf is the rule of a column. Sources are documentation, and the tables of
// the audit accounts: all of theirs is a patch.
func ruleOf(t schema.Table, column string) rule {
	if r, ok := rules[t.Name][column]; ok {
		return r
	}
	for _, k := range t.Key {
		if k == column {
			return key
		}
	}
	if isAccount(t) {
		return account
	}
	return edit
}

// isAccount tells whether nothing in a table is more than a patch.
func isAccount(t schema.Table) bool { return t.Folder == schema.FolderAudit || t.Name == "sources" }

// levelOf is the level of another value of a column with rule r.
func levelOf(r rule, old, new *string) Level {
	switch r {
	case account, derived, key:
		return Patch
	case describe:
		return Minor
	case tier:
		if old != nil && new != nil && tightness[*new] < tightness[*old] {
			return Minor
		}
		return Major
	case split:
		if old == nil {
			return Minor
		}
		return Major
	}
	return Major
}

// levelOfRecord is the level of a record that came or went.
func levelOfRecord(t schema.Table, change string) Level {
	switch {
	case isAccount(t):
		return Patch
	case change == Added:
		return Minor
	}
	return Major
}

// absent tells whether a record with this state stands for one that is not
// there: a parent that no capture shows, or what was taken down.
func absent(state string) bool { return state == schema.StateMissing || state == schema.StateTombstone }
