package comments

import (
	"strings"

	"corpus/pipeline/extract/htmlpage/dom"
)

// nameLabels stand with a colon before the name of an author; lower case.
var nameLabels = []string{"author", "commenter", "username", "user name", "posted by", "poster", "autor", "autorin", "автор", "имя", "name", "nom", "nombre", "nome", "naam", "nick", "user", "from", "von", "by", "verfasser", "auteur", "autore", "auteur", "yazan", "yazar", "gönderen", "作者", "昵称", "名前", "投稿者", "お名前", "작성자", "이름", "الاسم", "الكاتب", "نام", "użytkownik", "namn", "navn", "nimi", "jméno", "név", "nume", "όνομα", "ім'я"}

// postedBy stand before the name of an author without a colon; lower case.
var postedBy = []string{"antwort von", "reply from", "réponse de", "respuesta de", "resposta de", "risposta di", "antwoord van", "svar fra", "svar från", "ответ от", "comment by", "comment from", "commented by", "posted by", "written by", "submitted by", "added by", "reply by", "review by", "reviewed by", "kommentar von", "geschrieben von", "verfasst von", "eingetragen von", "eintrag von", "gepostet von",
	"commentaire de", "commentaire par", "posté par", "écrit par", "publié par", "rédigé par", "ajouté par", "comentario de", "comentario por", "escrito por", "enviado por", "publicado por", "comentado por", "postado por", "comentário de", "comentário por",
	"inviato da", "scritto da", "commento di", "pubblicato da", "postato da", "geplaatst door", "geschreven door", "reactie van", "reactie door", "dodany przez", "napisany przez", "dodał", "dodała", "dodał(a)", "skrivet av", "skrevet av", "skrevet af", "kirjoittanut",
	"добавил", "добавила", "написал", "написала", "пишет", "отправил", "оставил", "beküldte", "írta", "přidal", "vložil", "napsal", "autor", "автор", "von", "by", "par"}

// numberedWords begin a line that numbers a comment before the name; lower case.
var numberedWords = []string{"comment", "kommentar", "commentaire", "comentario", "comentário", "commento", "reactie", "komentarz", "комментарий", "reply", "response", "review", "post", "beitrag"}

// unlabelled is a name without what templates print before it: "Author: Ann",
// "posted by Ann", "Comment 12 by Ann".
func unlabelled(s string) string {
	for range 2 {
		lower := strings.ToLower(s)
		if len(lower) != len(s) {
			return s
		}
		rest := s
		for _, w := range numberedWords {
			if after, ok := strings.CutPrefix(lower, w+" "); ok {
				after = strings.TrimLeft(after, "#№nro. ")
				number := strings.TrimLeft(after, "0123456789")
				if len(number) < len(after) {
					rest = strings.TrimLeft(s[len(s)-len(number):], " :.,-–—|")
				}
				break
			}
		}
		if label, after, ok := cutColon(rest); ok {
			for _, w := range nameLabels {
				if strings.EqualFold(label, w) {
					rest = after
					break
				}
			}
		}
		lower = strings.ToLower(rest)
		for _, w := range postedBy {
			if len(lower) == len(rest) && len(rest) > len(w) && strings.HasPrefix(lower, w) && (rest[len(w)] == ' ' || rest[len(w)] == ':') {
				rest = rest[len(w):]
				break
			}
		}
		if rest = strings.Trim(rest, " :|,"); rest == s || rest == "" {
			return s
		}
		s = rest
	}
	return s
}

// cutColon parts a short text at its first colon, also a wide one.
func cutColon(s string) (label, after string, ok bool) {
	i := strings.Index(s, ":")
	if j := strings.Index(s, "："); j >= 0 && (i < 0 || j < i) {
		return strings.TrimSpace(s[:j]), strings.TrimSpace(s[j+len("："):]), true
	}
	if i <= 0 || i > 24 {
		return "", "", false
	}
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1:]), true
}

// contactWords are links beside a name that lead to who wrote something; folded.
var contactWords = map[string]bool{
	"email": true, "e-mail-adresse": true, "e-mail": true, "mail": true, "homepage": true, "home page": true, "website": true, "web": true, "www": true, "url": true, "site": true, "profile": true, "profil": true, "blog": true, "home": true,
	"webseite": true, "site web": true, "sitio web": true, "sito": true, "сайт": true, "主页": true, "主頁": true, "网站": true, "網站": true, "邮箱": true, "홈페이지": true, "ホームページ": true,
}

// contact tells such a link.
func (p *Page) contact(id dom.ID) bool {
	if !p.Has(id, "href") || p.End(id)-id > 3 {
		return false
	}
	s, ok := p.Short(id, 24)
	return ok && contactWords[fold(s)]
}

// dateJoins before a date belong to it; lower case.
var dateJoins = []string{"am", "um", "on", "at", "le", "el", "il", "vom", "den", "op", "dne", "em", "på", "в", "от", "the", "d.", "date", "posted", "posted on", "posted at", "published on", "发布于", "发表于", "發表於", "投稿日", "投稿日時", "作成日", "작성일", "опубликовано", "добавлено", "dodano", "publicado el", "publicado em", "publié le", "posté le", "pubblicato il", "gepostet am", "veröffentlicht am", "geplaatst op", "skrevet", "skrevet den", "lagt inn", "tarih", "eklenme tarihi", "ngày", "dátum", "data", "datum", "geschrieben am", "escribió el", "a écrit le", "ha scritto il"}

// lineName is the name on a line that tells who and when: "NAME, DATE", "Posted
// by NAME on DATE", "DATE by NAME", "Le DATE NAME a dit". start and end are where
// the date stands. Empty where the line tells none.
func lineName(line string, start, end int) string {
	before := strings.Trim(line[:start], " ,|·•–—-/@(#\u00a0")
	after := strings.Trim(line[end:], " ,|·•/@#\u00a0")
	if !strings.Contains(after, "(") {
		after = strings.Trim(after, ")")
	}
	if i := strings.LastIndexByte(after, ' '); strings.HasSuffix(after, ".") && len(after)-i > 4 {
		after = strings.TrimSuffix(after, ".") // of the line, not of an initial
	}
	if name := headName(before); name != "" {
		return name
	}
	if after == "" || len(after) > maxBeside {
		return ""
	}
	low := strings.ToLower(after)
	if len(low) != len(after) {
		return ""
	}
	for _, w := range byLine {
		if strings.HasPrefix(low, w) && len(after) > len(w) {
			return headName(strings.TrimLeft(after[len(w):], " :"))
		}
	}
	says := strings.TrimRight(low, " :")
	for _, w := range sayingsAfter {
		if strings.HasSuffix(says, " "+w) {
			return headName(after[:len(says)-len(w)])
		}
	}
	return ""
}

// byLine stand between a date and a name; lower case.
var byLine = []string{"by ", "von ", "par ", "por ", "da ", "di ", "de ", "door ", "przez ", "av ", "af ", "oleh ", "от ", "— ", "– ", "- "}

// headName is a name before a date, without the words that lead from one to the
// other and without a label behind a dash ("NAME - Date:").
func headName(s string) string {
	s = dom.Squeeze(s)
	if strings.HasSuffix(s, ":") {
		for _, dash := range []string{" - ", " – ", " — ", " | ", " · ", " • "} {
			if i := strings.LastIndex(s, dash); i > 0 {
				s = s[:i]
				break
			}
		}
	}
	name := cleanName(s)
	low := strings.ToLower(name)
	if len(low) != len(name) {
		return name
	}
	for _, w := range dateJoins {
		if low == w {
			return ""
		}
		if strings.HasSuffix(low, " "+w) {
			name = strings.Trim(name[:len(name)-len(w)-1], " ,|·•–—-:")
			low = strings.ToLower(name)
		}
	}
	if name = cleanName(name); glue[fold(name)] {
		return ""
	}
	return name
}
