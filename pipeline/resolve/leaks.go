package resolve

// Leaks says how far the splits leak into each other: the file
// audit/splits.json. All shares are per mille, cut to integers.
type Leaks struct {
	Articles SplitCounts `json:"articles"`
	Comments SplitCounts `json:"comments"`

	// Texts compares the texts of articles of two splits, for each pair of them.
	Texts []TextLeak `json:"texts"`
	// NGramWords is the length of the word sequences that texts are compared by.
	NGramWords int `json:"ngram_words"`
	// ShortTexts counts articles of a split with fewer words: only equal texts are found there.
	ShortTexts int64 `json:"short_texts"`

	// Commenters says whose comments are in two splits, for each pair of them.
	Commenters []CommenterLeak `json:"commenters"`
	// CommentsWithoutCommenter counts comments that cannot be followed.
	CommentsWithoutCommenter int64 `json:"comments_without_commenter"`

	// CrossingThreads counts articles that are, with their comments, in more than
	// one of train, validation and test.
	CrossingThreads int64 `json:"crossing_threads"`
}

// SplitCounts counts records by split.
type SplitCounts struct {
	Train      int64 `json:"train"`
	Validation int64 `json:"validation"`
	Test       int64 `json:"test"`
	Unassigned int64 `json:"unassigned"`
}

// TextLeak says how much of the articles of one split stands in another.
type TextLeak struct {
	Of             string `json:"of"`               // split that is looked at
	In             string `json:"in"`               // split that its texts are looked for in
	EqualTexts     int64  `json:"equal_texts"`      // articles of which the other has an equal text, but for case and punctuation
	AnyShared      int64  `json:"any_shared"`       // articles with at least one n-gram that the other has
	Shared200      int64  `json:"shared_200"`       // articles of whose n-grams the other has at least 200 per mille
	Shared500      int64  `json:"shared_500"`       // the same with 500 per mille
	Shared800      int64  `json:"shared_800"`       // the same with 800 per mille
	NGrams         int64  `json:"ngrams"`           // different n-grams of each article, added up
	NGramsShared   int64  `json:"ngrams_shared"`    // of these, those that the other has
	SharedPerMille int64  `json:"shared_per_mille"` // share of NGramsShared
}

// CommenterLeak says how many of the comments of one split are by commenters
// that another split knows.
type CommenterLeak struct {
	Of             string `json:"of"`
	In             string `json:"in"`
	Commenters     int64  `json:"commenters"`      // different commenters of the split looked at
	CommentersSeen int64  `json:"commenters_seen"` // of these, those that the other has comments of
	Comments       int64  `json:"comments"`        // comments with a commenter in the split looked at
	CommentsSeen   int64  `json:"comments_seen"`   // of these, those by a commenter of the other
	SeenPerMille   int64  `json:"seen_per_mille"`  // share of CommentsSeen
}

func (c *SplitCounts) add(split byte) {
	switch split {
	case train:
		c.Train++
	case validation:
		c.Validation++
	case test:
		c.Test++
	default:
		c.Unassigned++
	}
}

// perMille is part of whole in per mille, cut; 0 of nothing.
func perMille(part, whole int64) int64 {
	if whole == 0 {
		return 0
	}
	return part * 1000 / whole
}
