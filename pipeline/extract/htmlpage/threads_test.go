package htmlpage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"corpus/pipeline/extract"
	"corpus/pipeline/read"
)

// talk is one discussion, which pages of several programs show.
type talk struct {
	title string
	posts []talkPost
}

// talkPost is a post of it: who, when, what, and the post that it quotes or
// replies to, by its index, or -1.
type talkPost struct {
	author, at string
	text       string // without the quote
	quote      string
	quoted     int
	reply      int
}

var talks = map[string]talk{
	"de": {"Kachelofen zieht nicht mehr richtig", []talkPost{
		{"Rußkehrer", "2017-11-08T19:22:10", "Seit dem ersten Frost drückt der Ofen den Rauch in die Stube, obwohl der Kamin im Sommer gefegt wurde und die Klappe ganz offen steht. Woran kann das liegen, wenn der Zug am Morgen gut ist und am Abend fehlt?", "", -1, -1},
		{"Lehmbatz", "2017-11-08T20:05:44", "Miss einmal den Unterdruck, wenn die Dunstabzugshaube läuft. Bei mir war es genau die.", "", -1, 0},
		{"Rußkehrer", "2017-11-09T06:48:31", "Die Haube ist aus, aber der Trockner im Keller lief. Ich schäme mich ein wenig.", "wenn die Dunstabzugshaube läuft", 1, 1},
		{"Zugluft", "2017-11-10T12:15:00", "Und trotzdem: ein Fenster auf Kipp, solange angeheizt wird, schadet nie. Mein Schornsteinfeger schwört darauf.", "", -1, 0},
		{"Lehmbatz", "2017-11-11T08:30:27", "Das macht er nur, damit er es wärmer hat als wir.", "Mein Schornsteinfeger schwört darauf.", 3, 3},
	}},
	"en": {"Rowing boat leaks at the garboard", []talkPost{
		{"Pegleg Joe", "2014-03-04T17:05:11", "Bought a clinker boat last autumn and she takes on water within the hour. The garboard seam on the port side looks open, but I can slide no knife into it. Has anybody here cured this without pulling the whole plank?", "", -1, -1},
		{"marlinspike", "2014-03-04T18:40:52", "Let her swell first. Sink her at the mooring for three days, then look again.", "", -1, 0},
		{"Pegleg Joe", "2014-03-05T07:12:03", "Three days? The pond is frozen over until April, and the ducks have opinions.", "Sink her at the mooring for three days", 1, 1},
		{"Tallow_Ann", "2014-03-06T21:33:40", "Red lead putty and a strand of cotton, rolled in with an old pizza wheel. Do not hammer it. My grandfather did it that way, and his boat is still afloat.", "", -1, 0},
		{"marlinspike", "2014-03-07T06:01:09", "A pizza wheel! That goes into the toolbox today.", "rolled in with an old pizza wheel", 3, 3},
	}},
	"fr": {"Ma poule ne pond que le dimanche", []talkPost{
		{"Cocotte", "2019-05-12T09:14:20", "Depuis trois semaines notre rousse ne donne un œuf que le dimanche, alors que les deux autres pondent tous les jours dans la même caisse. Est-ce une question de lumière ou de caractère ?", "", -1, -1},
		{"le_grain", "2019-05-12T11:02:33", "De caractère, sans aucun doute. La mienne attendait le marché du jeudi.", "", -1, 0},
		{"Cocotte", "2019-05-13T18:45:01", "Alors je vais déplacer le marché, ce sera plus simple.", "La mienne attendait le marché du jeudi.", 1, 1},
		{"Perchoir", "2019-05-14T20:20:20", "Regardez sous le lilas : les rousses cachent volontiers leurs œufs. Nous en avons trouvé onze d'un coup.", "", -1, 0},
		{"le_grain", "2019-05-15T07:59:48", "Onze ! Il faut une deuxième poêle.", "Nous en avons trouvé onze", 3, 3},
	}},
	"it": {"Il mulino gira al contrario", []talkPost{
		{"Farina Doppia", "2018-06-15T10:40:00", "Da quando hanno pulito il canale la ruota del vecchio mulino gira al contrario, e la farina esce dalla parte del grano. Qualcuno sa se basta spostare la paratoia?", "", -1, -1},
		{"tramoggia", "2018-06-15T12:22:18", "La paratoia non c'entra. Qualcuno ha montato le pale alla rovescia.", "", -1, 0},
		{"Farina Doppia", "2018-06-16T07:05:50", "Sono stato io, di notte. Pensavo che nessuno guardasse.", "montato le pale alla rovescia", 1, 1},
		{"Macina", "2018-06-17T21:18:09", "Lasciatelo così, il pane è venuto più leggero. Mia zia ne ha già ordinati tre sacchi.", "", -1, 0},
		{"tramoggia", "2018-06-18T09:09:09", "Allora avvisate anche l'acqua.", "Lasciatelo così", 3, 3},
	}},
	"nl": {"Klompen krimpen in de regen", []talkPost{
		{"Wilgenteen", "2015-04-21T13:08:45", "Mijn klompen zijn na die natte week een halve maat kleiner geworden, terwijl ze altijd droog op het rek in de schuur staan. Kan ik ze nog oprekken zonder dat het hout barst?", "", -1, -1},
		{"Polderpiet", "2015-04-21T14:50:02", "Vullen met natte kranten en geduld. Nooit bij de kachel zetten.", "", -1, 0},
		{"Wilgenteen", "2015-04-22T08:19:37", "Te laat, de linker staat al bij de kachel en lacht me uit.", "Nooit bij de kachel zetten.", 1, 1},
		{"Els van de Dijk", "2015-04-23T19:44:00", "Dan wordt de linker een bloembak. Dat is de gang der dingen. Ik heb er al zes voor het raam hangen.", "", -1, 0},
		{"Polderpiet", "2015-04-24T06:55:12", "Zes linkers of zes rechters?", "Ik heb er al zes", 3, 3},
	}},
	"zh": {"院子里的柿子树总是隔年结果", []talkPost{
		{"老篱笆", "2020-10-18T09:30:15", "我家院子里的柿子树去年结了三百多个，今年一个也没有，叶子倒是很茂盛，浇水施肥都和往年一样。 请问有什么办法让它每年都结果吗？", "", -1, -1},
		{"果园小李", "2020-10-18T11:02:40", "大年的时候要疏果，留一半就够了，树也要休息。", "", -1, 0},
		{"老篱笆", "2020-10-19T20:15:08", "舍不得摘，邻居家的孩子也舍不得。", "留一半就够了", 1, 1},
		{"秋霜", "2020-10-21T07:45:59", "冬天剪枝的时候记得把朝里的枝条去掉。 我爷爷每年都这样剪，四十年没有断过。", "", -1, 0},
		{"果园小李", "2020-10-22T13:20:30", "四十年，真是一棵好树。", "四十年没有断过", 3, 3},
	}},
}

// threadPages are pages of forums, trackers and their like (testdata/threads),
// each written from what a program prints, with the layout of the times that it
// states and how replies are told: by quotes, by the tree, or not at all.
var threadPages = []struct {
	page, talk, layout, parents string
	thread                      bool // the first post is the article
}{
	{"phpbb2-subsilver", "en", "2006-01-02T15:04", "", true},
	{"vb3", "nl", "2006-01-02T15:04", "", true},
	{"vb4", "en", "2006-01-02T15:04", "quotes", true},
	{"smf11", "de", "2006-01-02T15:04", "quotes", true},
	{"smf21", "en", "2006-01-02T15:04", "quotes", true},
	{"mybb16-table", "nl", "2006-01-02T15:04", "quotes", true},
	{"ipb2", "en", "2006-01-02T15:04", "", true},
	{"ipb3", "en", "2006-01-02T15:04:05Z", "quotes", true},
	{"fluxbb", "fr", "2006-01-02T15:04:05", "", true},
	{"punbb14", "en", "2006-01-02T15:04:05", "", true},
	{"bbpress-theme", "en", "2006-01-02T15:04", "", true},
	{"wpforo2-qa", "de", "2006-01-02T15:04", "", true},
	{"simplepress", "en", "2006-01-02T15:04", "", true},
	{"kunena3-crypsis", "it", "2006-01-02T15:04", "", true},
	{"kunena16-table", "nl", "2006-01-02T15:04", "", true},
	{"drupal-advforum", "en", "2006-01-02T15:04", "", true},
	{"discuz-x3", "zh", "2006-01-02T15:04", "quotes", true},
	{"yaf2", "en", "2006-01-02T15:04:05Z", "", true},
	{"jforum", "en", "2006-01-02T15:04:05", "", true},
	{"yabb2", "en", "2006-01-02T15:04", "quotes", true},
	{"phorum5-default", "en", "2006-01-02T15:04", "", true},
	{"phorum-emerald", "de", "2006-01-02T15:04", "", true},
	{"minibb", "en", "2006-01-02T15:04", "", true},
	{"xmb19", "en", "2006-01-02T15:04", "", true},
	{"wbb3", "de", "2006-01-02T15:04", "quotes", true},
	{"proboards5", "en", "2006-01-02T15:04:05Z", "quotes", true},
	{"khoros-lithium", "en", "2006-01-02T15:04", "", true},
	{"apple-discussions", "en", "2006-01-02T15:04", "quotes", true},
	{"bugzilla", "en", "2006-01-02T15:04:05Z", "", true},
	{"nabble", "en", "2006-01-02T15:04", "quotes", true},
	{"lemmy", "en", "2006-01-02T15:04:05Z", "quotes", true},
	{"custom-elements", "en", "2006-01-02T15:04:05Z", "", false},
	{"next-flight-refs", "en", "2006-01-02T15:04:05Z", "", false},
	{"wwwboard-thread", "en", "2006-01-02T15:04", "", true},
}

// TestThreads: every page gives the posts of its discussion, and nothing of what
// the program puts around them.
func TestThreads(t *testing.T) {
	for _, c := range threadPages {
		t.Run(c.page, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join("testdata", "threads", c.page+".html"))
			if err != nil {
				t.Fatal(err)
			}
			d, err := New().Extract(extract.Page{Text: string(page), URL: "https://forum.example/t/4711"}, read.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			talk := talks[c.talk]
			got := d.Comments
			if c.thread {
				if d.Title != talk.title {
					t.Errorf("title %q", d.Title)
				}
				author := ""
				if len(d.Authors) > 0 {
					author = d.Authors[0]
				}
				got = append([]extract.Comment{{ID: "opening", Author: author, PostedAt: d.PublishedAt, Blocks: d.Blocks}}, got...)
			}
			if len(got) != len(talk.posts) {
				t.Fatalf("%d posts, want %d", len(got), len(talk.posts))
			}
			for i, want := range talk.posts {
				checkPost(t, got, i, want, c.layout, c.parents)
			}
		})
	}
}

func checkPost(t *testing.T, got []extract.Comment, i int, want talkPost, layout, parents string) {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04:05", want.at)
	if err != nil {
		t.Fatal(err)
	}
	if got[i].Author != want.author || got[i].PostedAt != at.Format(layout) {
		t.Errorf("post %d by %q at %q, want %q at %q", i, got[i].Author, got[i].PostedAt, want.author, at.Format(layout))
	}
	// Pages without quotes show the text alone; before the text of the others
	// stands the quote, and before that at most who is quoted.
	text := lettersAlone(joined(got[i].Blocks))
	before, ok := strings.CutSuffix(text, lettersAlone(want.text))
	if quote := lettersAlone(want.quote); !ok || before != "" && (quote == "" || !strings.HasSuffix(before, quote) || len(before) > len(quote)+80) {
		t.Errorf("post %d: text %q", i, joined(got[i].Blocks))
	}
	up := -1
	switch parents {
	case "quotes":
		up = want.quoted
	case "replies":
		up = want.reply
	}
	parent := ""
	if up > 0 {
		parent = got[up].ID
	}
	if got[i].ParentID != parent {
		t.Errorf("post %d replies to %q, want %q", i, got[i].ParentID, parent)
	}
}

// lettersAlone is a text without blanks and marks.
func lettersAlone(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
