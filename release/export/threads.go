package export

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"reflect"

	"github.com/go-json-experiment/json/jsontext"

	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/schema"
)

// deepest is how many comments stand inside each other in the form threads: many
// readers of JSON give up at 256 levels, of which a comment takes two.
const deepest = 100

// WriteThreads writes a JSON object a line for every article of the version in
// the folder dir: the columns of the article, and under "comments" its comments
// with their columns, each with its replies under "replies". Comments and
// replies are in the order of their places. Below deepest levels the replies to
// a comment and the replies to these stand in one list; parent_id tells them
// apart. It gives the number of lines.
//
// Of a thread, an entry of about 150 bytes a comment is held; the rows
// themselves lie in memory up to 16 MiB, else in a temporary file.
func WriteThreads(ctx context.Context, dir string, out io.Writer) (rows int64, err error) {
	if _, err := store.ReadManifest(dir); err != nil {
		return 0, err
	}
	articles, _ := schema.TableOf(schema.TableArticles)
	comments, _ := schema.TableOf(schema.TableComments)
	w := &nester{out: bufio.NewWriterSize(out, 1<<16)}
	defer w.kept.close()
	article, comment := newObject(schema.Columns(articles)), newObject(schema.Columns(comments))
	err = eachThread(ctx, dir, func(a *schema.Article, list iter.Seq2[*schema.Comment, error]) error {
		w.begin()
		for row, err := range list {
			if err != nil {
				return err
			}
			data, err := comment.encode(reflect.ValueOf(row).Elem())
			if err != nil {
				return err
			}
			if err := w.add(row, data); err != nil {
				return err
			}
		}
		data, err := article.encode(reflect.ValueOf(a).Elem())
		if err != nil {
			return err
		}
		if err := w.write(data); err != nil {
			return fmt.Errorf("article %s: %w", a.ArticleID, err)
		}
		rows++
		return nil
	})
	if err != nil {
		return rows, err
	}
	return rows, w.out.Flush()
}

// object encodes rows as JSON objects that are still open: without the last brace.
type object struct {
	columns []schema.Column
	buffer  bytes.Buffer
}

func newObject(columns []schema.Column) *object { return &object{columns: columns} }

func (o *object) encode(row reflect.Value) ([]byte, error) {
	o.buffer.Reset()
	w := &jsonl{encoder: jsontext.NewEncoder(&o.buffer)}
	if err := w.object(o.columns, row); err != nil {
		return nil, fmt.Errorf("writing JSON: %w", err)
	}
	return bytes.TrimSuffix(bytes.TrimSuffix(o.buffer.Bytes(), []byte("\n")), []byte("}")), nil
}

// nester gathers the comments of a thread and writes them as a tree.
type nester struct {
	out   *bufio.Writer
	index map[string]int32 // of comments by id
	nodes []branch
	kept  rowFile
}

// branch is a comment in its tree; indices are -1 for none.
type branch struct {
	first, last, next int32 // first and last reply, next reply to the same comment
	parent            int32
	offset            int64 // of the row in kept
	length            int64
	stated            string // id of the parent, until all comments are there
}

func (n *nester) begin() {
	n.index, n.nodes = map[string]int32{}, n.nodes[:0]
	n.kept.reset()
}

// add takes a comment; data is its open JSON object and is copied.
func (n *nester) add(row *schema.Comment, data []byte) error {
	if _, twice := n.index[row.CommentID]; twice {
		return fmt.Errorf("comment %s stands there twice: corpus verify says what is wrong with this version", row.CommentID)
	}
	offset, err := n.kept.add(data)
	if err != nil {
		return err
	}
	n.index[row.CommentID] = int32(len(n.nodes))
	b := branch{first: -1, last: -1, next: -1, parent: -1, offset: offset, length: int64(len(data))}
	if row.ParentID != nil {
		b.stated = *row.ParentID
	}
	n.nodes = append(n.nodes, b)
	return nil
}

// write writes the article, whose JSON object is still open, and the comments.
func (n *nester) write(article []byte) error {
	root := branch{first: -1, last: -1, next: -1, parent: -1}
	for i := range n.nodes {
		parent := &root
		if stated := n.nodes[i].stated; stated != "" {
			if p, ok := n.index[stated]; ok { // a parent that is not there is verify's business
				n.nodes[i].parent, parent = p, &n.nodes[p]
			}
			n.nodes[i].stated = ""
		}
		if parent.first < 0 {
			parent.first = int32(i)
		} else {
			n.nodes[parent.last].next = int32(i)
		}
		parent.last = int32(i)
	}
	n.bytes(article)
	n.text(`,"comments":[`)
	written, depth := 0, 0 // depth: comments that are open around the next one
	for at := root.first; at >= 0; {
		node := &n.nodes[at]
		if err := n.kept.copy(n.out, node.offset, node.length); err != nil {
			return err
		}
		written++
		n.text(`,"replies":[`)
		nested := depth < deepest-1
		if node.first >= 0 {
			if nested {
				depth++
			} else {
				n.text("]},")
				depth++ // open in the tree, closed in the output
			}
			at = node.first
			continue
		}
		n.text("]}")
		for at >= 0 && n.nodes[at].next < 0 { // up to where a next reply stands
			if at = n.nodes[at].parent; at >= 0 {
				if depth--; depth < deepest-1 {
					n.text("]}")
				}
			}
		}
		if at >= 0 {
			n.text(",")
			at = n.nodes[at].next
		}
	}
	if written != len(n.nodes) {
		return errors.New("replies lead in a circle: corpus verify says what is wrong with this version")
	}
	n.text("]}\n")
	_, err := n.out.Write(nil) // the first error of all that was written
	return err
}

// bytes and text write; the error comes back at the next flush.
func (n *nester) bytes(b []byte) { _, _ = n.out.Write(b) }
func (n *nester) text(s string)  { _, _ = n.out.WriteString(s) }

// rowFile keeps bytes, in memory as long as they are few.
type rowFile struct {
	memory []byte
	file   *os.File
	size   int64 // in the file
	buffer []byte
}

// keptMemory is how many bytes a rowFile holds in memory.
const keptMemory = 16 << 20

// add keeps a copy of data and says where it lies.
func (f *rowFile) add(data []byte) (offset int64, err error) {
	if f.file == nil && len(f.memory)+len(data) > keptMemory {
		if f.file, err = os.CreateTemp("", "corpus-export-"); err != nil {
			return 0, spill.Explain(err, "", int64(len(f.memory)+len(data)))
		}
	}
	offset = f.size + int64(len(f.memory))
	f.memory = append(f.memory, data...)
	if f.file != nil && len(f.memory) > 1<<20 {
		err = f.flush()
	}
	return offset, err
}

// flush brings what is in memory into the file.
func (f *rowFile) flush() error {
	n, err := f.file.WriteAt(f.memory, f.size)
	f.size += int64(n)
	if err != nil {
		return spill.Explain(err, "", int64(len(f.memory)))
	}
	f.memory = f.memory[:0]
	return nil
}

// copy writes what lies at an offset.
func (f *rowFile) copy(out io.Writer, offset, length int64) error {
	if offset >= f.size {
		_, err := out.Write(f.memory[offset-f.size:][:length])
		return err
	}
	if f.buffer == nil {
		f.buffer = make([]byte, 1<<16)
	}
	_, err := io.CopyBuffer(struct{ io.Writer }{out}, io.NewSectionReader(f.file, offset, length), f.buffer)
	return err
}

// reset forgets everything.
func (f *rowFile) reset() {
	f.close()
	f.memory = f.memory[:0]
}

// close removes the file.
func (f *rowFile) close() {
	if f.file != nil {
		_ = f.file.Close()
		_ = os.Remove(f.file.Name()) // a temporary file that stays is the system's to remove
	}
	f.file, f.size = nil, 0
}
