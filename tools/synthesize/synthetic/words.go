package synthetic

import (
	"math/bits"
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// language is a way of making words: syllables in the letters of a language,
// and the words that texts in it are known by.
type language struct {
	code      string
	heads     []string
	tails     []string
	frequent  []string
	separator string // between words
}

// languages are those that documents are written in. Frequent words are real,
// so that the language of a text can be told; the others mean nothing.
var languages = []language{
	{"en", split("b br c cl d f fl g h l m n p qu r s sh st t th tr w"), split("ale and ation ed een ell er ight ing ish ock ood ore ough ound own umble y"), split("the of and to in is was that it for on with as at by not this have from but they"), " "},
	{"de", split("b d f g h k kl l m n pf r s sch schl st t v w z"), split("acht auf äng eben eile eln er ierung isch öden ornung uch ühr und ung ürze"), split("der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch"), " "},
	{"fr", split("b c ch d f g j l m n p qu r s t v"), split("age aire ance é eau elle ement ence ère eur ier ique oir oux ure"), split("de la le et les des en un du une que est pour qui dans a par plus pas au sur"), " "},
	{"es", split("b c ch d f g j l ll m n ñ p r s t v"), split("ación ado aje anza ara ente era ida illo izo ón oso ué ura"), split("de la que el en y a los se del las un por con no una su para es al lo"), " "},
	{"pl", split("b c cz d g k l ł m n p r rz s sz t w z ż"), split("acja anie arz ąc eć enie ęż ik iny ość ować ów ski szy yć"), split("w i na z się do nie że to jest o po jak za od ale przez tym co dla tak"), " "},
	{"ru", split("б в г д ж з к л м н п р с т ф х ч ш"), split("ать ение ость ский ного ило ок ица ый ее ём ять овка ёл"), split("и в не на что с по как это он к но из за то от о у бы так же"), " "},
	{"el", split("β γ δ θ κ λ μ ν π ρ σ τ φ χ"), split("άζω αση είο ένος ήμα ία ικός ισμός ο ος ότητα ώρα ύλη"), split("και το του να η της με που την από για είναι στο τα ο οι δεν σε τον θα"), " "},
	{"ja", split("あ い う か き く さ し す た ち つ な に の は ま や"), split("らむ きの たい ます した から ない こと りん もの とき"), split("は が を に の で と も から まで です ます した ない この その"), ""},
}

func split(s string) []string { return strings.Fields(s) }

// vocabulary are the words of a language by their rank.
type vocabulary struct {
	language *language
	words    []string
}

const vocabularySize = 1<<13 - 1

func newVocabulary(l *language, seed, number uint64) *vocabulary {
	r := rand.New(rand.NewPCG(seed, 1<<63|number))
	v := &vocabulary{language: l, words: append([]string(nil), l.frequent...)}
	for len(v.words) < vocabularySize {
		word := ""
		for range 1 + r.IntN(3) {
			word += l.heads[r.IntN(len(l.heads))] + l.tails[r.IntN(len(l.tails))]
		}
		v.words = append(v.words, word)
	}
	return v
}

// word draws a word: rank k with a probability near 1/k (Zipf, Human behavior
// and the principle of least effort, 1949). All in integers, so that every
// processor draws the same.
func (v *vocabulary) word(r *rand.Rand) string {
	octave := r.IntN(bits.Len(vocabularySize))
	return v.words[1<<octave-1+r.IntN(1<<octave)]
}

// sentence is n words and a stop.
func (v *vocabulary) sentence(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = v.word(r)
	}
	words[0] = capital(words[0])
	stop := "."
	if v.language.separator == "" {
		stop = "。"
	}
	return strings.Join(words, v.language.separator) + stop
}

func capital(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}
