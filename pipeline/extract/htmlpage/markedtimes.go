package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// stated is the time that an element gives: in an attribute, else in its text.
func (p *page) stated(id dom.ID, read func(string) string) string {
	for _, attr := range []string{"datetime", "content", "title", "data-datetime", "data-time", "data-date"} {
		if iso := read(p.Attr(id, attr)); iso != "" {
			return iso
		}
	}
	text, _ := p.Short(id, 200)
	return read(text)
}

// markedTimes are those whose markup says what they are, outside of comments.
func (p *page) markedTimes(read func(string) string) (published, modified string) {
	first, apart := "", dom.ID(1<<30) // the plain time nearest to the headline
	head := max(0, p.heading())
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.IsText(id) || len(p.Nodes[id].Raw.Attr) == 0 && p.Tag(id) != atom.Time {
			continue
		}
		isPublished := p.HasToken(id, "itemprop", "datePublished") || p.HasToken(id, "property", "datePublished") || p.HasToken(id, "property", "schema:datePublished") || p.Tag(id) == atom.Time && p.Has(id, "pubdate")
		isModified := p.HasToken(id, "itemprop", "dateModified") || p.HasToken(id, "property", "dateModified")
		isTime := p.Tag(id) == atom.Time || p.Tag(id) == atom.Abbr
		if isTime && p.HasClass(id, "published", "entry-date", "dt-published", "post-date", "publish-date") && !p.HasClass(id, "updated") {
			isPublished = true
		}
		if isTime && !isPublished && !isModified && p.Tag(id) == atom.Time && published == "" && p.saysPublished(id) {
			isPublished = true
		}
		if !isPublished && !isModified && !isTime || p.inComments(id) || isPublished && p.foreign(id) {
			continue
		}
		switch {
		case isPublished && published == "":
			published = p.stated(id, read)
		case isModified && modified == "":
			modified = p.stated(id, read)
		case isTime && p.Tag(id) == atom.Time:
			far := id - head
			if far < 0 {
				far = -2 * far
			}
			if far < apart && (!p.aside(id) || id > head && far <= maxFar || id < head && far <= 4*maxFar) && !p.saysUpdated(id) {
				if iso := p.stated(id, read); iso != "" {
					first, apart = iso, far
				}
			}
		}
	}
	if published == "" {
		published = first
	}
	return published, modified
}

// maxFar is how many nodes may lie between the headline and a time that stands in
// a part beside the article.
const maxFar = 14

// updatedWords say that a date beside them is that of a change; lower case.
var updatedWords = []string{"updated", "last updated", "last modified", "modified", "last reviewed", "reviewed", "last edited", "edited", "aktualisiert", "zuletzt", "letzte", "geändert", "bearbeitet", "mis à jour", "mise à jour", "modifié", "actualizado", "última", "aggiornato", "modificato", "bijgewerkt", "oppdatert", "uppdaterad", "opdateret", "aktualizacja", "обновлено", "page updated", "page last"}

// saysUpdated tells whether the text right before a time says that it is the one
// of a change.
func (p *page) saysUpdated(id dom.ID) bool { return p.saidBefore(id, updatedWords) }

// saysPublished tells whether it says that it is the one of publication.
func (p *page) saysPublished(id dom.ID) bool { return p.saidBefore(id, publishedWords) }

// saidBefore tells whether the text right before a node begins with one of the words.
func (p *page) saidBefore(id dom.ID, words []string) bool {
	for n := id - 1; n >= max(0, id-6); n-- {
		if p.IsText(n) {
			if s := strings.ToLower(strings.TrimSpace(p.Nodes[n].Raw.Data)); s != "" {
				return len(s) < 60 && anyPrefix(s, words)
			}
		}
	}
	return false
}

// updatedTime is the time that the microformat hAtom gives as that of a change:
// blogs that state no other mean that of publication.
func (p *page) updatedTime(read func(string) string) string {
	id := p.FirstIn(0, p.Len(), func(id dom.ID) bool {
		return p.HasClass(id, "updated", "dt-updated") && !p.inComments(id) && !p.aside(id)
	})
	if id == dom.None {
		return ""
	}
	return p.stated(id, read)
}
