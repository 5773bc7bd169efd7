package read

import (
	"context"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"

	"corpus/pipeline/spill"
	"corpus/schema"
)

// threads joins the posts and comments of an input that holds them in any
// order. They are sorted on disk by the thread that they belong to; each thread
// becomes one document, in the order of the threads' names. Memory holds one
// thread, up to the limits.
type threads struct {
	format  string
	locator string // "line" or "item"
	limits  Limits
	sorter  *spill.Sorter
}

// threadMemory is what the sorter of one input may take, in bytes. It is small,
// since every worker may have an input of its own.
const threadMemory = 16 << 20

// newThreads is a sorter of threads; the caller has to close it.
func newThreads(format, locator string, limits Limits) *threads {
	return &threads{format: format, locator: locator, limits: limits, sorter: spill.New(spill.Options{Dir: limits.Tmp, Memory: threadMemory})}
}

// posting is one record of a thread: its post, or a comment, or a part of the
// post that stands in a record of its own.
type posting struct {
	Number   int64         // of the line or item
	Captured string        // ISO 8601; empty where not stated
	Post     *Entry        // the post, without comments
	Excluded *Rejection    // a rule leaves the post out
	Part     string        // markup that belongs to the post's content
	Comment  *EntryComment // a comment
	Thread   *Entry        // what a comment's record knows of its article: address, ids, title
	Rule     string        // a rule leaves the comment out: its name
	Illegal  int           // characters of the record that its format does not allow
}

// Kinds of postings, in the order in which a thread needs them.
const (
	postingPost = iota
	postingPart
	postingComment
)

// add takes a posting of a thread. Comments are given out by order, which is
// their time in a form that sorts, else by where they stand.
func (t *threads) add(thread, order string, p *posting) error {
	kind := byte(postingComment)
	switch {
	case p.Post != nil:
		kind, order = postingPost, p.Captured
	case p.Part != "":
		kind = postingPart
	}
	value, err := json.Marshal(p, json.OmitZeroStructFields(true))
	if err != nil {
		return fmt.Errorf("writing a record of a thread: %w", err)
	}
	number := binary.BigEndian.AppendUint64(nil, uint64(p.Number))
	return t.sorter.Add(spill.Key([]byte(thread), []byte{kind}, []byte(order), number), value)
}

func (t *threads) close() { _ = t.sorter.Close() } // what is left are temporary files

// flush gives out all threads.
func (t *threads) flush(ctx context.Context, emit Emit) error {
	it, err := t.sorter.Sort()
	if err != nil {
		return err
	}
	defer it.Close()
	var g *thread
	for it.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		name, _, err := spill.Part(it.Key())
		if err != nil {
			return err
		}
		if g == nil || g.name != string(name) {
			if err := t.give(g, emit); err != nil {
				return err
			}
			g = &thread{name: string(name), seen: map[string]int{}}
		}
		p := new(posting)
		if err := json.Unmarshal(it.Value(), p); err != nil {
			return fmt.Errorf("reading a record of a thread: %w", err)
		}
		if err := t.gather(g, p, int64(len(it.Value())), emit); err != nil {
			return err
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	return t.give(g, emit)
}

// thread is what has been gathered of one thread.
type thread struct {
	name     string
	post     *posting
	about    *Entry // of the first comment, for a thread without its post
	first    int64  // number of the record that the document is found by
	captured string // the oldest time at which a comment was captured
	comments []EntryComment
	versions []posting      // by comment: number and capture of its record
	seen     map[string]int // index in comments by id
	rules    []ExcludedComments
	n        int   // comments, left out or not
	bytes    int64 // of the records
	illegal  int   // characters of the records that their format does not allow
	over     *Rejection
}

// gather adds a posting to its thread. Of a thread over the limits only counts
// are kept.
func (t *threads) gather(g *thread, p *posting, size int64, emit Emit) error {
	g.bytes += size
	g.illegal += p.Illegal
	if t.limits.Bytes > 0 && g.bytes > t.limits.Bytes && g.over == nil {
		g.over = tooLarge("the post with its comments", t.limits.Bytes)
	}
	switch {
	case p.Post != nil:
		if g.post != nil { // sorted by capture: the later one is newer, and takes the comments
			if err := t.alone(g.post, emit); err != nil {
				return err
			}
		}
		g.post, g.first = p, p.Number
		return nil
	case p.Part != "":
		if g.post != nil && g.over == nil {
			g.post.Post.Content += p.Part
			g.post.Post.NoText = g.post.Post.NoText && strings.TrimSpace(p.Part) == ""
		}
		return nil
	}
	g.n++
	if g.post == nil && (g.first == 0 || p.Number < g.first) {
		g.first = p.Number
	}
	if p.Captured != "" && (g.captured == "" || p.Captured < g.captured) {
		g.captured = p.Captured
	}
	if g.about == nil {
		g.about = p.Thread
	}
	if t.limits.Comments > 0 && g.n > t.limits.Comments && g.over == nil {
		g.over = &Rejection{Reason: schema.ReasonTooManyComments}
	}
	switch {
	case g.over != nil:
		g.comments, g.versions, g.seen = nil, nil, nil
	case p.Rule != "":
		g.exclude(p.Rule)
	default:
		g.comment(p)
	}
	return nil
}

// comment adds a comment; of several versions of one the newest stays.
func (g *thread) comment(p *posting) {
	version := posting{Number: p.Number, Captured: p.Captured}
	if id := p.Comment.ID; id != "" {
		if i, known := g.seen[id]; known {
			g.exclude("older version")
			if held := g.versions[i]; p.Captured > held.Captured || p.Captured == held.Captured && p.Number > held.Number {
				g.comments[i], g.versions[i] = *p.Comment, version
			}
			return
		}
		g.seen[id] = len(g.comments)
	}
	g.comments = append(g.comments, *p.Comment)
	g.versions = append(g.versions, version)
}

// exclude counts a comment that a rule leaves out.
func (g *thread) exclude(rule string) {
	for i := range g.rules {
		if g.rules[i].Reason == rule {
			g.rules[i].N++
			return
		}
	}
	g.rules = append(g.rules, ExcludedComments{Reason: rule, N: 1})
}

// give makes the document of a thread.
func (t *threads) give(g *thread, emit Emit) error {
	if g == nil || g.post == nil && g.n == 0 {
		return nil // parts of a post that is not there
	}
	locator := t.at(g.first)
	if g.post != nil && g.post.Excluded != nil {
		g.post.Excluded.Comments = g.n
		return emit(nil, g.post.Excluded, locator)
	}
	if g.over != nil {
		if g.over.Reason == schema.ReasonTooManyComments {
			g.over.Detail = fmt.Sprintf("%d comments, limits: comments is %d", g.n, t.limits.Comments)
		}
		return emit(nil, g.over, locator)
	}
	doc := &Document{Locator: locator, Format: t.format, CapturedAt: g.captured}
	if g.post != nil {
		doc.Entry = g.post.Post
		doc.CapturedAt = g.post.Captured
	} else {
		doc.Entry = new(Entry)
		if g.about != nil {
			*doc.Entry = *g.about
		}
		doc.Entry.NoText = true
	}
	doc.Entry.Comments, doc.Entry.Excluded = g.comments, g.rules
	doc.Entry.illegal(g.illegal)
	for i := range g.comments {
		if c := &g.comments[i]; c.ParentID == doc.Entry.NativeID { // it answers the post
			c.ParentID = ""
		}
	}
	return t.hand(doc, g.n, emit)
}

// alone gives out an older version of a post, or another post at the same
// address: a document of its own, without comments.
func (t *threads) alone(p *posting, emit Emit) error {
	if p.Excluded != nil {
		return emit(nil, p.Excluded, t.at(p.Number))
	}
	doc := &Document{Locator: t.at(p.Number), Format: t.format, CapturedAt: p.Captured, Entry: p.Post}
	return t.hand(doc, 0, emit)
}

// hand gives out a document. One of which neither a text nor a comment was ever
// there is no failure of the input.
func (t *threads) hand(doc *Document, comments int, emit Emit) error {
	if doc.Entry.NoText && comments == 0 {
		return emit(nil, &Rejection{Reason: schema.ReasonNoContent, Excluded: true, Detail: "a post without text and comments"}, doc.Locator)
	}
	if err := doc.fingerprint(); err != nil {
		return err
	}
	return emit(doc, nil, doc.Locator)
}

func (t *threads) at(number int64) string { return t.locator + "=" + strconv.FormatInt(number, 10) }

// fingerprint sets the bytes that the digest of an entry is taken of: all that
// was read of it, in one form.
func (d *Document) fingerprint() error {
	body, err := json.Marshal(d.Entry, json.OmitZeroStructFields(true))
	if err != nil {
		return fmt.Errorf("writing an entry: %w", err)
	}
	d.Body = body
	return nil
}
