package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const smallest = `corpus: example
version: 0.1.0
sources:
  - id: blog
    inputs: ["pages/**/*.html"]
`

const largest = `schema: 1
corpus: harbour-voices
version: 1.20.3
title: Harbour Voices
description: |
  Two invented
  newspapers.
privacy: none
splits: commenter
split_shares: {train: 700, validation: 200, test: 100}
accept_rejects: 2.5%
limits: {bytes: 8MiB, comments: 500, depth: 40}
sources:
  - id: harbour
    inputs: ["a/**/*.html", /data/b/*.html]
    format: html
    index: harbour.csv
    site: Harbour
    time_zone: Europe/London
    languages: [en, de]
    identity_scope: harbour.example
    unpublished: include
    post_types: [recipe, event_date]
    rights: &rights
      license: CC-BY-4.0
      comments_license: NOASSERTION
      rights_holder: "Zu\u0308rich Verlag"
      terms_url: https://harbour.example/terms
      tdm_basis: dsm-art3
      allowed_uses: ["DUO:0000042"]
    consent:
      consent_basis: dpv:ConsentGiven
      gdpr_basis: eu-gdpr:A6-1-e
      art9_ground: eu-gdpr:A9-2-j
      art14: eu-gdpr:A14
      controller: University of Nowhere
      dpo_contact: dpo@university.example
      dpia_ref: D-1
      ethics_board: Board
      ethics_ref: E-1
      ethics_date: 2026-01-31
    collection:
      from: 2026-01-01
      to: 2026-01-31
      collector: a team
      method: by hand
      retention_until: 2036-01-01
      declared_by: a person
      declared_at: 2026-02-01
  - id: letters
    inputs: [letters.jsonl]
    rights: *rights
`

func TestDefaults(t *testing.T) {
	c, err := Parse([]byte(smallest), "corpus.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%d %s %s %s %s %s %+v %+v %s %v", c.Schema, c.Corpus, c.Version, c.Privacy, c.Splits, c.AcceptRejects, c.Limits, *c.SplitShares, c.Sources[0].Format, c.Sources[0].Inputs)
	want := "1 example 0.1.0 pseudonyms none 0 {Bytes:8MiB Comments:100000 Depth:1000} {Train:800 Validation:100 Test:100} auto [pages/**/*.html]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestEverythingIsRead(t *testing.T) {
	c, err := Parse([]byte(largest), "corpus.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s := c.Sources[0]
	for what, ok := range map[string]bool{
		"limits":      c.Limits == Limits{Bytes: 8 << 20, Comments: 500, Depth: 40},
		"shares":      *c.SplitShares == SplitShares{700, 200, 100},
		"accept":      c.AcceptRejects == "2.5%",
		"description": c.Description == "Two invented\nnewspapers.",
		"inputs":      strings.Join(s.Inputs, "|") == "a/**/*.html|/data/b/*.html",
		"languages":   strings.Join(s.Languages, "|") == "en|de",
		"NFC":         s.Rights.RightsHolder == "Z\u00fcrich Verlag",
		"exports":     s.Unpublished == UnpublishedInclude && strings.Join(s.PostTypes, "|") == "recipe|event_date",
		"alias":       c.Sources[1].Rights.RightsHolder == s.Rights.RightsHolder && c.Sources[1].Rights.License == "CC-BY-4.0",
		"consent":     s.Consent.EthicsDate == "2026-01-31" && s.Consent.DPOContact == "dpo@university.example",
		"collection":  s.Collection.To == "2026-01-31" && s.Collection.DeclaredAt == "2026-02-01",
		"where":       c.Where("sources[0].inputs[1]") == "corpus.yaml:15:29: ",
	} {
		if !ok {
			t.Errorf("%s is not as declared: %+v", what, c)
		}
	}
}

func TestMistakes(t *testing.T) {
	with := func(old, new string) string { return strings.Replace(largest, old, new, 1) }
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", "corpus.yaml: the file is empty"},
		{"only comments", "# nothing\n", "corpus.yaml: the file is empty"},
		{"no mapping", "- a\n", "expected keys with values"},
		{"unknown key", "corpsu: a\n" + smallest, `corpus.yaml:1:1: unknown key "corpsu" in the configuration, did you mean "corpus"?`},
		{"unknown nested key", with("inputs: [\"a", "imputs: [\"a"), `corpus.yaml:15:5: unknown key "imputs" in sources[0], did you mean "inputs"?`},
		{"unknown far key", smallest + "    zzzzzzzz: 1\n", "expected one of id, inputs, format"},
		{"wrong case", with("corpus:", "Corpus:"), `did you mean "corpus"?`},
		{"merge key", with("rights: *rights", "<<: *rights"), `unknown key "<<"`},
		{"duplicate key", smallest + "version: 0.2.0\n", `corpus.yaml:6:1: the key "version" stands twice: it is in line 2 already`},
		{"missing corpus", "version: 0.1.0\nsources: [{id: a, inputs: [b]}]\n", "corpus is missing"},
		{"missing sources", "corpus: a\nversion: 0.1.0\n", "sources is missing"},
		{"empty sources", "corpus: a\nversion: 0.1.0\nsources: []\n", "corpus.yaml:3:10: sources: the list is empty"},
		{"missing id", "corpus: a\nversion: 0.1.0\nsources:\n  - inputs: [b]\n", "corpus.yaml:4:5: sources[0].id is missing"},
		{"missing inputs", "corpus: a\nversion: 0.1.0\nsources:\n  - id: b\n", "sources[0].inputs is missing"},
		{"empty item", "corpus: a\nversion: 0.1.0\nsources:\n  -\n", "sources[0]: the item is empty"},
		{"schema 0", "schema: 0\n" + smallest, "this version reads schema 1, not 0"},
		{"schema 2", with("schema: 1", "schema: 2"), "this version reads schema 1, not 2"},
		{"schema text", with("schema: 1", "schema: one"), "schema: expected a whole number, found text"},
		{"corpus name", with("harbour-voices", "Harbour"), "no name"},
		{"corpus number", with("harbour-voices", "2024"), "expected text, found the number 2024; put it in quotes"},
		{"version float", with("1.20.3", "1.2"), "expected text, found the number 1.2"},
		{"version v", with("1.20.3", "v1.2.3"), "no version"},
		{"version zero", with("1.20.3", "01.2.3"), "no version"},
		{"version build", with("1.20.3", "1.2.3+full"), "no version"},
		{"version Next", with("1.20.3", "Next"), "or next"},
		{"previous next", smallest + "previous: next\n", "corpus.yaml:6:11: previous: expected the number of a version that is built"},
		{"previous float", smallest + "previous: 1.0\n", "corpus.yaml:6:11: previous: expected text, found the number 1.0; put it in quotes"},
		{"previous blank", smallest + "previous: \"\"\n", "previous: the text is empty"},
		{"privacy", with("privacy: none", "privacy: pseudonym"), `did you mean "pseudonyms"?`},
		{"splits", with("splits: commenter", "splits: threads"), `did you mean "thread"?`},
		{"shares", with("test: 100", "test: 99"), "add up to 1000"},
		{"share negative", with("{train: 700, validation: 200, test: 100}", "{train: 1100, validation: -200, test: 100}"), "add up to 1000"},
		{"accept", with("2.5%", "many"), "expected a number or a percentage"},
		{"accept over", with("2.5%", "101%"), "expected a number or a percentage"},
		{"accept negative", with("2.5%", "-1"), "expected a number or a percentage"},
		{"limit zero", with("comments: 500", "comments: 0"), "limits.comments: expected a number above 0"},
		{"privacy limit negative", smallest + "privacy_limit: {names: -1}\n", "privacy_limit.names: expected a number of places, 0 or more, not -1"},
		{"privacy limit key", smallest + "privacy_limit: {name: 1}\n", `did you mean "names"?`},
		{"limit size", with("8MiB", "8 apples"), "is no size"},
		{"limit overflow", with("8MiB", "99999999999GiB"), "is no size"},
		{"id", with("id: harbour", "id: Harbour One"), "is no id"},
		{"id twice", with("id: letters", "id: harbour"), "is the id of the source in line 14 already"},
		{"inputs text", with("inputs: [letters.jsonl]", "inputs: letters.jsonl"), "expected a list, found text; write it as [a, b]"},
		{"inputs empty", with("inputs: [letters.jsonl]", "inputs: []"), "the list is empty"},
		{"inputs blank", with("inputs: [letters.jsonl]", `inputs: [""]`), "the text is empty"},
		{"glob", with("[letters.jsonl]", `["[a"]`), "is no glob"},
		{"format typo", with("format: html", "format: htm"), `did you mean "html"?`},
		{"time zone", with("Europe/London", "Europe/Lundon"), "is no time zone"},
		{"time zone local", with("Europe/London", "Local"), "is no time zone"},
		{"language", with("[en, de]", "[en, xx-yy]"), "is no language"},
		{"language 639-2", with("[en, de]", "[eng]"), `did you mean "en"?`},
		{"language twice", with("[en, de]", "[en, en]"), "stands twice"},
		{"unpublished", with("unpublished: include", "unpublished: includes"), `did you mean "include"?`},
		{"post type", with("event_date", "Event Date"), "is no post type"},
		{"license", with("CC-BY-4.0", "CC BY 4"), "is no SPDX expression"},
		{"terms", with("https://harbour.example/terms", "harbour.example"), "is no web address"},
		{"date", with("2026-01-31\n    collection", "31.1.2026\n    collection"), "is no date: expected YYYY-MM-DD"},
		{"impossible date", with("from: 2026-01-01", "from: 2026-02-30"), "is no date"},
		{"order of dates", with("from: 2026-01-01", "from: 2026-05-01"), "is before from"},
		{"control character", with("title: Harbour Voices", `title: "a\u0000b"`), "control characters"},
		{"raw control", "title: a\x00b\n", "corpus.yaml:1:9: control character"},
		{"not UTF-8", "title: a\xffb\n", "corpus.yaml:1:9: not UTF-8"},
		{"syntax", "corpus: [a\n", "no valid YAML"},
		{"tab", "corpus: a\n\tversion: b\n", "corpus.yaml:2:1: no valid YAML"},
		{"two documents", smallest + "---\n" + smallest, "second YAML document"},
		{"alias without anchor", with("*rights", "*wrongs"), "*wrongs"},
		{"tag", with("title: Harbour Voices", "title: !!binary aGFsbG8="), "found a YAML tag"},
		{"truth", with("title: Harbour Voices", "title: true"), "found the truth value true; put it in quotes"},
		{"brackets", strings.Repeat("[", 100), "brackets are open"},
		{"long line", "title: " + strings.Repeat("a", 1<<17) + "\n", "a line of more than"},
		{"many lists", strings.Repeat("- ", 1000), "lists are opened in one line"},
		{"many lines", strings.Repeat("a:\n", 30_000), "corpus.yaml:20001:1: more than 20000 lines"},
		{"large", strings.Repeat("# a\n", 1<<19), "larger than 1MiB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := Parse([]byte(test.text), "corpus.yaml")
			var list Errors
			if !errors.As(err, &list) || c != nil {
				t.Fatalf("no Errors but %v", err)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("got  %s\nwant %s", err, test.want)
			}
		})
	}
}

func TestOneMistakeIsReportedOnce(t *testing.T) {
	for _, text := range []string{
		strings.Replace(smallest, "0.1.0", "1.0", 1),
		strings.Replace(smallest, "corpus:", "corpsu: x\ncorpus:", 1),
		strings.Replace(smallest, "id: blog", "id: Blog", 1),
		strings.Replace(smallest, `["pages/**/*.html"]`, "a", 1),
	} {
		_, err := Parse([]byte(text), "corpus.yaml")
		var list Errors
		if !errors.As(err, &list) || len(list) != 1 {
			t.Errorf("%s\ngives %v", text, err)
		}
	}
}

func TestSeveralMistakesInTheirOrder(t *testing.T) {
	_, err := Parse([]byte("corpus: A\nversion: x\nsplit: x\nsources:\n  - id: a\n    inputs: [b]\n    format: fead\n"), "c.yaml")
	lines := strings.Split(err.Error(), "\n")
	for i, prefix := range []string{"c.yaml:1:9: ", "c.yaml:2:10: ", "c.yaml:3:1: ", "c.yaml:7:13: "} {
		if len(lines) != 4 || !strings.HasPrefix(lines[i], prefix) {
			t.Fatalf("mistake %d is not at %s:\n%v", i, prefix, err)
		}
	}
}

func TestAliasBombIsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("corpus: a\nversion: 0.1.0\nsources:\n  - &a {id: a, inputs: [")
	for range 5000 {
		b.WriteString("x,\n")
	}
	b.WriteString("]}\n")
	for range 5000 {
		b.WriteString("  - *a\n")
	}
	_, err := Parse([]byte(b.String()), "corpus.yaml") // 25 million values if it were followed
	if err == nil || !strings.Contains(err.Error(), "aliases followed") {
		t.Errorf("got %.200v", err)
	}
	if _, err := Parse([]byte("corpus: &a [*a]\n"), "corpus.yaml"); err == nil {
		t.Error("an alias within its own anchor is taken")
	}
}

func TestLoadNamesNoFolder(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "my.yaml")
	if err := os.WriteFile(file, []byte("corpus: 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Load(file)
	if err == nil || strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "my.yaml:1:9: corpus") {
		t.Errorf("got %v", err)
	}
	if _, err := Load(filepath.Join(dir, "none.yaml")); !errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "no file none.yaml: go to its folder") || !strings.HasSuffix(err.Error(), "corpus init") {
		t.Errorf("got %v", err)
	}
}

func TestDigest(t *testing.T) {
	digest := func(text string) string {
		t.Helper()
		c, err := Parse([]byte(text), "c.yaml")
		if err != nil {
			t.Fatal(err)
		}
		return c.Digest()
	}
	base := digest(smallest)
	for name, text := range map[string]string{
		"comments": "# hello\n" + smallest,
		"defaults": "schema: 1\nprivacy: pseudonyms\nsplits: none\n" + smallest,
		"folder":   strings.Replace(smallest, "pages/", "/somewhere/else/", 1),
		"version":  strings.Replace(smallest, "0.1.0", "next", 1),
		"previous": smallest + "previous: ../old/0.0.9\n",
		"exports":  smallest + "    unpublished: exclude\n",
		"accepted": smallest + "accept_rejects: 7\n",
		"privacy":  smallest + "privacy_limit: {found: 7}\n",
		"shares":   smallest + "split_shares: {train: 1000, validation: 0, test: 0}\n",
	} {
		if digest(text) != base {
			t.Errorf("%s change the digest", name)
		}
	}
	for name, text := range map[string]string{
		"pattern": strings.Replace(smallest, "*.html", "*.htm", 1),
		"title":   smallest + "title: A\n",
		"limits":  smallest + "limits: {depth: 2}\n",
		"exports": smallest + "    unpublished: include\n",
		"source":  smallest + "    site: A\n",
	} {
		if digest(text) == base {
			t.Errorf("%s does not change the digest", name)
		}
	}
	two := "corpus: a\nversion: 0.1.0\nsources:\n  - {id: a, inputs: [x]}\n  - {id: b, inputs: [y]}\n"
	swapped := "corpus: a\nversion: 0.1.0\nsources:\n  - {id: b, inputs: [y]}\n  - {id: a, inputs: [x]}\n"
	if digest(two) != digest(swapped) {
		t.Error("the order of the sources changes the digest")
	}
}

func TestSkeletonParses(t *testing.T) {
	for _, found := range [][]Found{
		nil,
		{{ID: "pages", Format: "html", Inputs: []string{"a b/**/*.html", `q"u\o{t}e/*.htm`, "naïve/**/*"}, Count: 12}, {ID: "records", Format: "jsonl", Inputs: []string{"x.jsonl"}, Count: 1}},
	} {
		c, err := Parse([]byte(Skeleton("my-corpus", found)), "corpus.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range found {
			if strings.Join(c.Sources[i].Inputs, "\n") != strings.Join(f.Inputs, "\n") || c.Sources[i].Format != f.Format {
				t.Errorf("source %d: %+v of %+v", i, c.Sources[i], f)
			}
		}
	}
}

// The commented lines of the skeleton have to be right as well.
func TestSkeletonParsesWithoutCommentMarks(t *testing.T) {
	text := Skeleton("my-corpus", nil)
	var lines []string
	for line := range strings.Lines(text) {
		trimmed := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(trimmed)]
		if rest, ok := strings.CutPrefix(trimmed, "# "); ok {
			if key, _, found := strings.Cut(strings.TrimLeft(rest, " "), ":"); found && !strings.Contains(key, " ") && key != "none" && key != "pseudonyms" {
				line = indent + rest
			}
		}
		lines = append(lines, line)
	}
	c, err := Parse([]byte(strings.Join(lines, "")), "corpus.yaml")
	if err != nil {
		t.Fatalf("%v\n%s", err, strings.Join(lines, ""))
	}
	if c.Sources[0].Consent.EthicsDate == "" || c.Sources[0].Rights.License == "" || c.Title == "" || c.Sources[0].Collection.DeclaredBy == "" {
		t.Errorf("not everything was uncommented: %+v", c)
	}
}

func TestSizes(t *testing.T) {
	for text, want := range map[string]Size{"0": 0, "17": 17, "17B": 17, "64MiB": 64 << 20, "64 MiB": 64 << 20, "2GB": 2e9, "1TiB": 1 << 40, "3kB": 3000} {
		if got, err := ParseSize(text); err != nil || got != want {
			t.Errorf("%s is %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "MiB", "-1", "1.5GiB", "1mib", "1e3", "9223372036854775808", "8388608TiB", "1 2"} {
		if got, err := ParseSize(text); err == nil {
			t.Errorf("%q is taken as %d", text, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		size := Size(rapid.Int64Min(0).Draw(t, "size"))
		if got, err := ParseSize(size.String()); err != nil || got != size {
			t.Fatalf("%d is written %s and read %d, %v", size, size, got, err)
		}
	})
}

func TestDistance(t *testing.T) {
	word := rapid.StringMatching(`[a-z]{0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := []rune(word.Draw(t, "a")), []rune(word.Draw(t, "b"))
		d := distance(a, b)
		if d != distance(b, a) || (d == 0) != (string(a) == string(b)) || d > max(len(a), len(b)) {
			t.Fatalf("distance of %q and %q is %d", string(a), string(b), d)
		}
	})
	if d := distance([]rune("inptus"), []rune("inputs")); d != 1 {
		t.Errorf("a swap counts %d", d)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{smallest, largest, "a: &a [*a]", "a: {b: [c, {d", "- - - -\n", "? a\n: b\n", "a: |\n  b\n", "%YAML 1.2\n---\na: 1\n", "!!map {a: b}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse(data, "corpus.yaml")
		if (c == nil) == (err == nil) {
			t.Fatalf("%v and %v", c, err)
		}
		if err != nil {
			return
		}
		if again, err := Parse(data, "corpus.yaml"); err != nil || again.Digest() != c.Digest() {
			t.Fatalf("read again: %v", err)
		}
		if c.Corpus == "" || len(c.Sources) == 0 {
			t.Fatalf("taken: %+v", c)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(largest)))
	for b.Loop() {
		if _, err := Parse([]byte(largest), "corpus.yaml"); err != nil {
			b.Fatal(err)
		}
	}
}
