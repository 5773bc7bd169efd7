package privacy

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"corpus/schema"
)

// found is a place in a text, in bytes; mentions come in code points and are
// turned first.
type found struct {
	start, end int
	kind       string
	ref        *string
}

// token is what stands in the text for a place of this kind; a link stays.
func token(kind string) (string, bool) {
	switch kind {
	case schema.SpanMention:
		return "[user]", true
	case schema.SpanEmail:
		return "[email]", true
	case schema.SpanPhone:
		return "[phone]", true
	case schema.SpanIP:
		return "[ip]", true
	case schema.SpanAccount:
		return "[account]", true
	case schema.SpanHandle:
		return "[handle]", true
	}
	return "", false
}

// rank settles which kind two overlapping places become.
func rank(kind string) int {
	switch kind {
	case schema.SpanMention:
		return 6
	case schema.SpanEmail:
		return 5
	case schema.SpanAccount:
		return 4
	case schema.SpanIP:
		return 3
	case schema.SpanPhone:
		return 2
	case schema.SpanHandle:
		return 1
	}
	return 0
}

// masked is a text after its masks.
type masked struct {
	text    string
	blocks  []schema.Block
	spans   []schema.Span
	covered []found // the places in the text before masks, in bytes
}

// mask finds the personal places of a text, puts a token for each where apply
// is set, and shifts the blocks. Comments and articles are treated alike but
// for mentions, which only comments have: an address under an article is as
// personal as one in a comment. The blocks given are not changed.
func mask(text string, blocks []schema.Block, mentions []found, lang string, apply bool) masked {
	places := recognise(text, blocks, toBytes(text, mentions), lang)
	out := masked{covered: places}
	out.spans = make([]schema.Span, 0, len(places))

	var b strings.Builder
	b.Grow(len(text))
	shifts := make([]shift, 0, len(places))
	at, before, after := 0, 0, 0 // bytes of text, code points before and after masks
	for _, p := range places {
		gap := utf8.RuneCountInString(text[at:p.start])
		b.WriteString(text[at:p.start])
		before += gap
		after += gap
		length := utf8.RuneCountInString(text[p.start:p.end])
		written := text[p.start:p.end]
		if t, ok := token(p.kind); ok && apply {
			written = t
		}
		b.WriteString(written)
		now := utf8.RuneCountInString(written)
		out.spans = append(out.spans, schema.Span{Kind: p.kind, Start: int32(after), End: int32(after + now), RefID: p.ref})
		shifts = append(shifts, shift{before, before + length, after, after + now})
		before += length
		after += now
		at = p.end
	}
	b.WriteString(text[at:])
	out.text = b.String()
	out.blocks = moved(blocks, shifts)
	return out
}

// shift says where a place stood and where its token stands, in code points.
type shift struct{ start, end, newStart, newEnd int }

// moved gives the blocks their offsets in the masked text.
func moved(blocks []schema.Block, shifts []shift) []schema.Block {
	if blocks == nil {
		return nil
	}
	out := slices.Clone(blocks)
	for i := range out {
		out[i].Start = move(int(out[i].Start), shifts, false)
		out[i].End = move(int(out[i].End), shifts, true)
	}
	return out
}

// move gives an offset its place after the masks; inside of a token it goes to
// the token's start, or its end where it ends a block.
func move(at int, shifts []shift, end bool) int32 {
	i := sort.Search(len(shifts), func(i int) bool { return shifts[i].start >= at })
	if i == 0 {
		return int32(at)
	}
	s := shifts[i-1]
	switch {
	case at >= s.end:
		return int32(at - s.end + s.newEnd)
	case end:
		return int32(s.newEnd)
	}
	return int32(s.newStart)
}

// rounds bounds how often a text is looked through: a mask may set free what it
// ran into, "203.0.113.77.DE89…"; one more round finds it, but for texts that
// are made up to need more.
const rounds = 4

// recognise finds all places of a text, in order, none overlapping another.
func recognise(text string, blocks []schema.Block, mentions []found, lang string) []found {
	code := codeRanges(text, blocks)
	var all []found
	for range rounds {
		places := look(text, code, mentions, lang)
		links := make([]found, 0, len(places))
		var hidden []byte // text with the new places covered, byte for byte
		for _, p := range places {
			if _, masks := token(p.kind); !masks {
				links = append(links, p)
				continue
			}
			if hidden == nil {
				hidden = []byte(text)
			}
			cover(hidden[p.start:p.end])
			all = append(all, p)
		}
		if hidden == nil {
			return united(append(all, links...))
		}
		text, mentions = string(hidden), nil
	}
	return united(append(all, findLinks(text)...))
}

// cover writes over a place what looks to its neighbours as its token does.
func cover(place []byte) {
	for i := range place {
		place[i] = 'x'
	}
	place[0], place[len(place)-1] = '[', ']'
}

// look looks through a text once.
func look(text string, code, mentions []found, lang string) []found {
	emails := findEmails(text)
	banks := findBankNumbers(text)
	addresses := findIPs(text)
	links := judge(text, findLinks(text), emails, addresses)
	bare := findBareProfiles(text, links)

	inLink := inside(links)
	var all []found
	all = append(all, mentions...)
	all = append(all, links...)
	all = append(all, bare...)
	for _, e := range emails {
		if !inLink(e) {
			all = append(all, e)
		}
	}
	handles := besides(without(findHandles(text), code), mentions)
	inHandle := inside(federated(text, handles))
	all = slices.DeleteFunc(all, func(p found) bool { return p.kind == schema.SpanEmail && inHandle(p) })
	for _, places := range [][]found{addresses, banks, findPhones(text, lang), handles} {
		for _, p := range places {
			if !inLink(p) {
				all = append(all, p)
			}
		}
	}
	return united(withTails(text, all))
}

// withTails lengthens the places that end right before "@name", which is then
// of them: a mask must not leave a handle that was none before.
func withTails(text string, places []found) []found {
	tails := make(map[int]int) // where a tail that goes through here ends, so that none is walked twice
	var passed []int
	for i := range places {
		p := &places[i]
		if _, masks := token(p.kind); !masks {
			continue
		}
		passed = passed[:0]
		for p.end < len(text) && text[p.end] == '@' {
			if end, known := tails[p.end]; known {
				p.end = end
				break
			}
			passed = append(passed, p.end)
			end := nameEnd(text, p.end+1)
			if end == p.end+1 {
				break
			}
			p.end = end
		}
		for _, at := range passed {
			tails[at] = p.end
		}
	}
	return places
}

// united puts places in order and joins those that overlap, so that nothing
// that either found is left over; the joint place is of the higher rank.
func united(places []found) []found {
	slices.SortStableFunc(places, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(rank(b.kind), rank(a.kind)))
	})
	out := places[:0]
	for _, p := range places {
		if p.start >= p.end {
			continue
		}
		if n := len(out); n > 0 && p.start < out[n-1].end {
			last := &out[n-1]
			last.end = max(last.end, p.end)
			if rank(p.kind) > rank(last.kind) {
				last.kind, last.ref = p.kind, p.ref
			}
			continue
		}
		out = append(out, p)
	}
	return out
}

// toBytes turns mentions from code points to bytes; one that lies outside the
// text, overlaps another or runs over a line's end is left out.
func toBytes(text string, mentions []found) []found {
	out := make([]found, 0, len(mentions))
	at, chars := 0, 0
	for _, m := range mentions {
		if m.start < chars || m.end <= m.start {
			continue
		}
		start := at + runeOffset(text[at:], m.start-chars)
		end := start + runeOffset(text[start:], m.end-m.start)
		if end > start && !strings.Contains(text[start:end], "\n") {
			out = append(out, found{start: start, end: end, kind: m.kind, ref: m.ref})
		}
		at, chars = end, m.end
	}
	return out
}

// runeOffset is the byte at which code point n of s begins, at most len(s).
func runeOffset(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

// within makes a test for overlapping one of the places, which are in order.
func within(places []found) func(found) bool {
	return func(p found) bool {
		i := sort.Search(len(places), func(i int) bool { return places[i].end > p.start })
		return i < len(places) && places[i].start < p.end
	}
}

// inside makes a test for lying wholly in one of the places, which are in order.
func inside(places []found) func(found) bool {
	return func(p found) bool {
		i := sort.Search(len(places), func(i int) bool { return places[i].end > p.start })
		return i < len(places) && places[i].start <= p.start && p.end <= places[i].end
	}
}

// without leaves out the places that lie in one of ranges.
func without(places, ranges []found) []found {
	if len(ranges) == 0 {
		return places
	}
	in := within(ranges)
	return slices.DeleteFunc(places, in)
}

// besides leaves out the handles that are a mention behind its @ and no more.
func besides(handles, mentions []found) []found {
	if len(mentions) == 0 {
		return handles
	}
	return slices.DeleteFunc(handles, func(h found) bool {
		i := sort.Search(len(mentions), func(i int) bool { return mentions[i].end >= h.end })
		return i < len(mentions) && mentions[i].start > h.start && mentions[i].start <= h.start+len("＠")
	})
}

// codeRanges are the blocks of code, in bytes: an @ in them is a word of a
// programming language.
func codeRanges(text string, blocks []schema.Block) []found {
	var out []found
	at, chars := 0, 0
	for _, b := range blocks {
		if b.Kind != schema.BlockCode || int(b.Start) < chars || b.End <= b.Start {
			continue
		}
		start := at + runeOffset(text[at:], int(b.Start)-chars)
		end := start + runeOffset(text[start:], int(b.End-b.Start))
		out = append(out, found{start: start, end: end})
		at, chars = end, int(b.End)
	}
	return out
}
