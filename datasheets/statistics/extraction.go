package statistics

// ExtractionScore measures what was extracted from a source against the records
// that people expect of some of its pages, before any mask. Expected records
// whose article is not in the corpus count as found nothing.
type ExtractionScore struct {
	SourceID string        `json:"source_id"`
	Records  int64         `json:"records"` // expected
	Found    int64         `json:"found"`   // whose article is in the corpus
	Texts    TextScore     `json:"texts"`
	Comments CommentScores `json:"comments"`
}

// TextScore compares the texts of articles by their words (UAX 29, with a letter
// or digit), each as often as it stands there: precision is Common of Extracted,
// recall Common of Expected.
type TextScore struct {
	Expected  int64 `json:"expected"`  // words
	Extracted int64 `json:"extracted"` // words, of articles that were found
	Common    int64 `json:"common"`
	Equal     int64 `json:"equal"` // texts that are the expected one, letter by letter
}

// CommentScores compares comments. One is found where a comment has its text but
// for white space; of those found, Author, Parent and Time count the ones that
// are as expected.
type CommentScores struct {
	Expected  int64 `json:"expected"`
	Extracted int64 `json:"extracted"` // of articles that were found
	Found     int64 `json:"found"`
	Author    int64 `json:"author"` // the same display name
	Parent    int64 `json:"parent"` // a reply to the same comment, or to none
	Time      int64 `json:"time"`   // the same local time, as exact
}

// Add adds the counts of other to s.
func (s *ExtractionScore) Add(other *ExtractionScore) {
	s.Records += other.Records
	s.Found += other.Found
	s.Texts.Expected += other.Texts.Expected
	s.Texts.Extracted += other.Texts.Extracted
	s.Texts.Common += other.Texts.Common
	s.Texts.Equal += other.Texts.Equal
	s.Comments.Expected += other.Comments.Expected
	s.Comments.Extracted += other.Comments.Extracted
	s.Comments.Found += other.Comments.Found
	s.Comments.Author += other.Comments.Author
	s.Comments.Parent += other.Comments.Parent
	s.Comments.Time += other.Comments.Time
}
