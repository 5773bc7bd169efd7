package textpage

import (
	"strings"
	"unicode"
)

// section is a heading that says that comments follow ("12 Comments").
type section struct {
	stated int32  // number of comments that it states; -1 for none
	title  string // of the article, where the heading names it
}

// sectionHeading reads s as the heading of a section of comments.
func sectionHeading(s string) (section, bool) {
	out := section{stated: -1}
	if len(s) > maxHeader || s == "" {
		return out, false
	}
	head, title := quotedTitle(s)
	out.title = title
	low := lower(head)
	tokens := pieces(low)
	if len(tokens) == 0 || len(tokens) > 16 {
		return out, false
	}
	for _, t := range tokens {
		if sidebarWords[t] {
			return out, false
		}
	}
	if out.title == "" {
		out.title = titleAfter(head)
	}
	sentence := strings.HasSuffix(head, ".") || strings.HasSuffix(head, ",") || strings.HasSuffix(head, "…")
	// "12 comments on …", "33 reader comments"
	if n, ok := number(tokens[0]); ok && len(tokens) > 1 {
		for i := 1; i < len(tokens) && i < 4; i++ {
			if commentNouns[tokens[i]] {
				rest := tokens[i+1:]
				if sentence && len(rest) > 0 {
					return out, false
				}
				out.stated = n
				return out, true
			}
			if !sectionCompany[tokens[i]] {
				break
			}
		}
		return out, false
	}
	if sentence {
		return out, false
	}
	// "One thought on …", "No comments"
	trimmed := trimPunct(low)
	for count, table := range []*phraseTable{noneWords, oneThought} {
		p := table.prefix(trimmed)
		if p == "" {
			continue
		}
		rest := pieces(trimmed[len(p):])
		if len(rest) > 0 && commentNouns[rest[0]] && (title != "" || len(rest) == 1 || sectionCompany[rest[1]]) {
			out.stated = int32(count)
			return out, true
		}
	}
	// "Comments", "Comments (12)", "Comments on this article: 12"
	noun, plain, others, numbers := false, false, 0, 0
	for i, t := range tokens {
		n, isNumber := number(t)
		switch {
		case isNumber:
			numbers++
			out.stated = n
		case commentNouns[t]:
			noun = true
			plain = plain || plainNouns[t]
		case sectionCompany[t]:
		case title != "" && noun && i > 1:
		default:
			others++
		}
	}
	if noun && others == 0 && numbers <= 1 && (plain || numbers == 1 || title != "") && len(tokens) <= 8 {
		return out, true
	}
	if p := sectionPhrases.prefix(trimmed); p != "" && len(pieces(trimmed[len(p):])) <= 2 {
		return out, true
	}
	return out, false
}

// pieces cuts s into words and numbers, also where they are glued together; a
// compound with a hyphen counts as its last part.
func pieces(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		return !letter(r) && !unicode.IsDigit(r) && r != '.' && r != '\'' && r != '’'
	}) {
		w = strings.Trim(w, ".'’")
		at := strings.IndexFunc(w, unicode.IsDigit)
		if at > 0 {
			out = append(out, w[:at], w[at:])
		} else if end := strings.IndexFunc(w, letter); at == 0 && end > 0 {
			out = append(out, strings.Trim(w[:end], "."), w[end:])
		} else if w != "" {
			out = append(out, w)
		}
	}
	return out
}

// number reads a count, with or without separators of thousands.
func number(s string) (int32, bool) {
	n := int32(0)
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9' && n < 100_000_000:
			n = n*10 + r - '0'
		case r == '.' && i > 0 && len(s)-i == 4:
		default:
			return 0, false
		}
	}
	return n, s != "" && s[0] != '.'
}

// quotes are pairs of marks that titles stand in.
var quotes = [][2]string{{"“", "”"}, {"„", "“"}, {"«", "»"}, {"»", "«"}, {"\"", "\""}, {"‘", "’"}, {"'", "'"}}

// quotedTitle cuts a title in quotes off the end of a heading.
func quotedTitle(s string) (head, title string) {
	for _, q := range quotes {
		i := strings.Index(s, q[0])
		if i <= 0 {
			continue
		}
		rest := s[i+len(q[0]):]
		j := strings.LastIndex(rest, q[1])
		if j <= 0 || len(words(rest[j+len(q[1]):])) > 0 {
			continue
		}
		return strings.TrimSpace(s[:i]), strings.TrimSpace(rest[:j])
	}
	return s, ""
}

// titleAfter is what follows "responses to", where no quotes mark the title.
func titleAfter(s string) string {
	fields := strings.Fields(s)
	for i := 1; i < len(fields)-1 && i < 4; i++ {
		if !commentNouns[lower(fields[i-1])] {
			continue
		}
		switch lower(fields[i]) {
		case "to", "on", "zu", "zum", "sur", "à", "en", "su", "op", "till", "til", "på", "do", "на", "к":
			return strings.Join(fields[i+1:], " ")
		}
	}
	return ""
}
