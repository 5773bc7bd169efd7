package htmlpage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// openers begin a byline and are no part of a name; lower case, longest first
// where one begins another.
var openers = []string{
	"this post was written by", "this article was written by", "written by", "posted by", "published by", "reported by", "story by", "words by", "text by", "article by", "submitted by", "authored by", "recipe by", "contributed by", "compiled by",
	"a post by", "guest post by", "created by", "by:", "by", "about the author", "authors:", "author:", "author", "authors", "contributors:", "contributor:", "words:", "blogger:",
	"eingestellt von", "gepostet von", "gespeichert von", "geschrieben von", "veröffentlicht von", "verfasst von", "erstellt von", "ein beitrag von", "ein artikel von", "eine kolumne von",
	"ein kommentar von", "ein gastbeitrag von", "gastbeitrag von", "gastkommentar von", "blog beitrag von", "blogbeitrag von", "beitrag von", "bericht von", "kommentar von", "kolumne von", "ein interview von", "interview von",
	"eine analyse von", "analyse von", "text von", "text und interview:", "und interview:", "interview:", "redaktion:", "text:", "text", "von:", "von", "autorin:", "autoren:", "autor:", "autor*in:", "autor/in:", "autorin", "autoren", "autor", "autor(en):",
	"eine pressemitteilung von", "pressemitteilung von", "press release by", "an interview by", "interview by",
	"publié par", "écrit par", "rédigé par", "proposé par", "auteur :", "auteur:", "auteurs :", "auteur", "par",
	"enviado por", "publicado por", "escrito por", "redactado por", "por:", "por", "autora:", "scritto da", "pubblicato da", "a cura di", "di", "da",
	"geschreven door", "door", "skrevet af", "av", "af", "napsal", "autore:", "автор:", "автор", "tekst:", "kirjoittaja:", "foto og tekst:",
}

// otherOpeners begin a credit of somebody who did not write the article.
var otherOpeners = []string{
	"photo", "foto", "bild", "image", "picture", "illustration", "grafik", "graphic", "video", "reviewed by", "medically reviewed", "expert reviewed", "fact checked", "fact-checked", "fact check", "edited by", "updated by", "translated by",
	"translation", "übersetzung", "übersetzt", "aus dem", "traduit", "traducción", "narrated by", "produced by", "sponsored by", "presented by", "powered by", "read by", "approved by", "verified by", "moderated by", "last modified by", "geprüft von",
	"fachlich geprüft", "medizinisch geprüft", "herausgegeben von", "redigiert von", "crédit", "credit", "source", "quelle", "reviewer", "editor:", "checked by", "curated by", "followed by", "comments by", "theme by", "design by", "designed by", "website by", "site by", "copyright",
}

// pictureOpeners begin the byline of somebody who made the pictures as well.
var pictureOpeners = []string{
	"photographs and text", "photographs and words", "photography and text", "photos and text", "photos and words", "pictures and text", "pictures and words",
	"text and photographs", "text and photography", "text and photos", "text and pictures", "words and photographs", "words and photography", "words and photos", "words and pictures",
	"fotos und text", "text und fotos", "text und bilder", "text & fotos", "photos et texte", "texte et photos", "texto y fotos", "fotos y texto", "testo e foto", "foto e testo", "texto e fotos", "fotos e texto", "tekst en foto's", "text och foto",
}

// degrees are written behind a name and are part of it as it is shown; compact.
var degrees = dom.NewNames(`phd md ms ma msc mba bsc ba bs rd rdn ld ldn np rn fnp aprn dvm dds dmd jd llm llb esq cfa cfp cepf cpa mph pharmd edd psyd do facp faan fand faclm foma dabom
	psp cpp cissp lcsw lmft lpc lmhc msw cscs cpt ryt eryt vmd dacvb lvt vts bcba rph frcp mrcp frcs frs jr sr ii iii iv obe mbe cbe mp mep pe ccc slp ot pt dpt dc nd dnp cns cdces cde ea cima acca aia leed ap mfa meng beng
	dipl ing mag llm frsc faap facs facc facog ibclc cnm pa pac cne lac cpe`)

// roleWords are what somebody does; lower case.
var roleWords = dom.NewNames(`writer editor senior junior staff content marketing manager director coordinator specialist expert founder co-founder cofounder ceo cto cfo coo cmo chief head
	contributor contributing journalist reporter columnist analyst consultant author correspondent producer freelance freelancer redakteur redakteurin autor autorin
	korrespondent korrespondentin journalistin chefredakteur chefredakteurin volontär volontärin geschäftsführer geschäftsführerin periodista rédacteur rédactrice journaliste sponsored
	president professor lead vp vice executive product associate assistant dietitian nutritionist educator educators horticulturalist horticulturist engineer developer strategist copywriter blogger
	publizist publizistin schriftsteller schriftstellerin reporterin moderator moderatorin rechtsanwalt rechtsanwältin fachanwalt fachanwältin ressortleiter ressortleiterin pressesprecher pressesprecherin
	candidate representative officer owner partner researcher scientist physician psychologist therapist trainer coach attorney lawyer advisor adviser planner realtor designer marketer photographer fotograf fotografin`)

// noNames are lines that stand where names do; lower case.
var noNames = dom.NewNames(`by von author autor share print email comment comments facebook twitter instagram linkedin youtube pinterest xing home unknown anonymous anonym none null false true
	follow contact about posted published updated tags categories permalink guest gast`)

// noNameWords are in no name; lower case.
var noNameWords = dom.NewNames(`comments comment ago minutes hours views shares follow subscribe updated published posted read reading min kommentare
	januar februar juni juli september oktober november dezember january february july october december uhr
	written author profile about everything posts articles beiträge artikel share print email newsletter bio publiziert zur zum artikelübersicht veröffentlicht publicado publié more
	is was are ist war sind est über`)

// dayWords stand beside the number of a day; lower case.
var dayWords = dom.NewNames(`jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october november december
	januar februar märz mai juni juli oktober dezember mär okt dez mon tue wed thu fri sat sun mo di mi do fr sa so monday tuesday wednesday thursday friday saturday sunday
	montag dienstag mittwoch donnerstag freitag samstag sonntag janvier février mars avril juin juillet août octobre novembre décembre
	enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre`)

// organizationWords make a byline that of an organization.
var organizationWords = dom.NewNames(`team staff redaktion onlineredaktion editors editorial admin administrator agency agencies agentur news press presse media medien dpa afp
	reuters apa sda ap epd kna sid jiji newsroom desk gmbh inc ltd llc ag corporation company ministerium university universität institute institut hochschule akademie academy
	foundation stiftung association verein verband bund landesanstalt bundesamt e.v online magazin magazine blog group gruppe department network rédaction redazione redacción pressestelle pressedienst
	webmaster contributors wire service services bureau zeitung times post daily council commission club center centre society library research gazette herald tribune journal verlag publishing
	pressemitteilung redaktionsteam partner solutions`)

// credits reads names out of the text of a byline: those of persons, and those
// of organizations. Openers, roles, dates, places and addresses are dropped; what
// cannot be a name gives nothing.
func credits(text string) (people, organizations []string) {
	text = dom.Squeeze(strings.ReplaceAll(unsplit(text), "\u00a0", " "))
	if text == "" || len(text) > 400 {
		return nil, nil
	}
	for segment := range strings.SplitSeq(bars.Replace(text), "\n") {
		segment = dom.Squeeze(segment)
		lower := strings.ToLower(segment)
		if segment == "" || anyPrefix(lower, otherOpeners) && !anyPrefix(lower, pictureOpeners) {
			continue
		}
		if strings.Contains(lower, "interview von ") || strings.Contains(lower, "interview by ") {
			segment, _, _ = strings.Cut(strings.Replace(segment, " with ", " mit ", 1), " mit ") // by who asks
		}
		segment, _, _ = strings.Cut(cutDate(dropOpeners(segment)), " on behalf of ")
		if isOrganization(segment) && !strings.ContainsAny(segment, ",;") {
			if name := cutRest(segment); isName(name) || isName(segment) {
				organizations = append(organizations, strings.Trim(segment, " .:;*\"'-–—&"))
				continue
			}
		}
		if people = append(people, namesIn(segment)...); len(people) > 0 {
			break
		}
	}
	kept := people[:0]
	for _, name := range people {
		if isOrganization(name) {
			organizations = append(organizations, name)
		} else {
			kept = append(kept, name)
		}
	}
	return kept, organizations
}

// persons are the names of persons in a byline.
func persons(text string) []string {
	people, _ := credits(text)
	return people
}

// bars divide the parts of a byline.
var bars = strings.NewReplacer(" | ", "\n", "|", "\n", " • ", "\n", "•", "\n", " · ", "\n", "·", "\n", " – ", "\n", " — ", "\n", " - ", "\n", " / ", "\n", " // ", "\n", " ∙ ", "\n", "⋅", "\n", "●", "\n", "»", "\n", " > ", "\n")

func anyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// cutDate drops a date and all behind it, and days without a year at the end.
func cutDate(s string) string {
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	if _, at, _, ok := when.Find(s, when.OrderUnknown); ok {
		s = s[:at]
	}
	fields := strings.Fields(s)
	n := len(fields)
	for n > 0 {
		w := strings.ToLower(strings.Trim(fields[n-1], ".,:;()"))
		number := w != "" && strings.Trim(w, "0123456789.:") == ""
		if !number && (n == len(fields) || !dayWords.Has(w)) {
			break
		}
		n--
	}
	for n > 1 && n < len(fields)+1 && beforeDates.Has(strings.ToLower(strings.Trim(fields[n-1], ".,:;("))) {
		n--
	}
	return strings.Join(fields[:n], " ")
}

// beforeDates are words that stand before a date; lower case.
var beforeDates = dom.NewNames(`on am at the le el vom um den der stand posted published updated veröffentlicht erstellt aktualisiert publié publicado geändert zuletzt in il`)

// restMarks begin what is no name behind one.
var restMarks = []string{" on ", " under ", " am ", " posted ", " published ", " updated ", " at ", " in ", " für ", " for ", " from ", " is a ", " is an ", " ist ", " im gespräch", " shares", " comments", " @", " um ", " bei ", " mit agenturen", " edited by ", " reviewed by ", " photos ", " photo ", " foto"}

// cutRest drops what stands behind the names: places, roles in words, parentheses.
func cutRest(text string) string {
	if i := strings.IndexByte(text, '('); i > 0 {
		end := strings.IndexByte(text[i:], ')')
		// "Una (Poppy) Pike" is a name, "Una Pike (editor)" a name with a role.
		if end < 0 || strings.Trim(text[i+end+1:], " .,:") == "" || strings.Count(strings.TrimSpace(text[:i]), " ") > 0 {
			text = text[:i]
		}
	}
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return text // its offsets are of no use
	}
	for _, mark := range restMarks {
		if i := strings.Index(lower, mark); i > 0 {
			text, lower = text[:i], lower[:i]
		}
	}
	return text
}

// joints stand between two names.
var joints = strings.NewReplacer(" und ", "\n", " And ", "\n", " and ", "\n", " et ", "\n", " & ", "\n", " y ", "\n", " e ", "\n", ";", "\n", " with ", "\n", " mit ", "\n", " sowie ", "\n", " och ", "\n", " og ", "\n", " en ", "\n", " и ", "\n", ", and ", "\n")

// interviews are credited to both who speak.
var interviews = strings.NewReplacer(" im Gespräch mit ", " und ", " im gespräch mit ", " und ", " in conversation with ", " and ")

// namesIn are the names in one part of a byline.
func namesIn(text string) []string {
	var out []string
	open := false // what somebody does may go on behind the next "and"
	for part := range strings.SplitSeq(joints.Replace(cutRest(interviews.Replace(text))), "\n") {
		pieces := strings.Split(part, ",")
		for i, piece := range pieces {
			piece = strings.Trim(dom.Squeeze(piece), " .:,;*\"'-–—&®™“”„")
			if i > 0 && len(out) > 0 && degree(piece) {
				out[len(out)-1] += ", " + piece
				continue
			}
			piece = dropOpeners(piece)
			if len(out) > 0 && i == 0 && (open || hasRole(piece)) {
				open = false
				break // "Una Pike, Head of Gates and Water Levels"
			}
			if len(out) > 0 && i > 0 && hasRole(piece) {
				open = strings.Contains(piece, " of ") || strings.Contains(piece, " for ")
			}
			if len(out) > 0 && (hasRole(piece) && strings.Count(piece, " ") < 3 || !strings.Contains(piece, " ") && strings.Contains(out[0], " ")) {
				break // "Una Pike, Lock and Gate Expert"
			}
			piece = dropEnd(dropRole(piece))
			if !isName(piece) {
				if i == 0 {
					continue
				}
				break // a role, a place or a date: all that follows is no name either
			}
			if i > 0 && (!strings.Contains(piece, " ") || hasRole(piece) || !capital(piece)) {
				break
			}
			if len(out) > 0 && !capital(piece) {
				break
			}
			out = append(out, piece)
		}
	}
	return out
}

// degree tells a list of degrees and titles behind a name.
func degree(s string) bool {
	fields := strings.Fields(s)
	for _, f := range fields {
		if !degrees.Has(compact(f)) && strings.Trim(f, "0123456789") != "" {
			return false
		}
	}
	return len(fields) > 0 && len(fields) <= 4 && strings.Trim(s, "0123456789 ") != ""
}

func hasRole(s string) bool {
	for f := range strings.FieldsSeq(strings.ToLower(s)) {
		if roleWords.Has(strings.Trim(f, ".,:")) {
			return true
		}
	}
	return false
}

func dropOpeners(s string) string {
	for range 3 {
		lower := strings.ToLower(s)
		for _, o := range pictureOpeners {
			if rest, ok := strings.CutPrefix(lower, o); ok && len(lower) == len(s) {
				if rest = strings.TrimPrefix(strings.TrimLeft(rest, " :"), "by "); rest != "" {
					return strings.TrimSpace(s[len(s)-len(rest):])
				}
			}
		}
		if len(s) > 4 && lower[:2] == "by" && s[2] >= 'A' && s[2] <= 'Z' && s[3] >= 'a' {
			s = s[2:] // "ByUna Pike"
			continue
		}
		dropped := false
		for _, o := range openers {
			if len(lower) == len(s) && strings.HasPrefix(lower, o) {
				rest := s[len(o):]
				if rest == "" {
					return ""
				}
				if strings.HasSuffix(o, ":") || rest[0] == ' ' || rest[0] == ':' {
					s, dropped = strings.TrimLeft(rest, " :"), true
					break
				}
			}
		}
		if !dropped {
			return s
		}
	}
	return s
}

// dropEnd cuts off words that only lead on to what came behind a name.
func dropEnd(s string) string {
	for {
		i := strings.LastIndexByte(s, ' ')
		if i < 0 || !beforeDates.Has(strings.ToLower(s[i+1:])) {
			return s
		}
		s = s[:i]
	}
}

// dropRole cuts off what somebody does behind a name of at least two words.
func dropRole(s string) string {
	fields := strings.Fields(s)
	for len(fields) > 2 && roleWords.Has(strings.ToLower(fields[0])) {
		fields = fields[1:] // "Rechtsanwalt Bo Reed"
	}
	s = strings.Join(fields, " ")
	for i, f := range fields {
		if i >= 2 && roleWords.Has(strings.ToLower(strings.Trim(f, ".,:"))) {
			return strings.Join(fields[:i], " ")
		}
	}
	return s
}

// isName tells whether s can be the name of somebody: one to six words, letters
// mostly, no address and no date. A name of one word may be that of an account.
func isName(s string) bool {
	if s == "" || len(s) > 80 || strings.ContainsAny(s, "@<>{}[]=#!?:\"") || strings.Contains(s, "://") || strings.Contains(s, "http") {
		return false
	}
	fields := strings.Fields(s)
	if len(fields) > 6 || len(fields) > 1 && strings.ContainsAny(s, "_") {
		return false
	}
	n, digits := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		} else if unicode.IsDigit(r) {
			digits++
		}
	}
	if n < 2 || digits > 0 && len(fields) > 1 && digits*3 > n || digits > n {
		return false
	}
	lower := strings.ToLower(s)
	if noNames.Has(lower) {
		return false
	}
	for _, f := range fields {
		f = strings.ToLower(strings.Trim(f, ".,:"))
		if noNameWords.Has(f) || len(fields) > 2 && verbWords.Has(f) {
			return false
		}
	}
	return true
}

// verbWords make a line of several words a sentence; lower case.
var verbWords = dom.NewNames(`über bis nach how why what when your you we our wie was warum`)

// particles are words in names that have no capital.
var particles = dom.NewNames(`von van de der den di da la le el al bin ibn zu zum zur dos das du del della y ter ten af av bint ben d'`)

// capital tells whether the words of a name begin with no small letter, particles
// aside.
func capital(name string) bool {
	fields := strings.Fields(name)
	for i, f := range fields {
		if i > 0 && i < len(fields)-1 && particles.Has(strings.ToLower(f)) {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(f); unicode.IsLower(r) {
			return false
		}
	}
	return len(fields) > 0
}

// teamWords make an organization those who write for a site.
var teamWords = dom.NewNames(`team staff redaktion desk editors editorial redacción rédaction redazione redaktionsteam onlineredaktion newsroom`)

// isTeam tells an organization that wrote the article as such.
func isTeam(name string) bool {
	for f := range strings.FieldsSeq(strings.ToLower(name)) {
		if f = strings.Trim(f, ".,:"); teamWords.Has(f[strings.LastIndexByte(f, '-')+1:]) {
			return true
		}
	}
	return false
}

// articles begin the name of an organization.
var articles = dom.NewNames(`the die der das les los las`)

// isOrganization tells a name that is no person's.
func isOrganization(name string) bool {
	fields := strings.Fields(strings.ToLower(name))
	for _, f := range fields {
		if f = strings.Trim(f, ".,:/()"); organizationWords.Has(f) || teamWords.Has(f[strings.LastIndexByte(f, '-')+1:]) {
			return true
		}
		if before, after, ok := strings.Cut(f, "/"); ok && (organizationWords.Has(before) || organizationWords.Has(after)) {
			return true
		}
	}
	if len(fields) > 1 && articles.Has(fields[0]) {
		return true // "The Lock Keepers"
	}
	if len(fields) == 1 && len(name) <= 4 && strings.ToUpper(name) == name {
		return true // an abbreviation
	}
	lower := strings.ToLower(name)
	for _, end := range []string{".com", ".de", ".org", ".net", ".info", ".ch", ".at", ".co.uk", ".it", ".fr", ".es"} {
		if strings.HasSuffix(lower, end) || strings.Contains(lower, end+"/") {
			return true
		}
	}
	return false
}
