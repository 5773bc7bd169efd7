package textpage

import (
	"strings"

	"corpus/pipeline/extract"
	"corpus/schema"
)

// bylineReach is the number of lines around title and body in which the byline
// and the date of publication are looked for.
const bylineReach = 15

// findByline looks for author and date near the title, then below the text.
func (a *article) findByline(draft *extract.Draft) {
	from, to := max(0, a.start-bylineReach), min(a.start+3, a.end)
	if a.title >= 0 {
		from = max(0, min(a.title-5, a.start))
	}
	for i := from; i < to; i++ {
		a.readByline(i, draft)
	}
	for i := a.end; i < len(a.lines) && i < a.end+bylineReach; i++ {
		a.readByline(i, draft)
	}
	if n := len(draft.Blocks); n > 0 && len(draft.Authors) == 0 {
		last := &draft.Blocks[n-1]
		if person, ok := authorNote(last.Text); ok {
			last.Kind = schema.BlockAuthorNote
			draft.Authors = []string{person}
		}
	}
}

func (a *article) readByline(i int, draft *extract.Draft) {
	s := a.lines[i].text
	if s == "" || len(s) > maxDated {
		return
	}
	d, dated := a.calendar.find(s)
	if dated && draft.PublishedAt == "" && d.iso != "" && len(words(s)) <= 14 {
		draft.PublishedAt = d.iso
	}
	if len(draft.Authors) > 0 {
		return
	}
	if dated {
		s = s[:d.start]
	}
	who, phrase := behindBy(trimJoiners(s))
	if phrase == "" || phrase == "de" || phrase == "from" || phrase == "da" || phrase == "od" {
		return
	}
	who, _ = cleanName(who)
	if plausibleName(who) {
		draft.Authors = []string{who}
	}
}

// maxNoteWords is the length of a note on the author.
const maxNoteWords = 80

// authorNote reads "NAME is a Senior Fellow at …" and gives the person.
func authorNote(s string) (string, bool) {
	list := strings.Fields(s)
	if len(list) > maxNoteWords {
		return "", false
	}
	low := lower(s)
	if len(low) != len(s) {
		return "", false
	}
	at := 0
	for n := 0; n < 6 && at < len(s); n++ {
		i := strings.IndexByte(s[at:], ' ')
		if i < 0 {
			return "", false
		}
		at += i + 1
		if n >= 1 && authorNotes.prefix(low[at:]) != "" {
			person := strings.TrimRight(s[:at-1], ",")
			return person, personName(person)
		}
	}
	return "", false
}

// personName tells a name of two words or more, all but particles with capitals.
func personName(s string) bool {
	fields := strings.Fields(s)
	if len(fields) < 2 || len(fields) > 5 || !plausibleName(s) {
		return false
	}
	for i, f := range fields {
		if f == lower(f) && (i == 0 || i == len(fields)-1 || len(f) > 3) {
			return false
		}
	}
	return true
}

// findTags reads lines of tags; a label alone, or with commas only, has none.
func (a *article) findTags(draft *extract.Draft) {
	for i := max(0, a.start-bylineReach); i < len(a.lines) && i < a.end+4*bylineReach; i++ {
		s := a.lines[i].text
		if !a.label(s, tagLabels) {
			continue
		}
		_, rest, ok := strings.Cut(s, ":")
		if !ok {
			continue
		}
		for _, tag := range strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == '|' || r == ';' || r == '•' || r == '·' || r == '#' }) {
			if tag = strings.TrimSpace(tag); tag != "" && len(tag) <= 60 {
				draft.Tags = append(draft.Tags, tag)
			}
		}
		return
	}
}
