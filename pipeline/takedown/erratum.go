package takedown

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/schema"
)

// ErratumSchema is the version of the form of an erratum.
const ErratumSchema = 1

// maxErratum bounds an erratum, in bytes: some millions of records.
const maxErratum = 1 << 30

// Erratum says what has to go from a published version: ids, offsets and
// digests, and no text. Whoever holds the version applies it with corpus prune.
type Erratum struct {
	Schema         int              `json:"schema"` // ErratumSchema
	Corpus         string           `json:"corpus"`
	Version        string           `json:"version"`         // that it is for
	ManifestSHA256 string           `json:"manifest_sha256"` // of that version: no other can be pruned with it
	TakedownSHA256 string           `json:"takedown_sha256"` // of the list of removals behind it
	Requests       []RequestCount   `json:"requests"`        // removals asked for, by reason
	Versions       []string         `json:"versions"`        // numbers of the versions that they touch
	Articles       []ErratumArticle `json:"articles"`        // by article_id: those of which something has to go
}

// RequestCount counts requests of one reason.
type RequestCount struct {
	Reason   string `json:"reason"`
	Requests int64  `json:"requests"`
	Honoured int64  `json:"honoured"` // of which a record was found
}

// ErratumArticle is an article of which something has to go.
type ErratumArticle struct {
	ArticleID string           `json:"article_id"`
	Taken     string           `json:"taken,omitzero"`   // reason, where the article itself was taken down
	Cascade   string           `json:"cascade,omitzero"` // then what becomes of its comments
	Text      *TextCuts        `json:"text,omitzero"`
	Comments  []ErratumComment `json:"comments,omitzero"` // by comment_id
}

// ErratumComment is a comment that has to go, or of whose text a part has to.
type ErratumComment struct {
	CommentID string    `json:"comment_id"`
	Taken     string    `json:"taken,omitzero"` // reason, where the comment was taken down
	Text      *TextCuts `json:"text,omitzero"`
}

// TextCuts are parts of a text that has this digest.
type TextCuts struct {
	SHA256 string `json:"sha256"` // of the text before the cuts
	Cuts   []Cut  `json:"cuts"`
}

// Erratum is what the effects do to a thread, for those who hold its version.
func (e *Effects) Erratum(requests []Request, a *schema.Article, comments []*schema.Comment) ErratumArticle {
	x := ErratumArticle{ArticleID: a.ArticleID}
	if e.Article != none {
		x.Taken, x.Cascade = requests[e.Article].Reason, requests[e.Article].Cascade
		if e.Drop {
			return x
		}
	} else if len(e.Text) > 0 {
		x.Text = &TextCuts{SHA256: *a.TextSHA256, Cuts: e.Text}
	}
	for i, c := range comments {
		switch {
		case e.Comments[i] != none:
			x.Comments = append(x.Comments, ErratumComment{CommentID: c.CommentID, Taken: requests[e.Comments[i]].Reason})
		case i < len(e.Texts) && len(e.Texts[i]) > 0:
			x.Comments = append(x.Comments, ErratumComment{CommentID: c.CommentID, Text: &TextCuts{SHA256: *c.TextSHA256, Cuts: e.Texts[i]}})
		}
	}
	slices.SortFunc(x.Comments, func(a, b ErratumComment) int { return cmp.Compare(a.CommentID, b.CommentID) })
	return x
}

// Effects are what the erratum does to a thread. The error is one of a record
// that is not there, or of a text that is another one.
func (x *ErratumArticle) Effects(a *schema.Article, comments []schema.Comment) (*Effects, error) {
	e := &Effects{Article: none, Comments: make([]int, len(comments))}
	if x.Taken != "" {
		e.Article, e.Drop = 0, x.Cascade == CascadeDrop
	}
	var err error
	if x.Text != nil {
		if e.Text, err = x.Text.of(a.Text, a.TextSHA256, a.Blocks); err != nil {
			return nil, fmt.Errorf("article %s: %w", a.ArticleID, err)
		}
	}
	found := 0
	for i := range comments {
		c := &comments[i]
		e.Comments[i] = none
		at, ok := slices.BinarySearchFunc(x.Comments, c.CommentID, func(y ErratumComment, id string) int { return cmp.Compare(y.CommentID, id) })
		if !ok {
			continue
		}
		found++
		y := &x.Comments[at]
		if y.Taken != "" {
			e.Comments[i] = 0
			continue
		}
		if e.Texts == nil {
			e.Texts = make([][]Cut, len(comments))
		}
		if e.Texts[i], err = y.Text.of(c.Text, c.TextSHA256, c.Blocks); err != nil {
			return nil, fmt.Errorf("comment %s: %w", c.CommentID, err)
		}
	}
	if found != len(x.Comments) {
		return nil, fmt.Errorf("article %s: %d of %d comments that the erratum names are not there", a.ArticleID, len(x.Comments)-found, len(x.Comments))
	}
	return e, nil
}

var errOtherText = errors.New("its text is not the one that the erratum is about")

// of are the cuts, checked against the text that they are for.
func (t *TextCuts) of(text, sha256 *string, blocks []schema.Block) ([]Cut, error) {
	if text == nil || sha256 == nil || *sha256 != t.SHA256 {
		return nil, errOtherText
	}
	last := int32(-1)
	block := 0
	for _, c := range t.Cuts {
		for block < len(blocks) && blocks[block].End <= c.Start {
			block++
		}
		if c.Start < last || c.End <= c.Start || block == len(blocks) || c.Start < blocks[block].Start || c.End > blocks[block].End {
			return nil, errors.New("a part that has to go lies outside of its text's blocks")
		}
		last = c.End
	}
	return t.Cuts, nil
}

// JSON is the erratum as its file.
func (x *Erratum) JSON() ([]byte, error) {
	x.Schema = ErratumSchema
	data, err := json.Marshal(x, json.Deterministic(true), json.FormatNilSliceAsNull(false), jsontext.WithIndent("  "))
	if err != nil {
		return nil, fmt.Errorf("writing the erratum: %w", err)
	}
	return append(data, '\n'), nil
}

// ReadErratum is the content of the file of an erratum, of a build or a release.
func ReadErratum(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the erratum cannot be read: %w", withoutPath(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxErratum+1))
	if err != nil {
		return nil, fmt.Errorf("the erratum cannot be read: %w", withoutPath(err))
	}
	if len(data) > maxErratum {
		return nil, fmt.Errorf("this is no erratum: it is longer than %d bytes", maxErratum)
	}
	return data, nil
}

// ParseErratum reads an erratum, strictly.
func ParseErratum(data []byte) (*Erratum, error) {
	x := &Erratum{}
	if err := json.Unmarshal(data, x, json.RejectUnknownMembers(true)); err != nil {
		return nil, NoErratum(err)
	}
	if err := x.check(); err != nil {
		return nil, fmt.Errorf("the erratum is damaged: %w", err)
	}
	return x, nil
}

// NoErratum says for people why a file could not be read as an erratum, of a
// build or a release, where the decoder stopped with err.
func NoErratum(err error) error {
	var syntax *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the erratum is cut off: get it from its publisher again")
	case errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &syntax):
		return fmt.Errorf("this is no erratum: the key %.100q stands twice in its object", string(syntax.JSONPointer))
	case errors.As(err, &syntax):
		return fmt.Errorf("this is no erratum: no valid JSON at byte %d", syntax.ByteOffset)
	case errors.Is(err, json.ErrUnknownName) && errors.As(err, &semantic):
		return fmt.Errorf("this is no erratum: the key %.100q is not known", string(semantic.JSONPointer))
	case errors.As(err, &semantic):
		return fmt.Errorf("this is no erratum: the value of the key %.100q does not fit", string(semantic.JSONPointer))
	}
	return fmt.Errorf("this is no erratum: %w", err)
}

func (x *Erratum) check() error {
	switch {
	case x.Schema != ErratumSchema:
		return fmt.Errorf("schema is %d, this program reads %d", x.Schema, ErratumSchema)
	case !isHex(x.ManifestSHA256, 64) || !isHex(x.TakedownSHA256, 64):
		return errors.New("a digest is none")
	}
	for i := range x.Articles {
		a := &x.Articles[i]
		if !isHex(a.ArticleID, 32) || i > 0 && a.ArticleID <= x.Articles[i-1].ArticleID {
			return errors.New("articles are not in the order of their ids")
		}
		if (a.Taken == "") != (a.Cascade == "") || a.Cascade != "" && a.Cascade != CascadeDrop && a.Cascade != CascadeKeep {
			return fmt.Errorf("article %s: cascade is neither drop nor keep", a.ArticleID)
		}
		if a.Text != nil && (a.Taken != "" || !isHex(a.Text.SHA256, 64) || len(a.Text.Cuts) == 0) {
			return fmt.Errorf("article %s: its text has no parts or no digest", a.ArticleID)
		}
		for k := range a.Comments {
			c := &a.Comments[k]
			if !isHex(c.CommentID, 32) || k > 0 && c.CommentID <= a.Comments[k-1].CommentID {
				return fmt.Errorf("article %s: comments are not in the order of their ids", a.ArticleID)
			}
			if (c.Taken == "") == (c.Text == nil) || c.Text != nil && (!isHex(c.Text.SHA256, 64) || len(c.Text.Cuts) == 0) {
				return fmt.Errorf("comment %s: it is neither taken down nor are there parts of it", c.CommentID)
			}
		}
	}
	return nil
}
