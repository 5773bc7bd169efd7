package htmlpage

import (
	"fmt"
	"testing"

	"corpus/pipeline/extract"
)

// programs states by hand what the pages of forums and other known programs must say.
var programs = map[string]expected{
	"phpbb": {
		title: "Tin roof in hail", published: "2020-01-18T16:06", authors: []string{"Odo Finn"}, blocks: 1, order: "oldest",
		comments: []reply{
			{"502", "", "Berrit", "2020-01-18T17:30", "Odo Finn wrote: Mine wakes the hens.|Put felt below the sheets."},
			{"503", "502", "Odo Finn", "2020-01-20T07:15", "Berrit wrote: Put felt below the sheets.|The hens would eat the felt."},
		},
	},
	"phpbb2": {
		title: "Which varnish", published: "2007-01-01T13:23", authors: []string{"Clinker"}, blocks: 1,
		comments: []reply{
			{"72", "", "Old Thole", "2007-01-02T08:05", "None. Use tar, and patience."},
		},
	},
	"vbulletin3": {
		title: "Fog horn manners - Pier Talk", published: "2008-03-14T21:40", authors: []string{"Keel"}, blocks: 1,
		comments: []reply{
			{"32", "", "Gunwale", "2008-03-15T06:02", "Only if it was asking somebody else."},
		},
	},
	"vbulletin4": {
		title: "Square wheels", published: "2012-05-04T19:22", authors: []string{"Hub"}, blocks: 1,
		comments: []reply{
			{"881", "", "Spoke", "2012-05-05T07:10", "Originally Posted by Hub|for more than a mile?|Two. My teeth remember both."},
		},
	},
	"vbulletin5": {
		title: "Kite string", published: "2019-04-02T17:05:00", authors: []string{"Lark"}, blocks: 1,
		comments: []reply{
			{"911", "", "Wren", "2019-04-03T08:30:00", "Twice half its length."},
		},
	},
	"xenforo1": {
		title: "Snow in the attic", published: "2017-01-15T09:45:00Z", authors: []string{"Gable"}, blocks: 1,
		comments: []reply{
			{"62", "", "Rafter", "2017-01-15T11:02", "Gable said:|The roof is whole.|Then it came in by the door."},
		},
	},
	"xenforo2": {
		title: "Left handed spoons", published: "2022-11-05T20:14:09Z", authors: []string{"Burl"}, blocks: 1,
		comments: []reply{
			{"7002", "", "Adze", "2022-11-06T07:40:00Z", "Burl said:|stir the other way round?|Only south of the line."},
		},
	},
	"discourse": {
		title: "Bees in the letter box", published: "2021-06-01T08:00:00Z", authors: []string{"privet"}, blocks: 1,
		comments: []reply{
			{"2", "", "yew", "2021-06-01T09:30:00Z", "privet:|The post has stopped.|Then you have won."},
		},
	},
	"smf": {
		title: "Ghost on the 19:10", published: "2013-11-09T19:31:15", authors: []string{"Buffer"}, blocks: 1,
		comments: []reply{
			{"42", "", "Sleeper", "2013-11-09T21:02:40", "Quote from: Buffer on November 09, 2013|It has a ticket.|Single or return?"},
		},
	},
	"mybb": {
		title: "Clock that runs on soup", published: "2016-02-11T18:45", authors: []string{"Ratchet"}, blocks: 1,
		comments: []reply{
			{"16", "", "Pawl", "2016-02-12T07:10", "(2016-02-11, 06:45 PM)Ratchet Wrote: Tomato makes it run fast.|The acid. Try leek."},
		},
	},
	"invision3": {
		title: "Bell without a tongue", published: "2011-07-08T13:05:00Z", authors: []string{"Sexton"}, blocks: 1,
		comments: []reply{
			{"22", "", "Verger", "2011-07-09T06:20:00Z", "Until somebody misses the sound."},
		},
	},
	"invision4": {
		title: "Names for a goat", published: "2018-09-03T10:11:12Z", authors: []string{"Teasel"}, blocks: 1,
		comments: []reply{
			{"302", "", "Dock", "2018-09-03T12:00:00Z", "On 9/3/2018 at 10:11 AM, Teasel said:|nothing so far.|Call her Nothing, then."},
		},
	},
	"vanilla": {
		title: "Moss as a carpet", published: "2020-05-07T09:15:00Z", authors: []string{"Sphagnum"}, blocks: 1, order: "oldest",
		comments: []reply{
			{"90", "", "Fern", "2020-05-07T11:00:00Z", "Only the ones that it likes."},
			{"91", "90", "Sphagnum", "2020-05-08T07:00:00Z", "Fern said:|the ones that it likes.|Mine it ate."},
		},
	},
	"bbpress": {
		title: "Knots for wet rope", published: "2016-03-03T16:20", authors: []string{"Hitch"}, blocks: 1,
		comments: []reply{
			{"6", "", "Bight", "2016-03-03T18:45", "The one that you did not tie."},
		},
	},
	"punbb": {
		title: "Lamp hums", published: "2014-10-02T21:17:08", authors: []string{"filament"}, blocks: 1,
		comments: []reply{
			{"211", "", "socket", "2014-10-03T08:00:41", "Then tune the fridge to it."},
		},
	},
	"reddit-old": {
		title: "My umbrella has opinions", published: "2020-02-01T10:00:00Z", authors: []string{"brolly"}, blocks: 1, stated: 3, order: "oldest",
		comments: []reply{
			{"c01", "", "gusset", "2020-02-01T11:30:00Z", "Mine trusts nobody."},
			{"c02", "c01", "brolly", "2020-02-01T12:00:00Z", "Have you tried rain?"},
			{"c03", "", "", "2020-02-01T13:00:00Z", ""},
		},
	},
	"reddit-new": {
		title: "A door that sings", published: "2023-08-01T10:00:00Z", authors: []string{"hinge_fan"}, blocks: 1, stated: 2,
		comments: []reply{
			{"e1", "", "lintel", "2023-08-01T11:00:00Z", "Oil is the song book."},
			{"e2", "e1", "hinge_fan", "2023-08-01T11:30:00Z", "It only knows it by heart."},
		},
	},
	"stackexchange": {
		title: "How do I coil a rope that coils back?", published: "2015-03-04T08:00:00Z", authors: []string{"Lay"}, blocks: 1, order: "oldest",
		comments: []reply{
			{"c900", "", "Ply", "2015-03-04T08:30:00Z", "Which way is it laid?"},
			{"89", "", "Strand", "2015-03-04T10:00:00Z", "Turn it over.|coil(rope, -1)"},
			{"c901", "89", "Lay", "2015-03-05T07:00:00Z", "It worked, twice."},
		},
	},
	"hackernews": {
		title: "Ask: Who still owns a slide rule?", published: "2022-01-10T08:00:00", authors: []string{"logtable"}, blocks: 1, order: "oldest",
		comments: []reply{
			{"5001", "", "mantissa", "2022-01-10T09:15:00", "Two. One for the left hand.|Neither agrees with the other."},
			{"5002", "5001", "logtable", "2022-01-10T10:00:00", "To how many digits?"},
			{"5003", "", "abacus", "2022-01-11T07:00:00", "I count on mine."},
		},
	},
	"disqus": {
		title: "The well that answers", published: "2020-03-01", authors: []string{"Merrin Holt"}, blocks: 2,
		comments: []reply{
			{"4801", "", "Pail", "2020-03-02T15:04", "What happens on Thursday?"},
			{"4802", "4801", "Winch", "2020-03-02T16:10", "It sleeps in."},
			{"4803", "", "", "", ""},
		},
	},
	"nodebb": {
		title: "Stilts", published: "2020-03-12T14:00:00Z", authors: []string{"heron"}, blocks: 1, order: "oldest",
		comments: []reply{
			{"31", "", "stork", "2020-03-12T15:00:00Z", "Until somebody nests on them."},
			{"32", "31", "heron", "2020-03-12T16:00:00Z", "Too late, then."},
		},
	},
	"next-state": {
		title: "Moss on the north side", published: "2021-01-01T08:00:00Z", authors: []string{"Edda Lund"}, blocks: 2, order: "oldest",
		comments: []reply{
			{"12", "", "Fern", "2021-01-02T08:00:00Z", "Does it sing?"},
			{"13", "12", "Lichen", "2021-01-03T08:00:00Z", "Only in rain.|And never for guests."},
			{"14", "", "", "2021-01-04T08:00:00Z", ""},
		},
	},
	"qa-jsonld": {
		title: "Which knot holds in wet rope?", published: "2022-03-01T08:00:00Z", authors: []string{"Hawser"}, blocks: 1, order: "oldest",
		comments: []reply{
			{"70", "", "Bight", "2022-03-02T08:00:00Z", "The one that you can untie.|It is not the one that you like."},
			{"71", "", "Link", "2022-03-03T08:00:00Z", "Use a chain."},
		},
	},
	"unseen-tables": {
		title: "Soup in a kettle", published: "2014-03-22T10:15", authors: []string{"Ladle"}, blocks: 1, order: "oldest",
		comments: []reply{
			{"72", "", "Tureen", "2014-03-22T11:40", "Thin soup, yes. Ours has kept a grudge since the barley."},
			{"73", "", "Ladle", "2014-03-23T07:05", "Barley it is, then.\nI shall apologise first."},
		},
	},
	"discourse-rendered": {
		title: "Bees in the attic", published: "2021-06-01T08:00:00Z", authors: []string{"privet"}, blocks: 1, order: "oldest",
		comments: []reply{
			{"2", "", "yew", "2021-06-01T09:30:00Z", "The fridge did."},
			{"3", "2", "box", "2021-06-01T10:30:00Z", "yew:|The fridge did.|Then unplug it and listen."},
		},
	},
	"recipe-reviews": {
		title: "Nettle soup", published: "2022-04-02T07:00:00Z", authors: []string{"Tilda Voss"}, blocks: 4, order: "oldest",
		comments: []reply{
			{"31", "", "Sorrel", "2022-04-03", "It stung a little, in a good way."},
			{"32", "", "Dock", "2022-04-05", "More potatoes."},
		},
	},
	"states": {
		title: "Keys that fit nothing", published: "2017-09-09T06:00:00Z", authors: []string{"Ulf Brask"}, blocks: 2, stated: 5, order: "oldest",
		comments: []reply{
			{"81", "", "Latch", "2017-09-09T10:00:00Z", "Mine opened the neighbour's shed."},
			{"82", "", "Bolt", "2017-09-09T11:00:00Z", ""},
			{"83", "", "Hasp", "2017-09-09T12:00:00Z", ""},
			{"84", "", "Ward", "2017-09-09T13:00:00Z", "Try the well."},
			{"85", "", "Pin", "2017-09-09T14:00:00Z", "Somebody deleted my shed, so I cannot try."},
		},
	},
	"rdfa": {
		title: "Wind in the archive", published: "2018-10-01T09:00:00Z", authors: []string{"Odile Marsh"}, blocks: 2, order: "oldest",
		comments: []reply{
			{"201", "", "draught", "2018-10-02T09:00:00Z", "Close the eighteenth century."},
			{"202", "201", "Odile Marsh", "2018-10-02T10:30:00Z", "It opens by itself."},
			{"203", "", "hinge", "2018-10-03T07:00:00Z", "Oil it."},
		},
	},
	"votes": {
		title: "A chair for the heron", published: "2023-05-01", authors: []string{"Pia Quist"}, blocks: 2, stated: 3, order: "ranked",
		comments: []reply{
			{"5", "", "Reed", "2023-05-02T10:00:00Z", "Four legs would do."},
			{"6", "5", "Sedge", "2023-05-02T11:00:00Z", "It has two and manages."},
			{"7", "", "Rush", "2023-05-01T12:00:00Z", "Ask the heron."},
		},
	},
	"reddit-levels": {
		title: "Which way does a hedgehog knock?", authors: []string{"quill_pen"}, blocks: 1,
		comments: []reply{
			{"k1", "", "bramble", "", "Sideways."},
			{"k2", "k1", "quill_pen", "", "That explains the marks."},
			{"k3", "", "heath", "", "Leave the door open."},
		},
	},
}

// marked states by hand what the pages say of comments beside author, time and
// text: "role r, state s, +up -down =score, featured".
var marked = map[string]map[string]string{
	"xenforo1":      {"62": "role moderator"},
	"reddit-old":    {"c01": "=12", "c02": "role author =-2", "c03": "state deleted"},
	"reddit-new":    {"e1": "=4", "e2": "=1"},
	"reddit-levels": {"k1": "=12", "k2": "=-1", "k3": ""},
	"stackexchange": {"c900": "=3", "89": "=12 featured", "c901": "role author"},
	"disqus":        {"4801": "+3", "4802": "role moderator", "4803": "state gone"},
	"nodebb":        {"31": "=2", "32": "=0"},
	"next-state":    {"12": "+5", "13": "", "14": "state gone"},
	"qa-jsonld":     {"70": "+9 featured", "71": "+2"},
	"states":        {"81": "", "82": "state removed", "83": "state deleted", "84": "state pending", "85": ""},
	"votes":         {"5": "+12 -3", "6": "=-4", "7": "featured"},
}

func TestMarks(t *testing.T) {
	for name, want := range marked {
		t.Run(name, func(t *testing.T) {
			seen := 0
			for _, c := range pageFile(t, name).Comments {
				if text, ok := want[c.ID]; ok {
					seen++
					if got := marks(c); got != text {
						t.Errorf("%s: %q, want %q", c.ID, got, text)
					}
				}
			}
			if seen != len(want) {
				t.Errorf("%d of %d comments are there", seen, len(want))
			}
		})
	}
}

// marks are the roles, states and votes of a comment in the words of marked.
func marks(c extract.Comment) string {
	s := ""
	add := func(part string) {
		if s != "" {
			s += " "
		}
		s += part
	}
	if c.Role != "" {
		add("role " + c.Role)
	}
	if c.State != "" {
		add("state " + c.State)
	}
	for _, n := range []struct {
		sign  string
		value *int32
	}{{"+", c.VotesUp}, {"-", c.VotesDown}, {"=", c.Score}} {
		if n.value != nil {
			add(fmt.Sprintf("%s%d", n.sign, *n.value))
		}
	}
	if c.Featured != nil && *c.Featured {
		add("featured")
	}
	return s
}
