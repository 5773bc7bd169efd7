package erratum

import (
	"fmt"
	"slices"
	"strings"

	"corpus/pipeline/store"
)

// words are those that a release holds already.
type words struct {
	sources    map[string]bool
	extractors []string
}

// wordsOf are those of a release with these sources.
func wordsOf(m *store.Manifest) *words {
	w := &words{sources: map[string]bool{}, extractors: m.Extractors}
	for i := range m.Sources {
		w.sources[m.Sources[i].SourceID] = true
	}
	return w
}

// known tells whether source and reader of a row that is new are those of the
// release.
func (w *words) known(sourceID, extractor string) error {
	if !w.sources[sourceID] {
		return fmt.Errorf("the release has no source %.80q", sourceID)
	}
	if reader, ok := readerOf(extractor); !ok || reader != "" && !slices.Contains(w.extractors, reader) {
		return fmt.Errorf("no page of the release was read by %.80q", extractor)
	}
	return nil
}

// charsetMethods are how the charset of a page was told, see schema.Provenance.
var charsetMethods = []string{"bom", "header", "utf8", "meta", "detector"}

// readerOf is the reader in a value of the column extractor, which has the
// charset of the page behind it: "html/1" of "html/1 charset=windows-1252/meta".
func readerOf(extractor string) (reader string, ok bool) {
	reader, rest, more := strings.Cut(extractor, " ")
	if !plain(reader) || reader == "" && extractor != "" {
		return "", false
	}
	if !more {
		return reader, true
	}
	charset, method, ok := strings.Cut(strings.TrimPrefix(rest, "charset="), "/")
	return reader, ok && strings.HasPrefix(rest, "charset=") && plain(charset) && slices.Contains(charsetMethods, method)
}

// plain tells whether s is a name of a reader or charset.
func plain(s string) bool {
	return len(s) <= 40 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._:-") == ""
}
