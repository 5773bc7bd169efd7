package privacy

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/schema"
)

// findIPs finds IPv4 addresses in dotted decimal and IPv6 addresses (RFC 4291,
// section 2.2) that may be a person's: private ranges and netmasks tell nobody
// apart. Four numbers with dots are rather a version or a section where they
// look like one (see isVersion), and behind such a word.
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
			if !inWord && isIP(text[first:last]) && !versioned(text[:first]) && !isVersion(text, first, last) {
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

// isVersion reports whether the four numbers text[start:end] are rather a
// version, "24.0.9.46", than an address: their first is below 50 and two of the
// others are below 10, or the words before speak of versions and the first is
// below 100. Words that speak of addresses come first.
func isVersion(text string, start, end int) bool {
	ip, err := netip.ParseAddr(text[start:end])
	if err != nil || !ip.Is4() {
		return false
	}
	numbers := ip.As4()
	if numbers[0] >= 100 {
		return false
	}
	version, address := cues(text[:start])
	if address {
		return false
	}
	small := 0
	for _, n := range numbers[1:] {
		if n < 10 {
			small++
		}
	}
	return version || numbers[0] < 50 && small >= 2
}

// cues reports whether words that speak of versions or of addresses stand at
// the end of text: up to 40 bytes back in the same sentence, and not behind a
// mask, so that the masks of a text do not change the answer.
func cues(text string) (version, address bool) {
	const farthest = 40
	from := len(text)
	for from > 0 && len(text)-from < farthest {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(" \t\u00a0:,'’-–(\"„“«»", r) {
			break
		}
		from -= size
	}
	words := strings.FieldsFunc(strings.ToLower(text[from:]), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if len(words) > 0 && isWord(before(text, from)) && isWord(after(text, from)) {
		words = words[1:] // the end of a longer word
	}
	for _, word := range words {
		version = version || isWordOf(word, versionWords)
		address = address || isWordOf(word, addressWords)
	}
	return version, address
}

// Words that stand before versions and addresses, in blanks; "-" stands for
// any ending.
const (
	versionWords = " v app ios jour maj màj versi- versión updat- upgrad- patch- firmware- releas- build- driver- treiber- pilote- controlador- actualiz- aktualisier- aggiorna- " +
		"install- kernel- chrome- firefox- android- windows- softw- section- chapter- kapitel- abschnitt- clause- klausel- cláusula- clausola- artic- artíc- artik- paragra- "
	addressWords = " ip ips ipv adress- address- adres- direcci- indirizz- host- server- servidor- serveur- proxy- ping- dns- vpn- ssh- "
)

// isWordOf reports whether word is in the list, as it is or by its beginning.
func isWordOf(word, list string) bool {
	if strings.Contains(list, " "+word+" ") {
		return true
	}
	for at := range word {
		if at >= 3 && strings.Contains(list, " "+word[:at]+"- ") {
			return true
		}
	}
	return strings.Contains(list, " "+word+"- ")
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
