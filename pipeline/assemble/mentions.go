package assemble

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/pipeline/assemble/names"
	"corpus/schema"
)

// address finds, in every comment, the places that name a commenter of the
// thread: at the start of a paragraph, behind @, or as the author of a quote
// (the plain rules of Schuth, Marx and de Rijke, "Extracting the discussion
// structure in comments on news-articles", WIDM 2007). Every candidate place
// costs the length of one name, not the number of names.
func address(comments []Comment, s *speakers) {
	if s.names.Len() == 0 {
		return
	}
	for i := range comments {
		row := &comments[i].Row
		if row.Text == nil || *row.Text == "" {
			continue
		}
		f := finder{text: *row.Text, speakers: s}
		f.find(row.Blocks)
		comments[i].Mentions = f.mentions()
	}
}

// hit is a name found: bytes in the text, and the name's id.
type hit struct {
	start, end int
	id         int32
}

// place is a hit with what it does there.
type place struct {
	hit
	basis string
}

// finder looks for names in one text.
type finder struct {
	text     string
	speakers *speakers
	places   []place
}

// line is a line of the text and where it stands.
type line struct {
	start, end int
	opens      bool // begins a block
	code       bool
	quote      bool // stands in a quote
}

// find looks through the text line by line.
func (f *finder) find(blocks []schema.Block) {
	at, chars := 0, int32(0) // the byte and the code point reached
	next := 0
	for at < len(f.text) {
		length := strings.IndexByte(f.text[at:], '\n')
		if length < 0 {
			length = len(f.text) - at
		}
		l := line{start: at, end: at + length, opens: at == 0 || strings.HasSuffix(f.text[:at], "\n\n")}
		for next < len(blocks) && blocks[next].End <= chars {
			next++
		}
		if next < len(blocks) && blocks[next].Start <= chars {
			l.opens = l.opens || blocks[next].Start == chars
			l.code = blocks[next].Kind == schema.BlockCode
			l.quote = blocks[next].Kind == schema.BlockQuote
		}
		if !l.code {
			f.line(l)
		}
		chars += int32(utf8.RuneCountInString(f.text[l.start:l.end])) + 1
		at = l.end + 1
	}
}

// line looks through one line: first its start, then every @ and every colon.
func (f *finder) line(l line) {
	start := f.skip(l.start, l.end, " \t\u00a0\u3000\"'“”„«»‹›‘’*[(•·-–—>|")
	quoted := strings.ContainsRune(f.text[l.start:start], '>')
	if !f.quoteHeader(start, l) && !f.replyHeader(start, l) {
		f.addressed(start, l, quoted)
	}
	f.behindAt(l, start)
	f.beforeVerb(l)
}

// longest is the longest name at byte at for which use is true.
func (f *finder) longest(at, end int, use func(info *nameInfo, h hit) bool) (hit, bool) {
	best, ok := hit{}, false
	if at >= end {
		return best, false
	}
	if at > 0 {
		last, _ := utf8.DecodeLastRuneInString(f.text[:at])
		first, _ := utf8.DecodeRuneInString(f.text[at:])
		if names.IsWord(last) && names.IsWord(first) && last < 0x0e00 {
			return best, false
		}
	}
	f.speakers.names.At(f.text[:end], at, func(stop int, id int32) bool {
		info := &f.speakers.info[id]
		h := hit{at, stop, id}
		if !info.ambiguous && f.spelled(info, h) && use(info, h) {
			best, ok = h, true
		}
		return true
	})
	return best, ok
}

// spelled reports whether a short name is spelled as displayed: case folding
// would make words of names with fewer than three letters.
func (f *finder) spelled(info *nameInfo, h hit) bool {
	return info.letters >= 3 || f.text[h.start:h.end] == info.display
}

// exact reports whether the text has the name as displayed, letter by letter.
func (f *finder) exact(info *nameInfo, h hit) bool {
	return f.text[h.start:h.end] == info.display
}

// quoteHeader reads "Originally posted by X", "Quote from X:" at byte at.
func (f *finder) quoteHeader(at int, l line) bool {
	return f.header(at, l, quotePrefixes(), schema.InferredQuote)
}

// replyHeader reads "In reply to X", "Antwort an X:" at byte at.
func (f *finder) replyHeader(at int, l line) bool {
	return f.header(at, l, replyPrefixes(), schema.InferredAddress)
}

func (f *finder) header(at int, l line, prefixes *names.Matcher, basis string) bool {
	behind, sure := -1, false
	prefixes.At(f.text[:l.end], at, func(end int, id int32) bool {
		behind, sure = end, strings.Contains(prefixes.Name(id), " ")
		return true
	})
	if behind < 0 {
		return false
	}
	behind = f.skip(behind, l.end, " \t\u00a0:：@\"'“”„«»*[(")
	h, ok := f.longest(behind, l.end, func(info *nameInfo, h hit) bool {
		return !info.alias && info.letters > 0 && (f.ends(h, l) || f.exact(info, h) && (sure || f.paused(h, l)))
	})
	if ok {
		f.places = append(f.places, place{h, basis})
	}
	return ok
}

// ends reports whether a name ends its line, or has a colon behind it.
func (f *finder) ends(h hit, l line) bool {
	rest := strings.TrimLeft(f.text[h.end:l.end], " \t\u00a0*\"”“»«'’])")
	return rest == "" || colon(rest) || skipAside(rest) >= 0
}

// paused reports whether a mark stands right behind a name.
func (f *finder) paused(h hit, l line) bool {
	return strings.IndexAny(f.text[h.end:l.end], ",.;!–—，。！、") == 0
}

// addressed reads names at the start of a line: "X: …", "Hi X, …", "X wrote: …".
func (f *finder) addressed(at int, l line, quoted bool) {
	greeted, spelled := false, false
	greetings().At(f.text[:l.end], at, func(end int, id int32) bool {
		if behind := f.skip(end, l.end, " \t\u00a0,@"); behind > end {
			word := answers[greetings().Name(id)]
			if _, ok := f.longest(behind, l.end, func(info *nameInfo, h hit) bool { return usable(info, true) && (!word || f.exact(info, h)) }); ok {
				at, greeted, spelled = behind, true, word
				return false
			}
		}
		return true
	})
	list := f.list(at, l.end, greeted, spelled)
	for n := len(list); n > 0; n-- {
		basis, ok := f.closes(list[:n], l, greeted, quoted)
		if !ok {
			continue
		}
		for _, h := range list[:n] {
			f.places = append(f.places, place{h, basis})
		}
		return
	}
}

// usable reports whether a name may be looked for without @ before it.
func usable(info *nameInfo, greeted bool) bool {
	return info.letters >= 2 && !info.weak && (!info.alias || info.letters >= 3) && (greeted || info.letters > 1)
}

// list reads "X", "X and Y", "X, Y & Z"; spelled takes names as displayed only.
func (f *finder) list(at, end int, greeted, spelled bool) []hit {
	const most = 8
	var out []hit
	for len(out) < most {
		h, ok := f.longest(at, end, func(info *nameInfo, h hit) bool { return usable(info, greeted) && (!spelled || f.exact(info, h)) })
		if !ok {
			break
		}
		out = append(out, h)
		at = f.skip(h.end, end, " \t\u00a0")
		if joined := f.skip(at, end, ",&+/、"); joined > at {
			at = joined
		} else {
			word := joined
			joiners().At(f.text[:end], at, func(stop int, _ int32) bool { word = stop; return true })
			if word == joined {
				break
			}
			at = word
		}
		at = f.skip(at, end, " \t\u00a0@")
	}
	return out
}

// closes reports whether what stands behind the names makes them an address or
// the header of a quote. A comma, dash or line break does so only behind a
// name spelled as displayed, at the start of a paragraph: "Will, you…" may be
// a name, "will, …" is not.
func (f *finder) closes(list []hit, l line, greeted, quoted bool) (basis string, ok bool) {
	last := list[len(list)-1]
	info := &f.speakers.info[last.id]
	rest := f.text[last.end:l.end]
	rest = strings.TrimLeft(rest, " \t\u00a0*\"”“»«'’])")
	spaced := len(rest) < l.end-last.end
	basis = schema.InferredAddress
	if quoted || l.quote {
		basis = schema.InferredQuote
	}
	if colon(rest) {
		return basis, true
	}
	if len(list) == 1 && speaks(rest) {
		return schema.InferredQuote, true
	}
	if aside := skipAside(rest); aside >= 0 && colon(strings.TrimLeft(rest[aside:], " ")) {
		return basis, true
	}
	if !l.opens && !greeted {
		return "", false
	}
	if greeted {
		return basis, rest == "" || strings.IndexAny(rest, ",!.;-–—…，！。、") == 0
	}
	if info.alias || !f.exact(info, last) || quoted || l.quote {
		return "", false
	}
	switch r, _ := utf8.DecodeRuneInString(rest); {
	case rest == "":
		return basis, l.end < len(f.text) // a name alone on the first line
	case r == ',' || r == '，' || r == '、':
		return basis, properName(info.display) || len(list) > 1
	case r == '–' || r == '—':
		return basis, true
	case r == '-':
		return basis, spaced && strings.HasPrefix(rest, "- ") || strings.HasPrefix(rest, "--")
	case r == '…' || strings.HasPrefix(rest, "..."):
		return basis, properName(info.display)
	}
	return "", false
}

// properName reports whether a name cannot be taken for the first word of a
// sentence: it has a digit, a capital inside, or no letter with case.
func properName(name string) bool {
	if names.Letters(name) < 3 {
		return false
	}
	for _, r := range name {
		if unicode.IsLetter(r) {
			return unicode.IsUpper(r) || !unicode.IsLower(r) || strings.ContainsAny(name, "0123456789_.") || strings.Contains(name, " ")
		}
	}
	return false
}

// colon reports whether rest begins with a colon that is not that of an address.
func colon(rest string) bool {
	if behind, ok := strings.CutPrefix(rest, ":"); ok {
		return !strings.HasPrefix(behind, "//") && !strings.HasPrefix(behind, ":")
	}
	return strings.HasPrefix(rest, "：")
}

// skipAside gives the length of "(May 3)", "#12" or "at 10:12" before a colon,
// or -1: what pages print between a name and its colon.
func skipAside(rest string) int {
	const most = 40
	switch {
	case strings.HasPrefix(rest, "("):
		if end := strings.IndexByte(rest, ')'); end > 0 && end < most {
			return end + 1
		}
	case strings.HasPrefix(rest, "#"):
		end := 1
		for end < len(rest) && end < most && '0' <= rest[end] && rest[end] <= '9' {
			end++
		}
		if end > 1 {
			return end
		}
	}
	return -1
}

// behindAt reads "@X" anywhere in the line; a list of them at its start is an
// address.
func (f *finder) behindAt(l line, start int) {
	opening := start
	for at := l.start; at < l.end; {
		i := strings.IndexAny(f.text[at:l.end], "@＠")
		if i < 0 {
			return
		}
		sign := at + i
		_, size := utf8.DecodeRuneInString(f.text[sign:])
		at = sign + size
		if last, _ := utf8.DecodeLastRuneInString(f.text[:sign]); sign > 0 && (names.IsWord(last) && last < 0x0e00 || last == '.' || last == '-' || last == '+' || last == '/') {
			continue
		}
		h, ok := f.longest(at, l.end, func(info *nameInfo, _ hit) bool { return true })
		if !ok && strings.HasPrefix(f.text[at:l.end], " ") {
			// "@ Heron: …"; elsewhere a blank behind @ makes it the word "at"
			first := sign <= f.skip(opening, l.end, " \t\u00a0,&:")
			h, ok = f.longest(at+1, l.end, func(info *nameInfo, h hit) bool {
				return usable(info, false) && (f.exact(info, h) && (first || f.ends(h, l) || f.paused(h, l)) || first && f.ends(h, l))
			})
		}
		if !ok {
			continue
		}
		basis := ""
		if l.opens && sign-opening < longestName && sign <= f.skip(opening, l.end, " \t\u00a0,&:") {
			basis = schema.InferredAddress
			opening = h.end
		}
		f.places = append(f.places, place{h, basis})
		at = h.end
	}
}

// beforeVerb reads "On May 3, X wrote:" anywhere in the line: from each colon
// back over the verb to the name.
func (f *finder) beforeVerb(l line) {
	const back = longestName*utf8.UTFMax/2 + 8
	for at := l.start; at < l.end; {
		i := strings.IndexAny(f.text[at:l.end], ":：")
		if i < 0 {
			return
		}
		sign := at + i
		_, size := utf8.DecodeRuneInString(f.text[sign:])
		at = sign + size
		if !colon(f.text[sign:l.end]) {
			continue
		}
		verb := verbBefore(f.text[l.start:sign])
		if verb < 0 {
			continue
		}
		verb += l.start
		named := len(strings.TrimRight(f.text[l.start:verb], " \t\u00a0")) + l.start
		from := max(l.start, named-back)
		for from < named && !utf8.RuneStart(f.text[from]) {
			from++
		}
		for p := from; p < named; {
			h, ok := f.longest(p, named, func(info *nameInfo, h hit) bool {
				return h.end == named && usable(info, false) && !info.alias && f.says(info, h, l)
			})
			if ok {
				f.places = append(f.places, place{h, schema.InferredQuote})
				break
			}
			_, size := utf8.DecodeRuneInString(f.text[p:])
			p += size
		}
	}
}

// says reports whether a name before "wrote:" is that of a person, going by
// what stands before it: nothing, a mark or a number, as in "On May 3, X"; a
// word only before a name that is no word itself, and never an article.
func (f *finder) says(info *nameInfo, h hit, l line) bool {
	before := strings.TrimRight(f.text[l.start:h.start], " \t\u00a0")
	last, _ := utf8.DecodeLastRuneInString(before)
	if before == "" || !unicode.IsLetter(last) || last >= 0x0e00 {
		return true
	}
	const longestWord = 24
	from := len(before)
	for from > 0 && len(before)-from < longestWord {
		r, size := utf8.DecodeLastRuneInString(before[:from])
		if !unicode.IsLetter(r) && r != '\'' && r != '’' {
			break
		}
		from -= size
	}
	return !determiners[strings.ToLower(before[from:])] && f.exact(info, h) && properName(info.display)
}

// skip gives the first byte from at on that is none of the runes in set.
func (f *finder) skip(at, end int, set string) int {
	rest := f.text[at:end]
	return end - len(strings.TrimLeft(rest, set))
}

// mentions gives the places in order, in code points; of two that overlap the
// first stays, of two at one place the one with a basis, then the longer.
func (f *finder) mentions() []Mention {
	if len(f.places) == 0 {
		return nil
	}
	sortPlaces(f.places)
	var out []Mention
	at, chars, covered := 0, 0, 0
	for _, p := range f.places {
		if p.start < covered {
			continue
		}
		info := &f.speakers.info[p.id]
		chars += utf8.RuneCountInString(f.text[at:p.start])
		start := chars
		chars += utf8.RuneCountInString(f.text[p.start:p.end])
		at, covered = p.end, p.end
		out = append(out, Mention{Start: int32(start), End: int32(chars), Target: f.speakers.first[info.person], Basis: p.basis})
	}
	return out
}
