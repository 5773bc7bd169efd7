package textpage_test

import (
	"strings"
	"testing"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/textpage"
	"corpus/pipeline/read"
	"corpus/schema"
)

// threadForms are ways in which programs print the comments of systems that the
// other tests do not have: what stands before and behind each of them, without a
// heading. {n} is the name, {d} the date, {t} the text, {k} the number.
var threadForms = []struct{ name, form string }{
	{"name twice, of an avatar", "{n} {n} {d}\n\n{t}\n(BUTTON) Like (BUTTON) Reply (BUTTON) Report\n\n"},
	{"name twice, glued", "{n}{n} {d}\n\n{t}\nLikeReplyReport\n\n"},
	{"name of a picture in brackets", "[{n}]{n} {d}\n\n{t}\n\nLike\n\nReply\n\n"},
	{"start of a picture's name", "{k}. [a]{n} says:\n    {d}\n\n    {t}\n\n    Reply\n"},
	{"two numbers", "{k}. #{k} {n} {d}\n   {t}\n   Reply Report\n"},
	{"date below, buttons below that", "[]\n\n{n}\n\n{t}\n\n{d} ·\n\nReply\n\n"},
	{"columns of a table", "{n}                                        {d}\n{t}\n\n"},
	{"subject of the first words", "{s}\n\nPosted by {n} on {d}\n\n{t}\n\n  • Reply\n\n"},
	{"subject as a heading", "### A word on it\n\nPosted by {n} on {d}\n\n{t}\n\n  * Reply\n\n"},
	{"name, place, date", "{n}\n\nUpper Wharf {k}\n\n{d}\n\n{t}\n\n12 {k}\n\n"},
	{"number in brackets", "{k}) {n} on {d}\n{t}\n\n"},
	{"number of the post, glued", "{n}{d}{k}\n\n{t}\n\n2 Likes\n\n"},
}

func fill(form string, k int, c said) string {
	words := strings.Fields(c.text)
	return strings.NewReplacer("{n}", c.name, "{d}", clockOf(c), "{t}", c.text, "{k}", string(rune('1'+k)), "{s}", strings.Join(words[:4], " ")).Replace(form)
}

// clockOf is the date of a comment as many pages have it: "May 4, 2021 at 8:15 am".
func clockOf(c said) string {
	day, _, _ := strings.Cut(c.day, " ")
	hour, rest, _ := strings.Cut(strings.TrimPrefix(c.clock, "0"), ":")
	half := "am"
	if h := map[string]string{"17": "5", "22": "10"}[hour]; h != "" {
		hour, half = h, "pm"
	}
	return "May " + day + ", 2021 at " + hour + ":" + rest + " " + half
}

// TestThreadForms: an article, a heading, comments in one of the forms, the site's
// name below them.
func TestThreadForms(t *testing.T) {
	for _, form := range threadForms {
		t.Run(form.name, func(t *testing.T) {
			var b strings.Builder
			b.WriteString("Harbour Notes\n\n" + story + "5 Comments\n\n")
			for k, c := range talk {
				b.WriteString(fill(form.form, k, c))
			}
			b.WriteString("\nHarbour Notes 2021\n")
			d := dump(t, b.String())
			if d.Title != "Fish market to close for two years" || len(d.Blocks) != 3 {
				t.Errorf("title %q, %d blocks", d.Title, len(d.Blocks))
			}
			sameTalk(t, d.Comments, talk)
		})
	}
}

// postForms are those of forums, where the opening post is the article.
var postForms = []struct{ name, form string }{
	{"profile above, signature below", "{n}\n    Posts: 12{k}\n    Joined: 12.03.2011\n\nRe: Fish market to close for two years\n\nby {n} » {d}\n\n{t}\nNever trust a tide table.\n\n"},
	{"profile as a list, title, date", "{n}\n\n     * Full Member\n     * Posts: 7{k}\n\nRe: Fish market to close for two years\n\n  « Reply #{k} on: {d} »\n\n{t}\nTides wait for no man.\n\n"},
	{"posts counted, then the date", "{n}\n\n     * Members\n     * 7{k} posts\n\nPosted {d}\n\n{t}\n\n     * Quote\n\n"},
	{"title of a member, date and number in a list", "    {n}\n\n      Member\n\n     * {d}\n     * #{k}\n\n    {t}\n    Reply\n\n"},
	{"name and date glued", "{n}{d}{k}\n\n{t}\n\n2 Likes\n\n"},
}

func TestOpeningPost(t *testing.T) {
	for _, form := range postForms {
		t.Run(form.name, func(t *testing.T) {
			posts := append([]said{{"Hull Down", "3 May 2021", "09:00", "The board will close the old fish market for two years, and nobody has told me where I am to buy my herrings until then. Has anybody seen the plans, or spoken to somebody who has? The chair was not at home when I called, and the clerk says that he is not allowed to know."}}, talk...)
			var b strings.Builder
			b.WriteString("Harbour Board\n\n  • Index\n\nFish market to close for two years\n\n")
			for k, c := range posts {
				b.WriteString(fill(form.form, k, c))
			}
			d := dump(t, b.String()+"\nHarbour Board\n")
			if d.Title != "Fish market to close for two years" || len(d.Authors) != 1 || d.Authors[0] != "Hull Down" || !strings.HasPrefix(d.PublishedAt, "2021-05-03") {
				t.Errorf("title %q by %q at %q", d.Title, d.Authors, d.PublishedAt)
			}
			if got := textOf(d.Blocks); got != posts[0].text {
				t.Errorf("article %q", got)
			}
			sameTalk(t, d.Comments, talk)
		})
	}
}

// TestWrappedHeaders: a program breaks headers at its margin, and never what
// stands below one or above one.
func TestWrappedHeaders(t *testing.T) {
	d := dump(t, `Fish market to close for two years

   The harbour board of Little Wexmouth has voted to close
   the old fish market for two years while its iron roof
   is replaced. Stalls will move to the quay, where a row
   of wooden huts is being built at the moment.

   The traders are not convinced. Some have said that they
   will not come back once they have found another place.

3 Comments

   Old Pete of the Lower Harbour Bay May 4, 2021 at 8:15
   am
   Two years! They said that about the bridge as well.

   trawler_anne May 4, 2021 at 9:02 am
   Pete is right. I sold there for thirty years, I did.
   J. Brine of the Upper Wharf May 5, 2021 at 5:45 pm
   The bridge was the county, not the board.
`)
	want := []said{{"Old Pete of the Lower Harbour Bay", "4 May 2021", "", "Two years! They said that about the bridge as well."},
		{"trawler_anne", "4 May 2021", "", "Pete is right. I sold there for thirty years, I did."},
		{"J. Brine of the Upper Wharf", "5 May 2021", "", "The bridge was the county, not the board."}}
	sameTalk(t, d.Comments, want)
}

// TestNotes: what a program shows in place of a text is a state.
func TestNotes(t *testing.T) {
	d := dump(t, story+"3 Comments\n\nOld Pete says:\nMay 4, 2021 at 8:15 am\n\nTwo years! They said that about the bridge.\n\nReply\n\nWinch says:\nMay 5, 2021 at 8:15 am\n\nThis comment has been removed by the author.\n\nReply\n\nAnne says:\nMay 6, 2021 at 8:15 am\nYour comment is awaiting moderation.\n\nHas anybody seen the plans?\n\nReply\n")
	if len(d.Comments) != 3 {
		t.Fatalf("%d comments", len(d.Comments))
	}
	for k, want := range []string{"", schema.StateDeleted, schema.StatePending} {
		if d.Comments[k].State != want {
			t.Errorf("comment %d is %q, want %q", k, d.Comments[k].State, want)
		}
	}
	if len(d.Comments[1].Blocks) != 0 || textOf(d.Comments[2].Blocks) != "Has anybody seen the plans?" {
		t.Errorf("texts %q, %q", textOf(d.Comments[1].Blocks), textOf(d.Comments[2].Blocks))
	}
}

// TestTitlesOfDumps: which line is the title, and who wrote the article.
func TestTitlesOfDumps(t *testing.T) {
	body := strings.SplitN(story, "\n\n", 2)[1]
	cha := "在云台山海拔一千六百米的地方，有一家只在下雨天营业的茶馆。老板姓周，今年七十三岁，他说晴天的时候客人应该去看山。\n\n茶馆没有电，也没有菜单。客人进门先挂好雨衣，然后坐到炉子旁边，老板看一眼他的鞋子，就知道该泡哪一种茶。\n"
	for _, c := range []struct{ name, text, title, author string }{
		{"a trail", "You are here: Home » Harbour » The fish market closes\n\nThe fish market closes\n\nBy Una Pike\n\n" + body, "The fish market closes", "Una Pike"},
		{"a date in the title", "Harbour\n\nThe harbour board on 22.04.2020 – what comes now?\n\nBy Una Pike\n\n" + body, "The harbour board on 22.04.2020 – what comes now?", "Una Pike"},
		{"the author's name above the date", "Sailors in the crisis\nUna Pike\nThu 9 Apr 2020\n\n" + body, "Sailors in the crisis", "Una Pike"},
		{"a role behind the name", "The fish market closes\n\nBy Una Pike, Transport Correspondent\n\n4 May 2021\n\n" + body, "The fish market closes", "Una Pike"},
		{"the site behind a bar", "The fish market of Little Wexmouth closes | Harbour Notes\n\nBy Una Pike\n\n" + body, "The fish market of Little Wexmouth closes", "Una Pike"},
		{"Chinese", "首页\n文化\n\n当前位置：首页 > 文化 > 正文\n\n山顶茶馆的最后一盏灯\n\n2023-11-20 09:15　来源：云台周刊　作者：林晚\n\n" + cha, "山顶茶馆的最后一盏灯", "林晚"},
	} {
		d := dump(t, c.text)
		if d.Title != c.title || len(d.Authors) != 1 || d.Authors[0] != c.author {
			t.Errorf("%s: %q by %q", c.name, d.Title, d.Authors)
		}
		for _, b := range d.Blocks {
			if strings.Contains(b.Text, c.author) {
				t.Errorf("%s: the article holds %q", c.name, b.Text)
			}
		}
	}
}

func dump(t *testing.T, text string) *extract.Draft {
	t.Helper()
	d, err := textpage.New().Extract(extract.Page{Text: text}, read.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func sameTalk(t *testing.T, got []extract.Comment, want []said) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d comments, want %d", len(got), len(want))
	}
	for k, w := range want {
		day, _, _ := strings.Cut(w.day, " ")
		if len(day) == 1 {
			day = "0" + day
		}
		if c := got[k]; c.Author != w.name || textOf(c.Blocks) != w.text || !strings.HasPrefix(c.PostedAt, "2021-05-"+day) || c.ParentID != "" {
			t.Errorf("comment %d: %q at %q under %q says %q, want %q: %q", k, c.Author, c.PostedAt, c.ParentID, textOf(c.Blocks), w.name, w.text)
		}
	}
}
