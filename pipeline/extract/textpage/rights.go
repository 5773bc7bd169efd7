package textpage

import (
	"strings"
	"unicode"

	"corpus/licenses"
	"corpus/pipeline/extract"
	"corpus/schema"
)

// Bounds of the search for notices about licences.
const (
	noticeBytes = 600 // of a line that is looked at
	noticeFoot  = 40  // last lines of the page, in which its own notices stand
)

// pictureParts tell that a sentence is about a picture; lower case.
var pictureParts = []string{"photo", "foto", "bild", "image", "picture", "imagen", "grafik", "illustration", "video"}

// licensingParts tell that a line licenses something; lower case.
var licensingParts = []string{"licen", "lizenz", "bedingungen", "terms of", "under a ", "sous ", "bajo ", "copyleft", "©", "(c)"}

// textParts tell that a sentence is about the text, beside pictures if need be.
var textParts = []string{"text", "articl", "artikel", "artícul", "articol", "artigo", "beitrag", "content", "inhalt", "contenu", "contenid"}

// covered tells what a licence named between two places of a line is about: a
// picture where its sentence speaks of pictures alone.
func covered(line string, start, end int) string {
	start, end = max(0, min(start, len(line))), min(end, len(line))
	from := 0
	if at := strings.LastIndex(line[:start], ". "); at >= 0 {
		from = at + 2
	}
	if at := strings.Index(line[end:], ". "); at >= 0 {
		end += at
	} else {
		end = len(line)
	}
	sentence := strings.ToLower(line[from:end])
	if containsAny(sentence, pictureParts) && !containsAny(sentence, textParts) {
		return schema.CoversImage
	}
	return schema.CoversUnknown
}

// wordsBeside tells whether a line has n words beside its addresses: one that has
// none is of a list of links, and may be about a picture.
func wordsBeside(low string, n int) bool {
	for field := range strings.FieldsSeq(low) {
		if !strings.Contains(field, "/") && strings.ContainsFunc(field, unicode.IsLetter) {
			n--
		}
	}
	return n <= 0
}

// findRights collects the licences that the lines of the article and of the foot
// of the page name, and fills in what follows for the article. Readers name
// licences as well, so nothing between the two is read.
func findRights(lines []line, end int, draft *extract.Draft) {
	for i := range lines {
		if i >= end && i < len(lines)-noticeFoot {
			continue
		}
		s := lines[i].text
		if len(s) > noticeBytes || !licenses.MayName(s) {
			continue
		}
		low := strings.ToLower(s)
		address := strings.Contains(low, "creativecommons.org/")
		licensing := containsAny(low, licensingParts) && (!address || wordsBeside(low, 2))
		if i >= end && !licensing {
			continue
		}
		if address && licensing {
			covers := covered(s, strings.Index(low, "creativecommons.org/"), len(s))
			if st, ok := licenses.NewStatement(licenses.WhereLink, covers, s, ""); ok && st.URL != nil {
				draft.Statements = licenses.Add(draft.Statements, st)
				continue
			}
		}
		for _, n := range licenses.Names(s) {
			if !n.Versioned && !licensing || licenses.Denies(s[:n.Start]) {
				continue // a name without version may be about anything
			}
			if st, ok := licenses.NewStatement(licenses.WhereText, covered(s, n.Start, n.End), s[n.Start:n.End], ""); ok {
				draft.Statements = licenses.Add(draft.Statements, st)
			}
		}
	}
	r := licenses.Resolve(draft.Statements)
	if r.License != schema.LicenseUnknown {
		draft.License = r.License
	}
	draft.LicenseURL, draft.LicenseEvidence = r.URL, r.Evidence
}
