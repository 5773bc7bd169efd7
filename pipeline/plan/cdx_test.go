package plan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseCDX(t *testing.T) {
	want := map[string][]int64{"a.warc.gz": {100, 2000}, "b.warc": {7}}
	for name, text := range map[string]string{
		"CDX with header": " CDX N b a m s k r M S V g\n" +
			"example,quay)/ 20210101000000 http://quay.example/ text/html 200 AAAA - - 99 2000 crawl/a.warc.gz\n" +
			"example,quay)/x 20210101000000 http://quay.example/x text/html 200 AAAA - - 99 100 crawl/a.warc.gz\n" +
			"example,quay)/y 20210101000000 http://quay.example/y text/html 200 AAAA - - 99 7 b.warc\n",
		"CDX of nine fields": "k 20210101000000 http://quay.example/ text/html 200 AAAA - 2000 a.warc.gz\nk 20210101000000 http://quay.example/x text/html 200 AAAA - 100 a.warc.gz\nk 2021 u text/html 200 AAAA - 7 b.warc\n",
		"CDXJ": "!OpenWayback-CDXJ 1.0\n" + `example,quay)/ 20210101000000 {"url": "http://quay.example/", "offset": "2000", "filename": "x/a.warc.gz"}` + "\n" +
			`example,quay)/x 20210101000000 {"offset": 100, "filename": "a.warc.gz"}` + "\n\n" + `k 2021 {"filename": "b.warc", "offset": 7}` + "\n",
	} {
		s, err := parseCDX(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, s.places); diff != "" || s.Rows != 3 {
			t.Errorf("%s: %d rows, %s", name, s.Rows, diff)
		}
	}
	for text, part := range map[string]string{
		" CDX N b a\n":                          "line 1",
		"one two three\n":                       "line 1: 3 fields",
		"k 2021 u text/html 200 A - many f\n":   "line 1",
		"k 2021 u text/html 200 A - -5 f\n":     "line 1",
		`k 2021 {"offset": 5}` + "\n":           "line 1",
		`k 2021 {"offset": 5, "filename": }`:    "line 1",
		"k 2021 u t 200 A - 7 f\nbroken line\n": "line 2",
	} {
		if _, err := parseCDX(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%q: %v, expected %q", text, err, part)
		}
	}
}
