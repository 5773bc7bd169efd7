package htmlpage

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract"
	"corpus/pipeline/read"
)

// Meta elements for robots ask for the same as the field X-Robots-Tag of a
// response; values that ask for nothing are no signal.
func TestOptOuts(t *testing.T) {
	for head, want := range map[string][]string{
		``: nil,
		`<meta name="robots" content="index, follow, max-snippet:-1, all">`:                                                 nil,
		`<meta name="ROBOTS" content="NOINDEX,follow"><meta name="robots" content="noindex; noarchive">`:                    {"noindex", "noarchive"},
		`<meta name="robots" content="none"><meta name="googlebot" content="nosnippet"><meta name=bingbot content=nocache>`: {"none", "nosnippet", "nocache"},
		`<meta name="gptbot" content="noai, noimageai"><meta name="tdm-reservation" content="1">`:                           {"noai", "noimageai", "tdm-reservation: 1"},
		`<meta name="tdm-policy" content="https://quay.example/p"><meta name="description" content="noai">`:                 {"tdm-policy: https://quay.example/p"},
	} {
		page := `<!doctype html><html lang="en"><head><title>The lamp</title>` + head + `</head><body><article><h1>The lamp</h1><p>The lamp on the mole was lit again last night, for the first time since the storm in March took its glass.</p></article></body></html>`
		d, err := New().Extract(extract.Page{Text: page}, read.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, d.OptOut); diff != "" {
			t.Errorf("%s:\n%s", head, diff)
		}
	}
}
