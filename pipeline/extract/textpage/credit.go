package textpage

import (
	"strings"

	"corpus/pipeline/extract"
)

// Where a credit is looked for that names the author without "by" in its line.
const (
	creditBeside  = 3  // lines from a date or a role
	creditLetters = 60 // bytes of a part of a line that is a name
	labelReach    = 2  // lines from a label to its name
)

// creditLabels announce the author, with a colon behind them or on a line of
// their own; lower case.
var creditLabels = set("by", "written by", "posted by", "published by", "author", "authors", "words", "text", "interview", "story", "story by", "contributor", "contributors",
	"von", "autor", "autorin", "autoren", "autor*in", "autor/in", "autor(en)", "geschrieben von", "verfasst von", "veröffentlicht von", "ein beitrag von", "gastbeitrag von", "kommentar von", "redaktion", "text und interview",
	"par", "auteur", "auteurs", "auteur(s)", "texte", "écrit par", "rédigé par", "por", "autora", "autores", "author(s)", "autor(es)", "autore(i)", "escrito por", "texto", "scritto da", "autore", "testo", "door", "tekst", "skrevet af", "skrevet av", "автор", "текст", "autorka")

// creditRoles are words of a line that tells what the author right above it does;
// lower case.
var creditRoles = set("editor", "reporter", "correspondent", "columnist", "journalist", "writer", "author", "contributor", "redakteur", "redakteurin", "korrespondent", "korrespondentin", "reporterin", "journalistin", "autor", "autorin", "kolumnist", "kolumnistin",
	"journaliste", "rédacteur", "rédactrice", "periodista", "redactor", "redactora", "giornalista", "redacteur")

// findCredit looks for the author in lines without "by": in a part of a line that
// a date stands in, or alone at a date or a role.
func (a *article) findCredit(from, to int, draft *extract.Draft) {
	for i := from; i < to && len(draft.Authors) == 0; i++ {
		s := a.lines[i].text
		if i == a.title || s == "" || len(s) > maxDated {
			continue
		}
		if a.title < 0 || i >= a.title-creditBeside && i <= a.start+1 {
			draft.Authors = a.partOf(i, draft)
		}
	}
	for i := from; i < to && len(draft.Authors) == 0; i++ {
		if i != a.title && a.alone(i) {
			draft.Authors = []string{a.lines[i].text}
		}
	}
}

// labelled are the names behind a label, on its line or below it, and those of
// the lines right below with the same label.
func (a *article) labelled(i int) []string {
	var out []string
	first := ""
	for ; i < len(a.lines) && len(out) < 10; i++ {
		s := a.lines[i].text
		label, rest, ok := strings.Cut(s, ":")
		if !ok && len(out) == 0 {
			label, rest = s, ""
		}
		label = strings.TrimSpace(strings.Trim(lower(label), "*_# -–—>"))
		if !creditLabels[label] || first != "" && label != first {
			break
		}
		if strings.TrimSpace(rest) == "" {
			if !ok && len(out) > 0 {
				break
			}
			return append(out, a.below(i)...)
		}
		names := fullNames(rest)
		if len(names) == 0 {
			break
		}
		out, first = append(out, names...), label
	}
	return out
}

// below are the names on the first line below a label.
func (a *article) below(i int) []string {
	for j := i + 1; j < len(a.lines) && j <= i+labelReach; j++ {
		s := strings.TrimSpace(strings.Trim(a.lines[j].text, "*_#"))
		if s == "" {
			continue
		}
		if len(s) > creditLetters || sentenceEnd(s) || a.furniture(j) {
			return nil
		}
		if names := fullNames(s); len(names) > 0 {
			return names
		}
		// One word may be the name of an account; a heading has its own line as well.
		if who, _ := cleanName(s); plausibleName(who) && len(strings.Fields(who)) == 1 && !creditLabels[lower(who)] && hasLetter(who) && who != strings.ToUpper(who) {
			return []string{who}
		}
		return nil
	}
	return nil
}

// fullNames are the names of persons, first and last, that a text consists of up
// to an address or a role.
func fullNames(s string) []string {
	if i := strings.IndexAny(s, "|@"); i > 0 {
		s = strings.TrimSpace(s[:i])
	}
	names := persons(s)
	if len(names) == 0 {
		return nil
	}
	for _, n := range names {
		if !personName(n) {
			return nil
		}
	}
	return names
}

// partOf is the name of a person that is a part of a line between bars, where
// another part of it, or a line beside it, is a date.
func (a *article) partOf(i int, draft *extract.Draft) []string {
	s := a.lines[i].text
	parts := strings.Split(parting.Replace(s), "\n")
	if len(parts) < 2 {
		return nil
	}
	dated := false
	var found []string
	first := ""
	for n, part := range parts {
		part = strings.TrimSpace(strings.Trim(strings.TrimSpace(part), "*_\\"))
		if d, ok := a.calendar.find(part); ok && d.iso != "" && len(words(part)) <= 8 {
			if dated = true; draft.PublishedAt == "" {
				draft.PublishedAt = d.iso
			}
			if n == 1 && len(found) == 0 && a.signedBelow(first) {
				found = []string{first}
			}
			continue
		}
		if who, phrase := behindBy(part); phrase != "" && articleBy[phrase] {
			part = who
		}
		if n == 0 {
			first = part
		}
		if len(found) == 0 && len(part) <= creditLetters && personName(part) && len(strings.Fields(part)) <= 3 && !a.repeatsTitle(part) {
			found = []string{part}
		}
	}
	if !dated {
		return nil
	}
	return found
}

// signedBelow tells a name in one word that stands alone on a line below the text
// as well, as above a note on the author.
func (a *article) signedBelow(name string) bool {
	if strings.ContainsAny(name, " .") || !plausibleName(name) || !hasLetter(name) || name == lower(name) {
		return false
	}
	for i := a.start; i < len(a.lines) && i < a.end+bylineBelow; i++ {
		if a.lines[i].text == name {
			return true
		}
	}
	return false
}

// parting are the marks between the parts of a line about the article.
var parting = strings.NewReplacer(" | ", "\n", " · ", "\n", " • ", "\n", " / ", "\n", "  ", "\n", "\t", "\n", " – ", "\n", " — ", "\n", " - ", "\n")

// repeatsTitle tells a text that is a part of the title.
func (a *article) repeatsTitle(s string) bool {
	return a.title >= 0 && strings.Contains(lower(a.lines[a.title].text), lower(s))
}

// alone tells a line that is the name of a person and nothing else, between title
// and text, right beside a date or above a role.
func (a *article) alone(i int) bool {
	s := a.lines[i].text
	if a.title < 0 || i < a.title-creditBeside || i > a.start+bylineInside || len(s) > creditLetters || !personName(s) || len(strings.Fields(s)) > 3 || a.repeatsTitle(s) || a.furniture(i) || sentenceEnd(s) && !strings.HasSuffix(s, ".") {
		return false
	}
	for _, step := range []int{-1, 1} {
		for j, n := i+step, 0; j >= 0 && j < len(a.lines) && n < creditBeside; j += step {
			t := a.lines[j].text
			if t == "" {
				n++
				continue
			}
			if len(t) > creditLetters {
				break
			}
			if d, ok := a.calendar.find(t); ok && j != a.title && len(d.iso) >= len("2006-01-02") && len(words(t[:d.start]))+len(words(t[d.end:])) <= 2 {
				return true
			}
			if step > 0 {
				list := words(lower(t))
				for _, w := range list {
					if creditRoles[w] && len(list) <= 5 {
						return true
					}
				}
			}
			break
		}
	}
	return false
}
