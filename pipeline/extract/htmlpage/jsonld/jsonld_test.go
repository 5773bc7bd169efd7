package jsonld

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract/htmlpage/dom"
)

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, script, want string }{
		{"plain", `{"@type":"Article","headline":"H"}`, "H"},
		{"CDATA", "//<![CDATA[\n" + `{"@type":"Article","headline":"H"}` + "\n//]]>", "H"},
		{"comment marks", `<!-- {"@type":"Article","headline":"H"} -->`, "H"},
		{"raw line break in a string", "{\"@type\":\"Article\",\"headline\":\"H\n2\"}", "H 2"},
		{"comma too many", `{"@type":"Article","headline":"H",}`, "H"},
		{"commas too many in lists", `{"@type":["Article",],"headline":"H",,"x":[1,2,],}`, "H"},
		{"garbage after the end", `{"@type":"Article","headline":"H"}};`, "H"},
		{"cut off", `{"@type":"Article","headline":"H","text":"lost`, "H"},
		{"entities", `{"@type":"Article","headline":"H &amp; G"}`, "H & G"},
		{"all quotes are entities", `{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;H&quot;}`, "H"},
		{"list", `[{"@type":"Thing"},{"@type":"Article","headline":"H"}]`, "H"},
		{"graph", `{"@context":"x","@graph":[{"@type":"Thing"},{"@type":"Article","headline":"H"}]}`, "H"},
		{"type with vocabulary", `{"@type":"https://schema.org/Article","headline":"H"}`, "H"},
		{"value object", `{"@type":"Article","headline":{"@value":"H","@language":"en"}}`, "H"},
		{"no JSON", `var x = 1;`, ""},
		{"empty", ``, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree, err := dom.Parse(`<script type="application/ld+json">` + c.script + `</script>`)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, v := range Parse(tree).Objects {
				if v.Is("Article") {
					got = v.Get("headline").String()
				}
			}
			if got != c.want {
				t.Errorf("headline %q, want %q", got, c.want)
			}
		})
	}
}

func TestFollow(t *testing.T) {
	tree, err := dom.Parse(`<script type="application/ld+json">{"@graph":[{"@type":"Person","@id":"#p","name":"N"},{"@type":"Article","author":{"@id":"#p"},"editor":{"@id":"#q"}}]}</script>`)
	if err != nil {
		t.Fatal(err)
	}
	g := Parse(tree)
	article := g.Objects[1]
	got := []string{g.Follow(article.Get("author")).Get("name").String(), g.Follow(article.Get("editor")).URL(), g.Follow(nil).String()}
	if diff := cmp.Diff([]string{"N", "#q", ""}, got); diff != "" {
		t.Error(diff)
	}
}

func TestBounds(t *testing.T) {
	left := 100
	values := Read("["+strings.Repeat("1,", 1000)+"1]", &left)
	if len(values) != 1 || len(values[0].Items) > 100 || left >= 0 {
		t.Errorf("%d values, %d left", len(values[0].Items), left)
	}
	left = maxValues
	v := Read(strings.Repeat("[", 10_000), &left)[0]
	depth := 0
	for ; len(v.Items) > 0; v = v.Items[0] {
		depth++
	}
	if depth > maxDepth {
		t.Errorf("depth %d", depth)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"b",null,true,{"c":{}}]}`, `{"a":1,}`, `<!--[]-->`, `{&quot;a&quot;:1}`, "[[[", `{"a"`, `"\ud800"`, "1 2 3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, script string) {
		left := 1000
		for _, v := range Read(script, &left) {
			_, _, _ = v.String(), v.URL(), v.Types()
			if v.Kind == Object && len(v.Keys) != len(v.Items) {
				t.Fatalf("%d names, %d values", len(v.Keys), len(v.Items))
			}
		}
	})
}
