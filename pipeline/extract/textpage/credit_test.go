package textpage_test

import (
	"strings"
	"testing"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/textpage"
	"corpus/pipeline/read"
)

const lockText = `The gate at the lower lock was opened on Monday by the keeper, who had looked for its key since March of the year before.

Nobody was surprised, and the boats went through one after the other. The heron that lives at the gate did not move at all.
`

func textDraft(t *testing.T, text string) *extract.Draft {
	t.Helper()
	d, err := textpage.New().Extract(extract.Page{Text: text}, read.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCredit(t *testing.T) {
	for _, c := range []struct{ name, above, below, want string }{
		{"label and name", "Interview: Una Pike\n", "", "Una Pike"},
		{"labels", "Autor: Una Pike | una@lock.example\nAutor: Bo Reed | bo@lock.example\n", "", "Una Pike|Bo Reed"},
		{"name below a label", "Von:\nWilma Heckenrose\n\n18. Okt 2023\n", "", "Wilma Heckenrose"},
		{"account below a label", "Von\nwilma\n", "", "wilma"},
		{"heading marks", "by\n### upike_2\n", "", "upike_2"},
		{"label below the text", "", "\nGeschrieben von\nWilma Heckenrose\n", "Wilma Heckenrose"},
		{"part of a line with a date", "17 May 2019 | Una Pike | Locks\n", "", "Una Pike"},
		{"part of a line with slashes", "Una Pike / 17.05.2019 / 06:15 / Photo: lock.example\n", "", "Una Pike"},
		{"below a date", "June 19, 2019\n\nUna Pike\n", "", "Una Pike"},
		{"above a role", "Una Pike\nPolitical Editor\n", "", "Una Pike"},
		{"account beside a date that signs below", "Una · May 17, 2019 · Locks · 7 comments\n", "\nUna\n\nKeeper of the lower lock.\n", "Una"},
		{"category beside a date", "Locks · May 17, 2019 · 7 comments\n", "", ""},
		{"before the clock, below the text", "", "\nEingestellt von Heckenrose um 10:52 [IMG]\n", "Heckenrose"},
		{"particle that is an article", "Accueil | Par Una Le Pike | 30 septembre 2018\n", "", "Una Le Pike"},
		{"article of a date", "Par Una Pike le 30 septembre 2018\n", "", "Una Pike"},
		{"account before the clock", "Filed under: Locks, Gates — upike @ 00:11\n", "", "upike"},
		{"capitals below a label", "by\nEDITORIAL\n", "", ""},
		{"category alone", "Canal Life\n", "", ""},
		{"part without a date", "Canal Life | Lock News\n", "", ""},
		{"sentence below a label", "Text:\nThis is long and it ends as sentences do.\n", "", ""},
		{"plural in brackets", "Auteur(s) :\nLes Amis de la Garenne\n", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := textDraft(t, "The gate at the lower lock is open again\n\n"+c.above+"\n"+lockText+c.below)
			if got := strings.Join(d.Authors, "|"); got != c.want {
				t.Errorf("authors %q, want %q", got, c.want)
			}
		})
	}
}

func TestTitleBesides(t *testing.T) {
	for _, above := range []string{
		"[icon_one][icon_two][icon_three]\n\n",
		"Locks, Gates, Herons, Keepers\n\n",
		"box of gate keys of the lower lock, opened\n\n",
	} {
		d := textDraft(t, "The gate at the lower lock is open again\n\n17 May 2019\n\n"+above+lockText)
		if d.Title != "The gate at the lower lock is open again" {
			t.Errorf("title %q", d.Title)
		}
	}
}

func TestTextRights(t *testing.T) {
	for _, c := range []struct{ name, below, want string }{
		{"notice", "\nThis text is licensed under CC BY-SA 4.0.\n", "CC-BY-SA-4.0"},
		{"foot of the page", "\n2 Comments\n\nUna says:\nMay 17, 2019 at 10:00 am\nFine gate.\n\nBo says:\nMay 18, 2019 at 10:00 am\nFine heron.\n\n© 2019 Lock News, all texts under CC BY 4.0\n", "CC-BY-4.0"},
		{"a photo's", "\nPhoto: Bo Reed, CC BY 2.0\n", ""},
		{"none", "\nAll about licences.\n", ""},
		{"a sentence on pictures behind it", "\nThis text is licensed under CC BY-ND 4.0. The photos may not be used at all.\n", "CC-BY-ND-4.0"},
		{"a sentence on pictures before it", "\nPhotos are not for free. Our texts: CC BY-ND 4.0\n", "CC-BY-ND-4.0"},
		{"texts and pictures", "\nAll texts and photos are licensed under CC BY-ND 4.0.\n", "CC-BY-ND-4.0"},
		{"each its own", "\nThis text is licensed under CC BY-ND 4.0, photo CC BY 2.0.\n", ""},
		{"a picture's sentence", "\nThe gate was opened at noon. Picture by Ida Fen (CC BY 2.0).\n", ""},
		{"address", "\nContent of this site is licensed under https://creativecommons.org/licenses/by/4.0/.\n", "CC-BY-4.0"},
		{"address of a picture", "\nPhoto licensed under https://creativecommons.org/licenses/by/4.0/ by Ida Fen.\n", ""},
		{"address in a list of links", "\n 31. https://creativecommons.org/licenses/by/4.0/\n", ""},
	} {
		if got := textDraft(t, "# The gate is open again\n\n"+lockText+c.below).License; got != c.want {
			t.Errorf("%s: licence %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTitleBelowADate(t *testing.T) {
	d := textDraft(t, "Home\nAbout\n\nSaturday, 17 May 2019\n\n(Locks) The gate at the lower lock is open again\n\nKey number one: brass\nKey number two: iron\n\n"+lockText+"\nPosted by Una at 10:52\n")
	if d.Title != "(Locks) The gate at the lower lock is open again" {
		t.Errorf("title %q", d.Title)
	}
}

func TestLabelAboveTheTitle(t *testing.T) {
	d := textDraft(t, "## Lock tales\n\nby\n\n### upike2\n\n####\n\n# Chapter 1: The gate at the lower lock\n\n"+lockText)
	if got := strings.Join(d.Authors, "|"); got != "upike2" {
		t.Errorf("authors %q", got)
	}
}
