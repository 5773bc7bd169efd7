package pipeline_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"corpus/pipeline"
	"corpus/pipeline/compare"
	"corpus/schema"
)

// modelComment is a comment of a corpus that a test edits. Its time is its own
// and never changes, so that it tells who it is.
type modelComment struct {
	n      int  // its number; the time is made of it
	native bool // whether the site gives it an id
	author string
	text   string
	parent int // number of the comment that it answers, 0 for none
	votes  int
	state  string
}

// modelArticle is an article in a file of its own.
type modelArticle struct {
	n        int
	url      string
	title    string
	text     string
	comments []*modelComment
}

// model is a corpus that a test edits.
type model struct {
	articles []*modelArticle
	last     int // number of the last article or comment
}

// words makes a text that no other number has a near duplicate of.
func words(kind string, n, length int) string {
	var b strings.Builder
	for i := range length {
		fmt.Fprintf(&b, "%s%dx%d ", kind, n, i)
	}
	return strings.TrimSpace(b.String()) + "."
}

func (m *model) addArticle() *modelArticle {
	m.last++
	a := &modelArticle{n: m.last, url: fmt.Sprintf("https://pier.example/%d", m.last), title: fmt.Sprintf("Notice %d", m.last), text: words("w", m.last, 30)}
	m.articles = append(m.articles, a)
	return a
}

func (m *model) addComment(t *rapid.T, a *modelArticle) *modelComment {
	m.last++
	c := &modelComment{
		n: m.last, native: rapid.Bool().Draw(t, "native"), author: fmt.Sprintf("Person%d", rapid.IntRange(1, 5).Draw(t, "author")),
		text: words("c", m.last, 5), state: schema.StateVisible,
	}
	if len(a.comments) > 0 && rapid.Bool().Draw(t, "reply") {
		c.parent = rapid.SampledFrom(a.comments).Draw(t, "parent").n
	}
	a.comments = append(a.comments, c)
	return c
}

func (c *modelComment) id() string {
	if c.native {
		return fmt.Sprint(c.n)
	}
	return fmt.Sprintf("~%d", c.n)
}

// local is the time of a comment, to the second.
func (c *modelComment) local() string {
	return fmt.Sprintf("2026-02-%02dT%02d:%02d:%02d", 1+c.n/86400, c.n/3600%24, c.n/60%60, c.n%60)
}

func (a *modelArticle) find(n int) *modelComment {
	for _, c := range a.comments {
		if c.n == n {
			return c
		}
	}
	return nil
}

// root is the number of the comment at the top of the thread of c.
func (a *modelArticle) root(c *modelComment) int {
	for c.parent != 0 {
		c = a.find(c.parent)
	}
	return c.n
}

// write writes every article to a file of its own.
func (m *model) write(t fatal, dir string) {
	if err := os.RemoveAll(filepath.Join(dir, "in")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "in"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, a := range m.articles {
		record := map[string]any{
			"source": "a", "url": a.url, "site": nil, "title": a.title, "authors": []string{}, "published_at": nil, "modified_at": nil,
			"license": nil, "tags": []string{}, "lang": "en", "text": a.text,
		}
		comments := []any{}
		for _, c := range a.comments {
			x := map[string]any{
				"id": c.id(), "parent_id": nil, "author": c.author, "author_url": nil, "posted_at": c.local(), "text": c.text,
				"votes_up": c.votes, "state": c.state, "lang": "en",
			}
			if c.parent != 0 {
				x["parent_id"] = a.find(c.parent).id()
			}
			comments = append(comments, x)
		}
		record["comments"] = comments
		line, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "in", fmt.Sprintf("%d.jsonl", a.n)), append(line, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

type fatal interface{ Fatal(...any) }

// clone is a deep copy.
func (m *model) clone() *model {
	n := &model{last: m.last}
	for _, a := range m.articles {
		b := *a
		b.comments = nil
		for _, c := range a.comments {
			d := *c
			b.comments = append(b.comments, &d)
		}
		n.articles = append(n.articles, &b)
	}
	return n
}

// expected are the differences that a change of models has to give, without
// those that follow: counts, offsets, where a record was read.
func expected(old, new *model) []string {
	var list []string
	say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	articles := map[int][2]*modelArticle{}
	comments := map[int][2]*modelComment{}
	homes := map[int][2]*modelArticle{}
	for side, m := range []*model{old, new} {
		for _, a := range m.articles {
			pair := articles[a.n]
			pair[side] = a
			articles[a.n] = pair
			for _, c := range a.comments {
				both, home := comments[c.n], homes[c.n]
				both[side], home[side] = c, a
				comments[c.n], homes[c.n] = both, home
			}
		}
	}
	for _, n := range slices.Sorted(maps.Keys(articles)) {
		a, b := articles[n][0], articles[n][1]
		switch {
		case a == nil:
			say("articles %d added", n)
		case b == nil:
			say("articles %d removed", n)
		default:
			if a.url != b.url {
				say("articles %d re-identified article_id", n)
			}
			if a.title != b.title {
				say("articles %d edited title", n)
			}
			if a.text != b.text {
				say("articles %d edited text", n)
			}
		}
	}
	for _, n := range slices.Sorted(maps.Keys(comments)) {
		a, b := comments[n][0], comments[n][1]
		switch {
		case a == nil:
			say("comments %d added", n)
			continue
		case b == nil:
			say("comments %d removed", n)
			continue
		}
		x, y := homes[n][0], homes[n][1]
		moved := x.n != y.n
		if x.url != y.url || !a.native && a.text != b.text {
			say("comments %d re-identified comment_id", n)
		}
		switch {
		case moved:
			say("comments %d moved article_id", n)
		default:
			if a.parent != b.parent {
				say("comments %d moved parent_id", n)
			}
			if x.root(a) != y.root(b) {
				say("comments %d moved thread_id", n)
			}
		}
		if a.text != b.text {
			say("comments %d edited text", n)
		}
		if a.author != b.author {
			say("comments %d edited commenter_id", n)
		}
		if a.votes != b.votes {
			say("comments %d edited votes_up", n)
		}
		if a.state != b.state {
			say("comments %d edited state", n)
		}
	}
	return list
}

// edited are the columns that the model can change.
var edited = []string{"title", "text", "commenter_id", "votes_up", "state", "article_id", "comment_id", "parent_id", "thread_id"}

// found are the differences in the words of expected.
func found(t fatal, result *compare.Result, names map[string]string) []string {
	var list []string
	for d, err := range result.Differences() {
		if err != nil {
			t.Fatal(err)
		}
		if d.Table != schema.TableArticles && d.Table != schema.TableComments || d.Column != nil && !slices.Contains(edited, *d.Column) {
			continue
		}
		line := fmt.Sprintf("%s %s %s", d.Table, names[d.RecordID], d.Change)
		if d.Column != nil {
			line += " " + *d.Column
		}
		list = append(list, line)
	}
	return list
}

// change edits the model once.
func (m *model) change(t *rapid.T, touched map[int]bool) {
	article := func() *modelArticle { return rapid.SampledFrom(m.articles).Draw(t, "article") }
	a := article()
	var c *modelComment
	if len(a.comments) > 0 {
		c = rapid.SampledFrom(a.comments).Draw(t, "comment")
	}
	leaf := c != nil && !slices.ContainsFunc(a.comments, func(x *modelComment) bool { return x.parent == c.n })
	kind := rapid.IntRange(0, 11).Draw(t, "kind")
	if c == nil && kind >= 4 || c != nil && kind >= 5 && touched[c.n] {
		kind = 0
	}
	switch kind {
	case 0:
		a := m.addArticle()
		for range rapid.IntRange(0, 3).Draw(t, "comments") {
			m.addComment(t, a)
		}
	case 1:
		if len(m.articles) > 1 && !touched[a.n] {
			m.articles = slices.DeleteFunc(m.articles, func(x *modelArticle) bool { return x == a })
		}
	case 2:
		a.title += " again"
		touched[a.n] = true
	case 3:
		if !touched[a.n] {
			a.text = words("other", a.n, 30)
			touched[a.n] = true
		}
	case 4:
		m.addComment(t, a)
	case 5:
		if leaf {
			a.comments = slices.DeleteFunc(a.comments, func(x *modelComment) bool { return x == c })
		}
	case 6:
		c.text = words("edited", c.n, 5)
	case 7:
		c.votes++
	case 8:
		if c.author = "Newcomer"; c.n%2 == 0 {
			c.author = "Stranger"
		}
	case 9:
		if c.state == schema.StateVisible {
			c.state = schema.StatePending
		}
	case 10: // another parent, from before it, so that no circle comes
		i := slices.Index(a.comments, c)
		if i > 0 {
			c.parent = a.comments[rapid.IntRange(0, i-1).Draw(t, "new parent")].n
		}
	case 11:
		if touched[a.n] || touched[-a.n] {
			return
		}
		if rapid.Bool().Draw(t, "rename") {
			a.url += "/renamed"
			touched[a.n] = true
			return
		}
		// To another article, which neither goes nor has another address.
		to := article()
		if to == a || !leaf || c.parent != 0 || touched[to.n] {
			return
		}
		a.comments = slices.DeleteFunc(a.comments, func(x *modelComment) bool { return x == c })
		to.comments = append(to.comments, c)
		touched[a.n], touched[to.n] = true, true
	}
	if c != nil && kind >= 5 {
		touched[c.n] = true
	}
}

// TestDifferencesAreExactlyTheEdits edits a corpus at random, builds it again,
// and looks whether the comparison finds these edits and nothing else, and the
// number that follows from them.
func TestDifferencesAreExactlyTheEdits(t *testing.T) {
	fewer(t, "12")
	key := sharedKey(t)
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(shm(), "difference-")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		m := &model{last: 100}
		for range rapid.IntRange(2, 5).Draw(t, "articles") {
			a := m.addArticle()
			for range rapid.IntRange(2, 8).Draw(t, "comments") {
				m.addComment(t, a)
			}
		}
		corpus := &corpusOf{dir: dir, key: key}
		number, previous := "1.0.0", ""
		var before *model
		var dirs []string
		for range 3 {
			yaml := "corpus: steady\nversion: " + number + "\n" + previous + "sources:\n  - id: a\n    inputs: [\"in/*.jsonl\"]\n    languages: [en]\n"
			if err := os.WriteFile(filepath.Join(dir, "corpus.yaml"), []byte(yaml), 0o600); err != nil {
				t.Fatal(err)
			}
			m.write(t, dir)
			want := []string(nil)
			if before != nil {
				want = expected(before, m)
			}
			report, err := pipeline.Build(t.Context(), corpus.optionsOf(t))
			if before != nil && len(want) == 0 {
				if err == nil || !strings.Contains(err.Error(), "nothing differs") {
					t.Fatalf("nothing was edited: %v", err)
				}
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			dirs = append(dirs, filepath.Join(dir, "dist", "steady", report.Version))
			if before != nil {
				checkDifference(t, before, m, want, dirs[len(dirs)-2:])
			}
			before = m.clone()
			touched := map[int]bool{}
			edits := rapid.IntRange(5, 25).Draw(t, "edits")
			if rapid.IntRange(0, 9).Draw(t, "none") == 9 {
				edits = 0
			}
			for range edits {
				m.change(t, touched)
			}
			number, previous = "next", "previous: "+report.Version+"\n"
		}
	})
}

// fewer lets rapid check a property that costs builds fewer times.
func fewer(t *testing.T, n string) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	was := f.Value.String()
	if was != f.DefValue {
		return // asked for on the command line
	}
	if err := f.Value.Set(n); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Value.Set(was) })
}

// shm is a folder in memory, where the system has such.
func shm() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}

func checkDifference(t *rapid.T, old, new *model, want, dirs []string) {
	var sides [2]*compare.Side
	names := map[string]string{} // numbers of the model by id
	for i, dir := range dirs {
		side, err := compare.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		sides[i] = side
		m := []*model{old, new}[i]
		for _, row := range rowsIn[schema.Article](t, dir, schema.TableArticles) {
			for _, a := range m.articles {
				if a.title == *row.Title {
					names[row.ArticleID] = fmt.Sprint(a.n)
				}
			}
		}
		for _, row := range rowsIn[schema.Comment](t, dir, schema.TableComments) {
			for _, a := range m.articles {
				for _, c := range a.comments {
					if c.local() == *row.PostedLocal {
						names[row.CommentID] = fmt.Sprint(c.n)
					}
				}
			}
		}
	}
	result, err := compare.Compare(t.Context(), sides[0], sides[1], compare.Options{Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	defer result.Close()
	got := found(t, result, names)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Fatalf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	level := compare.Patch
	for _, line := range want {
		switch {
		case strings.HasSuffix(line, " added"):
			level = max(level, compare.Minor)
		case !strings.HasSuffix(line, " votes_up"):
			level = compare.Major
		}
	}
	if s := &result.Summary; s.Level != level || s.Number != s.New {
		t.Fatalf("%s is %s, %s follows, since %s; the edits are %s", s.New, s.Level, s.Number, s.Why(), cmp.Or(strings.Join(want, ", "), "none"))
	}
}
