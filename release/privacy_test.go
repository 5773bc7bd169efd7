package release

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"corpus/pipeline/config"
	"corpus/pipeline/store"
)

// countIn writes the corpus and counts what is left in it.
func countIn(t *testing.T, c *corpus) *PersonalData {
	t.Helper()
	p, err := CountPersonalData(context.Background(), c.write(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestNothingPersonalIsLeft(t *testing.T) {
	c := goodCorpus()
	c.manifest = func(m *store.Manifest) { m.Masked["names_left"] = 0 }
	p := countIn(t, c)
	if len(p.Places) > 0 || p.Found != 0 || p.Names == nil || *p.Names != 0 {
		t.Errorf("%+v", p)
	}
	if over := p.Over(&config.PrivacyLimit{Found: new(int), Names: new(int)}); over != nil {
		t.Errorf("over the limit: %v", over)
	}
}

// TestPersonalDataIsCounted puts personal data where no mask reaches, and
// expects each under its column and kind.
func TestPersonalDataIsCounted(t *testing.T) {
	c := goodCorpus()
	a := c.article(idA)
	a.Title, a.Byline, a.Tags = ptr("Call +49 30 901820 or write to ida@quay.example"), []string{"Ida Pell", "ida@quay.example, bo@quay.example"}, []string{"@quay_news"}
	a.URL = ptr("https://medium.com/@idapell/the-harbour")
	b := c.comment(c2)
	*b = comment(c2, idA, pageA2, 1, "I am bo@quay.example from 203.0.113.77, not 24.0.9.46.")
	b.ParentID, b.ThreadID, b.Depth = &c1, c1, 1
	b.CommenterID, b.CommenterBasis = &kim, "name"
	c.commenters[0].Name = ptr("Pat")
	c.manifest = func(m *store.Manifest) { m.Masked["names_left"] = 3 }
	p := countIn(t, c)
	want := []PersonalCount{
		{Table: "articles", Column: "url", Kind: "account", Places: 1, Rows: 1, Address: true},
		{Table: "articles", Column: "title", Kind: "email", Places: 1, Rows: 1},
		{Table: "articles", Column: "title", Kind: "phone", Places: 1, Rows: 1},
		{Table: "articles", Column: "byline", Kind: "email", Places: 2, Rows: 1},
		{Table: "articles", Column: "tags", Kind: "handle", Places: 1, Rows: 1},
		{Table: "comments", Column: "text", Kind: "email", Places: 1, Rows: 1},
		{Table: "comments", Column: "text", Kind: "ip", Places: 1, Rows: 1},
		{Table: "comments", Column: "text", Kind: KindName, Places: 3},
		{Table: "commenters", Column: "name", Kind: KindName, Places: 1, Rows: 1},
	}
	if !reflect.DeepEqual(p.Places, want) {
		t.Errorf("places:\n%+v\nwant\n%+v", p.Places, want)
	}
	if p.Found != 8 || p.Names == nil || *p.Names != 3 {
		t.Errorf("found %d, names %v", p.Found, p.Names)
	}
	for _, l := range []struct {
		found, names int
		over         []string
	}{{8, 3, nil}, {7, 3, []string{"8 places"}}, {8, 2, []string{"3 places"}}, {0, 0, []string{"8 places", "3 places"}}} {
		over := p.Over(&config.PrivacyLimit{Found: &l.found, Names: &l.names})
		if len(over) != len(l.over) {
			t.Errorf("limit %d, %d: %v", l.found, l.names, over)
			continue
		}
		for i := range over {
			if !strings.Contains(over[i], l.over[i]) {
				t.Errorf("limit %d, %d: %q does not say %q", l.found, l.names, over[i], l.over[i])
			}
		}
	}
	for _, r := range []struct {
		release store.Release
		atMost  bool
	}{{store.Release{}, false}, {store.Release{Withheld: map[string]int64{"comments": 2}}, true}, {store.Release{Excluded: map[string]int64{"comments": 1}}, true}, {store.Release{Withheld: map[string]int64{"articles": 2}}, false}} {
		dir := c.write(t)
		m, err := store.ReadManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		m.Release = &r.release
		p, err := CountIn(context.Background(), dir, m)
		if err != nil || p.AtMost != r.atMost || *p.Names != 3 {
			t.Errorf("%+v: %+v, %v", r.release, p, err)
		}
		if over := strings.Join(p.Over(&config.PrivacyLimit{Names: new(int)}), ""); strings.Contains(over, "up to 3 places") != r.atMost {
			t.Errorf("%+v: %s", r.release, over)
		}
	}
	if p.Over(nil) != nil || p.Over(&config.PrivacyLimit{}) != nil {
		t.Error("no limit is a limit")
	}
}

// TestUnknownNames: a version with texts that does not tell how many names are
// left is over every limit of names.
func TestUnknownNames(t *testing.T) {
	c := goodCorpus()
	p := countIn(t, c)
	if p.Names != nil || len(p.Over(&config.PrivacyLimit{Names: ptr(1000)})) != 1 {
		t.Errorf("%+v", p)
	}
	for i := range c.comments {
		x := &c.comments[i]
		x.Text, x.TextSHA256, x.Blocks, x.Spans, x.NChars, x.NWords = nil, nil, nil, nil, 0, 0
	}
	if p = countIn(t, c); p.Names == nil || *p.Names != 0 {
		t.Errorf("no comment has a text, and names are %v", p.Names)
	}
}
