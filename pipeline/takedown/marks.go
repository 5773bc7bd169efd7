package takedown

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/zeebo/xxh3"
	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"corpus/pipeline/assemble/names"
	"corpus/pipeline/normalize/weburl"
	"corpus/pipeline/privacy"
	"corpus/schema"
)

// Marker makes marks for the list of a corpus.
type Marker struct {
	macs   *privacy.MACs
	corpus string
	seed   uint64
}

// NewMarker makes marks with a key.
func NewMarker(key privacy.Key, corpus string) Marker {
	seed := key.MAC("corpus takedown filter 1", corpus)
	return Marker{key.MACs(), corpus, binary.BigEndian.Uint64(seed[:])}
}

// filter is 16 bits of a fast digest of a name.
func (m Marker) filter(name string) uint16 { return uint16(xxh3.HashStringSeed(name, m.seed)) }

// digest is the first 128 bits of the keyed digest of a value of a kind.
func (m Marker) digest(kind string, parts ...string) string {
	sum := m.sum(kind, parts...)
	return hex.EncodeToString(sum[:16])
}

func (m Marker) sum(kind string, parts ...string) [32]byte {
	var all [8]string
	return m.macs.Sum(append(append(all[:0], "corpus takedown mark 1", m.corpus, kind), parts...)...)
}

func (m Marker) mark(kind string, parts ...string) Mark {
	return Mark{Kind: kind, Digest: m.digest(kind, parts...)}
}

// requestID names a request by its first mark.
func (m Marker) requestID(first Mark) string {
	sum := m.macs.Sum("corpus takedown request 1", m.corpus, first.Kind, first.Digest)
	return hex.EncodeToString(sum[:8])
}

// errNoAddress and the like never repeat what they were given.
var (
	errNoAddress = errors.New("this is no address of a page: expected http:// or https:// and a host")
	errNoID      = errors.New("this is no id of a record: expected 32 hexadecimal digits in lower case")
	errNoHost    = errors.New("this is no domain: expected a host such as quay.example, without http:// and path")
	errNoName    = errors.New("this is no name that tells a person: it is empty, too long, or one that many people have because nobody chose it")
)

// URL is a request for the article at an address.
func (m Marker) URL(address string) (Request, error) {
	marks, ok := m.AddressMarks(address)
	if !ok {
		return Request{}, errNoAddress
	}
	return Request{ID: m.requestID(marks[0]), What: WhatURL, Marks: marks}, nil
}

// AddressMarks are the marks of an article's address: the address itself, and
// the id that it gives.
func (m Marker) AddressMarks(address string) ([]Mark, bool) {
	identity, ok := weburl.Identity(strings.TrimSpace(address))
	if !ok {
		return nil, false
	}
	return []Mark{m.mark(KindURL, identity)}, true
}

// ID is a request for the article or comment with an id.
func (m Marker) ID(id string) (Request, error) {
	if !isHex(id, 32) {
		return Request{}, errNoID
	}
	first := m.mark(KindRecord, id)
	return Request{ID: m.requestID(first), What: WhatID, Marks: []Mark{first}}, nil
}

// Record is the mark of an id.
func (m Marker) Record(id string) Mark { return m.mark(KindRecord, id) }

// Commenter is a request for all comments of a person: value is a commenter_id,
// the address of a profile, or a display name; scope is the site where the name
// is one person's, and guard makes the pseudonyms of the corpus (nil where its
// key is not at hand: then nothing matches in versions that are built).
func (m Marker) Commenter(value, scope string, guard *privacy.Guard) (Request, error) {
	value = strings.TrimSpace(value)
	var marks []Mark
	switch {
	case isHex(value, 32):
		marks = []Mark{m.mark(KindCommenter, value)}
	case scope == "":
		return Request{}, errors.New("a name or profile belongs to a person of one site: say which, with --site")
	case strings.HasPrefix(value, "http://") || strings.HasPrefix(value, "https://"):
		if guard == nil {
			return Request{}, errors.New("a profile is found by its pseudonym, for which the key of the corpus is needed")
		}
		id, ok := guard.OfProfile(scope, value)
		if !ok {
			return Request{}, errNoAddress
		}
		marks = []Mark{m.mark(KindCommenter, id)}
	default:
		folded := names.Fold(value)
		if folded == "" || names.Generic(value) || len(value) > maxNameBytes {
			return Request{}, errNoName
		}
		marks = append([]Mark{m.mark(KindName, scope, folded)}, m.Mentions(scope, value)...)
		if guard != nil {
			marks = append(marks, m.mark(KindCommenter, guard.OfName(scope, value)))
		}
	}
	return Request{ID: m.requestID(marks[0]), What: WhatCommenter, Marks: marks}, nil
}

// Pseudonym is the mark of a commenter_id.
func (m Marker) Pseudonym(id string) Mark { return m.mark(KindCommenter, id) }

const (
	maxNameBytes = 1024
	maxNameWords = 6 // a name of more words is not looked for in texts
)

// Mentions are the marks by which a display name is looked for in texts; none
// where it is too short or too common to be told from other words.
func (m Marker) Mentions(scope, name string) []Mark {
	words := strings.Fields(norm.NFKC.String(name))
	if len(words) == 0 || len(words) > maxNameWords || names.Letters(name) < 4 || names.Generic(name) || names.Weak(name) {
		return nil
	}
	display := trimName(strings.Join(words, " "))
	if display == "" {
		return nil
	}
	n := len(strings.Fields(display))
	if distinctive(display) {
		form := names.Fold(display)
		return []Mark{{Kind: KindAnywhere, Digest: m.digest(KindAnywhere, scope, form), Words: n, Filter: fmt.Sprintf("%04x", m.filter(form))}}
	}
	return []Mark{{Kind: KindMention, Digest: m.digest(KindMention, scope, display), Words: n, Filter: fmt.Sprintf("%04x", m.filter(display))}}
}

// distinctive tells a name that is no word of a language: one of several words,
// or with a digit, an underscore or a capital inside.
func distinctive(name string) bool {
	if strings.Contains(name, " ") {
		return true
	}
	for i, r := range name {
		if unicode.IsDigit(r) || r == '_' || i > 0 && unicode.IsUpper(r) && strings.ToUpper(name) != name {
			return true
		}
	}
	return false
}

// trimName is a name without the marks around it.
func trimName(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !names.IsWord(r) })
}

// Domain is a request for all articles of a host and the hosts below it.
func (m Marker) Domain(domain string) (Request, error) {
	host, err := hostOf(domain)
	if err != nil {
		return Request{}, err
	}
	first := m.mark(KindDomain, host)
	return Request{ID: m.requestID(first), What: WhatDomain, Marks: []Mark{first}}, nil
}

// hostOf is a domain as addresses have it.
func hostOf(domain string) (string, error) {
	d := strings.ToLower(strings.Trim(strings.TrimSpace(domain), "."))
	if strings.ContainsAny(d, "/:@ \t?#") || !strings.Contains(d, ".") {
		return "", errNoHost
	}
	ascii, err := idna.Lookup.ToASCII(d)
	if err != nil {
		return "", errNoHost
	}
	host := weburl.Host("https://" + ascii + "/")
	if host == "" {
		return "", errNoHost
	}
	return host, nil
}

// Author is a request for the articles with a name in their byline, of one
// site or, with scope "", of all.
func (m Marker) Author(name, scope string) (Request, error) {
	folded := bylineForm(name)
	if folded == "" || len(name) > maxNameBytes {
		return Request{}, errNoName
	}
	if n := len(strings.Fields(folded)); n > maxNameWords {
		return Request{}, fmt.Errorf("a name of %d words cannot be looked for: at most %d", n, maxNameWords)
	}
	first := m.mark(KindByline, scope, folded)
	return Request{ID: m.requestID(first), What: WhatAuthor, Marks: []Mark{first}}, nil
}

// bylineForm is a name as bylines are searched for it.
func bylineForm(name string) string { return trimName(names.Fold(name)) }

// ArticleMarks are further marks of an article that a version holds: what would
// tell it under another address or id.
func (m Marker) ArticleMarks(a *schema.Article) []Mark {
	marks := []Mark{m.mark(KindRecord, a.ArticleID)}
	for _, address := range []*string{a.URL, a.CanonicalURL} {
		if address == nil {
			continue
		}
		if more, ok := m.AddressMarks(*address); ok {
			marks = append(marks, more...)
		}
	}
	if a.TextSHA256 != nil && a.NWords >= telling {
		marks = append(marks, m.mark(KindText, *a.TextSHA256))
	}
	return marks
}

// telling is how many words a text has to have before it alone tells a record.
const telling = 12

// CommentMarks are further marks of a comment that a version holds.
func (m Marker) CommentMarks(c *schema.Comment) []Mark {
	marks := []Mark{m.mark(KindRecord, c.CommentID)}
	if parts, ok := said(c); ok {
		marks = append(marks, m.mark(KindSaid, parts...))
	}
	if parts, ok := moment(c); ok {
		marks = append(marks, m.mark(KindMoment, parts...))
	}
	return marks
}

// said is what was said when: the same comment under another article or id.
func said(c *schema.Comment) ([]string, bool) {
	if c.TextSHA256 == nil || !exact(c) && c.NWords < telling {
		return nil, false
	}
	local := ""
	if c.PostedLocal != nil {
		local = *c.PostedLocal
	}
	return []string{local, *c.TextSHA256}, true
}

// moment is who spoke when: the same comment with an edited text, where the
// site gives it no id.
func moment(c *schema.Comment) ([]string, bool) {
	if c.IDBasis != schema.BasisContent || c.CommenterID == nil || !exact(c) {
		return nil, false
	}
	return []string{c.ArticleID, *c.CommenterID, *c.PostedLocal}, true
}

// exact tells whether the comment's time is known to the minute.
func exact(c *schema.Comment) bool {
	return c.PostedLocal != nil && c.PostedPrecision != nil &&
		(*c.PostedPrecision == schema.PrecisionMinute || *c.PostedPrecision == schema.PrecisionSecond)
}

// InputDigest is the digest under which an input is withdrawn.
func (m Marker) InputDigest(sha256 string) string { return m.digest("input", sha256) }
