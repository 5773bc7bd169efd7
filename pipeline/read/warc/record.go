package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

const (
	maxHead    = 1 << 20 // bytes of a record's head
	beginBytes = 8 << 10 // what has to be seen of a record to know it for one

	versionBytes = 24 // of the first line of a WARC record, at most
)

// Types of records (WARC 1.1, section 5.5). A record of an ARC file is a
// response.
const (
	TypeResponse     = "response"
	TypeResource     = "resource"
	TypeConversion   = "conversion"
	TypeRevisit      = "revisit"
	TypeContinuation = "continuation"
)

// Record is one record: its head, and its block to read.
type Record struct {
	Place
	Type   string // WARC-Type, in lower case
	ARC    bool
	Header Header // of an ARC record: WARC-Target-URI, WARC-Date as 14 digits, Content-Type of the payload
	Length int64  // bytes of the block, as stated

	in    *Reader
	begin int64 // of the block, in a plain file
	left  int64
	done  bool // what follows the block was looked at
	err   error
}

// Reader reads the records of a file one after the other.
type Reader struct {
	s       stream
	arc     bool // the file is an ARC; known from its first record
	known   bool
	record  *Record
	damaged bool // search for the next record
	midline bool // what is searched begins in the middle of a line
	head    []byte
}

// NewReader reads a file from its beginning, whatever form it is stored in.
func NewReader(in io.Reader) *Reader {
	r := new(Reader)
	r.s.open(in) // an error comes again with the first record
	return r
}

// Close lets go of the decoders. It does not close the input.
func (r *Reader) Close() { r.s.close() }

// Next gives the next record. What was not read of the one before is read over.
// The error is io.EOF at the end, a *Damage for a record that is lost, behind
// which Next can be called again, or one of the input.
func (r *Reader) Next() (*Record, error) {
	if last := r.record; last != nil {
		r.record = nil
		told := last.err != nil
		if err := last.finish(); err != nil && !told {
			return nil, err
		}
	}
	if r.damaged {
		if err := r.recover(); err != nil {
			return nil, err
		}
	}
	for {
		if err := r.gap(); err != nil {
			return nil, r.fail(err)
		}
		place, begin := r.s.place(), r.s.inner()+r.s.member
		record, err := r.open()
		if damage := new(Damage); errors.As(err, &damage) {
			damage.Place = place
			r.midline = r.s.rewind(begin)
		}
		if err != nil {
			return nil, r.fail(err)
		}
		if record != nil {
			record.Place, record.begin = place, r.s.inner()+r.s.member
			r.record = record
			return record, nil
		}
	}
}

// fail notes that the next record has to be searched for.
func (r *Reader) fail(err error) error {
	if damage := new(Damage); errors.As(err, &damage) {
		r.damaged = true
	}
	return err
}

// gap goes over line breaks, and into the next member where one ends.
func (r *Reader) gap() error {
	for {
		err := r.blank()
		if err != io.EOF {
			return err
		}
		if err := r.s.advance(); err != nil {
			return err
		}
	}
}

// blank goes over line breaks to something else in the member.
func (r *Reader) blank() error {
	for {
		for r.s.r < r.s.w {
			if c := r.s.window[r.s.r]; c != '\r' && c != '\n' {
				return nil
			}
			r.s.r++
		}
		if err := r.s.more(); err != nil {
			return err
		}
	}
}

// begins tells whether a record of the file's kind begins with text.
func (r *Reader) begins(text []byte) bool {
	if !r.known || !r.arc {
		if versionLine(text) {
			return true
		}
	}
	return (!r.known || r.arc) && arcLine(text, nil) != nil
}

// here tells whether a record begins with the next byte; where the member ends
// within the first line, whether it may.
func (r *Reader) here() bool {
	text := r.s.peek(beginBytes)
	return r.begins(text) || (!r.known || !r.arc) && len(text) > 0 && len(text) < len("WARC/1.0\r\n") &&
		r.s.end == io.EOF && bytes.HasPrefix([]byte("WARC/"), text[:min(len(text), len("WARC/"))])
}

// versionLine tells whether text begins with the first line of a WARC record.
func versionLine(text []byte) bool {
	line, _, ok := bytes.Cut(text[:min(len(text), versionBytes)], []byte("\n"))
	return ok && isVersion(line)
}

func isVersion(line []byte) bool {
	number, ok := bytes.CutPrefix(bytes.TrimRight(line, "\r \t"), []byte("WARC/"))
	return ok && len(number) >= 3 && number[0] >= '0' && number[0] <= '9' && number[1] == '.' && len(bytes.Trim(number[2:], "0123456789")) == 0
}

// open reads the head of a record. The description of an ARC file is read over
// and gives nil.
func (r *Reader) open() (*Record, error) {
	text := r.s.peek(beginBytes)
	if (!r.known || r.arc) && !versionLine(text) {
		if record := arcLine(text, r); record != nil {
			r.known, r.arc = true, true
			r.s.r += bytes.IndexByte(text, '\n') + 1
			if strings.HasPrefix(record.Header.Get("WARC-Target-URI"), "filedesc:") {
				// The lengths of descriptions are often wrong.
				if err := r.scan(); err != nil {
					return nil, err
				}
				return nil, nil
			}
			if record.Length < 0 {
				return nil, &Damage{What: "the length of the record is no number"}
			}
			record.left = record.Length
			return record, nil
		}
	}
	if !r.here() {
		if err := r.s.end; err != nil && err != io.EOF && len(text) < beginBytes {
			return nil, err // it cannot be decoded that far
		}
		return nil, &Damage{What: "no record begins here"}
	}
	r.known = true
	return r.openWARC()
}

func (r *Reader) openWARC() (*Record, error) {
	version, err := r.line()
	if err != nil {
		return nil, err
	}
	if !isVersion(version) {
		return nil, &Damage{What: "no record begins here"}
	}
	var head fields
	for size := 0; ; {
		if versionLine(r.s.peek(versionBytes)) {
			return nil, &Damage{What: "the head of the record is cut off by the next record"}
		}
		line, err := r.line()
		if err != nil {
			return nil, err
		}
		if size += len(line); size > maxHead {
			return nil, &Damage{What: "the head of the record has no end"}
		}
		if len(line) == 0 {
			break
		}
		head.add(line)
	}
	record := &Record{in: r, Header: head.list}
	for _, name := range []string{"WARC-Type", "WARC-Record-ID", "WARC-Date", "WARC-Target-URI", "Content-Length"} {
		if record.Header.twice(name) { // of two records, the end of the first head and the beginning of the second lost
			return nil, &Damage{What: "the head of the record has " + name + " twice"}
		}
	}
	record.Type = strings.ToLower(record.Header.Get("WARC-Type"))
	stated := record.Header.Get("Content-Length")
	length, err := strconv.ParseInt(stated, 10, 64)
	switch {
	case stated == "":
		return nil, &Damage{What: "the record has no Content-Length"}
	case err != nil || length < 0:
		return nil, &Damage{What: "the Content-Length of the record is no number"}
	}
	record.Length, record.left = length, length
	return record, nil
}

// twice tells whether two fields have that name.
func (h Header) twice(name string) bool {
	found := false
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			if found {
				return true
			}
			found = true
		}
	}
	return false
}

// Bounds of a head, so that reading it is linear in its length.
const (
	maxFields = 1000
	maxFolds  = 1000
	maxFolded = 8 << 10 // bytes of a value that goes on
)

// fields is a head being read.
type fields struct {
	list  Header
	folds int
}

// add adds a line of a head: a field, or what goes on with the last one (RFC
// 7230, section 3.2.4, obs-fold). Lines that are neither are left out, and so is
// what is beyond the bounds.
func (f *fields) add(line []byte) {
	if line[0] == ' ' || line[0] == '\t' {
		f.folds++
		if n := len(f.list); n > 0 && f.folds <= maxFolds && len(f.list[n-1].Value) <= maxFolded {
			last := &f.list[n-1]
			last.Value = strings.TrimSpace(last.Value + " " + string(bytes.TrimSpace(line)))
		}
		return
	}
	name, value, ok := bytes.Cut(line, []byte(":"))
	if name = bytes.TrimSpace(name); ok && len(name) > 0 && len(f.list) < maxFields {
		f.list = append(f.list, Field{string(name), string(bytes.TrimSpace(value))})
	}
}

// line reads a line of a head, without its end. It is good until the next call.
func (r *Reader) line() ([]byte, error) {
	r.head = r.head[:0]
	for {
		part := r.s.window[r.s.r:r.s.w]
		if i := bytes.IndexByte(part, '\n'); i >= 0 {
			r.s.r += i + 1
			if len(r.head) == 0 {
				return bytes.TrimRight(part[:i], "\r"), nil
			}
			return bytes.TrimRight(append(r.head, part[:i]...), "\r"), nil
		}
		if r.head = append(r.head, part...); len(r.head) > maxHead {
			return nil, &Damage{What: "the head of the record has no end"}
		}
		r.s.r = r.s.w
		err := r.s.more()
		for err == io.EOF {
			if err = r.s.advance(); err == io.EOF {
				return nil, &Damage{What: "the head of the record is cut off"}
			}
			if err == nil && r.begins(r.s.peek(beginBytes)) {
				return nil, &Damage{What: "the head of the record is cut off by the next record"}
			}
			if err == nil && r.s.r == r.s.w {
				err = r.s.more()
			}
		}
		if err != nil {
			return nil, err
		}
	}
}

// Read reads the block. The error io.EOF comes at its stated end; where the
// file ends before, or cannot be decoded, it is a *Damage.
func (rec *Record) Read(p []byte) (int, error) {
	s := &rec.in.s
	switch {
	case rec.err != nil:
		return 0, rec.err
	case rec.left == 0:
		return 0, io.EOF
	case rec.in.record != rec:
		return 0, errors.New("warc: the record is read after the next one")
	}
	if s.r == s.w {
		if err := rec.more(); err != nil {
			rec.err = rec.in.fail(err)
			return 0, rec.err
		}
	}
	n := copy(p, s.window[s.r:s.r+int(min(int64(s.w-s.r), rec.left))])
	s.r += n
	rec.left -= int64(n)
	return n, nil
}

// more makes more of the block available, from the next member if need be.
func (rec *Record) more() error {
	s := &rec.in.s
	for {
		err := s.more()
		if err == nil {
			return nil
		}
		if err == io.EOF {
			if err = s.advance(); err == nil && !rec.in.begins(s.peek(beginBytes)) {
				if s.r < s.w {
					return nil // a record over several members
				}
				continue
			}
			if damage := new(Damage); err == nil || err == io.EOF || errors.As(err, &damage) {
				err = &Damage{What: fmt.Sprintf("the block ends after %d of %d bytes", rec.Length-rec.left, rec.Length)}
				rec.in.midline = s.rewind(rec.begin) && s.member > rec.begin
			}
		}
		if damage := new(Damage); errors.As(err, &damage) {
			return &Damage{Place: rec.Place, What: damage.What}
		}
		return err
	}
}

// Finish reads over what is left of the block and looks at what follows it. The
// error is a *Damage for a record that is not what its head says.
func (rec *Record) Finish() error {
	if rec.in.record != rec {
		return nil
	}
	return rec.finish()
}

func (rec *Record) finish() error {
	s := &rec.in.s
	for rec.err == nil && rec.left > 0 {
		if s.r == s.w {
			rec.err = rec.in.fail(rec.more())
			continue
		}
		n := min(rec.left, int64(s.w-s.r))
		s.r += int(n)
		rec.left -= n
	}
	if rec.err == nil && !rec.done {
		rec.done = true
		rec.err = rec.in.fail(rec.behind())
	}
	return rec.err
}

// behind looks at what follows the block: its line breaks, the end of the member
// or the next record. What comes behind proper line breaks is no matter of this
// record.
func (rec *Record) behind() error {
	r := rec.in
	want := "\r\n\r\n"
	if rec.ARC {
		want = "\n"
	}
	ended := bytes.HasPrefix(r.s.peek(len(want)), []byte(want))
	switch err := r.blank(); {
	case err == io.EOF:
		return nil
	case err != nil:
		if damage := new(Damage); errors.As(err, &damage) {
			return &Damage{Place: rec.Place, What: damage.What, Behind: true}
		}
		return err
	case ended || r.here():
		return nil
	}
	r.midline = r.s.rewind(rec.begin) && r.s.member > rec.begin
	return &Damage{Place: rec.Place, What: "no record follows the block: its length is wrong", Behind: true}
}

// recover goes to the next record behind damage.
func (r *Reader) recover() error {
	if damage := new(Damage); errors.As(r.s.end, &damage) {
		if err := r.s.search(r.begins); err != nil {
			return err
		}
		r.damaged = false
		return nil
	}
	err := r.scan()
	if err == nil {
		r.damaged = false
	}
	return err
}

// scan goes on to where the next record begins: at the beginning of a line or of
// a member, or, since damage may have taken the line break, where a line ends
// with the version of WARC. The error is io.EOF where there is none, or one of
// the input.
func (r *Reader) scan() error {
	start := !r.midline // at the beginning of a line
	if r.midline && len(r.s.peek(1)) > 0 {
		r.s.r++ // not the damaged record again
	}
	r.midline = false
	for {
		if start && r.s.r < r.s.w && r.begins(r.s.peek(beginBytes)) {
			return nil
		}
		part := r.s.window[r.s.r:r.s.w]
		if i := bytes.IndexByte(part, '\n'); i >= 0 {
			if at := bytes.LastIndex(part[:i], []byte("WARC/")); at >= 0 && (!r.known || !r.arc) && isVersion(part[at:i]) {
				r.s.r += at
				return nil
			}
			r.s.r += i + 1
			start = true
			continue
		}
		start = start && len(part) == 0
		r.s.r = max(r.s.r, r.s.w-versionBytes) // a version may go on in what comes next
		err := r.s.more()
		for err == io.EOF {
			if err = r.s.advance(); err == nil {
				start, err = true, r.s.more()
			} else if err == io.EOF {
				return io.EOF
			}
		}
		if damage := new(Damage); errors.As(err, &damage) {
			return r.s.search(r.begins)
		}
		if err != nil {
			return err
		}
	}
}
