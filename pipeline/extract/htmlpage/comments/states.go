package comments

import (
	"strings"

	"corpus/pipeline/extract"
	"corpus/schema"
)

// Notes that stand in place of a text that is gone, in lower case.
var removedNotes = []struct{ text, state string }{
	{"this comment has been removed by the author", schema.StateDeleted},
	{"this post has been removed by the author", schema.StateDeleted},
	{"dieser kommentar wurde vom autor entfernt", schema.StateDeleted},
	{"ce commentaire a été supprimé par l'auteur", schema.StateDeleted},
	{"este comentario ha sido eliminado por el autor", schema.StateDeleted},
	{"questo commento è stato eliminato dall'autore", schema.StateDeleted},
	{"this comment has been removed by a blog administrator", schema.StateRemoved},
	{"dieser kommentar wurde von einem blog-administrator entfernt", schema.StateRemoved},
	{"ce commentaire a été supprimé par un administrateur du blog", schema.StateRemoved},
	{"this comment has been removed by a moderator", schema.StateRemoved},
	{"this comment has been deleted", schema.StateGone},
	{"dieser kommentar wurde gelöscht", schema.StateGone},
	{"this comment was deleted", schema.StateGone},
	{"comment deleted", schema.StateGone},
	{"[deleted]", schema.StateDeleted},
	{"[removed]", schema.StateRemoved},
}

// removed makes the note of a removed comment its state; the note is no text.
func removed(c *extract.Comment) {
	if len(c.Blocks) != 1 || len(c.Blocks[0].Text) > 120 {
		return
	}
	note := strings.TrimRight(strings.ToLower(strings.ReplaceAll(c.Blocks[0].Text, "’", "'")), ". ")
	for _, n := range removedNotes {
		if note == n.text {
			c.State, c.Blocks = n.state, nil
			return
		}
	}
}

// order is the order of the comments on the page, where the times of the
// comments on the article prove one.
func order(comments []extract.Comment) string {
	up, down := 0, 0
	last := ""
	for i := range comments {
		c := &comments[i]
		if c.ParentID != "" {
			continue
		}
		if len(c.PostedAt) < 10 {
			return ""
		}
		if last != "" {
			a, b := comparable(last, c.PostedAt)
			switch {
			case a < b:
				up++
			case a > b:
				down++
			}
		}
		last = c.PostedAt
	}
	switch {
	case up > 0 && down == 0:
		return schema.OrderOldest
	case down > 0 && up == 0:
		return schema.OrderNewest
	}
	return ""
}

// comparable cuts two times to the shorter precision; times of different
// offsets compare by their days alone.
func comparable(a, b string) (string, string) {
	n := min(len(a), len(b))
	n = min(n, len("2006-01-02T15:04:05"))
	if zone(a) != zone(b) {
		n = min(n, 10)
	}
	return a[:n], b[:n]
}

func zone(s string) string {
	if i := strings.LastIndexAny(s, "+Z-"); i > 10 {
		return s[i:]
	}
	return ""
}
