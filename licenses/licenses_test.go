package licenses

import (
	"strings"
	"testing"

	"github.com/github/go-spdx/v2/spdxexp"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/schema"
)

// spdx reports whether the SPDX library takes an expression as valid.
func spdx(expr string) bool {
	valid, _ := spdxexp.ValidateLicenses([]string{expr})
	return valid
}

func TestNormalize(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"NOASSERTION", "NOASSERTION"}, {" CC-BY-4.0 ", "CC-BY-4.0"}, {"cc-by-sa-3.0-de", "CC-BY-SA-3.0-DE"}, {"mit", "MIT"}, {"GPL-2.0+", "GPL-2.0+"},
		{"LicenseRef-my-terms", "LicenseRef-my-terms"}, {"MIT OR Apache-2.0", "MIT OR Apache-2.0"}, {"(MIT AND CC0-1.0) OR LicenseRef-a", "(MIT AND CC0-1.0) OR LicenseRef-a"},
		{"GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"},
	} {
		got, err := Normalize(c.in)
		if err != nil || got != c.want || got != schema.LicenseUnknown && !spdx(got) {
			t.Errorf("Normalize(%q) = %q, %v", c.in, got, err)
		}
	}
	for _, in := range []string{"", " ", "NONE", "noassertion", "free", "CC BY 4.0", "CC-BY", "CC-BY-2.1", "MIT AND", "OR MIT", "((MIT)", "MIT or Apache-2.0", "a b c", "MIT;", "MIT\nOR", "MIT\x00", "Lizenz\u00a0frei",
		"LicenseRef-", "LicenseRef-ä", "MIT WITH nothing", strings.Repeat("(", 100) + "MIT" + strings.Repeat(")", 100), strings.Repeat("MIT OR ", 1000) + "MIT", "https://creativecommons.org/licenses/by/4.0/"} {
		got, err := Normalize(in)
		if err == nil || got != "" || len(err.Error()) > 300 {
			t.Errorf("Normalize(%.60q) = %q, %v", in, got, err)
		}
		if Valid(in) == nil {
			t.Errorf("%.60q is valid", in)
		}
	}
}

func TestFromURL(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"},
		{"http://www.creativecommons.org/licenses/by/4.0", "CC-BY-4.0"},
		{"//creativecommons.org/licenses/by-sa/3.0/", "CC-BY-SA-3.0"},
		{" HTTPS://CreativeCommons.org/Licenses/BY-NC/2.5/ ", "CC-BY-NC-2.5"},
		{"https://creativecommons.org/licenses/by-nc-nd/4.0/deed.de", "CC-BY-NC-ND-4.0"},
		{"https://creativecommons.org/licenses/by-nc-nd/3.0/de/legalcode", "CC-BY-NC-ND-3.0-DE"},
		{"https://creativecommons.org/licenses/by/4.0/legalcode.fr#s1?x=y", "CC-BY-4.0"},
		{"https://creativecommons.org/licenses/by/4.0/?ref=chooser", "CC-BY-4.0"},
		{"https://creativecommons.org/licenses/by-nd-nc/1.0/", "CC-BY-NC-ND-1.0"},
		{"https://creativecommons.org/licenses/sa/1.0/", "CC-SA-1.0"},
		// ports that the SPDX list has, and those that it lacks
		{"https://creativecommons.org/licenses/by/3.0/de/", "CC-BY-3.0-DE"},
		{"https://creativecommons.org/licenses/by/3.0/igo/", "CC-BY-3.0-IGO"},
		{"https://creativecommons.org/licenses/by-sa/2.1/jp/", "CC-BY-SA-2.1-JP"},
		{"https://creativecommons.org/licenses/by/2.5/se/", "LicenseRef-CC-BY-2.5-SE"},
		{"https://creativecommons.org/licenses/by/2.5/scotland/", "LicenseRef-CC-BY-2.5-SCOTLAND"},
		{"https://creativecommons.org/licenses/nc/1.0/", "LicenseRef-CC-NC-1.0"},
		// public domain
		{"https://creativecommons.org/publicdomain/zero/1.0/deed.en", "CC0-1.0"},
		{"https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"},
		{"https://creativecommons.org/licenses/publicdomain/", "CC-PDDC"},
	} {
		got, ok := FromURL(c.in)
		if !ok || got != c.want || !spdx(got) {
			t.Errorf("FromURL(%q) = %q, %v, want %q", c.in, got, ok, c.want)
		}
		if normal, err := Normalize(got); err != nil || normal != got {
			t.Errorf("%q is not in normal form: %q, %v", got, normal, err)
		}
	}
	for _, in := range []string{"", "CC-BY-4.0", "https://creativecommons.org/", "https://creativecommons.org/licenses/by/", "https://creativecommons.org/licenses/4.0/",
		"https://creativecommons.org/licenses/by/9.9/", "https://creativecommons.org/licenses/by/5.0/", // no such versions
		"https://creativecommons.org/licenses/by/4.0/de/",       // 4.0 has no ports
		"https://creativecommons.org/licenses/sa/3.0/",          // later ones all ask for attribution
		"https://creativecommons.org/licenses/by/3.0/atlantis/", // no such port
		"https://creativecommons.org/licenses/by/3.0/de/x/", "https://creativecommons.org/licenses/by-free/4.0/", "https://creativecommons.org/publicdomain/zero/2.0/",
		"https://creativecommons.org.evil.example/licenses/by/4.0/", "https://evil.example/creativecommons.org/licenses/by/4.0/", "ftp://creativecommons.org/licenses/by/4.0/",
		"javascript:creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by/4.0/" + strings.Repeat("x", 4000)} {
		if got, ok := FromURL(in); ok {
			t.Errorf("FromURL(%.80q) = %q, want none", in, got)
		}
	}
}

func TestFromName(t *testing.T) {
	for in, want := range map[string]string{
		"CC BY 4.0": "CC-BY-4.0", "cc by-sa 3.0": "CC-BY-SA-3.0", "CC-BY-NC 2.0": "CC-BY-NC-2.0", "Creative Commons BY-NC-SA 4.0 International": "CC-BY-NC-SA-4.0",
		" CC  BY \n NC ND 3.0 Unported": "CC-BY-NC-ND-3.0", "CC0": "CC0-1.0", "CC 0 1.0 Universal": "CC0-1.0",
	} {
		got, ok := FromName(in)
		if !ok || got != want || !spdx(got) {
			t.Errorf("FromName(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "CC", "CC BY", "Creative Commons", "CC BY 9.9", "CC BY 4.0 or later", "not CC BY 4.0", "CC BY-SA-SA 4.0", strings.Repeat("CC BY ", 100)} {
		if got, ok := FromName(in); ok {
			t.Errorf("FromName(%q) = %q, want none", in, got)
		}
	}
}

func text(s string) *string { return &s }

func with(d Declared, rule string) Declared {
	d.LicenseRule = rule
	return d
}

// The index is the declaration for the one article.
func TestIndex(t *testing.T) {
	index, _ := NewStatement(WhereIndex, schema.CoversArticle, "CC-BY-NC-4.0", "")
	for _, c := range []struct {
		name, stated, evidence, declared, rule string
		license, where                         string
	}{
		{"alone", "", "", "", "", "CC-BY-NC-4.0", "index"},
		{"before the source", "CC-BY-NC-4.0", "index", "CC-BY-4.0", "", "CC-BY-NC-4.0", "index"},
		{"with the page", "CC-BY-NC-4.0", "rel=license", "", "", "CC-BY-NC-4.0", "rel=license"},
		{"against the page", "CC-BY-4.0", "rel=license", "CC-BY-4.0", "", "NOASSERTION", "conflict: rel=license CC-BY-4.0; index CC-BY-NC-4.0"},
		{"against the page, by rule", "CC-BY-4.0", "rel=license", "", RuleDeclared, "CC-BY-NC-4.0", "index"},
		{"against the page, by the other", "CC-BY-4.0", "rel=license", "", RulePage, "CC-BY-4.0", "rel=license"},
	} {
		r := Article(schema.Rights{License: c.stated, LicenseEvidence: optional(c.evidence)}, []Statement{index}, Declared{License: c.declared, LicenseRule: c.rule})
		if r.License != c.license || value(r.LicenseEvidence) != c.where {
			t.Errorf("%s: %s by %s", c.name, r.License, value(r.LicenseEvidence))
		}
	}
}

func TestArticle(t *testing.T) {
	declared := Declared{License: "cc-by-sa-4.0", LicenseRule: RulePage, CommentsLicense: "CC0-1.0", RightsHolder: "Harbour Gazette", ConsentBasis: "terms", TDMBasis: "law", AllowedUses: []string{"research"}}
	evidence := text("rel=license")
	address := "https://creativecommons.org/licenses/by/3.0/de/"
	for _, c := range []struct {
		name     string
		stated   schema.Rights
		declared Declared
		want     schema.Rights // license, address, evidence
	}{
		{"nothing", schema.Rights{}, Declared{}, schema.Rights{License: "NOASSERTION"}},
		{"declared", schema.Rights{}, declared, schema.Rights{License: "CC-BY-SA-4.0", LicenseEvidence: text("declared")}},
		{"stated by address", schema.Rights{LicenseURL: &address, LicenseEvidence: evidence}, declared, schema.Rights{License: "CC-BY-3.0-DE", LicenseURL: &address, LicenseEvidence: evidence}},
		{"the address in the wrong place", schema.Rights{License: address, LicenseEvidence: evidence}, declared, schema.Rights{License: "CC-BY-3.0-DE", LicenseURL: &address, LicenseEvidence: evidence}},
		{"the address is the more exact one", schema.Rights{License: "CC BY 3.0", LicenseURL: &address, LicenseEvidence: evidence}, declared, schema.Rights{License: "CC-BY-3.0-DE", LicenseURL: &address, LicenseEvidence: evidence}},
		{"stated by name", schema.Rights{License: "CC BY-NC 2.0", LicenseEvidence: evidence}, declared, schema.Rights{License: "CC-BY-NC-2.0", LicenseEvidence: evidence}},
		{"stated as expression", schema.Rights{License: "mit", LicenseEvidence: evidence}, declared, schema.Rights{License: "MIT", LicenseEvidence: evidence}},
		{"stated in words", schema.Rights{License: "All rights reserved", LicenseEvidence: evidence}, Declared{}, schema.Rights{License: "LicenseRef-AllRightsReserved", LicenseEvidence: evidence}},
		{"words that say nothing", schema.Rights{License: "see our terms", LicenseEvidence: evidence}, Declared{}, schema.Rights{License: "NOASSERTION"}},
		{"a conflict on the page", schema.Rights{LicenseEvidence: text("conflict: link CC-BY-4.0; text MIT")}, declared, schema.Rights{License: "NOASSERTION", LicenseEvidence: text("conflict: link CC-BY-4.0; text MIT")}},
		{"a conflict that is declared away", schema.Rights{LicenseEvidence: text("conflict: link CC-BY-4.0; text MIT")}, with(declared, RuleDeclared), schema.Rights{License: "CC-BY-SA-4.0", LicenseEvidence: text("declared")}},
		{"neither gives way", schema.Rights{License: "CC-BY-4.0", LicenseURL: &address, LicenseEvidence: evidence}, with(declared, ""), schema.Rights{License: "NOASSERTION", LicenseURL: &address, LicenseEvidence: text("conflict: rel=license CC-BY-3.0-DE; declared CC-BY-SA-4.0")}},
		{"the declaration holds", schema.Rights{License: "CC-BY-4.0", LicenseEvidence: evidence}, with(declared, RuleDeclared), schema.Rights{License: "CC-BY-SA-4.0", LicenseEvidence: text("declared")}},
		{"they agree", schema.Rights{License: "CC-BY-SA-4.0", LicenseEvidence: evidence}, with(declared, ""), schema.Rights{License: "CC-BY-SA-4.0", LicenseEvidence: evidence}},
		{"the declaration is more exact", schema.Rights{License: "LicenseRef-CC-BY-SA", LicenseEvidence: evidence}, with(declared, ""), schema.Rights{License: "CC-BY-SA-4.0", LicenseEvidence: text("declared")}},
		{"a notice gives way", schema.Rights{License: "LicenseRef-AllRightsReserved", LicenseEvidence: text("text")}, with(declared, ""), schema.Rights{License: "CC-BY-SA-4.0", LicenseEvidence: text("declared")}},
		{"a record's own", schema.Rights{License: "MIT", LicenseEvidence: text("record")}, with(declared, ""), schema.Rights{License: "MIT", LicenseEvidence: text("record")}},
		{"another address", schema.Rights{LicenseURL: text("https://pier.example/terms"), LicenseEvidence: evidence}, Declared{}, schema.Rights{License: "NOASSERTION", LicenseURL: text("https://pier.example/terms"), LicenseEvidence: evidence}},
		{"an address with a name in it", schema.Rights{LicenseURL: text("https://jo:secret@pier.example/")}, Declared{}, schema.Rights{License: "NOASSERTION"}},
		{"no address", schema.Rights{LicenseURL: text("javascript:alert(1)")}, Declared{}, schema.Rights{License: "NOASSERTION"}},
		{"stated as unknown", schema.Rights{License: "NOASSERTION"}, declared, schema.Rights{License: "CC-BY-SA-4.0", LicenseEvidence: text("declared")}},
		{"declared as unknown", schema.Rights{}, Declared{License: "NOASSERTION"}, schema.Rights{License: "NOASSERTION"}},
	} {
		c.stated.OptOut = []string{"noai"}
		c.want.OptOut, c.want.Tier = c.stated.OptOut, schema.TierStandoff
		c.want.AllowedUses = c.declared.AllowedUses
		c.want.RightsHolder, c.want.ConsentBasis, c.want.TDMBasis = optional(c.declared.RightsHolder), optional(c.declared.ConsentBasis), optional(c.declared.TDMBasis)
		if d := cmp.Diff(c.want, Article(c.stated, nil, c.declared)); d != "" {
			t.Errorf("%s:\n%s", c.name, d)
		}
	}
}

// Whatever is stated or declared: what comes out is SPDX, closed, and an
// article's licence and its holder never cover a comment.
func TestRightsAreSound(t *testing.T) {
	statement := rapid.OneOf(rapid.SampledFrom([]string{"", "CC BY 4.0", "cc-by-4.0", "https://creativecommons.org/licenses/by/2.5/se/", "https://creativecommons.org/publicdomain/zero/1.0/", "NOASSERTION", "MIT OR GPL-2.0-only", "free", "LicenseRef-x"}), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		stated := schema.Rights{License: statement.Draw(t, "license"), LicenseURL: optional(statement.Draw(t, "address")), LicenseEvidence: text("meta")}
		d := Declared{License: statement.Draw(t, "declared"), CommentsLicense: statement.Draw(t, "of comments"), RightsHolder: "Holder"}
		article, comment := Article(stated, nil, d), Comment(schema.Rights{}, d)
		for _, r := range []schema.Rights{article, comment} {
			if r.License != schema.LicenseUnknown && !spdx(r.License) {
				t.Fatalf("%q is no SPDX expression", r.License)
			}
			if r.Tier != schema.TierStandoff {
				t.Fatalf("tier %s", r.Tier)
			}
			if r.License != schema.LicenseUnknown && r.LicenseEvidence == nil {
				t.Fatal("a licence without evidence")
			}
		}
		if comment.RightsHolder != nil || comment.LicenseURL != nil {
			t.Fatalf("the article shows in %+v", comment)
		}
		if alone := Comment(schema.Rights{}, Declared{CommentsLicense: d.CommentsLicense}); !cmp.Equal(alone, comment) {
			t.Fatalf("a comment's rights depend on its article: %+v and %+v", comment, alone)
		}
	})
}

// The lists of a record are its own.
func TestRightsShareNoList(t *testing.T) {
	d := Declared{AllowedUses: []string{"research"}}
	Article(schema.Rights{}, nil, d).AllowedUses[0] = "all"
	if Comment(schema.Rights{}, d).AllowedUses[0] != "research" {
		t.Error("records share a list")
	}
}

// Every licence that was published has a name that SPDX takes, and no other has.
func TestEveryPublishedLicence(t *testing.T) {
	for code := range ccCodes {
		for _, version := range []string{"1.0", "2.0", "2.1", "2.5", "3.0", "4.0"} {
			for _, port := range []string{"", "/de", "/us", "/uk", "/jp", "/igo"} {
				got, ok := FromURL("https://creativecommons.org/licenses/" + code + "/" + version + port + "/")
				if ok && !spdx(got) {
					t.Errorf("%s %s %s: %q is no SPDX", code, version, port, got)
				}
				if want := (version != "4.0" || port == "") && (strings.HasPrefix(code, "by") || version == "1.0" || version == "2.0"); ok != want {
					t.Errorf("%s %s %s: %q, %v", code, version, port, got, ok)
				}
			}
		}
	}
}

func FuzzStatements(f *testing.F) {
	for _, seed := range []string{"CC-BY-4.0", "(MIT OR", "https://creativecommons.org/licenses/by/3.0/de/", "CC BY-SA 4.0", "LicenseRef-a AND MIT", "DocumentRef-a:LicenseRef-b", "GPL-2.0+ WITH x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, read := range []func(string) (string, bool){
			FromURL, FromName, func(s string) (string, bool) { n, err := Normalize(s); return n, err == nil },
		} {
			got, ok := read(s)
			if ok != (got != "") || ok && got != schema.LicenseUnknown && !spdx(got) {
				t.Fatalf("%q gives %q, %v", s, got, ok)
			}
			if !ok {
				continue
			}
			if again, err := Normalize(got); err != nil || again != got {
				t.Fatalf("%q gives %q, and that %q, %v", s, got, again, err)
			}
		}
	})
}
