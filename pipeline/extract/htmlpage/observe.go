package htmlpage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/schema"
)

// around is what an element and its ancestors below the body say, their names
// below those elements that hold most of the page.
type around struct {
	names nameScore // of all
	own   int32     // score of the names of the element itself
	drop  dom.ID    // outermost of them that the rules drop
	above uint16    // flags of their tags
	hints hint
	known bool
}

// observer looks at the blocks of a page.
type observer struct {
	*page
	body     dom.ID
	lexicons lexicons
	total    int32 // the page's prose
	memo     []around
	children []int32 // number of children of each node
}

// pathKey is a kind of place: tags and classes of an element and its parent.
type pathKey struct {
	tag, parentTag     int32
	class, parentClass int32
}

// paths sums up the blocks of one kind of place.
type paths struct{ blocks, chars, linked, kept int32 }

// around looks up what is around a node.
func (o *observer) around(id dom.ID) *around {
	var climb [maxDepth]dom.ID
	n := 0
	up := id
	for ; up != o.body && up != dom.None && !o.memo[up].known && n < len(climb); up = o.Parent(up) {
		climb[n] = up
		n++
	}
	a := around{drop: dom.None, known: true}
	if up != dom.None && o.memo[up].known {
		a = o.memo[up]
	}
	for n--; n >= 0; n-- {
		c := climb[n]
		a.own = 0
		if !o.IsText(c) {
			if o.stats[c].prose <= o.total/2 {
				s := o.nameScore(c, o.lexicons.names)
				a.own = s.sum
				a.names.sum += s.sum
				a.names.low, a.names.high = min(a.names.low, s.low), max(a.names.high, s.high)
				a.hints |= o.hint(c)
			}
			a.above |= tagFlag(o.Tag(c))
			if a.drop == dom.None && o.drop[c] {
				a.drop = c
			}
		}
		o.memo[c] = a
	}
	o.memo[id] = a
	return &o.memo[id]
}

// maxDepth bounds the climb to the body: the parser nests no deeper.
const maxDepth = 520

// observe gives what the classifier sees of each block.
func (p *page) observe(all []candidate, body, root dom.ID, d *extract.Draft, l lexicons) []row {
	o := &observer{page: p, body: body, lexicons: l, total: p.total(), memo: make([]around, p.Len()), children: make([]int32, p.Len())}
	for id := range o.children {
		if up := p.Parent(dom.ID(id)); up != dom.None {
			o.children[up]++
		}
	}
	rows := make([]row, len(all))
	title := fold(d.Title)
	words := titleWords(title)
	site, author := strings.ToLower(d.Site), ""
	if len(d.Authors) > 0 {
		author = strings.ToLower(d.Authors[0])
	}
	titleChars := int(letters(title))
	byPath := map[pathKey]int32{}
	byText := make(map[string]int32, len(all))
	var kinds []paths
	titleAt, first, last := -1, -1, -1
	var keptChars, allChars int32
	for i := range all {
		c := &all[i]
		r := &rows[i]
		shape(c, r)
		key := o.elements(c.Node, r)
		r[fRelDepth] = r[fDepth] - p.Nodes[root].Depth
		at, ok := byPath[key]
		if !ok {
			at = int32(len(kinds))
			byPath[key] = at
			kinds = append(kinds, paths{})
		}
		c.path = at
		k := &kinds[at]
		k.blocks++
		k.chars += r[fChars]
		k.linked += int32(c.Linked)
		allChars += r[fChars]
		if c.inside {
			r[fInside] = 1
		}
		if c.kept {
			r[fKept] = 1
			if !c.inside {
				r[fLead] = 1
			}
			k.kept += r[fChars]
			keptChars += r[fChars]
			if first < 0 {
				first = i
			}
			last = i
		}
		r[fSameBefore] = byText[c.Text]
		byText[c.Text]++
		if c.Chars == titleChars && title != "" && fold(c.Text) == title {
			r[fTitle] = 1
			if titleAt < 0 || c.Kind == schema.BlockHeading && all[titleAt].Kind != schema.BlockHeading {
				titleAt = i
			}
		}
		r.words(c.Text, l, words)
		if c.added {
			r[fFurniture] = 1
		}
		if c.opens {
			r[fOpens] = 1
		}
		if p.onlyDate(c.Text) {
			r[fDate] = 1
		}
		if len(site) > 2 && strings.Contains(c.lower, site) {
			r[fSite] = 1
		}
		if author != "" && c.Chars < 100 && strings.Contains(c.lower, author) {
			r[fAuthor] = 1
		}
	}
	// What needs all blocks to be known.
	var before, out int32
	for i := range all {
		c := &all[i]
		r := &rows[i]
		k := &kinds[c.path]
		r[fPathBlocks], r[fPathChars], r[fPathMean] = k.blocks, share(k.chars, allChars), k.chars/k.blocks
		r[fPathLinked], r[fPathKept] = share(k.linked, k.chars), share(k.kept, k.chars)
		r[fSame] = byText[c.Text]
		r[fBefore], r[fAfter] = share(before, keptChars), share(keptChars-before, keptChars)
		r[fBlocksBefore], r[fBlocksAfter] = int32(i-first), int32(last-i)
		r[fCharsBefore], r[fOutBefore] = before, out
		r[fPlace] = share(int32(i), int32(len(all)))
		r[fFromTitle] = -1000
		if titleAt >= 0 {
			r[fFromTitle] = int32(i - titleAt)
		}
		if c.kept {
			before += r[fChars]
		}
		out += r[fChars]
	}
	runs(all, rows)
	sections(all, rows)
	neighbours(rows)
	return rows
}

// elements writes what a block's element and those above it are like.
func (o *observer) elements(node dom.ID, r *row) pathKey {
	a := o.around(node)
	r[fTag], r[fDepth] = tagNumber(o.Tag(node)), o.Nodes[node].Depth
	r[fHints], r[fAbove] = int32(a.hints), int32(a.above)
	r[fNameOwn], r[fNameNear] = a.own, a.own
	r[fNameSum], r[fNameLow], r[fNameHigh] = a.names.sum, a.names.low, a.names.high
	r[fDropProse], r[fDropDepth] = -1, -1
	if a.drop != dom.None {
		r[fDropProse] = share(o.stats[a.drop].prose, o.total)
		r[fDropTag] = tagNumber(o.Tag(a.drop))
		r[fDropDepth] = r[fDepth] - o.Nodes[a.drop].Depth
	}
	key := pathKey{tag: r[fTag], class: o.Nodes[node].List}
	r[fParentTag], r[fGrandTag], r[fParentProse], r[fGrandProse], r[fThirdProse] = -1, -1, -1, -1, -1
	up := o.Parent(node)
	for level := 0; level < 3 && up != dom.None; level++ {
		s := &o.stats[up]
		prose, linked := share(s.prose, o.total), share(s.linked, s.chars)
		switch level {
		case 0:
			r[fParentTag], r[fParentProse], r[fParentLinked], r[fParentChildren] = tagNumber(o.Tag(up)), prose, linked, o.children[up]
			key.parentTag, key.parentClass = r[fParentTag], o.Nodes[up].List
		case 1:
			r[fGrandTag], r[fGrandProse], r[fGrandLinked], r[fGrandChildren] = tagNumber(o.Tag(up)), prose, linked, o.children[up]
		case 2:
			r[fThirdProse], r[fThirdLinked] = prose, linked
		}
		if level < 2 && o.memo[up].known {
			r[fNameNear] += o.memo[up].own
		}
		up = o.Parent(up)
	}
	return key
}

// runs writes how long and of what kind the run of blocks in one kind of place is.
func runs(all []candidate, rows []row) {
	for i := 0; i < len(all); {
		end := i
		var chars, linked int32
		for ; end < len(all) && all[end].path == all[i].path; end++ {
			chars += int32(all[end].Chars)
			linked += int32(all[end].Linked)
		}
		n := int32(end - i)
		for ; i < end; i++ {
			rows[i][fRunBlocks], rows[i][fRunMean], rows[i][fRunLinked] = n, chars/n, share(linked, chars)
		}
	}
}

// sections writes what the text from the heading before a block to the next one
// is like.
func sections(all []candidate, rows []row) {
	var heading *row
	for i := 0; i < len(all); {
		end := i
		var chars, linked, since int32
		if all[i].Kind == schema.BlockHeading {
			heading = &rows[i]
			end++
		}
		for ; end < len(all) && all[end].Kind != schema.BlockHeading; end++ {
			chars += int32(all[end].Chars)
			linked += int32(all[end].Linked)
		}
		for ; i < end; i++ {
			r := &rows[i]
			r[fSectionChars], r[fSectionLinked], r[fSinceHeading] = chars, share(linked, chars), since
			if heading != nil {
				r[fHeadingChars], r[fHeadingLevel], r[fHeadingKept] = heading[fChars], heading[fLevel], heading[fKept]
				r[fHeadingOpens] = heading[fOpens]
				r[fHeadingText], r[fHeadingNames] = heading[fTextSum]+heading[fTextOpener], heading[fNameSum]
			}
			since++
		}
	}
}

// window is how many blocks before and after one are summed up.
const window = 5

// neighbours writes what the blocks around a block are like.
func neighbours(rows []row) {
	for i := range rows {
		r := &rows[i]
		for j, step := range neighbourSteps {
			at := fNear + j*nCount
			if o := i + step; o >= 0 && o < len(rows) {
				q := &rows[o]
				r[at+nChars], r[at+nLinked], r[at+nKind], r[at+nKept] = q[fChars], q[fLinked], q[fKind], q[fKept]
				r[at+nEnds] = q[fEnds]
				r[at+nText], r[at+nNames] = q[fTextSum]+q[fTextOpener], q[fNameNear]
			} else {
				r[at+nKind], r[at+nChars] = -1, -1
			}
		}
		for o := max(0, i-window); o < min(len(rows), i+window+1); o++ {
			q := &rows[o]
			plain := q[fChars] - q[fChars]*max(0, q[fLinked])/1000
			switch {
			case o < i:
				r[fWindowBefore] += plain
			case o > i:
				r[fWindowAfter] += plain
			default:
				continue
			}
			r[fWindowKept] += q[fKept]
		}
	}
}

// How a block ends and begins.
const (
	endsOther = iota - 1
	endsLetter
	endsComma
	endsColon
	endsSentence
)
const (
	startsLower = iota + 1
	startsUpper
	startsDigit
	startsQuote
	startsOther
)

// shape writes what the text of a block is like.
func shape(c *candidate, r *row) {
	chars := int32(min(c.Chars, maxChars))
	r[fKind], r[fLevel] = kindNumber(c.Kind), c.Level
	r[fChars], r[fLinked] = chars, share(int32(c.Linked), int32(c.Chars))
	var digits, upper, words int32
	inWord := false
	text := c.Text
	if len(text) > maxShaped {
		text = text[:maxShaped]
	}
	for _, ch := range text {
		switch {
		case ch >= 'a' && ch <= 'z':
		case ch >= 'A' && ch <= 'Z':
			upper++
		case ch >= '0' && ch <= '9':
			digits++
		case ch >= 0x80 && unicode.IsLetter(ch):
			if unicode.IsUpper(ch) {
				upper++
			}
		default:
			inWord = false
			switch ch {
			case '.', '!', '?', '…', '。', '！', '？', '؟', '।':
				r[fSentences]++
			case ',', '、', '，', '،', ';':
				r[fCommas]++
			case '|', '»', '›', '>', '·', '•', '/', '→':
				r[fBars]++
			case '\n':
				r[fLines]++
			case '"', '“', '”', '„', '«':
				r[fQuotes]++
			case '©':
				r[fSigns] |= 1
			case '@':
				r[fSigns] |= 2
			case ':':
				r[fSigns] |= 4
			case '(':
				r[fSigns] |= 8
			}
			continue
		}
		if !inWord {
			words++
			inWord = true
		}
	}
	r[fWords], r[fDigits], r[fUpper] = words, share(digits, chars), share(upper, chars)
	if words > 0 {
		r[fWordLength] = chars * 10 / words
	}
	r[fLinks], r[fLocal] = int32(c.Links), share(int32(c.Local), int32(c.Links))
	end, _ := utf8.DecodeLastRuneInString(c.Text)
	switch {
	case strings.ContainsRune(".!?…。！？”\"“»؟", end):
		r[fEnds] = endsSentence
	case end == ':':
		r[fEnds] = endsColon
	case strings.ContainsRune(",;-–", end):
		r[fEnds] = endsComma
	case unicode.IsLetter(end) || unicode.IsDigit(end):
		r[fEnds] = endsLetter
	default:
		r[fEnds] = endsOther
	}
	start, _ := utf8.DecodeRuneInString(c.Text)
	switch {
	case unicode.IsLower(start):
		r[fStarts] = startsLower
	case unicode.IsLetter(start):
		r[fStarts] = startsUpper
	case unicode.IsDigit(start):
		r[fStarts] = startsDigit
	case strings.ContainsRune("\"“„«(", start):
		r[fStarts] = startsQuote
	default:
		r[fStarts] = startsOther
	}
}

// Bounds of what is counted in a block: its length, so that sums stay in their
// range, and the bytes that are looked at.
const (
	maxChars  = 1 << 20
	maxShaped = 1 << 14
)
