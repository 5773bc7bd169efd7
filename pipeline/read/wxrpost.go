package read

import (
	"strings"
	"time"
)

// wxrPost is an item of an export of WordPress.
type wxrPost struct {
	entry    Entry
	kind     string // post type
	status   string
	password bool
	author   string // account id of the author; empty where it is not known
}

// hidden says why a post was not public, or nothing. What a blog's own plugins
// call a status is not public: WordPress shows "publish" alone.
func (p *wxrPost) hidden() string {
	switch {
	case p.status != "publish":
		return "status " + clip(p.status)
	case p.password:
		return "behind a password"
	}
	return ""
}

// post reads what an item says of its post. An export of WXR 1.0 and tools that
// print the least leave type and status out: they mean a post that is public.
func (f *wxrFile) post(t *xmlTree) *wxrPost {
	p := &wxrPost{kind: "post", status: "publish"}
	e := &p.entry
	e.Site, e.Lang, e.ContentKind = f.site, f.lang, ContentWordPress
	var published, publishedGMT, pubDate, modified, modifiedGMT, creator, guid string
	var terms wxrTerms
	for c := range t.children(0) {
		prefix, name := local(t.nodes[c].Name)
		if prefix == "" {
			switch name {
			case "title":
				e.Title = t.line(c)
			case "link":
				e.URL = t.line(c)
			case "guid":
				guid = t.line(c)
			case "pubDate":
				pubDate = t.line(c)
			case "category":
				terms.add(t.attr(c, "domain"), t.line(c))
			}
			continue
		}
		switch name {
		case "creator":
			creator = t.line(c)
		case "encoded":
			if prefix != "excerpt" {
				e.Content = t.text(c)
			}
		case "post_id":
			e.NativeID = t.line(c)
		case "post_date":
			published = t.line(c)
		case "post_date_gmt":
			publishedGMT = t.line(c)
		case "post_modified":
			modified = t.line(c)
		case "post_modified_gmt":
			modifiedGMT = t.line(c)
		case "status":
			p.status = either(t.line(c), p.status)
		case "post_type":
			p.kind = either(t.line(c), p.kind)
		case "post_password":
			p.password = t.line(c) != ""
		}
	}
	if e.URL == "" && (strings.HasPrefix(guid, "http://") || strings.HasPrefix(guid, "https://")) {
		e.URL = guid // drafts have no address yet
	}
	e.PublishedAt = either(wxrTime(publishedGMT, "Z"), wxrTime(published, ""))
	if e.PublishedAt == "" {
		e.PublishedAt = rssTime(pubDate)
	}
	e.ModifiedAt = either(wxrTime(modifiedGMT, "Z"), wxrTime(modified, ""))
	author := f.authors[creator]
	p.author = author.id
	if name := either(author.name, withoutAddress(creator)); name != "" {
		e.Authors = []string{name}
	}
	e.Section, e.Tags = terms.list()
	return p
}

// wxrTerms are the categories and tags of a post. In WXR 1.0 each stands twice,
// once without a domain.
type wxrTerms struct{ categories, tags, plain []string }

func (w *wxrTerms) add(domain, name string) {
	switch domain {
	case "category":
		w.categories = append(w.categories, name)
	case "post_tag", "tag":
		w.tags = append(w.tags, name)
	case "":
		w.plain = append(w.plain, name)
	}
}

// list gives the first category as section, and the tags with the other
// categories behind them.
func (w *wxrTerms) list() (section string, tags []string) {
	if len(w.categories)+len(w.tags) == 0 {
		w.categories = w.plain
	}
	if len(w.categories) == 0 {
		return "", w.tags
	}
	return w.categories[0], append(w.tags, w.categories[1:]...)
}

// wxrTime is a time of the database in ISO 8601; "0000-00-00 00:00:00" is none.
func wxrTime(stated, zone string) string {
	if len(stated) != len(time.DateTime) || strings.HasPrefix(stated, "0000") {
		return ""
	}
	return stated[:10] + "T" + stated[11:] + zone
}

// rssTime is a time of RSS 2.0 (RFC 822 with a year of four digits) in ISO
// 8601; the export of a draft says -0001.
func rssTime(stated string) string {
	for _, layout := range []string{time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700"} {
		if at, err := time.Parse(layout, stated); err == nil && at.Year() > 0 {
			return at.Format(time.RFC3339)
		}
	}
	return ""
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
