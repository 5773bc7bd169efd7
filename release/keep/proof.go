package keep

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"strconv"

	"corpus/schema"
)

// ArticleProof is the column withheld_sha256: one digest over what is withheld
// of an article, in the order text, title, subtitle, section, byline, tags. nil
// where the text has less than schema.MinDigest code points: title and names may
// be known from elsewhere, and a short text beside them be found by trying.
func ArticleProof(a *schema.Article) *string {
	if a.Text == nil || a.NChars < schema.MinDigest {
		return nil
	}
	p := newProof("corpus release article 1")
	for _, s := range []*string{a.Text, a.Title, a.Subtitle, a.Section} {
		p.optional(s)
	}
	for _, list := range [][]string{a.Byline, a.Tags} {
		p.part(strconv.Itoa(len(list)))
		for _, s := range list {
			p.part(s)
		}
	}
	return p.sum()
}

// Said is a withheld text of a thread: the id that its record has in the
// release, its length, and the text itself, which those who only want to know
// who is proven leave empty. The article comes first, then its comments in the
// order of their positions.
type Said struct {
	ID    string
	Chars int32
	Text  string
}

// ThreadProof is the column thread_sha256 of the article: one digest over the
// withheld texts of a thread that are too short for one of their own. Where all
// of these are less than schema.MinDigest code points it is taken over all
// withheld texts, and it is nil where these are less as well, or none is short.
func ThreadProof(withheld []Said) *string {
	proven, ok := ByThread(withheld)
	if !ok {
		return nil
	}
	p := newProof("corpus release thread 1")
	for _, i := range proven {
		p.part(withheld[i].ID)
		p.part(withheld[i].Text)
	}
	return p.sum()
}

// ByThread are the indices of the texts that the digest of the thread is
// taken over; false where the thread has none.
func ByThread(withheld []Said) (proven []int, ok bool) {
	var short, all int64
	var shorts []int
	for i := range withheld {
		n := int64(withheld[i].Chars)
		all += n
		if n < schema.MinDigest {
			short += n
			shorts = append(shorts, i)
		}
		proven = append(proven, i)
	}
	switch {
	case len(shorts) == 0:
		return nil, false
	case short >= schema.MinDigest:
		return shorts, true
	}
	return proven, all >= schema.MinDigest
}

// proof is a digest over parts, each behind its length, so that no two lists of
// parts give one input.
type proof struct{ h hash.Hash }

func newProof(label string) *proof {
	p := &proof{sha256.New()}
	p.part(label)
	return p
}

func (p *proof) part(s string) {
	var length [8]byte
	binary.BigEndian.PutUint64(length[:], uint64(len(s)))
	p.h.Write(length[:])
	p.h.Write([]byte(s))
}

func (p *proof) optional(s *string) {
	if s == nil {
		p.part("null")
		return
	}
	p.part("value")
	p.part(*s)
}

func (p *proof) sum() *string {
	s := hex.EncodeToString(p.h.Sum(nil))
	return &s
}
