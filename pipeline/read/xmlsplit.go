package read

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"strings"
)

// xmlSplitter cuts an XML export into the elements of its containers, one after
// the other, so that a broken element costs itself: what follows begins at the
// next start tag that stands nowhere but there. It expands no entity and reads
// no document type.
//
// It is more lenient than XML 1.0 on purpose: exports are printed by templates,
// cut off by time limits and mended by hand.
type xmlSplitter struct {
	in    *bufio.Reader
	limit int64 // bytes that an element may have; 0 for any

	container func(name string) bool       // elements that are not elements of their own: rss, channel
	starts    func(open, next string) bool // whether the tag next inside of open begins an element of its own, so that open was broken

	root   string // name of the first container
	opened []byte // its start tag
	closed bool   // its end tag was seen
	held   []byte // a tag that was read already

	scratch, part []byte // memory for tags and elements
}

// xmlPart is an element as it stands in the input.
type xmlPart struct {
	Name     string // with its prefix
	Raw      []byte // tags included, valid until the next call
	Cut      bool   // another element or the end of the input came before its end tag
	TooLarge bool   // over the limit: Raw has its beginning only
}

// maxTag is the most bytes that a tag may have; longer ones are no tags.
const maxTag = 64 << 10

// parts gives out the elements up to the end of the file; an error, also that of
// ctx, is the last thing that it gives.
func (s *xmlSplitter) parts(ctx context.Context) iter.Seq2[xmlPart, error] {
	return func(yield func(xmlPart, error) bool) {
		for {
			var part xmlPart
			err := ctx.Err()
			if err == nil {
				part, err = s.next()
			}
			if errors.Is(err, io.EOF) || !yield(part, err) || err != nil {
				return
			}
		}
	}
}

// next gives the next element. The error is io.EOF at the end.
func (s *xmlSplitter) next() (xmlPart, error) {
	for {
		tag := s.held
		s.held = nil
		if tag == nil {
			out, start, err := s.token(s.scratch[:0], false)
			s.scratch = out
			if err != nil && !errors.Is(err, errTooLarge) { // the limit is one of documents, and outside of them
				return xmlPart{}, err
			}
			if start < 0 {
				continue
			}
			tag = out[start:]
		}
		name, kind := tagName(tag)
		switch {
		case kind == tagOther:
		case kind == tagEnd:
			if name == s.root {
				s.closed = true
			}
		case s.container(name):
			if s.root == "" {
				s.root, s.opened = name, bytes.Clone(tag)
			}
		case kind == tagEmpty:
			return xmlPart{Name: name, Raw: tag}, nil
		default:
			return s.element(name, tag)
		}
	}
}

// element reads the element that tag begins up to its end tag.
func (s *xmlSplitter) element(name string, tag []byte) (xmlPart, error) {
	part := xmlPart{Name: name, Raw: append(s.part[:0], tag...)}
	defer func() { s.part = part.Raw }()
	for {
		raw, start, err := s.token(part.Raw, true)
		part.Raw = raw
		switch {
		case errors.Is(err, errTooLarge):
			part.TooLarge = true
			return part, s.skip(name)
		case errors.Is(err, io.EOF):
			part.Cut = true
			return part, nil
		case err != nil:
			return part, err
		case start < 0:
			continue
		}
		inner, kind := tagName(raw[start:])
		switch {
		case kind == tagEnd && inner == name:
			return part, nil
		case kind == tagStart && s.starts(name, inner):
			s.held = bytes.Clone(raw[start:])
			part.Raw = raw[:start]
			part.Cut = true
			return part, nil
		}
	}
}

// skip reads on to the end of an element that is too large, or up to the next
// one: it looks at tags alone, since a section may never end.
func (s *xmlSplitter) skip(name string) error {
	for {
		tag, err := s.rawTag()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		inner, kind := tagName(tag)
		switch {
		case kind == tagEnd && inner == name:
			return nil
		case kind == tagStart && s.starts(name, inner):
			s.held = tag
			return nil
		}
	}
}

// rawTag reads up to the next tag whatever it stands in, and gives the tag.
func (s *xmlSplitter) rawTag() ([]byte, error) {
	for {
		if err := s.discard('<'); err != nil {
			return nil, err
		}
		tag := []byte{'<'}
		for len(tag) < maxTag {
			c, err := s.in.ReadByte()
			if err != nil {
				return nil, err
			}
			if c == '<' {
				tag = tag[:1]
				continue
			}
			tag = append(tag, c)
			if c == '>' {
				return tag, nil
			}
		}
	}
}

// discard reads past the next c.
func (s *xmlSplitter) discard(c byte) error {
	for {
		_, err := s.in.ReadSlice(c)
		if err == nil || !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// token reads past the next tag, comment, section, instruction or declaration
// and appends it to to, with keep the text before it as well. start is where a
// tag stands in out, or -1 for the others. The error is io.EOF, errTooLarge or
// one of the input.
func (s *xmlSplitter) token(to []byte, keep bool) (out []byte, start int, err error) {
	if keep {
		if to, err = s.until(to, "<", 0, true); err != nil {
			return to, -1, err
		}
	} else {
		if err := s.discard('<'); err != nil {
			return to, -1, err
		}
		to = append(to[:0], '<')
	}
	start = len(to) - 1
	next, err := s.in.Peek(len("![CDATA["))
	if len(next) == 0 {
		return to, -1, err
	}
	switch {
	case bytes.HasPrefix(next, []byte("!--")):
		to, err = s.until(to, "-->", start+len("<!--"), keep)
		return to, -1, err
	case bytes.HasPrefix(next, []byte("![CDATA[")):
		to, err = s.until(to, "]]>", start+len("<![CDATA["), keep)
		return to, -1, err
	case next[0] == '?':
		to, err = s.until(to, "?>", start+len("<?"), keep)
		return to, -1, err
	case next[0] == '!' && !keep:
		return to, -1, s.declaration()
	}
	var quote byte
	for len(to)-start < maxTag {
		c, err := s.in.ReadByte()
		if err != nil {
			return to, -1, err
		}
		if c == '<' { // no tag holds one, not even in a value: the tag before is broken
			if err := s.in.UnreadByte(); err != nil {
				return to, -1, err
			}
			return to, -1, s.room(to)
		}
		to = append(to, c)
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return to, start, s.room(to)
		}
	}
	return to, -1, s.room(to)
}

// until appends to to up to and with mark, which ends at from or later. Without
// keep only as much as shows the mark is kept.
func (s *xmlSplitter) until(to []byte, mark string, from int, keep bool) ([]byte, error) {
	for {
		part, err := s.in.ReadSlice(mark[len(mark)-1])
		to = append(to, part...)
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return to, err
		}
		if err == nil && len(to)-len(mark) >= from && string(to[len(to)-len(mark):]) == mark {
			return to, s.room(to)
		}
		if keep {
			if roomErr := s.room(to); roomErr != nil {
				return to, roomErr
			}
		} else if len(to) > maxTag {
			to, from = append(to[:0], to[len(to)-len(mark):]...), 0
		}
	}
}

func (s *xmlSplitter) room(to []byte) error {
	if s.limit > 0 && int64(len(to)) > s.limit {
		return errTooLarge
	}
	return nil
}

// declaration reads past a document type with its internal subset, in which
// ">" stands in declarations, values and comments. Nothing of it is used.
func (s *xmlSplitter) declaration() error {
	depth, quote := 1, byte(0)
	var last [3]byte
	comment := false
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return err
		}
		switch {
		case comment:
			comment = !(c == '>' && last[1] == '-' && last[2] == '-')
			if !comment {
				depth--
			}
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '-' && last == [3]byte{'<', '!', '-'}:
			comment = true
			c = 0 // "<!-->" is not over yet
		case c == '"' || c == '\'':
			quote = c
		case c == '<':
			depth++
		case c == '>':
			if depth--; depth == 0 {
				return nil
			}
		}
		last = [3]byte{last[1], last[2], c}
	}
}

// What a tag is.
const (
	tagOther = iota
	tagStart
	tagEmpty
	tagEnd
)

// tagName gives the name of a tag and what the tag is.
func tagName(tag []byte) (string, int) {
	if len(tag) < 3 || tag[0] != '<' || tag[1] == '!' || tag[1] == '?' {
		return "", tagOther
	}
	kind, rest := tagStart, tag[1:]
	switch {
	case rest[0] == '/':
		kind, rest = tagEnd, rest[1:]
	case len(tag) > 3 && tag[len(tag)-2] == '/':
		kind = tagEmpty
	}
	end := bytes.IndexAny(rest, " \t\r\n/>")
	if end <= 0 {
		return "", tagOther
	}
	return string(rest[:end]), kind
}

// exportFormat tells the export that text begins as, by its first element and
// the namespace that it declares; "" for any other XML.
func exportFormat(text []byte) string {
	s := &xmlSplitter{in: bufio.NewReader(bytes.NewReader(text))}
	for {
		out, start, err := s.token(s.scratch[:0], false)
		s.scratch = out
		if err != nil {
			return ""
		}
		if start < 0 {
			continue
		}
		switch name, _ := tagName(out[start:]); {
		case name == "rss" && bytes.Contains(out, []byte("wordpress.org/export/")):
			return FormatWXR
		case name == "disqus" && bytes.Contains(out, []byte("disqus.com")):
			return FormatDisqus
		default:
			return feedFormat(name, text)
		}
	}
}

// local is a name without its prefix, and the prefix.
func local(name string) (prefix, rest string) {
	prefix, rest, ok := strings.Cut(name, ":")
	if !ok {
		return "", prefix
	}
	return prefix, rest
}
