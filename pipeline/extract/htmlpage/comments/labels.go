package comments

import (
	"strings"

	"corpus/pipeline/extract/htmlpage/dom"
)

// nameLabels stand with a colon before the name of an author; lower case.
var nameLabels = []string{"author", "autor", "autorin", "автор", "имя", "name", "nom", "nombre", "nome", "naam", "nick", "user", "from", "von", "by", "verfasser", "auteur", "autore", "auteur", "yazan", "yazar", "gönderen", "作者", "昵称", "名前", "投稿者", "お名前", "작성자", "이름", "الاسم", "الكاتب", "نام", "użytkownik", "namn", "navn", "nimi", "jméno", "név", "nume", "όνομα", "ім'я"}

// postedBy stand before the name of an author without a colon; lower case.
var postedBy = []string{"comment by", "commented by", "posted by", "written by", "submitted by", "added by", "reply by", "review by", "reviewed by", "kommentar von", "geschrieben von", "verfasst von", "eingetragen von", "eintrag von", "gepostet von",
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
	"email": true, "e-mail": true, "mail": true, "homepage": true, "home page": true, "website": true, "web": true, "www": true, "url": true, "site": true, "profile": true, "profil": true, "blog": true, "home": true,
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
