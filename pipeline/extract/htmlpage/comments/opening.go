package comments

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
)

// askedTypes are the types of schema.org of what opens a discussion.
var askedTypes = []string{"Question", "DiscussionForumPosting"}

// typed puts the opening post before the records where the page states by its
// type what it is: a question, or the first post of a thread. It stands around
// the records or before them, and must tell its author or time, and its text.
func (p *Page) typed(out []record) []record {
	found := dom.None
	for id := dom.ID(0); id < out[0].from; id++ {
		if p.IsText(id) || len(p.Nodes[id].Raw.Attr) == 0 {
			continue
		}
		if kind := p.Attr(id, "itemtype"); kind != "" && schemaType(kind, askedTypes) && (p.Hidden == nil || !p.Hidden(id)) {
			if found != dom.None && !p.Within(id, found) {
				return out // a list of questions
			}
			if found == dom.None {
				found = id
			}
		}
	}
	if found == dom.None {
		return out
	}
	r := record{from: found, end: p.End(found), parent: none, text: dom.None, opening: true, plain: true}
	r.id = p.openingID(found)
	p.roots = make(map[dom.ID]int, len(out)+1)
	for i := range out {
		p.roots[out[i].from] = i
	}
	if r.text = p.textOf(&r); r.text == dom.None || p.Within(out[0].from, r.text) {
		if r.text = p.postText(&r); r.text == dom.None || p.Within(out[0].from, r.text) {
			p.Posts = p.sameAuthor(&r, &out[0]) && p.Within(out[0].from, found)
			return out
		}
	}
	c, ok := p.comment(&r)
	if !ok || c.Author == "" && c.PostedAt == "" {
		return out
	}
	return p.opens(r, out)
}

// answerBoxes are words of the names of boxes that hold an answer and never what
// it answers.
var answerBoxes = dom.NewNames(`answer answers`)

// answers tells whether all records, the first as well, are named as answers and
// stand below a line that counts them: the question is above, be it a headline alone.
func (p *Page) answers(out []record) bool {
	for i := range out {
		if !p.word(out[i].from, answerBoxes) {
			return false
		}
	}
	for id := out[0].from - 1; id > 0 && out[0].from-id < maxBefore && p.Tag(id) != atom.H1; id-- {
		if s := p.Nodes[id].Raw.Data; p.IsText(id) && len(s) <= maxLabel && (headingCount(s) != nil || countsAnswers(s)) {
			return true
		}
	}
	return false
}

// answerCounts are answers in a line that counts them; lower case.
var answerCounts = dom.NewNames(`answer answers antwort antworten réponse réponses respuesta respuestas risposta risposte antwoord antwoorden resposta respostas ответ ответа ответов odpowiedź odpowiedzi`)

// countsAnswers tells "4 Answers".
func countsAnswers(s string) bool {
	n, word, ok := strings.Cut(dom.Squeeze(s), " ")
	return ok && count(n) != nil && answerCounts.Has(strings.ToLower(word))
}

// maxBefore bounds the nodes before the first record that are looked at.
const maxBefore = 200

// sameAuthor tells whether a thread without a text of its own says of itself
// what its first post says: author and time.
func (p *Page) sameAuthor(thread, first *record) bool {
	nowhere := func(dom.ID) bool { return false }
	var whole extract.Comment
	p.author(thread, &whole, nowhere)
	post, ok := p.comment(first)
	whole.PostedAt = p.markedTime(thread, nowhere)
	day := min(len(whole.PostedAt), len(post.PostedAt), len("2006-01-02"))
	return ok && whole.Author != "" && fold(whole.Author) == fold(post.Author) && day > 0 && whole.PostedAt[:day] == post.PostedAt[:day]
}

// opens makes r the opening post before the records.
func (p *Page) opens(r record, out []record) []record {
	all := append([]record{r}, out...)
	for i := range all[1:] {
		if all[i+1].parent != none {
			all[i+1].parent++
		}
	}
	p.Posts, p.asked = true, true
	return all
}

// openingID is the site's number of the opening post, in an id or attribute of
// its own box.
func (p *Page) openingID(id dom.ID) string {
	for _, attr := range []string{"data-post-id", "data-postid", "data-id"} {
		if n := nativeID(strings.ToLower(p.Attr(id, attr))); n != "" {
			return n
		}
	}
	return nativeID(p.Nodes[id].Ident)
}

// schemaType tells whether an attribute itemtype names one of the types.
func schemaType(value string, types []string) bool {
	for t := range strings.FieldsSeq(value) {
		t = t[strings.LastIndexAny(t, "/#:")+1:]
		for _, want := range types {
			if strings.EqualFold(t, want) {
				return true
			}
		}
	}
	return false
}

// timeBefore is the time that stands between the headline and a post whose own
// box states none; empty where there is none.
func (p *Page) timeBefore(id dom.ID) string {
	head := dom.None
	for n := id - 1; n > 0 && id-n < 400; n-- {
		if p.Tag(n) == atom.H1 {
			head = n
			break
		}
	}
	if head == dom.None {
		return ""
	}
	r := record{from: head, end: id}
	return p.markedTime(&r, func(dom.ID) bool { return false })
}

// answerWords are words of class names of the accepted answer, which some
// programs repeat below the question.
var answerWords = dom.NewNames(`answer bestanswer solution accepted`)

// Opening takes the first post of a forum's thread out of the comments, since it
// is the article; nil where the records are comments on one.
func (f *Found) Opening() *extract.Comment {
	if !f.Posts || len(f.Comments) == 0 {
		return nil
	}
	first := f.Comments[0]
	f.Comments = f.Comments[1:]
	for i := range f.Comments {
		c := &f.Comments[i]
		if c.ParentID == first.ID {
			c.ParentID = ""
		}
		c.ID, c.ParentID = earlier(c.ID), earlier(c.ParentID)
	}
	return &first
}

// earlier is a local name with the index before; other ids stay.
func earlier(id string) string {
	if n, err := strconv.Atoi(strings.TrimPrefix(id, "~")); err == nil && strings.HasPrefix(id, "~") {
		return local(n - 1)
	}
	return id
}
