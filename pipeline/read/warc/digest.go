package warc

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"
)

// Digest is a labelled digest of WARC-Block-Digest or WARC-Payload-Digest (WARC
// 1.1, sections 5.8 and 5.9).
type Digest struct {
	algorithm string
	sum       []byte // nil where the value is in no known form
	stated    string
}

// ParseDigest reads a labelled digest. Writers put the value in base 32, in
// hexadecimal digits or in base 64; its length tells.
func ParseDigest(stated string) Digest {
	stated = strings.TrimSpace(stated)
	name, value, ok := strings.Cut(stated, ":")
	if !ok {
		return Digest{stated: stated}
	}
	d := Digest{algorithm: strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "-", ""), stated: stated}
	h := d.hash()
	if h == nil {
		return d
	}
	value = strings.TrimRight(strings.TrimSpace(value), "=")
	var sum []byte
	var err error
	switch size := h.Size(); len(value) {
	case hex.EncodedLen(size):
		sum, err = hex.DecodeString(value)
	case base32.StdEncoding.WithPadding(base32.NoPadding).EncodedLen(size):
		sum, err = base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(value))
	case base64.RawStdEncoding.EncodedLen(size):
		value = strings.NewReplacer("-", "+", "_", "/").Replace(value)
		sum, err = base64.RawStdEncoding.DecodeString(value)
	}
	if err == nil && len(sum) == h.Size() {
		d.sum = sum
	}
	return d
}

func (d Digest) hash() hash.Hash {
	switch d.algorithm {
	case "sha1":
		return sha1.New()
	case "md5":
		return md5.New()
	case "sha256":
		return sha256.New()
	case "sha512":
		return sha512.New()
	}
	return nil
}

// Known tells whether the digest can be compared with one of bytes.
func (d Digest) Known() bool { return d.sum != nil }

// Of tells whether d is the digest of the bytes of parts, one after the other.
func (d Digest) Of(parts ...[]byte) bool {
	h := d.hash()
	if h == nil || d.sum == nil {
		return false
	}
	for _, part := range parts {
		h.Write(part)
	}
	return string(h.Sum(nil)) == string(d.sum)
}

// String gives the digest in the form that most archives use, algorithm and
// base 32, so that one digest is one string; what is in no known form stays as
// stated.
func (d Digest) String() string {
	if d.sum == nil {
		return d.stated
	}
	return d.algorithm + ":" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(d.sum)
}

// SHA1 is the digest of bytes that archives use most.
func SHA1(b []byte) Digest {
	sum := sha1.Sum(b)
	return Digest{algorithm: "sha1", sum: sum[:]}
}
