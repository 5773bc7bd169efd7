package textpage_test

import (
	"fmt"
	"strings"
	"testing"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/textpage"
	"corpus/pipeline/read"
)

// said is one comment of the pages that this test makes.
type said struct{ name, day, clock, text string }

var talk = []said{
	{"Old Pete", "4 May 2021", "08:15", "Two years! They said that about the bridge as well, and we all know how that went in the end."},
	{"trawler_anne", "4 May 2021", "09:02", "Pete is right. I sold there for thirty years, in every kind of weather, and nobody has asked me anything about what the stalls need. A wooden hut on the quay may be very nice in June. In January you cannot stand in it for an hour, let alone sell fish from it, and anybody who has ever worked out there could have told them."},
	{"J. Brine", "5 May 2021", "17:45", "The bridge was the county, not the board."},
	{"Mary Ann Winch", "16 May 2021", "22:30", "Has anybody seen the plans? I went to the town hall and they told me to come back next week."},
	{"trawler_anne", "17 May 2021", "07:01", "Mary Ann: they will tell you the same next week. My cousin has been waiting for an answer since the winter, and she only wanted to know whether there will be running water."},
}

const story = `Fish market to close for two years

The harbour board of Little Wexmouth has voted to close the old fish market for two years while its iron roof is replaced. Stalls will move to the quay, where a row of wooden huts is being built at the moment.

“We looked at every other way of doing this,” said the chair of the board after the meeting on Tuesday. “None of them would have kept the rain out, and all of them would have cost more than the town has.”

The traders are not convinced. Some have said that they will not come back once they have found another place to sell, and two have already signed a lease in the next town along the coast.

`

// forms are the ways to write a header; the text goes where %s stands.
var forms = []struct {
	name  string
	write func(c said, k int) string
	alone bool // known without a heading
	dated bool
}{
	{"says", func(c said, _ int) string { return c.name + " says:\n\n" + c.text }, true, false},
	{"said dots", func(c said, _ int) string { return c.name + " said...\n" + c.text }, true, false},
	{"says, date below", func(c said, _ int) string { return c.name + " says:\n" + c.day + " at " + c.clock + "\n\n" + c.text }, true, true},
	{"wrote on", func(c said, _ int) string { return c.name + " wrote on " + c.day + ":\n" + c.text }, true, true},
	{"said, on", func(c said, _ int) string { return c.name + " said, on " + c.day + " at " + c.clock + "\n\n" + c.text }, true, true},
	{"date above says", func(c said, _ int) string { return c.day + " at " + c.clock + "\n" + c.name + " says:\n" + c.text }, true, true},
	{"posted by", func(c said, _ int) string { return "Posted by " + c.name + " on " + c.day + "\n" + c.text }, true, true},
	{"bar", func(c said, _ int) string { return c.name + " | " + c.day + "\n\n" + c.text }, true, true},
	{"dash", func(c said, _ int) string { return c.name + " - " + c.day + ", " + c.clock + "\n" + c.text }, true, true},
	{"on at", func(c said, _ int) string { return c.name + " on " + c.day + " at " + c.clock + "\n" + c.text }, true, true},
	{"brackets", func(c said, _ int) string { return c.name + " (" + c.day + " " + c.clock + ")\n" + c.text }, true, true},
	{"date name", func(c said, _ int) string { return c.day + " " + c.clock + " " + c.name + "\n" + c.text }, true, true},
	{"date by name", func(c said, _ int) string { return c.day + " by " + c.name + "\n" + c.text }, true, true},
	{"two lines", func(c said, _ int) string { return c.name + "\n" + c.day + " at " + c.clock + "\n" + c.text }, true, true},
	{"two lines, a day", func(c said, _ int) string { return c.name + "\n" + c.day + "\n\n" + c.text }, true, true},
	{"date, name", func(c said, _ int) string { return c.day + " " + c.clock + "\n" + c.name + "\n\n" + c.text }, true, true},
	{"glued", func(c said, _ int) string {
		return c.name + c.day + " at " + c.clock + "\n\n" + c.text + "\n\nReplyDelete"
	}, true, true},
	{"number", func(c said, k int) string { return fmt.Sprintf("%d. %s, %s:\n%s", k+1, c.name, c.day, c.text) }, true, true},
	{"number sign", func(c said, k int) string {
		return fmt.Sprintf("#%d %s %s %s\n\n%s", k+1, c.name, c.day, c.clock, c.text)
	}, true, true},
	{"ago", func(c said, k int) string { return fmt.Sprintf("%s\n%d days ago\n\n%s\n\nReply", c.name, 9-k, c.text) }, true, false},
	{"below", func(c said, _ int) string { return c.text + "\nPosted by: " + c.name + " | " + c.day }, false, true},
	{"below, dash", func(c said, _ int) string { return c.text + "\n\n" + c.name + " · " + c.day }, false, true},
	{"comment by, below", func(c said, _ int) string {
		return c.text + "\n\nComment by " + c.name + " — " + c.day + " @ " + c.clock
	}, false, true},
}

func page(f func(said, int) string, bullet, heading, tail string) string {
	var b strings.Builder
	b.WriteString(story + heading)
	for k, c := range talk {
		text := f(c, k)
		if bullet != "" {
			lines := strings.Split(text, "\n")
			for i := range lines {
				if i == 0 {
					lines[i] = "  " + bullet + " " + lines[i]
				} else if lines[i] != "" {
					lines[i] = "    " + lines[i]
				}
			}
			text = strings.Join(lines, "\n")
		}
		b.WriteString(text + "\n\n")
	}
	return b.String() + tail
}

// TestForms reads every form of header with and without bullets, with and
// without a heading, and with a footer below.
func TestForms(t *testing.T) {
	for _, form := range forms {
		for _, bullet := range []string{"", "•", "□", "o"} {
			if bullet != "" && strings.HasPrefix(form.name, "number") {
				continue
			}
			for _, heading := range []string{"", "5 Comments\n\n", "Comments\n\n", "Comments (5)\n"} {
				if heading == "" && !form.alone {
					continue
				}
				for _, tail := range []string{"", "\n\nTides today\n\n\nWeather\n\nFerries\n", "Leave a Reply\n\nName\n\nWebsite\n"} {
					name := fmt.Sprintf("%s/%s/%s/%d", form.name, bullet, strings.TrimSpace(heading), len(tail))
					t.Run(name, func(t *testing.T) { checkForm(t, page(form.write, bullet, heading, tail), form.dated, heading) })
				}
			}
		}
	}
}

func checkForm(t *testing.T, text string, dated bool, heading string) {
	draft, err := textpage.New().Extract(extract.Page{Text: text}, read.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if draft.Title != "Fish market to close for two years" || len(draft.Blocks) != 3 {
		t.Errorf("title %q, %d blocks", draft.Title, len(draft.Blocks))
	}
	if len(draft.Comments) != len(talk) {
		t.Fatalf("%d comments, want %d in\n%s", len(draft.Comments), len(talk), text[len(story):])
	}
	if strings.Contains(heading, "5") && (draft.CommentsStated == nil || *draft.CommentsStated != 5) {
		t.Errorf("comments stated: %v", draft.CommentsStated)
	}
	for k, want := range talk {
		c := draft.Comments[k]
		if c.Author != want.name || textOf(c.Blocks) != want.text || c.ParentID != "" {
			t.Errorf("comment %d: %q under %q says %q, want %q: %q", k, c.Author, c.ParentID, textOf(c.Blocks), want.name, want.text)
		}
		day := map[string]string{"4": "2021-05-04", "5": "2021-05-05", "16": "2021-05-16", "17": "2021-05-17"}[strings.Fields(want.day)[0]]
		if dated && !strings.HasPrefix(c.PostedAt, day) {
			t.Errorf("comment %d: posted at %q, want %q", k, c.PostedAt, day)
		}
	}
}

// textOf joins blocks as normalize does.
func textOf(blocks []extract.Block) string {
	parts := make([]string, len(blocks))
	for i, b := range blocks {
		parts[i] = b.Text
	}
	return strings.Join(parts, "\n\n")
}
