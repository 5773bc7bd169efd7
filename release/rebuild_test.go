package release

import (
	"slices"
	"testing"

	"corpus/pipeline/store"
)

func TestCompareFiles(t *testing.T) {
	manifest := func(digest string, files ...store.FileInfo) *store.Manifest {
		return &store.Manifest{Digest: digest, Files: files}
	}
	a, b, c := store.FileInfo{Path: "a", Bytes: 1}, store.FileInfo{Path: "b", Bytes: 1}, store.FileInfo{Path: "c", Bytes: 1}
	other := store.FileInfo{Path: "b", Bytes: 1, SHA256: "x"}
	for name, x := range map[string]struct {
		old, again *store.Manifest
		want       []string
	}{
		"equal":    {manifest("d", a, b), manifest("d", a, b), nil},
		"bytes":    {manifest("d", a, b), manifest("e", a, other), []string{"b", "manifest.json"}},
		"one less": {manifest("d", a, b, c), manifest("e", a, c), []string{"b", "manifest.json"}},
		"one more": {manifest("d", b), manifest("e", a, b, c), []string{"a", "c", "manifest.json"}},
		"manifest": {manifest("d", a), manifest("e", a), []string{"manifest.json"}},
	} {
		var got []string
		compareFiles(x.old, x.again, func(p Problem) { got = append(got, p.File) })
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
	}
}
