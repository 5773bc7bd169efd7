package release

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corpus/pipeline/store"
	"corpus/schema"
)

func TestWholeVersion(t *testing.T) {
	problems, summary := verify(t, goodCorpus().write(t))
	if len(problems) > 0 {
		t.Fatalf("problems of a version without one:%s", lines(problems))
	}
	if !summary.RowsChecked || summary.Rows != 3+6+2+4+2+6+2 || summary.Files != 12 || summary.Corpus != "demo" || len(summary.ManifestSHA256) != 64 {
		t.Errorf("%+v", summary)
	}
}

// Every change of a row that leaves all sums and digests right is found, and
// named by file, row and column.
func TestRows(t *testing.T) {
	const (
		articles0  = "data/articles/train-00000-of-00002.parquet"
		articles1  = "data/articles/train-00001-of-00002.parquet"
		comments0  = "data/comments/train-00000-of-00002.parquet"
		comments1  = "data/comments/train-00001-of-00002.parquet"
		commenters = "data/commenters/train-00000-of-00001.parquet"
		captures   = "audit/captures/train-00000-of-00001.parquet"
		ledger     = "audit/ledger/train-00000-of-00001.parquet"
		duplicates = "audit/duplicates/train-00000-of-00001.parquet"
	)
	for name, c := range map[string]struct {
		change func(c *corpus)
		want   Problem // What is a part of what is said
	}{
		// Rows that are not there, or twice, or elsewhere.
		"an article removed":          {func(c *corpus) { c.articles = c.articles[1:] }, Problem{comments0, "comments", idA, "article_id", "not in the table articles"}},
		"an article removed, ledger":  {func(c *corpus) { c.articles = c.articles[1:] }, Problem{ledger, "ledger", idA, "article_id", "not in the table articles"}},
		"an article removed, capture": {func(c *corpus) { c.articles = c.articles[1:] }, Problem{captures, "captures", idA, "article_id", "not in the table articles"}},
		"an article removed, cluster": {func(c *corpus) { c.articles = c.articles[:2] }, Problem{duplicates, "duplicates", idC, "record_id", "not in the table articles"}},
		"a comment removed":           {func(c *corpus) { c.comments = slices.Delete(c.comments, 1, 2) }, Problem{ledger, "ledger", idA, "n_comments_kept", "is 3"}},
		"a comment removed, count":    {func(c *corpus) { c.comments = slices.Delete(c.comments, 1, 2) }, Problem{articles0, "articles", idA, "n_comments", "is 4, the article has 3"}},
		"a comment removed, position": {func(c *corpus) { c.comments = slices.Delete(c.comments, 1, 2) }, Problem{comments0, "comments", c3, "position", "is 2"}},
		"a comment removed, author":   {func(c *corpus) { c.comments = slices.Delete(c.comments, 1, 2) }, Problem{commenters, "commenters", kim, "commenter_id", "has no comments"}},
		"a capture removed":           {func(c *corpus) { c.captures = slices.Delete(c.captures, 1, 2) }, Problem{captures, "captures", idA, "n_comments_read", pageA}},
		"a commenter removed":         {func(c *corpus) { c.commenters = c.commenters[:1] }, Problem{commenters, "commenters", kim, "commenter_id", "not in the table"}},
		"a tier without a policy":     {func(c *corpus) { c.article(idA).Tier = "gated" }, Problem{articles0, "articles", idA, "tier", "the policy of the version gives standoff"}},
		"a comment's tier":            {func(c *corpus) { c.comment(c1).Tier = "full" }, Problem{"data/comments/train-00000-of-00002.parquet", "comments", c1, "tier", "is full, the policy"}},
		"a source removed":            {func(c *corpus) { c.sources = c.sources[1:] }, Problem{articles0, "articles", idA, "source_id", "gazette"}},
		"a source removed, ledger":    {func(c *corpus) { c.sources = c.sources[:1] }, Problem{ledger, "ledger", "letters empty.txt ", "source_id", "letters"}},
		"a ledger row removed":        {func(c *corpus) { c.ledger = slices.Delete(c.ledger, 4, 5) }, Problem{ledger, "ledger", "letters empty.txt", "input_path", "has no row"}},
		"the last ledger row removed": {func(c *corpus) { c.ledger = c.ledger[:5] }, Problem{ledger, "ledger", "letters vanished.txt", "input_path", "has no row"}},
		"a member removed":            {func(c *corpus) { c.duplicates = c.duplicates[:1] }, Problem{duplicates, "duplicates", idB, "cluster_id", "one member"}},
		"the cluster removed":         {func(c *corpus) { c.duplicates = nil }, Problem{articles1, "articles", idB, "near_duplicate_cluster", "duplicates"}},
		"an article in two shards": {func(c *corpus) {
			c.articles = append(c.articles, c.articles[0])
			c.shard = put("articles", 3, 1)
		}, Problem{articles1, "articles", idA, "article_id", "stands in shard 1 of 2, it belongs to shard 0"}},
		"an article in the wrong shard": {func(c *corpus) { c.shard = put("articles", 1, 0) }, Problem{articles0, "articles", idB, "article_id", "belongs to shard 1"}},
		"an article twice":              {func(c *corpus) { c.articles = slices.Insert(c.articles, 0, c.articles[0]) }, Problem{articles0, "articles", idA, "", "two rows have the same article_id"}},
		"a comment twice":               {func(c *corpus) { c.comments = slices.Insert(c.comments, 1, c.comments[0]) }, Problem{comments0, "comments", c1, "comment_id", "two comments"}},
		"an id in two articles":         {func(c *corpus) { c.comment(c5).CommentID, c.comment(c5).ThreadID = c1, c1 }, Problem{"", "comments", c1, "comment_id", idA}},
		"a commenter twice":             {func(c *corpus) { c.commenters = slices.Insert(c.commenters, 0, c.commenters[0]) }, Problem{commenters, "commenters", pat, "", "the same commenter_id"}},
		"a ledger row twice":            {func(c *corpus) { c.ledger = slices.Insert(c.ledger, 4, c.ledger[4]) }, Problem{ledger, "ledger", "letters empty.txt ", "locator", "the same"}},
		"a source twice":                {func(c *corpus) { c.sources = slices.Insert(c.sources, 0, c.sources[0]); c.manifest = oneAccount }, Problem{"data/sources/train-00000-of-00001.parquet", "sources", "gazette", "", "the same source_id"}},
		"articles out of order":         {func(c *corpus) { c.articles[1], c.articles[2] = c.articles[2], c.articles[1] }, Problem{articles1, "articles", idB, "", "out of order by article_id"}},
		"comments out of order":         {func(c *corpus) { c.comments[0], c.comments[1] = c.comments[1], c.comments[0] }, Problem{comments0, "comments", c1, "", "out of order by article_id, position"}},
		"captures out of order":         {func(c *corpus) { c.captures[0], c.captures[1] = c.captures[1], c.captures[0] }, Problem{captures, "captures", idA, "", "out of order by article_id, captured_at"}},
		"locators out of order": {func(c *corpus) {
			c.ledger[4].Locator = "line=10"
			c.ledger = slices.Insert(c.ledger, 5, at(c.ledger[4], "line=2"))
		}, Problem{ledger, "ledger", "letters empty.txt line=2", "locator", "out of order"}},

		// Threads.
		"an orphan parent":         {func(c *corpus) { c.comment(c2).ParentID = ptr(ident(0xee, 1)) }, Problem{comments0, "comments", c2, "parent_id", "no comment of its article"}},
		"a parent elsewhere":       {func(c *corpus) { c.comment(c2).ParentID = &c5 }, Problem{comments0, "comments", c2, "parent_id", "no comment of its article"}},
		"its own parent":           {func(c *corpus) { c.comment(c1).ParentID = &c1 }, Problem{comments0, "comments", c1, "parent_id", "back to the comment itself"}},
		"a cycle":                  {func(c *corpus) { c.comment(c1).ParentID = &c2 }, Problem{comments0, "comments", "", "parent_id", "back to the comment itself"}},
		"thread_id":                {func(c *corpus) { c.comment(c2).ThreadID = c3 }, Problem{comments0, "comments", c2, "thread_id", c3}},
		"thread_id at the top":     {func(c *corpus) { c.comment(c3).ThreadID = c1 }, Problem{comments0, "comments", c3, "thread_id", "has no parent"}},
		"depth":                    {func(c *corpus) { c.comment(c2).Depth = 2 }, Problem{comments0, "comments", c2, "depth", "is 2, but 0 of its parent"}},
		"depth at the top":         {func(c *corpus) { c.comment(c3).Depth = 1 }, Problem{comments0, "comments", c3, "depth", "has no parent"}},
		"position":                 {func(c *corpus) { c.comment(c4).Position = 7 }, Problem{comments0, "comments", c4, "position", "is 7"}},
		"an inferred parent":       {func(c *corpus) { c.comment(c3).InferredParentID = &c5 }, Problem{comments0, "comments", c3, "inferred_parent_id", "no other comment"}},
		"inferred of itself":       {func(c *corpus) { c.comment(c3).InferredParentID = &c3 }, Problem{comments0, "comments", c3, "inferred_parent_id", "no other comment"}},
		"inferred beside stated":   {func(c *corpus) { c.comment(c2).InferredParentID, c.comment(c2).InferredBasis = &c1, ptr("quote") }, Problem{comments0, "comments", c2, "inferred_parent_id", "states a parent"}},
		"no basis of an inference": {func(c *corpus) { c.comment(c3).InferredBasis = nil }, Problem{comments0, "comments", c3, "inferred_basis", "null"}},
		"a mention of nobody":      {func(c *corpus) { c.comment(c3).Spans[0].RefID = &c5 }, Problem{comments0, "comments", c3, "spans[0].ref_id", "no comment of its article"}},
		"missing with a text":      {func(c *corpus) { c.comment(c4).State = "missing" }, Problem{comments0, "comments", c4, "state", "there is a text"}},
		"n_comments":               {func(c *corpus) { c.article(idA).NComments = 5 }, Problem{articles0, "articles", idA, "n_comments", "is 5, the article has 4"}},
		"n_captures":               {func(c *corpus) { c.comment(c1).NCaptures = 3 }, Problem{comments0, "comments", c1, "n_captures", "is 3, the article has 2"}},
		"first after last": {func(c *corpus) {
			c.comment(c1).FirstCapturedAt, c.comment(c1).LastCapturedAt = ptr(int64(2)), ptr(int64(1))
		}, Problem{comments0, "comments", c1, "first_captured_at", "last_captured_at"}},

		// Texts.
		"a letter of a text":      {func(c *corpus) { c.article(idA).Text = ptr(strings.Replace(*c.article(idA).Text, "again", "agaim", 1)) }, Problem{articles0, "articles", idA, "text_sha256", "is "}},
		"text_sha256":             {func(c *corpus) { c.comment(c2).TextSHA256 = ptr(digest("x")) }, Problem{comments0, "comments", c2, "text_sha256", digest("x")}},
		"text_sha256 missing":     {func(c *corpus) { c.comment(c2).TextSHA256 = nil }, Problem{comments0, "comments", c2, "text_sha256", "null"}},
		"n_chars as bytes":        {func(c *corpus) { c.article(idA).NChars = int32(len(*c.article(idA).Text)) }, Problem{articles0, "articles", idA, "n_chars", "code points"}},
		"n_words":                 {func(c *corpus) { c.comment(c2).NWords++ }, Problem{comments0, "comments", c2, "n_words", "is 5, the text has 4"}},
		"n_words of an article":   {func(c *corpus) { c.article(idA).NWords-- }, Problem{articles0, "articles", idA, "n_words", "the text has"}},
		"n_sentences":             {func(c *corpus) { c.article(idA).NSentences++ }, Problem{articles0, "articles", idA, "n_sentences", "the text has"}},
		"n_words_quoted":          {func(c *corpus) { c.comment(c2).NWordsQuoted = 1 }, Problem{comments0, "comments", c2, "n_words_quoted", "is 1, the quotes have 0"}},
		"a block too long":        {func(c *corpus) { c.article(idA).Blocks[1].End++ }, Problem{articles0, "articles", idA, "blocks[1]", "code points"}},
		"a block in bytes":        {func(c *corpus) { c.article(idA).Blocks[1].End += 3 }, Problem{articles0, "articles", idA, "blocks[1]", "code points"}},
		"a block too short":       {func(c *corpus) { c.article(idA).Blocks[1].End-- }, Problem{articles0, "articles", idA, "blocks", "end before the text"}},
		"a block that overlaps":   {func(c *corpus) { c.article(idA).Blocks[1].Start-- }, Problem{articles0, "articles", idA, "blocks[1]", "has to begin at"}},
		"no blank line":           {func(c *corpus) { c.article(idA).Blocks[0].End--; c.article(idA).Blocks[1].Start-- }, Problem{articles0, "articles", idA, "blocks[0]", "blank line"}},
		"a block before the text": {func(c *corpus) { c.article(idA).Blocks[0].Start = -1 }, Problem{articles0, "articles", idA, "blocks[0].start", "no count"}},
		"a level of a paragraph":  {func(c *corpus) { c.article(idA).Blocks[1].Level = 1 }, Problem{articles0, "articles", idA, "blocks[1].level", "paragraph"}},
		"a span too long":         {func(c *corpus) { c.comment(c3).Spans[1].End = 400 }, Problem{comments0, "comments", c3, "spans[1]", "code points"}},
		"a span beside its mask":  {func(c *corpus) { c.comment(c3).Spans[1].Start--; c.comment(c3).Spans[1].End-- }, Problem{comments0, "comments", c3, "spans[1]", "does not hold [email]"}},
		"a name in a mention":     {func(c *corpus) { retext(c.comment(c3), "Wilson: write to [email], ünlike you.") }, Problem{comments0, "comments", c3, "spans[0]", "does not hold [user]"}},
		"a ref of an email":       {func(c *corpus) { c.comment(c3).Spans[1].RefID = &c2 }, Problem{comments0, "comments", c3, "spans[1].ref_id", "no mention"}},
		"a ref in an article":     {func(c *corpus) { c.article(idA).Spans = []schema.Span{{Kind: "link", End: 3, RefID: &c2}} }, Problem{articles0, "articles", idA, "spans[0].ref_id", "answers no comment"}},
		"not in NFC":              {func(c *corpus) { c.article(idA).Title = ptr("u\u0308ber") }, Problem{articles0, "articles", idA, "title", "NFC"}},
		"blocks without a text":   {func(c *corpus) { c.article(idB).Text = nil }, Problem{articles1, "articles", idB, "text", "null"}},
		"state without a text":    {func(c *corpus) { c.article(idB).State = "no_text" }, Problem{articles1, "articles", idB, "state", "no_text"}},

		// Vocabularies and forms.
		"a tier":               {func(c *corpus) { c.article(idA).Tier = "open" }, Problem{articles0, "articles", idA, "tier", `"open"`}},
		"a tier of a comment":  {func(c *corpus) { c.comment(c1).Tier = "" }, Problem{comments0, "comments", c1, "tier", "vocabulary"}},
		"a state":              {func(c *corpus) { c.comment(c1).State = "hidden" }, Problem{comments0, "comments", c1, "state", "vocabulary"}},
		"a kind of block":      {func(c *corpus) { c.article(idA).Blocks[1].Kind = "poem" }, Problem{articles0, "articles", idA, "blocks[1].kind", "vocabulary"}},
		"a kind of span":       {func(c *corpus) { c.comment(c3).Spans[1].Kind = "fax" }, Problem{comments0, "comments", c3, "spans[1].kind", "vocabulary"}},
		"an outcome":           {func(c *corpus) { c.ledger[3].Outcome = "lost"; c.manifest = oneOutcome }, Problem{ledger, "ledger", "gazette c.html offset=0", "outcome", "vocabulary"}},
		"a reason":             {func(c *corpus) { c.ledger[0].Reason = ptr("whim") }, Problem{ledger, "ledger", "gazette a-1.html offset=0", "reason", "vocabulary"}},
		"an id in capitals":    {func(c *corpus) { c.comment(c2).CommenterID = ptr(strings.ToUpper(kim)) }, Problem{comments0, "comments", c2, "commenter_id", "no id"}},
		"a digest too short":   {func(c *corpus) { c.article(idA).InputSHA256 = "abc" }, Problem{articles0, "articles", idA, "input_sha256", "no SHA-256"}},
		"a language":           {func(c *corpus) { c.article(idA).Lang = ptr("English") }, Problem{articles0, "articles", idA, "lang", "ISO 639"}},
		"a score":              {func(c *corpus) { c.article(idA).LangScore = ptr(int32(1001)) }, Problem{articles0, "articles", idA, "lang_score", "per mille"}},
		"a negative count":     {func(c *corpus) { c.article(idA).NCommentsStated = ptr(int32(-1)) }, Problem{articles0, "articles", idA, "n_comments_stated", "no count"}},
		"a local time":         {func(c *corpus) { c.comment(c1).PostedLocal = ptr("1970-01-01") }, Problem{comments0, "comments", c1, "posted_local", "exact to the minute"}},
		"no local time at all": {func(c *corpus) { c.comment(c1).PostedLocal = ptr("1970-13-01T01:10") }, Problem{comments0, "comments", c1, "posted_local", "no time"}},
		"a time without local": {func(c *corpus) { c.comment(c1).PostedLocal, c.comment(c1).PostedPrecision = nil, nil }, Problem{comments0, "comments", c1, "posted_local", "posted_at"}},
		"no precision":         {func(c *corpus) { c.article(idA).PublishedPrecision = nil }, Problem{articles0, "articles", idA, "published_precision", "null"}},
		"a split":              {func(c *corpus) { c.article(idA).Split = ptr("train") }, Problem{articles0, "articles", idA, "split", "no splits"}},
		"no split":             {func(c *corpus) { c.manifest = func(m *store.Manifest) { m.Splits = "thread" } }, Problem{articles0, "articles", idA, "split", "has splits"}},
		"a thread that crosses": {func(c *corpus) {
			c.manifest = func(m *store.Manifest) { m.Splits = "thread" }
			for i := range c.articles {
				c.articles[i].Split = ptr("train")
			}
			for i := range c.comments {
				c.comments[i].Split = ptr("train")
			}
			c.comment(c2).Split = ptr("test")
		}, Problem{comments0, "comments", c2, "split", "not that of its article"}},

		// Commenters.
		"commenters' n_comments": {func(c *corpus) { c.commenters[0].NComments = 4 }, Problem{commenters, "commenters", pat, "n_comments", "is 4, there are 3"}},
		"commenters' n_articles": {func(c *corpus) { c.commenters[0].NArticles = 1 }, Problem{commenters, "commenters", pat, "n_articles", "is 1, there are 2"}},
		"first_posted_at":        {func(c *corpus) { c.commenters[0].FirstPostedAt = nil }, Problem{commenters, "commenters", pat, "first_posted_at", "oldest"}},
		"last_posted_at":         {func(c *corpus) { c.commenters[0].LastPostedAt = ptr(5 * minute) }, Problem{commenters, "commenters", pat, "last_posted_at", "newest"}},
		"a name":                 {func(c *corpus) { c.commenters[0].Name = ptr("Pat Example") }, Problem{commenters, "commenters", pat, "name", "pseudonyms"}},
		"a comment's author":     {func(c *corpus) { c.comment(c2).CommenterID = &pat }, Problem{commenters, "commenters", pat, "n_comments", "is 3, there are 4"}},
		"a basis without an id":  {func(c *corpus) { c.comment(c4).CommenterBasis = "name" }, Problem{comments0, "comments", c4, "commenter_basis", "name"}},

		// Accounts.
		"a sum in the ledger":        {func(c *corpus) { c.ledger[1].NCommentsRead, c.captures[0].NCommentsRead = 4, 4; c.manifest = balanced }, Problem{ledger, "ledger", "gazette a-2.html offset=0", "n_comments_read", "is 4, but 3 are kept"}},
		"kept in the ledger":         {func(c *corpus) { c.ledger[1].NCommentsKept, c.ledger[1].NCommentsDuplicate = 2, 1 }, Problem{ledger, "ledger", idA, "n_comments_kept", "is 2"}},
		"read in the captures":       {func(c *corpus) { c.captures[0].NCommentsRead = 9 }, Problem{captures, "captures", idA, "n_comments_read", "9"}},
		"no capture is used":         {func(c *corpus) { c.captures[0].Used = false }, Problem{captures, "captures", idA, "used", "0 captures"}},
		"two captures are used":      {func(c *corpus) { c.captures[1].Used = true }, Problem{captures, "captures", idA, "used", "2 captures"}},
		"another capture is used":    {func(c *corpus) { c.captures[0].Used, c.captures[1].Used = false, true }, Problem{articles0, "articles", idA, "locator", "capture that is used"}},
		"no document of an article":  {func(c *corpus) { c.ledger[1].Outcome = "capture" }, Problem{articles0, "articles", idA, "state", "outcome article"}},
		"rejected without a reason":  {func(c *corpus) { c.ledger[4].Reason = nil; c.manifest = oneReason }, Problem{ledger, "ledger", "letters empty.txt ", "reason", "null"}},
		"rejected with an article":   {func(c *corpus) { c.ledger[4].ArticleID = &idA }, Problem{ledger, "ledger", "letters empty.txt ", "outcome", "rejected"}},
		"an article without an id":   {func(c *corpus) { c.ledger[3].ArticleID = nil }, Problem{ledger, "ledger", "gazette c.html offset=0", "outcome", "null"}},
		"an input of no lock":        {func(c *corpus) { c.lock.Inputs = slices.Delete(c.lock.Inputs, 2, 3) }, Problem{ledger, "ledger", "gazette b.html offset=0", "input_path", "no input of the lock"}},
		"another digest in the lock": {func(c *corpus) { c.lock.Inputs[2].SHA256 = digest("x") }, Problem{ledger, "ledger", "gazette b.html offset=0", "input_sha256", "lock"}},
		"a manifest's account": {func(c *corpus) {
			c.manifest = func(m *store.Manifest) {
				s := &m.Sources[0]
				s.Documents++
				s.Outcomes["capture"]++
			}
		}, Problem{"manifest.json", "", "gazette", "", "says 5 documents, the ledger has 4"}},
		"a manifest's comments": {func(c *corpus) {
			c.manifest = func(m *store.Manifest) { m.Sources[0].CommentsRead++; m.Sources[0].CommentsExcluded++ }
		}, Problem{"manifest.json", "", "gazette", "", "excluded comments"}},
		"a manifest's source": {func(c *corpus) { c.manifest = func(m *store.Manifest) { m.Sources = m.Sources[:1] } }, Problem{"manifest.json", "", "letters", "", "no account"}},
		"a manifest's masks":  {func(c *corpus) { c.manifest = func(m *store.Manifest) { m.Masked["email"] = 0 } }, Problem{"manifest.json", "", "", "masked", "says 0 spans of kind email, the texts have 1"}},

		// Clusters.
		"two that stand for it": {func(c *corpus) { c.duplicates[1].Kept, c.duplicates[1].Similarity = true, 1000 }, Problem{duplicates, "duplicates", idB, "kept", "2 members"}},
		"nobody stands for it":  {func(c *corpus) { c.duplicates[0].Kept = false }, Problem{duplicates, "duplicates", idB, "kept", "0 members"}},
		"similarity to itself":  {func(c *corpus) { c.duplicates[0].Similarity = 900 }, Problem{duplicates, "duplicates", idB, "similarity", "900"}},
		"another cluster's id":  {func(c *corpus) { c.duplicates[0].ClusterID, c.duplicates[1].ClusterID = idA, idA }, Problem{duplicates, "duplicates", idB, "cluster_id", idA}},
		"a rule":                {func(c *corpus) { c.duplicates[0].Rule = "guess" }, Problem{duplicates, "duplicates", idB, "rule", "vocabulary"}},
		"an article's cluster":  {func(c *corpus) { c.article(idA).NearDuplicateCluster = &idB }, Problem{articles0, "articles", idA, "near_duplicate_cluster", "duplicates"}},
		"a comment's cluster":   {func(c *corpus) { c.comment(c5).NearDuplicateCluster = nil }, Problem{comments1, "comments", c5, "near_duplicate_cluster", "its article"}},
		"an article in two clusters": {func(c *corpus) {
			c.duplicates = append(c.duplicates, schema.Duplicate{ClusterID: idC, RecordID: idC, Table: "articles", Kept: true, Similarity: 1000, Rule: "near"})
		}, Problem{duplicates, "duplicates", idC, "record_id", "two clusters"}},
	} {
		t.Run(name, func(t *testing.T) {
			corpus := goodCorpus()
			c.change(corpus)
			problems, summary := verify(t, corpus.write(t))
			if !summary.RowsChecked {
				t.Fatalf("the rows were not reached:%s", lines(problems))
			}
			if !slices.ContainsFunc(problems, func(p Problem) bool { return matches(p, c.want) }) {
				t.Errorf("not found: %s\n  but:%s", c.want, lines(problems))
			}
		})
	}
}

func matches(p, want Problem) bool {
	return (want.File == "" || p.File == want.File) && p.Table == want.Table && (want.Record == "" || p.Record == want.Record) &&
		p.Column == want.Column && strings.Contains(p.What, want.What) && p.File != ""
}

// put puts one row of a table into a shard, and all others where they belong.
func put(table string, row, shard int) func(table string, row int, key string) int {
	return func(t string, r int, key string) int {
		if t == table && r == row {
			return shard
		}
		right, err := store.ShardOf(key, shards)
		if err != nil {
			panic(err)
		}
		return right
	}
}

// at is a ledger row at another locator.
func at(row schema.LedgerRow, locator string) schema.LedgerRow {
	row.Locator = locator
	return row
}

// retext gives a comment another text with its digest, counts and block.
func retext(c *schema.Comment, text string) {
	n := comment(c.CommentID, c.ArticleID, c.InputSHA256, c.Position, text)
	c.Text, c.TextSHA256, c.NChars, c.NWords, c.Blocks = n.Text, n.TextSHA256, n.NChars, n.NWords, n.Blocks
}

func oneAccount(m *store.Manifest) { m.Sources = slices.Delete(m.Sources, 1, 2) }

// balanced lets the manifest's comments add up again.
func balanced(m *store.Manifest) { m.Sources[0].CommentsExcluded++ }

func oneOutcome(m *store.Manifest) {
	delete(m.Sources[0].Outcomes, "lost")
	m.Sources[0].Documents--
}

func oneReason(m *store.Manifest) { m.Sources[1].Rejected["empty"] = 1 }

// Whatever happens to a file is found, and no row is read any more.
func TestFiles(t *testing.T) {
	flip := func(t *testing.T, path string, at int) {
		t.Helper()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if at < 0 {
			at = len(data) / 2
		}
		data[at] ^= 0x20
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	must := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	dir := goodCorpus().write(t)
	var kinds []string
	for _, f := range mustManifest(t, dir).Files {
		kinds = append(kinds, f.Path)
	}
	for _, path := range append(kinds, store.ManifestName) {
		t.Run("flip "+path, func(t *testing.T) {
			dir := goodCorpus().write(t)
			flip(t, filepath.Join(dir, path), -1)
			problems, summary := verify(t, dir)
			if len(problems) != 1 || problems[0].File != path || summary.RowsChecked {
				t.Errorf("problems:%s", lines(problems))
			}
		})
	}
	for name, c := range map[string]struct {
		change func(t *testing.T, dir string)
		file   string
		what   string
	}{
		"a file more": {func(t *testing.T, dir string) {
			must(t, os.WriteFile(filepath.Join(dir, "data", "notes.txt"), nil, 0o644))
		}, "data/notes.txt", "not listed"},
		"a hidden file": {func(t *testing.T, dir string) { must(t, os.WriteFile(filepath.Join(dir, ".DS_Store"), nil, 0o644)) }, ".DS_Store", "not listed"},
		"a folder more": {func(t *testing.T, dir string) {
			must(t, os.MkdirAll(filepath.Join(dir, "data", "extra", "deep"), 0o755))
		}, "data/extra", "listed"},
		"a file less":  {func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "README.md"))) }, "README.md", "missing"},
		"a shard less": {func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, kinds[len(kinds)-1]))) }, kinds[len(kinds)-1], "missing"},
		"a file cut":   {func(t *testing.T, dir string) { must(t, os.Truncate(filepath.Join(dir, "README.md"), 3)) }, "README.md", "has 3 bytes"},
		"a folder as a file": {func(t *testing.T, dir string) {
			must(t, os.Remove(filepath.Join(dir, "README.md")))
			must(t, os.Mkdir(filepath.Join(dir, "README.md"), 0o755))
		}, "README.md", "missing"},
		"a link out of it": {func(t *testing.T, dir string) {
			outside := filepath.Join(t.TempDir(), "README.md")
			must(t, os.Rename(filepath.Join(dir, "README.md"), outside))
			must(t, os.Symlink(outside, filepath.Join(dir, "README.md")))
		}, "README.md", "link"},
		"swapped shards": {func(t *testing.T, dir string) {
			a, b := filepath.Join(dir, "data/articles/train-00000-of-00002.parquet"), filepath.Join(dir, "data/articles/train-00001-of-00002.parquet")
			must(t, os.Rename(a, a+"x"))
			must(t, os.Rename(b, a))
			must(t, os.Rename(a+"x", b))
		}, "data/articles/train-00000-of-00002.parquet", "the manifest says"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := goodCorpus().write(t)
			c.change(t, dir)
			problems, summary := verify(t, dir)
			if summary.RowsChecked || !slices.ContainsFunc(problems, func(p Problem) bool { return p.File == c.file && strings.Contains(p.What, c.what) }) {
				t.Errorf("rows checked %v, problems:%s", summary.RowsChecked, lines(problems))
			}
		})
	}
}

func mustManifest(t *testing.T, dir string) *store.Manifest {
	t.Helper()
	m, err := store.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Manifests that are right in themselves, but not of these files.
func TestManifestAgainstFiles(t *testing.T) {
	const articles0 = "data/articles/train-00000-of-00002.parquet"
	file := func(m *store.Manifest, path string) *store.FileInfo {
		return &m.Files[slices.IndexFunc(m.Files, func(f store.FileInfo) bool { return f.Path == path })]
	}
	for name, c := range map[string]struct {
		change func(c *corpus)
		file   string
		what   string
	}{
		"a wrong sum": {func(c *corpus) {
			c.manifest = func(m *store.Manifest) { file(m, articles0).SHA256 = digest("x") }
		}, articles0, "SHA-256"},
		"a wrong size": {func(c *corpus) { c.manifest = func(m *store.Manifest) { file(m, articles0).Bytes++ } }, articles0, "bytes"},
		"a row more": {func(c *corpus) {
			c.manifest = func(m *store.Manifest) { file(m, articles0).Rows++; m.Rows["articles"]++ }
		}, articles0, "has 1 rows, the manifest says 2"},
		"swapped counts": {func(c *corpus) {
			c.manifest = func(m *store.Manifest) {
				a, b := file(m, articles0), file(m, "data/articles/train-00001-of-00002.parquet")
				a.Rows, b.Rows = b.Rows, a.Rows
			}
		}, articles0, "rows"},
		"rows that are no sum":   {func(c *corpus) { c.manifest = func(m *store.Manifest) { m.Rows["articles"]++ } }, store.ManifestName, "articles"},
		"an account":             {func(c *corpus) { c.manifest = func(m *store.Manifest) { m.Sources[0].CommentsKept++ } }, store.ManifestName, "gazette"},
		"files of another build": {func(c *corpus) { c.metadata = "other" }, articles0, "corpus.name"},
		"no lock": {func(c *corpus) {
			c.manifest = func(m *store.Manifest) {
				m.Files = slices.DeleteFunc(m.Files, func(f store.FileInfo) bool { return f.Path == lockName })
			}
		}, lockName, "not listed"},
		"a lock of another version": {func(c *corpus) { c.lock.Version = "2.0.0" }, lockName, "2.0.0"},
		"a lock of another key":     {func(c *corpus) { c.lock.KeyCheck = "0011223344556677" }, lockName, "key"},
		"a lock of other shards":    {func(c *corpus) { c.lock.Shards = map[string]int{"articles": 1} }, lockName, "shards"},
		"a lock of another tool": {func(c *corpus) {
			c.lock.Tool = store.Tool{Name: "corpus", Version: "other"}
			c.manifest = func(m *store.Manifest) { m.Tool.Version = "test" }
		}, lockName, "tool"},
	} {
		t.Run(name, func(t *testing.T) {
			corpus := goodCorpus()
			c.change(corpus)
			problems, summary := verify(t, corpus.write(t))
			if summary.RowsChecked || !slices.ContainsFunc(problems, func(p Problem) bool { return p.File == c.file && strings.Contains(p.What, c.what) }) {
				t.Errorf("rows checked %v, problems:%s", summary.RowsChecked, lines(problems))
			}
		})
	}
}

func TestNoVersion(t *testing.T) {
	dir := t.TempDir()
	if _, err := Verify(context.Background(), dir, nil); !errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), dir) {
		t.Errorf("an empty folder: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Verify(ctx, goodCorpus().write(t), func(p Problem) { t.Error(p) }); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}

// Verify changes nothing, and leaves nothing behind.
func TestVerifyOnlyReads(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	dir := goodCorpus().write(t)
	must := func(path string) []byte {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	before := map[string]string{}
	walk := func(into map[string]string) {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				into[path] = digest(string(must(path)))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	walk(before)
	verify(t, dir)
	after := map[string]string{}
	walk(after)
	for path, sum := range before {
		if after[path] != sum {
			t.Errorf("%s is changed", path)
		}
	}
	left, err := filepath.Glob(filepath.Join(tmp, "corpus-verify-*"))
	if err != nil || len(after) != len(before) || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
