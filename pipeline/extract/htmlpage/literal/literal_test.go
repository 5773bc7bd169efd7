package literal

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract/htmlpage/jsonld"
)

// show writes a value, down to some depth, since values may go round.
func show(v *jsonld.Value, depth int) string {
	switch {
	case depth > 8:
		return "…"
	case v == nil:
		return "nil"
	case v.Kind == jsonld.Text:
		return fmt.Sprintf("%q", v.Text)
	}
	var parts []string
	for i, item := range v.Items {
		s := show(item, depth+1)
		if v.Kind == jsonld.Object {
			s = v.Keys[i] + ":" + s
		}
		parts = append(parts, s)
	}
	if v.Kind == jsonld.Object {
		return "{" + strings.Join(parts, " ") + "}"
	}
	return "[" + strings.Join(parts, " ") + "]"
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{`{"a": 1, 'b': -2.5e3, c: "x", 4: true, "d": null, e: void 0}`, `{a:"1" b:"-2.5e3" c:"x" 4:"true"}`},
		{`[1,,null,undefined,!0,!1,.5,]`, `["1" "" "" "" "true" "false" ".5"]`},
		{`"a\n\u003cb\x3e \ud83d\ude00 \u{1F600} \/ $5"`, `"a\n<b> 😀 😀 / $5"`},
		{"`plain`", `"plain"`},
		{"`${x}`", `nil`},
		{`new Date(1583056800000)`, `"1583056800000"`},
		{`new Map([["a",1]])`, `[["a" "1"]]`},
		{`new Worker("x")`, `nil`},
		{`Object.create(null)`, `{}`},
		{`JSON.parse('{"a":[1,"b\\"c"]}')`, `{a:["1" "b\"c"]}`},
		{`JSON.parse(x)`, `nil`},
		{`/* one */ { // two
			a: 1 }`, `{a:"1"}`},
		{`(function(a,b){return {x:a,y:[b,b]}}("u",{z:a}))`, `nil`}, // a is no name outside of the function
		{`(function(a,b){return {x:a,y:[b,b]}}("u",{z:1}))`, `{x:"u" y:[{z:"1"} {z:"1"}]}`},
		{`(function(a,b){return {x:a,y:b}})(null)`, `{x:"" y:""}`},
		{`((a,b)=>{return [a,b]})(1,2)`, `["1" "2"]`},
		{`(function(a,b){a.x=1;a["y"]=b;b[0]="z";return {a:a}}({},Array(1)))`, `{a:{x:"1" y:["z"]}}`},
		{`(function(a){a.self=a;return a}({n:1}))`, strings.Repeat(`{n:"1" self:`, 8) + `{n:… self:…}` + strings.Repeat(`}`, 8)},
		{`(function(){ alert(1); return {} }())`, `nil`},
		{`(function(a){return (function(b){return [a,b]}(2))}(1))`, `["1" "2"]`},
		{`({a:1})`, `{a:"1"}`},
		{`{a: b}`, `nil`},
		{`{a: function(){}}`, `nil`},
		{`{a: 1`, `nil`},
		{`"open`, `nil`},
		{strings.Repeat("[", 100), `nil`},
		{``, `nil`},
	} {
		left := 1000
		v, end := Read(c.script, &left)
		if got := show(v, 0); got != c.want {
			t.Errorf("%s: %s, want %s", c.script, got, c.want)
		}
		if end > len(c.script) {
			t.Errorf("%s: ends at %d of %d", c.script, end, len(c.script))
		}
	}
	left := 3
	if v, _ := Read(`[1,2,3,4]`, &left); v != nil {
		t.Error("more values than may be read")
	}
}

func TestAssigned(t *testing.T) {
	script := `if (a == {b:1}.b) { window.page.one = {a:1}; var two=[1,{b:"x = [1]"}]; x["three"] = JSON.parse("[4]") }
		f({four:4}, [5]); g = function(){ return {no:1} }; h = 7; k <= [8]; broken = {a: f()}; after = [6]`
	left := 1000
	var got []string
	for _, a := range Assigned(script, &left) {
		got = append(got, a.Name+"="+show(a.Value, 0))
	}
	want := []string{`one={a:"1"}`, `two=["1" {b:"x = [1]"}]`, `three=["4"]`, `={four:"4"}`, `=["5"]`, `after=["6"]`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestReadings: beginnings of values that come to nothing do not make a script be
// read again and again.
func TestReadings(t *testing.T) {
	for name, script := range map[string]string{
		"assignments": strings.Repeat("={a", 100_000),
		"calls":       strings.Repeat("({a:(", 100_000),
		"lists":       strings.Repeat("=[[[[[[[[[[[[", 50_000),
		"texts":       strings.Repeat(`={a:"`, 100_000),
		"functions":   "=" + strings.Repeat("(function(a,b,c){return ", 50_000),
		"arrows":      "=" + strings.Repeat("((a,", 50_000),
	} {
		left := 10_000_000
		Assigned(script, &left)
		if spent := 10_000_000 - left; spent > 8*len(script) {
			t.Errorf("%s: %d values tried in %d bytes", name, spent, len(script))
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{`{"a":[1,'x',!0]}`, `(function(a,b){a.x=b;return {a:a}}({},"\u003c"))`, `JSON.parse("[1]")`, "`x`", `((a)=>{return a})(1)`, `new Date(5)`, `[,,/*x*/]`, `x={a:1};f([2],{b:"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, script string) {
		left := 10_000
		v, end := Read(script, &left)
		if end < 0 || end > len(script) || v != nil && left < 0 {
			t.Fatalf("ends at %d of %d, %d left", end, len(script), left)
		}
		again := 10_000
		w, other := Read(script, &again)
		if end != other || left != again || show(v, 0) != show(w, 0) {
			t.Fatal("two readings differ")
		}
		for _, a := range Assigned(script, &left) {
			if a.Value == nil || a.Value.Kind == jsonld.Text {
				t.Fatalf("%q is no object and no list", a.Name)
			}
		}
	})
}
