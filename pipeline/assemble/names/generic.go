package names

import "strings"

// GenericVersion is the version of the list of generic names. It changes with
// the list, since a name that joins it loses its pseudonym.
const GenericVersion = 1

// anonymous holds names that systems print for a person without a name. They
// stay generic with a number behind them ("Guest4711", "Gast #12"): such a
// number counts visitors and names nobody.
var anonymous = set(
	// English
	"anonymous", "anonymous user", "anonymous coward", "anonymous guest", "anonymous reader", "anonymous commenter",
	"anon", "anony", "anonymouse", "guest", "guest user", "guest commenter", "visitor", "unregistered",
	"unregistered user", "unregistered guest", "not logged in", "name withheld", "name withheld by request",
	"no name", "noname", "nameless", "unnamed", "unknown", "unknown user", "a guest", "a visitor",
	// German
	"anonym", "anonyme", "anonymer", "anonymer benutzer", "anonymer nutzer", "anonymer user", "anonymer gast",
	"gast", "gäste", "besucher", "ohne name", "ohne namen", "unbekannt", "unbekannter", "namenlos", "unregistriert",
	"unregistrierter benutzer", "nicht registriert", "nicht angemeldet",
	// French
	"anonyme (non connecté)", "utilisateur anonyme", "invité", "invitée", "visiteur", "visiteuse", "inconnu", "inconnue",
	"sans nom",
	// Spanish, Catalan, Galician
	"anónimo", "anónima", "anonimo", "usuario anónimo", "invitado", "invitada", "visitante", "desconocido", "sin nombre",
	"anònim", "convidat", "visitant", "convidado",
	// Portuguese
	"anônimo", "anônima", "usuário anônimo", "utilizador anónimo", "convidada", "desconhecido", "sem nome",
	// Italian
	"anonima", "utente anonimo", "ospite", "visitatore", "sconosciuto", "senza nome",
	// Dutch, Afrikaans
	"anoniem", "anonieme gebruiker", "bezoeker", "onbekend", "naamloos",
	// Danish, Norwegian, Swedish, Icelandic
	"anonymt", "gæst", "gjest", "gäst", "besökare", "besøgende", "besøkende", "ukendt", "ukjent", "okänd", "nafnlaus", "gestur",
	// Finnish, Estonian, Latvian, Lithuanian
	"nimetön", "anonyymi", "vieras", "vierailija", "tuntematon", "anonüümne", "külaline", "anonīms", "viesis", "anonimas", "svečias",
	// Polish, Czech, Slovak
	"anonimowy", "gość", "gosc", "nieznany", "~gość", "anonymní", "host", "návštěvník", "neznámý", "anonymný", "hosť", "návštevník",
	// Hungarian, Romanian, Bulgarian
	"névtelen", "vendég", "ismeretlen", "anonim", "oaspete", "vizitator", "анонимен", "гост",
	// Slovene, Croatian, Serbian
	"gost", "anoniman", "anonimni", "obiskovalec", "posjetitelj", "анониман",
	// Russian, Ukrainian, Belarusian
	"аноним", "анонимный", "анонимно", "анонимный пользователь", "гость", "посетитель", "неизвестный", "анонім", "анонімний", "гість", "госць",
	// Greek, Turkish, Albanian
	"ανώνυμος", "ανώνυμη", "ανωνυμοσ", "επισκέπτης", "αγνωστος", "isimsiz", "misafir", "ziyaretçi", "anonim kullanıcı", "adsız", "anonimë", "i panjohur",
	// Arabic, Persian, Hebrew
	"مجهول", "زائر", "ضيف", "غير معرف", "غير مسجل", "ناشناس", "مهمان", "بی نام", "אנונימי", "אורח", "אלמוני",
	// Chinese, Japanese, Korean
	"匿名", "匿名用户", "匿名用戶", "游客", "遊客", "访客", "訪客", "路人", "名無しさん", "名無し", "匿名希望", "ゲスト", "通りすがり", "익명", "손님", "방문자", "게스트",
	// Hindi, Thai, Vietnamese, Indonesian, Malay
	"अनाम", "बेनामी", "अतिथि", "ไม่ระบุชื่อ", "ผู้เยี่ยมชม", "นิรนาม", "ẩn danh", "nặc danh", "khách", "tamu", "tanpa nama", "pengunjung", "tetamu",
)

// roles holds words that forms or systems leave in place of a name. A number
// behind them may well be an account ("user12345"), so they are generic bare.
var roles = set(
	"user", "username", "user name", "member", "reader", "a reader", "commenter", "commentor", "name", "your name", "me", "myself",
	"nobody", "no one", "none", "null", "undefined", "n/a", "na", "nil", "test", "admin", "administrator", "webmaster",
	"deleted", "[deleted]", "deleted user", "deleted account", "former member", "former user", "[removed]", "removed",
	"benutzer", "nutzer", "leser", "leserin", "mitglied", "name", "ihr name", "dein name", "niemand", "ich", "gelöschter benutzer",
	"utilisateur", "lecteur", "lectrice", "membre", "nom", "votre nom", "moi", "personne", "utilisateur supprimé",
	"usuario", "lector", "nombre", "nadie", "yo", "usuário", "leitor", "nome", "ninguém", "utente", "lettore", "nessuno", "io",
	"gebruiker", "lezer", "naam", "niemand", "bruger", "bruker", "användare", "läsare", "käyttäjä", "lukija", "nimi",
	"użytkownik", "czytelnik", "uživatel", "čtenář", "používateľ", "felhasználó", "olvasó", "utilizator", "cititor",
	"пользователь", "читатель", "имя", "никто", "користувач", "читач", "потребител", "читател", "корисник", "korisnik",
	"χρήστης", "αναγνώστης", "kullanıcı", "okuyucu", "مستخدم", "قارئ", "کاربر", "משתמש", "用户", "用戶", "网友", "網友", "ユーザー", "読者", "사용자", "독자",
	"pengguna", "pembaca", "người dùng", "ผู้ใช้",
)

// Generic reports whether a name is one that many people have because nobody
// chose it: it gets no pseudonym and is not looked for in texts.
func Generic(name string) bool {
	folded := Fold(name)
	if folded == "" {
		return false
	}
	if roles[folded] || anonymous[folded] {
		return true
	}
	bare := strings.Trim(folded, "()[]<>{}*~-–—_.!:;,\"'“”„«»#")
	bare = strings.TrimSpace(bare)
	if roles[bare] || anonymous[bare] {
		return true
	}
	unnumbered := strings.TrimRight(bare, "0123456789 #-_.№")
	return unnumbered != bare && anonymous[unnumbered]
}

// weak holds words that open sentences or notes in many texts: as a name they
// are only looked for behind an @.
var weak = set(
	"ps", "p.s.", "pps", "note", "notes", "edit", "update", "question", "answer", "source", "sources", "example", "re", "fyi", "btw",
	"tldr", "tl;dr", "http", "https", "quote", "zitat", "citation", "cita", "link", "warning", "spoiler", "nb", "n.b.", "fact", "facts",
	"well", "yes", "no", "yeah", "yep", "nope", "so", "oh", "ok", "okay", "however", "actually", "sorry", "please", "thanks", "thank you",
	"hello", "hi", "hey", "dear", "and", "but", "or", "also", "still", "now", "then", "first", "second", "third", "finally", "honestly",
	"really", "seriously", "lol", "haha", "wow", "wrong", "right", "true", "false", "exactly", "indeed", "maybe", "perhaps", "today",
	"everyone", "everybody", "all", "guys", "folks", "people", "friends", "the", "this", "that", "what", "why", "how", "who", "when", "where",
	"he", "she", "they", "you", "we", "it", "man", "dude", "god", "someone", "somebody", "anyone",
	"ja", "nein", "doch", "aber", "und", "also", "nun", "naja", "hallo", "danke", "bitte", "achtung", "frage", "antwort", "quelle", "beispiel",
	"er", "sie", "wir", "ihr", "man", "jemand", "alle", "leute",
	"oui", "non", "mais", "et", "bon", "bonjour", "merci", "alors", "enfin", "bref", "il", "elle", "on", "nous", "vous", "tous", "source",
	"sí", "si", "pero", "bueno", "hola", "gracias", "pues", "él", "ella", "todos", "sim", "não", "mas", "bom", "olá", "obrigado", "ele", "ela",
	"sì", "ma", "beh", "ciao", "grazie", "allora", "lui", "lei", "tutti", "nee", "maar", "dus", "hij", "zij", "nej", "men", "hej", "tack",
	"да", "нет", "но", "ну", "так", "он", "она", "все", "вопрос", "ответ", "tak", "nie", "ale", "ano", "ne", "on", "ona", "evet", "hayır", "ama",
)

// Weak reports whether a name is also a common opening of a sentence.
func Weak(name string) bool { return weak[Fold(name)] }

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[Fold(w)] = true
	}
	return m
}
