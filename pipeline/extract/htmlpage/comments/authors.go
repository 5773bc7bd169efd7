package comments

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// authorClasses likewise for the author's name.
var authorClasses = []*dom.Names{
	dom.NewNames(`
	fn wp-block-comment-author-name`),
	dom.NewNames(`
	comment-author-name comment-author-link comment-author commentauthor comment-username comment-user-name
	comment-user p-author commenter commentor comment-poster comment-owner comment-writer comment-nick ljuser comment-name author-name username user-name authorname nickname`),
	dom.NewNames(`
	author user name nick comment-by vcard auteur autore autor usuario utente nutzer benutzer gebruiker pseudo pseudonyme pseudonym nimimerkki yorumcu kullanici commentator`),
}

var avatarWords = dom.NewNames(`avatar profilepicture`)

// authorSuffixes end class names of an author: c-author, mtncommentaccountname.
var authorSuffixes = []string{"-author ", "-username ", "accountname ", "actorname ", "username ", "authorname ", "postuser ", "-user-name ", "-nickname "}

// nameSuffixes end class names of a name, often the author's.
var nameSuffixes = []string{"-name ", "nick ", "-user ", "-who "}

// nameWords are words of class names of a name, whatever stands beside them.
var nameWords = dom.NewNames(`username nickname displayname screenname authorname accountname`)

// author reads who wrote a comment.
func (p *Page) author(r *record, c *extract.Comment, inText func(dom.ID) bool) {
	found, rank := dom.None, len(authorClasses)+3
	try := func(id dom.ID, n int) {
		if n < rank && len(p.name(id)) > 0 {
			found, rank = id, n
		}
	}
	p.own(r, func(id dom.ID) bool {
		if inText(id) {
			return false
		}
		if p.IsText(id) || id == r.from {
			return true
		}
		if p.End(id)-id < 12 && p.word(id, avatarWords) {
			return false // the first letter of the name stands for a picture
		}
		switch {
		case p.prop(id, authorProps) || p.HasToken(id, "rel", "sioc:has_creator") || p.HasToken(id, "rel", "schema:author"):
			try(id, 1)
		case p.Tag(id) == atom.Cite:
			try(id, 2)
		case p.Tag(id) == atom.A && profile(p.Attr(id, "href")):
			try(id, 3)
		case dom.IsTag(p.Tag(id), atom.B, atom.Strong) && p.said(id), dom.IsTag(p.Tag(id), atom.A, atom.B, atom.Strong) && p.by(id):
			try(id, 4)
		case p.Nodes[id].Class != "":
			if p.endsIn(id, authorSuffixes) {
				try(id, 4)
			}
			if p.endsIn(id, nameSuffixes) || rank > 5 && p.word(id, nameWords) {
				try(id, 5)
			}
			for i, classes := range authorClasses {
				if p.HasAny(id, classes) {
					try(id, []int{0, 3, 4}[i])
				}
			}
		}
		return true
	})
	if found == dom.None {
		return
	}
	if inner := p.First(found, func(id dom.ID) bool { return p.prop(id, nameProps) || p.HasClass(id, "fn", "p-name") }); inner != dom.None && p.name(inner) != "" {
		found = inner
	}
	c.Author = p.name(found)
	if dom.Breaks(p.Tag(found)) { // a line, of which the name may have an element of its own
		if inner := p.First(found, func(id dom.ID) bool { return dom.IsTag(p.Tag(id), atom.A, atom.B, atom.Strong) }); inner != dom.None {
			if s := p.name(inner); s != "" && len(s) < len(c.Author) && strings.Contains(c.Author, s) && plainName(s) != "" && !p.contact(inner) {
				c.Author, found = s, inner
			}
		}
	}
	link := found
	if p.Tag(link) != atom.A {
		if link = p.FirstTag(found, atom.A); link == dom.None {
			link = p.Above(found, func(id dom.ID) bool { return p.Tag(id) == atom.A })
			if link != dom.None && link < r.from {
				link = dom.None
			}
		}
	}
	if link != dom.None {
		if href := p.Attr(link, "href"); !strings.HasPrefix(href, "#") && !strings.Contains(href, "#comment-") {
			c.AuthorURL = p.Resolve(href)
		}
	}
}

// said tells bold text that words such as "says" or "wrote:" follow on its line.
func (p *Page) said(id dom.ID) bool {
	next := p.End(id)
	if next >= p.Len() || !p.IsText(next) {
		return false
	}
	s := fold(p.Nodes[next].Raw.Data[:min(len(p.Nodes[next].Raw.Data), maxNote)])
	for _, w := range creditsAfter {
		if s == w || strings.HasPrefix(s, w+" ") && strings.HasSuffix(s, ":") {
			return true
		}
	}
	return false
}

// by tells a link or bold text before which "by" stands, alone or at the end of
// its line.
func (p *Page) by(id dom.ID) bool {
	for n := id - 1; n >= 0 && id-n <= 4; n-- {
		if !p.IsText(n) {
			continue
		}
		s := p.Nodes[n].Raw.Data
		if s = strings.TrimRight(s[max(0, len(s)-40):], " \t\r\n\u00a0:"); s == "" {
			continue
		}
		return byWords.Has(strings.ToLower(s[strings.LastIndexAny(s, " \t\n")+1:]))
	}
	return false
}

// byWords stand before the name of an author; lower case.
var byWords = dom.NewNames(`by von par por autor author verfasser auteur`)

// headerClasses are those of controls that hold name and time.
var headerClasses = dom.NewNames(`comment-meta commentmetadata comment-header vcard comment-footer`)

// headAuthor reads the author from the header of a record where no class tells:
// the first heading, bold text or link outside of the text that can be a name.
func (p *Page) headAuthor(r *record, c *extract.Comment, inText func(dom.ID) bool) {
	p.own(r, func(id dom.ID) bool {
		if c.Author != "" || inText(id) || p.control(id) && !p.HasAny(id, headerClasses) {
			return false
		}
		switch p.Tag(id) {
		case atom.Div, atom.P, atom.Td, atom.Header, atom.Dt, atom.Small, atom.Span:
			// "NAME · DATE" on a line of its own.
			line, ok := p.Short(id, maxHeader)
			if !ok {
				return true
			}
			if iso, start, end, ok := when.Find(line, p.Order); ok && iso != "" && (start > 0 || end < len(line)) && (len(line)-end <= 12 || len(headName(line[:start])) == 0) {
				name := withoutBadge(lineName(line, start, end))
				if bold := p.FirstIn(id+1, p.End(id), func(n dom.ID) bool {
					return dom.IsTag(p.Tag(n), atom.A, atom.B, atom.Strong) && !p.IsText(n)
				}); bold != dom.None && name != "" {
					if s := p.name(bold); s != "" && len(s) < len(name) && strings.HasPrefix(name, s) {
						name = s
					}
				}
				if name != "" && !glue[fold(name)] && len(name) <= 40 && strings.Count(name, " ") < 3 && p.role(id) == "" {
					c.Author = name
				}
			}
		case atom.B, atom.Strong, atom.A, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			line, ok := p.Short(id, maxHeader)
			if !ok || line == "" || isControlLine(line) {
				return true
			}
			if iso, start, _, ok := when.Find(line, p.Order); ok && iso != "" {
				line = line[:start]
			}
			name := cleanName(line)
			if name == "" || glue[fold(name)] || strings.Count(name, " ") > 5 || strings.Contains(name, ":") {
				return true
			}
			c.Author = name
			if p.Tag(id) == atom.A {
				if href := p.Attr(id, "href"); !strings.HasPrefix(href, "#") && !strings.Contains(href, "#comment") {
					c.AuthorURL = p.Resolve(href)
				}
			}
		}
		return true
	})
}

// name is the name that an element shows, without words that the machine adds.
func (p *Page) name(id dom.ID) string {
	s := ""
	if _, ok := p.Short(id, 4*maxName); !ok {
		return ""
	}
	if p.Tag(id) == atom.Meta || p.Tag(id) == atom.Link {
		s = dom.Squeeze(p.Attr(id, "content"))
	} else {
		s = p.TextWithout(id, func(n dom.ID) bool {
			return p.HasClass(n, "says", "comment-meta", "commentmetadata", "comment-metadata", "comment-date", "date", "datetime", "comment-time", "screen-reader-text", "sr-only", "avatar", "comment-awaiting-moderation", "reply", "badge", "post-author-badge") ||
				p.Tag(n) == atom.Time || p.Tag(n) == atom.Button || p.Tag(n) == atom.Small || n > id && p.End(n)-n <= 4 && p.timed(n) || p.Tag(n) == atom.A && n > id && p.contact(n) || p.End(n)-n <= 3 && p.role(n) != ""
		})
	}
	return cleanName(s)
}

// sayingsAfter follow a name, as templates print them; lower case.
var sayingsAfter = []string{"a dit", "a écrit", "ha detto", "hat gesagt", "hat geschrieben", "ha scritto", "ha dicho", "a commenté", "a scris", "says", "schreef", "reageerde", "skrev", "säger", "siger", "sier", "sanoo", "kirjoitti", "napisał(a)", "napisał", "napisała", "escribió", "comentó", "escreveu", "comentou", "написал(а)", "написал", "написала", "пишет", "сказал", "сказала", "írta", "napsal(a)", "napsal", "napsala", "yazdı", "dedi ki", "said", "sagt", "schrieb", "schreibt", "sagte", "meint", "dit", "dice", "dijo", "scrive", "diz", "disse", "zegt", "pisze", "mówi", "wrote", "writes", "commented", "kommentierte", "am", "um", "on", "dijo"}

// maxName bounds a name in bytes.
const maxName = 120

// role is the role that a badge states; empty for other elements.
func (p *Page) role(id dom.ID) string {
	s, _ := p.Short(id, 40)
	return roleWords[fold(s)]
}

// withoutBadge is a name without a badge of several words on its line.
func withoutBadge(name string) string {
	for _, badge := range [...]string{"original poster", "post author", "thread starter", "topic starter"} {
		if len(name) > len(badge) && strings.EqualFold(name[:len(badge)], badge) && name[len(badge)] == ' ' {
			return name[len(badge)+1:]
		}
		if at := len(name) - len(badge); at > 0 && strings.EqualFold(name[at:], badge) && name[at-1] == ' ' {
			return name[:at-1]
		}
	}
	return name
}

// roleWords are badges beside a name, and the role that they state.
var roleWords = map[string]string{
	"original poster": "author", "original poster (op)": "author", "thread starter": "author", "topic starter": "author", "themenstarter": "author", "op": "author",
	"author": "author", "autor": "author", "autorin": "author", "post author": "author", "auteur": "author", "autore": "author", "beitragsautor": "author",
	"admin": "admin", "administrator": "admin", "moderator": "moderator", "mod": "moderator", "moderation": "moderator", "staff": "staff", "editor": "staff", "redaktion": "staff", "team": "staff",
}

func cleanName(s string) string {
	s = strings.Trim(dom.Squeeze(strings.ReplaceAll(s, "\u00a0", " ")), " :|,…·•–—")
	s = strings.TrimSuffix(s, "...")
	if i := strings.LastIndexAny(s, "(["); i > 0 && (s[len(s)-1] == ')' || s[len(s)-1] == ']') && (visitorWords[fold(s[i:])] || contactWords[fold(s[i:])]) {
		s = strings.TrimSpace(s[:i])
	}
	for range 2 {
		lower := strings.ToLower(s)
		if len(lower) != len(s) {
			break
		}
		for _, w := range sayingsAfter {
			if strings.HasSuffix(lower, " "+w) {
				s = strings.Trim(s[:len(s)-len(w)-1], " :|,")
				break
			}
		}
	}
	s = unlabelled(s)
	// "NAME - Le": the date that follows was in an element of its own.
	if i := strings.LastIndex(s, " - "); i > 0 && glue[fold(s[i+3:])] {
		s = s[:i]
	}
	// "NAME — 17.07.": what begins with a digit after a dash is no name.
	for _, dash := range []string{" — ", " – ", " - ", " | ", ", "} {
		if i := strings.Index(s, dash); i > 0 && i+len(dash) < len(s) && s[i+len(dash)] >= '0' && s[i+len(dash)] <= '9' {
			s = s[:i]
		}
	}
	// "#12 NAME", "12楼 NAME": the number of the comment.
	if i := strings.IndexByte(s, ' '); i > 0 && i <= 8 && floorNumber(s[:i]) {
		s = strings.TrimSpace(s[i:])
	}
	// "12. NAME": the number of the comment.
	if rest := strings.TrimLeft(s, "0123456789"); len(rest) < len(s) && len(s)-len(rest) <= 5 {
		for _, mark := range []string{". ", ": ", ") ", " | ", "：", "、"} {
			if name, ok := strings.CutPrefix(rest, mark); ok && name != "" {
				s = strings.TrimSpace(name)
			}
		}
	}
	if len(s) > maxName || strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 || strings.HasPrefix(s, "#") && digits(s[1:]) {
		return ""
	}
	return s
}
