package textpage_test

import (
	"strings"
	"testing"
)

// towpathText is prose enough for a tail to be looked for below it.
const towpathText = `The towpath between the two locks was closed in the winter, because the bank had slid into the water over a length of forty steps, and because nobody knew who owned it. The council said that the trust did, and the trust said that the council did.

In March three people from the boatyard carried stones to the place, one after the other, in a cart that had been made for coal. They did so for nine evenings, and on the tenth a man from the council came and told them that they should not.

They went on all the same. By April the path was as wide as before, and the heron that lives at the gate walked over it first, slowly, as if it had been asked to. Since then there are more walkers than in any year that the keeper remembers.
`

const headline = "The towpath is open again\n\n"

// articleText is the text of the article in a dump, block by block.
func articleText(t *testing.T, dump string) string {
	t.Helper()
	var out []string
	for _, b := range textDraft(t, dump).Blocks {
		out = append(out, b.Text)
	}
	return strings.Join(out, "\n\n")
}

// TestTail checks what is cut off the end of an article.
func TestTail(t *testing.T) {
	for _, c := range []struct{ name, below, gone string }{
		{"box on the author", "\nAbout the author\n\nUna Pike has walked along canals since she was six, and she has written three books on them.\n", "since she was six"},
		{"box with a name", "\nÜber Wilma\n\nIch gehe an Kanälen entlang, seit ich sechs bin, und schreibe hier seit zwei Jahren davon.\n", "seit ich sechs"},
		{"name above a note", "\nUna Pike\n\nUna Pike walks along canals and has written three books on them in as many years.\n", "three books"},
		{"address of an author", "\nhttps://lock.example/author/una/\nWalks along canals, drinks tea, writes books on both of them in turn.\n", "drinks tea"},
		{"other articles", "\nRelated articles\n\nThe heron that would not move\nWhy the council counts its bridges twice\n", "counts its bridges"},
		{"more of the site", "\nMore columns from the lock:\n\nThe heron that would not move\n", "would not move"},
		{"arrows", "\n‹ The heron that would not move\nWhy the council counts its bridges ›\n\nThe last word on it is not yet said by anybody at all.\n", "would not move"},
		{"licence", "\nThis text is licensed under CC BY 4.0. The pictures are not.\n", "The pictures are not"},
		{"two tails", "\nRelated articles\n\nThe heron that would not move\n\nUna Pike\n\nUna Pike walks along canals and has written three books on them in as many years.\n", "would not move"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := articleText(t, headline+towpathText+c.below)
			if strings.Contains(got, c.gone) {
				t.Errorf("%q is in the text:\n%s", c.gone, got)
			}
			if !strings.Contains(got, "that the keeper remembers.") {
				t.Errorf("the end of the article is lost:\n%s", got)
			}
		})
	}
}

// TestNoTail checks that an article goes on below what only looks like its end.
func TestNoTail(t *testing.T) {
	const more = "\nIn May the trust wrote to the council that it had owned the bank all along, and it asked for the stones to be taken away again, so that it could lay its own, of which it had bought two barges full.\n"
	for _, c := range []struct{ name, below, kept string }{
		{"box between paragraphs", "\nRelated articles\n\nThe heron that would not move\n" + more, "two barges"},
		{"property with a value", "\nAuthors: Una Pike\nBook: The Towpath\n" + more, "two barges"},
		{"subheading", "\nAuthors and owners\n" + more, "two barges"},
		{"name without a note", "\nUna Pike\n" + more, "two barges"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := articleText(t, headline+towpathText+c.below)
			if !strings.Contains(got, c.kept) {
				t.Errorf("%q is not in the text:\n%s", c.kept, got)
			}
		})
	}
}

// TestAside checks lines inside an article that are no part of its text.
func TestAside(t *testing.T) {
	first, rest, _ := strings.Cut(towpathText, "\n\n")
	for _, c := range []struct {
		name, line string
		want       bool
	}{
		{"label of a picture", "Titelbild: Una Pike/Lock Press", false},
		{"caption with its credit", "The path in January, seen from the bridge. (Photo: Una Pike)", false},
		{"caption with an agency", "The keeper counts the boats on Sunday. Una Pike/Lock Press", false},
		{"owner of a picture", "The path in January © Una Pike", false},
		{"newsletter", "Sign up for the newsletter of the lock and be the first to know which gate is shut.", false},
		{"support", "If you enjoyed reading this, buy the keeper a cup of tea.", false},
		{"photo as a word", "Photo of the path: she took one every morning and showed it to nobody.", true},
		{"e-mail as a word", "The keeper wrote an e-mail to the trust, and got no answer in four weeks.", true},
		{"slash in a sentence", "He came by boat and/or on foot. Nobody asked which it was/had been.", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := articleText(t, headline+first+"\n\n"+c.line+"\n\n"+rest)
			if strings.Contains(got, c.line) != c.want {
				t.Errorf("%q in the text: %v, want %v", c.line, !c.want, c.want)
			}
		})
	}
}

// TestLede checks that the first paragraph is not lost behind a list.
func TestLede(t *testing.T) {
	const lede = "This is how the towpath was mended, and who mended it."
	got := articleText(t, headline+lede+"\n\nIn brief:\n\n• The bank\n\n• The stones\n\n• The heron\n\n"+towpathText)
	if !strings.Contains(got, lede) {
		t.Errorf("the first paragraph is lost:\n%s", got)
	}
	got = articleText(t, headline+"Share\n\n"+towpathText)
	if strings.Contains(got, "Share") {
		t.Errorf("a button is in the text:\n%s", got)
	}
	const sentence = "When nothing moved, nobody asked."
	got = articleText(t, sentence+"\n\n"+towpathText)
	if !strings.Contains(got, sentence) {
		t.Errorf("a sentence that may be the title is lost:\n%s", got)
	}
}
