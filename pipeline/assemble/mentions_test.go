package assemble

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/schema"
)

// marked shows the mentions of a text: {A:name} an address, {Q:name} a quote.
func marked(c *Comment) string {
	text := []rune(*c.Row.Text)
	var b strings.Builder
	at := int32(0)
	for _, m := range c.Mentions {
		b.WriteString(string(text[at:m.Start]))
		b.WriteString("{")
		switch m.Basis {
		case schema.InferredAddress:
			b.WriteString("A:")
		case schema.InferredQuote:
			b.WriteString("Q:")
		}
		b.WriteString(string(text[m.Start:m.End]) + "}")
		at = m.End
	}
	b.WriteString(string(text[at:]))
	return b.String()
}

func TestMentions(t *testing.T) {
	authors := []string{"Heron", "Old Mill", "heron77", "Will", "Dr. Reed", "Žofie Nováková", "水車小屋", "Anonymous", "Note", "Al", "rené", "jo.k_9"}
	for _, c := range []struct{ text, want string }{
		{"Heron: that is so.", "{A:Heron}: that is so."},
		{"heron : that is so.", "{A:heron} : that is so."},
		{"HERON – that is so.", "HERON – that is so."},
		{"Heron – that is so.", "{A:Heron} – that is so."},
		{"Herons: they wade.", "Herons: they wade."},
		{"A heron: it wades.", "A heron: it wades."},
		{"Old Mill: yes.\n\nHeron: no.", "{A:Old Mill}: yes.\n\n{A:Heron}: no."},
		{"first\nHeron: second line", "first\n{A:Heron}: second line"},
		{"heron77: longest name wins", "{A:heron77}: longest name wins"},
		{"Heron, you are right.", "{A:Heron}, you are right."},
		{"will, if any, is free", "will, if any, is free"},
		{"Hi Heron, welcome", "Hi {A:Heron}, welcome"},
		{"Hallo Will! Wie geht es?", "Hallo {A:Will}! Wie geht es?"},
		{"Hi everyone, Heron is here", "Hi everyone, Heron is here"},
		{"Heron and Old Mill: agreed", "{A:Heron} and {A:Old Mill}: agreed"},
		{"Heron, Will: agreed", "{A:Heron}, {A:Will}: agreed"},
		{"Heron and the others are gone", "Heron and the others are gone"},
		{"@Heron look here", "@{A:Heron} look here"},
		{"@Heron @Will look here", "@{A:Heron} @{A:Will} look here"},
		{"look here @heron!", "look here @{heron}!"},
		{"@oldmill and @old_mill", "@{A:oldmill} and @{old_mill}"},
		{"@Old is short for a name", "@{A:Old} is short for a name"},
		{"write to me@heron.example", "write to me@heron.example"},
		{"@herondale is another", "@herondale is another"},
		{"Heron wrote: it wades", "{Q:Heron} wrote: it wades"},
		{"On May 3, 2011, Old Mill wrote: it turns", "On May 3, 2011, {Q:Old Mill} wrote: it turns"},
		{"Old Mill schrieb am 3. Mai 2011 um 10:12: es dreht", "{Q:Old Mill} schrieb am 3. Mai 2011 um 10:12: es dreht"},
		{"Žofie Nováková a écrit : oui", "{Q:Žofie Nováková} a écrit : oui"},
		{"ŽOFIE NOVÁKOVÁ: ano", "{A:ŽOFIE NOVÁKOVÁ}: ano"},
		{"Originally Posted by Dr. Reed\nit grows", "Originally Posted by {Q:Dr. Reed}\nit grows"},
		{"> Heron: it wades\n\nIndeed", "> {Q:Heron}: it wades\n\nIndeed"},
		{"In reply to Will: no", "In reply to {A:Will}: no"},
		{"Will said something about it", "Will said something about it"},
		{"水車小屋：そうですね", "{A:水車小屋}：そうですね"},
		{"Anonymous: nobody", "Anonymous: nobody"},
		{"Note: this is no name", "Note: this is no name"},
		{"@Note this is one", "@{A:Note} this is one"},
		{"al: short names are spelled", "al: short names are spelled"},
		{"Al: short names are spelled", "{A:Al}: short names are spelled"},
		{"Heron://not.a.name", "Heron://not.a.name"},
		{"Heron\nI agree", "{A:Heron}\nI agree"},
		{"Heron (May 3): it wades", "{A:Heron} (May 3): it wades"},
		{"René: oui", "{A:René}: oui"},
		{"jo.k_9: hm", "{A:jo.k_9}: hm"},
		{"“Heron: yes", "“{A:Heron}: yes"},
		{"See https://pond.example/@heron for more", "See https://pond.example/@heron for more"},
	} {
		var replies []reply
		for _, a := range authors {
			replies = append(replies, reply{author: a, text: "."})
		}
		replies = append(replies, reply{author: "Writer", text: c.text})
		th := one(t, page(1, frogs, replies...))
		if got := marked(&th.Comments[len(authors)]); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// Words that are also names of the thread stay words where nobody is
// addressed, mentioned or quoted.
func TestWordsThatAreNames(t *testing.T) {
	authors := []string{"Will", "Grace", "Mark", "mayor", "Paper", "Park", "hope", "Rose", "Art", "truth77"}
	for _, c := range []struct{ text, want string }{
		{"I will, of course, have mercy and grace.", "I will, of course, have mercy and grace."},
		{"Mark my words: the rose will art.", "Mark my words: the rose will art."},
		{"Quote will follow later", "Quote will follow later"},
		{"Zitat mark und bein", "Zitat mark und bein"},
		{"Posted by will and by force", "Posted by will and by force"},
		{"To: will power alone", "To: will power alone"},
		{"Re: art and life", "Re: art and life"},
		{"As the mayor said: no more", "As the mayor said: no more"},
		{"The Paper wrote: no more", "The Paper wrote: no more"},
		{"Der Mark sagte: nein", "Der Mark sagte: nein"},
		{"this hope said: go", "this hope said: go"},
		{"Meet me @ park at noon, 3 @ will", "Meet me @ park at noon, 3 @ will"},
		{"No grace, no mercy", "No grace, no mercy"},
		{"Yes, mark. Ja, mark.", "Yes, mark. Ja, mark."},
		{"Grace is a virtue: have some", "Grace is a virtue: have some"},
		{"A rose: it smells", "A rose: it smells"},
		{"Will she or won't she?", "Will she or won't she?"},
		{"see http://will.example/: it is there", "see http://will.example/: it is there"},
		// and these are persons
		{"No Grace, no.", "No {A:Grace}, no."},
		{"thanks grace!", "thanks {A:grace}!"},
		{"Quote Grace: no mercy", "Quote {Q:Grace}: no mercy"},
		{"Quote:\n\nQuote from Mark\nyes", "Quote:\n\nQuote from {Q:Mark}\nyes"},
		{"Posted by Will on May 3", "Posted by {Q:Will} on May 3"},
		{"posted by will\nyes", "posted by {Q:will}\nyes"},
		{"Re: Art", "Re: {A:Art}"},
		{"On May 3, mayor wrote: no", "On May 3, {Q:mayor} wrote: no"},
		{"I think truth77 said: no", "I think {Q:truth77} said: no"},
		{"but then Rose wrote: no", "but then {Q:Rose} wrote: no"},
		{"@ Park no", "@ {A:Park} no"},
		{"@ park: no", "@ {A:park}: no"},
		{"mayor wrote:\nno", "{Q:mayor} wrote:\nno"},
	} {
		var replies []reply
		for _, a := range authors {
			replies = append(replies, reply{author: a, text: "."})
		}
		th := one(t, page(1, frogs, append(replies, reply{author: "Writer", text: c.text})...))
		if got := marked(&th.Comments[len(authors)]); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestMentionsNameTheFirstCommentOfThePerson(t *testing.T) {
	th := one(t, page(1, frogs,
		reply{author: "Heron", account: "5", text: "a"}, reply{author: "Heron", account: "5", text: "b"}, reply{author: "Will", text: "Heron: c"}))
	want := []Mention{{Start: 0, End: 5, Target: 0, Basis: schema.InferredAddress}}
	if d := cmp.Diff(want, th.Comments[2].Mentions); d != "" {
		t.Error(d)
	}
}

func TestCodeIsNotRead(t *testing.T) {
	d := page(1, frogs, reply{author: "Heron", text: "a"}, reply{author: "Will", text: "Heron: 1"})
	d.Comments[1].Row.Blocks[0].Kind = schema.BlockCode
	if th := one(t, d); th.Comments[1].Mentions != nil {
		t.Error("a mention in code")
	}
}

func TestInferredParents(t *testing.T) {
	for _, c := range []struct {
		name    string
		order   string
		replies []reply
		want    string // "parent basis" of the last comment
	}{
		{"address", schema.OrderOldest, []reply{{author: "Heron", text: "a"}, {author: "Reed", text: "b"}, {author: "Will", text: "Heron: c"}}, "a address"},
		{"latest of the person", schema.OrderOldest, []reply{{author: "Heron", text: "a"}, {author: "Heron", text: "b"}, {author: "Will", text: "@Heron c"}}, "b address"},
		{"not a later one", schema.OrderOldest, []reply{{author: "Reed", text: "a"}, {author: "Will", text: "Heron: c"}}, ""},
		{"not oneself", schema.OrderOldest, []reply{{author: "Heron", text: "a"}, {author: "Heron", text: "Heron: c"}}, ""},
		{"not two", schema.OrderOldest, []reply{{author: "Heron", text: "a"}, {author: "Reed", text: "b"}, {author: "Will", text: "Heron: c\n\nReed: d"}}, ""},
		{"not deep in the text", schema.OrderOldest, []reply{{author: "Heron", text: "a"}, {author: "Will", text: "c\n\nHeron: d"}}, ""},
		{"not in passing", schema.OrderOldest, []reply{{author: "Heron", text: "a"}, {author: "Will", text: "as for @Heron"}}, ""},
		{"quote finds its words", schema.OrderOldest, []reply{{author: "Heron", text: "they wade in the reeds at dawn"}, {author: "Heron", text: "other"}, {author: "Will", text: "Heron wrote: they wade in the reeds\n\nDo they?"}}, "they wade in the reeds at dawn quote"},
		{"quote without its words", schema.OrderOldest, []reply{{author: "Heron", text: "a"}, {author: "Heron", text: "b"}, {author: "Will", text: "Heron wrote: something else that nobody said"}}, "b quote"},
		{"address behind a quote", schema.OrderOldest, []reply{{author: "Heron", text: "a"}, {author: "Will", text: "> they wade\n\nHeron: do they?"}}, "a address"},
		{"stated parents speak for all", schema.OrderOldest, []reply{{id: "1", author: "Heron", text: "a"}, {id: "2", parent: "1", author: "Reed", text: "b"}, {id: "3", author: "Will", text: "Heron: c"}}, ""},
		{"name of two accounts", schema.OrderOldest, []reply{{author: "Heron", account: "1", text: "a"}, {author: "Heron", account: "2", text: "b"}, {author: "Will", text: "Heron: c"}}, ""},
		{"ranked without times", schema.OrderRanked, []reply{{author: "Heron", text: "a"}, {author: "Will", text: "Heron: c"}}, ""},
		{"ranked with times", schema.OrderRanked, []reply{{author: "Heron", at: "2001-01-03T10:00", text: "late"}, {author: "Heron", at: "2001-01-01T10:00", text: "early"}, {author: "Will", at: "2001-01-02T10:00", text: "Heron: c"}}, "early address"},
	} {
		d := page(1, frogs, c.replies...)
		d.Article.CommentOrder = c.order
		th := one(t, d)
		last := th.Comments[len(th.Comments)-1].Row
		got := ""
		if last.InferredParentID != nil {
			for i := range th.Comments {
				if th.Comments[i].Row.CommentID == *last.InferredParentID {
					got = *th.Comments[i].Row.Text + " " + *last.InferredBasis
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTheWriterIsGreetedForTheArticle(t *testing.T) {
	for _, c := range []struct {
		byline, role, text string
		want               bool
	}{
		{"", "", "Hi Heron, well said", true},
		{"Heron", "", "Hi Heron, well said", false},
		{"Heron Pond", "", "Hi Heron, well said", false},
		{"Miller", "", "Hi Heron, well said", true},
		{"", "author", "Heron: well said", false},
		{"Heron", "author", "@Heron well said", true},
	} {
		d := page(1, frogs, reply{author: "Heron", text: "a"}, reply{author: "Will", text: c.text})
		if c.byline != "" {
			d.Article.Byline = []string{c.byline}
		}
		if c.role != "" {
			d.Comments[0].Row.CommenterRole = &c.role
		}
		if got := one(t, d).Comments[1].Row.InferredParentID != nil; got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestInferredParentNewestFirst(t *testing.T) {
	d := page(1, frogs, reply{author: "Will", text: "Heron: c"}, reply{author: "Heron", text: "b"}, reply{author: "Heron", text: "a"})
	d.Article.CommentOrder = schema.OrderNewest
	th := one(t, d)
	if id := th.Comments[0].Row.InferredParentID; id == nil || *id != th.Comments[1].Row.CommentID {
		t.Error("the latest earlier comment stands behind in a thread with the newest first")
	}
}
