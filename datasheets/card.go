package datasheets

import (
	"bytes"
	"fmt"
	"strings"

	"corpus/schema"
)

// Card is the dataset card README.md: YAML front matter with one
// configuration a table, as the Hugging Face Hub reads it, then a summary for
// people.
func Card(m *Model) []byte {
	var b bytes.Buffer
	s := m.Statistics
	frontMatter(&b, m)
	fmt.Fprintf(&b, "\n# %s %s\n\n%s\n\n", markdown(m.title()), m.Version, markdown(m.description()))
	by := ""
	if m.commenters() {
		by = " by " + plural(s.Activity.Commenters, "known commenter")
	}
	answers := "[datasheet.md](datasheet.md) answers what a user should ask, [report.html](report.html) the same with plots, "
	if m.Release != nil && m.Release.Filled != nil {
		answers = "The datasheet is that of the release. "
	}
	fmt.Fprintf(&b, "%s and %s%s, built by corpus %s from %s, of which %d were rejected; %s. %s[data-dictionary.md](data-dictionary.md) says what every column means.\n\n",
		plural(s.Articles.Records, "article"), plural(m.table(schema.TableComments).Rows, "comment row"), by, m.Tool, plural(s.Ledger.Documents, "document"), m.outcome(schema.OutcomeRejected), m.ledgerStands(), answers)
	cardRelease(&b, m)
	cardTables(&b, m)
	loading(&b)
	cardSources(&b, m)
	people(&b, m)
	cardSplits(&b, m)
	cardCitation(&b, m)
	return b.Bytes()
}

// frontMatter is the metadata of the Hub: datasetcard.md of its documentation.
// What is not declared is left out.
func frontMatter(b *bytes.Buffer, m *Model) {
	b.WriteString("---\n")
	fmt.Fprintf(b, "pretty_name: %s\n", quote(m.title()))
	list := func(key string, values []string) {
		if len(values) == 0 {
			return
		}
		b.WriteString(key + ":\n")
		for _, v := range values {
			fmt.Fprintf(b, "- %s\n", quote(v))
		}
	}
	languages := m.languages()
	list("language", languages)
	key, name := hubLicense(m.licenses())
	fmt.Fprintf(b, "license: %s\n", key)
	if name != "" {
		fmt.Fprintf(b, "license_name: %s\nlicense_link: ATTRIBUTION.md\n", name)
	}
	switch len(languages) {
	case 0:
	case 1:
		b.WriteString("multilinguality:\n- monolingual\n")
	default:
		b.WriteString("multilinguality:\n- multilingual\n")
	}
	b.WriteString("annotations_creators:\n- machine-generated\nlanguage_creators:\n- found\nsource_datasets:\n- original\n")
	fmt.Fprintf(b, "size_categories:\n- %s\n", sizeCategory(m.Statistics.Articles.Records+m.Statistics.Comments.Records))
	list("tags", append([]string{"articles", "reader-comments", "threads"}, m.keywords()...))
	// A table without a row is no configuration: the library datasets cannot load one.
	var tables []schema.Table
	for _, t := range schema.Tables() {
		if m.table(t.Name).Rows > 0 {
			tables = append(tables, t)
		}
	}
	if len(tables) == 0 {
		b.WriteString("---\n")
		return
	}
	b.WriteString("configs:\n")
	for _, t := range tables {
		fmt.Fprintf(b, "- config_name: %s\n", t.Name)
		if t.Name == schema.TableArticles {
			b.WriteString("  default: true\n")
		}
		fmt.Fprintf(b, "  data_files:\n  - split: train\n    path: %s/train-*.parquet\n", t.Dir())
	}
	b.WriteString("dataset_info:\n")
	for _, t := range tables {
		size := m.table(t.Name)
		fmt.Fprintf(b, "- config_name: %s\n  features:\n", t.Name)
		for _, c := range schema.Columns(t) {
			feature(b, c)
		}
		fmt.Fprintf(b, "  splits:\n  - name: train\n    num_bytes: %d\n    num_examples: %d\n  download_size: %d\n", size.Bytes, size.Rows, size.Bytes)
	}
	b.WriteString("---\n")
}

// feature is a column in the words of the library datasets.
func feature(b *bytes.Buffer, c schema.Column) {
	fmt.Fprintf(b, "  - name: %s\n", c.Name)
	switch c.Type {
	case schema.TypeListString:
		b.WriteString("    list: string\n")
	case schema.TypeListStruct:
		b.WriteString("    list:\n")
		for _, child := range c.Children {
			fmt.Fprintf(b, "    - name: %s\n      dtype: %s\n", child.Name, dtype(child))
		}
	default:
		fmt.Fprintf(b, "    dtype: %s\n", dtype(c))
	}
}

func dtype(c schema.Column) string {
	if c.Type == schema.TypeTimestamp {
		return "timestamp[us, tz=UTC]"
	}
	return c.Type
}

// sizeCategory is the size category of the Hub for a number of records.
func sizeCategory(n int64) string {
	bounds := []struct {
		below int64
		name  string
	}{
		{1e3, "n<1K"}, {1e4, "1K<n<10K"}, {1e5, "10K<n<100K"}, {1e6, "100K<n<1M"}, {1e7, "1M<n<10M"}, {1e8, "10M<n<100M"},
		{1e9, "100M<n<1B"}, {1e10, "1B<n<10B"}, {1e11, "10B<n<100B"}, {1e12, "100B<n<1T"},
	}
	for _, b := range bounds {
		if n < b.below {
			return b.name
		}
	}
	return "n>1T"
}

func cardTables(b *bytes.Buffer, m *Model) {
	b.WriteString("## Tables\n\n")
	g := grid{Caption: "Rows", Head: []string{"table", "files", "rows"}, Names: 2}
	for _, t := range m.Statistics.Tables {
		g.row(t.Name, t.Folder+"/"+t.Name+"/", num(t.Rows))
	}
	g.markdown(b)
	b.WriteString("All files are in one part named `train`; the column `split` says which records are for training, validation and test.\n\n")
}

func loading(b *bytes.Buffer) {
	b.WriteString("## Loading\n\n```python\nfrom datasets import load_dataset\narticles = load_dataset(\"PATH\", \"articles\", split=\"train\")\ncomments = load_dataset(\"PATH\", \"comments\", split=\"train\")\n```\n\n" +
		"```python\nimport pandas as pd\ncomments = pd.read_parquet(\"PATH/data/comments\")\n```\n\n" +
		"`comments.article_id` names the article, `parent_id` the comment replied to. Offsets in `blocks` and `spans` count Unicode code points: `text[start:end]`.\n\n")
}

func cardSources(b *bytes.Buffer, m *Model) {
	b.WriteString("## Sources\n\n")
	g := grid{Caption: "What the sources declare and gave", Head: []string{"source", "site", "licence of the articles", "rights holder", "collected", "documents", "comments kept"}, Names: 5,
		Note: "These are declarations of whoever built the corpus; an empty cell was not declared. The licence of an article does not cover the comments under it."}
	for i := range m.Sources {
		s := &m.Sources[i]
		collected := text(s.Collector)
		if s.CollectedFrom != nil || s.CollectedTo != nil {
			collected = strings.TrimSpace(collected + " " + text(s.CollectedFrom) + "–" + text(s.CollectedTo))
		}
		var documents, comments int64
		for _, a := range m.Statistics.Ledger.Sources {
			if a.SourceID == s.SourceID {
				documents, comments = a.Documents, a.CommentsKept
			}
		}
		g.row(s.SourceID, text(s.Site), text(s.License), text(s.RightsHolder), collected, num(documents), num(comments))
	}
	g.markdown(b)
}

func people(b *bytes.Buffer, m *Model) {
	b.WriteString("## Persons\n\n")
	if m.Privacy == "none" {
		b.WriteString("Built with `privacy: none`: names of commenters are kept and texts are not masked.\n\n")
	} else {
		if m.Release == nil {
			b.WriteString("Commenters have keyed pseudonyms. ")
		}
		b.WriteString("In texts, names of the thread's commenters where they are addressed or quoted, and e-mail addresses, telephone numbers, IP addresses, handles and accounts are masked; `spans` says where. Names in other places are not masked. Pseudonymized data are personal data.\n\n")
	}
	g := grid{Caption: "Tiers", Head: []string{"tier", "articles", "comments"}, Names: 1}
	if m.Release == nil {
		g.Note = "This is the internal build; what may be passed on is decided by its release."
	}
	tiers := groupGrid("", "", m.Statistics.Articles.ByTier, m.Statistics.Comments.ByTier, noPlot)
	for _, row := range tiers.Rows {
		g.row(row[0], row[1], row[4])
	}
	g.markdown(b)
	var required int
	open := Open(m.Sources, m.Datasheet)
	for _, h := range open {
		if h.Required {
			required++
		}
	}
	if len(open) > 0 && (m.Release == nil || m.Release.Filled == nil) {
		fmt.Fprintf(b, "The datasheet has %s open, %d of which a release asks for.\n\n", plural(int64(len(open)), "question"), required)
	}
}

func cardSplits(b *bytes.Buffer, m *Model) {
	s := m.Statistics.Splits
	if s == nil {
		return
	}
	b.WriteString("## Splits\n\n")
	g := grid{Caption: "Splits", Head: []string{"split", "articles", "comments"}, Names: 1}
	for _, row := range groupGrid("", "", m.Statistics.Articles.BySplit, m.Statistics.Comments.BySplit, noPlot).Rows {
		g.row(row[0], row[1], row[4])
	}
	g.markdown(b)
	for _, l := range s.Leaks {
		if l.Of == schema.SplitTest && l.In == schema.SplitTrain {
			fmt.Fprintf(b, "Of %s for test by a known commenter, %d are by one who also wrote comments for training. Of %s for test, %d share at least a fifth of their word sequences with articles for training; `audit/splits.json` has all figures.\n\n",
				plural(l.Comments, "comment"), l.CommentsSeen, plural(l.Articles, "article"), l.Shared200)
		}
	}
}

func cardCitation(b *bytes.Buffer, m *Model) {
	if len(missingForCFF(m)) > 0 {
		return
	}
	b.WriteString("## Citation\n\n")
	fmt.Fprintf(b, "%s [CITATION.cff](CITATION.cff) says the same to programs.\n", markdown(citeAs(m)))
}
