package read

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"corpus/schema"
)

// vocabularies are the names that this package gives to the namespaces of
// feeds, by their addresses.
var vocabularies = map[string]string{
	"http://www.w3.org/2005/Atom":                                    "atom", // RFC 4287
	"http://purl.org/atom/ns#":                                       "atom", // Atom 0.3
	"http://purl.org/rss/1.0/":                                       "rss",
	"http://my.netscape.com/rdf/simple/0.9/":                         "rss",
	"http://channel.netscape.com/rdf/simple/0.9/":                    "rss",
	"http://backend.userland.com/rss2":                               "rss",
	"http://blogs.law.harvard.edu/tech/rss":                          "rss",
	"http://purl.org/rss/1.0/modules/content/":                       "content",
	"http://purl.org/rss/1.0/modules/slash/":                         "slash",
	"http://purl.org/dc/elements/1.1/":                               "dc",
	"http://purl.org/dc/elements/1.0/":                               "dc",
	"http://purl.org/dc/terms/":                                      "dcterms",
	"http://purl.org/syndication/thread/1.0":                         "thr", // RFC 4685
	"http://backend.userland.com/creativeCommonsRssModule":           "cc",
	"http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html": "cc",
	"http://blogs.law.harvard.edu/tech/creativeCommonsRssModule":     "cc",
	"http://web.resource.org/cc/":                                    "cc",
	"http://creativecommons.org/ns#":                                 "cc",
	"http://schemas.google.com/blogger/2018":                         "blogger",
	"http://schemas.google.com/g/2005":                               "gd",
	"http://www.w3.org/2007/app":                                     "app", // RFC 5023
	"http://purl.org/atom/app#":                                      "app",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns#":                    "rdf",
	"http://www.w3.org/1999/xhtml":                                   "xhtml",
	"http://rssnamespace.org/feedburner/ext/1.0":                     "feedburner",
	"http://search.yahoo.com/mrss/":                                  "media",
	"http://www.itunes.com/dtds/podcast-1.0.dtd":                     "itunes",
}

// usualPrefixes are what the prefixes mean that nobody declared.
var usualPrefixes = map[string]string{
	"": "rss", "atom": "atom", "a10": "atom", "content": "content", "slash": "slash", "dc": "dc", "dcterms": "dcterms",
	"thr": "thr", "cc": "cc", "creativeCommons": "cc", "blogger": "blogger", "gd": "gd", "app": "app",
	"rdf": "rdf", "xhtml": "xhtml", "feedburner": "feedburner", "media": "media", "itunes": "itunes",
}

// namespaces says what prefixes stand for: as declared where the feed begins.
type namespaces map[string]string

// declare reads the declarations of a start tag's attributes.
func (n namespaces) declare(attrs string) namespaces {
	if !strings.Contains(attrs, "xmlns") {
		return n
	}
	out := namespaces{}
	for prefix, vocabulary := range n {
		out[prefix] = vocabulary
	}
	for key, value := range attributes(attrs) {
		prefix, ok := strings.CutPrefix(key, "xmlns")
		if !ok || prefix != "" && prefix[0] != ':' || len(out) >= 256 {
			continue
		}
		prefix = strings.TrimPrefix(prefix, ":")
		vocabulary, known := vocabularies[strings.TrimSpace(value)]
		if !known && usualPrefixes[prefix] != "" && prefix != "" {
			vocabulary = usualPrefixes[prefix] // an old or misspelt address
		}
		out[prefix] = vocabulary
	}
	return out
}

// name gives the vocabulary and the local name of an element of t.
func (n namespaces) name(t *xmlTree, node int32) (vocabulary, name string) {
	prefix, name := local(t.nodes[node].Name)
	if attrs := t.nodes[node].Attrs; strings.Contains(attrs, "xmlns") {
		n = n.declare(attrs)
	}
	if vocabulary, declared := n[prefix]; declared {
		return vocabulary, name
	}
	return usualPrefixes[prefix], name
}

// attributes goes over the attributes of a tag, as they stand: references are
// not resolved.
func attributes(attrs string) func(yield func(key, value string) bool) {
	return func(yield func(key, value string) bool) {
		for {
			key, rest, ok := strings.Cut(attrs, "=")
			if !ok {
				return
			}
			rest = strings.TrimLeft(rest, " \t\r\n")
			if rest == "" || rest[0] != '"' && rest[0] != '\'' {
				return
			}
			value, after, ok := strings.Cut(rest[1:], rest[:1])
			if !ok || !yield(strings.Trim(key, " \t\r\n/"), value) {
				return
			}
			attrs = after
		}
	}
}

// tagAttributes are the attributes of a start tag as it stands.
func tagAttributes(tag []byte) string {
	s := strings.TrimSuffix(strings.TrimSuffix(string(tag), ">"), "/")
	if at := strings.IndexAny(s, " \t\r\n"); at >= 0 {
		return s[at:]
	}
	return ""
}

// feedSink takes the elements of a feed.
type feedSink interface {
	// begin takes the first start tag: its local name and attributes.
	begin(name, attrs string)
	// about takes an element that stands beside the entries.
	about(names namespaces, t *xmlTree)
	// entry takes an entry or item, or says why it cannot.
	entry(names namespaces, t *xmlTree, number int64) (*Rejection, error)
}

// feedParts reads the elements of a feed. Those that are damaged or too large
// cost themselves. The error is a *Rejection where the file is cut off.
func feedParts(ctx context.Context, in io.Reader, limits Limits, emit Emit, sink feedSink) error {
	text, err := decodedXML(in)
	if err != nil {
		return err
	}
	isEntry := func(name string) bool {
		_, name = local(name)
		return name == "entry" || name == "item"
	}
	s := &xmlSplitter{
		in: text, limit: limits.Bytes,
		container: func(name string) bool {
			_, name = local(name)
			return name == "rss" || name == "channel" || name == "feed" || name == "RDF"
		},
		starts: func(_, next string) bool { return isEntry(next) },
	}
	n, cut := int64(0), false
	var names namespaces
	for part, err := range s.parts(ctx) {
		if err != nil {
			return err
		}
		if names == nil && s.root != "" {
			attrs := tagAttributes(s.opened)
			names = namespaces{}.declare(attrs)
			_, root := local(s.root)
			sink.begin(root, attrs)
		}
		cut = part.Cut && isEntry(part.Name)
		if !isEntry(part.Name) {
			if !part.Cut && !part.TooLarge {
				if t, err := parseXML(string(part.Raw)); err == nil {
					sink.about(names, t)
				}
			}
			continue
		}
		n++
		what, locator := fmt.Sprintf("item %d", n), "item="+strconv.FormatInt(n, 10)
		rejected := (*Rejection)(nil)
		switch t, err := parseXML(string(part.Raw)); {
		case part.TooLarge:
			rejected = tooLarge(what, limits.Bytes)
		case err != nil || part.Cut:
			rejected = brokenPart(what, part, err)
		default:
			if rejected, err = sink.entry(names, t, n); err != nil {
				return err
			}
		}
		if rejected != nil {
			if err := emit(nil, rejected, locator); err != nil {
				return err
			}
		}
	}
	switch {
	case s.root == "":
		return &Rejection{Reason: schema.ReasonMalformed, Detail: "no element feed, rss or RDF: not a feed, or cut off before it begins"}
	case !s.closed && !cut:
		return &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("the file ends before </%s>, after %d items: it is cut off", clip(s.root), n)}
	}
	return nil
}

// feedFormat tells the format of an input whose first element is name, by how
// it begins: FormatBlogger, FormatFeed or "".
func feedFormat(name string, head []byte) string {
	has := func(mark string) bool { return bytes.Contains(head, []byte(mark)) }
	switch _, name = local(name); name {
	case "rss":
		return FormatFeed
	case "RDF":
		if has("purl.org/rss/1.0/") || has("netscape.com/rdf/simple/") {
			return FormatFeed
		}
	case "feed":
		switch {
		case has("schemas.google.com/blogger/2018"), has("schemas.google.com/blogger/2008/kind#"), has("tag:blogger.com,1999:") && has(".archive</id>"):
			return FormatBlogger
		case has("http://www.w3.org/2005/Atom"), has("http://purl.org/atom/ns#"):
			return FormatFeed
		}
	}
	return ""
}
