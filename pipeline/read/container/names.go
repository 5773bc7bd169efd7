package container

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zeebo/xxh3"
)

const (
	maxName  = 512     // bytes of a name in a locator
	maxNames = 1 << 20 // names of an archive that are remembered
)

// names makes the locators of the members of one archive.
type names struct {
	prefix string              // locator of the archive
	seen   map[uint64]struct{} // hashes of names
	n      int                 // members
}

func newNames(place string) *names {
	n := &names{seen: map[uint64]struct{}{}}
	if place != "" {
		n.prefix = place + ";"
	}
	return n
}

// place gives the locator of the next member. A name that came before, or may
// have, is told from it by the number of the member in its archive.
func (n *names) place(name string) string {
	n.n++
	shown := clean(name)
	hash := xxh3.HashString(shown)
	_, twice := n.seen[hash]
	if !twice && len(n.seen) < maxNames {
		n.seen[hash] = struct{}{}
	} else {
		shown = fmt.Sprintf("%s#%d", shown, n.n)
	}
	return n.prefix + "member=" + shown
}

// clean is a name as locators have it: one line, without what has a meaning
// there or could not be seen. Such bytes are written %XX, so that different
// names stay different up to the length that is shown.
func clean(name string) string {
	name = strings.TrimPrefix(strings.TrimLeft(name, "/"), "./")
	var b strings.Builder
	for i, r := range name {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(name[i:])
		}
		if r == '%' || r == ';' || r == '#' || r == utf8.RuneError && size == 1 || !unicode.IsPrint(r) {
			for _, c := range []byte(name[i : i+size]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		} else {
			b.WriteRune(r)
		}
		if b.Len() >= maxName {
			b.WriteString("…")
			break
		}
	}
	return b.String()
}

// hidden tells whether a name is one that globs never match, or of the notes
// that macOS puts beside each file of a zip archive.
func hidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == "__MACOSX" || strings.HasPrefix(part, ".") && part != "." && part != ".." {
			return true
		}
	}
	return false
}
