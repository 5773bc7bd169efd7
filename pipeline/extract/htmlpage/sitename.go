package htmlpage

import (
	"net/url"
	"slices"
	"strings"

	"corpus/pipeline/extract/htmlpage/dom"
)

// separators stand between a title and the name of its site.
var separators = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " │ ", " • ", " · ", " ‹ ", " › ", " ~ ", " ⋆ ", " // ", " / ", " --"}

// leadMarks are what may stand before a title where the site's name was cut off.
const leadMarks = " |»›:•·–—-"

// splitTitle gives the parts of a title between separators and colons.
func splitTitle(title string) []string {
	parts := []string{title}
	for _, sep := range append(separators, ": ") {
		for i := 0; i < len(parts) && len(parts) < 16; i++ {
			if before, after, ok := strings.Cut(parts[i], sep); ok {
				parts[i] = before
				parts = slices.Insert(parts, i+1, after)
			}
		}
	}
	return parts
}

// pageNumber tells a part of a title, compact, that numbers the pages of an
// article: "Page 2 of 3", "Seite 2".
func pageNumber(part string) bool {
	for _, word := range []string{"page", "seite", "página", "pagina", "strona", "sida", "side", "страница"} {
		rest, ok := strings.CutPrefix(part, word)
		if !ok || rest == "" {
			continue
		}
		for _, of := range []string{"of", "von", "de", "sur", "di", "van", "av", "af", "z", "из"} {
			if first, last, ok := strings.Cut(rest, of); ok && number(first) && number(last) {
				return true
			}
		}
		return number(rest)
	}
	return false
}

// isSite tells whether a part of a title is the name of the site or of its host,
// or numbers the pages of the article; all compact.
func isSite(part, site, host string) bool {
	if part == "" || pageNumber(part) {
		return true
	}
	return part == site || host != "" && (part == host || len(part) >= 4 && strings.HasPrefix(host, part)) ||
		site != "" && len(part) >= 4 && (strings.HasPrefix(site, part) || strings.HasPrefix(part, site))
}

// cleanTitle drops the name of the site from a title: a first or last part that
// is the site's name or that of its host, or what follows a bar, which stands in
// titles for nothing else.
func cleanTitle(title, site, host string) string {
	title = dom.Squeeze(title)
	siteFold, hostFold := compact(site), compact(host)
	for range 4 {
		cut := false
		at, sep := lastSeparator(title)
		first, firstSep := firstSeparator(title)
		if first > 0 && hostFold != "" && compact(title[:first]) == hostFold {
			title, cut = strings.TrimLeft(title[first+len(firstSep):], leadMarks), true
		} else if at > 0 && isSite(compact(title[at+len(sep):]), siteFold, hostFold) {
			title, cut = strings.TrimSpace(title[:at]), true
		} else if first > 0 && isSite(compact(title[:first]), siteFold, hostFold) {
			title, cut = strings.TrimSpace(title[first+len(firstSep):]), true
		}
		if !cut {
			break
		}
	}
	for _, sep := range []string{" | ", " │ ", " « ", " » ", " ‹ ", " :: "} {
		if i := strings.Index(title, sep); i > 0 {
			if head := strings.TrimSpace(title[:i]); strings.Count(head, " ") >= 1 {
				if at, sep := lastSeparator(head); at > 0 && pageNumber(compact(head[at+len(sep):])) {
					head = strings.TrimSpace(head[:at])
				}
				return head
			}
		}
	}
	return title
}

func lastSeparator(s string) (int, string) {
	at, found := -1, ""
	for _, sep := range separators {
		if i := strings.LastIndex(s, sep); i > at {
			at, found = i, sep
		}
	}
	return at, found
}

func firstSeparator(s string) (int, string) {
	at, found := -1, ""
	for _, sep := range separators {
		if i := strings.Index(s, sep); i >= 0 && (at < 0 || i < at) {
			at, found = i, sep
		}
	}
	return at, found
}

// host is the host of the page without www. and the last label.
func (p *page) host() string {
	u, err := url.Parse(p.address)
	if err != nil {
		return ""
	}
	h := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	return h
}
