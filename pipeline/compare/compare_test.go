package compare

import (
	"slices"
	"strings"
	"testing"

	"corpus/pipeline/store"
	"corpus/schema"
)

// input gives the i-th input of the lock other bytes.
func input(w *world, i int, content string) { w.lock.Inputs[i].SHA256 = sum(content) }

// TestRules has a case for every rule of the number and every kind of change.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*world)
		want   []string
		number string
	}{
		{"nothing", func(w *world) {}, nil, "1.4.2"},
		{"an article came", func(w *world) {
			w.articles = append(w.articles, article("new", "new.html"))
			w.lock.Inputs = slices.Insert(w.lock.Inputs, 0, store.LockFile{Source: "s", Path: "new.html", SHA256: sum("new.html")})
		}, []string{"articles added - minor input_added"}, "1.5.0"},
		{"an article went", func(w *world) {
			w.articles = w.articles[:1]
			w.comments = w.comments[:3]
			w.lock.Inputs = w.lock.Inputs[:1]
		}, []string{"articles removed - major input_removed", "comments removed - major input_removed"}, "2.0.0"},
		{"an article went with its page", func(w *world) {
			w.articles, w.comments = w.articles[:1], w.comments[:3]
			input(w, 1, "a page without it")
		}, []string{"articles removed - major input_changed", "comments removed - major input_changed"}, "2.0.0"},
		{"an article went by rule", func(w *world) {
			w.articles, w.comments = w.articles[:1], w.comments[:3]
			w.lock.ConfigSHA256 = sum("another")
		}, []string{"articles removed - major configuration", "comments removed - major configuration"}, "2.0.0"},
		{"a title", func(w *world) { w.articles[0].Title = ptr("Other"); w.lock.Tool.Version = "0.2.0" },
			[]string{"articles edited title major tool"}, "2.0.0"},
		{"a text of a changed input", func(w *world) {
			input(w, 0, "other bytes")
			w.articles[0].InputSHA256 = sum("other bytes")
			w.articles[0].Text, w.articles[0].TextSHA256, w.articles[0].NWords = ptr("Other"), ptr(sum("Other")), 1
		}, []string{"articles edited input_sha256 patch input_changed", "articles edited n_words patch input_changed", "articles edited text major input_changed"}, "2.0.0"},
		{"a byline", func(w *world) { w.articles[0].Byline = []string{"Al Writer"} },
			[]string{"articles edited byline major other_records"}, "2.0.0"},
		{"a state", func(w *world) { w.comments[3].State = schema.StateDeleted },
			[]string{"comments edited state major other_records"}, "2.0.0"},
		{"a time", func(w *world) { w.comments[3].PostedAt = ptr(int64(1_700_000_000_000_000)) },
			[]string{"comments edited posted_at major other_records"}, "2.0.0"},
		{"a commenter, with another key", func(w *world) { w.comments[3].CommenterID = ptr(id("x")); w.lock.KeyCheck = "bb" },
			[]string{"comments edited commenter_id major key"}, "2.0.0"},
		{"a commenter", func(w *world) { w.comments[3].CommenterID = ptr(id("x")) },
			[]string{"comments edited commenter_id major other_records"}, "2.0.0"},
		{"a parent", func(w *world) { w.reply(2, 0) },
			[]string{"comments moved parent_id major other_records", "comments edited depth patch other_records"}, "2.0.0"},
		{"a tightened tier", func(w *world) { w.comments[3].Tier = schema.TierExcluded },
			[]string{"comments edited tier major other_records"}, "2.0.0"},
		{"a loosened tier", func(w *world) { w.comments[3].Tier = schema.TierGated },
			[]string{"comments edited tier minor other_records"}, "1.5.0"},
		{"another split", func(w *world) { w.comments[3].Split = ptr(schema.SplitTest) },
			[]string{"comments edited split major other_records"}, "2.0.0"},
		{"no split", func(w *world) { w.articles[1].Split = nil },
			[]string{"articles edited split major other_records"}, "2.0.0"},
		{"a licence", func(w *world) {
			w.articles[1].License = "CC-BY-4.0"
			w.lock.ConfigSHA256, w.lock.Tool.Version = sum("x"), "0.2.0"
		},
			[]string{"articles edited license minor tool+configuration"}, "1.5.0"},
		{"a language", func(w *world) {
			w.articles[1].Lang = ptr("de")
			w.lock.Indexes = []store.LockFile{{Source: "s", Path: "index", SHA256: sum("i")}}
		},
			[]string{"articles edited lang minor index"}, "1.5.0"},
		{"votes", func(w *world) { w.comments[3].VotesUp = ptr(int32(3)) },
			[]string{"comments edited votes_up patch other_records"}, "1.4.3"},
		{"a cluster", func(w *world) { w.articles[1].NearDuplicateCluster = ptr(id("one")) },
			[]string{"articles edited near_duplicate_cluster patch other_records"}, "1.4.3"},
		{"a canonical URL", func(w *world) { w.articles[1].CanonicalURL = ptr("https://a.example/two?x") },
			[]string{"articles edited canonical_url patch other_records"}, "1.4.3"},
		{"a takedown", func(w *world) {
			w.comments[3].State, w.comments[3].Text, w.comments[3].TextSHA256 = schema.StateTombstone, nil, nil
			w.lock.TakedownSHA256 = sum("list")
		},
			[]string{"comments removed state major takedown"}, "2.0.0"},
		{"a name", func(w *world) { w.commenters[0].Name = ptr("Anna Other") },
			[]string{"commenters edited name major other_records"}, "2.0.0"},
		{"a count of a commenter", func(w *world) { w.commenters[0].NComments = 7 },
			[]string{"commenters edited n_comments patch other_records"}, "1.4.3"},
		{"a commenter came", func(w *world) { w.commenters = append(w.commenters, schema.Commenter{CommenterID: id("z")}) },
			[]string{"commenters added - minor other_records"}, "1.5.0"},
		{"a declaration", func(w *world) { w.sources[0].Site = ptr("Site"); w.lock.ConfigSHA256 = sum("x") },
			[]string{"sources edited site patch configuration"}, "1.4.3"},
		{"the audit", func(w *world) {
			w.ledger[0].Outcome = schema.OutcomeCapture
			w.captures = w.captures[1:]
			w.duplicates[0].Similarity = 900
		}, []string{"captures removed - patch other_records", "duplicates edited similarity patch other_records", "ledger edited outcome patch other_records"}, "1.4.3"},
		{"the manifest", func(w *world) {
			w.manifest.Title = "Demo"
			w.manifest.Tool.Version = "0.2.0"
			w.lock.Tool.Version = "0.2.0"
		},
			[]string{"manifest edited title patch tool", "manifest edited tool patch tool"}, "1.4.3"},
		{"more shards", func(w *world) { w.shards = 4 }, []string{"manifest edited shards patch other_records"}, "1.4.3"},

		{"an article with another id and the same text", func(w *world) {
			a := &w.articles[1]
			a.ArticleID, a.CanonicalURL, a.Title = id("moved"), ptr("https://b.example/"), ptr("Other title")
			c := &w.comments[3]
			c.ArticleID, c.CommentID, c.ThreadID = a.ArticleID, id("moved/d"), id("moved/d")
			setText(c, "Remark d, edited")
		}, []string{
			"articles re-identified article_id major other_records", "articles edited canonical_url patch other_records", "articles edited title major other_records",
			"comments re-identified comment_id major other_records", "comments edited text major other_records",
		}, "2.0.0"},
		{"an article with another id and the same address", func(w *world) {
			a := &w.articles[1]
			a.ArticleID, a.Text, a.TextSHA256 = id("moved"), ptr("Other"), ptr(sum("Other"))
			c := &w.comments[3]
			c.ArticleID, c.CommentID, c.ThreadID = a.ArticleID, id("moved/d"), id("moved/d")
		}, []string{
			"articles re-identified article_id major other_records", "articles edited text major other_records",
			"comments re-identified comment_id major other_records",
		}, "2.0.0"},
		{"an article with another id and a text that two have", func(w *world) {
			for i, name := range []string{"this", "that"} {
				a := article(name, "two.html")
				a.CanonicalURL = ptr("https://b.example/" + name)
				a.Text, a.TextSHA256 = w.articles[1].Text, w.articles[1].TextSHA256
				if i == 0 {
					w.articles[1], w.comments = a, w.comments[:3]
				} else {
					w.articles = append(w.articles, a)
				}
			}
		}, []string{
			"articles added - minor other_records", "articles added - minor other_records", "articles removed - major other_records",
			"comments removed - major other_records",
		}, "2.0.0"},
		{"a comment without an id of its site, edited, and its replies", func(w *world) {
			w.comments[0].IDBasis = schema.BasisContent
			c := &w.comments[0]
			c.CommentID = id("one/a2")
			setText(c, "Remark a, edited")
			c.ThreadID = c.CommentID
			w.reply(1, 0)
			w.reply(2, 1)
			w.comments[1].Spans = nil
		}, []string{"comments re-identified comment_id major other_records", "comments edited id_basis patch other_records", "comments edited text major other_records"}, "2.0.0"},
		{"two comments with ids of the site are two", func(w *world) {
			c := &w.comments[3]
			c.CommentID, c.ThreadID = id("two/e"), id("two/e")
			setText(c, "Something else by the same person in the same second")
		}, []string{"comments added - minor other_records", "comments removed - major other_records"}, "2.0.0"},
		{"a comment under another article", func(w *world) {
			c := &w.comments[3]
			c.ArticleID, c.CommentID, c.ThreadID, c.Position = id("one"), id("one/d"), id("one/d"), 9
		}, []string{"comments re-identified comment_id major other_records", "comments moved article_id major other_records", "comments edited position patch other_records"}, "2.0.0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			old, w := base(), base()
			c.change(w)
			s, list := compareDirs(t, old.write(t), w.write(t), 0)
			var got []string
			for _, d := range list {
				got = append(got, line(d))
				for _, text := range []*string{d.Old, d.New} {
					if text != nil && (strings.Contains(*text, "Anna") || strings.Contains(*text, "Writer")) {
						t.Errorf("%s gives out a name: %s", line(d), *text)
					}
				}
			}
			slices.Sort(got)
			want := slices.Clone(c.want)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
			}
			if s.Number != c.number {
				t.Errorf("%s follows, %s: it should be %s", s.Number, s.Why(), c.number)
			}
			if (s.Level == None) != (len(list) == 0) {
				t.Errorf("level %s with %d differences", s.Level, len(list))
			}
		})
	}
}

// A missing parent that turns up is an added record, and the other way round.
func TestMissing(t *testing.T) {
	old, w := base(), base()
	c := &old.comments[0]
	c.State, c.Text, c.TextSHA256, c.CommenterID, c.CommenterBasis = schema.StateMissing, nil, nil, nil, schema.CommenterNone
	a, b := old.write(t), w.write(t)
	s, list := compareDirs(t, a, b, 0)
	if s.Number != "1.5.0" || len(list) != 1 || line(list[0]) != "comments added state minor other_records" {
		t.Errorf("%s: %v", s.Number, list)
	}
	s, list = compareDirs(t, b, a, 0)
	if s.Number != "2.0.0" || len(list) != 1 || line(list[0]) != "comments removed state major other_records" {
		t.Errorf("%s: %v", s.Number, list)
	}
}

// Every column has a rule; one that nobody has thought about would be an edit.
func TestEveryColumnHasARule(t *testing.T) {
	for _, table := range schema.Tables() {
		if isAccount(table) {
			continue
		}
		for _, c := range schema.Columns(table) {
			if _, ok := rules[table.Name][c.Name]; !ok {
				t.Errorf("%s.%s has no rule", table.Name, c.Name)
			}
		}
		for name := range rules[table.Name] {
			if _, ok := table.Column(name); !ok {
				t.Errorf("%s has no column %s", table.Name, name)
			}
		}
	}
}

// The result does not depend on how much fits into memory, and comes in order.
func TestMemory(t *testing.T) {
	old, w := base(), base()
	for i := range 400 {
		name := string(rune('a'+i%26)) + strings.Repeat("x", i/26)
		old.articles = append(old.articles, article("old "+name, "one.html"))
		a := article("old "+name, "one.html")
		if i%3 == 0 {
			a.ArticleID = id("new " + name)
		}
		w.articles = append(w.articles, a)
		old.comments = append(old.comments, comment("old "+name, "k", "anna", "one.html"))
		c := comment("old "+name, "k", "anna", "one.html")
		c.ArticleID = a.ArticleID
		if i%3 == 0 {
			c.CommentID, c.ThreadID = id("new k "+name), id("new k "+name)
		}
		w.comments = append(w.comments, c)
	}
	a, b := old.write(t), w.write(t)
	small, few := compareDirs(t, a, b, 2000)
	large, many := compareDirs(t, a, b, 0)
	if small.Why() != large.Why() || len(few) != len(many) {
		t.Fatalf("%s (%d)\n%s (%d)", small.Why(), len(few), large.Why(), len(many))
	}
	n := 0
	for i := range many {
		if line(few[i]) != line(many[i]) || few[i].RecordID != many[i].RecordID {
			t.Errorf("difference %d: %v and %v", i, few[i], many[i])
		}
		if i > 0 && many[i-1].Table == many[i].Table && many[i-1].RecordID > many[i].RecordID {
			t.Errorf("difference %d is out of order", i)
		}
		if many[i].Change == Reidentified {
			n++
		}
	}
	if n != 2*134 {
		t.Errorf("%d re-identified", n)
	}
}

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		old   string
		level Level
		want  string
	}{
		{"1.2.3", None, "1.2.3"}, {"1.2.3", Patch, "1.2.4"}, {"1.2.3", Minor, "1.3.0"}, {"1.2.3", Major, "2.0.0"},
		{"0.1.0", Major, "1.0.0"}, {"0.1.9", Patch, "0.1.10"}, {"0.9.0", Minor, "0.10.0"},
	} {
		if got := Number(c.old, c.level); got != c.want {
			t.Errorf("%s by %s: %s", c.old, c.level, got)
		}
	}
	order := []string{"0.1.0", "0.1.2", "0.1.10", "0.2.0", "0.10.0", "1.0.0", "10.0.0"}
	for i := range order {
		for j := range order {
			if Less(order[i], order[j]) != (i < j) {
				t.Errorf("%s before %s: %v", order[i], order[j], Less(order[i], order[j]))
			}
		}
	}
}
