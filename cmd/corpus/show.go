package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"corpus/pipeline/store"
	"corpus/schema"
)

func (a *app) showCommand() *cobra.Command {
	var article string
	var columns bool
	var sample int
	cmd := &cobra.Command{
		Use:   "show DIR",
		Short: "show a version: counts, columns, samples, threads",
		Long: `Without a flag: tables with their rows, and the first articles. With --thread ID
(the beginning of an article_id is enough) the article's comments as a tree.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := args[0]
			manifest, err := store.ReadManifest(dir)
			if err != nil {
				return err
			}
			switch {
			case article != "":
				return a.showThread(dir, article)
			case columns:
				showColumns(a.out)
				return nil
			default:
				return a.showTables(dir, manifest, sample)
			}
		},
	}
	f := cmd.Flags()
	f.StringVar(&article, "thread", "", "print the thread of this article as a tree")
	f.BoolVar(&columns, "columns", false, "print every column with its type, class and meaning")
	f.IntVar(&sample, "sample", 5, "number of articles to print")
	return cmd
}

func (a *app) showTables(dir string, m *store.Manifest, sample int) error {
	fmt.Fprintf(a.out, "%s %s (schema %d, privacy: %s)\n\n", m.Corpus, m.Version, m.Schema, m.Privacy)
	for _, t := range schema.Tables() {
		fmt.Fprintf(a.out, "  %-11s %10s rows\n", t.Name, count(m.Rows[t.Name]))
	}
	fmt.Fprintln(a.out)
	for row, err := range store.Rows[schema.Article](dir, schema.TableArticles) {
		if err != nil {
			return err
		}
		if sample--; sample < 0 {
			break
		}
		fmt.Fprintf(a.out, "  %s  %s  %s  %s words, %s comments\n", row.ArticleID, or(row.PublishedLocal, "undated"), or(row.Title, "(no title)"), count(int64(row.NWords)), count(int64(row.NComments)))
	}
	return nil
}

func showColumns(w io.Writer) {
	for _, t := range schema.Tables() {
		fmt.Fprintf(w, "%s\n", t.Name)
		for _, c := range schema.Columns(t) {
			null := ""
			if c.Nullable {
				null = ", nullable"
			}
			fmt.Fprintf(w, "  %-24s %s%s · %s\n      %s\n", c.Name, c.Type, null, c.Class, c.Doc)
		}
	}
}

// showThread prints the thread of the article whose id begins with prefix.
func (a *app) showThread(dir, prefix string) error {
	var found *schema.Article
	for row, err := range store.Rows[schema.Article](dir, schema.TableArticles) {
		if err != nil {
			return err
		}
		if !strings.HasPrefix(row.ArticleID, prefix) {
			continue
		}
		if found != nil {
			return usage(fmt.Errorf("several articles begin with %s: give more of the id", prefix))
		}
		found = &row
	}
	if found == nil {
		return usage(fmt.Errorf("no article_id begins with %s", prefix))
	}
	fmt.Fprintf(a.out, "%s\n%s · %s · %s\n\n", or(found.Title, "(no title)"), strings.Join(found.Byline, ", "), or(found.PublishedLocal, "undated"), or(found.CanonicalURL, "no address"))
	names := map[string]string{}
	children := map[string][]schema.Comment{}
	for row, err := range store.Rows[schema.Comment](dir, schema.TableComments) {
		if err != nil {
			return err
		}
		if row.ArticleID != found.ArticleID {
			continue
		}
		if row.CommenterID != nil && names[*row.CommenterID] == "" {
			names[*row.CommenterID] = fmt.Sprintf("commenter %d", len(names)+1)
		}
		children[or(row.ParentID, "")] = append(children[or(row.ParentID, "")], row)
	}
	printTree(a.out, children, names, "", "")
	return nil
}

// printTree prints the replies to parent. It keeps its own stack: a thread may
// be deeper than a goroutine's should be.
func printTree(w io.Writer, children map[string][]schema.Comment, names map[string]string, parent, indent string) {
	type level struct {
		rest   []schema.Comment
		indent string
	}
	stack := []level{{children[parent], indent}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if len(top.rest) == 0 {
			stack = stack[:len(stack)-1]
			continue
		}
		row := top.rest[0]
		top.rest = top.rest[1:]
		branch, below := "├─ ", "│  "
		if len(top.rest) == 0 {
			branch, below = "└─ ", "   "
		}
		who := "somebody"
		if row.CommenterID != nil {
			who = names[*row.CommenterID]
		}
		state := ""
		if row.State != schema.StateVisible {
			state = " [" + row.State + "]"
		}
		fmt.Fprintf(w, "%s%s%s, %s%s\n", top.indent, branch, who, or(row.PostedLocal, "undated"), state)
		next := top.indent + below
		for _, line := range wrap(or(row.Text, ""), 76) {
			fmt.Fprintf(w, "%s%s\n", next, line)
		}
		stack = append(stack, level{children[row.CommentID], next})
	}
}

// wrap breaks text into lines of at most width code points at blanks.
func wrap(text string, width int) []string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		line, length := "", 0
		for _, word := range strings.Fields(paragraph) {
			n := utf8.RuneCountInString(word)
			if length > 0 && length+1+n > width {
				lines = append(lines, line)
				line, length = "", 0
			}
			if length > 0 {
				line, length = line+" ", length+1
			}
			line, length = line+word, length+n
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func or(s *string, otherwise string) string {
	if s == nil {
		return otherwise
	}
	return *s
}
