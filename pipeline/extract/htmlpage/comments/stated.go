package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// countWords follow the number of comments in a heading; lower case.
var countWords = map[string]bool{
	"comment": true, "comments": true, "response": true, "responses": true, "reply": true, "replies": true, "thought": true, "thoughts": true,
	"kommentar": true, "kommentare": true, "antworten": true, "antwort": true, "gedanken": true, "reaktionen": true, "lesermeinungen": true,
	"commentaire": true, "commentaires": true, "réponses": true, "réponse": true, "réflexions": true,
	"comentarios": true, "comentario": true, "respuestas": true, "commenti": true, "commento": true, "risposte": true,
	"评论": true, "評論": true, "留言": true, "コメント": true, "댓글": true, "комментарий": true, "комментарии": true, "комментария": true, "комментариев": true, "коментарі": true, "تعليق": true, "تعليقات": true, "التعليقات": true, "תגובות": true, "תגובה": true,
	"yorum": true, "yorumlar": true, "komentáře": true, "komentář": true, "komentářů": true, "komentáre": true, "kommentarer": true, "kommenttia": true, "kommentit": true, "σχόλια": true, "σχόλιο": true, "comentarii": true, "hozzászólás": true, "hozzászólások": true,
	"comentários": true, "comentário": true, "komentar": true, "komentari": true, "коментари": true, "коментара": true, "příspěvek": true, "příspěvky": true, "příspěvků": true, "diskuse": true, "टिप्पणी": true, "टिप्पणियाँ": true, "نظر": true, "نظرات": true, "دیدگاه": true, "دیدگاه\u200cها": true, "ความคิดเห็น": true,
	"reacties": true, "reactie": true, "komentarze": true, "komentarzy": true, "komentarz": true,
}

// countOnes stand for the number 1 before such a word.
var countOnes = map[string]bool{"one": true, "ein": true, "eine": true, "un": true, "une": true, "uno": true, "um": true, "één": true}

// stated is the number of comments that the page says it has: in the metadata of
// its article, in a property of schema.org, or in a heading of the discussion.
func (p *Page) stated(regions []dom.ID) *int32 {
	if n := count(p.Article.Get("commentCount").String()); n != nil {
		return n
	}
	for _, s := range p.Article.Get("interactionStatistic").All() {
		if kind := s.Get("interactionType"); strings.HasSuffix(kind.URL(), "CommentAction") || kind.Is("CommentAction") {
			if n := count(s.Get("userInteractionCount").String()); n != nil {
				return n
			}
		}
	}
	first := p.Len()
	if len(regions) > 0 {
		first = regions[0]
	}
	var heading *int32
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.IsText(id) {
			// "68 replies", and nothing else, in no link to another page.
			if s := p.Nodes[id].Raw.Data; len(regions) > 0 && id < first && len(s) <= 60 && dom.HasDigit(s) && len(strings.Fields(s)) == 2 {
				if n := headingCount(strings.TrimSpace(s)); n != nil && !p.leadsAway(id) {
					heading = n
				}
			}
			continue
		}
		if p.HasToken(id, "itemprop", "commentCount") {
			if n := count(p.value(id)); n != nil {
				return n
			}
		}
		if p.HasToken(id, "itemprop", "interactionCount") {
			if s, ok := strings.CutPrefix(p.value(id), "UserComments:"); ok {
				if n := count(s); n != nil {
					return n
				}
			}
		}
		if len(regions) > 0 && id < first {
			for _, attr := range countAttrs {
				if n := count(p.Attr(id, attr)); n != nil {
					heading = n
				}
			}
		}
		// The last heading before the first comment is that of the discussion.
		if len(regions) > 0 && id < first && (dom.IsTag(p.Tag(id), atom.H2, atom.H3, atom.H4, atom.H5, atom.H6) || p.HasClass(id, "comments-title", "comment-title", "comments-header", "comments-count", "comment-count", "commentstitle", "wpd-thread-info")) {
			text, _ := p.Short(id, 400)
			if n := headingCount(text); n != nil {
				heading = n
			}
		}
	}
	return heading
}

// countAttrs are attributes of a thread or its opening post that state how many
// comments it has.
var countAttrs = []string{"data-comments-count", "data-comment-count", "comment-count", "data-replies-count", "data-reply-count"}

// leadsAway tells a text in a link to another page.
func (p *Page) leadsAway(id dom.ID) bool {
	a := p.Above(id, func(n dom.ID) bool { return p.Tag(n) == atom.A })
	if a == dom.None {
		return false
	}
	href := p.Attr(a, "href")
	return href != "" && !strings.HasPrefix(href, "#") && (!strings.Contains(href, "#") || p.elsewhere(href))
}

// countedCJK reads "评论 2条", "2件のコメント" and their like, which have no space
// between number and word.
func countedCJK(s string) *int32 {
	if len(s) > maxLabel || s < "\u0080" && !strings.ContainsAny(s, "评評留コ댓") {
		return nil
	}
	for _, w := range []string{"评论", "評論", "留言", "コメント", "댓글"} {
		if before, after, ok := strings.Cut(s, w); ok {
			n := strings.Trim(before+" "+after, " :()（）：[]【】共条條则則件の개个個")
			return count(n)
		}
	}
	return nil
}

// headingCount reads "3 comments", "One thought on …", "Comments (3)".
func headingCount(s string) *int32 {
	if len(s) > 400 {
		return nil
	}
	fields := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == ' ' || r == '(' || r == ')' || r == ':' || r == '\u00a0' || r == '[' || r == ']'
	})
	if n := countedCJK(s); n != nil {
		return n
	}
	for i, f := range fields {
		if !countWords[f] {
			continue
		}
		if i > 0 {
			if countOnes[fields[i-1]] {
				one := int32(1)
				return &one
			}
			if n := count(fields[i-1]); n != nil {
				return n
			}
		}
		if i+1 < len(fields) && i == 0 {
			if n := count(fields[i+1]); n != nil && len(fields) == 2 {
				return n
			}
		}
	}
	return nil
}
