package takedown

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"corpus/pipeline/assemble/names"
	"corpus/pipeline/normalize/weburl"
	"corpus/pipeline/privacy"
	"corpus/schema"
)

// Matcher finds in threads what a list takes down. It may be used by several
// goroutines at once. A nil Matcher finds nothing.
type Matcher struct {
	Marker
	list     *List
	byMark   map[markKey]int // the request that goes first, by mark without Words; only looked up
	has      map[string]bool
	mentions wantedNames // to look for in threads
	anywhere wantedNames // to look for in all texts
	digest   string
}

// NewMatcher is the matcher of a list. It is nil for a list without requests
// and withdrawn inputs. The error wraps ErrKey where the key is not the list's.
func NewMatcher(l *List, key *privacy.Key) (*Matcher, error) {
	if l == nil || len(l.Requests) == 0 && len(l.Withdrawn) == 0 {
		return nil, nil
	}
	if err := l.CheckKey(key); err != nil {
		return nil, err
	}
	m := &Matcher{Marker: NewMarker(*key, l.Corpus), list: l, byMark: map[markKey]int{}, has: map[string]bool{}, digest: l.Digest()}
	for i := range l.Requests {
		for _, mark := range l.Requests[i].Marks {
			key := markKey{kind: mark.Kind}
			if _, err := hex.Decode(key.digest[:], []byte(mark.Digest)); err != nil {
				return nil, fmt.Errorf("request %s: a digest is none: %w", l.Requests[i].ID, err)
			}
			if first, found := m.byMark[key]; !found || m.before(i, first) {
				m.byMark[key] = i
			}
			m.has[mark.Kind] = true
			switch mark.Kind {
			case KindMention:
				m.mentions.add(mark)
			case KindAnywhere:
				m.anywhere.add(mark)
			}
		}
	}
	return m, nil
}

// wantedNames are names to look for.
type wantedNames struct {
	words   []int // numbers of words, ascending
	filters [1 << 16 / 64]uint64
}

func (w *wantedNames) add(m Mark) {
	if at, found := slices.BinarySearch(w.words, m.Words); !found {
		w.words = slices.Insert(w.words, at, m.Words)
	}
	n, _ := strconv.ParseUint(m.Filter, 16, 16) // the list was checked
	w.filters[n/64] |= 1 << (n % 64)
}

func (w *wantedNames) may(filter uint16) bool { return w.filters[filter/64]&(1<<(filter%64)) != 0 }

// markKey is a mark as it is looked up.
type markKey struct {
	kind   string
	digest [16]byte
}

// Digest is List.Digest, "" for nil.
func (m *Matcher) Digest() string {
	if m == nil {
		return ""
	}
	return m.digest
}

// Requests are those of the list, in their order; nil for nil.
func (m *Matcher) Requests() []Request {
	if m == nil {
		return nil
	}
	return m.list.Requests
}

// Withdrawn tells whether the input with this digest may be absent.
func (m *Matcher) Withdrawn(sha256 string) bool {
	if m == nil || len(m.list.Withdrawn) == 0 || sha256 == "" {
		return false
	}
	_, found := slices.BinarySearch(m.list.Withdrawn, m.InputDigest(sha256))
	return found
}

// before tells whether of two requests that name one record r decides: one that
// drops the comments goes before one that keeps them, else the order of the list.
func (m *Matcher) before(r, other int) bool {
	drops, dropped := m.list.Requests[r].Cascade == CascadeDrop, m.list.Requests[other].Cascade == CascadeDrop
	if drops != dropped {
		return drops
	}
	return r < other
}

// find is the request that goes first with a mark of a kind and value, or -1.
func (m *Matcher) find(kind string, parts ...string) int {
	if !m.has[kind] {
		return none
	}
	sum := m.sum(kind, parts...)
	if r, found := m.byMark[markKey{kind, [16]byte(sum[:16])}]; found {
		return r
	}
	return none
}

const none = -1

// Thread is an article with its comments as a Matcher sees it: rows after
// masks, and beside them what rows do not hold. In a version that is built the
// latter is unknown and left empty.
type Thread struct {
	Article   *schema.Article
	Comments  []*schema.Comment
	Addresses []string           // of the documents that show the article, beside those in its row
	IDs       []string           // further ids that these documents may be known by
	Scope     func(i int) string // of a comment's names: the site
	Author    func(i int) string // display name of a comment's author; nil where unknown
	Bylines   func() []string    // names of authors in the documents beside those in the row; nil for none
}

// Match tells what of a thread is taken down. It is nil where nothing is.
func (m *Matcher) Match(t *Thread) *Effects {
	if m == nil || len(m.list.Requests) == 0 {
		return nil
	}
	e := &Effects{Article: m.article(t), Comments: make([]int, len(t.Comments))}
	hit := false
	persons := map[int]bool{} // requests of commenters who wrote in the thread
	for i, c := range t.Comments {
		e.Comments[i] = m.comment(t, i, c)
		if r := e.Comments[i]; r != none {
			hit = true
			if m.list.Requests[r].What == WhatCommenter {
				persons[r] = true
			}
		}
	}
	if e.Article != none && t.Article.State == schema.StateTombstone && (len(t.Comments) == 0 || m.list.Requests[e.Article].Cascade != CascadeDrop) {
		e.Article = none // there is nothing left to do
	}
	if e.Article != none {
		hit = true
		e.Drop = m.list.Requests[e.Article].Cascade == CascadeDrop
	}
	if !e.Drop {
		if m.cuts(t, e, persons) {
			hit = true
		}
	}
	if !hit {
		return nil
	}
	return e
}

// article is the request that takes an article down, or none.
func (m *Matcher) article(t *Thread) int {
	a := t.Article
	best := none
	take := func(r int) {
		if r != none && (best == none || m.before(r, best)) {
			best = r
		}
	}
	addresses := t.Addresses
	for _, p := range []*string{a.URL, a.CanonicalURL} {
		if p != nil {
			addresses = append(addresses[:len(addresses):len(addresses)], *p)
		}
	}
	for _, address := range addresses {
		take(m.Address(address))
	}
	take(m.find(KindRecord, a.ArticleID))
	for _, id := range t.IDs {
		take(m.find(KindRecord, id))
	}
	if len(addresses) == 0 && a.TextSHA256 != nil {
		take(m.find(KindText, *a.TextSHA256))
	}
	if m.has[KindByline] {
		host := ""
		for _, address := range addresses {
			if host = weburl.Host(address); host != "" {
				break
			}
		}
		lists := [][]string{a.Byline}
		if t.Bylines != nil {
			lists = append(lists, t.Bylines())
		}
		for _, list := range lists {
			for _, name := range list {
				take(m.byline(name, host))
			}
		}
	}
	return best
}

// Address is the request that takes down the article at an address, or its
// whole domain; -1 for none.
func (m *Matcher) Address(address string) int {
	if identity, ok := weburl.Identity(address); ok {
		if r := m.find(KindURL, identity); r != none {
			return r
		}
	}
	if !m.has[KindDomain] {
		return none
	}
	host := weburl.Host(address)
	for range maxLabels {
		if host == "" {
			break
		}
		if r := m.find(KindDomain, host); r != none {
			return r
		}
		_, above, ok := strings.Cut(host, ".")
		if !ok {
			break
		}
		host = above
	}
	return none
}

// maxLabels bounds how many domains above a host are looked up (RFC 1035: a
// name has at most 127 labels).
const maxLabels = 127

// byline is the request that takes down the articles of an author who is named
// in an entry of a byline, alone or among others.
func (m *Matcher) byline(entry, host string) int {
	words := strings.Fields(names.Fold(entry))
	const most = 64 // words of an entry that are looked at
	words = words[:min(len(words), most)]
	best := none
	for i := range words {
		for n := 1; n <= maxNameWords && i+n <= len(words); n++ {
			name := trimName(strings.Join(words[i:i+n], " "))
			if name == "" {
				continue
			}
			for _, scope := range []string{"", host} {
				if r := m.find(KindByline, scope, name); r != none && (best == none || m.before(r, best)) {
					best = r
				}
				if host == "" {
					break
				}
			}
		}
	}
	return best
}

// comment is the request that takes a comment down, or none.
func (m *Matcher) comment(t *Thread, i int, c *schema.Comment) int {
	if c.State == schema.StateMissing || c.State == schema.StateTombstone {
		return none
	}
	if r := m.find(KindRecord, c.CommentID); r != none {
		return r
	}
	if c.CommenterID != nil {
		if r := m.find(KindCommenter, *c.CommenterID); r != none {
			return r
		}
	}
	if m.has[KindName] && t.Author != nil {
		if folded := names.Fold(t.Author(i)); folded != "" {
			if r := m.find(KindName, t.Scope(i), folded); r != none {
				return r
			}
		}
	}
	if m.has[KindSaid] {
		if parts, ok := said(c); ok {
			if r := m.find(KindSaid, parts...); r != none {
				return r
			}
		}
	}
	if m.has[KindMoment] {
		if parts, ok := moment(c); ok {
			if r := m.find(KindMoment, parts...); r != none {
				return r
			}
		}
	}
	return none
}

// ScopeOf is the site within which one name is one person: what the source
// declares, else the host of the article, else its source.
func ScopeOf(declared string, a *schema.Article) string {
	if declared != "" {
		return declared
	}
	page := ""
	for _, address := range []*string{a.URL, a.CanonicalURL} {
		if address != nil && *address != "" {
			page = *address
		}
	}
	if host := weburl.Host(page); host != "" {
		return host
	}
	return a.SourceID
}

// Tombstones counts the tombstones of a thread that a request names by the ids
// of their records.
func (m *Matcher) Tombstones(t *Thread) int64 {
	n := int64(0)
	if t.Article.State == schema.StateTombstone && m.find(KindRecord, t.Article.ArticleID) != none {
		n++
	}
	for _, c := range t.Comments {
		if c.State == schema.StateTombstone && m.find(KindRecord, c.CommentID) != none {
			n++
		}
	}
	return n
}
