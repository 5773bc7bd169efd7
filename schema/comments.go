package schema

// Comment is a row of the table comments: what a reader wrote under an article.
type Comment struct {
	CommentID        string  `parquet:"comment_id,plain" class:"fact" doc:"id of the comment: 128 bits, from article and native id, else from article, local time, text and ordinal among equals"`
	IDBasis          string  `parquet:"id_basis,dict" class:"fact" doc:"what the id was made of: native or content"`
	ArticleID        string  `parquet:"article_id,plain" class:"fact" doc:"article that the comment stands under"`
	SourceID         string  `parquet:"source_id,dict" class:"fact" doc:"source that the comment was read from: its declarations hold for it"`
	ParentID         *string `parquet:"parent_id,plain" class:"fact" doc:"comment that this one replies to, as the page states it; null for a comment on the article"`
	ThreadID         string  `parquet:"thread_id,plain" class:"fact" doc:"top-level comment of the thread; a top-level comment names itself"`
	Depth            int32   `parquet:"depth" class:"fact" doc:"number of comments above this one: 0 for a comment on the article"`
	Position         int32   `parquet:"position,delta" class:"fact" doc:"place in the article's thread, in the order of the page, from 0"`
	InferredParentID *string `parquet:"inferred_parent_id,plain" class:"fact" doc:"comment that this one seems to answer, where the page states no parent"`
	InferredBasis    *string `parquet:"inferred_basis,dict" class:"fact" doc:"what the inference rests on: address or quote"`
	CommenterID      *string `parquet:"commenter_id,plain" class:"fact" doc:"pseudonym of the author, keyed; null where the author has no name or a generic one"`
	CommenterBasis   string  `parquet:"commenter_basis,dict" class:"fact" doc:"what the pseudonym was made of: account, name, generic or none"`
	CommenterRole    *string `parquet:"commenter_role,dict" class:"text" doc:"role that the page shows for the author, e.g. author, moderator, staff"`
	PostedAt         *int64  `parquet:"posted_at,timestamp(microsecond:utc)" class:"fact" doc:"instant of posting, where it is known: from an offset or the declared time zone"`
	PostedLocal      *string `parquet:"posted_local,plain" class:"fact" doc:"time of posting as the page states it: ISO 8601, cut at its precision, without zone"`
	PostedPrecision  *string `parquet:"posted_precision,dict" class:"fact" doc:"how exact the time is: year, month, day, hour, minute or second"`
	EditedAt         *int64  `parquet:"edited_at,timestamp(microsecond:utc)" class:"fact" doc:"instant of the last edit that the page states, where it is known"`
	State            string  `parquet:"state,dict" class:"fact" doc:"visible, deleted (by its author), removed (by the site), gone (by whom is unknown), pending, spam, missing (a stated parent that is not there) or tombstone"`
	VotesUp          *int32  `parquet:"votes_up" class:"fact" doc:"votes for the comment, as shown"`
	VotesDown        *int32  `parquet:"votes_down" class:"fact" doc:"votes against the comment, as shown"`
	Score            *int32  `parquet:"score" class:"fact" doc:"score of the comment, as shown"`
	Featured         *bool   `parquet:"featured" class:"fact" doc:"whether the site sets the comment apart; null where it does not say"`
	Lang             *string `parquet:"lang,dict" class:"fact" doc:"language of the text: ISO 639-1, else 639-3; null where it cannot be told"`
	LangScore        *int32  `parquet:"lang_score" class:"fact" doc:"confidence of lang, per mille"`
	LangBasis        *string `parquet:"lang_basis,dict" class:"fact" doc:"where lang is from: text, thread (too short to tell) or declared"`
	Text             *string `parquet:"text,plain" class:"text" doc:"the blocks joined by a blank line; null where there is none"`
	Blocks           []Block `parquet:"blocks,list" class:"fact" doc:"parts of text: kind, level and code point offsets"`
	Spans            []Span  `parquet:"spans,list" class:"fact" doc:"masked places and links in text"`
	NChars           int32   `parquet:"n_chars" class:"fact" doc:"code points of text"`
	NWords           int32   `parquet:"n_words" class:"fact" doc:"words of text by UAX 29: segments with a letter or digit"`
	NWordsQuoted     int32   `parquet:"n_words_quoted" class:"fact" doc:"words of text that stand in blocks of kind quote"`
	TextSHA256       *string `parquet:"text_sha256,plain" class:"fact" doc:"SHA-256 of text in UTF-8"`
	FirstCapturedAt  *int64  `parquet:"first_captured_at,timestamp(microsecond:utc)" class:"fact" doc:"oldest capture that shows the comment"`
	LastCapturedAt   *int64  `parquet:"last_captured_at,timestamp(microsecond:utc)" class:"fact" doc:"newest capture that shows the comment"`
	NCaptures        int32   `parquet:"n_captures" class:"fact" doc:"captures that show the comment"`
	Rights
	Identity
	Provenance
}
