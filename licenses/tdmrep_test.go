package licenses

import (
	"strings"
	"testing"
)

func TestTDMFile(t *testing.T) {
	rules, err := ParseTDMFile([]byte("\ufeff" + `[
		{"location": "/free/*.html$", "tdm-reservation": 0},
		{"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://quay.example/policy.json"},
		{"location": "/*/photos", "tdm-reservation": "1", "more": [1]},
		{"location": "/no-value"}, {"tdm-reservation": 1}
	]`))
	if err != nil || len(rules) != 3 {
		t.Fatalf("%v, %v", rules, err)
	}
	for path, want := range map[string]string{
		"/free/a.html":          "tdmrep.json tdm-reservation: 0",
		"/free/a.html.bak":      "",
		"/free/x/y.html":        "tdmrep.json tdm-reservation: 0",
		"/news/1":               "tdmrep.json tdm-reservation: 1; tdmrep.json tdm-policy: https://quay.example/policy.json",
		"/news":                 "",
		"/NEWS/1":               "",
		"/old/photos/7?big=yes": "tdmrep.json tdm-reservation: 1",
		"/":                     "",
	} {
		if got := strings.Join(TDMSignals(rules, "https://quay.example"+path), "; "); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if got := TDMSignals([]TDMRule{{"/", "1", ""}}, "https://quay.example"); len(got) != 1 {
		t.Errorf("the root: %q", got)
	}
	for bad, want := range map[string]string{
		"": "no list", "{}": "no list", "[": "no list", "no": "no list", `[{"location": "/"}`: "no list",
		`[{"location": 7}]`: "rule 1 ", `[{"location": "/"}, 7]`: "rule 2 ", `[{"location": "/", "location": 7}]`: "rule 1 ",
	} {
		if rules, err := ParseTDMFile([]byte(bad)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, %v; want %q", bad, rules, err, want)
		}
	}
	for address, want := range map[string]string{
		"https://Quay.example/.well-known/tdmrep.json": "quay.example", "http://quay.example:8080/.well-known/tdmrep.json": "quay.example:8080",
		"https://quay.example/x/.well-known/tdmrep.json": "", "https://quay.example/tdmrep.json": "", "dns:quay.example": "",
	} {
		if host, ok := IsTDMFile(address); host != want || ok != (want != "") {
			t.Errorf("%s: %q", address, host)
		}
	}
}

// A later statement overrules an earlier one, and an absent one does not.
func TestSignals(t *testing.T) {
	for _, c := range []struct{ optOut, want string }{
		{"", ""},
		{"tdmrep.json tdm-reservation: 1", "tdm-reservation"},
		{"tdmrep.json tdm-reservation: 1|tdm-reservation: 0", ""},
		{"tdm-reservation: 0|tdm-reservation: 1", "tdm-reservation"},
		{"tdmrep.json tdm-reservation: 1|tdm-policy: https://quay.example/p", "tdm-reservation, tdm-policy"},
		{"X-Robots-Tag: gptbot: noai, noimageai", "noai, noimageai"},
		{"X-Robots-Tag: none", "noindex"},
		{"X-Robots-Tag: nocache", "noarchive"},
		{"noml", "noml"},
		{"not public: status draft", "not-public"},
		{"something new", "other"},
	} {
		var list []string
		if c.optOut != "" {
			list = strings.Split(c.optOut, "|")
		}
		if got := strings.Join(Signals(list), ", "); got != c.want {
			t.Errorf("%s: %q, want %q", c.optOut, got, c.want)
		}
	}
}

func FuzzTDMFile(f *testing.F) {
	f.Add([]byte(`[{"location": "/*a*b$", "tdm-reservation": 1}]`), "https://quay.example/aab")
	f.Add([]byte(`[{"location": "***", "tdm-reservation": "x"}]`), "")
	f.Fuzz(func(t *testing.T, data []byte, address string) {
		rules, err := ParseTDMFile(data)
		if err != nil {
			return
		}
		for _, s := range Signals(TDMSignals(rules, address)) {
			if s != SignalTDM && s != SignalTDMPolicy {
				t.Fatalf("a rule gives %s", s)
			}
		}
	})
}
