package textpage

// The tables of this file are lower case. They hold words of interfaces in many
// languages, never words of a single site.

// imageWords are stubs that name an image without being a file's name.
var imageWords = set(
	"img", "image", "images", "photo", "foto", "pic", "picture", "avatar", "gravatar", "icon", "logo", "inline",
	"bild", "profilbild", "grafik", "imagen", "immagine", "imagem", "obrazek", "video", "thumbnail", "emoji", "smiley",
)

// sayVerbs stand between a commenter's name and the comment ("NAME says:").
var sayVerbs = phrases(
	"says", "said", "wrote", "writes", "comments", "commented", "replied", "replies", "responds", "responded", "asks", "adds",
	"sagt", "sagte", "schreibt", "schrieb", "meint", "meinte", "antwortet", "antwortete", "kommentiert", "kommentierte", "hat geschrieben", "hat gesagt",
	"dit", "a dit", "écrit", "a écrit", "a commenté", "a répondu", "répond", "commente",
	"dice", "dijo", "escribió", "escribe", "comenta", "comentó", "respondió", "ha dicho", "ha escrito",
	"ha scritto", "ha detto", "scrive", "ha commentato", "ha risposto", "commenta",
	"disse", "diz", "escreveu", "comentou", "respondeu",
	"zegt", "zei", "schreef", "schrijft", "reageerde",
	"säger", "skriver", "skrev", "sa", "sier", "siger", "sagde", "kommenterade",
	"pisze", "napisał", "napisała", "napisał(a)", "mówi", "powiedział", "powiedziała", "komentuje",
	"říká", "napsal", "napsala", "hovorí", "spune", "a spus", "a scris", "zice", "kirjoitti", "sanoo", "szerint", "írta", "mondta",
	"говорит", "пишет", "сказал", "сказала", "написал", "написала", "комментирует", "ответил", "ответила", "каже", "пише", "написав",
	"diyor ki", "dedi ki", "yazdı", "λέει", "έγραψε", "είπε", "より", "说", "说道", "說", "說道", "님의 말",
)

// byPhrases stand before a commenter's name in full ("Posted by NAME").
var byPhrases = phrases(
	"posted by", "comment by", "written by", "submitted by", "reply by", "by", "comment from", "from", "author",
	"kommentar von", "antwort von", "beitrag von", "gepostet von", "geschrieben von", "verfasst von", "eingestellt von", "veröffentlicht von", "erstellt von", "von", "autor",
	"commentaire de", "commentaire par", "commenté par", "publié par", "posté par", "écrit par", "rédigé par", "réponse de", "par", "auteur", "de",
	"comentario de", "comentario por", "publicado por", "enviado por", "escrito por", "por", "comentário de", "comentário por", "postado por",
	"commento di", "commento da", "scritto da", "inviato da", "pubblicato da", "di", "da", "autore",
	"reactie van", "reactie door", "geplaatst door", "geschreven door", "door", "van",
	"kommentar av", "kommentar fra", "skrevet av", "skrevet af", "skrivet av", "postat av", "av", "af",
	"komentarz od", "dodany przez", "dodał", "dodała", "napisany przez", "przez", "od",
	"комментарий от", "добавил", "добавила", "автор", "от",
)

// shortBy are the byPhrases that articles have as well: they prove something
// only beside a date.
var shortBy = set("written by", "verfasst von", "geschrieben von", "veröffentlicht von", "eingestellt von", "erstellt von", "publié par", "écrit par", "rédigé par", "publicado por", "escrito por", "scritto da", "pubblicato da", "geschreven door", "skrivet av", "skrevet av", "skrevet af", "napisany przez", "by", "from", "author", "von", "autor", "par", "auteur", "de", "por", "di", "da", "autore", "door", "van", "av", "af", "przez", "od", "от", "автор",
	"dodał", "dodała", "добавил", "добавила")

// articleBy stand before the author of an article.
var articleBy = set("by", "written by", "posted by", "author", "von", "autor", "verfasst von", "geschrieben von", "veröffentlicht von", "eingestellt von", "erstellt von", "par", "auteur", "écrit par", "publié par", "rédigé par", "por", "escrito por", "publicado por", "di", "scritto da", "pubblicato da", "autore", "door", "geschreven door", "av", "skrevet av", "skrivet av", "af", "skrevet af", "przez", "napisany przez", "autorka", "autorin", "автор")

// postedParts are parts of the note below an article that says when it appeared.
var postedParts = []string{"posted", "published", "written", "by ", "filed", "veröffentlicht", "eingestellt", "erstellt", "verfasst", "geschrieben", "von ", "autor", "datum", "publié", "rédigé", "par ", "publicado", "escrito", "por ", "pubblicato", "scritto", "gepubliceerd", "geplaatst", "geschreven", "door ", "publicerad", "publisert", "opublikowano", "dodano", "опубликовано", "author", "auteur"}

// captionParts mark a line as the credit of a picture.
var captionParts = []string{"image credit", "image:", "photo credit", "photo:", "photograph", "(photo", "(image", "picture:", "foto:", "(foto", "fotos:", "bild:", "(bild", "bildquelle", "copyright", "©", "getty", "crédit", "photo ©", "imagen:", "crédito", "credito", "fot.", "фото"}

// joiners stand between a name and a date, or around them.
var joiners = phrases(
	"on", "at", "the", "posted", "posted on", "posted at",
	"am", "um", "vom", "den", "uhr", "le", "à", "el", "el día", "a las", "il", "alle", "alle ore", "ore", "em", "às", "op", "om", "uur", "den", "kl", "kl.", "dnia", "dne", "o", "godz.", "в", "от", "г.",
	"geschrieben am", "verfasst am", "posté le", "publié le", "publicado el", "date", "datum", "fecha", "data", "дата", "time", "hrs", "h",
)

// answerMarks begin the title of a post that answers another one.
var answerMarks = []string{"re: ", "aw: ", "antw: ", "sv: ", "vs: ", "odp: ", "rif: ", "res: ", "отв: "}

// profileLabels stand before figures in the profile of a forum's member.
var profileLabels = set(
	"posts", "post", "messages", "joined", "join date", "registered", "member since", "threads", "reputation", "post count", "topics", "likes", "reaction score", "karma",
	"beiträge", "beitrag", "registriert", "registriert seit", "mitglied seit", "dabei seit", "themen", "messages", "inscription", "inscrit", "inscrit le", "message(s)", "mensajes", "registrado", "se unió", "miembro desde", "messaggi", "iscritto il", "mensagens", "registado", "registrado em",
	"berichten", "lid geworden op", "lid sinds", "inlägg", "medlem sedan", "innlegg", "registrert", "indlæg", "posty", "dołączył", "dołączył(a)", "rejestracja", "wiadomości", "příspěvky", "registrován", "сообщения", "сообщений", "зарегистрирован", "регистрация", "投稿数", "注册时间", "帖子",
)

// roles are shown beside a commenter's name.
var roles = set(
	"author", "post author", "admin", "administrator", "moderator", "mod", "editor", "staff", "member", "guest", "op", "subscriber", "contributor", "registered user", "verified", "article author",
	"autor", "autorin", "beitragsautor", "beitragsautorin", "verfasser", "artikelautor", "redaktion", "redakteur", "gast", "mitglied", "moderation", "abonnent", "community",
	"auteur", "auteur de l'article", "administrateur", "modérateur", "invité", "membre", "rédaction", "rédacteur", "abonné",
	"autor de la entrada", "administrador", "moderador", "invitado", "miembro", "visitante", "convidado", "membro", "autora",
	"autore", "autrice", "amministratore", "moderatore", "ospite", "redazione", "beheerder", "gastlid", "redactie", "lid",
	"författare", "gäst", "forfatter", "gjest", "gæst", "medlem", "gość", "redakcja", "użytkownik", "автор", "гость", "администратор", "модератор", "редактор", "участник",
)

// authorRoles are roles that may stand behind a name with only a space between.
var authorRoles = set("author", "admin", "administrator", "moderator", "autor", "autorin", "verfasser", "auteur", "autore", "autrice", "autora", "автор", "модератор", "forfatter", "författare", "beitragsautor")

// pingWords begin the notes that other sites link here.
var pingWords = phrases("pingback", "trackback", "ping", "pingbacks", "trackbacks", "rétrolien", "rétroliens")

// levelWords say how deep a comment is nested ("level 2").
var levelWords = set("level", "ebene", "niveau", "nivel", "livello", "nível", "nivå", "poziom", "уровень")

// commentNouns name comments in the plural or singular ("12 comments").
var commentNouns = set(
	"comment", "comments", "answer", "answers", "response", "responses", "reply", "replies", "thought", "thoughts", "opinion", "opinions", "remark", "remarks", "discussion",
	"kommentar", "kommentare", "kommentaren", "antwort", "antworten", "gedanke", "gedanken", "meinung", "meinungen", "reaktion", "reaktionen", "leserkommentar", "leserkommentare", "lesermeinungen", "leserbriefe", "leserpost", "leserzuschriften", "rückmeldungen", "wortmeldungen", "diskussion", "nutzerkommentare", "userkommentare", "lesermeinung", "stimmen",
	"commentaire", "commentaires", "réponse", "réponses", "réaction", "réactions", "avis",
	"comentario", "comentarios", "respuesta", "respuestas", "opinión", "opiniones", "comentário", "comentários", "resposta", "respostas", "comentariu", "comentarii", "comentaris",
	"commento", "commenti", "risposta", "risposte", "pensiero", "pensieri", "opinione", "opinioni",
	"reactie", "reacties", "antwoord", "antwoorden", "gedachte", "gedachten", "opmerkingen",
	"kommentarer", "svar", "tanke", "tankar", "tanker", "kommentti", "kommenttia", "kommentit", "vastaus", "vastausta",
	"komentarz", "komentarze", "komentarzy", "odpowiedź", "odpowiedzi", "komentář", "komentáře", "komentářů", "komentár", "komentáre", "komentar", "komentari", "komentarjev", "hozzászólás", "hozzászólások", "megjegyzés",
	"комментарий", "комментария", "комментариев", "комментарии", "отзыв", "отзыва", "отзывов", "отзывы", "ответ", "ответа", "ответов", "мнения", "коментар", "коментарі", "коментарів", "коментарі",
	"yorum", "yorumlar", "σχόλιο", "σχόλια", "コメント", "评论", "評論", "条评论", "댓글", "تعليق", "تعليقات",
)

// plainNouns are commentNouns that make a section's heading even without a
// number: the others have a second meaning on buttons.
var plainNouns = set(
	"comments", "responses", "kommentare", "leserkommentare", "lesermeinungen", "leserpost", "leserbriefe", "leserzuschriften", "diskussion", "discussion", "meinungen", "reaktionen", "nutzerkommentare", "userkommentare", "lesermeinung",
	"commentaires", "réactions", "comentarios", "opiniones", "comentários", "commenti", "reacties", "kommentarer", "komentarze", "komentarzy", "komentáře", "komentari", "hozzászólások", "комментарии", "комментариев", "отзывы", "коментарі", "yorumlar", "σχόλια", "コメント", "评论", "評論", "댓글", "commenti", "kommentit", "comentarii",
)

// sectionCompany may stand beside the noun in a section's heading.
var sectionCompany = set(
	"all", "the", "reader", "readers", "readers'", "user", "visitor", "your", "join", "add", "leave", "new", "to", "on", "for", "of", "from", "forums", "forum", "view", "show", "total", "so", "far", "article", "post", "this", "in",
	"alle", "leser", "lesern", "zu", "zum", "von", "der", "die", "das", "unserer", "bisherige", "bisher", "eure", "ihre", "artikel", "beitrag", "diesem", "zur", "über", "auf", "den", "user", "nutzer", "besucher",
	"les", "vos", "des", "sur", "à", "lecteurs", "de", "du", "pour", "dans", "tous",
	"los", "las", "sobre", "en", "lectores", "todos", "para", "a", "os", "em", "leitores", "dos", "y", "e",
	"i", "su", "dei", "lettori", "per", "tutti", "op", "van", "bij", "voor", "lezers", "till", "til", "på", "om", "do", "na", "к", "на", "о", "об", "читателей",
)

// sectionPhrases are headings of a section of comments that hold no noun of
// their own.
var sectionPhrases = phrases(
	"was sagst du dazu", "was meinen sie", "was meinst du", "diskutieren sie über diesen artikel", "diskutieren sie mit", "ihre meinung", "das sagen unsere leser", "what do you think", "join the conversation", "join the discussion", "what others say", "conversation", "have your say",
	"vos réactions", "vos avis", "donnez votre avis", "le débat", "réagissez", "opina", "tu opinión", "cosa ne pensi", "praat mee", "säg vad du tycker", "обсуждение", "dyskusja", "discusión", "discussione", "discussão", "diskusjon", "debatt", "discuție",
)

// oneThought are counts in words ("One thought on …").
var oneThought = phrases("one", "ein", "eine", "einen", "un", "une", "una", "uno", "um", "uma", "een", "één", "en", "ett", "et", "jeden", "jedna", "один", "одна")

// noneWords are counts of zero ("No comments").
var noneWords = phrases("no", "keine", "keinen", "noch keine", "bisher keine", "aucun", "aucune", "pas de", "sin", "ningún", "ninguno", "no hay", "sem", "nenhum", "nessun", "nessuno", "geen", "inga", "ingen", "ingen", "brak", "žádné", "žádný", "нет", "be the first to")

// sidebarWords make a heading with commentNouns the heading of something else.
var sidebarWords = set(
	"recent", "latest", "newest", "neue", "neueste", "neuesten", "neuste", "letzte", "letzten", "aktuelle", "jüngste", "meistkommentiert", "most", "top", "derniers", "récents", "recientes", "últimos", "recenti", "ultimi", "recentes", "recente", "laatste", "senaste", "seneste", "siste", "ostatnie", "najnowsze", "последние", "свежие", "популярные", "abonnieren", "subscribe", "rss", "feed", "follow", "policy", "rules", "regeln", "richtlinien", "netiquette", "per", "via", "meiste", "meisten", "popular", "beliebte", "beliebteste", "gelöscht", "deaktiviert", "geschlossen", "closed", "disabled",
)

// controls are buttons, counters and labels of a thread: a line that is made of
// nothing else holds no text of a comment.
var controls = phrases(
	"asked", "answered", "gefragt", "beantwortet", "preguntada", "respondida", "perguntada", "demandé", "répondu",
	"reply", "replies", "reply to this comment", "reply to comment", "reply to", "hide replies", "show replies", "view replies", "view reply", "like", "liked by", "liked", "likes", "dislike", "upvote", "downvote", "vote up", "vote down", "share", "report", "report abuse", "report comment", "flag", "permalink", "permanent link", "link", "quote", "delete", "edit", "edited", "person", "people", "loading", "loading...", "log in to reply", "log in to leave a comment", "login to reply", "sign in to reply", "log in or register to post comments", "up", "down", "translate", "expand", "collapse", "more options", "helpful", "recommend", "recommended", "copy link", "follow", "mute", "block", "continue this thread", "show more", "show less", "read more", "load more comments", "show more comments", "view more comments", "more replies", "points", "point", "votes", "vote", "parent", "save", "award", "give award", "in reply to", "thumbs up", "thumbs down", "button", "avatar", "you must be logged in to reply", "unlike", "abuse", "upvotes", "downvotes", "posted in reply to", "comment hidden due to low rating", "hide", "show", "inappropriate", "mark as spam", "subscribe", "respond", "view profile", "comments are closed", "close", "cancel",
	"antworten", "antwort", "auf diesen kommentar antworten", "antwort schreiben", "antworten anzeigen", "antworten ausblenden", "antworten verbergen", "beantworten", "kommentieren", "gefällt mir", "gefällt", "gefällt mir nicht", "gefällt das", "mag ich", "liken", "teilen", "melden", "kommentar melden", "beitrag melden", "verstoß melden", "missbrauch melden", "zitieren", "zitat", "löschen", "bearbeiten", "permanenter link", "permanentlink", "direktlink", "link kopieren", "personen", "person", "wird geladen", "lade", "lade …", "lädt", "daumen hoch", "daumen runter", "hilfreich", "nicht hilfreich", "bewerten", "bewertung", "empfehlen", "empfehlung", "empfehlungen", "mehr anzeigen", "weniger anzeigen", "weiterlesen", "mehr", "einklappen", "ausklappen", "übersetzen", "anmelden um zu antworten", "melde dich an um zu antworten", "zum antworten anmelden", "login für vote", "sortieren", "stimmen", "punkte", "punkt", "profil", "folgen", "ausblenden", "einblenden", "kommentar ausblenden", "weitere antworten", "alle antworten", "gut", "auf diesen beitrag antworten", "älteste", "neueste", "neuste", "beste bewertung", "schließen", "abbrechen", "kommentare ausblenden", "kommentare anzeigen", "alle kommentare anzeigen", "inline feedback", "meisten abstimmungen",
	"répondre", "réponse", "réponses", "j'aime", "j’aime", "je n'aime pas", "partager", "signaler", "signaler un abus", "signaler ce commentaire", "citer", "lien permanent", "permalien", "supprimer", "modifier", "connectez-vous pour répondre", "se connecter pour répondre", "voir plus", "afficher plus", "recommander", "personnes", "personne", "chargement", "alerter", "je recommande", "utile", "voir les réponses",
	"responder", "respuesta", "respuestas", "me gusta", "no me gusta", "compartir", "denunciar", "reportar", "citar", "enlace permanente", "permalink", "eliminar", "borrar", "editar", "accede para responder", "ver más", "cargando", "personas", "persona", "a favor", "en contra", "ver respuestas", "recomendar", "útil",
	"resposta", "respostas", "curtir", "gosto", "não gosto", "partilhar", "compartilhar", "excluir", "apagar", "inicie sessão para responder", "carregando", "pessoas", "pessoa", "faça login para responder",
	"rispondi", "risposta", "risposte", "mi piace", "non mi piace", "condividi", "segnala", "cita", "cancella", "elimina", "modifica", "accedi per rispondere", "caricamento", "persone", "collegamento permanente",
	"beantwoorden", "reageer", "reageren", "antwoorden", "antwoord", "vind ik leuk", "leuk", "delen", "melden", "rapporteer", "citeren", "verwijderen", "bewerken", "log in om te reageren", "log in om te beantwoorden", "personen", "mensen", "laden",
	"svara", "svar", "gilla", "dela", "anmäl", "citera", "redigera", "ta bort", "logga in för att svara", "personer", "laddar", "besvar", "synes godt om", "del", "anmeld", "slet", "rediger", "logg inn for å svare", "lik", "liker", "siter",
	"odpowiedz", "odpowiedzi", "lubię to", "udostępnij", "zgłoś", "zgłoś nadużycie", "cytuj", "usuń", "edytuj", "zaloguj się aby odpowiedzieć", "zaloguj się, aby odpowiedzieć", "osób", "osoby", "ładowanie", "odpovědět", "odpovedať", "reagovat", "nahlásit", "odgovori", "válasz", "răspunde", "vastaa", "yanıtla", "cevapla", "απάντηση",
	"ответить", "ответы", "нравится", "не нравится", "поделиться", "пожаловаться", "цитировать", "цитата", "ссылка", "удалить", "изменить", "редактировать", "войдите чтобы ответить", "войдите, чтобы ответить", "человек", "человека", "відповісти", "подобається",
	"返信", "回复", "回覆", "답글", "いいね",
)

// weakControls may fill up a line of controls and make none alone.
var weakControls = set("person", "people", "personen", "personnes", "personne", "personas", "persona", "pessoas", "pessoa", "persone", "mensen", "personer", "osób", "osoby", "человек", "человека", "gut", "up", "down", "link", "mehr", "more", "points", "point", "punkte", "punkt", "show", "hide", "block", "save", "link", "del", "lik", "leuk", "close", "cancel", "abbrechen", "schließen", "quote", "zitat", "cita", "citar", "parent", "vote", "award", "lade", "profil", "button", "avatar", "reply to", "útil", "utile", "ссылка", "цитата", "follow", "folgen", "abuse", "helpful", "stimmen", "in reply to", "edited", "edit", "more options", "mute", "loading", "laden", "lade …", "laddar", "a favor", "en contra", "älteste", "neueste", "neuste", "liked", "subscribe", "likes", "liked by", "sa")

// endPhrases begin lines that end a section of comments: forms, notes that the
// section is closed, navigation below.
var endPhrases = phrases(
	"leave a reply", "leave a comment", "leave a response", "leave your comment", "leave comment", "post a comment", "post comment", "post a reply", "add a comment", "add comment", "add your comment", "add new comment", "write a comment", "write comment", "submit a comment", "comment on this", "have your say", "your email address will not be published", "comments are closed", "comments closed", "commenting is closed", "commenting has been", "this site uses akismet", "newer comments", "older comments", "rss feed for comments", "trackback uri", "trackback url", "trackbacks", "pingbacks", "subscribe to comments", "notify me of", "load more comments", "view all comments", "view entire discussion", "view discussion", "view more comments", "show more comments", "see all comments", "read more comments", "all comments", "newer post", "older post", "previous post", "next post", "post navigation", "related posts", "related articles", "you may also like", "you might also like", "recent posts", "recent comments", "search for", "sign up", "newsletter", "copyright", "©", "(c)", "all rights reserved", "powered by", "privacy policy", "skip to", "cancel reply", "click here to cancel reply", "enter your comment", "you must be logged in to", "please log in to", "log in to comment", "log in to post", "login to comment", "sign in to comment", "about the author", "references", "visible links", "log in or register to", "about us", "most popular", "more from", "commenting rules", "post your comment", "home", "no trackbacks", "join the discussion", "subscribe to",
	"kommentar schreiben", "kommentar verfassen", "kommentar hinzufügen", "kommentar hinterlassen", "kommentar abgeben", "kommentar erstellen", "kommentar veröffentlichen", "neuen kommentar", "neuer kommentar", "schreibe einen kommentar", "schreib einen kommentar", "schreiben sie einen kommentar", "schreibe den ersten", "schreibe eine antwort", "einen kommentar", "hinterlasse einen kommentar", "hinterlasse eine antwort", "hinterlassen sie", "ihr kommentar", "dein kommentar", "deine meinung", "ihre meinung", "antwort hinterlassen", "antwort abbrechen", "antworten abbrechen", "kommentieren sie", "kommentiere diesen", "deine e-mail-adresse wird nicht", "ihre e-mail-adresse wird nicht", "die kommentarfunktion", "kommentare sind geschlossen", "kommentare geschlossen", "die kommentare sind geschlossen", "der kommentarbereich", "diskussion geschlossen", "hinweis:", "gib hier deinen kommentar ein", "um einen kommentar", "um kommentieren", "sie müssen angemeldet sein", "du musst angemeldet sein", "du musst eingeloggt", "sie müssen eingeloggt", "bitte melden sie sich an", "bitte loggen sie sich", "weitere kommentare", "alle kommentare", "mehr kommentare", "ältere kommentare", "neuere kommentare", "neuerer post", "älterer post", "ähnliche beiträge", "ähnliche artikel", "das könnte", "mehr zum thema", "weitere artikel", "neueste beiträge", "letzte beiträge", "neueste kommentare", "letzte kommentare", "neue kommentare", "impressum", "datenschutz", "über uns", "über mich", "startseite", "anzeige", "suche nach", "beitragsnavigation", "beitrags-navigation", "artikel-navigation", "vorheriger beitrag", "nächster beitrag", "vorheriger artikel", "nächster artikel", "benachrichtige mich", "diese website verwendet akismet", "diese seite verwendet akismet", "diskutieren sie mit", "kommentar abbrechen", "name *", "e-mail *", "melde dich an um", "kommentar absenden", "mit der nutzung",
	"laisser un commentaire", "laissez un commentaire", "laisser une réponse", "ajouter un commentaire", "ajoutez un commentaire", "écrire un commentaire", "poster un commentaire", "publier un commentaire", "enregistrer un commentaire", "votre adresse e-mail ne sera pas", "votre adresse de messagerie ne sera pas", "les commentaires sont fermés", "commentaires fermés", "voir tous les commentaires", "votre commentaire", "réagir à", "annuler la réponse", "articles similaires", "à lire aussi", "mentions légales", "ce site utilise akismet", "vous devez être connecté", "connectez-vous pour", "article précédent", "article suivant", "navigation de l'article", "réagissez",
	"deja un comentario", "deja una respuesta", "dejar un comentario", "dejar una respuesta", "escribe un comentario", "escribir un comentario", "añadir un comentario", "agregar un comentario", "publicar un comentario", "haz un comentario", "publicar comentario", "enviar comentario", "tu dirección de correo", "los comentarios están cerrados", "comentarios cerrados", "este sitio usa akismet", "ver todos los comentarios", "más comentarios", "artículos relacionados", "también te puede interesar", "cancelar respuesta", "inicia sesión para", "debes iniciar sesión", "aviso legal", "entradas recientes",
	"deixe um comentário", "deixe uma resposta", "deixar um comentário", "deixar uma resposta", "postar um comentário", "enviar um comentário", "adicionar comentário", "comente", "o seu endereço de email não", "o seu endereço de e-mail não", "comentários encerrados", "comentários fechados", "artigos relacionados", "cancelar resposta",
	"lascia un commento", "lascia una risposta", "scrivi un commento", "aggiungi un commento", "inserisci un commento", "invia commento", "posta un commento", "il tuo indirizzo email non", "i commenti sono chiusi", "commenti chiusi", "annulla risposta", "articoli correlati", "devi essere connesso",
	"geef een reactie", "laat een reactie achter", "plaats een reactie", "plaats reactie", "een reactie posten", "reageer op", "je e-mailadres wordt niet", "het e-mailadres wordt niet", "reacties zijn gesloten", "reageren is niet", "reactie annuleren", "gerelateerde", "lees ook", "vul je reactie in", "log in om",
	"lämna ett svar", "lämna en kommentar", "kommentera", "skriv en kommentar", "din e-postadress kommer inte", "kommentarer inaktiverade", "kommentarerna är stängda", "avbryt svar", "legg igjen en kommentar", "legg igjen et svar", "skriv et svar", "efterlad et svar", "skriv en kommentar", "din e-mailadresse vil ikke", "din e-postadresse vil ikke", "kommentarer er lukket", "jätä kommentti", "vastaa peruuta",
	"dodaj komentarz", "zostaw komentarz", "napisz komentarz", "skomentuj", "dodaj odpowiedź", "twój adres e-mail nie", "możliwość komentowania", "komentarze zamknięte", "anuluj pisanie", "powiązane", "podobne artykuły", "napsat komentář", "přidat komentář", "vložit komentář", "pridaj komentár", "hozzászólás írása", "lasă un răspuns", "bir yorum yaz", "yorum yap", "αφήστε ένα σχόλιο",
	"добавить комментарий", "оставить комментарий", "оставьте комментарий", "написать комментарий", "ваш комментарий", "ваш адрес email не", "ваш e-mail не", "комментарии закрыты", "комментирование закрыто", "отменить ответ", "похожие", "читайте также", "войдите чтобы", "чтобы оставить комментарий", "залишити відповідь", "додати коментар", "コメントを残す", "发表评论", "发表回复",
)

// Parts of notes that readers have to log in before they comment.
var (
	loginParts   = []string{"logged in", "log in", "login", "sign in", "signed in", "register", "eingeloggt", "einloggen", "angemeldet", "anmelden", "registrier", "connecté", "connectez", "identifi", "iniciar sesión", "inicia sesión", "inicie sesión", "regístr", "iniciar sessão", "accedi", "effettua", "registrati", "inlogg", "ingelogd", "aanmelden", "logga in", "logg inn", "log ind", "zalog", "войти", "войдите", "авториз", "зарегистр"}
	commentParts = []string{"comment", "komment", "coment", "reactie", "reageren", "reply", "antwort", "коммент", "koment", "respond", "rispond"}
)

// replyParts are parts of buttons that stand below what somebody has said, and
// not below a teaser.
var replyParts = []string{"repl", "like", "quote", "report", "flag", "delete", "vote", "helpful", "point", "permalink", "antwort", "gefällt", "liken", "zitier", "zitat", "melden", "löschen", "hilfreich", "daumen", "répon", "répondre", "aime", "signaler", "citer", "respond", "gusta", "denunci", "citar", "curtir", "rispond", "piace", "segnala", "cita", "beantwoord", "reage", "leuk", "citeer", "svar", "gilla", "anmäl", "synes", "odpow", "lubię", "zgłoś", "cytuj", "ответ", "нрав", "пожал", "цит", "відпов", "返信", "回复"}

// tagLabels open a line of tags.
var tagLabels = phrases("tags", "tag", "tagged", "tagged with", "tagged as", "labels", "label", "topics", "keywords", "filed under", "schlagwörter", "schlagworte", "schlagwort", "stichwörter", "stichworte", "themen", "verschlagwortet mit",
	"mots-clés", "mots clés", "étiquettes", "étiquette", "etiquetas", "etiqueta", "palabras clave", "temas", "etichette", "etichetta", "argomenti", "palavras-chave", "trefwoorden", "etiketter", "nyckelord", "emneord", "tagi", "słowa kluczowe", "štítky", "метки", "теги", "ключевые слова", "теги", "позначки", "etiketler")

// furniture begins or fills lines of navigation and of buttons to share, which
// stand inside or around an article and are no part of it.
var furniture = phrases(
	"share this", "share on", "share", "tweet", "email this", "print this", "print", "pin it", "like this", "like loading", "follow us", "follow me", "read more", "read also", "see also", "continue reading", "advertisement", "sponsored", "related", "related posts", "related articles", "you may also like", "you might also like", "recommended", "sign up", "subscribe", "newsletter", "click to share", "skip to", "jump to", "menu", "search", "home", "facebook", "twitter", "instagram", "pinterest", "whatsapp", "linkedin", "telegram", "reddit", "email", "e-mail", "share to", "blogthis", "bookmark the permalink", "this entry was posted", "posted in", "image credit", "photo credit", "copyright", "©", "all rights reserved", "log in", "login", "sign in", "register", "cookie", "privacy", "terms", "about", "contact", "comments", "previous", "next", "back to top", "view comments", "leave a comment", "load more", "show more", "rate this", "download", "table of contents", "contents",
	"teilen", "weiterlesen", "mehr lesen", "lesen sie auch", "lies auch", "lesen sie mehr", "auch interessant", "anzeige", "werbung", "drucken", "artikel drucken", "per e-mail", "diesen post", "merken", "gefällt mir", "ähnliche beiträge", "das könnte", "mehr zum thema", "inhalt", "inhaltsverzeichnis", "startseite", "suche", "impressum", "datenschutz", "kontakt", "anmelden", "einloggen", "registrieren", "abonnieren", "jetzt abonnieren", "kommentare", "kommentieren", "zur startseite", "nach oben", "zurück", "weiter", "vorheriger", "nächster", "nächste", "quelle", "bildquelle", "foto", "bild", "eingestellt von", "zum kommentar", "direkt zum inhalt", "zum inhalt", "springe zum", "folgen sie", "folge mir", "folge uns", "auf facebook", "auf twitter", "veröffentlicht in", "beitragsnavigation",
	"partager", "imprimer", "lire aussi", "lire la suite", "à lire", "publicité", "accueil", "recherche", "s'abonner", "se connecter", "connexion", "contact", "suivez-nous", "mots-clés", "envoyer", "articles similaires", "sommaire",
	"compartir", "imprimir", "leer más", "lea también", "lee también", "publicidad", "inicio", "buscar", "suscríbete", "iniciar sesión", "contacto", "síguenos", "relacionados", "artículos relacionados", "compartilhar", "leia também", "publicidade", "início",
	"condividi", "stampa", "leggi anche", "leggi tutto", "pubblicità", "cerca", "accedi", "contatti", "seguici", "delen", "afdrukken", "lees ook", "lees meer", "advertentie", "zoeken", "inloggen", "dela", "skriv ut", "läs även", "läs mer", "annons", "sök", "logga in",
	"te puede interesar", "noticias relacionadas", "veja também", "lue myös", "læs også", "les også", "čtěte také", "διαβάστε επίσης", "ilgili haber", "читайте ещё", "материалы по теме", "читайте також",
	"اقرأ أيضا", "اقرأ أيضًا", "مواضيع ذات صلة", "קראו גם", "相关阅读", "延伸阅读", "推荐阅读", "相关新闻", "延伸閱讀", "関連記事", "관련기사", "责任编辑",
	"udostępnij", "drukuj", "czytaj także", "czytaj też", "reklama", "szukaj", "zaloguj", "поделиться", "читайте также", "реклама", "поиск", "войти", "главная", "читать далее", "печать",
)

// authorNotes say what somebody is: "NAME is a senior fellow at …".
var authorNotes = phrases("is a", "is an", "is the", "is editor", "is author", "is senior", "is professor", "is currently", "is based", "is co-founder", "is founder", "is director", "is head", "has been", "lives in", "works as", "works for", "works at", "writes for", "writes about", "covers", "teaches", "reports on",
	"ist ein", "ist eine", "ist redakteur", "ist redakteurin", "ist autor", "ist autorin", "ist journalist", "ist journalistin", "ist freier", "ist freie", "ist professor", "ist professorin", "ist der", "ist die", "ist gründer", "ist gründerin", "arbeitet als", "arbeitet für", "arbeitet bei", "schreibt für", "schreibt über", "schreibt seit", "lehrt", "lebt in", "lebt und",
	"est un", "est une", "est journaliste", "est professeur", "est professeure", "est chercheur", "est chercheuse", "est le", "est la", "est auteur", "est autrice", "écrit pour", "travaille",
	"es un", "es una", "es periodista", "es profesor", "es profesora", "es el", "es la", "es autor", "es autora", "es director", "es directora", "escribe", "trabaja", "é um", "é uma", "é jornalista", "é professor", "é professora", "é o", "é a", "escreve", "trabalha",
	"è un", "è una", "è giornalista", "è professore", "è professoressa", "è il", "è la", "è autore", "è autrice", "scrive", "lavora", "is een", "is redacteur", "is journalist", "is hoogleraar", "werkt als", "werkt bij", "schrijft voor", "schrijft over",
	"är en", "är ett", "är journalist", "är redaktör", "är professor", "skriver för", "arbetar", "er en", "er et", "er journalist", "jest dziennikarzem", "jest dziennikarką", "jest autorem", "jest autorką", "jest redaktorem", "jest redaktorką", "jest profesorem", "pisze o", "pracuje",
	"является", "работает")

// weekdays stand before dates; the short ones only behind a space.
var weekdays = phrases("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag",
	"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica",
	"segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag", "mandag", "tirsdag", "lørdag", "søndag",
	"poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")

var shortWeekdays = set("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "mo.", "di.", "mi.", "do.", "fr.", "sa.", "so.", "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "mié", "jue", "vie", "sáb", "dom", "gio", "sab", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.", "ma", "wo", "vr", "za", "zo", "пн", "вт", "ср", "чт", "пт", "сб", "вс")

// Words of relative dates: units with a number before them, and what stands
// before or behind ("vor 3 Stunden", "3 hours ago").
var (
	timeUnits = set("second", "seconds", "sec", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs", "h", "day", "days", "d", "week", "weeks", "w", "month", "months", "mo", "year", "years", "yr", "yrs", "y", "m",
		"sekunde", "sekunden", "minuten", "stunde", "stunden", "tag", "tage", "tagen", "woche", "wochen", "monat", "monate", "monaten", "jahr", "jahre", "jahren", "std.", "std",
		"seconde", "secondes", "heure", "heures", "jour", "jours", "semaine", "semaines", "mois", "an", "ans", "segundo", "segundos", "minuto", "minutos", "hora", "horas", "día", "días", "dia", "dias", "semana", "semanas", "mes", "meses", "mês", "año", "años", "ano", "anos",
		"secondo", "secondi", "minuti", "ora", "ore", "giorno", "giorni", "settimana", "settimane", "mese", "mesi", "anno", "anni", "seconden", "minuut", "uur", "uren", "dag", "dagen", "weken", "maand", "maanden", "jaar", "jaren",
		"sekund", "sekunder", "minut", "minuter", "minutter", "timme", "timmar", "time", "timer", "dagar", "dage", "dager", "vecka", "veckor", "uge", "uger", "uke", "uker", "månad", "månader", "måned", "måneder", "år",
		"sekundę", "sekundy", "minutę", "minuty", "godzina", "godzinę", "godziny", "godzin", "dzień", "dni", "tydzień", "tygodnie", "tygodni", "miesiąc", "miesiące", "miesięcy", "rok", "lata", "lat",
		"секунд", "секунду", "секунды", "минут", "минуту", "минуты", "час", "часа", "часов", "день", "дня", "дней", "неделю", "недели", "недель", "месяц", "месяца", "месяцев", "год", "года", "лет")
	agoBefore = set("vor", "hace", "a", "há", "ha", "för", "for", "il")
	agoAfter  = set("ago", "her", "fa", "atrás", "geleden", "sedan", "siden", "temu", "назад", "old")
	justNow   = set("just now", "yesterday", "gestern", "heute", "today", "gerade eben", "hier", "ayer", "ieri", "ontem", "gisteren", "igår", "wczoraj", "вчера", "сегодня")
)
