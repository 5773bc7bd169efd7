package licenses

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"corpus/schema"
)

func TestNames(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"CC BY 4.0", "CC-BY-4.0"}, {"cc-by-sa-3.0", "CC-BY-SA-3.0"}, {"(CC) BY-NC 2.5", "CC-BY-NC-2.5"}, {"CC: by-nc-nd 4.0", "CC-BY-NC-ND-4.0"}, {"CC BY 3.0 AT", "CC-BY-3.0-AT"}, {"CC BY 3.0 Deutschland", "CC-BY-3.0-DE"},
		{"CC BY 4.0 DE", "CC-BY-4.0"}, {"CC BY-SA", "LicenseRef-CC-BY-SA"}, {"CC0 1.0", "CC0-1.0"}, {"Creative Commons Zero", "CC0-1.0"}, {"CC BY 2.0 and CC BY-SA 3.0", "CC-BY-2.0 CC-BY-SA-3.0"},
		{"Creative Commons Attribution-ShareAlike 3.0 Unported License", "CC-BY-SA-3.0"}, {"Creative Commons Attribution 3.0 United States", "CC-BY-3.0-US"}, {"Creative Commons Attribution-NoDerivs 2.0 Generic", "CC-BY-ND-2.0"},
		{"Creative Commons Namensnennung-Nicht-kommerziell-Keine Bearbeitung 3.0 Deutschland", "CC-BY-NC-ND-3.0-DE"}, {"Creative Commons Paternité - Partage dans les Mêmes Conditions 3.0", "CC-BY-SA-3.0"},
		{"Creative Commons Atribuição-CompartilhaIgual 4.0", "CC-BY-SA-4.0"}, {"Creative Commons Uznanie autorstwa 4.0", "CC-BY-4.0"}, {"Creative Commons Erkännande-DelaLika 4.0", "CC-BY-SA-4.0"},
		{"CC BY-SA 9.9", "LicenseRef-CC-BY-SA"}, {"CC BY-ND-SA 4.0", ""}, {"CC", ""}, {"ccTLD names", ""}, {"the Creative Commons movement", ""}, {"account by 4.0", ""}, {"CC NC 4.0", ""}, {"", ""},
	} {
		var got []string
		for _, n := range Names(c.text) {
			got = append(got, n.SPDX)
			if !spdx(n.SPDX) || n.Start < 0 || n.End > len(c.text) || n.Start >= n.End {
				t.Errorf("%s: %+v", c.text, n)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.text, got, c.want)
		}
	}
}

func TestNameAlone(t *testing.T) {
	for s, want := range map[string]bool{
		"CC BY-SA 4.0": true, "(CC BY-SA)": true, "Logo: Creative Commons Namensnennung 3.0 Deutschland Lizenz": true, "CC0": true, "[CC BY 4.0 badge]": true,
		"": false, "Creative Commons": false, "A heron, CC BY 4.0": false, "CC BY 4.0 Ida Fen": false, "CC BY 4.0. By Ida Fen": false, "CC BY 4.0 and CC BY 3.0": false, "CC BY 4.0, 2019": false,
	} {
		if got := NameAlone(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestDenies(t *testing.T) {
	for s, want := range map[string]bool{
		"This text is not under ": true, "It is not licensed under the terms of the": true, "Dieser Text steht nicht unter einer": true, "Das ist keine ": true, "Ce texte n'est pas publié sous la licence": true, "Not ": true, "The pictures aren’t ": true,
		"": false, "under a": false, "Sofern nicht anders angegeben unter ": false, "Unless not otherwise stated, under": false, "Why not? This text: ": false, "not (": false, "nicht, sondern unter ": false, "knot under ": false,
		"not by a of the terms as of the a an any ": false, "not by a of the terms as of the ": true, "\xff not under ": true,
	} {
		if got := Denies(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestReserves(t *testing.T) {
	for _, s := range []string{"© 2020 The Quay. All rights reserved.", "ALL RIGHTS RESERVED", "Alle Rechte vorbehalten", "Tous droits réservés", "Все права защищены"} {
		if !Reserves(s) || !MayReserve(s) {
			t.Errorf("%s does not reserve", s)
		}
	}
	for _, s := range []string{"Some rights reserved", "© 2020 The Quay", "The right to reserve a seat", ""} {
		if Reserves(s) {
			t.Errorf("%s reserves", s)
		}
	}
	for _, s := range reserved { // the quick look misses none of them, as it is written
		for _, form := range []string{s, strings.ToUpper(s[:1]) + s[1:]} {
			if !MayReserve(form) {
				t.Errorf("%s is overlooked", form)
			}
		}
	}
}

func TestLinkHeader(t *testing.T) {
	for value, want := range map[string]string{
		`<https://a.example/l>; rel="license"`:                                "https://a.example/l",
		`<https://a.example/l>;rel=license, <https://b.example/>; rel="next"`: "https://a.example/l",
		`</a>; rel="next license", <b>; REL=License`:                          "/a b",
		`<a>; title="x, <b>; rel=license"; rel=up`:                            "",
		`<a>; title="\"; rel=license"`:                                        "",
		`<a>; rel=up; rel=license`:                                            "",
		`<a`:                                                                  "",
		``:                                                                    "",
		`<>; rel=license`:                                                     "",
	} {
		if got := strings.Join(LinkHeader(value), " "); got != want {
			t.Errorf("%s: %q, want %q", value, got, want)
		}
	}
}

// What is about something else than the article changes nothing, the order of
// statements does not change the licence, and what comes out is SPDX.
func TestResolveIsSound(t *testing.T) {
	covers := []string{schema.CoversArticle, schema.CoversSite, schema.CoversUnknown, schema.CoversImage, schema.CoversWidget, schema.CoversComments}
	statement := rapid.Custom(func(t *rapid.T) Statement {
		raw := rapid.SampledFrom([]string{"CC BY 4.0", "CC BY", "CC BY-SA 4.0", "All rights reserved", "our terms", "MIT"}).Draw(t, "raw")
		s, _ := NewStatement(rapid.SampledFrom([]string{"rel=license", "link", "text", "meta dc.rights", "json-ld license"}).Draw(t, "where"), rapid.SampledFrom(covers).Draw(t, "covers"), raw, "")
		return s
	})
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(statement, 0, 6).Draw(t, "statements")
		r := Resolve(list)
		if Valid(r.License) != nil {
			t.Fatalf("%s is no SPDX", r.License)
		}
		if r.License != schema.LicenseUnknown && (r.Evidence == "" || strings.HasPrefix(r.Evidence, EvidenceConflict)) {
			t.Fatalf("%s by %q", r.License, r.Evidence)
		}
		var about []Statement
		for _, s := range list {
			if s.Covers == schema.CoversArticle || s.Covers == schema.CoversSite || s.Covers == schema.CoversUnknown {
				about = append(about, s)
			}
		}
		if d := cmp.Diff(r, Resolve(about)); d != "" {
			t.Fatalf("what is about something else counts:\n%s", d)
		}
		shuffled := rapid.Permutation(list).Draw(t, "shuffled")
		other := Resolve(shuffled)
		if other.License != r.License || strings.HasPrefix(other.Evidence, EvidenceConflict) != strings.HasPrefix(r.Evidence, EvidenceConflict) {
			t.Fatalf("%s by %q, shuffled %s by %q", r.License, r.Evidence, other.License, other.Evidence)
		}
	})
}

// FuzzStatement: whatever stands in a page, what is kept of it is bounded, in
// NFC and SPDX, and is the same when it is read again.
func FuzzStatement(f *testing.F) {
	for _, s := range []string{"CC BY 4.0", "https://creativecommons.org/licenses/by/3.0/de/", "All rights reserved", "SPDX-License-Identifier: MIT", "see http://x.example/a, or http://y.example", "//creativecommons.org/l/by-sa/3.0/88x31.png", "CC\xff by", "Permission is hereby granted, free of charge, to any person"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, raw, address string) {
		s, ok := NewStatement("text", schema.CoversUnknown, raw, address)
		if !ok {
			return
		}
		if s.License != nil && !spdx(*s.License) {
			t.Fatalf("%q is no SPDX", *s.License)
		}
		for _, part := range []*string{s.Raw, s.URL} {
			if part != nil && (!norm.NFC.IsNormalString(*part) || !utf8.ValidString(*part) || utf8.RuneCountInString(*part) > 2*maxAddress) {
				t.Fatalf("%q is kept", *part)
			}
		}
		if s.Raw != nil && utf8.RuneCountInString(*s.Raw) > maxRaw {
			t.Fatalf("%d code points are kept", utf8.RuneCountInString(*s.Raw))
		}
		again, ok := NewStatement(s.Where, s.Covers, value(s.Raw), value(s.URL))
		if !ok || value(again.Raw) != value(s.Raw) || s.URL != nil && value(again.URL) != value(s.URL) {
			t.Fatalf("%+v is read again as %+v", s, again)
		}
	})
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"CC BY-SA 4.0", "CC CC CC BY", "Creative Commons Namensnennung", "cc-", "CC\u00a0BY\u20113.0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, n := range Names(s) {
			if n.Start < end || n.End > len(s) || n.Start >= n.End || !spdx(n.SPDX) {
				t.Fatalf("%+v in %q", n, s)
			}
			end = n.End
		}
	})
}

func FuzzLinkHeader(f *testing.F) {
	f.Add(`<a>; rel="license"; title="\"", <b>`)
	f.Fuzz(func(t *testing.T, s string) {
		for _, a := range LinkHeader(s) {
			if a == "" || !strings.Contains(s, a) {
				t.Fatalf("%q out of %q", a, s)
			}
		}
	})
}

func TestMayName(t *testing.T) {
	for s, want := range map[string]bool{
		"CC BY 4.0": true, "(cc) by-sa": true, "Text: CC0": true, "Creative Commons": true, "CREATIVE COMMONS BY": true, "ommons": true,
		"account": false, "access CC": true, "accc": false, "a_cc": false, "omm ons": false, "ommon": false, "c": false, "": false,
	} {
		if got := MayName(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// The texts are as long as lines of pages are.
func BenchmarkQuickLooks(b *testing.B) {
	lines := []string{"Home", "The association accepts corrections for the article", "Terms of use and the rights of users are on a page of their own, which the account names"}
	for name, look := range map[string]func(string) bool{"name": MayName, "reserve": MayReserve} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				for _, s := range lines {
					look(s)
				}
			}
		})
	}
}
