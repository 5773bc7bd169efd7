package licenses

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// elements are the parts of a Creative Commons licence in the words of its own
// deeds, in lower case, without hyphens and apostrophes: en, de, fr, es, ca, it,
// nl, pt, pl, sv, da, no, fi, cs, ru.
var elements = map[string]string{
	"by": "BY", "attribution": "BY", "namensnennung": "BY", "namennennung": "BY", "paternité": "BY", "reconocimiento": "BY", "atribución": "BY", "reconeixement": "BY",
	"attribuzione": "BY", "naamsvermelding": "BY", "atribuição": "BY", "uznanie autorstwa": "BY", "erkännande": "BY", "navngivelse": "BY", "kreditering": "BY", "nimeä": "BY", "uveďte původ": "BY", "uveďte autora": "BY", "атрибуция": "BY", "с указанием авторства": "BY",

	"nc": "NC", "noncommercial": "NC", "non commercial": "NC", "nicht kommerziell": "NC", "nichtkommerziell": "NC", "keine kommerzielle nutzung": "NC", "pas d utilisation commerciale": "NC", "pas dutilisation commerciale": "NC",
	"nocomercial": "NC", "no comercial": "NC", "nocommercial": "NC", "non commerciale": "NC", "noncommerciale": "NC", "niet commercieel": "NC", "nietcommercieel": "NC", "nãocomercial": "NC", "não comercial": "NC", "uso não comercial": "NC", "użycie niekomercyjne": "NC",
	"ickekommersiell": "NC", "icke kommersiell": "NC", "ikkekommersiel": "NC", "ikkekommersiell": "NC", "epäkaupallinen": "NC", "neužívejte komerčně": "NC", "некоммерческое использование": "NC",

	"nd": "ND", "noderivatives": "ND", "no derivatives": "ND", "noderivs": "ND", "no derivs": "ND", "no derivative works": "ND", "keine bearbeitung": "ND", "keine bearbeitungen": "ND", "keinebearbeitung": "ND", "pas de modification": "ND", "pas de modifications": "ND",
	"sinderivadas": "ND", "sin derivadas": "ND", "sinderivar": "ND", "sinobraderivada": "ND", "sin obra derivada": "ND", "sin obras derivadas": "ND", "senseobraderivada": "ND", "non opere derivate": "ND", "geen afgeleide werken": "ND", "geenafgeleidewerken": "ND", "semderivações": "ND", "sem derivações": "ND", "bez utworów zależnych": "ND",
	"ingabearbetningar": "ND", "inga bearbetningar": "ND", "ingenbearbejdelse": "ND", "ingen bearbeidelser": "ND", "eimuutoksia": "ND", "nezpracovávejte": "ND", "без производных произведений": "ND",

	"sa": "SA", "sharealike": "SA", "share alike": "SA", "weitergabe unter gleichen bedingungen": "SA", "partage dans les mêmes conditions": "SA", "partage des conditions initiales à l identique": "SA", "partage à l identique": "SA",
	"compartirigual": "SA", "compartir igual": "SA", "condividi allo stesso modo": "SA", "gelijkdelen": "SA", "gelijk delen": "SA", "compartilhaigual": "SA", "compartilha igual": "SA", "partilha nos termos da mesma licença": "SA", "na tych samych warunkach": "SA",
	"delalika": "SA", "dela lika": "SA", "delpåsammevilkår": "SA", "del på samme vilkår": "SA", "jaasamoin": "SA", "zachovejte licenci": "SA", "с сохранением условий": "SA",
}

// mostWords is the length in words of the longest phrase in elements.
const mostWords = 7

// countries are names of jurisdictions in the titles of ports.
var countries = map[string]string{
	"deutschland": "DE", "germany": "DE", "österreich": "AT", "austria": "AT", "schweiz": "CH", "switzerland": "CH", "suisse": "CH", "france": "FR", "españa": "ES", "spain": "ES", "italia": "IT", "italy": "IT",
	"nederland": "NL", "netherlands": "NL", "polska": "PL", "poland": "PL", "australia": "AU", "canada": "CA", "brasil": "BR", "brazil": "BR", "portugal": "PT", "japan": "JP", "scotland": "SCOTLAND", "sverige": "SE", "norge": "NO", "danmark": "DK", "uk": "UK", "igo": "IGO",
	"de": "DE", "at": "AT", "ch": "CH", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL", "pl": "PL", "au": "AU", "ca": "CA", "br": "BR", "pt": "PT", "jp": "JP", "us": "US", "se": "SE", "no": "NO", "dk": "DK",
}

// fillers may stand between the words of a name.
var fillers = map[string]bool{
	"license": true, "licence": true, "lizenz": true, "licentie": true, "licencia": true, "licenza": true, "licença": true, "lisens": true, "licens": true, "licencja": true, "lizenzvertrag": true, "a": true, "la": true, "the": true, "der": true, "die": true, "public": true,
	"международная": true, "international": true, "internationale": true, "internacional": true, "unported": true, "generic": true, "version": true, "v": true, "und": true, "and": true, "et": true, "y": true,
}

// Name is a Creative Commons licence that a text names.
type Name struct {
	SPDX       string // identifier; LicenseRef-CC-BY-SA and the like where no version is named
	Versioned  bool
	Start, End int // bytes of the text
}

// maxName is how many bytes behind "CC" or "Creative Commons" are looked at.
const maxName = 240

// maxNames bounds the names found in one text.
const maxNames = 16

var anchor = regexp.MustCompile(`(?i)\b(?:creative[\s-]+commons|cc)(?:[\s:)\]-]*\(?\s*(?:by\b|0\b|zero\b|cc\b|[a-zäöüàéèêçñãõáíóúåøæłżęąśćź]))`)

// Names finds the Creative Commons licences that a text names, by their short
// names ("CC BY-SA 4.0") or those of their deeds in 15 languages. It is linear in
// the text.
func Names(text string) []Name {
	var names []Name
	for at := 0; at < len(text) && len(names) < maxNames; {
		m := anchor.FindStringIndex(text[at:])
		if m == nil {
			break
		}
		start := at + m[0]
		name, end, ok := nameAt(text[start:min(len(text), start+maxName)])
		if !ok {
			_, size := utf8.DecodeRuneInString(text[start:])
			at = start + size
			continue
		}
		name.Start, name.End = start, start+end
		names = append(names, name)
		at = start + end
	}
	return names
}

// NameAlone tells whether a text is the name of one licence and no more, as the
// description of a badge is.
func NameAlone(text string) bool {
	names := Names(text)
	if len(names) != 1 {
		return false
	}
	for _, rest := range []string{text[:names[0].Start], text[names[0].End:]} {
		for w := range strings.FieldsFuncSeq(strings.ToLower(rest), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if !fillers[w] && !badgeWords[w] {
				return false
			}
		}
	}
	return true
}

// badgeWords may stand beside a name in the description of a badge.
var badgeWords = map[string]bool{"badge": true, "button": true, "logo": true, "icon": true, "symbol": true, "banner": true, "deed": true}

// Denies tells whether the words before the name of a licence say that it is not
// the one: "is not licensed under", "steht nicht unter der". Only words that lead
// to a name may stand between, so that "unless stated otherwise: CC BY" does not.
func Denies(before string) bool {
	const most = 8 // words that lead to the name
	for range most + 1 {
		trimmed := strings.TrimRightFunc(before, unicode.IsSpace)
		at := strings.LastIndexFunc(trimmed, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) + 1
		if at > 0 { // LastIndexFunc gives the first byte of what is no letter
			_, size := utf8.DecodeRuneInString(trimmed[at-1:])
			at += size - 1
		}
		w := strings.ToLower(trimmed[at:])
		switch {
		case negations[w]:
			return true
		case !leading[w]:
			return false
		}
		before = trimmed[:at]
	}
	return false
}

// negations are words that deny; leading are those that may stand between one of
// them and the name of a licence.
var (
	negations = wordSet("not never isn't isn’t aren't aren’t nicht keiner keine kein keinesfalls pas niet geen inte ikke")
	leading   = wordSet("a an the any under by licensed licenced released published available distributed covered as of terms license licence der die das den dem einer einem eine unter lizenziert lizensiert veröffentlicht freigegeben verfügbar lizenz sous une un la le licence publié diffusé disponible onder de een licentie")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// word is a word of a text in lower case, with the place behind it.
type word struct {
	text  string
	end   int
	upper bool // it was written in capitals
}

// nameAt reads a name that begins with the text; end is the place behind it.
func nameAt(text string) (name Name, end int, ok bool) {
	words := wordsOf(text)
	i := 0
	switch {
	case len(words) > 1 && words[0].text == "creative" && words[1].text == "commons":
		i = 2
	case len(words) > 0 && words[0].text == "cc":
		i = 1
	case len(words) > 0 && words[0].text == "cc0":
		return Name{SPDX: "CC0-1.0", Versioned: true}, words[0].end, true
	default:
		return Name{}, 0, false
	}
	for i < len(words) && fillers[words[i].text] {
		i++
	}
	if i < len(words) && (words[i].text == "zero" || words[i].text == "0" || words[i].text == "cc0") {
		return Name{SPDX: "CC0-1.0", Versioned: true}, words[i].end, true
	}
	var found []string
	for i < len(words) {
		element, n := elementAt(words[i:])
		if n == 0 {
			if len(found) > 0 && fillers[words[i].text] && i+1 < len(words) {
				if _, n := elementAt(words[i+1:]); n > 0 { // "Attribution and Share Alike"
					i++
					continue
				}
			}
			break
		}
		if slices.Contains(found, element) {
			break // the name in words, then its short form
		}
		found = append(found, element)
		end = words[i+n-1].end
		i += n
	}
	code, ok := ccCode(found)
	if !ok {
		return Name{}, 0, false
	}
	for j := i; j < len(words) && j < i+3; j++ {
		version := strings.TrimPrefix(words[j].text, "v")
		if ccVersion.MatchString(version) {
			parts := []string{code, version}
			end = words[j].end
			if version != "4.0" {
				if port, at := portAt(words[j+1:]); port != "" {
					parts, end = append(parts, strings.ToLower(port)), at
				}
			}
			spdx, ok := ccLicense(parts)
			return Name{SPDX: spdx, Versioned: true}, end, ok
		}
		if !fillers[words[j].text] {
			break
		}
	}
	spdx, ok := unversioned(code)
	return Name{SPDX: spdx}, end, ok
}

// portAt is the jurisdiction that the words name: a country's name, or its code
// in capitals.
func portAt(words []word) (port string, end int) {
	for i := 0; i < len(words) && i < 2; i++ {
		w := words[i]
		if p, ok := countries[w.text]; ok && (len(w.text) > 3 || w.upper) {
			return p, w.end
		}
		if w.text == "united" && i+1 < len(words) && words[i+1].text == "states" {
			return "US", words[i+1].end
		}
		if !fillers[w.text] {
			break
		}
	}
	return "", 0
}

// elementAt is the element that the words begin with, and its length in words.
func elementAt(words []word) (string, int) {
	for n := min(mostWords, len(words)); n > 0; n-- {
		phrase := words[0].text
		for _, w := range words[1:n] {
			phrase += " " + w.text
		}
		if e, ok := elements[phrase]; ok {
			return e, n
		}
	}
	return "", 0
}

// ccCode is the code of a licence with these elements, in the order of Creative
// Commons.
func ccCode(found []string) (string, bool) {
	has := func(e string) bool { return slices.Contains(found, e) }
	if !has("BY") || has("ND") && has("SA") {
		return "", false
	}
	code := "by"
	for _, e := range []string{"NC", "ND", "SA"} {
		if has(e) {
			code += "-" + strings.ToLower(e)
		}
	}
	return code, true
}

// wordsOf are the words of a text; a point stays between digits.
func wordsOf(text string) []word {
	var words []word
	start := -1
	flush := func(end int) {
		if start >= 0 {
			w := strings.Trim(text[start:end], ".")
			if w != "" {
				words = append(words, word{strings.ToLower(w), start + len(strings.TrimRight(text[start:end], ".")), w == strings.ToUpper(w)})
			}
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '.' && start >= 0:
			if start < 0 {
				start = i
			}
		case r == '.' || r == ';' || r == '|' || r == '•':
			flush(i)
			if len(words) > 0 {
				return words // the sentence ends
			}
		default:
			flush(i)
		}
	}
	flush(len(text))
	return words
}

// reserved are notices that all rights are reserved, in lower case.
var reserved = []string{
	"all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "tous droits reserves", "todos los derechos reservados", "tutti i diritti riservati", "tutti i diritti sono riservati", "alle rechten voorbehouden", "todos os direitos reservados", "wszelkie prawa zastrzeżone", "wszystkie prawa zastrzeżone",
	"все права защищены", "alla rättigheter förbehållna", "alle rettigheter forbeholdt", "alle rettigheder forbeholdes", "kaikki oikeudet pidätetään", "všechna práva vyhrazena", "minden jog fenntartva", "tüm hakları saklıdır", "toate drepturile rezervate", "tots els drets reservats",
}

// ReservedRights is the reference for works of which all rights are reserved.
const ReservedRights = "LicenseRef-AllRightsReserved"

// PublicDomain is the reference for works that are said to be in the public
// domain in no words of a licence.
const PublicDomain = "LicenseRef-PublicDomain"

// Reserves tells whether a text says that all rights are reserved.
func Reserves(text string) bool {
	lower := strings.ToLower(text)
	return slices.ContainsFunc(reserved, func(s string) bool { return strings.Contains(lower, s) })
}
