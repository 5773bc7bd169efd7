package privacy

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strings"

	"golang.org/x/net/publicsuffix"

	"corpus/pipeline/assemble/names"
	"corpus/pipeline/normalize"
	"corpus/pipeline/normalize/weburl"
	"corpus/schema"
)

// pseudonym sets commenter_id and commenter_basis of a comment's row.
//
// A generic name has no pseudonym even where an account is stated with it: a
// site that prints "Guest" for many people often gives them one account. Else
// an account id or profile address names the person; else the name does. One
// person who comments with and without account has two pseudonyms: what a page
// does not state is not guessed.
func (g *Guard) pseudonym(c *normalize.Comment, scope, page string) {
	row := &c.Row
	row.CommenterID = nil
	name := names.Fold(c.Author)
	switch account := accountOf(c, scope, page); {
	case row.State == schema.StateMissing:
		row.CommenterBasis = schema.CommenterNone
	case names.Generic(c.Author):
		row.CommenterBasis = schema.CommenterGeneric
	case account != "":
		row.CommenterBasis = schema.CommenterAccount
		row.CommenterID = g.id(scope, schema.CommenterAccount, account)
	case name != "":
		row.CommenterBasis = schema.CommenterName
		row.CommenterID = g.id(scope, schema.CommenterName, name)
	default:
		row.CommenterBasis = schema.CommenterNone
	}
}

// id is the pseudonym: the first 128 bits of HMAC-SHA-256 (RFC 2104) with the
// key over corpus, scope, kind and value, each behind its length. A corpus
// that keeps names (privacy: none) needs no key; its ids are then plain
// SHA-256 over the same parts behind a label.
func (g *Guard) id(scope, kind, value string) *string {
	var h hash.Hash
	if g.key != nil {
		h = hmac.New(sha256.New, g.key.secret[:])
	} else {
		h = sha256.New()
		writeParts(h, "corpus commenter without key 1")
	}
	writeParts(h, g.corpus, scope, kind, value)
	id := hex.EncodeToString(h.Sum(nil)[:16])
	return &id
}

// accountOf is what the page states of the commenter's account, or "". An
// account id counts unless it is what systems store for nobody. An address
// counts only where it is a profile on this site or on a known network: a home
// page that somebody typed into a form may be shared, left out or mistyped.
func accountOf(c *normalize.Comment, scope, page string) string {
	switch id := strings.TrimSpace(c.AuthorID); strings.ToLower(id) {
	case "", "0", "-1", "null", "none", "nil", "undefined", "anonymous", "guest", "false":
	default:
		return "id\x00" + id
	}
	address, ok := weburl.Identity(c.AuthorURL)
	if !ok {
		return ""
	}
	if isProfile(c.AuthorURL) || onSite(c.AuthorURL, address, scope, page) {
		return "url\x00" + address
	}
	return ""
}

// onSite reports whether an address is a page of a person on the site itself:
// its host belongs to the site, and it is neither the front page nor the
// article.
func onSite(raw, address, scope, page string) bool {
	host := weburl.Host(raw)
	if host == "" || !sameSite(host, scope) && !sameSite(host, weburl.Host(page)) {
		return false
	}
	if own, ok := weburl.Identity(page); ok && own == address {
		return false
	}
	rest := strings.ToLower(address)
	if i := strings.Index(rest, "://"); i >= 0 {
		rest = rest[i+3:]
	}
	_, path, _ := strings.Cut(rest, "/")
	return strings.Trim(path, "/?#") != ""
}

// sameSite reports whether two hosts are of one registrable domain: their
// owner is one, and blogs of a hosting service have different ones.
func sameSite(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if a == b {
		return true
	}
	one, err := publicsuffix.EffectiveTLDPlusOne(a)
	if err != nil {
		return false
	}
	other, err := publicsuffix.EffectiveTLDPlusOne(b)
	return err == nil && one == other
}
