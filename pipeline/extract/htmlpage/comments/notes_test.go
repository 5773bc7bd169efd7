package comments

import (
	"testing"

	"corpus/schema"
)

func TestNote(t *testing.T) {
	for _, c := range []struct {
		text, state string
		known       bool
	}{
		{"[deleted]", schema.StateDeleted, true},
		{"[removed]", schema.StateRemoved, true},
		{"[Comment deleted by its author]", schema.StateDeleted, true},
		{"This comment has been removed by the author.", schema.StateDeleted, true},
		{"Dieser Kommentar wurde vom Autor entfernt.", schema.StateDeleted, true},
		{"Ce commentaire a été supprimé par l’auteur.", schema.StateDeleted, true},
		{"Este comentario ha sido eliminado por un administrador.", schema.StateRemoved, true},
		{"Questo commento è stato rimosso dal moderatore", schema.StateRemoved, true},
		{"This post was removed for violating our community guidelines.", schema.StateRemoved, true},
		{"Dieser Beitrag wurde von der Redaktion wegen Verstoß gegen die Netiquette entfernt", schema.StateRemoved, true},
		{"Reactie verwijderd", schema.StateGone, true},
		{"This comment has been deleted", schema.StateGone, true},
		{"Your comment is awaiting moderation.", schema.StatePending, true},
		{"Dein Kommentar wartet auf Freischaltung", schema.StatePending, true},
		{"Votre commentaire est en attente de modération.", schema.StatePending, true},
		{"This comment is waiting for approval. Only you can see it.", schema.StatePending, true},
		{"Why was my comment deleted by the moderator?", "", false},
		{"They deleted the comment that I wrote, cowards", schema.StateGone, false},
		{"It was deleted", schema.StateGone, false},
		{"The ramp was removed by the author of the plan", schema.StateDeleted, false},
		{"Well said.", "", false},
		{"", "", false},
	} {
		if state, known := note(c.text); state != c.state || known != c.known {
			t.Errorf("note(%q) = %q, %v, want %q, %v", c.text, state, known, c.state, c.known)
		}
	}
}

func TestStates(t *testing.T) {
	const head = `<ol><li class="comment depth-1`
	for _, c := range []struct{ name, html, state, text string }{
		{"note alone", head + `" id="comment-1"><cite class="fn">Bo</cite><div class="comment-content"><p>Comment removed by a moderator</p></div></li></ol>`, schema.StateRemoved, ""},
		{"class and words of its own", head + ` is-deleted" id="comment-1"><cite class="fn">Bo</cite><div class="comment-content"><p>Bo deleted this remark</p></div></li></ol>`, schema.StateGone, ""},
		{"a person speaks of it", head + `" id="comment-1"><cite class="fn">Bo</cite><div class="comment-content"><p>My comment was deleted by the moderator, thrice</p></div></li></ol>`, "", "My comment was deleted by the moderator, thrice"},
		{"class of waiting", head + ` awaiting-approval" id="comment-1"><cite class="fn">Bo</cite><div class="comment-content"><p>Hello</p></div></li></ol>`, schema.StatePending, "Hello"},
		{"note of waiting beside the text", head + `" id="comment-1"><cite class="fn">Bo</cite><p>Your comment is awaiting approval.</p><div class="comment-content"><p>Hello</p></div></li></ol>`, schema.StatePending, "Hello"},
		{"note of waiting in the text", head + `" id="comment-1"><cite class="fn">Bo</cite><div class="comment-content"><em>Your comment is awaiting moderation.</em><p>Hello</p></div></li></ol>`, schema.StatePending, "Hello"},
	} {
		f := read(t, c.html)
		if len(f.Comments) != 1 {
			t.Errorf("%s: %d comments", c.name, len(f.Comments))
			continue
		}
		text := ""
		for _, b := range f.Comments[0].Blocks {
			text += b.Text
		}
		if f.Comments[0].State != c.state || text != c.text {
			t.Errorf("%s: state %q text %q, want %q %q", c.name, f.Comments[0].State, text, c.state, c.text)
		}
	}
}

func TestRepeatedIDs(t *testing.T) {
	item := func(author, text string) string {
		return `<li class="comment depth-1" id="comment-7"><cite class="fn">` + author + `</cite><div class="comment-content"><p>` + text + `</p></div></li>`
	}
	f := read(t, `<ol>`+item("Bo", "One")+item("Una", "Two")+item("Bo", "One")+`</ol><ul class="widget">`+item("Cy", "Elsewhere")+`</ul>`)
	if len(f.Comments) != 2 || f.Comments[0].ID != "7" || f.Comments[1].ID != "~1" || f.Comments[1].Author != "Una" {
		t.Errorf("%+v", f.Comments)
	}
}
