package config

import (
	"strconv"
	"strings"
)

// Skeleton is the text of a commented corpus.yaml for a corpus with this name
// and the inputs that were found. It can be read by Parse as it is.
func Skeleton(name string, sources []Found) string {
	if !namePattern.MatchString(name) {
		name = "example"
	}
	if len(sources) == 0 {
		sources = []Found{{ID: "pages", Format: "auto", Inputs: []string{"pages/**/*.html"}}}
	}
	var b strings.Builder
	b.WriteString(strings.ReplaceAll(skeletonHead, "NAME", name))
	for _, s := range sources {
		b.WriteString("  - id: " + quoted(s.ID) + "\n    inputs:\n")
		for _, glob := range s.Inputs {
			b.WriteString("      - " + quoted(glob) + "\n")
		}
		b.WriteString("    format: " + quoted(s.Format))
		if s.Count > 0 {
			b.WriteString(" # as found in " + strconv.Itoa(s.Count) + " files; auto looks at each")
		} else {
			b.WriteString(" # looks at each file; or html, textpage, jsonl")
		}
		b.WriteString("\n" + skeletonSource)
	}
	return b.String()
}

// quoted writes s as a YAML text: plain where that is safe, else in double quotes.
func quoted(s string) string {
	if namePattern.MatchString(s) && strings.ContainsAny(s[:1], "abcdefghijklmnopqrstuvwxyz") && s != "null" && s != "true" && s != "false" {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r >= 0x7f && r < 0xa0:
			b.WriteString(`\x`)
			if r < 0x10 {
				b.WriteByte('0')
			}
			b.WriteString(strconv.FormatInt(int64(r), 16))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

const skeletonHead = `# What this corpus is made of. A key that is not known is an error, so that no
# misspelt one is ignored. Lines that begin with # are examples: take the # away
# to use them.
schema: 1
corpus: NAME # lower case letters, digits, - and _
version: 0.1.0 # MAJOR.MINOR.PATCH: a version is built once and never changes
# previous: 0.1.0 # the version before: splits stay, and with version: next the number follows

# title: One line for people
# description: A paragraph for people.

# pseudonyms: names become keyed ids. none keeps them: for consented corpora only.
privacy: pseudonyms

# none, thread (an article, its near duplicates and their comments stay
# together), commenter (a person stays together) or time (the oldest train).
splits: none
# split_shares: {train: 800, validation: 100, test: 100} # per mille

# Which record may leave, and how: full, gated (on agreement), standoff (no text)
# or excluded. The first rule whose conditions all hold decides. docs/rights.md
# policy:
#   default: standoff
#   rules:
#     - {name: free articles, tier: full, record: [article], license: [CC0-1.0, CC-BY-*, CC-BY-SA-*], opt_out: [none]}
#     - {name: comments, tier: gated, record: [comment], gdpr_basis: ["eu-gdpr:A6-1-e"]}

# Documents that may be rejected without the build ending with exit code 3:
# a number, or a percentage such as 2%.
accept_rejects: 0

# What one document may hold; larger ones are rejected with a reason.
# limits: {bytes: 8MiB, comments: 100000, depth: 1000}

sources:
`

const skeletonSource = `    # index: pages.csv # columns path or sha256, and url, captured_at, license
    # site: Name of the site
    # time_zone: Europe/London # of the local times on the pages
    # languages: [en, de] # what the language may be; without it any
    # identity_scope: blog.example # where one name is one person; default: each host
    # unpublished: include # of exports: keep drafts, and comments that wait or are spam; default: exclude
    # cdx: selected.cdxj # selects the records of web archives
    # post_types: [recipe] # of WordPress that are articles, beside post and page
    # gold: expected.jsonl # expected records of some pages, that extraction is measured by
    # rights:
    #   license: CC-BY-4.0 # of the articles, an SPDX expression; never covers the comments
    #   comments_license: NOASSERTION
    #   rights_holder: Name of the publisher
    #   terms_url: https://blog.example/terms
    #   license_rule: agree # where a page states another one: agree (neither holds), page or declared
    #   tdm_basis: dsm-art3 # the closed lists are in docs/rights.md; what they rest on is evidence
    #   tdm_evidence: what the ground of the text and data mining rests on
    #   allowed_uses: ["DUO:0000042"] # general research use
    # consent:
    #   consent_basis: not-consent-based # or dpv:ConsentGiven …: the consent of those who wrote
    #   consent_evidence: what that rests on
    #   gdpr_basis: eu-gdpr:A6-1-e # the legal basis under GDPR Art. 6; a person decides on it
    #   gdpr_evidence: what that rests on
    #   art9_ground: eu-gdpr:A9-2-j # the ground for special categories under GDPR Art. 9
    #   art9_evidence: what that rests on
    #   art14: eu-gdpr:A14 # how the persons were informed, or why not
    #   art14_evidence: where the notice stands
    #   controller: who decides on the processing
    #   dpo_contact: office of the data protection officer
    #   dpia_ref: reference of the impact assessment
    #   ethics_board: board that reviewed the collection
    #   ethics_ref: reference of its decision
    #   ethics_date: 2026-01-31
    # collection:
    #   from: 2026-01-01
    #   to: 2026-01-31
    #   collector: who collected
    #   method: how it was collected
    #   retention_until: 2036-01-31
    #   declared_by: who declared all this
    #   declared_at: 2026-02-01
`
