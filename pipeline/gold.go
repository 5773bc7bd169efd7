package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"

	"corpus/datasheets/statistics"
	"corpus/pipeline/assemble"
	"corpus/pipeline/normalize"
	"corpus/pipeline/plan"
	"corpus/pipeline/read"
)

// gold holds the records that people expect of some pages, and measures the
// threads that extraction gave against them. Counts are added up, so that the
// order of the threads does not matter.
type gold struct {
	expected map[string]*assemble.Thread // by article

	mu     sync.Mutex
	found  map[string]bool
	scores map[string]*statistics.ExtractionScore // by source
}

// readGold takes the expected records through the same normal form as any
// record of the format jsonl. nil without any.
func (b *build) readGold(ctx context.Context) (*gold, error) {
	if len(b.plan.Golds) == 0 {
		return nil, nil
	}
	g := &gold{expected: map[string]*assemble.Thread{}, found: map[string]bool{}, scores: map[string]*statistics.ExtractionScore{}}
	p := newPages(b.Config.Limits)
	for i := range b.Config.Sources {
		source := &b.Config.Sources[i]
		at := slices.IndexFunc(b.plan.Golds, func(x plan.Gold) bool { return x.SourceID == source.ID })
		if at < 0 {
			continue
		}
		rules, err := rulesOf(source)
		if err != nil {
			return nil, err
		}
		wrong := func(locator string, err error) error {
			return fmt.Errorf("source %s, gold, %s: %w", source.ID, locator, err)
		}
		score := &statistics.ExtractionScore{SourceID: source.ID}
		g.scores[source.ID] = score
		emit := func(doc *read.Document, rejected *read.Rejection, locator string) error {
			if rejected != nil {
				return wrong(locator, rejected)
			}
			origin := normalize.Origin{SourceID: source.ID, InputPath: "gold", Locator: doc.Locator}
			normal, err := p.document(doc, origin, rules, nil)
			if err != nil {
				return wrong(locator, err)
			}
			threads, err := assemble.Assemble([]normalize.Document{*normal})
			if err != nil {
				return wrong(locator, err)
			}
			for i := range threads {
				id := threads[i].Article.ArticleID
				if g.expected[id] != nil {
					return wrong(locator, fmt.Errorf("the same article as in an earlier line"))
				}
				g.expected[id] = &threads[i]
				score.Records++
			}
			return nil
		}
		if err := plan.ReadStream(ctx, bytes.NewReader(b.plan.Golds[at].Data), read.FormatJSONL, "gold", read.Rules{}, p.limits, emit); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// measure looks at a thread before its masks.
func (g *gold) measure(th *assemble.Thread) {
	if g == nil {
		return
	}
	want := g.expected[th.Article.ArticleID]
	if want == nil || want.Article.SourceID != th.Article.SourceID {
		return
	}
	score := compareThreads(want, th)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.found[th.Article.ArticleID] = true
	g.scores[th.Article.SourceID].Add(&score)
}

// result is what was measured, by source.
func (g *gold) result() []statistics.ExtractionScore {
	if g == nil {
		return nil
	}
	for id, want := range g.expected {
		if !g.found[id] {
			missed := compareThreads(want, nil)
			g.scores[want.Article.SourceID].Add(&missed)
		}
	}
	var list []statistics.ExtractionScore
	for _, s := range g.scores {
		list = append(list, *s)
	}
	slices.SortFunc(list, func(a, b statistics.ExtractionScore) int { return cmp.Compare(a.SourceID, b.SourceID) })
	return list
}

// compareThreads scores a thread against the expected one; nil is none at all.
func compareThreads(want, got *assemble.Thread) (s statistics.ExtractionScore) {
	expected := wordCounts(want.Article.Text)
	s.Texts.Expected = sum(expected)
	said := comparable(want)
	s.Comments.Expected = int64(len(said))
	if got == nil {
		return s
	}
	s.Found = 1
	extracted := wordCounts(got.Article.Text)
	s.Texts.Extracted = sum(extracted)
	for word, n := range expected {
		s.Texts.Common += min(n, extracted[word])
	}
	if a, b := want.Article.Text, got.Article.Text; a != nil && b != nil && *a == *b {
		s.Texts.Equal = 1
	}
	left := map[string][]goldComment{} // expected comments that are not found yet, by text
	for _, c := range said {
		left[c.text] = append(left[c.text], c)
	}
	for _, c := range comparable(got) {
		s.Comments.Extracted++
		same := left[c.text]
		if len(same) == 0 {
			continue
		}
		// Of several with one text the first, as both are in page order.
		w := same[0]
		left[c.text] = same[1:]
		s.Comments.Found++
		s.Comments.Author += one(c.author == w.author)
		s.Comments.Parent += one(c.parent == w.parent)
		s.Comments.Time += one(c.time == w.time)
	}
	return s
}

// goldComment is what is compared of a comment; parent is the text of the
// comment that it replies to.
type goldComment struct{ text, author, parent, time string }

// comparable are the comments of a thread that have a text.
func comparable(th *assemble.Thread) []goldComment {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return strings.Join(strings.Fields(*s), " ")
	}
	texts := make(map[string]string, len(th.Comments))
	for i := range th.Comments {
		texts[th.Comments[i].Row.CommentID] = text(th.Comments[i].Row.Text)
	}
	var list []goldComment
	for i := range th.Comments {
		c := &th.Comments[i]
		one := goldComment{text: texts[c.Row.CommentID], author: strings.Join(strings.Fields(c.Author), " ")}
		if one.text == "" {
			continue
		}
		if c.Row.ParentID != nil {
			one.parent = "\n" + texts[*c.Row.ParentID] // a reply to a comment without a text is one
		}
		if c.Row.PostedLocal != nil {
			one.time = *c.Row.PostedLocal
		}
		list = append(list, one)
	}
	return list
}

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// wordCounts counts the words of a text.
func wordCounts(text *string) map[string]int64 {
	counts := map[string]int64{}
	if text == nil {
		return counts
	}
	for w := words.FromString(*text); w.Next(); {
		if strings.ContainsFunc(w.Value(), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			counts[w.Value()]++
		}
	}
	return counts
}

func sum(counts map[string]int64) int64 {
	total := int64(0)
	for _, n := range counts {
		total += n
	}
	return total
}

// goldName is the path of a file of expected records in the lock.
const goldName = "gold"
