package privacy

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/schema"
)

// findLinks finds addresses of pages: http, https and ftp URLs, and those that
// begin with www.
func findLinks(text string) []found {
	if !strings.Contains(text, "://") && !strings.Contains(text, "w.") && !strings.Contains(text, "W.") {
		return nil // no beginning of a link
	}
	return linksFrom(text)
}

func linksFrom(text string) []found {
	var out []found
	for at := 0; at < len(text); {
		start := linkStart(text, at)
		if start < 0 {
			break
		}
		end := linkEnd(text, start)
		if end-start > len("https://") {
			out = append(out, found{start: start, end: end, kind: schema.SpanLink})
		}
		at = max(end, start+1)
	}
	return out
}

// linkStart is the first byte from at on where a link begins, or -1.
func linkStart(text string, at int) int {
	for at < len(text) {
		i := strings.IndexAny(text[at:], "hHfFwW")
		if i < 0 {
			return -1
		}
		at += i
		for _, opening := range []string{"http://", "https://", "ftp://", "www."} {
			if len(text)-at > len(opening) && strings.EqualFold(text[at:at+len(opening)], opening) && !isASCIIWord(before(text, at)) {
				return at
			}
		}
		at++
	}
	return -1
}

func isASCIIWord(r rune) bool { return r < utf8.RuneSelf && isWord(r) }

// linkEnd goes to the end of a link; marks that end a sentence and a bracket
// that was opened before it are not of it.
func linkEnd(text string, start int) int {
	end := start
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("<>\"“”„«»‹›|\\^`{}，。、；：！？）】」』", r) {
			break
		}
		end += size
	}
	open := strings.Count(text[start:end], "(") - strings.Count(text[start:end], ")")
	for end > start {
		switch r, size := utf8.DecodeLastRuneInString(text[start:end]); {
		case strings.ContainsRune(".,;:!?'*_…’‘]", r):
			end -= size
		case r == ')' && open < 0:
			end -= size
			open++
		default:
			return end
		}
	}
	return end
}

// judge says what each link is: one with a user name in it or of a known
// network's profile is an account, one that holds an e-mail or a visitor's IP
// address is that as a whole; the others stay links.
func judge(text string, links, emails, addresses []found) []found {
	overlapping := func(places []found, from, to int) bool {
		i := sort.Search(len(places), func(i int) bool { return places[i].end > from })
		return i < len(places) && places[i].start < to
	}
	for i := range links {
		l := &links[i]
		raw := text[l.start:l.end]
		_, host, path := splitLink(raw)
		behind := l.end - len(path)
		switch {
		case hasUser(raw) || isProfile(raw):
			l.kind = schema.SpanAccount
		case overlapping(emails, l.start, l.end):
			l.kind = schema.SpanEmail
		case host != "" && overlapping(addresses, behind, l.end):
			l.kind = schema.SpanIP
		}
	}
	return links
}
