package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/schema"
)

// Speakers that are nobody in particular.
const (
	speakerArticle   = "(article)"   // of the text that a conversation is about
	speakerAnonymous = "(anonymous)" // of comments without a pseudonym
)

// newIDs is a sorter of ids.
func newIDs() *spill.Sorter { return spill.New(spill.Options{Memory: 32 << 20}) }

// WriteConvoKit writes the version in the folder dir as a corpus of ConvoKit
// into the folder out, which has to be there and empty. A conversation is an
// article: its text is the first utterance, comments on the article reply to it.
// What else the tables say of articles and comments, lists of blocks and spans
// aside, is metadata under the name of its column; what names a person or the
// builder's files is left out. It gives the number of utterances.
//
// The form is that of convokit 3 and later: utterances.jsonl, speakers.json,
// conversations.json, corpus.json, index.json.
func WriteConvoKit(ctx context.Context, dir, out string) (utterances int64, err error) {
	m, err := store.ReadManifest(dir)
	if err != nil {
		return 0, err
	}
	w := &convokit{dir: dir, out: out, manifest: m, index: map[string][]schema.Column{}}
	for _, step := range []func(context.Context) error{w.utterances, w.speakers, w.corpus, w.indices} {
		if err := step(ctx); err != nil {
			return w.written, err
		}
	}
	return w.written, nil
}

// convokit writes one corpus.
type convokit struct {
	dir, out string
	manifest *store.Manifest
	written  int64
	articles int64
	index    map[string][]schema.Column // what metadata there are, by kind of object
}

// jsonFile is a file of JSON that is being written.
type jsonFile struct {
	file    *os.File
	buffer  *bufio.Writer
	encoder *jsontext.Encoder
	err     error
}

func (w *convokit) create(name string) (*jsonFile, error) {
	f, err := os.OpenFile(filepath.Join(w.out, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", name, spill.WithoutPath(err))
	}
	b := bufio.NewWriterSize(f, 1<<16)
	return &jsonFile{file: f, buffer: b, encoder: jsontext.NewEncoder(b)}, nil
}

// tokens writes tokens: strings, numbers, bools and nil as themselves,
// jsontext.Token as it is.
func (f *jsonFile) tokens(values ...any) {
	for _, v := range values {
		if f.err != nil {
			return
		}
		t := jsontext.Null
		switch v := v.(type) {
		case jsontext.Token:
			t = v
		case string:
			t = jsontext.String(v)
		case *string:
			if v != nil {
				t = jsontext.String(*v)
			}
		case int64:
			t = jsontext.Int(v)
		}
		f.err = f.encoder.WriteToken(t)
	}
}

func (f *jsonFile) close() error {
	return errors.Join(f.err, f.buffer.Flush(), f.file.Sync(), f.file.Close())
}

// meta are the columns of a table that become metadata: no text, no name of a
// person, nothing of the builder's own files, and none of skip.
func meta(table string, skip ...string) []schema.Column {
	t, _ := schema.TableOf(table)
	var list []schema.Column
	for _, c := range schema.Columns(t) {
		hidden := c.Class == schema.ClassPerson || c.Class == schema.ClassInternal
		if c.Name != schema.LongText && !hidden && c.Type != schema.TypeListStruct && !slices.Contains(skip, c.Name) {
			list = append(list, c)
		}
	}
	return list
}

// seconds is a time as ConvoKit has it, in seconds since 1970, rounded down, and
// what it is: an instant, else the stated local time read as if it were UTC,
// since ConvoKit cannot order a conversation without times. nil for none.
func seconds(at *int64, local *string) (seconds, basis any) {
	if at != nil {
		s := *at / 1_000_000
		if *at%1_000_000 < 0 {
			s--
		}
		return s, "instant"
	}
	if local != nil {
		for _, form := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15", "2006-01-02", "2006-01", "2006"} {
			if t, err := time.Parse(form, *local); err == nil {
				return t.Unix(), "local"
			}
		}
	}
	return nil, nil
}

// utterances writes utterances.jsonl and conversations.json in one pass.
func (w *convokit) utterances(ctx context.Context) (err error) {
	lines, err := w.create("utterances.jsonl")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lines.close()) }()
	conversations, err := w.create("conversations.json")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conversations.close()) }()

	about := meta(schema.TableArticles, "article_id")
	said := meta(schema.TableComments, "comment_id", "article_id", "parent_id", "commenter_id")
	w.index["conversations"] = about
	w.index["utterances"] = append([]schema.Column{{Name: timestampBasis, Type: schema.TypeString}}, said...)
	conversations.tokens(jsontext.BeginObject)
	err = eachThread(ctx, w.dir, func(a *schema.Article, comments iter.Seq2[*schema.Comment, error]) error {
		conversations.tokens(a.ArticleID, jsontext.BeginObject, "meta")
		conversations.object(about, reflect.ValueOf(a).Elem())
		conversations.tokens("vectors", jsontext.BeginArray, jsontext.EndArray, jsontext.EndObject)
		lines.utterance(a.ArticleID, a.ArticleID, speakerArticle, nil, a.Text)
		lines.meta(nil, reflect.Value{}, a.PublishedAt, a.PublishedLocal)
		w.written++
		w.articles++
		for c, err := range comments {
			if err != nil {
				return err
			}
			who, parent := speakerAnonymous, &a.ArticleID
			if c.CommenterID != nil {
				who = *c.CommenterID
			}
			if c.ParentID != nil {
				parent = c.ParentID
			}
			lines.utterance(c.CommentID, a.ArticleID, who, parent, c.Text)
			lines.meta(said, reflect.ValueOf(c).Elem(), c.PostedAt, c.PostedLocal)
			w.written++
		}
		return errors.Join(lines.err, conversations.err)
	})
	conversations.tokens(jsontext.EndObject)
	return err
}

// utterance begins an utterance; its time and metadata follow.
func (f *jsonFile) utterance(id, conversation, who string, parent *string, text *string) {
	wording := "" // ConvoKit has no utterance without one
	if text != nil {
		wording = *text
	}
	f.tokens(jsontext.BeginObject, "id", id, "conversation_id", conversation, "text", wording, "speaker", who,
		"reply-to", parent)
}

// timestampBasis is the metadatum that says what a timestamp is.
const timestampBasis = "timestamp_basis"

// meta ends an utterance with its time and the columns of its row.
func (f *jsonFile) meta(columns []schema.Column, row reflect.Value, at *int64, local *string) {
	stamp, basis := seconds(at, local)
	f.tokens("timestamp", stamp, "meta", jsontext.BeginObject, timestampBasis, basis)
	if f.err == nil {
		f.err = (&jsonl{encoder: f.encoder}).members(columns, row)
	}
	f.tokens(jsontext.EndObject, "vectors", jsontext.BeginArray, jsontext.EndArray, jsontext.EndObject)
}

// object writes the columns of a row.
func (f *jsonFile) object(columns []schema.Column, row reflect.Value) {
	if f.err == nil {
		f.err = (&jsonl{encoder: f.encoder}).object(columns, row)
	}
}

// speakers writes speakers.json.
func (w *convokit) speakers(ctx context.Context) (err error) {
	f, err := w.create("speakers.json")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	f.tokens(jsontext.BeginObject)
	add := func(s speaker) error {
		f.tokens(s.id, jsontext.BeginObject, "meta", jsontext.BeginObject, "n_utterances", s.comments, jsontext.EndObject,
			"vectors", jsontext.BeginArray, jsontext.EndArray, jsontext.EndObject)
		return f.err
	}
	anonymous, err := eachSpeaker(ctx, w.dir, add)
	if err != nil {
		return err
	}
	// Places of comments that are not there are utterances as well.
	if err := add(speaker{speakerAnonymous, anonymous}); err != nil {
		return err
	}
	if err := add(speaker{speakerArticle, w.articles}); err != nil {
		return err
	}
	f.tokens(jsontext.EndObject)
	return f.err
}

// corpus writes corpus.json: what all is of.
func (w *convokit) corpus(context.Context) (err error) {
	f, err := w.create("corpus.json")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	f.tokens(jsontext.BeginObject, "name", w.manifest.Corpus, "version", w.manifest.Version, "title", w.manifest.Title,
		"manifest_digest", w.manifest.Digest, jsontext.EndObject)
	return f.err
}

// indices writes index.json, which tells the types of all metadata.
func (w *convokit) indices(context.Context) (err error) {
	f, err := w.create("index.json")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	f.tokens(jsontext.BeginObject)
	types := func(columns []schema.Column) {
		f.tokens(jsontext.BeginObject)
		for _, c := range columns {
			f.tokens(c.Name, jsontext.BeginArray, pythonType(&c), jsontext.EndArray)
		}
		f.tokens(jsontext.EndObject)
	}
	f.tokens("utterances-index")
	types(w.index["utterances"])
	f.tokens("speakers-index")
	types([]schema.Column{{Name: "n_utterances", Type: schema.TypeInt32}})
	f.tokens("conversations-index")
	types(w.index["conversations"])
	f.tokens("overall-index")
	var overall []schema.Column
	for _, name := range []string{"name", "version", "title", "manifest_digest"} {
		overall = append(overall, schema.Column{Name: name, Type: schema.TypeString})
	}
	types(overall)
	f.tokens("version", int64(1), "vectors", jsontext.BeginArray, jsontext.EndArray, jsontext.EndObject)
	return f.err
}

// pythonType is the name of the type under which ConvoKit knows a column.
func pythonType(c *schema.Column) string {
	switch c.Type {
	case schema.TypeInt32:
		return "<class 'int'>"
	case schema.TypeBool:
		return "<class 'bool'>"
	case schema.TypeListString:
		return "<class 'list'>"
	}
	return "<class 'str'>"
}
