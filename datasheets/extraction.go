package datasheets

import "corpus/datasheets/statistics"

// extraction says how what was extracted compares with what people expect of
// some pages; nothing where nobody gave expected records.
func (m *Model) extraction() []block {
	scores := m.Statistics.Extraction
	if len(scores) == 0 {
		return nil
	}
	g := grid{
		Caption: "Extraction against expected records", Names: 1,
		Head: []string{"source", "records", "found", "words expected", "words extracted", "words in common", "texts equal",
			"comments expected", "comments extracted", "comments found", "same author", "same parent", "same time"},
	}
	var all statistics.ExtractionScore
	for i := range scores {
		s := &scores[i]
		all.Add(s)
		g.row(s.SourceID, num(s.Records), num(s.Found), num(s.Texts.Expected), num(s.Texts.Extracted), num(s.Texts.Common), num(s.Texts.Equal),
			num(s.Comments.Expected), num(s.Comments.Extracted), num(s.Comments.Found), num(s.Comments.Author), num(s.Comments.Parent), num(s.Comments.Time))
	}
	return []block{
		say("Extraction was compared with %s that people expect of pages of %s, %d of which are in the corpus. Of the words of their articles, precision is %d and recall %d per mille; of their comments, found by their text, %d and %d per mille.",
			plural(all.Records, "record"), plural(int64(len(scores)), "source"), all.Found,
			perMille(all.Texts.Common, all.Texts.Extracted), perMille(all.Texts.Common, all.Texts.Expected),
			perMille(all.Comments.Found, all.Comments.Extracted), perMille(all.Comments.Found, all.Comments.Expected)),
		show(g),
	}
}

// perMille is n of total, cut; of nothing it is 0.
func perMille(n, total int64) int64 {
	if total == 0 {
		return 0
	}
	return n * 1000 / total
}
