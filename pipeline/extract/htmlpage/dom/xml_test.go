package dom

import (
	"testing"
)

func TestCloseEmpty(t *testing.T) {
	for _, c := range []struct {
		in, want string
		found    bool
	}{
		{`<script src="x"/><p>a</p>`, `<script src="x"></script><p>a</p>`, true},
		{`<TITLE/><a name='b/>'/>c`, `<TITLE></title><a name='b/>'></a>c`, true},
		{`<br/><img src="x"/><script/>`, `<br/><img src="x"/><script></script>`, true},
		{`<script>if (a <b/> c) "<title/>"</script><iframe/>`, `<script>if (a <b/> c) "<title/>"</script><iframe></iframe>`, true},
		{`<div/><p>a</p>`, `<div/><p>a</p>`, false},
		{`<a href=x/>b</a>`, `<a href=x/>b</a>`, false},
		{`<script src="x"`, `<script src="x"`, false},
		{`a < b`, `a < b`, false},
		{``, ``, false},
	} {
		got, found := CloseEmpty(c.in)
		if got != c.want || found != c.found {
			t.Errorf("CloseEmpty(%q) = %q %v, want %q %v", c.in, got, found, c.want, c.found)
		}
	}
}

func FuzzCloseEmpty(f *testing.F) {
	for _, seed := range []string{`<script/>`, `<a b="/>"/><title/>`, `<<script//>`, `<script><script/></script>`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, page string) {
		got, found := CloseEmpty(page)
		if !found && got != page {
			t.Fatal("changed without need")
		}
		if len(got) < len(page) || len(got) > 20*len(page)+20 {
			t.Fatalf("%d bytes out of %d", len(got), len(page))
		}
	})
}
