package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// postTexts name the element of a post's text in forums.
var postTexts = dom.Ranks(`postbody post-body post-content message-body message-content post-message postcontent post-text posttext messagecontent
	message-text bbwrapper bbcodewrapper bbcode messagetext body content message cooked richcontent`)

// postText is the element that holds the text of a post; None where it is not named.
func (p *Page) postText(r *record) dom.ID {
	found, rank := r.from, len(postTexts)
	p.own(r, func(id dom.ID) bool {
		if id != r.from && (p.Nodes[id].Class != "" || p.Nodes[id].Ident != "") {
			n := p.Rank(id, postTexts)
			if ident := numberless(p.Nodes[id].Ident); ident != "" && n == len(postTexts) {
				if i, ok := postTexts[ident]; ok {
					n = i
				}
			}
			if n == len(postTexts) && rank == n && dom.Breaks(p.Tag(id)) && p.suffixed(id, textSuffixes) {
				n--
			}
			if n < rank || n < len(postTexts) && p.Within(id, found) {
				if line, short := p.Short(id, 80); !short || line == "" || !isControlLine(line) {
					found, rank = id, n // what stands inside is nearer to the text
				}
			}
		}
		return true
	})
	if rank == len(postTexts) {
		return dom.None
	}
	return found
}

// numberless is an id without the number at its end, in the form of class names:
// "post-message" of "post_message_12". It is empty for an id without a number.
func numberless(ident string) string {
	name := strings.TrimRight(ident, "0123456789")
	if name == ident || len(name) > 40 {
		return ""
	}
	return strings.Trim(strings.ReplaceAll(name, "_", "-"), "-")
}

// textSuffixes end class names of a text: discussion-post-body.
var textSuffixes = []string{"-body ", "-text ", "-content ", "-message ", "-msg ", "commenttext ", "commentbody ", "posttext ", "messagetext "}

// ownLink tells the links that a contribution has beside its text: to who wrote
// it, to itself with its time, to answer it.
func (p *Page) ownLink(s, target string) bool {
	return strings.HasPrefix(target, "#") || profile(target) || len(s) <= maxName && (isControlLine(s) || replyLines[fold(s)] || p.find(s) != "")
}

// endsIn tells whether a class name of the element ends in one of the suffixes.
func (p *Page) endsIn(id dom.ID, suffixes []string) bool {
	class := p.Nodes[id].Class
	for _, s := range suffixes {
		if strings.Contains(class, s) {
			return true
		}
	}
	return false
}

// suffixed tells whether a class name of the element ends in one of the suffixes.
func (p *Page) suffixed(id dom.ID, suffixes []string) bool {
	class := p.Nodes[id].Class
	for _, s := range suffixes {
		if strings.Contains(class, s) {
			return !p.word(id, listNames) && !p.word(id, headWords)
		}
	}
	return false
}

// headWords are words of class names beside a text.
var headWords = dom.NewNames(`header head author authors user username name date time meta info avatar title actions action controls footer tools button buttons`)

// boxID is the site's id of a record: in its id, in an attribute for data, or in
// an anchor or permalink of its own.
func (p *Page) boxID(r *record) string {
	for _, attr := range []string{"data-comment-id", "data-commentid", "data-post-id", "data-postid", "data-id", "data-reply-id", "data-message-id", "data-answer-id", "data-cid"} {
		if id := nativeID(strings.ToLower(p.Attr(r.from, attr))); id != "" {
			return id
		}
	}
	if id := nativeID(p.Nodes[r.from].Ident); id != "" {
		return id
	}
	if anchor := p.elementBefore(r.from); anchor != dom.None && p.Tag(anchor) == atom.A && !p.Has(anchor, "href") {
		if id := nativeID(strings.ToLower(p.Attr(anchor, "name") + p.Attr(anchor, "id"))); id != "" {
			return id
		}
	}
	found := ""
	p.own(r, func(id dom.ID) bool {
		if found != "" || p.IsText(id) {
			return false
		}
		if p.Tag(id) == atom.A {
			name := strings.ToLower(p.Attr(id, "name"))
			if name == "" {
				name = p.Nodes[id].Ident
			}
			if name == "" {
				if href := p.Attr(id, "href"); strings.HasPrefix(href, "#") {
					name = strings.ToLower(href[1:])
				}
			}
			if name != "" {
				found = nativeID(name)
			}
		} else if ident := p.Nodes[id].Ident; strings.HasPrefix(ident, "comment") || strings.HasPrefix(ident, "post") {
			found = nativeID(ident)
		}
		return true
	})
	return found
}
