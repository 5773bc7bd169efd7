package read

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"

	"corpus/pipeline/spill"
	"corpus/schema"
)

// FormatHackerNews is a dump of Hacker News: the items of its API, or the rows
// of its public table, one JSON object a line, in any order.
const FormatHackerNews = "hackernews"

const hackerNewsSite = "https://news.ycombinator.com/item?id="

// hackerNewsTypes are the types of items; a pollopt is one line of a poll.
var hackerNewsTypes = map[string]bool{"story": true, "comment": true, "poll": true, "pollopt": true, "job": true}

// hackerNewsReader reads dumps of Hacker News. A comment names its parent alone,
// so the items are sorted on disk and led to the story at their root.
type hackerNewsReader struct{}

func (hackerNewsReader) Read(ctx context.Context, in io.Reader, limits Limits, emit Emit) error {
	items := spill.New(spill.Options{Dir: limits.Tmp, Memory: threadMemory})
	defer items.Close()
	tree := newRoots(limits.Tmp)
	defer func() { tree.close() }()
	failed := dumpLines(ctx, in, limits, emit, func(line []byte, number int64) (*Rejection, error) {
		var o hackerNewsItem
		if rejected := dumpObject(line, number, &o); rejected != nil {
			return rejected, nil
		}
		p, rejected := o.posting(number)
		if rejected != nil {
			return rejected, nil
		}
		if err := tree.add(uint64(o.ID.n), o.parent()); err != nil {
			return nil, err
		}
		value, err := json.Marshal(p, json.OmitZeroStructFields(true))
		if err != nil {
			return nil, fmt.Errorf("writing an item: %w", err)
		}
		key := binary.BigEndian.AppendUint64(nil, uint64(o.ID.n))
		return nil, items.Add(binary.BigEndian.AppendUint64(key, uint64(number)), value)
	})
	if r := new(Rejection); failed != nil && !errors.As(failed, &r) {
		return failed
	}
	t := newThreads(FormatHackerNews, "line", limits)
	defer t.close()
	if err := plantItems(ctx, items, tree, t, emit); err != nil {
		return err
	}
	return errors.Join(t.flush(ctx, emit), failed)
}

// plantItems puts every item into the thread of its root.
func plantItems(ctx context.Context, items *spill.Sorter, tree *roots, t *threads, emit Emit) error {
	found, err := tree.resolve(ctx)
	if err != nil {
		return err
	}
	defer found.close()
	it, err := items.Sort()
	if err != nil {
		return err
	}
	defer it.Close()
	for i := 0; it.Next(); i++ {
		if i%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		id := binary.BigEndian.Uint64(it.Key())
		p := new(posting)
		if err := json.Unmarshal(it.Value(), p); err != nil {
			return fmt.Errorf("reading an item: %w", err)
		}
		root, ok, err := found.seek(id)
		if err != nil {
			return err
		}
		if !ok {
			rejected := &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("line %d: the item's parents go in a circle", p.Number)}
			if err := emit(nil, rejected, t.at(p.Number)); err != nil {
				return err
			}
			continue
		}
		if root == 0 {
			root = id
		}
		order := "9" // a comment without a time goes to the end
		if p.Part != "" {
			order = fmt.Sprintf("%020d", id)
		}
		if p.Comment != nil {
			p.Thread = hackerNewsThread(root)
			order = cmp.Or(p.Comment.PostedAt, order)
			if p.Comment.ParentID == strconv.FormatUint(root, 10) {
				p.Comment.ParentID = "" // an answer to the story
			}
		}
		if err := t.add(fmt.Sprintf("%020d", root), order, p); err != nil {
			return err
		}
	}
	return it.Err()
}

// hackerNewsItem is what is read of an item. The table writes numbers as text,
// and the time a second time as "timestamp".
type hackerNewsItem struct {
	ID          dumpNumber `json:"id"`
	Type        string     `json:"type"`
	By          string     `json:"by"`
	Time        dumpNumber `json:"time"`
	Text        string     `json:"text"`
	Title       string     `json:"title"`
	URL         string     `json:"url"`
	Parent      dumpNumber `json:"parent"`
	Poll        dumpNumber `json:"poll"`
	Score       dumpNumber `json:"score"`
	Descendants dumpNumber `json:"descendants"`
	Dead        dumpFlag   `json:"dead"`
	Deleted     dumpFlag   `json:"deleted"`
}

// parent is the item that this one stands below; 0 for none.
func (o *hackerNewsItem) parent() uint64 {
	switch {
	case o.Type == "pollopt" && o.Poll.ok && o.Poll.n > 0:
		return uint64(o.Poll.n)
	case (o.Type == "comment" || o.Type == "pollopt") && o.Parent.ok && o.Parent.n > 0:
		return uint64(o.Parent.n)
	}
	return 0
}

func (o *hackerNewsItem) posting(number int64) (*posting, *Rejection) {
	malformed := func(detail string) (*posting, *Rejection) {
		return nil, &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("line %d: %s", number, detail)}
	}
	switch {
	case !o.ID.ok || o.ID.n <= 0:
		return malformed("an item without an id")
	case !hackerNewsTypes[o.Type]:
		return malformed("the type of the item is none of story, comment, poll, pollopt and job")
	case o.parent() == 0 && (o.Type == "comment" || o.Type == "pollopt"):
		return malformed("a " + o.Type + " without a parent")
	}
	p := &posting{Number: number}
	switch {
	case o.Type == "comment":
		p.Comment = o.comment()
	case o.Type == "pollopt":
		p.Part = "<ul><li>" + o.Text + "</li></ul>"
		if o.gone() != "" {
			p.Part = " "
		}
	default:
		p.Post = o.post()
	}
	return p, nil
}

// gone is the state of an item whose text is not shown: deleted by its author,
// or killed by moderators, flags or the software.
func (o *hackerNewsItem) gone() string {
	switch {
	case bool(o.Deleted):
		return schema.StateDeleted
	case bool(o.Dead):
		return schema.StateRemoved
	}
	return ""
}

func (o *hackerNewsItem) comment() *EntryComment {
	c := &EntryComment{
		ID: strconv.FormatInt(o.ID.n, 10), ParentID: strconv.FormatUint(o.parent(), 10),
		Author: o.By, AuthorID: o.By, PostedAt: o.Time.time(), State: o.gone(), Kind: ContentHTML,
	}
	if c.State == "" {
		c.Content = o.Text
	}
	return c
}

func (o *hackerNewsItem) post() *Entry {
	e := hackerNewsThread(uint64(o.ID.n))
	e.Title, e.PublishedAt, e.Stated = o.Title, o.Time.time(), o.Descendants.count()
	if o.By != "" {
		e.Authors = []string{o.By}
	}
	if o.Type != "story" {
		e.Section = o.Type
	}
	if o.gone() == "" {
		if link := html.UnescapeString(o.URL); link != "" { // of a link, the link is what was posted
			e.Content = "<p>" + html.EscapeString(link) + "</p>"
		}
		if strings.TrimSpace(o.Text) != "" {
			e.Content += "<p>" + o.Text
		}
	}
	e.NoText = e.Content == ""
	return e
}

// hackerNewsThread is the article of a story's id.
func hackerNewsThread(id uint64) *Entry {
	native := strconv.FormatUint(id, 10)
	return &Entry{URL: hackerNewsSite + native, NativeID: native, Site: "Hacker News", ContentKind: ContentHTML, Order: schema.OrderOldest}
}
