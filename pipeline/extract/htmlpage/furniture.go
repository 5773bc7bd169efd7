package htmlpage

import (
	"strings"
	"sync"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/schema"
)

// Lines that a site adds to its articles, in lower case. They are looked for in
// short blocks alone: an article may speak of a newsletter as well.
var (
	// furnitureLines are parts of lines that ask to subscribe, to follow or to
	// pay, or that say where the article is filed.
	furnitureLines = []string{
		"подписывайтесь на", "подпишитесь на наш", "zapisz się na", "zapisz się do", "subskrybuj", "prenumerera på vårt", "følg os på", "følg oss på", "följ oss på",
		"follow us on", "folgen sie uns", "folge uns auf", "folgt uns auf", "suivez-nous", "síguenos", "siga-nos", "seguici su", "volg ons op",
		"this entry was posted", "this post was posted", "dieser eintrag wurde", "dieser beitrag wurde veröffentlicht", "veröffentlicht unter", "filed under:", "posted in:",
		"dit bericht werd geplaatst", "dit bericht is geplaatst", "cette entrée a été publiée", "cet article a été publié dans", "esta entrada fue publicada", "questo articolo è stato pubblicato", "questa voce è stata pubblicata", "esta entrada foi publicada",
		"det här inlägget postades", "detta inlägg publicerades", "dette innlegget ble publisert", "dette innlegget ble postet", "dette indlæg blev udgivet", "ten wpis został opublikowany", "ten wpis opublikowano", "tento příspěvek byl publikován", "запись опубликована", "эта запись была", "この投稿は",
		"subscribe to our", "subscribe now", "sign up for our", "sign up to our", "sign up for the", "our newsletter", "unseren newsletter", "unserem newsletter", "unser newsletter",
		"zum newsletter", "notre newsletter", "nuestro boletín", "nuestra newsletter", "nossa newsletter", "nostra newsletter", "join our mailing list",
		"download our app", "download the app", "never miss a", "never miss the latest", "apps for ios", "whatsapp channel", "whatsapp-kanal", "canal de whatsapp",
		"all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados", "todos os direitos reservados", "tutti i diritti riservati",
		"support our journalism", "support our work", "unterstützen sie uns", "unterstütze uns", "become a member", "jetzt abonnieren", "abonnez-vous", "suscríbete", "suscríbase", "inscrivez-vous",
		"please enable javascript", "accept cookies", "cookies akzeptieren", "if you enjoyed this", "if you enjoyed reading", "leave a comment below", "was this article helpful",
		"affiliate commission", "affiliate link", "affiliate-link", "may earn a commission", "may earn a small commission", "already a subscriber", "already have an account", "schon abonnent", "bereits abonnent", "déjà abonné", "ya eres suscriptor", "già abbonato",
		"to continue reading", "continue reading with", "create a free account", "create an account to", "free articles this month", "you receive this email", "you received this email", "you are receiving this", "view this email in", "view in browser", "unsubscribe at any time", "unsubscribe anytime", "jederzeit abbestellen", "jederzeit abmelden", "désinscrire à tout moment",
		"do you have a story", "have you got a story", "got a story", "got a tip", "email our news", "contact our newsroom",
		"your email address will not be published", "war dieser artikel hilfreich",
	}
	// relatedOpeners begin a line or a heading that leads to other articles.
	relatedOpeners = []string{
		"read also", "also read", "read more:", "read next", "read:", "related:", "see also:", "more:", "watch:", "lesen sie auch", "lies auch", "auch interessant", "auch lesenswert", "mehr dazu:", "mehr zum thema",
		"lesetipp", "lire aussi", "à lire aussi", "voir aussi", "leer también", "lea también", "lee también", "lea además", "te puede interesar", "vea también", "leia também", "leggi anche", "lees ook",
		"schon gelesen", "das könnte sie", "das könnte dich", "das könnte euch", "dans la même rubrique", "sur le même sujet", "related article", "related post", "related stor", "related content", "you may also like", "you might also like",
		"you may also be interested", "recommended", "more stories", "more from", "weitere artikel", "weitere beiträge", "weitere meldungen", "weitere themen", "weiterlesen", "ähnliche artikel", "ähnliche beiträge", "empfehlungen aus", "empfohlene", "passend zum thema", "zum thema:",
		"artículos relacionados", "noticias relacionadas", "más noticias", "artigos relacionados", "articoli correlati", "articles liés", "previous post", "next post", "keep reading", "further reading:", "mira:",
		"اقرأ أيضا", "اقرأ أيضًا", "إقرأ أيضا", "اقرأ المزيد", "مواضيع ذات صلة", "קראו גם", "קרא גם", "כתבות נוספות", "читайте также", "читайте ещё", "материалы по теме", "смотрите также", "читайте також", "相关阅读", "延伸阅读", "相关新闻", "推荐阅读", "延伸閱讀", "相關新聞", "関連記事", "あわせて読みたい", "こちらも読む", "관련기사", "관련 기사",
		"czytaj także", "czytaj też", "czytaj również", "przeczytaj także", "przeczytaj też", "zobacz także", "zobacz też", "läs också", "läs även", "læs også", "les også", "lue myös", "čtěte také", "přečtěte si", "διαβάστε επίσης", "διαβάστε ακόμη", "ilgili haber", "citește și", "citeste si", "olvasta már", "lees verder", "lees meer",
		"share this", "teilen:", "diesen artikel teilen", "artikel teilen", "beitrag teilen", "partager", "compartir", "compartilhe", "tags:", "schlagwörter:", "kategorien:", "categories:", "about the author", "über den autor", "über die autorin",
	}
)

// invitations are headings of boxes that ask for an address, or say whom the press may ask.
var invitations = dom.NewNames(`newsletter subscribe abonnieren abonnez-vous suscríbete iscriviti nieuwsbrief nyhetsbrev nyhedsbrev рассылка pressekontakt presskontakt pressekontakte ニュースレター 뉴스레터 newsletter-anmeldung`)

// invites tells such a heading; lower case.
func invites(s string) bool {
	s = strings.Trim(s, " !:.…")
	return invitations.Has(s) || pressContacts[s]
}

// pressContacts are invitations of several words.
var pressContacts = map[string]bool{
	"media contact": true, "media contacts": true, "press contact": true, "press contacts": true, "contact for media": true, "contact for the media": true, "media enquiries": true, "media inquiries": true, "press enquiries": true,
	"kontakt für die presse": true, "kontakt für medien": true, "contact presse": true, "contacts presse": true, "contacto de prensa": true, "contatto stampa": true, "contatti stampa": true,
	"stay up to date": true, "stay in touch": true, "stay informed": true, "immer informiert": true, "restez informé": true, "join our newsletter": true, "subscribe to our newsletter": true,
}

// sourceOpeners begin short lines that say where the text was taken from.
var sourceOpeners = []string{"source: ", "source : ", "quelle: ", "fuente: ", "fonte: ", "źródło: ", "bron: ", "источник: ", "来源：", "出典："}

// adLabels stand alone above an advertisement.
var adLabels = dom.NewNames(`advertisement advertising advertorial anzeige werbung reklame publicité publicidad publicidade pubblicità advertentie annons annonse annonce reklama mainos реклама 広告 广告 廣告 광고 إعلان פרסומת`)

// deskOpeners begin short lines for the archive, not for readers.
var deskOpeners = []string{"责任编辑", "責任編輯", "编辑：", "编辑:", "編集：", "keywords:", "key words:", "schlüsselwörter:", "mots-clés", "palabras clave:", "palavras-chave:"}

// maxFurniture bounds such a line, in bytes.
const maxFurniture = 260

// isFurniture tells a line that the site added to the article; lower is the
// block's text in lower case.
func isFurniture(piece *prose.Piece, lower string) bool {
	if len(piece.Text) > maxFurniture || piece.Kind == schema.BlockTableRow || piece.Kind == schema.BlockCode || piece.Kind == schema.BlockQuote {
		return false
	}
	if furnitureSet().in(lower) {
		return true
	}
	if piece.Kind == schema.BlockHeading {
		return false // see dropSections
	}
	return piece.Linked*3 >= piece.Chars && opens(lower) || anyPrefix(lower, deskOpeners) && len(lower) < 100 || strings.Trim(lower, " -–—*#") == "ends" ||
		len(lower) < 100 && anyPrefix(lower, sourceOpeners) || len(lower) < 24 && adLabels.Has(strings.Trim(lower, " -–—:[]()*")) ||
		strings.HasPrefix(lower, "— ") && strings.Contains(lower, "(@") && len(lower) < 160
}

// phrases finds any of a list of phrases in a text, in one pass for nearly all
// of them: by the first three bytes, which few phrases share.
type phrases struct {
	begin map[[3]byte][]string
	seen  [1 << 10]bool // whether a phrase begins with bytes of that sum
}

var furnitureSet = sync.OnceValue(func() *phrases {
	set := &phrases{begin: map[[3]byte][]string{}}
	for _, line := range furnitureLines {
		key := [3]byte([]byte(line))
		set.begin[key] = append(set.begin[key], line)
		set.seen[sum3(line)] = true
	}
	return set
})

func sum3(s string) int { return (int(s[0]) + int(s[1])<<3 + int(s[2])<<5) & (1<<10 - 1) }

// in tells whether one of the phrases is part of the text.
func (set *phrases) in(text string) bool {
	for i := 0; i+3 <= len(text); i++ {
		if !set.seen[sum3(text[i:])] {
			continue
		}
		for _, line := range set.begin[[3]byte([]byte(text[i:i+3]))] {
			if strings.HasPrefix(text[i:], line) {
				return true
			}
		}
	}
	return false
}

func opens(s string) bool {
	s = strings.TrimLeft(s, " +»>→▶•*|-–—[(¡¿\"“„")
	if s == "" {
		return false
	}
	for _, o := range relatedOpeners {
		if o[0] == s[0] && strings.HasPrefix(s, o) {
			return true
		}
	}
	return false
}

// discussionHeads are headings above readers' comments or the form for them.
var discussionHeads = map[string]bool{
	"leave a comment": true, "leave a reply": true, "post a comment": true, "add a comment": true, "write a comment": true, "join the discussion": true, "join the conversation": true,
	"kommentar schreiben": true, "schreibe einen kommentar": true, "schreiben sie einen kommentar": true, "kommentar verfassen": true, "kommentieren": true, "diskutieren sie mit": true, "ihr kommentar": true,
	"laisser un commentaire": true, "laissez un commentaire": true, "ajouter un commentaire": true, "deja un comentario": true, "deja una respuesta": true, "escribe un comentario": true, "deixe um comentário": true, "deixe uma resposta": true,
	"lascia un commento": true, "scrivi un commento": true, "geef een reactie": true, "reageer": true, "plaats een reactie": true, "lämna ett svar": true, "lämna en kommentar": true, "skriv en kommentar": true, "legg igjen en kommentar": true,
	"dodaj komentarz": true, "skomentuj": true, "оставить комментарий": true, "добавить комментарий": true, "发表评论": true, "コメントを残す": true, "댓글 쓰기": true,
}

// dropDiscussion drops what stands below such a heading, where most of the text
// stands above it: what readers said, of a system that shows no times.
func dropDiscussion(pieces []candidate) {
	before, total := 0, 0
	for i := range pieces {
		total += pieces[i].Chars
	}
	for i := range pieces {
		c := &pieces[i]
		if c.Kind == schema.BlockHeading && len(c.lower) <= 60 && discussionHeads[strings.Trim(c.lower, " !:.…")] && before >= minBeforeTeasers && (total-before)*2 < before {
			for ; i < len(pieces); i++ {
				pieces[i].away = true
			}
			return
		}
		before += c.Chars
	}
}

// dropSections drops sections under a heading that leads to other articles: what
// follows up to the next heading of that level or above, where it holds little
// running text or ends the article.
func dropSections(pieces []candidate, keep []bool) {
	for i := 0; i < len(pieces); {
		if !keep[i] || pieces[i].Kind != schema.BlockHeading || len(pieces[i].Text) > 80 || !pieces[i].opens {
			i++
			continue
		}
		end, long := i+1, 0
		for end < len(pieces) && (!keep[end] || pieces[end].Kind != schema.BlockHeading || pieces[end].Level > pieces[i].Level) {
			if keep[end] && pieces[end].Chars-pieces[end].Linked > 200 {
				long++
			}
			end++
		}
		if long > 1 {
			end = i + 1 // the heading alone: the article goes on below it
		}
		for ; i < end; i++ {
			keep[i] = false
		}
	}
}
