package comments

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/schema"
)

// word says what a word does in a note of the machine.
type word uint8

const (
	wordNoun   word = 1 << iota // what is spoken of: a comment, a post
	wordGone                    // was removed
	wordAuthor                  // by who wrote it
	wordSite                    // by the site, or against its rules
	wordWaits                   // waits, is held back
	wordReview                  // for approval, for a moderator
	wordFiller                  // says nothing by itself
)

// noteWords are the words that notes are made of, in the languages whose notes
// are known; what holds any other word is written by a person.
var noteWords = makeNoteWords(map[word]string{
	wordNoun: `comment post message reply text content answer review topic thread kommentar beitrag kommentare posting nachricht antwort
		commentaire message contenu réponse comentario mensaje respuesta commento messaggio risposta comentário mensagem resposta
		reactie bericht komentarz wpis post kommentar kommentaren inlägg innlegg indlæg kommentaren комментарий сообщение komentář příspěvek yorum`,
	wordGone: `removed deleted withdrawn hidden erased retracted unpublished gelöscht entfernt zurückgezogen gesperrt ausgeblendet supprimé retiré effacé
		masqué eliminado borrado suprimido retirado eliminato rimosso cancellato removido apagado excluído verwijderd usunięty skasowany usunięte
		raderad raderats borttagen slettet fjernet удалён удален удалено smazán odstraněn silindi`,
	wordAuthor: `author poster owner writer user commenter member autor verfasser autorin verfasserin nutzer benutzer nutzerin mitglied auteur utilisateur
		membre usuario autore utente utilizador usuário gebruiker schrijver autora użytkownika författaren forfatteren автором пользователем autorem yazar`,
	wordSite: `moderator moderators moderation administrator administrators admin admins editor editors staff team site guidelines guideline rules rule policy policies
		terms standards violated violating violates violation breach breached spam community blog administratoren administrators moderatoren
		redaktion netiquette netikette moderatorin forenregeln kommentarregeln richtlinien verstoßes verstoß regeln modération modérateur administrateur charte rédaction
		moderador administrador moderación moderação moderatore amministratore redazione redactie moderatorem moderatora administratora moderatorn модератором модератора администратором
		administratorem abusive offensive inappropriate`,
	wordWaits: `awaiting waiting pending held queued wartet warten attente pendiente espera attesa aguarda aguardando wacht oczekuje väntar venter avventer ожидает čeká queue`,
	wordReview: `moderation approval review approved moderator freischaltung freigabe moderation prüfung überprüfung modération validation approbation moderación
		aprobación moderazione approvazione moderação aprovação moderatie goedkeuring moderację zatwierdzenie granskning moderering godkännande godkendelse godkjenning модерации проверки schválení`,
	wordFiller: `this the a an has been was is by its his her their your our my for from due to of because at request in it not yet visible only you can see be now
		that who and or under on with until after still currently reason
		dieser dieses diese der die das ein eine wurde ist vom von durch den dem des seinem seiner auf wunsch noch nicht wegen gegen unsere unserer ihr ihre dein noch
		ce cet le la les un une a été est par son sa l d de du en votre pour pas encore à
		este esta el ha sido fue por su en tu aún no
		questo questa il lo è stato stata dal dall dalla suo in di tuo ancora non
		foi pelo pela seu sua o os em
		deze dit werd door het een je nog niet op is wordt
		ten to został przez na jego twój
		den det denna är har har tagits bort blitt er av af sin
		этот это был было автор автора byl tento bu tarafından`,
})

func makeNoteWords(lists map[word]string) map[string]word {
	m := map[string]word{}
	for kind, list := range lists {
		for w := range strings.FieldsSeq(list) {
			m[w] |= kind
		}
	}
	return m
}

// Bounds of a note.
const (
	maxNote      = 200 // bytes
	maxNoteWords = 24
)

// note reads what the machine says in place of a text or beside it: a comment
// was removed, by whom, or it waits for approval. The state is empty for
// anything else; known is false where words stand in it that no note has.
func note(s string) (state string, known bool) {
	if len(s) > maxNote {
		return "", false
	}
	var all word
	n, noun, unknown := 0, false, 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		n++
		kind := noteWords[w]
		if kind == 0 {
			unknown++
		}
		noun = noun || kind&wordNoun != 0
		all |= kind
	}
	if n == 0 || n > maxNoteWords || strings.ContainsRune(s, '?') {
		return "", false
	}
	// "[deleted]" and "Comment deleted" are notes; "It was deleted" may be an answer.
	bracketed := strings.HasPrefix(s, "[") || strings.HasPrefix(s, "(") || strings.HasPrefix(s, "<")
	known = unknown == 0 && (noun || bracketed)
	switch {
	case all&wordGone != 0:
		switch {
		case strings.EqualFold(s, "[deleted]"): // Reddit: by its author
			return schema.StateDeleted, known
		case strings.EqualFold(s, "[removed]"):
			return schema.StateRemoved, known
		case all&wordSite != 0:
			return schema.StateRemoved, known
		case all&wordAuthor != 0:
			return schema.StateDeleted, known
		}
		return schema.StateGone, known
	case all&wordWaits != 0 && all&wordReview != 0:
		return schema.StatePending, known
	}
	return "", false
}

// removed makes the note of a removed comment its state; the note is no text.
// Classes of the comment that say so allow for a note in words of the site's own.
func (p *Page) removed(r *record, c *extract.Comment) {
	marked := p.isGone(r.from)
	out := c.Blocks[:0]
	for _, b := range c.Blocks {
		state, known := note(b.Text)
		switch {
		case state == schema.StatePending && known:
			if c.State == "" {
				c.State = state
			}
		case state != "" && (known || marked) && (len(c.Blocks) == 1 || marked):
			c.State = state
		default:
			out = append(out, b)
		}
	}
	c.Blocks = out
	if len(c.Blocks) == 0 {
		c.Blocks = nil
		if c.State == "" && marked {
			c.State = schema.StateGone
		}
	}
}

// Words of class names that state what became of a comment.
var (
	goneWords    = dom.NewNames(`deleted removed gelöscht supprimé`)
	pendingWords = dom.NewNames(`unapproved awaiting pending unmoderated`)
)

func (p *Page) isGone(id dom.ID) bool { return p.word(id, goneWords) }

// word tells whether a word of the element's class names is in the set.
func (p *Page) word(id dom.ID, set *dom.Names) bool { return p.HasPart(id, set) }

// pendingNote tells an element that says that its comment waits for approval.
func (p *Page) pendingNote(id dom.ID) bool {
	if !dom.IsTag(p.Tag(id), atom.P, atom.Em, atom.Span, atom.Div, atom.I, atom.Small, atom.Strong) || p.End(id)-id > 12 {
		return false
	}
	s, ok := p.Short(id, maxNote)
	if !ok || len(s) < 12 {
		return false
	}
	state, known := note(s)
	return state == schema.StatePending && (known || p.word(id, pendingWords))
}
