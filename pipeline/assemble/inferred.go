package assemble

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"corpus/pipeline/assemble/names"
	"corpus/schema"
)

const (
	quoteShingle = 4  // words that must agree for a quote to be found in a comment
	quoteWords   = 40 // words behind the header of a quote that are looked up
)

// infer sets the inferred parents of a thread in which no comment states one.
// A comment that addresses exactly one earlier commenter at its start, or
// quotes exactly one with a header, seems to answer the latest earlier comment
// of that person; of a quote, the latest that holds the quoted words, if any.
// Who addresses two persons, or one whose name two accounts bear, gets none:
// the rules are for precision. A greeting of the article's author is meant for
// the article, also where the author comments.
func infer(comments []Comment, s *speakers, article *schema.Article) {
	for i := range comments {
		if comments[i].Row.ParentID != nil {
			return
		}
	}
	sequence, ok := chronological(comments, article.CommentOrder)
	if !ok {
		return
	}
	type answer struct {
		person int
		basis  string
		quoted []uint64
	}
	answers := make([]answer, len(comments))
	type saying struct {
		person int
		words  uint64
	}
	by := writersOf(article.Byline)
	wanted := make(map[saying]int) // latest comment so far that holds the words, or -1
	for i := range comments {
		answers[i].person = -1
		m, ok := answered(&comments[i], s, s.person[i])
		if !ok {
			continue
		}
		if by.has(&comments[m.Target]) && !behindSign(*comments[i].Row.Text, m.Start) {
			continue
		}
		answers[i].person, answers[i].basis = s.person[m.Target], m.Basis
		if m.Basis == schema.InferredQuote {
			answers[i].quoted = quotedWords(*comments[i].Row.Text, m.End)
			for _, q := range answers[i].quoted {
				wanted[saying{answers[i].person, q}] = -1
			}
		}
	}

	latest := make(map[int]int) // by person: latest comment so far
	for _, i := range sequence {
		if a := answers[i]; a.person >= 0 {
			if parent, ok := latest[a.person]; ok {
				hits := make(map[int]int)
				most := 0
				for _, q := range a.quoted {
					if holder := wanted[saying{a.person, q}]; holder >= 0 {
						hits[holder]++
						most = max(most, hits[holder])
					}
				}
				for _, q := range a.quoted {
					if holder := wanted[saying{a.person, q}]; holder >= 0 && hits[holder] == most {
						parent = holder
						break
					}
				}
				id, basis := comments[parent].Row.CommentID, a.basis
				comments[i].Row.InferredParentID, comments[i].Row.InferredBasis = &id, &basis
			}
		}
		p := s.person[i]
		if p < 0 {
			continue
		}
		latest[p] = i
		if len(wanted) > 0 && comments[i].Row.Text != nil {
			words := wordHashes(*comments[i].Row.Text)
			for k := 0; k+quoteShingle <= len(words); k++ {
				key := saying{p, shingle(words[k : k+quoteShingle])}
				if _, ok := wanted[key]; ok {
					wanted[key] = i
				}
			}
		}
	}
}

// answered is the mention that says whom a comment answers, if it says so of
// exactly one person, who is not its author.
func answered(c *Comment, s *speakers, author int) (Mention, bool) {
	var found Mention
	ok := false
	at, chars := 0, int32(0) // byte and code point reached
	for _, m := range c.Mentions {
		if m.Basis == "" {
			continue
		}
		text := *c.Row.Text
		start := at + byteAt(text[at:], m.Start-chars)
		end := start + byteAt(text[start:], m.End-m.Start)
		at, chars = end, m.End
		person := s.person[m.Target]
		if person < 0 || person == author || s.sharedAt(text, start, end) {
			return Mention{}, false
		}
		switch {
		case !ok:
			found, ok = m, true
		case s.person[found.Target] != person:
			return Mention{}, false
		}
	}
	if ok && found.Basis == schema.InferredAddress && !atStart(c, found) {
		return Mention{}, false
	}
	return found, ok
}

// writers are the names of an article's byline, folded.
type writers struct{ full, first map[string]bool }

func writersOf(byline []string) writers {
	w := writers{make(map[string]bool, len(byline)), make(map[string]bool, len(byline))}
	for _, author := range byline {
		folded := names.Fold(author)
		w.full[folded] = true
		w.first[names.FirstWord(folded)] = true
	}
	return w
}

// has reports whether the person of a comment wrote the article: by the role
// that the page shows, or by the byline, in full or by the first name.
func (w writers) has(c *Comment) bool {
	if role := c.Row.CommenterRole; role != nil && *role == "author" {
		return true
	}
	name := names.Fold(c.Author)
	return name != "" && (w.full[name] || w.first[name] || w.full[names.FirstWord(name)])
}

// behindSign reports whether an @ stands before code point at.
func behindSign(text string, at int32) bool {
	before := strings.TrimRight(text[:byteAt(text, at)], " ")
	return strings.HasSuffix(before, "@") || strings.HasSuffix(before, "＠")
}

// sharedAt reports whether the name at a mention, in bytes, is borne by two accounts.
func (s *speakers) sharedAt(text string, start, end int) bool {
	shared := false
	s.names.At(text[:end], start, func(stop int, id int32) bool {
		shared = stop == end && s.info[id].shared
		return true
	})
	return shared
}

// atStart reports whether a mention stands in the first line of the first
// block of a comment that is no quote.
func atStart(c *Comment, m Mention) bool {
	for _, b := range c.Row.Blocks {
		if b.Kind == schema.BlockQuote && b.End <= m.Start {
			continue
		}
		return b.Start <= m.Start && m.End <= b.End && !breaks(*c.Row.Text, b.Start, m.Start)
	}
	return len(c.Row.Blocks) == 0 && !breaks(*c.Row.Text, 0, m.Start)
}

// breaks reports whether a line ends between two code points.
func breaks(text string, from, to int32) bool {
	start := byteAt(text, from)
	return strings.Contains(text[start:start+byteAt(text[start:], to-from)], "\n")
}

// quotedWords are the shingles of the words behind the header of a quote.
func quotedWords(text string, from int32) []uint64 {
	const most = 2048
	rest := text[byteAt(text, from):]
	if len(rest) > most {
		cut := most
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		rest = rest[:cut]
	}
	words := wordHashes(rest)
	words = words[:min(len(words), quoteWords)]
	var out []uint64
	for i := 0; i+quoteShingle <= len(words); i++ {
		out = append(out, shingle(words[i:i+quoteShingle]))
	}
	return out
}

// byteAt is the byte at which the code point with number n begins.
func byteAt(text string, n int32) int {
	at := 0
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// chronological is the comments from the oldest on. Where all state a time to
// the minute, the times decide; else the order of the page. A ranked thread
// without times has no order in time.
func chronological(comments []Comment, order string) ([]int, bool) {
	sequence := make([]int, len(comments))
	instants, locals := true, true
	for i := range comments {
		sequence[i] = i
		row := &comments[i].Row
		instants = instants && row.PostedAt != nil
		locals = locals && row.PostedLocal != nil && row.PostedPrecision != nil &&
			(*row.PostedPrecision == schema.PrecisionMinute || *row.PostedPrecision == schema.PrecisionSecond)
	}
	if order == schema.OrderNewest {
		slices.Reverse(sequence)
	}
	switch {
	case instants:
		slices.SortStableFunc(sequence, func(a, b int) int {
			return cmp.Compare(*comments[a].Row.PostedAt, *comments[b].Row.PostedAt)
		})
	case locals:
		slices.SortStableFunc(sequence, func(a, b int) int {
			return cmp.Compare(*comments[a].Row.PostedLocal, *comments[b].Row.PostedLocal)
		})
	default:
		return sequence, order != schema.OrderRanked
	}
	return sequence, true
}
