package privacy

import (
	"strings"
	"unicode/utf8"

	"corpus/pipeline/assemble/names"
	"corpus/schema"
)

// findHandles finds account names: "@name", "@name@host" as Mastodon has it,
// and "u/name" as Reddit writes it.
func findHandles(text string) []found {
	var out []found
	wide := strings.Contains(text, wideAt)
	for at := 0; at < len(text); {
		sign := nextAt(text, at, wide)
		if sign < 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(text[sign:])
		at = sign + size
		joined := len(out) > 0 && out[len(out)-1].end == sign // "@name@host"
		if r := before(text, sign); !joined && (isWord(r) && r < 0x0e00 || r >= 0 && strings.ContainsRune(".-+/@", r)) {
			continue
		}
		end := nameEnd(text, at)
		if joined && end > at {
			out[len(out)-1].end = end
			at = end
		} else if everybody(text[at:end]) {
			continue
		} else if names.Letters(text[at:end]) > 0 && utf8.RuneCountInString(text[at:end]) >= 2 {
			out = append(out, found{start: sign, end: end, kind: schema.SpanHandle})
			at = end
		}
	}
	for at := 0; at < len(text); {
		i := strings.Index(text[at:], "u/")
		if i < 0 {
			break
		}
		start := at + i
		at = start + len("u/")
		if start > 0 && text[start-1] == '/' {
			start--
		}
		end := at
		for end < len(text) && (isDigit(text[end]) || isASCIILetter(text[end]) || text[end] == '_' || text[end] == '-') {
			end++
		}
		if r := before(text, start); isWord(r) || r == '/' || r == '.' || end-at < 3 || end-at > 20 || isWord(after(text, end)) || after(text, end) == '/' {
			continue
		}
		out = append(out, found{start: start, end: end, kind: schema.SpanHandle})
		at = end
	}
	return out
}

// federated are the handles with a host, "@name@host": what stands behind their
// first @ is no address.
func federated(text string, handles []found) []found {
	var out []found
	for _, h := range handles {
		if r, size := utf8.DecodeRuneInString(text[h.start:]); (r == '@' || r == '＠') && strings.ContainsAny(text[h.start+size:h.end], "@＠") {
			out = append(out, h)
		}
	}
	return out
}

// everybody reports whether what stands behind @ addresses all readers.
func everybody(name string) bool {
	switch strings.ToLower(name) {
	case "all", "alle", "allen", "everyone", "everybody", "here", "channel", "home", "tous", "toutes", "todos", "todas", "tutti", "allemaal", "alla", "wszyscy", "все", "всем":
		return true
	}
	return false
}

// nameEnd goes over an account name: letters, digits, "_", and "." or "-" inside.
func nameEnd(text string, at int) int {
	end := at
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		at += size
		if isWord(r) {
			end = at
		} else if r != '.' && r != '-' {
			break
		}
	}
	return end
}
