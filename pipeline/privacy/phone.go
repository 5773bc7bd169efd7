package privacy

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"

	"corpus/schema"
)

// findPhones finds telephone numbers. A run of digits and separators is one
// if it is a valid number (libphonenumber's metadata) in international form,
// or in the national form of a country where the text's language is spoken,
// and it is written as people write numbers to call: precision comes before
// recall, since dates, amounts and scores are runs of digits as well.
func findPhones(text, lang string) []found {
	var out []found
	behind := 0 // end of the digits looked at
	for at := 0; at < len(text); {
		c := text[at]
		if !isDigit(c) && c != '+' && c != '(' {
			at++
			continue
		}
		end, digits := phoneEnd(text, at)
		if end <= at {
			at++
			continue
		}
		first := at >= behind
		behind = max(behind, end)
		if stop := phoneStop(text, at, end, digits, lang, first); stop > at {
			out = append(out, found{start: at, end: stop, kind: schema.SpanPhone})
			at = stop
			continue
		}
		at = nextGroup(text, at, end)
	}
	return out
}

// phoneStop is the end of the number that begins at the digits text[at:end], or
// 0. Beside the whole run, numbers that cannot be taken for anything else are
// looked for in it: "202-456-1111 24 hours". first tells whether it is not the
// rest of a run that is no number.
func phoneStop(text string, at, end, digits int, lang string, first bool) int {
	if digits < fewestDigits || !startsNumber(text, at) {
		return 0
	}
	number := text[at:end]
	_, international := dialled(number)
	told := cued(text, at)
	american := northAmericanStart().FindStringIndex(number[:min(len(number), longestAmerican)])
	sure := international || told || american != nil
	if digits <= mostDigits && endsNumber(text, end) && (first || sure) && isPhone(text, at, end, lang) {
		return end
	}
	if american != nil {
		stop := at + american[1]
		if stop < end && text[stop] == ' ' && isPhone(text, at, stop, lang) {
			return stop
		}
	}
	if !international && !told {
		return 0
	}
	for stop := end; stop > at && digits >= fewestDigits; stop-- {
		switch c := text[stop-1]; {
		case isDigit(c):
			digits--
		case c == ' ' && digits <= mostDigits && isDigit(text[stop-2]) && isPhone(text, at, stop-1, lang):
			return stop - 1
		}
	}
	return 0
}

// nextGroup is where digits behind a blank in text[at:end] begin as a number
// that can be told in a row of others does, or end.
func nextGroup(text string, at, end int) int {
	for at < end {
		i := strings.IndexByte(text[at:end], ' ')
		if i < 0 {
			break
		}
		at += i + 1
		rest := text[at:end]
		if strings.HasPrefix(rest, "1") && len(rest) > 2 && strings.IndexByte("-. ", rest[1]) >= 0 {
			rest = rest[2:]
		}
		if strings.HasPrefix(rest, "+") || strings.HasPrefix(rest, "(") || len(rest) > 3 && rest[0] >= '2' && isDigit(rest[1]) && isDigit(rest[2]) && (rest[3] == '-' || rest[3] == '.') {
			return at
		}
	}
	return end
}

// Digits of a number as ITU-T E.164 and its prefixes have them.
const (
	fewestDigits = 7
	mostDigits   = 16

	longestAmerican = len("1-(202) 456-1111")
)

// phoneEnd goes over digits with at most three separators between two. It
// stops behind more digits than any number has beside another.
func phoneEnd(text string, at int) (end, digits int) {
	const mostSeparators, enough = 3, 2 * mostDigits
	separators := 0
	for i := at; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case '0' <= r && r <= '9':
			digits++
			separators = 0
			end = i + size
			if digits >= enough {
				return end, digits
			}
		case r == '+' && (i == at || i == at+1 && text[at] == '('):
		case strings.ContainsRune(" \u00a0\u202f-‑–./()", r):
			if separators++; separators > mostSeparators {
				return end, digits
			}
		default:
			return end, digits
		}
		i += size
	}
	return end, digits
}

// startsNumber reports whether no sign before a number makes it something
// else: an amount, a decimal, part of a word, an index.
func startsNumber(text string, at int) bool {
	r := before(text, at)
	switch {
	case r < 0 || unicode.IsSpace(r):
		trimmed := strings.TrimRight(text[:at], " \u00a0\u202f")
		return !unicode.Is(unicode.Sc, before(trimmed, len(trimmed)))
	case r == ':':
		return !unicode.IsDigit(before(text, at-1))
	}
	return strings.ContainsRune("(\"'“„«»[>;!?|*☎📞✆", r)
}

// endsNumber does the same for what follows.
func endsNumber(text string, end int) bool {
	r := after(text, end)
	if r < 0 {
		return true
	}
	if isWord(r) || r == '%' || r == '‰' || r == '°' || r == '@' || r == '=' || unicode.Is(unicode.Sc, r) {
		return false
	}
	rest := strings.TrimLeft(text[end:min(len(text), end+8)], " \u00a0")
	if first := after(rest, 0); first >= 0 && (first == '%' || unicode.Is(unicode.Sc, first)) {
		return false
	}
	if r == ',' || r == ':' || r == '.' {
		_, size := utf8.DecodeRuneInString(text[end:])
		return !unicode.IsDigit(after(text, end+size))
	}
	return true
}

var (
	dateShape = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\(?(?:(?:1[0-9]|20)\d\d ?[-./–] ?[01]?\d ?[-./–] ?[0-3]?\d(?:\D|$)|[0-3]?\d ?[-./–] ?[0-3]?\d ?[-./–] ?(?:(?:1[0-9]|20)\d\d|\d\d)(?:\D|$)|(?:1[0-9]|20)\d\d ?[-/–] ?(?:1[0-9]|20)\d\d\)?$)`)
	})
	amountShape = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:[ \x{a0}\x{202f}]\d{3})+|\d+\.\d+)$`)
	})
	northAmericanStart = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:1[-. ])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[-.])[2-9]\d\d[-. ]\d{4}`)
	})
	northAmerican = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(northAmericanStart().String() + `$`)
	})
	trunk = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:\(0\d{1,5}\)|0\d{1,5})[-./ \x{a0}–]{1,3}\d[\d \x{a0}./–-]{4,}$`)
	})
	// pairs is how France writes numbers; its first three pairs may look like a date.
	pairs = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^0[1-9](?:[-. ]\d\d){4}$`)
	})
	// otherwise are words before numbers that nobody calls.
	otherwise = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:(?:kunden|bestell|auftrags|rechnungs|serien|vorgangs|konto|vertrags|mitglieds|sendungs|artikel|paket|matrikel)-?(?:nummer|nr)|` +
			`order|ticket|invoice|parcel|reference|ref|account|serial|isbn|issn|pedido|expediente|factura|commande|dossier|facture|colis|ordine|pratica|fattura|pacco)(?: (?:no|nr|n|num|number|numero|número|numéro)[.°º]?)?[ .:#\x{a0}]*$`)
	})
	cue = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:tel|tél|tfno|tfn|tlf|tlfn|telf|telefon\p{L}*|telephone|téléphone|phone|ph|call(?: me| us)?(?: at| on)?|mobile?|mob|cell|fax|whats ?app|sms|text me(?: at)?|handy|hotline|ruf\p{L}*|anrufen|ring|` +
			`teléfono|telefono|telefone|llam\p{L}+|celular|móvil|telemóvel|chiama\p{L}*|cellulare|bel|telefoon\p{L}*|puhelin|nummer|numéro|number(?: is)?|тел|телефон\p{L}*|звоните|номер)(?:[ \x{a0}](?:al|a|el|le|lo|allo|au|an|unter|auf|on|at|to|is|the|nr|no))?[ .:#\x{a0}=–-]*$|(?:電話|电话|전화|☎|📞|✆)[ :：]*$`)
	})
)

// isPhone decides on the run of digits text[at:end].
func isPhone(text string, at, end int, lang string) bool {
	number := text[at:end]
	if i := strings.IndexByte(number, ')'); i >= 0 && strings.IndexByte(number, '(') < 0 {
		return false
	}
	if international, ok := dialled(number); ok {
		return valid(international, "ZZ", false)
	}
	if dateShape().MatchString(number) && !pairs().MatchString(number) || amountShape().MatchString(number) {
		return false
	}
	plain := strings.Trim(number, "0123456789") == "" && !strings.ContainsAny(number, " -./()\u00a0\u202f‑–")
	mobile := false
	switch {
	case behindWords(text, at, otherwise()):
		return false
	case cued(text, at):
	case plain:
		if number[0] != '0' || len(number) < 10 {
			return false
		}
		mobile = true
	case !trunk().MatchString(number) && !northAmerican().MatchString(number):
		return false
	}
	for _, region := range regions(lang) {
		if valid(number, region, mobile) {
			return true
		}
	}
	return false
}

// cued reports whether the words before a number say that it is one to call.
func cued(text string, at int) bool {
	if before := strings.TrimRight(text[max(0, at-4):at], " "); before != "" && isDigit(before[len(before)-1]) {
		return false // the usual case in a row of numbers
	}
	return behindWords(text, at, cue())
}

// behindWords reports whether the words right before byte at are of a list.
func behindWords(text string, at int, words *regexp.Regexp) bool {
	from := max(0, at-24)
	for from < at && !utf8.RuneStart(text[from]) {
		from++
	}
	return words.MatchString(text[from:at])
}

// dialled gives a number in international form with + before it.
func dialled(number string) (string, bool) {
	number = strings.TrimPrefix(number, "(")
	if rest, ok := strings.CutPrefix(number, "00"); ok {
		if rest = strings.TrimLeft(rest, " -./"); rest != "" && rest[0] >= '1' && rest[0] <= '9' {
			number = "+" + rest
		}
	}
	if !strings.HasPrefix(number, "+") {
		return "", false
	}
	return strings.Replace(number, "(0)", "", 1), true
}

// valid asks libphonenumber; a panic in it means no.
func valid(number, region string, mobileOnly bool) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	parsed, err := phonenumbers.Parse(number, region)
	if err != nil || !phonenumbers.IsValidNumber(parsed) {
		return false
	}
	if mobileOnly {
		kind := phonenumbers.GetNumberType(parsed)
		return kind == phonenumbers.MOBILE
	}
	return true
}

// regions are the countries whose national numbers a text in a language may
// hold, the largest first.
func regions(lang string) []string {
	switch lang {
	case "en":
		return []string{"US", "GB", "AU", "IN", "IE", "NZ", "ZA"}
	case "de":
		return []string{"DE", "AT", "CH"}
	case "fr":
		return []string{"FR", "BE", "CH", "CA"}
	case "es":
		return []string{"ES", "MX", "AR", "CO", "CL", "PE"}
	case "pt":
		return []string{"BR", "PT"}
	case "it":
		return []string{"IT", "CH"}
	case "nl":
		return []string{"NL", "BE"}
	case "ru":
		return []string{"RU", "KZ", "BY"}
	case "ca", "eu", "gl":
		return []string{"ES"}
	case "ar":
		return []string{"EG", "SA", "MA", "DZ", "AE"}
	case "zh":
		return []string{"CN", "TW", "HK", "SG"}
	case "sv":
		return []string{"SE", "FI"}
	case "nb", "nn", "no":
		return []string{"NO"}
	case "el":
		return []string{"GR", "CY"}
	case "ro":
		return []string{"RO", "MD"}
	}
	own := map[string]string{
		"da": "DK", "fi": "FI", "is": "IS", "et": "EE", "lv": "LV", "lt": "LT", "pl": "PL", "cs": "CZ", "sk": "SK", "hu": "HU",
		"sl": "SI", "hr": "HR", "sr": "RS", "bs": "BA", "mk": "MK", "sq": "AL", "bg": "BG", "uk": "UA", "be": "BY", "tr": "TR",
		"he": "IL", "fa": "IR", "hi": "IN", "bn": "BD", "ur": "PK", "th": "TH", "vi": "VN", "id": "ID", "ms": "MY", "tl": "PH",
		"ja": "JP", "ko": "KR", "ka": "GE", "hy": "AM", "az": "AZ", "kk": "KZ", "uz": "UZ", "ga": "IE", "cy": "GB", "mt": "MT",
		"af": "ZA", "sw": "KE",
	}
	if region, ok := own[lang]; ok {
		return []string{region}
	}
	return nil
}
