package schema

// Block is a part of a text, as the page marks it up.
type Block struct {
	Kind  string `parquet:"kind,dict" json:"kind" class:"fact" doc:"what the part is: heading, paragraph, quote, list_item, table_row, code, caption or author_note"`
	Level int32  `parquet:"level" json:"level" class:"fact" doc:"level of a heading (1 to 6), nesting of a quote or list item (from 1); 0 where it is not known, and for other kinds"`
	Start int32  `parquet:"start" json:"start" class:"fact" doc:"first code point of the part in text"`
	End   int32  `parquet:"end" json:"end" class:"fact" doc:"code point after the last one of the part in text"`
}

// Span is a place in a text where a name, address or link stands.
type Span struct {
	Kind  string  `parquet:"kind,dict" json:"kind" class:"fact" doc:"what stands there: mention, email, phone, ip, account, handle, link, or removed (taken down)"`
	Start int32   `parquet:"start" json:"start" class:"fact" doc:"first code point in text"`
	End   int32   `parquet:"end" json:"end" class:"fact" doc:"code point after the last one in text"`
	RefID *string `parquet:"ref_id,plain" class:"fact" doc:"for a mention: comment_id of the first comment of the person meant in this thread"`
}

// LicenseStatement is one statement of a capture about a licence, as it stood.
type LicenseStatement struct {
	Where   string  `parquet:"place,dict" json:"place" class:"fact" doc:"markup, header or text that made the statement, such as rel=license, json-ld license or meta dc.rights"`
	Covers  string  `parquet:"covers,dict" json:"covers" class:"fact" doc:"what the statement is about: article, site, image (or sound or film), widget (another part of the page), comments or unknown"`
	License *string `parquet:"license,dict" json:"license,omitzero" class:"fact" doc:"SPDX expression that the statement was read as; null where it could not be"`
	URL     *string `parquet:"url,dict" json:"url,omitzero" class:"fact" doc:"address in the statement"`
	Raw     *string `parquet:"raw,dict" json:"raw,omitzero" class:"text" doc:"words of the statement, cut after 300 code points; null where it is an address alone"`
}

// Rights says on what grounds a record may be used.
type Rights struct {
	License         string   `parquet:"license,dict" class:"fact" doc:"SPDX expression, or NOASSERTION where nothing is known; an article's licence never covers its comments"`
	LicenseURL      *string  `parquet:"license_url,dict" class:"fact" doc:"address of the licence as the page or the source states it"`
	LicenseEvidence *string  `parquet:"license_evidence,dict" class:"fact" doc:"where the licence was found: declared (corpus.yaml), index, record, or the markup that stated it"`
	RightsHolder    *string  `parquet:"rights_holder,dict" class:"fact" doc:"who holds the rights, as the source declares"`
	ConsentBasis    *string  `parquet:"consent_basis,dict" class:"fact" doc:"consent or other basis for using the text, as declared"`
	TDMBasis        *string  `parquet:"tdm_basis,dict" class:"fact" doc:"ground of the text and data mining, as declared"`
	OptOut          []string `parquet:"opt_out,list" class:"fact" doc:"opt-out signals of the capture, as they stood"`
	AllowedUses     []string `parquet:"allowed_uses,list" class:"fact" doc:"uses that the source declares as allowed"`
	Tier            string   `parquet:"tier,dict" class:"fact" doc:"what a release may hold of the record: full, gated, standoff or excluded"`
}

// Identity says which records belong together.
type Identity struct {
	Split                *string `parquet:"split,dict" class:"fact" doc:"train, validation, test or unassigned; null where the corpus has no splits"`
	NearDuplicateCluster *string `parquet:"near_duplicate_cluster,plain" class:"fact" doc:"cluster_id of the near-duplicate articles that the article, or the article of the comment, belongs to; null where it has none"`
}

// Provenance says where a record was read.
type Provenance struct {
	CapturedAt  *int64 `parquet:"captured_at,timestamp(microsecond:utc)" class:"fact" doc:"when the page was saved, as declared by index, header or archive; never a file's time"`
	InputSHA256 string `parquet:"input_sha256,plain" class:"internal" doc:"SHA-256 of the input file that the record was read from"`
	Locator     string `parquet:"locator,plain" class:"internal" doc:"where the document stands in that input: offset=, item= or line=, in an archive behind member="`
	Extractor   string `parquet:"extractor,dict" class:"fact" doc:"reader of the page and its version, and for a page its charset and by what that is known (bom, header, utf8, meta or detector): html/1 charset=windows-1252/meta"`
}
