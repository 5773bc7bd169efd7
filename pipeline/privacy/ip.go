package privacy

import (
	"net/netip"
	"strings"

	"corpus/schema"
)

// findIPs finds IPv4 addresses in dotted decimal and IPv6 addresses (RFC 4291,
// section 2.2) that may be a person's: private ranges and netmasks tell nobody
// apart. Four small numbers with dots are rather a section or a
// version, and so are those behind such a word.
func findIPs(text string) []found {
	var out []found
	for at := 0; at < len(text); {
		c := text[at]
		if !isHex(c) && c != ':' {
			at++
			continue
		}
		end := at
		dots, colons := 0, 0
		for end < len(text) && (isHex(text[end]) || text[end] == '.' || text[end] == ':') {
			switch text[end] {
			case '.':
				dots++
			case ':':
				colons++
			}
			end++
		}
		run := at
		at = end
		if dots < 3 && colons < 2 || end-run > 64 {
			continue
		}
		word, wordBehind := isWord(before(text, run)), isWord(after(text, end))
		if colons >= 2 && !word && !wordBehind {
			stop := run + len(strings.TrimRight(text[run:end], ".:"))
			if strings.HasSuffix(text[run:end], "::") {
				stop = end
			}
			if isIP(text[run:stop]) && !versioned(text[:run]) {
				out = append(out, found{start: run, end: stop, kind: schema.SpanIP})
				continue
			}
		}
		if dots < 3 {
			continue
		}
		for start := run; start < end; { // "mine:192.0.2.7:80": the parts between colons
			stop := end
			if i := strings.IndexByte(text[start:end], ':'); i >= 0 {
				stop = start + i
			}
			first := start + len(text[start:stop]) - len(strings.TrimLeft(text[start:stop], "."))
			last := first + len(strings.TrimRight(text[first:stop], "."))
			inWord := start == run && word || stop == end && wordBehind
			if !inWord && isIP(text[first:last]) && !versioned(text[:first]) {
				out = append(out, found{start: first, end: last, kind: schema.SpanIP})
			}
			start = stop + 1
		}
	}
	return out
}

// isIP reports whether s is an address that may belong to a person.
func isIP(s string) bool {
	ip, err := netip.ParseAddr(s)
	if err != nil {
		return false
	}
	if ip.IsPrivate() || ip.IsLoopback() || ip.IsUnspecified() || ip.IsLinkLocalUnicast() || ip.IsMulticast() {
		return false
	}
	if ip.Is4() {
		if ip.As4()[0] >= 240 { // reserved: netmasks
			return false
		}
		for _, part := range ip.As4() {
			if part > 9 {
				return true
			}
		}
		return false
	}
	groups, digit := 0, false
	for _, group := range strings.Split(s, ":") {
		if group != "" {
			groups++
		}
		digit = digit || strings.ContainsAny(group, "0123456789")
	}
	return groups >= 3 && digit
}

// versioned reports whether the word before an address says that it is none.
func versioned(text string) bool {
	text = strings.ToLower(strings.TrimRight(text[max(0, len(text)-16):], " \t\u00a0"))
	for _, word := range []string{"version", "v.", "v", "release", "firmware", "build", "update", "§", "section", "chapter", "kapitel", "abschnitt"} {
		if rest, ok := strings.CutSuffix(text, word); ok && !isWord(before(rest, len(rest))) {
			return true
		}
	}
	return false
}

func isHex(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f'
}
