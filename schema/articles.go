package schema

// Article is a row of the table articles: what a page says under its title.
type Article struct {
	ArticleID          string             `parquet:"article_id,plain" class:"fact" doc:"id of the article: 128 bits, from what the article is (see id_basis)"`
	IDBasis            string             `parquet:"id_basis,dict" class:"fact" doc:"what the id was made of: url, native or content"`
	State              string             `parquet:"state,dict" class:"fact" doc:"present, no_text (only its thread is known) or tombstone (taken down)"`
	SourceID           string             `parquet:"source_id,dict" class:"fact" doc:"source that the article was read from"`
	Site               *string            `parquet:"site,dict" class:"fact" doc:"name of the site, as declared or as the page states it"`
	URL                *string            `parquet:"url,plain" class:"fact" doc:"address of the page as captured"`
	CanonicalURL       *string            `parquet:"canonical_url,plain" class:"fact" doc:"address after the URL rules"`
	Title              *string            `parquet:"title,plain" class:"text" doc:"headline without the name of the site"`
	Subtitle           *string            `parquet:"subtitle,plain" class:"text" doc:"standfirst or second headline"`
	Byline             []string           `parquet:"byline,list" class:"person" doc:"authors as persons, in the order of the page"`
	PublishedAt        *int64             `parquet:"published_at,timestamp(microsecond:utc)" class:"fact" doc:"instant of publication, where it is known: from an offset or the declared time zone"`
	PublishedLocal     *string            `parquet:"published_local,plain" class:"fact" doc:"time of publication as the page states it: ISO 8601, cut at its precision, without zone"`
	PublishedPrecision *string            `parquet:"published_precision,dict" class:"fact" doc:"how exact the time is: year, month, day, hour, minute or second"`
	ModifiedAt         *int64             `parquet:"modified_at,timestamp(microsecond:utc)" class:"fact" doc:"instant of the last change that the page states, where it is known"`
	Lang               *string            `parquet:"lang,dict" class:"fact" doc:"language of the text: ISO 639-1, else 639-3; null where it cannot be told"`
	LangScore          *int32             `parquet:"lang_score" class:"fact" doc:"confidence of lang, per mille"`
	Section            *string            `parquet:"section,dict" class:"text" doc:"section or category of the site"`
	Tags               []string           `parquet:"tags,list" class:"text" doc:"keywords that the page gives, in its order"`
	Text               *string            `parquet:"text,plain" class:"text" doc:"the blocks joined by a blank line; null where the state is not present"`
	Blocks             []Block            `parquet:"blocks,list" class:"fact" doc:"parts of text: kind, level and code point offsets"`
	Spans              []Span             `parquet:"spans,list" class:"fact" doc:"masked places and links in text"`
	NChars             int32              `parquet:"n_chars" class:"fact" doc:"code points of text"`
	NWords             int32              `parquet:"n_words" class:"fact" doc:"words of text by UAX 29: segments with a letter or digit"`
	NSentences         int32              `parquet:"n_sentences" class:"fact" doc:"sentences of text by UAX 29"`
	NComments          int32              `parquet:"n_comments" class:"fact" doc:"rows of this article in comments, those of state missing left out"`
	NCommentsStated    *int32             `parquet:"n_comments_stated" class:"fact" doc:"number of comments that the page says it has"`
	CommentOrder       string             `parquet:"comment_order,dict" class:"fact" doc:"order of the comments on the page: oldest, newest, ranked or unknown"`
	TextSHA256         *string            `parquet:"text_sha256,plain" class:"fact" doc:"SHA-256 of text in UTF-8"`
	WithheldSHA256     *string            `parquet:"withheld_sha256,plain" class:"fact" doc:"in a release that withholds the text: one SHA-256 over text, title, subtitle, section, byline and tags; null elsewhere"`
	ThreadSHA256       *string            `parquet:"thread_sha256,plain" class:"fact" doc:"in a release: one SHA-256 over the withheld texts of the thread that are too short for a digest of their own; null elsewhere"`
	LicenseStatements  []LicenseStatement `parquet:"license_statements,list" class:"text" doc:"every statement of the capture about a licence, as it stood, at most 64; what follows from them is in license"`
	Rights
	Identity
	Provenance
}
