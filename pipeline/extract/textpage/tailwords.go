package textpage

// The tables of this file are lower case, as those of words.go.

// tailHeadings open what stands below an article.
var tailHeadings = phrases(
	"related", "related posts", "related articles", "related stories", "you may also like", "you might also like", "more from", "more stories", "more on this", "read also", "read next", "most read", "most popular", "trending", "editor's pick", "editors' picks", "share this", "newsletter", "email newsletter", "suggested citation", "cite as", "cite this", "post navigation", "see comments", "load comments",
	"mehr zum thema", "mehr von", "mehr aus", "mehr artikel", "mehr beiträge", "weitere artikel", "weitere beiträge", "weitere themen", "ähnliche artikel", "ähnliche beiträge", "verwandte artikel", "verwandte beiträge", "das könnte", "auch interessant", "meistgelesen", "meist gelesen", "redaktionstipp", "lesetipp", "lesetipps", "zitiervorschlag", "artikel teilen", "beitrag teilen", "diesen artikel teilen", "diesen beitrag teilen", "den artikel mit", "den beitrag mit", "artikel mit anderen teilen",
	"à lire aussi", "lire aussi", "sur le même sujet", "articles similaires", "les plus lus", "pour citer", "partager cet article",
	"artículos relacionados", "más noticias", "lo más leído", "te puede interesar", "también te puede interesar", "artigos relacionados", "leia também", "mais lidas",
	"te puede interesar", "te recomendamos", "lee además", "noticias relacionadas", "veja também", "leia mais", "lue myös", "læs også", "les også", "čtěte také", "διαβάστε επίσης", "ilgili haber", "citește și", "читайте ещё", "материалы по теме", "читайте також",
	"اقرأ أيضا", "اقرأ أيضًا", "مواضيع ذات صلة", "קראו גם", "כתבות נוספות", "相关阅读", "延伸阅读", "推荐阅读", "相关新闻", "延伸閱讀", "関連記事", "アクセスランキング", "관련기사", "많이 본 뉴스",
	"leggi anche", "articoli correlati", "i più letti", "lees ook", "meer over", "meest gelezen", "läs mer", "läs även", "mest läst", "czytaj także", "czytaj też", "podobne artykuły", "читайте также", "похожие статьи",
)

// tailEndings end such headings and the labels of buttons.
var tailEndings = phrases("newsletter", "newsletters", "subscribe", "sign up", "anmelden", "abonnieren", "teilen", "diskutieren", "s'abonner", "s'inscrire", "suscribirse", "iscriviti", "aanmelden", "prenumerera", "comments", "kommentare")

// boxHeadings stand alone above a note on the author.
var boxHeadings = phrases(
	"about the author", "about the authors", "about author", "author", "authors", "the author", "über den autor", "über die autorin", "über die autoren", "der autor", "die autorin", "zur person", "zum autor", "zur autorin", "autor", "autorin", "autoren", "à propos de l'auteur", "à propos de l’auteur", "l'auteur", "l’auteur", "auteur", "sobre el autor", "sobre la autora", "sobre o autor", "sobre a autora", "l'autore", "sull'autore", "over de auteur", "om författaren", "om forfatteren", "o autorze", "o autorce", "об авторе",
)

// noteVerbs stand behind the author's name in such a note.
var noteVerbs = set("is", "has", "was", "lives", "works", "writes", "studied", "ist", "hat", "war", "lebt", "arbeitet", "schreibt", "studierte", "est", "a", "vit", "travaille", "écrit", "es", "ha", "vive", "trabaja", "escribe", "é", "tem", "è", "lavora", "scrive", "heeft", "werkt", "schrijft", "är", "har", "jest", "pracuje", "работает")

// aboutWords open a heading above a box on somebody, before the name.
var aboutWords = phrases("about", "über", "à propos de", "sobre", "acerca de", "over", "om")

// moreWords open a heading above other articles, where a colon ends it.
var moreWords = phrases("more", "mehr", "weitere", "plus de", "más", "mais", "altri", "altre", "meer", "fler", "flere", "więcej", "ещё")

// pictureLabels name a picture or who made it, before a colon.
var pictureLabels = phrases(
	"image", "picture", "photo", "photos", "photograph", "photo credit", "image credit", "photo by", "cover image", "featured image", "header image", "illustration",
	"bild", "bilder", "foto", "fotos", "titelbild", "titelfoto", "beitragsbild", "aufmacherbild", "symbolbild", "symbolfoto", "teaserbild", "headerbild", "bildquelle", "bildnachweis", "fotocredit", "grafik",
	"crédit", "crédits", "crédit photo", "photo d'illustration", "imagen", "fotografía", "imagem", "immagine", "fotografia", "afbeelding", "beeld", "bilde", "billede", "zdjęcie", "fot", "фото",
)

// licenceParts are parts of a note on the licence.
var licenceParts = []string{"unter der lizenz", "unter lizenz", "lizenziert unter", "licensed under", "under a creative commons", "sous licence", "bajo licencia", "bajo una licencia", "sob licença", "sotto licenza", "onder een creative commons", "på licencji", "på licens"}

// supportPhrases open texts that ask readers to give.
var supportPhrases = phrases(
	"if you enjoyed reading", "if you enjoyed this", "if you liked this", "if you like what", "support us", "support our work", "while you are here", "while you're here", "please consider supporting", "please support", "buy me a coffee",
	"unterstützen sie uns", "unterstütze uns", "unterstützt uns", "unterstützen sie unsere", "zeigen sie ihre wertschätzung", "hat ihnen dieser", "hat ihnen der", "hat dir dieser", "hat dir der", "wenn ihnen dieser", "wenn dir dieser", "gefällt ihnen dieser", "gefällt dir dieser",
	"soutenez-nous", "soutenez notre", "faites un don", "apóyanos", "haz una donación", "apoie", "sostienici", "steun ons", "wesprzyj nas", "поддержите нас",
)

// subscribeParts and channelParts together ask readers to subscribe.
var (
	subscribeParts = []string{"sign up for", "sign up to", "free sign up", "sign me up", "subscribe to our", "subscribe to my", "subscribe to the", "subscribe now", "enter your email", "enter your e-mail", "never miss", "get regular updates", "get the latest", "delivered to your", "opt out anytime", "unsubscribe at any time", "abonnieren sie", "abonniere ", "abonniert ", "jetzt abonnieren", "melde dich an", "melden sie sich", "trage dich", "tragen sie sich", "in ihr postfach", "in dein postfach", "erstelle einen kostenlosen",
		"abonnez-vous", "inscrivez-vous", "suscríbete", "suscríbase", "inscreva-se", "assine a", "iscriviti", "schrijf je in", "meld je aan", "zapisz się", "prenumerera på", "подпишитесь"}
	channelParts = []string{"newsletter", "e-mail", "email", "inbox", "postfach", "updates", "spam", "boletín", "boletim", "infolettre", "nieuwsbrief", "nyhetsbrev", "рассылк"}
)
