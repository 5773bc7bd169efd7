package htmlpage

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract"
	"corpus/pipeline/read"
)

var update = flag.Bool("update", false, "write the golden files anew")

// pageFile extracts a page of testdata, read from an address of its own.
func pageFile(t testing.TB, name string) *extract.Draft {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name+".html"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := New().Extract(extract.Page{Text: string(body), URL: "https://" + name + ".example/page"}, read.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func pages(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*.html"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages in testdata: %v", err)
	}
	for i := range files {
		files[i] = strings.TrimSuffix(filepath.Base(files[i]), ".html")
	}
	return files
}

func TestGolden(t *testing.T) {
	for _, name := range pages(t) {
		t.Run(name, func(t *testing.T) {
			got, err := json.MarshalIndent(compactDraft(pageFile(t, name)), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".golden.json")
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
				t.Errorf("draft differs (-want +got):\n%s", diff)
			}
		})
	}
}

// compactDraft leaves out what a draft does not state, so that golden files can be read.
func compactDraft(d *extract.Draft) any {
	raw, err := json.Marshal(d)
	if err != nil {
		panic(err)
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		panic(err)
	}
	return dropEmpty(v)
}

func dropEmpty(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			value = dropEmpty(value)
			if value == nil || value == "" || value == 0.0 {
				delete(v, key)
				continue
			}
			v[key] = value
		}
		return v
	case []any:
		for i := range v {
			v[i] = dropEmpty(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	}
	return v
}

// expected states by hand what the golden files must say.
type expected struct {
	title, published string
	authors          []string
	blocks           int
	comments         []reply // in page order
	stated           int32
	order            string
}

type reply struct{ id, parent, author, posted, text string }

var expectations = map[string]expected{
	"wordpress-threaded": {
		title: "The ferry that would not sink", published: "2018-03-04T09:15:00Z", authors: []string{"Odette Farrow"}, blocks: 11,
		stated: 5, order: "oldest",
		comments: []reply{
			{"88", "", "Tidewrack", "2018-03-04T11:02", "I crossed on her in February.|The tea was cold,\nthe view was not. :-)"},
			{"89", "88", "Odette Farrow", "2018-03-04T12:40", "The tea was cold|The tea is always cold. It is in the regulations."},
			{"91", "", "M. Quill", "2018-03-06T20:15", "Has anybody counted the lifeboats?"},
		},
	},
	"wordpress-block": {
		title: "Le four du village rallumé", published: "2023-11-05T18:30:00+01:00", authors: []string{"Solène Garrigou"}, blocks: 2,
		stated: 3, order: "oldest",
		comments: []reply{
			{"301", "", "Basile R.", "2023-11-05T20:11:00+01:00", "Et la recette de la deuxième fournée ?"},
			{"302", "301", "Solène Garrigou", "2023-11-06T07:45:00+01:00", "De l’eau, du sel, et une heure de moins."},
			{"303", "", "Le Levain", "2023-11-08T12:00:00+01:00", "Bravo à toutes et à tous.|On vient en décembre."},
		},
	},
	"blogger-old": {
		title: "A transmitter in the attic", published: "2009-06-14", authors: []string{"Ignatz"}, blocks: 2,
		stated: 3, order: "oldest",
		comments: []reply{
			{"100000000000000001", "", "Longwave Lottie", "2009-06-14T20:02", "Is the wardrobe grounded?\nMine was not, and I regret it."},
			{"100000000000000002", "", "Ignatz", "2009-06-14T21:30", "It is now."},
			{"100000000000000003", "", "Anonymous", "2009-06-15T06:00", ""},
		},
	},
	"blogger-threaded": {
		title: "Zwölf Sorten Regen", published: "2019-08-17", authors: []string{"Wilma Heckenrose"}, blocks: 2,
		stated: 4, order: "oldest",
		comments: []reply{
			{"2000000000000000001", "", "Hanne", "2019-08-17T15:53", "Bei uns gibt es nur eine Sorte:\nzu wenig."},
			{"2000000000000000002", "2000000000000000001", "Wilma Heckenrose", "2019-08-17T18:20", "Dann schicke ich dir die zwölfte."},
			{"2000000000000000003", "", "Rotkehlchen", "2019-08-19T07:05", "Und Nummer sieben? Die fehlt in der Liste."},
			{"2000000000000000004", "", "Anonym", "2019-08-20T22:41", ""},
		},
	},
	"microdata-comments": {
		title: "Night buses return to the upper valley", published: "2021-10-02T06:00:00+01:00", authors: []string{"Corwin Ashby"}, blocks: 3,
		stated: 3, order: "oldest",
		comments: []reply{
			{"5001", "", "reservoir_dog", "2021-10-02T07:31:00+01:00", "About time. I have been walking it with a tuba."},
			{"5002", "5001", "Pemberley", "2021-10-02T08:02:00+01:00", "In which direction?"},
			{"5003", "", "A. Driver", "2021-10-03T23:59:00+01:00", "We would like a heater as well, please."},
		},
	},
	"jsonld-comments": {
		title: "Why our clocks disagree", published: "2020-02-29T23:30:00-05:00", authors: []string{"Ludo Marchetti"}, blocks: 2,
		stated: 3, order: "oldest",
		comments: []reply{
			{"11", "", "Nadia O'Dell", "2020-03-01T08:00:00-05:00", "Mine agrees with nobody.|It is a sundial."},
			{"12", "11", "Ludo Marchetti", "2020-03-01T09:30:00-05:00", "Then it is right.|We are not."},
			{"13", "", "pendulum", "2020-03-02T10:00:00-05:00", "Happy leap day, late."},
		},
	},
	"no-comments": {
		title: "A bridge for otters", published: "2022-05-12", authors: []string{"Theodora Finch"}, blocks: 3,
	},
	"byline-headline": { // another put it in, and it came out anew
		title: "The clockmaker of Tern Street", published: "2021-10-04T07:15:00+01:00", authors: []string{"Philippa Drage", "Tobias Quill, MSc"}, blocks: 4,
	},
	"byline-cards": { // nothing is marked
		title: "Running a kiln in winter: what it costs", published: "2024-02-03", authors: []string{"Odile Marsh"}, blocks: 3,
	},
	"dateline": {
		title: "Neue Regeln für Fischereinetze", published: "2023-03-14", authors: []string{"Wilma Heckenrose"}, blocks: 3,
	},
	"jsonld-graph": {
		title: "Seilbahn steht still: Warum das Dorf feiert", published: "2022-06-07T05:45:00+02:00", authors: []string{"Kreszenz Almer"}, blocks: 5,
		stated: 27,
	},
	"wayback": {title: "The last lamplighter", blocks: 2},
	"forum": {
		title: "Squeaking hinge", published: "2015-03-03T21:14", authors: []string{"Halvard"}, blocks: 1, order: "oldest",
		comments: []reply{
			{"902", "", "Ysolde", "2015-03-04T07:02", "Butter is for cellar doors.\nTry graphite."},
			{"903", "", "Halvard", "2015-03-05T18:40", "Try graphite.|It is silent. It still smells."},
		},
	},
	"microformats": {
		title: "Small walks", published: "2024-05-05T10:00:00Z", authors: []string{"Ines Calder"}, blocks: 1, order: "oldest",
		comments: []reply{
			{"~0", "", "Bo", "2024-05-05T12:30:00Z", "The dog is always out."},
			{"~1", "", "Mara", "2024-05-06T08:10:00Z", "Ours only goes to the first gate."},
		},
	},
	"wpdiscuz": {
		title: "How to fold a map", blocks: 2, stated: 2,
		comments: []reply{
			{"21", "", "Grid North", "2021-07-10T14:05", "Mine tore at the sea."},
			{"22", "21", "Una", "2021-07-11T09:00", "Then you have found the edge."},
		},
	},
	"drupal": {
		title: "El reloj de la plaza", published: "2017-04-03T10:20", authors: []string{"Casilda Robles"}, blocks: 2, stated: 3, order: "oldest",
		comments: []reply{
			{"61", "", "Eusebio", "2017-04-03T12:00", "A las cinco y diez nací yo."},
			{"62", "61", "Casilda Robles", "2017-04-04T08:15", "Por eso lo votamos."},
			{"63", "", "Forastera", "2017-04-05T21:30", "¿Y las campanas?"},
		},
	},
}

func TestExpectations(t *testing.T) {
	for _, name := range pages(t) {
		t.Run(name, func(t *testing.T) {
			want, ok := expectations[name]
			if !ok {
				want, ok = programs[name]
			}
			if !ok {
				t.Fatal("no expectation for this page")
			}
			d := pageFile(t, name)
			if d.Title != want.title || d.PublishedAt != want.published || d.CommentOrder != want.order {
				t.Errorf("title %q published %q order %q, want %q %q %q", d.Title, d.PublishedAt, d.CommentOrder, want.title, want.published, want.order)
			}
			if diff := cmp.Diff(want.authors, d.Authors); diff != "" {
				t.Errorf("authors (-want +got):\n%s", diff)
			}
			if len(d.Blocks) != want.blocks {
				t.Errorf("%d blocks, want %d: %q", len(d.Blocks), want.blocks, d.Blocks)
			}
			stated := int32(0)
			if d.CommentsStated != nil {
				stated = *d.CommentsStated
			}
			if stated != want.stated {
				t.Errorf("%d comments stated, want %d", stated, want.stated)
			}
			var got []reply
			for _, c := range d.Comments {
				got = append(got, reply{c.ID, c.ParentID, c.Author, c.PostedAt, joined(c.Blocks)})
			}
			if diff := cmp.Diff(want.comments, got, cmp.AllowUnexported(reply{})); diff != "" {
				t.Errorf("comments (-want +got):\n%s", diff)
			}
		})
	}
}

func joined(blocks []extract.Block) string {
	var parts []string
	for _, b := range blocks {
		parts = append(parts, b.Text)
	}
	return strings.ReplaceAll(strings.Join(parts, "|"), "\n\n", "|")
}

// TestSeparation: what readers write is never in the article, and nothing of
// the page's furniture is in either.
func TestSeparation(t *testing.T) {
	furniture := []string{
		"says", "said...", "Reply", "Antworten", "Répondre", "Leave a", "Laisser", "Recent", "Related", "newsletter", "Newsletter", "Anzeige", "cookies", "Beliebte",
		"toolbar", "Most read", "drained", "Pingback", "awaiting moderation", "Posts:", "responder", "Comments", "Kommentare", "newts", "torch", "written at the end", "hosted somewhere",
		"Last edited", "Last Edit", "Edited", "Joined", "Join Date", "Click to expand", "Built, not bought", "Round is overrated", "Ahoy", "Mind the g", "Linked elsewhere", "modified", "Member", "points",
	}
	for _, name := range pages(t) {
		d := pageFile(t, name)
		article := joined(d.Blocks)
		for _, c := range d.Comments {
			text := joined(c.Blocks)
			if len(text) > 20 && strings.Contains(article, text) {
				t.Errorf("%s: the article holds the comment %q", name, text)
			}
			for _, b := range d.Blocks {
				if len(b.Text) > 40 && strings.Contains(text, b.Text) {
					t.Errorf("%s: a comment holds the paragraph %q", name, b.Text)
				}
			}
			article += "|" + text
		}
		for _, f := range furniture {
			if strings.Contains(article, f) {
				t.Errorf("%s: %q is in a text: %s", name, f, article)
			}
		}
	}
}

func TestFacts(t *testing.T) {
	ferry := pageFile(t, "wordpress-threaded")
	if ferry.NativeID != "412" || ferry.Section != "Ships" || ferry.Site != "Harbour Notes" || ferry.Lang != "en-GB" || ferry.CanonicalURL != "https://harbournotes.example/2018/03/ferry/" {
		t.Errorf("native id %q, section %q, site %q, language %q, address %q", ferry.NativeID, ferry.Section, ferry.Site, ferry.Lang, ferry.CanonicalURL)
	}
	if diff := cmp.Diff([]string{"ferries", "harbour"}, ferry.Tags); diff != "" {
		t.Error(diff)
	}
	if c := ferry.Comments; c[1].Role != "author" || c[2].State != "pending" || c[0].AuthorURL != "https://tidewrack.example" || c[1].Blocks[0].Kind != "quote" {
		t.Errorf("role %q, state %q, profile %q, kind %q", c[1].Role, c[2].State, c[0].AuthorURL, c[1].Blocks[0].Kind)
	}
	var kinds []string
	for _, b := range ferry.Blocks {
		kinds = append(kinds, b.Kind)
	}
	if diff := cmp.Diff([]string{"paragraph", "paragraph", "heading", "list_item", "list_item", "quote", "table_row", "table_row", "table_row", "code", "caption"}, kinds); diff != "" {
		t.Error(diff)
	}
	old, threaded := pageFile(t, "blogger-old"), pageFile(t, "blogger-threaded")
	if old.Comments[2].State != "removed" || threaded.Comments[3].State != "deleted" || threaded.Comments[1].Role != "author" {
		t.Errorf("states %q and %q, role %q", old.Comments[2].State, threaded.Comments[3].State, threaded.Comments[1].Role)
	}
	valley := pageFile(t, "microdata-comments")
	if valley.License != "CC-BY-ND-4.0" || valley.LicenseEvidence != "rel=license" || valley.ModifiedAt != "2021-10-02T09:12:00+01:00" {
		t.Errorf("licence %q by %q, modified %q", valley.License, valley.LicenseEvidence, valley.ModifiedAt)
	}
	if c := valley.Comments[0]; c.VotesUp == nil || *c.VotesUp != 12 || c.VotesDown == nil || *c.VotesDown != 1 {
		t.Errorf("votes %v %v", c.VotesUp, c.VotesDown)
	}
	alp := pageFile(t, "jsonld-graph")
	if alp.License != "CC-BY-SA-3.0-AT" && alp.License != "LicenseRef-CC-BY-SA-3.0-AT" || alp.LicenseEvidence != "json-ld license" || alp.Subtitle != "Eine Stille, die man hören kann" {
		t.Errorf("licence %q by %q, subtitle %q", alp.License, alp.LicenseEvidence, alp.Subtitle)
	}
	if diff := cmp.Diff([]string{"noai", "noimageai", "tdm-reservation: 1"}, pageFile(t, "wordpress-block").OptOut); diff != "" {
		t.Error(diff)
	}
	if lamps := pageFile(t, "wayback"); lamps.CapturedAt != "2013-02-14T08:15:30Z" {
		t.Errorf("captured %q", lamps.CapturedAt)
	}
}
