// Command inferred measures how often an inferred parent is right: in threads
// whose pages state who replies to whom it hides that, infers it from names and
// quotes as a flat thread is, and compares.
//
//	inferred page.html...
//
// Comments whose page states no parent tell nothing (in flat threads most are
// replies) and are only counted. The others agree with the page, or name a
// sibling (the page nests no deeper, as below an answer of Stack Exchange), or the
// right person's other comment, or are wrong.
package main

import (
	"bufio"
	"fmt"
	"os"

	"corpus/pipeline/assemble"
	"corpus/pipeline/assemble/names"
	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage"
	"corpus/pipeline/normalize"
	"corpus/pipeline/normalize/charset"
	"corpus/pipeline/read"
	"corpus/schema"
)

func main() {
	files := os.Args[1:]
	if len(files) == 0 { // names on standard input, one a line
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			files = append(files, lines.Text())
		}
	}
	var total tally
	for _, file := range files {
		if err := total.page(file); err != nil {
			fmt.Fprintln(os.Stderr, "inferred:", err)
			os.Exit(1)
		}
	}
	total.print()
}

// tally counts comments of threads that state replies.
type tally struct {
	threads, comments, replies int
	byBasis                    map[string]*verdicts
}

// verdicts on inferred parents.
type verdicts struct{ same, sibling, person, wrong, unknown int }

func (t *tally) page(file string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	page, err := charset.Decode(body, "")
	if err != nil {
		return nil // no page
	}
	draft, err := htmlpage.New().Extract(extract.Page{Text: page.Text, URL: "https://site.example/page"}, read.Limits{})
	if err != nil {
		return nil
	}
	stated := map[string]string{} // by the comment's id on the page
	replies := 0
	for i := range draft.Comments {
		c := &draft.Comments[i]
		stated[c.ID] = c.ParentID
		if c.ParentID != "" {
			replies++
		}
		c.ParentID = ""
	}
	if replies == 0 {
		return nil
	}
	doc, err := normalize.Normalize(draft, normalize.Origin{SourceID: "s", DocSHA256: fmt.Sprintf("%064d", 1)}, normalize.Rules{SourceID: "s"})
	if err != nil {
		return nil
	}
	threads, err := assemble.Assemble([]normalize.Document{*doc})
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	t.threads++
	t.replies += replies
	for _, thread := range threads {
		t.thread(thread.Comments, stated)
	}
	return nil
}

func (t *tally) thread(comments []assemble.Comment, stated map[string]string) {
	if t.byBasis == nil {
		t.byBasis = map[string]*verdicts{schema.InferredAddress: {}, schema.InferredQuote: {}}
	}
	local, author := map[string]string{}, map[string]string{}
	for i := range comments {
		local[comments[i].Row.CommentID] = comments[i].LocalID
		author[comments[i].LocalID] = names.Fold(comments[i].Author)
	}
	for i := range comments {
		t.comments++
		row := &comments[i].Row
		if row.InferredParentID == nil {
			continue
		}
		v, got, want := t.byBasis[*row.InferredBasis], local[*row.InferredParentID], stated[comments[i].LocalID]
		switch {
		case want == "":
			v.unknown++
		case got == want:
			v.same++
		case stated[got] == want:
			v.sibling++
		case author[got] == author[want]:
			v.person++
		default:
			v.wrong++
		}
	}
}

func (t *tally) print() {
	fmt.Printf("%d threads that state replies, %d comments, %d replies\n", t.threads, t.comments, t.replies)
	for _, basis := range []string{schema.InferredAddress, schema.InferredQuote} {
		v := t.byBasis[basis]
		if v == nil {
			continue
		}
		fmt.Printf("%s: %d on replies: %d same comment, %d sibling, %d the person's other comment, %d wrong; %d where the page states no parent\n",
			basis, v.same+v.sibling+v.person+v.wrong, v.same, v.sibling, v.person, v.wrong, v.unknown)
	}
}
