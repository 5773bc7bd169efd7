package comments

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
)

// listPage is a page that holds nothing but a list of n rows.
func listPage(n int, row string) string {
	var b strings.Builder
	b.WriteString(`<html lang="en"><body><h1>The list</h1><div>`)
	names := []string{"Ann Moor", "Bo", "Ann Moor", "Cy", "Bo", "Dee"}
	texts := []string{
		"The lower gate was shut before noon, and nobody has the key to it.", "It hangs in the porch, behind the coats, where it always hung.",
		"The porch burnt down in March, coats and all, as you well know.", "Then somebody must have taken it out before that, and oiled it too.",
		"Oil is no proof of anything. My own key is oiled and fits no door.", "Which is why we never ask you to open the gate.",
	}
	for i := range n {
		b.WriteString(strings.NewReplacer("{n}", fmt.Sprint(i+1), "{name}", names[i%6], "{user}", fmt.Sprint(300+[]int{0, 1, 0, 2, 1, 3}[i%6]), "{time}", fmt.Sprintf("%d May 2019, 1%d:30", i+1, i%10), "{day}", fmt.Sprintf("%d May 2019", i+1), "{text}", texts[i%6]).Replace(row))
	}
	b.WriteString(`</div></body></html>`)
	return b.String()
}

func alignPage(t interface{ Fatal(...any) }, page string) (*Page, []record) {
	tree, err := dom.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	p := &Page{Tree: tree, Data: &jsonld.Graph{}, Resolve: func(s string) string { return s }, Opened: func(dom.ID, int) bool { return false }}
	return p, aligned{}.records(p)
}

// TestAligned: what makes a list of posts, and what does not.
func TestAligned(t *testing.T) {
	for name, c := range map[string]struct {
		row   string
		posts int
	}{
		"cells":                       {`<table><tr><td><b>{name}</b><br>Member<br>Posts: 7{n}</td><td><i>{time}</i><hr><div>{text}</div></td></tr></table>`, 6},
		"rows":                        {`<p><a href="/u/{user}">{name}</a> <i>{time}</i></p><div>{text}</div><hr>`, 6},
		"days and users":              {`<div><div><a href="/user/{user}">{name}</a></div><div><i>{day}</i></div><div>{text}</div></div>`, 6},
		"days without users":          {`<div><div><b>{name}</b></div><div><i>{day}</i></div><div>{text}</div></div>`, 0},
		"teasers with a link":         {`<div><h3><a href="/story{n}">The story of the gate, part {n} of many</a></h3><b>{name}</b> <i>{time}</i><div>{text}</div></div>`, 0},
		"articles under headings":     {`<div><h3>A long headline of the story {name} {n}, {text}</h3><b>{name}</b> <i>{time}</i><div>{text}</div></div>`, 0},
		"links as a whole":            {`<a href="/s{n}"><div><b>{name}</b></div><div><i>{time}</i></div><div>{text}</div></a>`, 0},
		"texts that are links":        {`<div><div><b>{name}</b></div><div><i>{time}</i></div><div><a href="/s{n}">{text}</a></div></div>`, 0},
		"rows of a log without names": {`<div><div><i>{time}</i></div><div>{text}</div></div>`, 0},
	} {
		if _, out := alignPage(t, listPage(6, c.row)); len(out) != c.posts {
			t.Errorf("%s: %d posts, want %d", name, len(out), c.posts)
		}
	}
}

// TestAlignedTexts: the text is what differs, without what the program adds.
func TestAlignedTexts(t *testing.T) {
	p, out := alignPage(t, listPage(6, `<table><tr><td><b>{name}</b><br>Member<br>Joined: 3 January 2001</td><td><i>{time}</i><hr><div>{text}</div><div>Report this post</div></td></tr></table>`))
	if len(out) != 6 {
		t.Fatalf("%d posts", len(out))
	}
	if s := p.Text(out[1].text); s != "It hangs in the porch, behind the coats, where it always hung." {
		t.Errorf("text %q", s)
	}
	if out[2].author != "Ann Moor" || out[2].posted != "2019-05-03T12:30" {
		t.Errorf("%q at %q", out[2].author, out[2].posted)
	}
}

// TestDateOrder: the order of posts tells which number is the month, where it can.
func TestDateOrder(t *testing.T) {
	page := func(dates ...string) string {
		var b strings.Builder
		for i, date := range dates {
			fmt.Fprintf(&b, `<div class="post" id="post_%d"><div class="author_information"><a href="/u/%d">Name %d</a></div><span class="post_date">%s</span><div class="post_body">What is said here, the %dth time.</div></div>`, i+1, i%2, i%2, date, i)
		}
		return `<html lang="en"><body>` + b.String() + `</body></html>`
	}
	for _, c := range []struct {
		name string
		page string
		want string // of the second post
	}{
		{"one month", page("03-04-2014, 05:05 PM", "03-05-2014, 06:40 AM", "03-07-2014, 07:12 AM"), "2014-03-05T06:40"},
		{"only one order goes on", page("09-03-2014, 05:05 PM", "10-03-2014, 06:40 AM", "01-04-2014, 07:12 AM"), "2014-03-10T06:40"},
		{"two days tell nothing", page("03-04-2014, 05:05 PM", "03-05-2014, 06:40 AM"), "2014"},
	} {
		tree, err := dom.Parse(c.page)
		if err != nil {
			t.Fatal(err)
		}
		p := &Page{Tree: tree, Data: &jsonld.Graph{}, Resolve: func(s string) string { return s }}
		f := Read(p)
		if len(f.Comments) < 2 || f.Comments[1].PostedAt != c.want {
			t.Errorf("%s: %+v, want %q", c.name, f.Comments, c.want)
		}
	}
}

// TestFlightRows: rows of Next end where their length says, or at the line's end.
func TestFlightRows(t *testing.T) {
	rows, texts := rowsOf("1:I[\"x\"]\n2f:T8,a:b\nc,d!5:[\"$\",\"$2f\"]\n6:T99,short\n7:{\"a\":1}\n")
	if len(rows) != 2 || rows[0] != `["$","$2f"]` || rows[1] != `{"a":1}` || texts["$2f"] != "a:b\nc,d!" || len(texts) != 1 {
		t.Errorf("rows %q, texts %q", rows, texts)
	}
}

// TestAlignedNeverPanics: rows of any tags, closed or not.
func TestAlignedNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"<div>", "</div>", "<td>", "<tr>", "<table>", "</table>", "<b>{name}</b>", "<i>{time}</i>", "{text}", "<a id=p{n}>", "</a>", "<blockquote>", `<p class="odd x{n}">`, "<a href=/u/{user}>{name}</a>", "<h3>{text}</h3>"}), 1, 14).Draw(t, "row")
		alignPage(t, listPage(rapid.IntRange(1, 7).Draw(t, "n"), strings.Join(parts, "")))
	})
}
