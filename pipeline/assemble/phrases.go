package assemble

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"corpus/pipeline/assemble/names"
)

// sortPlaces orders places by start; at one start those with a basis first,
// then the longer.
func sortPlaces(places []place) {
	slices.SortStableFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.start, b.start), -cmp.Compare(a.basis, b.basis), -cmp.Compare(a.end, b.end))
	})
}

// matcher makes a matcher of phrases.
func matcher(phrases ...string) func() *names.Matcher {
	return sync.OnceValue(func() *names.Matcher {
		m := names.NewMatcher()
		for _, p := range phrases {
			m.Add(p)
		}
		return m
	})
}

// quotePrefixes are what forums print before the author of a quote.
var quotePrefixes = matcher(
	"originally posted by", "originally written by", "posted by", "written by", "quote by", "quote from", "quote", "quoting", "quotation from",
	"comment by", "comment from",
	"zitat von", "zitat", "zitiere", "original von", "ursprünglich von", "geschrieben von", "verfasst von", "kommentar von", "beitrag von",
	"citation de", "citation", "posté par", "écrit par", "publié par", "envoyé par", "message de", "commentaire de",
	"cita de", "cita", "publicado por", "escrito por", "enviado por", "iniciado por", "comentario de", "mensaje de",
	"citazione di", "citazione", "scritto da", "pubblicato da", "postato da", "inviato da", "commento di",
	"citação de", "postado por", "comentário de", "citaat van", "geplaatst door", "geschreven door", "reactie van", "citat av", "citat fra", "skrevet av", "skrevet af",
	"skrivet av", "ursprungligen postat av", "cytat z", "napisany przez", "lainaus", "citace", "цитата от", "цитата", "сообщение от", "написал", "alıntı", "引用", "引用自", "原帖由",
)

// replyPrefixes are what pages print before the name of whom a comment answers.
var replyPrefixes = matcher(
	"in reply to", "in response to", "in answer to", "replying to", "reply to", "response to", "responding to", "answer to", "re:", "to:", "for:",
	"antwort an", "antwort auf", "als antwort auf", "als antwort an", "zu:", "an:", "aw:",
	"en réponse à", "réponse à", "répondre à", "à:", "en respuesta a", "respuesta a", "respondiendo a", "para:",
	"in risposta a", "risposta a", "em resposta a", "resposta a", "respondendo a", "als antwoord op", "antwoord aan", "in antwoord op", "reactie op",
	"svar till", "svar til", "svar på", "w odpowiedzi na", "odpowiedź do", "do:", "v odpovědi na", "в ответ на", "ответ для", "在回复", "回复", "回覆", "返信",
)

// greetings stand before the name of whom a comment addresses.
var greetings = matcher(
	"hi", "hello", "hey", "dear", "hi there", "good morning", "good evening", "good afternoon", "thanks", "thank you", "thx", "sorry", "yes", "no", "well said",
	"hallo", "liebe", "lieber", "guten tag", "guten morgen", "guten abend", "moin", "servus", "grüß gott", "danke", "ja", "nein", "sehr geehrter", "sehr geehrte", "werter", "werte",
	"bonjour", "bonsoir", "salut", "cher", "chère", "merci", "coucou", "oui", "non", "hola", "estimado", "estimada", "querido", "querida", "gracias", "buenos días", "buenas tardes",
	"ciao", "salve", "buongiorno", "caro", "cara", "grazie", "gentile", "olá", "oi", "caro amigo", "prezado", "prezada", "obrigado", "obrigada", "bom dia",
	"beste", "dag", "hoi", "bedankt", "hej", "hei", "kära", "käre", "kjære", "kære", "tack", "takk", "tak", "cześć", "witaj", "drogi", "droga", "ahoj", "milý", "milá", "szia", "kedves",
	"bună", "salut", "dragă", "привет", "здравствуйте", "уважаемый", "уважаемая", "дорогой", "спасибо", "привіт", "merhaba", "selam", "sayın", "sevgili", "γεια", "αγαπητέ",
)

// answers are the greetings that are rather answers: a word behind one may be
// any word.
var answers = wordSet("yes", "no", "ja", "nein", "oui", "non")

// determiners stand before words that say what somebody is, not who: "the
// mayor said:".
var determiners = wordSet(
	"the", "a", "an", "this", "that", "these", "those", "my", "your", "his", "her", "our", "their", "its", "any", "some", "every", "no", "one",
	"der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "eines", "einem", "einen", "mein", "meine", "dein", "sein", "seine", "ihr", "ihre", "unser", "unsere", "dieser", "diese", "dieses", "jeder", "kein", "keine",
	"le", "la", "les", "un", "une", "des", "du", "mon", "ma", "mes", "ton", "ta", "son", "sa", "notre", "votre", "leur", "ce", "cet", "cette", "ces",
	"el", "los", "las", "una", "unos", "unas", "mi", "tu", "su", "sus", "nuestro", "nuestra", "este", "esta", "ese", "esa", "del", "al",
	"il", "lo", "i", "gli", "uno", "mio", "mia", "tuo", "suo", "nostro", "questo", "questa", "quel", "quella", "del", "della", "dal", "dalla",
	"o", "os", "as", "um", "uma", "meu", "minha", "seu", "sua", "nosso", "nossa", "do", "da", "este", "esse",
	"de", "het", "een", "deze", "dit", "dat", "die", "mijn", "zijn", "haar", "onze", "ons", "en", "ett", "et", "ei", "min", "din", "vår", "vores", "denne", "den", "det",
	"ten", "ta", "to", "mój", "nasz", "ta", "náš", "můj", "этот", "эта", "мой", "наш", "ваш", "bu", "bir",
)

func wordSet(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// joiners stand between two names.
var joiners = matcher("and", "und", "et", "y", "e", "en", "och", "og", "i", "a", "и", "und auch", "as well as", "ja", "ve")

// verbs are how quoting programs and people say that somebody wrote: those in
// the first list may also be followed by a time before the colon.
var verbs = []string{
	"wrote", "writes", "said", "says", "posted", "commented", "replied", "responded", "asked", "stated", "claimed",
	"schrieb", "schreibt", "sagte", "sagt", "meinte", "meint", "hat geschrieben", "hat gesagt", "kommentierte", "antwortete", "fragte",
	"a écrit", "écrit", "écrivait", "a dit", "dit", "disait", "a répondu",
	"escribió", "escribio", "escribe", "dijo", "dice", "ha escrito", "ha dicho", "comentó", "respondió",
	"ha scritto", "scrisse", "scrive", "scriveva", "ha detto", "diceva", "escreveu", "disse", "escreve", "diz", "comentou",
	"schreef", "schrijft", "zei", "zegt", "skrev", "skriver", "sa", "säger", "sagde", "siger", "sier", "kirjoitti", "sanoi",
	"napisał", "napisała", "napisał(a)", "pisze", "napsal", "napsala", "píše", "napísal", "napísala", "írta", "yazdı", "demiş", "a scris", "scrie",
	"написал", "написала", "написал(а)", "пишет", "сказал", "сказала", "пише", "написав", "написала", "έγραψε", "είπε",
	"写道", "寫道", "说", "說", "さんは書きました", "さんの発言", "さん", "님이 쓰심", "님의 말",
}

var verbMatcher = matcher(verbs...)

// speaks reports whether rest, behind a name at the start of a line, says that
// the person wrote: a verb, then a colon in the line or its end.
func speaks(rest string) bool {
	const most = 90
	behind := -1
	verbMatcher().At(rest, 0, func(end int, _ int32) bool {
		behind = end
		return true
	})
	if behind < 0 {
		return false
	}
	rest = strings.TrimSpace(rest[behind:])
	if rest == "" || colon(rest) {
		return true
	}
	i := strings.IndexAny(rest, ":：")
	if i < 0 || len(rest) > most && i > most {
		return false
	}
	// what stands between verb and colon must be a time or place of the post, not a sentence
	if end := strings.LastIndexAny(rest[:min(len(rest), most)], ":："); end >= 0 {
		return strings.ContainsAny(rest[:end], "0123456789") && colon(rest[end:])
	}
	return false
}

// verbBefore gives the byte at which a verb begins that ends before, or -1.
func verbBefore(before string) int {
	before = strings.TrimRight(before, " \t\u00a0")
	from := max(0, len(before)-40)
	for from < len(before) && !utf8.RuneStart(before[from]) {
		from++
	}
	for p := from; p < len(before); {
		r, size := utf8.DecodeRuneInString(before[p:])
		if p > 0 {
			last, _ := utf8.DecodeLastRuneInString(before[:p])
			if names.IsWord(last) && last < 0x0e00 && unicode.IsLetter(r) {
				p += size
				continue
			}
		}
		found := false
		verbMatcher().At(before, p, func(end int, _ int32) bool {
			found = end == len(before)
			return !found
		})
		if found {
			return p
		}
		p += size
	}
	return -1
}
