package dom

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"corpus/pipeline/read"
	"corpus/schema"
)

// TestUnclosedFormattingIsBounded: 400 formatting elements that are left open
// must not stand in each of the paragraphs that follow.
func TestUnclosedFormattingIsBounded(t *testing.T) {
	var page strings.Builder
	page.WriteString("<p>")
	for i := range 400 {
		fmt.Fprintf(&page, "<font size=%d>", i)
	}
	for i := range 2000 {
		fmt.Fprintf(&page, "<p>word %d", i)
	}
	tree, err := Parse(page.String())
	if err != nil {
		t.Fatal(err)
	}
	if n := tree.Len(); n > 24_000 { // eight open elements, a paragraph and a text in each of them
		t.Errorf("%d nodes", n)
	}
	texts := 0
	for id := range tree.Len() {
		if tree.IsText(id) {
			texts++
		}
	}
	if texts != 2000 {
		t.Errorf("%d of 2000 texts are left", texts)
	}
}

func TestMarkupThatTakesTooMuchIsRejected(t *testing.T) {
	for name, page := range map[string]string{
		"elements":   strings.Repeat("<p>a", 500_000),
		"ends":       strings.Repeat("</p>", 500_000),
		"comments":   strings.Repeat("<!>", 1_000_000),
		"attributes": "<p " + strings.Repeat("a ", 1_500_000) + ">",
		"clones":     "<p><b a><b b><b c><b d><b e><b f><b g><b h>" + strings.Repeat("<p>x", 120_000),
	} {
		_, err := Parse(page)
		var r *read.Rejection
		if !errors.As(err, &r) || r.Reason != schema.ReasonTooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBoundsLeavePagesAlone: what pages in their right mind hold stays as it is.
func TestBoundsLeavePagesAlone(t *testing.T) {
	page := strings.Repeat("<table><tr><td><font size=2><b>One <i>two</i></b></font></td></tr></table><p>a < b <a href='x'>c</a>", 500)
	got, err := bounded(page)
	if err != nil || got != page {
		t.Errorf("the page changed: %v", err)
	}
}
