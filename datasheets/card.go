// Package datasheets writes the documents of a version: here the dataset card,
// whose front matter tells loaders which files make up which table.
//
// Every number in them is measured on the tables that were written, every
// statement about rights or people is one that corpus.yaml declares. The
// package must never invent prose for a question that only a person can
// answer, and never read a clock.
package datasheets

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"corpus/schema"
)

// Facts are what the card says of a version.
type Facts struct {
	Corpus      string
	Version     string
	Title       string // as declared; empty for the name
	Description string // as declared
	Privacy     string
	Tool        string
	Languages   []string // of the articles, sorted
	Tables      []TableFacts
	Sources     []SourceFacts // in the order of the configuration
	Splits      []Count       // articles by split; empty without splits
	Tiers       []Count       // articles and comments by tier
	Documents   int64
	Rejected    int64
	TestSeen    *SeenFacts // nil without splits
}

// TableFacts are the rows and files of one table.
type TableFacts struct {
	Name   string
	Folder string // data or audit
	Rows   int64
	Files  int
}

// SourceFacts are what one source declares and gave.
type SourceFacts struct {
	ID           string
	Site         string
	License      string
	RightsHolder string
	Collector    string
	From, To     string
	Documents    int64
	Comments     int64
}

// Count is a number under a name.
type Count struct {
	Name string
	N    int64
}

// SeenFacts say how far the test split leaks.
type SeenFacts struct {
	Comments       int64 // test comments with a known commenter
	CommentsSeen   int64 // those of them whose commenter occurs in training
	Articles       int64 // test articles
	ArticlesShared int64 // those of them that share at least a fifth of their word sequences with training
}

// Card is the dataset card README.md: YAML front matter with one
// configuration a table, then a summary for people.
func Card(f Facts) []byte {
	var b bytes.Buffer
	frontMatter(&b, f)
	fmt.Fprintf(&b, "\n# %s %s\n\n", f.title(), f.Version)
	if f.Description != "" {
		fmt.Fprintf(&b, "%s\n\n", strings.TrimSpace(f.Description))
	}
	fmt.Fprintf(&b, "Articles and their reader comments, built by corpus %s from %d documents, of which %d were rejected; `audit/ledger` has a row with the outcome of each.\n\n", f.Tool, f.Documents, f.Rejected)
	tables(&b, f)
	loading(&b)
	sources(&b, f)
	people(&b, f)
	splits(&b, f)
	return b.Bytes()
}

func frontMatter(b *bytes.Buffer, f Facts) {
	b.WriteString("---\n")
	fmt.Fprintf(b, "pretty_name: %s\n", quote(f.title()))
	if len(f.Languages) > 0 {
		b.WriteString("language:\n")
		for _, l := range f.Languages {
			fmt.Fprintf(b, "- %s\n", quote(l))
		}
	}
	b.WriteString("configs:\n")
	for _, t := range f.Tables {
		fmt.Fprintf(b, "- config_name: %s\n", t.Name)
		if t.Name == schema.TableArticles {
			b.WriteString("  default: true\n")
		}
		fmt.Fprintf(b, "  data_files:\n  - split: train\n    path: %s/%s/train-*.parquet\n", t.Folder, t.Name)
	}
	b.WriteString("---\n")
}

func tables(b *bytes.Buffer, f Facts) {
	b.WriteString("## Tables\n\n| table | rows | files |\n|---|---:|---|\n")
	for _, t := range f.Tables {
		fmt.Fprintf(b, "| %s | %d | `%s/%s/` |\n", t.Name, t.Rows, t.Folder, t.Name)
	}
	b.WriteString("\nAll files are in one part named `train`; the column `split` says which records are for training, validation and test.\n\n")
}

func loading(b *bytes.Buffer) {
	b.WriteString("## Loading\n\n```python\nfrom datasets import load_dataset\narticles = load_dataset(\"PATH\", \"articles\", split=\"train\")\ncomments = load_dataset(\"PATH\", \"comments\", split=\"train\")\n```\n\n" +
		"```python\nimport pandas as pd\ncomments = pd.read_parquet(\"PATH/data/comments\")\n```\n\n" +
		"`comments.article_id` names the article, `parent_id` the comment replied to. Offsets in `blocks` and `spans` count Unicode code points: `text[start:end]`.\n\n")
}

func sources(b *bytes.Buffer, f Facts) {
	b.WriteString("## Sources\n\n| source | site | licence of the articles | rights holder | collected | documents | comments |\n|---|---|---|---|---|---:|---:|\n")
	for _, s := range f.Sources {
		collected := s.Collector
		if s.From != "" || s.To != "" {
			collected = strings.TrimSpace(collected + " " + s.From + "–" + s.To)
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %d | %d |\n", cell(s.ID), cell(s.Site), cell(s.License), cell(s.RightsHolder), cell(collected), s.Documents, s.Comments)
	}
	b.WriteString("\nThese are declarations of whoever built the corpus; an empty cell was not declared. The licence of an article does not cover the comments under it.\n\n")
}

func people(b *bytes.Buffer, f Facts) {
	b.WriteString("## Persons\n\n")
	if f.Privacy == "none" {
		b.WriteString("Built with `privacy: none`: names of commenters are kept and texts are not masked.\n\n")
	} else {
		b.WriteString("Commenters have keyed pseudonyms. In texts, names of the thread's commenters where they are addressed or quoted, and e-mail addresses, telephone numbers, IP addresses, handles and accounts are masked; `spans` says where. Names in other places are not masked. Pseudonymized data are personal data.\n\n")
	}
	fmt.Fprintf(b, "Tiers of the records: %s", list(f.Tiers))
	b.WriteString(". This is the internal build; what may be passed on is decided by its release.\n\n")
}

func splits(b *bytes.Buffer, f Facts) {
	if len(f.Splits) == 0 {
		return
	}
	fmt.Fprintf(b, "## Splits\n\nArticles by split: %s.", list(f.Splits))
	if s := f.TestSeen; s != nil {
		fmt.Fprintf(b, " Of %d comments for test by a known commenter, %d are by one who also wrote comments for training. Of %d articles for test, %d share at least a fifth of their word sequences with articles for training; `audit/splits.json` has all figures.", s.Comments, s.CommentsSeen, s.Articles, s.ArticlesShared)
	}
	b.WriteString("\n")
}

// title is the declared title on one line, else the name of the corpus.
func (f *Facts) title() string {
	if t := line(f.Title); t != "" {
		return t
	}
	return f.Corpus
}

// list writes counts as "train 10, test 2".
func list(counts []Count) string {
	parts := make([]string, len(counts))
	for i, c := range counts {
		parts[i] = fmt.Sprintf("%s %d", c.Name, c.N)
	}
	return strings.Join(parts, ", ")
}

// quote is s as a YAML string on one line.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(line(s)) + `"`
}

// cell is s as a cell of a Markdown table.
func cell(s string) string {
	if s == "" {
		return " "
	}
	return strings.ReplaceAll(line(s), "|", `\|`)
}

// line folds white space and drops control characters, so that a declaration
// cannot break out of its line.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == '\ufeff' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}
