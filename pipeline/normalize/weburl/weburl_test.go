package weburl

import (
	"net/netip"
	"strings"
	"testing"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"pgregory.net/rapid"
)

// The golden values of Identity are frozen: ids of published corpora rest on them.
func TestIdentity(t *testing.T) {
	for in, want := range map[string]string{
		"http://www.Pier.example/News/":                                           "https://pier.example/News",
		"https://pier.example:443/a/./b/../c?utm_source=x&b=2&a=1#top":            "https://pier.example/a/c?a=1&b=2",
		"https://m.pier.example/a/amp/":                                           "https://pier.example/a",
		"https://pier.example":                                                    "https://pier.example/",
		"https://pier.example/index.php?p=12&fbclid=abc":                          "https://pier.example/?p=12",
		"https://pier.example/%7eann/caf%c3%a9":                                   "https://pier.example/~ann/caf%C3%A9",
		"https://pier.example/café":                                               "https://pier.example/caf%C3%A9",
		"https://bücher.example/":                                                 "https://xn--bcher-kva.example/",
		"https://user:secret@pier.example:8080/a":                                 "https://pier.example:8080/a",
		"https://web.archive.org/web/20200102030405id_/http://pier.example/a?b=1": "https://pier.example/a?b=1",
		"https://192.0.2.7:80/":                                                   "https://192.0.2.7/", "https://1.example/": "https://1.example/", "https://0x1.example/": "https://0x1.example/", "https://[2001:DB8:0::1]/": "https://[2001:db8::1]/",
		"https://pier.example//a///b": "https://pier.example/a/b",
	} {
		got, ok := Identity(in)
		if !ok || got != want {
			t.Errorf("Identity(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/a/b", "https://", "https://a..b/", "mailto:a@pier.example", "http://a b/", "http://" + strings.Repeat("www.", 64) + "example/", "http://1/", "http://a.1/", "http://0x7f.1/", "http://1.2.3.4.5/", "http://1.2.3.256/", "http://01.2.3.4/", "http://[::1%25eth0]/", "http://[x]/"} {
		if got, ok := Identity(in); ok {
			t.Errorf("Identity(%q) = %q, want none", in, got)
		}
	}
}

func TestCanonicalHostResolve(t *testing.T) {
	if got, _ := Canonical("HTTP://www.Pier.example/a/?z=1&utm_medium=m&a=2#c"); got != "http://www.pier.example/a/?z=1&a=2" {
		t.Errorf("Canonical = %q", got)
	}
	for in, want := range map[string]string{"https://www.pier.example/x": "pier.example", "https://amp.pier.example": "pier.example", "https://m.example/": "m.example", "x": ""} {
		if got := Host(in); got != want {
			t.Errorf("Host(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Resolve("https://pier.example/a/b", "../c?d=1"); got != "https://pier.example/c?d=1" {
		t.Errorf("Resolve = %q", got)
	}
	if got := Resolve("https://pier.example/a", "javascript:void(0)"); got != "" {
		t.Errorf("Resolve = %q", got)
	}
}

func TestPage(t *testing.T) {
	for in, want := range map[string]string{
		" HTTP://www.Pier.example/a/?utm_source=x&b=%c3%a9#top ": "http://www.pier.example/a/?utm_source=x&b=%c3%a9#top",
		"https://user:secret@pier.example:8080/a":                "https://pier.example:8080/a",
		"https://web.archive.org/web/2020/http://pier.example/a": "https://web.archive.org/web/2020/http://pier.example/a",
		"https://bücher.example/é?é":                             "https://xn--bcher-kva.example/%C3%A9?%C3%A9",
		"https://[2001:db8::1]:443/":                             "https://[2001:db8::1]:443/",
		"https://pier.example":                                   "https://pier.example",
	} {
		if got, ok := Page(in); !ok || got != want {
			t.Errorf("Page(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "javascript:alert(1)", "/a", "https://", "https://pier.example/" + strings.Repeat("é", maxLength/4)} {
		if got, ok := Page(in); ok {
			t.Errorf("Page(%q) = %q, want none", in, got)
		}
	}
}

func checkURL(t interface{ Fatalf(string, ...any) }, raw string) {
	id, ok := Identity(raw)
	canonical, ok2 := Canonical(raw)
	if ok != ok2 {
		t.Fatalf("Identity and Canonical disagree on %q", raw)
	}
	if !ok {
		return
	}
	if again, ok := Identity(id); !ok || again != id {
		t.Fatalf("Identity(%q) = %q, again %q", raw, id, again)
	}
	if again, ok := Canonical(canonical); !ok || again != canonical {
		t.Fatalf("Canonical(%q) = %q, again %q", raw, canonical, again)
	}
	if again, _ := Identity(canonical); again != id {
		t.Fatalf("%q: the id of the canonical form is %q, not %q", raw, again, id)
	}
	page, ok := Page(raw)
	if !ok {
		return // longer than an address may be once it is in ASCII
	}
	if again, ok := Page(page); !ok || again != page {
		t.Fatalf("Page(%q) = %q, again %q", raw, page, again)
	}
	if again, _ := Identity(page); again != id {
		t.Fatalf("%q: the id of the page is %q, not %q", raw, again, id)
	}
}

func TestIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{"/", "..", ".", "a", "%41", "%2f", "%", "?", "&", "=", "utm_x", "#", "amp", "/amp", "index.php", "//", "é", " ", ":80", "@", ";"}), 0, 16).Draw(t, "pieces")
		raw := rapid.SampledFrom([]string{"http://pier.example/", "https://www.pier.example", "https://web.archive.org/web/2020/http://"}).Draw(t, "start")
		for _, p := range pieces {
			raw += p
		}
		checkURL(t, raw)
	})
}

func FuzzIdentity(f *testing.F) {
	f.Add("https://www.pier.example/a?b=c#d")
	f.Add("https://web.archive.org/web/20200102030405/https://pier.example/")
	f.Fuzz(func(t *testing.T, raw string) { checkURL(t, raw) })
}

// What we take for an address, the rules of browsers take as well, with the same host.
func TestAgreesWithWHATWG(t *testing.T) {
	for _, raw := range []string{"http://www.Pier.example/News/?a=b", "https://bücher.example/ä", "https://pier.example:8080/a/../b", "https://[2001:db8::1]/x", "https://192.168.0.1/"} {
		u, err := whatwg.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		canonical, ok := Canonical(raw)
		if !ok || canonical != u.Href(false) {
			t.Errorf("Canonical(%q) = %q, a browser has %q", raw, canonical, u.Href(false))
		}
	}
}

func BenchmarkIdentity(b *testing.B) {
	for b.Loop() {
		Identity("https://www.pier.example/2020/05/the-ferry-runs-again/?utm_source=feed&p=12#comments")
	}
}

// What we take for an address, a browser takes as well (WHATWG URL Standard),
// and goes to the same host and port for it.
func agrees(t interface{ Fatalf(string, ...any) }, raw string) {
	canonical, ok := Canonical(raw)
	if !ok {
		return
	}
	ours, err := whatwg.Parse(canonical)
	if err != nil {
		t.Fatalf("Canonical(%q) = %q, which a browser refuses: %v", raw, canonical, err)
	}
	if !sameHost(ours.Hostname(), hostIn(canonical)) {
		t.Fatalf("Canonical(%q) = %q, for which a browser goes to %q", raw, canonical, ours.Hostname())
	}
	page, ok := Page(raw)
	if !ok {
		return
	}
	theirs, err := whatwg.Parse(raw)
	if err != nil {
		t.Fatalf("%q is refused by a browser (%v), and we take it as %q", raw, err, page)
	}
	mine, err := whatwg.Parse(page)
	if err != nil || !sameHost(mine.Hostname(), theirs.Hostname()) || mine.Port() != theirs.Port() || mine.Protocol() != theirs.Protocol() {
		t.Fatalf("Page(%q) = %q, a browser goes to %q", raw, page, theirs.Href(false))
	}
}

// sameHost compares hosts; a last dot and the spelling of an IPv6 address do
// not make another one.
func sameHost(a, b string) bool {
	a, b = strings.Trim(strings.TrimSuffix(a, "."), "[]"), strings.Trim(strings.TrimSuffix(b, "."), "[]")
	one, err := netip.ParseAddr(a)
	if err != nil {
		return a == b
	}
	other, err := netip.ParseAddr(b)
	return err == nil && one == other
}

// hostIn is the host of a canonical address.
func hostIn(canonical string) string {
	_, rest, _ := strings.Cut(canonical, "://")
	host, _, _ := strings.Cut(rest, "/")
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host = host[:i]
	}
	return host
}

// A fixed list and no fuzz target: fuzzing found the port below, and after it only
// what the library refuses or reads otherwise than the standard has it.
func TestAgreesWithWHATWGOnMore(t *testing.T) {
	for _, raw := range []string{
		"http://www.Pier.example/a?b=c#d", "https://bücher.example/ä", "https://user:x@pier.example:8080/", "https://[2001:db8::1]/x",
		"http://192.168.0.1/", "http://a_b.example/", "http://pier.example./", "http://xn--bcher-kva.example",
		"http://a:70000", "http://a:65535/", "http://pier.example:0080/", "http://0x7f.1/", "http://%70ier.example/",
	} {
		agrees(t, raw)
	}
	if _, ok := Canonical("http://pier.example:65536/"); ok {
		t.Error("a port that there cannot be makes an address")
	}
}
