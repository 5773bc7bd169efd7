package schema

// Commenter is a row of the table commenters: one pseudonymous author.
type Commenter struct {
	CommenterID   string  `parquet:"commenter_id,plain" class:"fact" doc:"pseudonym: 128 bits of a keyed digest"`
	Name          *string `parquet:"name,plain" class:"person" doc:"name as displayed; null unless the corpus is built with privacy: none"`
	NComments     int32   `parquet:"n_comments" class:"fact" doc:"comments of this commenter in the corpus"`
	NArticles     int32   `parquet:"n_articles" class:"fact" doc:"articles that this commenter commented on"`
	FirstPostedAt *int64  `parquet:"first_posted_at,timestamp(microsecond:utc)" class:"fact" doc:"oldest known instant of a comment"`
	LastPostedAt  *int64  `parquet:"last_posted_at,timestamp(microsecond:utc)" class:"fact" doc:"newest known instant of a comment"`
}

// Capture is a row of the table captures: one document that shows an article.
type Capture struct {
	ArticleID       string  `parquet:"article_id,plain" class:"fact" doc:"article that the document shows"`
	InputSHA256     string  `parquet:"input_sha256,plain" class:"internal" doc:"SHA-256 of the input file"`
	Locator         string  `parquet:"locator,plain" class:"internal" doc:"where the document stands in that input"`
	CapturedAt      *int64  `parquet:"captured_at,timestamp(microsecond:utc)" class:"fact" doc:"when the page was saved, as declared"`
	TextSHA256      *string `parquet:"text_sha256,plain" class:"internal" doc:"SHA-256 of the article's text in this capture, before masks"`
	NCommentsStated *int32  `parquet:"n_comments_stated" class:"fact" doc:"number of comments that this capture says the page has"`
	NCommentsRead   int32   `parquet:"n_comments_read" class:"fact" doc:"comments read out of this capture"`
	Used            bool    `parquet:"used" class:"fact" doc:"whether the article's columns are from this capture"`
}

// Source is a row of the table sources: what corpus.yaml declares, nothing guessed.
type Source struct {
	SourceID        string   `parquet:"source_id,plain" class:"fact" doc:"id of the source in corpus.yaml"`
	Site            *string  `parquet:"site,plain" class:"fact" doc:"name of the site"`
	Format          string   `parquet:"format,plain" class:"fact" doc:"input format, or auto"`
	IdentityScope   *string  `parquet:"identity_scope,plain" class:"fact" doc:"scope within which one name is one commenter; null for the host of each article"`
	TimeZone        *string  `parquet:"time_zone,plain" class:"fact" doc:"IANA time zone of the local times"`
	Languages       []string `parquet:"languages,list" class:"fact" doc:"languages that the source may hold"`
	CollectedFrom   *string  `parquet:"collected_from,plain" class:"fact" doc:"first day of the collection"`
	CollectedTo     *string  `parquet:"collected_to,plain" class:"fact" doc:"last day of the collection"`
	Collector       *string  `parquet:"collector,plain" class:"fact" doc:"who collected"`
	Method          *string  `parquet:"method,plain" class:"fact" doc:"how it was collected"`
	TermsURL        *string  `parquet:"terms_url,plain" class:"fact" doc:"terms of use of the site"`
	License         *string  `parquet:"license,plain" class:"fact" doc:"SPDX expression of the articles"`
	RightsHolder    *string  `parquet:"rights_holder,plain" class:"fact" doc:"who holds the rights"`
	TDMBasis        *string  `parquet:"tdm_basis,plain" class:"fact" doc:"ground of the text and data mining"`
	TDMEvidence     *string  `parquet:"tdm_evidence,plain" class:"fact" doc:"what the ground rests on, in words"`
	CommentsLicense *string  `parquet:"comments_license,plain" class:"fact" doc:"SPDX expression of the comments"`
	AllowedUses     []string `parquet:"allowed_uses,list" class:"fact" doc:"allowed uses: terms of the Data Use Ontology, or teaching"`
	ConsentBasis    *string  `parquet:"consent_basis,plain" class:"fact" doc:"state of the consent of those who wrote the texts: dpv:… of the Data Privacy Vocabulary, or not-consent-based"`
	ConsentEvidence *string  `parquet:"consent_evidence,plain" class:"fact" doc:"what that rests on, in words"`
	GDPRBasis       *string  `parquet:"gdpr_basis,plain" class:"fact" doc:"legal basis under GDPR Art. 6: eu-gdpr:A6-1-…"`
	GDPREvidence    *string  `parquet:"gdpr_evidence,plain" class:"fact" doc:"what that rests on, in words"`
	Art9Ground      *string  `parquet:"art9_ground,plain" class:"fact" doc:"ground for special categories under GDPR Art. 9: eu-gdpr:A9-2-…"`
	Art9Evidence    *string  `parquet:"art9_evidence,plain" class:"fact" doc:"what that rests on, in words"`
	Art14           *string  `parquet:"art14,plain" class:"fact" doc:"how the persons were informed, GDPR Art. 13 and 14, or why not"`
	Art14Evidence   *string  `parquet:"art14_evidence,plain" class:"fact" doc:"what that rests on, in words"`
	Controller      *string  `parquet:"controller,plain" class:"fact" doc:"controller of the processing"`
	DPOContact      *string  `parquet:"dpo_contact,plain" class:"fact" doc:"contact of the data protection officer"`
	DPIARef         *string  `parquet:"dpia_ref,plain" class:"fact" doc:"reference of the impact assessment"`
	EthicsBoard     *string  `parquet:"ethics_board,plain" class:"fact" doc:"board that reviewed the collection"`
	EthicsRef       *string  `parquet:"ethics_ref,plain" class:"fact" doc:"reference of its decision"`
	EthicsDate      *string  `parquet:"ethics_date,plain" class:"fact" doc:"date of its decision"`
	RetentionUntil  *string  `parquet:"retention_until,plain" class:"fact" doc:"day until which the source may be kept"`
	DeclaredBy      *string  `parquet:"declared_by,plain" class:"fact" doc:"who declared these facts"`
	DeclaredAt      *string  `parquet:"declared_at,plain" class:"fact" doc:"day of the declaration"`
}

// LedgerRow is a row of the table ledger: where one document ended, and why.
type LedgerRow struct {
	SourceID           string  `parquet:"source_id,dict" class:"fact" doc:"source of the document"`
	InputSHA256        *string `parquet:"input_sha256,plain" class:"internal" doc:"SHA-256 of the input; null where it could not be read"`
	InputPath          string  `parquet:"input_path,plain" class:"internal" doc:"path of the input, relative to the fixed part of its glob"`
	Locator            string  `parquet:"locator,plain" class:"internal" doc:"where the document stands in the input; empty where the input gave none"`
	Outcome            string  `parquet:"outcome,dict" class:"fact" doc:"article, comments, capture, excluded, rejected or tombstone"`
	ArticleID          *string `parquet:"article_id,plain" class:"fact" doc:"article that the document shows"`
	Reason             *string `parquet:"reason,dict" class:"fact" doc:"why it ended there, from a closed list"`
	Detail             *string `parquet:"detail,plain" class:"internal" doc:"the reason in words, with line or offset where known"`
	NCommentsRead      int32   `parquet:"n_comments_read" class:"fact" doc:"comments read out of the document: kept + duplicate + excluded"`
	NCommentsKept      int32   `parquet:"n_comments_kept" class:"fact" doc:"comments whose row is from this document"`
	NCommentsDuplicate int32   `parquet:"n_comments_duplicate" class:"fact" doc:"comments whose row is from another document, or from a repetition in this one"`
	NCommentsExcluded  int32   `parquet:"n_comments_excluded" class:"fact" doc:"comments left out by rule"`
}

// Duplicate is a row of the table duplicates: one member of a cluster of near duplicates.
type Duplicate struct {
	ClusterID  string `parquet:"cluster_id,plain" class:"fact" doc:"smallest record_id of the cluster"`
	RecordID   string `parquet:"record_id,plain" class:"fact" doc:"article_id of the member"`
	Table      string `parquet:"table,dict" class:"fact" doc:"table of the record: articles"`
	Kept       bool   `parquet:"kept" class:"fact" doc:"whether the record stands for its cluster; no record is dropped for being a duplicate"`
	Similarity int32  `parquet:"similarity" class:"fact" doc:"resemblance to the record that stands for the cluster, per mille; 1000 for itself"`
	Rule       string `parquet:"rule,dict" class:"fact" doc:"rule that joined the record to its cluster: exact or near"`
}
