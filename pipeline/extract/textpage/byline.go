package textpage

import (
	"strings"

	"corpus/pipeline/extract"
	"corpus/schema"
)

// Where the byline and the date of publication are looked for, in lines.
const (
	bylineAbove   = 25 // above the text
	labelAbove    = 6  // above those, for a label
	bylineInside  = 5  // below its first line
	bylineBelow   = 15 // below its last line
	maxMetaWords  = 24
	maxNoteWords  = 80 // of a note on the author
	maxDateHead   = 40 // bytes of a text in which a date may open it
	maxTagsBehind = 60 // lines below the text that may hold tags
)

// findByline looks for author and date near the title, then below the text,
// then in a note at its end.
func (a *article) findByline(draft *extract.Draft) {
	from, to := max(0, a.start-bylineAbove), min(a.start+bylineInside, len(a.lines))
	if a.title >= 0 && a.title < a.start {
		// What stands well above the title belongs to something else.
		from = max(from, a.title-4)
	}
	for i := max(0, from-labelAbove); i < to && len(draft.Authors) == 0; i++ {
		if i != a.title {
			draft.Authors = a.labelled(i)
		}
	}
	for i := from; i < to && len(draft.Authors) == 0; i++ {
		if name := penned(a.lines[i].text); name != "" && i != a.title {
			draft.Authors = []string{name}
		}
	}
	for i := from; i < to; i++ {
		a.readMeta(i, draft)
	}
	if len(draft.Authors) == 0 {
		a.nameBesideDate(from, to, draft)
	}
	if len(draft.Authors) == 0 {
		a.findCredit(from, to, draft)
	}
	if draft.PublishedAt == "" {
		a.dateFarther(from, draft)
	}
	for i := a.end; i < min(a.end+bylineBelow, len(a.lines)); i++ {
		if containsAny(lower(a.lines[i].text[:min(len(a.lines[i].text), maxDated)]), postedParts) {
			a.readMeta(i, draft)
		}
	}
	if len(draft.Authors) == 0 {
		for i := a.end; i < min(a.end+bylineBelow, len(a.lines)) && len(draft.Authors) == 0; i++ {
			draft.Authors = a.labelled(i)
		}
	}
	if draft.PublishedAt == "" && a.title >= 0 {
		if d, ok := a.calendar.find(a.lines[a.title].text); ok && len(d.iso) >= len("2006-01-02") {
			draft.PublishedAt = d.iso
		}
	}
	markNote(draft)
}

// markNote marks a note on the author among the last two blocks.
func markNote(draft *extract.Draft) {
	for n := len(draft.Blocks) - 1; n >= 0 && n >= len(draft.Blocks)-2; n-- {
		b := &draft.Blocks[n]
		person, ok := authorNote(b.Text)
		if !ok || len(draft.Authors) > 0 && !strings.EqualFold(draft.Authors[0], person) {
			continue
		}
		b.Kind, b.Level = schema.BlockAuthorNote, 0
		draft.Authors = []string{person}
		break
	}
}

// dateFarther takes the nearest line above that is a date or a byline with one,
// else a date that the text begins with.
func (a *article) dateFarther(from int, draft *extract.Draft) {
	for i := from - 1; i >= max(0, a.start-titleReach); i-- {
		r := &a.readings[i]
		if r.kind == dateLine && r.iso != "" || r.kind == headerLine && r.family == by && r.dated {
			a.readMeta(i, draft)
			if draft.PublishedAt != "" {
				return
			}
		}
	}
	for i := a.start; i < min(a.end, a.start+bylineInside); i++ {
		s := a.lines[i].text
		if len(s) > maxDateHead {
			s = strings.ToValidUTF8(s[:maxDateHead], "")
		}
		if d, ok := a.calendar.find(s); ok && d.start == 0 && len(d.iso) >= len("2006-01-02") {
			draft.PublishedAt = d.iso
			return
		}
	}
}

// readMeta reads author and date out of a short line.
func (a *article) readMeta(i int, draft *extract.Draft) {
	s := a.lines[i].text
	if s == "" || len(s) > maxDated || i == a.title || len(words(s)) > maxMetaWords {
		return
	}
	d, dated := a.calendar.find(s)
	dated = dated && d.iso != ""
	if !dated {
		whole := len(s)
		s = beforeClock(s)
		if i := strings.LastIndex(s, "— "); i >= 0 && len(s) < whole { // "Filed under: Locks — NAME @ 00:11"
			if len(draft.Authors) == 0 {
				draft.Authors = persons(s[i+len("— "):])
			}
			return
		}
	}
	if !dated && len(words(s)) > maxNameWords {
		return
	}
	if dated && draft.PublishedAt == "" {
		draft.PublishedAt = d.iso
	}
	if len(draft.Authors) > 0 {
		return
	}
	if !dated {
		if who, phrase := behindBy(s); phrase != "" && articleBy[phrase] {
			draft.Authors = persons(who)
		}
		return
	}
	before, behind := s[:d.start], s[d.end:]
	for _, part := range []string{behind, before} {
		if who := bylineIn(part); who != "" {
			draft.Authors = persons(who)
			return
		}
	}
	if r := &a.readings[i]; r.kind == headerLine && (r.family == nameDate || r.family == dateName) && len(r.iso) > len("2006-01-02") && !strings.Contains(r.name, " ") && after(i, a.readings) == a.start && !a.furniture(i) && a.lines[i].mark == noMark {
		draft.Authors = []string{r.name} // an account
		return
	}
	if r := &a.readings[i]; r.kind == headerLine && r.family == nameDate && (r.sign != "" || personName(r.name)) && !a.furniture(i) && len(strings.Fields(r.name)) <= 3 {
		draft.Authors = persons(r.name)
	}
}

// beforeClock is what stands before a time of day: "Posted by NAME at 10:52".
func beforeClock(s string) string {
	for _, word := range []string{" at ", " um ", " à ", " a las ", " alle ", " o ", " kl. ", " @ "} {
		if i := strings.Index(s, word); i > 0 && i+len(word) < len(s) && s[i+len(word)] >= '0' && s[i+len(word)] <= '9' {
			return s[:i]
		}
	}
	return s
}

// bylineIn is the name behind "by" inside a line with a date.
func bylineIn(s string) string {
	fields := strings.Fields(s)
	for i, f := range fields {
		if !articleBy[strings.Trim(lower(f), ":|·•—–-/,(")] {
			continue
		}
		var name []string
		for n, w := range fields[i+1:] {
			w = strings.TrimSuffix(w, "\u00a0")
			rest := fields[i+1+n+1:]
			switch lower(w) {
			case "in", "on", "am":
				return strings.Join(name, " ")
			case "le", "el": // of a date, unless of a name
				if len(rest) == 0 || rest[0][0] >= '0' && rest[0][0] <= '9' {
					return strings.Join(name, " ")
				}
			}
			if w == "|" || w == "·" || w == "•" || w == "/" || w == "—" || w == "–" || w == "-" {
				break
			}
			name = append(name, w)
			if len(name) == maxNameWords || strings.HasSuffix(w, ",") {
				break
			}
		}
		return strings.Join(name, " ")
	}
	return ""
}

// persons are the names of a byline.
func persons(s string) []string {
	s = strings.TrimSpace(strings.NewReplacer(" and ", "\n", " und ", "\n", " et ", "\n", " y ", "\n", " & ", "\n", ", ", "\n", " och ", "\n", " en ", "\n", " i ", "\n", " и ", "\n").Replace(s))
	var out []string
	for _, part := range strings.Split(s, "\n") {
		if i := strings.IndexAny(part, "|·•(/"); i > 0 {
			part = part[:i]
		}
		who, _ := cleanName(part)
		if len(out) > 0 && saysRole(who) {
			break // "NAME, Transport Correspondent"
		}
		if plausibleName(who) && !strings.HasPrefix(who, "(") && len(strings.Fields(who)) <= easyNameWords+1 && hasLetter(who) {
			out = append(out, who)
		}
	}
	return out
}

// saysRole tells a text with the word for what an author does.
func saysRole(s string) bool {
	for _, w := range words(lower(s)) {
		if creditRoles[w] {
			return true
		}
	}
	return false
}

// nameBesideDate takes a line with nothing but a person's name for the byline
// where the date stands beside it.
func (a *article) nameBesideDate(from, to int, draft *extract.Draft) {
	for i := from; i < to; i++ {
		if i == a.title || a.readings[i].kind != textLine || !personName(a.lines[i].text) || a.lines[i].mark != noMark {
			continue
		}
		for _, j := range []int{before(i, a.readings), after(i, a.readings)} {
			if j < 0 || j == a.title || j >= len(a.lines) {
				continue
			}
			if k := a.readings[j].kind; k == dateLine && a.readings[j].iso != "" {
				draft.Authors = []string{a.lines[i].text}
				return
			}
		}
	}
}

// authorNote reads "NAME is a Senior Fellow at …" and gives the person.
func authorNote(s string) (string, bool) {
	if len(strings.Fields(s)) > maxNoteWords || strings.Contains(s, "\n") {
		return "", false
	}
	low := lower(s)
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
	if len(fields) < 2 || len(fields) > 5 || !plausibleName(s) || s == strings.ToUpper(s) {
		return false
	}
	for i, f := range fields {
		if f == lower(f) && (i == 0 || i == len(fields)-1 || len(f) > 3) {
			return false
		}
	}
	return true
}

// findTags reads a line of tags; a label alone, or with commas only, has none.
func (a *article) findTags(draft *extract.Draft) {
	for i := max(0, a.start-bylineAbove); i < len(a.lines) && i < a.end+maxTagsBehind; i++ {
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
