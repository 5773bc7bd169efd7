package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// groups are the boxes of the page by their names, in page order.
func (p *Page) groups() []*group {
	type key struct {
		tag  atom.Atom
		name string
	}
	byName := map[key]*group{}
	numbered := map[key][]dom.ID{} // boxes with numbered ids and no telling name
	var prefixes []key             // of those that repeat
	var out []*group
	telling := make([]struct { // by dom.Node.List, since pages repeat their class names
		known bool
		names []tellingName
	}, len(p.Classes))
	for id := dom.ID(0); id < p.Len(); id++ {
		n := &p.Nodes[id]
		if n.Tag == 0 && !p.IsText(id) && strings.Contains(n.Raw.Data, "comment") {
			if t, ok := tells(n.Raw.Data); ok {
				k := key{0, t.name}
				if byName[k] == nil && len(out) < maxGroups {
					byName[k] = &group{}
					out = append(out, byName[k])
				}
				if g := byName[k]; g != nil {
					g.members = append(g.members, id)
				}
			}
			continue
		}
		if n.Class == "" && n.Ident == "" || !isBox(n.Tag) && !(n.Tag == atom.Ul && numberedBox(n.Ident)) {
			continue
		}
		kinds := 0
		add := func(t tellingName) {
			if kinds >= maxKinds {
				return
			}
			k := key{n.Tag, t.name}
			g := byName[k]
			if g == nil {
				if len(out) >= maxGroups {
					return
				}
				g = &group{posts: t.post}
				byName[k] = g
				out = append(out, g)
			}
			kinds++
			g.members = append(g.members, id)
		}
		list := &telling[n.List]
		if !list.known {
			list.known = true
			for name := range strings.FieldsSeq(n.Class) {
				if t, ok := tells(strings.TrimRight(name, "0123456789")); ok {
					list.names = append(list.names, t)
				}
			}
		}
		for _, t := range list.names {
			add(t)
		}
		if prefix := strings.TrimRight(n.Ident, "0123456789"); prefix != n.Ident && prefix != "" {
			if t, ok := tells("#" + prefix); ok {
				add(t)
			}
			if kinds == 0 {
				numbered[key{n.Tag, prefix}] = append(numbered[key{n.Tag, prefix}], id)
				if len(numbered[key{n.Tag, prefix}]) == minNameless {
					prefixes = append(prefixes, key{n.Tag, prefix})
				}
			}
		}
	}
	for _, k := range prefixes[:min(len(prefixes), maxNameless)] {
		out = append(out, &group{posts: true, nameless: true, members: numbered[k]})
	}
	return out
}

// numberedBox tells the id of a list that is one comment: cmt12.
func numberedBox(ident string) bool {
	prefix := strings.TrimRight(ident, "0123456789")
	if prefix == "" || prefix == ident {
		return false
	}
	t, ok := tells("#" + prefix)
	return ok && !t.post
}

// tellingName is a class name, or "#" with an id, that is one of a comment or post.
type tellingName struct {
	name string
	post bool // of a post alone
}

// tells judges a name by its words; ok is false for one of neither and for one
// of a list of comments or of what belongs to them.
func tells(name string) (t tellingName, ok bool) {
	isComment, isPost, live := false, false, false
	for word := range dom.Words(name) {
		if listNames.Has(word) || word == "card" && !isComment {
			return tellingName{}, false
		}
		isComment = isComment || commentNames.Has(word) || strings.HasSuffix(word, "comment") || strings.HasSuffix(word, "kommentar")
		isPost = isPost || postNames.Has(word)
		live = live || liveNames.Has(word)
	}
	if live && !isComment {
		return tellingName{}, false // the site's own posts
	}
	return tellingName{name, !isComment}, isComment || isPost
}

// liveNames are words of names of a ticker's posts.
var liveNames = dom.NewNames(`live liveblog ticker liveticker livepost timeline newsfeed`)

// Bounds of the groups without a telling name.
const (
	minNameless = 3 // members
	maxNameless = 4 // groups
)

// replyLines are links and buttons to answer or to report what somebody wrote;
// articles are shared and liked, but not reported.
var replyLines = map[string]bool{
	"reply": true, "quote": true, "report": true, "flag": true, "report post": true, "report comment": true, "report this comment": true, "reply to this comment": true, "log in to reply": true,
	"antworten": true, "zitieren": true, "melden": true, "beitrag melden": true, "kommentar melden": true, "auf diesen kommentar antworten": true, "missbrauch melden": true,
	"answer": true, "回复": true, "回覆": true, "返信": true, "返信する": true, "답글": true, "رد": true, "השב": true, "svara": true, "svar": true, "vastaa": true, "cevapla": true, "yanıtla": true, "trả lời": true,
	"répondre": true, "citer": true, "signaler": true, "responder": true, "citar": true, "denunciar": true, "rispondi": true, "segnala": true, "beantwoorden": true, "odpowiedz": true, "ответить": true,
	"цитировать": true, "пожаловаться": true, "ответ": true, "відповісти": true, "odpovědět": true, "odpovedať": true, "válasz": true, "răspunde": true, "απάντηση": true, "balas": true, "پاسخ": true, "답글쓰기": true, "답글 달기": true, "引用": true, "举报": true, "antwort": true, "svar på": true, "besvara": true, "antwoord": true, "reageer": true, "reageren": true, "zgłoś": true, "ilmoita": true, "anmäl": true, "rapportera": true, "anmeld": true, "rapporter": true, "nahlásit": true, "reagovat": true, "bejelentés": true, "báo cáo": true, "laporkan": true, "گزارش": true, "신고": true, "通報": true, "raportează": true, "αναφορά": true, "скарга": true, "şikayet et": true, "kommentera": true,
}

// answered tells whether every record has a link or button to answer or to
// report it, as nothing but contributions of readers have.
func (p *Page) answered(boxes []box) bool {
	for i := range boxes {
		found := false
		for id := boxes[i].from; id < boxes[i].end && !found; id++ {
			if p.Tag(id) == atom.A || p.Tag(id) == atom.Button {
				s, ok := p.Short(id, 40)
				found = ok && replyLines[fold(s)]
			}
		}
		if !found {
			return false
		}
	}
	return len(boxes) > 0
}

// maxMerged bounds the groups that are tried beside the chosen one.
const maxMerged = 6

// merged are the boxes of two groups, as replies have a name of their own: those
// of the second that stand in none of the first and hold none are added. Where
// nothing is added, none has more records than before.
func merged(a, b *group) *group {
	out := &group{posts: a.posts}
	i := 0
	for _, id := range b.members {
		for i < len(a.members) && a.members[i] < id {
			out.members = append(out.members, a.members[i])
			i++
		}
		if i >= len(a.members) || a.members[i] != id {
			out.members = append(out.members, id)
		}
	}
	out.members = append(out.members, a.members[i:]...)
	return out
}
