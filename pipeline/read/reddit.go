package read

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/schema"
)

// FormatReddit is a dump of Reddit: submissions and comments as the objects of
// its API, one a line, in any order, in one file or several.
const FormatReddit = "reddit"

const redditSite = "https://www.reddit.com"

// redditReader reads dumps of Reddit. A submission with the comments that
// stand in the same input is a document; comments without their submission are
// one without text, at the same address, so that they join it from wherever it is.
type redditReader struct{}

func (redditReader) Read(ctx context.Context, in io.Reader, limits Limits, emit Emit) error {
	t := newThreads(FormatReddit, "line", limits)
	defer t.close()
	failed := dumpLines(ctx, in, limits, emit, func(line []byte, number int64) (*Rejection, error) {
		var o redditObject
		if rejected := dumpObject(line, number, &o); rejected != nil {
			return rejected, nil
		}
		p, thread, order, rejected := o.posting(number)
		if rejected != nil {
			return rejected, nil
		}
		return nil, t.add(thread, order, p)
	})
	if r := new(Rejection); failed != nil && !errors.As(failed, &r) {
		return failed
	}
	return errors.Join(t.flush(ctx, emit), failed)
}

// redditObject is what is read of an object of the API: a submission (t3) or a
// comment (t1). What is not listed never leaves the dump, flairs and avatars
// among it.
type redditObject struct {
	ID            string         `json:"id"`
	Name          string         `json:"name"` // "t3_" or "t1_" and the id
	Subreddit     string         `json:"subreddit"`
	Author        string         `json:"author"`
	Created       dumpNumber     `json:"created_utc"`
	Retrieved     dumpNumber     `json:"retrieved_on"`
	RetrievedUTC  dumpNumber     `json:"retrieved_utc"`
	Edited        jsontext.Value `json:"edited"` // false, true or a time
	Score         dumpNumber     `json:"score"`
	ScoreHidden   dumpFlag       `json:"score_hidden"`
	HideScore     dumpFlag       `json:"hide_score"`
	Ups           dumpNumber     `json:"ups"`
	Downs         dumpNumber     `json:"downs"`
	Distinguished string         `json:"distinguished"`
	Permalink     string         `json:"permalink"`

	Title             string     `json:"title"` // of a submission
	SelfText          *string    `json:"selftext"`
	URL               string     `json:"url"`
	IsSelf            dumpFlag   `json:"is_self"`
	NumComments       dumpNumber `json:"num_comments"`
	LinkFlair         string     `json:"link_flair_text"`
	RemovedByCategory string     `json:"removed_by_category"`

	Body        *string        `json:"body"` // of a comment
	LinkID      string         `json:"link_id"`
	ParentID    jsontext.Value `json:"parent_id"` // text, in some dumps a number
	IsSubmitter dumpFlag       `json:"is_submitter"`
}

// posting makes a posting of an object, with the thread that it belongs to and
// its place there.
func (o *redditObject) posting(number int64) (p *posting, thread, order string, rejected *Rejection) {
	malformed := func(detail string) (*posting, string, string, *Rejection) {
		return nil, "", "", &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("line %d: %s", number, detail)}
	}
	kind := ""
	if k, id, ok := strings.Cut(o.Name, "_"); ok && (k == "t1" || k == "t3") {
		kind, o.ID = k, cmp.Or(o.ID, id)
	}
	if !base36(o.ID) {
		return malformed("an object without an id")
	}
	p = &posting{Number: number, Captured: cmp.Or(o.Retrieved.time(), o.RetrievedUTC.time())}
	switch {
	case kind != "t3" && o.Body != nil && o.LinkID != "":
		thread = strings.TrimPrefix(o.LinkID, "t3_")
		if !base36(thread) {
			return malformed("a comment whose link_id is no id")
		}
		p.Comment, p.Thread = o.comment(thread), o.thread(thread, "")
		order = cmp.Or(p.Comment.PostedAt, "9") // a comment without a time goes to the end
		return p, thread, order, nil
	case kind != "t1" && (o.SelfText != nil || o.Title != ""):
		p.Post = o.submission()
		return p, o.ID, "", nil
	}
	return malformed("neither a submission nor a comment: expected title and selftext, or link_id and body")
}

// thread is the article of a submission's id, as a comment or the submission
// tells it. Its canonical address is the short one, which both of them know.
func (o *redditObject) thread(id, permalink string) *Entry {
	e := &Entry{NativeID: "t3_" + id, CanonicalURL: redditSite + "/comments/" + id + "/", Order: schema.OrderOldest}
	switch {
	case strings.HasPrefix(permalink, "/"):
		e.URL = redditSite + permalink
	case o.Subreddit != "":
		e.URL = redditSite + "/r/" + o.Subreddit + "/comments/" + id + "/"
	default:
		e.URL = e.CanonicalURL
	}
	if o.Subreddit != "" {
		e.Site, e.Section = "Reddit", "r/"+o.Subreddit
	}
	return e
}

func (o *redditObject) submission() *Entry {
	e := o.thread(o.ID, o.Permalink)
	e.Title = o.Title
	if author := account(o.Author); author != "" {
		e.Authors = []string{author}
	}
	e.PublishedAt, e.ModifiedAt = o.Created.time(), o.edited()
	if o.LinkFlair != "" {
		e.Tags = []string{o.LinkFlair}
	}
	e.Stated = o.NumComments.count()
	e.ContentKind = ContentMarkdown
	text, state := redditText(o.SelfText)
	if o.RemovedByCategory != "" && text == "" && state == "" {
		state = schema.StateRemoved
	}
	switch {
	case state != "":
	case text != "":
		e.Content = text
		if link := o.link(); link != "" {
			e.Content = "<" + link + ">\n\n" + text
		}
	default: // of a link, the link is what was posted
		if link := o.link(); link != "" {
			e.Content = "<" + link + ">"
		}
	}
	e.NoText = e.Content == ""
	return e
}

// link is what a submission links to; empty for a text.
func (o *redditObject) link() string {
	link := html.UnescapeString(o.URL)
	if bool(o.IsSelf) || strings.ContainsAny(link, " <>\"\n\r\t") || !strings.HasPrefix(link, "http://") && !strings.HasPrefix(link, "https://") {
		return ""
	}
	if o.Permalink != "" && strings.HasSuffix(link, o.Permalink) {
		return ""
	}
	return link
}

func (o *redditObject) comment(thread string) *EntryComment {
	c := &EntryComment{ID: o.ID, Author: account(o.Author), PostedAt: o.Created.time(), EditedAt: o.edited(), Kind: ContentMarkdown}
	c.AuthorID = c.Author // a name is an account's for good
	parent := ""
	if json.Unmarshal(o.ParentID, &parent) == nil {
		if id, ok := strings.CutPrefix(parent, "t1_"); ok && base36(id) {
			c.ParentID = id
		}
	}
	switch {
	case o.Distinguished != "" && o.Distinguished != "null":
		c.Role = o.Distinguished
	case bool(o.IsSubmitter):
		c.Role = "author"
	}
	c.Content, c.State = redditText(o.Body)
	if !o.ScoreHidden && !o.HideScore {
		c.Score = o.Score.count()
		if o.Downs.ok && o.Downs.n > 0 { // newer dumps only hold a zero
			c.VotesUp, c.VotesDown = o.Ups.count(), o.Downs.count()
		}
	}
	return c
}

// edited is the time of the last edit, where it is stated.
func (o *redditObject) edited() string {
	var n dumpNumber
	if len(o.Edited) == 0 || n.UnmarshalJSON(o.Edited) != nil {
		return ""
	}
	return n.time()
}

// redditText gives a text as it was written, or the state that stands in its
// place. The API escapes &, < and >, so that a quote begins with "&gt;".
func redditText(s *string) (text, state string) {
	if s == nil {
		return "", ""
	}
	switch strings.TrimSpace(*s) {
	case "[deleted]":
		return "", schema.StateDeleted
	case "[removed]":
		return "", schema.StateRemoved
	}
	return unescapeAPI.Replace(*s), ""
}

var unescapeAPI = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// account is the name of an author, which a deleted one has none of.
func account(name string) string {
	switch name = strings.TrimSpace(name); name {
	case "[deleted]", "[removed]":
		return ""
	}
	return name
}

// base36 tells an id.
func base36(s string) bool {
	if s == "" || len(s) > 16 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
