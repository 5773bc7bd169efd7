// Package identity makes the ids of articles and comments: the first 128 bits
// of SHA-256 over length-prefixed parts, in lower-case hexadecimal.
//
// The rules are frozen: a change would give every record of every published
// corpus another id. It must never see an order, a path or a worker.
package identity

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"
)

// Digest is the id of parts: each part is preceded by its length in bytes as
// a big-endian 64-bit number, so that no two lists of parts give one input.
func Digest(parts ...string) string {
	h := sha256.New()
	var length [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(length[:], uint64(len(p)))
		h.Write(length[:])
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// ArticleByURL is the id of an article whose URL, canonical under id rules v1, is url.
func ArticleByURL(url string) string { return Digest("article", "url", url) }

// ArticleByNative is the id of an article that its source names by native.
func ArticleByNative(sourceID, native string) string {
	return Digest("article", "native", sourceID, native)
}

// ArticleByContent is the id of an article that is known by the SHA-256 of its
// document's decoded bytes alone.
func ArticleByContent(sourceID, docSHA256 string) string {
	return Digest("article", "content", sourceID, docSHA256)
}

// CommentByNative is the id of a comment that its site names by native.
func CommentByNative(articleID, native string) string {
	return Digest("comment", "native", articleID, native)
}

// CommentByContent is the id of a comment without a native id: its local time
// as stated, its unmasked text, and how many equal ones stand before it.
func CommentByContent(articleID, local, text string, ordinal int) string {
	return Digest("comment", "content", articleID, local, text, strconv.Itoa(ordinal))
}
