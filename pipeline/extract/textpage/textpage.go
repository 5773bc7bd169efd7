// Package textpage reads plain-text dumps of article pages with reader
// comments: what lynx, w3m, links, html2text, inscriptis, a browser's innerText
// or copy-and-paste make of a page.
//
// A dump has no markup, so everything here rests on form: headers of comments
// that repeat in one style, or a heading that says that comments follow. Where
// neither is there, the page has no comments. It must never invent one, never
// infer who replies to whom from what is said (assemble does), and never do
// work that is more than linear in the page.
//
// The way of a page: scan (lines without what the program wrote between them),
// unwrap, readLines (each line by itself), chooseThread (the style of the
// comments' headers), segments, threadComments; then the article above them.
package textpage

import (
	"corpus/pipeline/extract"
	"corpus/pipeline/normalize/language"
	"corpus/pipeline/read"
)

// name is the extractor's name and version; raised whenever the same page may
// give another draft.
const name = "textpage/1"

// New is the extractor of plain-text pages. It holds no state and may be used
// by several goroutines at once.
func New() extract.Extractor { return extractor{} }

type extractor struct{}

// Name is the extractor's name and version.
func (extractor) Name() string { return name }

// Extract reads one page. A page without text gives a draft without blocks;
// whether that is worth a record is for normalize to say.
func (extractor) Extract(in extract.Page, _ read.Limits) (*extract.Draft, error) {
	lines := unwrap(scan(in.Text))
	var c calendar
	lang, _, _ := language.Detect(sample(lines), nil)
	c.learn(lines, lang)
	readings := readLines(lines, &c)

	draft := &extract.Draft{URL: in.URL, CapturedAt: in.CapturedAt, Extractor: name}
	end := len(lines)
	page := view(lines, readings)
	t, found := page.chooseThread(&c)
	opened := false
	if found {
		opened = page.opens(&t)
		out := segments(&t, lines, readings)
		draft.Comments = threadComments(out, lines, readings)
		end = t.start
	}
	draft.CommentsStated = stated(&t, found, readings)
	a := article{lines: lines[:end], readings: readings[:end], thread: &t, calendar: &c}
	if opened {
		a.readOpening(draft)
	} else {
		a.read(draft)
	}
	findRights(lines, end, draft)
	return draft, nil
}

// maxSample is how much text the language is told from, in bytes.
const maxSample = 4000

// sample is text of the page for the language: its longest kind of lines.
func sample(lines []line) string {
	var b []byte
	for i := range lines {
		if len(lines[i].text) > 60 {
			b = append(append(b, lines[i].text...), ' ')
		}
		if len(b) > maxSample {
			break
		}
	}
	return string(b)
}

// stated is the number of comments that the page states.
func stated(t *thread, found bool, readings []reading) *int32 {
	if found && t.section.stated >= 0 {
		n := t.section.stated
		return &n
	}
	for i := range readings {
		if readings[i].kind == sectionLine && readings[i].section.stated >= 0 {
			n := readings[i].section.stated
			return &n
		}
	}
	return nil
}
