package privacy

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// ArticlePseudonym is the pseudonym of a commenter within one article alone, in
// a release with commenter_scope: article. It is made of the pseudonym of the
// build, and nobody without the key can tell from two of them whether they are
// of one person.
func (k Key) ArticlePseudonym(corpus, articleID, commenterID string) string {
	return k.derived("corpus release commenter 1", corpus, articleID, commenterID)
}

// CommentID is the id of a comment in a release, where that of the build is
// made of its text and time: these could be found by trying, since the id is no
// secret.
func (k Key) CommentID(corpus, commentID string) string {
	return k.derived("corpus release comment 1", corpus, commentID)
}

// derived is the first 128 bits of HMAC-SHA-256 (RFC 2104) over a label and parts.
func (k Key) derived(label string, parts ...string) string {
	mac := hmac.New(sha256.New, k.secret[:])
	writeParts(mac, append([]string{label}, parts...)...)
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
