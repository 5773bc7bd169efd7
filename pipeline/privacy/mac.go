package privacy

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"sync"

	"corpus/pipeline/assemble/names"
	"corpus/pipeline/normalize/weburl"
	"corpus/schema"
)

// MAC is HMAC-SHA-256 (RFC 2104) with the key over parts, each behind its
// length. The first part says what the digest is for, so that no two uses of a
// key give one digest.
func (k Key) MAC(parts ...string) [sha256.Size]byte {
	mac := hmac.New(sha256.New, k.secret[:])
	writeParts(mac, parts...)
	return [sha256.Size]byte(mac.Sum(nil))
}

// MACs makes many digests with one key: what depends on the key alone is
// computed once. It may be used by several goroutines.
type MACs struct{ pool sync.Pool }

// MACs are the digests of the key.
func (k Key) MACs() *MACs {
	return &MACs{sync.Pool{New: func() any { return hmac.New(sha256.New, k.secret[:]) }}}
}

// Sum is what Key.MAC gives for the same parts.
func (m *MACs) Sum(parts ...string) (sum [sha256.Size]byte) {
	h := m.pool.Get().(hash.Hash)
	defer m.pool.Put(h)
	h.Reset()
	writeParts(h, parts...)
	h.Sum(sum[:0])
	return sum
}

// OfName is the pseudonym that somebody has who is known by this display name
// within scope, and by no account.
func (g *Guard) OfName(scope, name string) string {
	return *g.id(scope, schema.CommenterName, names.Fold(name))
}

// OfProfile is the pseudonym of somebody whose comments link to the profile at
// this address; ok is false where it is no address.
func (g *Guard) OfProfile(scope, address string) (id string, ok bool) {
	identity, ok := weburl.Identity(address)
	if !ok {
		return "", false
	}
	return *g.id(scope, schema.CommenterAccount, "url\x00"+identity), true
}
