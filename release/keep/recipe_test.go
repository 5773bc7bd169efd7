package keep

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/config"
	"corpus/pipeline/store"
)

func recipe() *Recipe {
	c := &config.Config{Corpus: "weir-voices", Privacy: config.PrivacyPseudonyms, Limits: config.DefaultLimits()}
	return NewRecipe(c, store.Tool{Name: "corpus", Version: "0.1.0"}, []config.Source{
		{ID: "mill", Format: "html", Inputs: []string{"/home/ada/pages/*.html"}, Index: "mill.csv", TimeZone: "Europe/London", Rights: config.Rights{RightsHolder: "Ada Brine"}},
		{ID: "weir", Format: "auto", Languages: []string{"en"}, IdentityScope: "weir.example", Unpublished: "include"},
	})
}

// A recipe comes back as it was, and holds no path and no name.
func TestRecipe(t *testing.T) {
	data, err := recipe().JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"ada", "Ada", "mill.csv", "pages"} {
		if bytes.Contains(data, []byte(secret)) {
			t.Errorf("%q is in it", secret)
		}
	}
	got, err := ParseRecipe(data)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(recipe(), got); d != "" {
		t.Error(d)
	}
	for what, change := range map[string][2]string{
		"an unknown key":   {`"corpus":`, `"key": "x", "corpus":`},
		"another form":     {`"schema": 1`, `"schema": 2`},
		"no name":          {`"weir-voices"`, `"../weir"`},
		"another privacy":  {`"pseudonyms"`, `"names"`},
		"no limit":         {`"depth": 1000`, `"depth": 0`},
		"a source twice":   {`"id": "weir"`, `"id": "mill"`},
		"a source's path":  {`"id": "weir"`, `"id": "weir/../x"`},
		"a limit overflow": {`"depth": 1000`, `"depth": 99999999999999999999`},
	} {
		changed := strings.Replace(string(data), change[0], change[1], 1)
		if changed == string(data) {
			t.Fatalf("%s: there is no %s", what, change[0])
		}
		if _, err := ParseRecipe([]byte(changed)); err == nil {
			t.Errorf("%s is read", what)
		}
	}
}

// FuzzRecipe: whatever a release says, the reader gives a recipe that it would
// write, or an error.
func FuzzRecipe(f *testing.F) {
	data, err := recipe().JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("{}"))
	f.Add([]byte(`{"schema":1,"corpus":"a","privacy":"none","tool":{"name":"","version":""},"limits":{"bytes":1,"comments":1,"depth":1},"sources":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseRecipe(data)
		if err != nil {
			return
		}
		again, err := r.JSON()
		if err != nil {
			t.Skip() // invalid UTF-8 was replaced
		}
		if _, err := ParseRecipe(again); err != nil {
			t.Errorf("%s\n%v", again, err)
		}
	})
}
