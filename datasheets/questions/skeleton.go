package questions

import "strings"

// Skeleton is the text of a datasheet.yaml in which nothing is answered, with
// every question as a comment. Parse reads it as it is.
func Skeleton() string {
	var b strings.Builder
	b.WriteString(skeletonHead)
	for _, id := range Required() {
		b.WriteString("  - " + id + "\n")
	}
	b.WriteString(skeletonAnswers)
	section := ""
	for _, q := range All() {
		if !q.Is(Human) {
			continue
		}
		if q.Section != section {
			section = q.Section
			b.WriteString("\n  # --- " + section + "\n")
		}
		note := ""
		switch {
		case q.Optional:
			note = " (optional)"
		case q.Is(Measured):
			note = " (beside what is measured)"
		case q.Is(Declared):
			note = " (beside what is declared)"
		}
		b.WriteString("\n" + comment(q.Ask+note))
		b.WriteString("  " + q.ID + ":\n    # answer:\n    # by:\n    # at:\n")
	}
	return b.String()
}

// comment breaks s into lines of a YAML comment.
func comment(s string) string {
	var b strings.Builder
	line := "  #"
	for _, word := range strings.Fields(s) {
		if len(line)+1+len(word) > 80 && line != "  #" {
			b.WriteString(line + "\n")
			line = "  #"
		}
		line += " " + word
	}
	return b.String() + line + "\n"
}

const skeletonHead = `# What people have to say of this corpus. Numbers are not asked for: they are
# measured. A question without an answer stays a hole with its name in the
# datasheet; nothing is made up for it. corpus datasheet status shows what is open.
schema: 1

# What a citation and a repository need. Take the # away to use a line.
citation:
  # creators:
  #   - {family: Name, given: Name, orcid: 0000-0002-1825-0097, affiliation: University}
  #   - {name: Name of an organization}
  # publisher: who keeps the corpus available
  # released: 2026-01-31
  # license: CC-BY-4.0 # of the compilation: ids, numbers, annotations; never of the texts
  # url: https://corpus.example/
  # doi: 10.1234/abc
  # contact: where questions and requests for removal go
  # keywords: [reader comments, news]
  # funding:
  #   - {funder: Name, number: "123", title: Name of the project}

# Questions that have to be answered before a release.
required:
`

const skeletonAnswers = `
# An answer has its text, its author and its date:
#   purpose:
#     answer: >-
#       Several lines
#       of text.
#     by: Name
#     at: 2026-01-31
answers:
`
