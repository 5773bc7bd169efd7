package plan

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"
	"syscall"

	"github.com/minio/sha256-simd"

	"corpus/pipeline/cache/digests"
	"corpus/pipeline/config"
	"corpus/pipeline/read"
	"corpus/pipeline/read/container"
	"corpus/schema"
)

// ErrChanged is the error of an input that changed while the build ran: its
// output would be of no state that ever was.
var ErrChanged = errors.New("the input changed since the build began: start it again when nothing writes to it")

var errNotRegular = errors.New("no regular file")

// inMemory is up to which size an input is read once into memory. Larger ones
// are read twice: for the digest, which documents carry, and for the documents.
const inMemory = 4 << 20

// Earlier is what is known of an input from builds before this one; the zero
// value is nothing.
type Earlier struct {
	// Files gives the digests of files that did not change since they were read.
	Files *digests.Reader
	// Known is called when SHA256 and Index are set. Where it says that it knows
	// what the input gives, nothing is given out.
	Known func() (bool, error)
}

// Read opens the input, sets SHA256 and Index, and gives out its documents. An
// input that cannot be read is a *read.Rejection as error; one that is not what
// was planned is ErrChanged.
//
// Its bytes are read in any case but one, which Unread tells: the file did not
// change since a build read it whole, and what it gives is known. Documents never
// carry a digest that was not taken of the bytes they were read from.
func (in *Input) Read(ctx context.Context, limits read.Limits, earlier Earlier, emit read.Emit) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, info, err := in.open()
	if err != nil {
		return err
	}
	defer f.Close()
	r := &reading{Input: in, file: f, before: digests.Look(info), earlier: earlier}
	if done, err := r.unread(); err != nil || done {
		return err
	}
	if in.Size <= inMemory {
		err = r.once(ctx, limits, emit)
	} else {
		err = r.twice(ctx, limits, emit)
	}
	if err != nil {
		return err
	}
	_, err = in.unchanged(f)
	return err
}

// Format is the format of the input: the one that its source states, else what
// is in it, by its first members where it is an archive. The error is a
// *read.Rejection.
func (in *Input) Format() (string, error) {
	if in.index != nil && in.index.named(in).Reserves() {
		return read.FormatReservations, nil
	}
	if in.Source.Format != read.FormatAuto {
		return in.Source.Format, nil
	}
	f, _, err := in.open()
	if err != nil {
		return "", err
	}
	defer f.Close()
	contents, err := look(context.Background(), f, in.Size, in.Path)
	return contents.Format, err
}

// open opens the file if it is still the planned one.
func (in *Input) open() (*os.File, fs.FileInfo, error) {
	if errors.Is(in.blocked, errNotRegular) {
		return nil, nil, &read.Rejection{Reason: schema.ReasonUnreadable, Detail: errNotRegular.Error()}
	}
	// A pipe that has taken the file's place would be waited for when opened otherwise.
	f, err := os.OpenFile(in.file, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, unreadable(err)
	}
	if in.blocked != nil { // it could not be looked at, and now it can
		f.Close()
		if info, err := os.Stat(in.file); err == nil && info.IsDir() {
			return nil, nil, unreadable(in.blocked) // a folder that could not be listed
		}
		return nil, nil, ErrChanged
	}
	info, err := in.unchanged(f)
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// unchanged compares the open file with the planned one.
func (in *Input) unchanged(f *os.File) (fs.FileInfo, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, unreadable(err)
	}
	if identityOf(info) != in.planned || info.Size() != in.Size {
		return nil, ErrChanged
	}
	return info, nil
}

// reading is an input that is being read.
type reading struct {
	*Input
	file    *os.File
	before  digests.File // before its bytes were read
	earlier Earlier
}

// unread does without the bytes, where both their digest and what they give are
// known.
func (r *reading) unread() (done bool, err error) {
	if r.earlier.Known == nil {
		return false, nil
	}
	sum, ok := r.earlier.Files.Digest(r.before)
	if !ok {
		return false, nil
	}
	r.Unread, err = r.known(sum)
	return r.Unread, err
}

// once reads a small file into memory and its documents from there.
func (r *reading) once(ctx context.Context, limits read.Limits, emit read.Emit) error {
	buffer := bodies.Get().(*[]byte) // readers copy what they keep
	defer bodies.Put(buffer)
	if int64(cap(*buffer)) <= r.Size {
		*buffer = make([]byte, r.Size+r.Size/4+1)
	}
	body := (*buffer)[:r.Size+1] // one more, to see that it has not grown
	n, err := io.ReadFull(r.file, body)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return unreadable(err)
	}
	if int64(n) != r.Size {
		return ErrChanged
	}
	body = body[:n]
	if done, err := r.digested(sha256.Sum256(body)); err != nil || done {
		return err
	}
	if r.Index.Reserves() {
		return r.reservations(body, emit)
	}
	return readBytes(ctx, body, r.Source.Format, r.Path, r.rules(), limits, emit)
}

// twice takes the digest of a large file, then its documents; the bytes of both
// passes have to be the same.
func (r *reading) twice(ctx context.Context, limits read.Limits, emit read.Emit) error {
	first := &source{in: r.file, ctx: ctx, digest: sha256.New()}
	n, err := io.CopyBuffer(onlyWriter{io.Discard}, io.LimitReader(first, r.Size+1), make([]byte, 256<<10))
	if err != nil {
		return first.classify(err)
	}
	if n != r.Size {
		return ErrChanged
	}
	sum := digests.Sum(first.digest.Sum(nil))
	if done, err := r.digested(sum); err != nil || done {
		return err
	}
	if r.Index.Reserves() {
		return r.reservations(nil, emit) // too large, whatever it holds
	}
	if _, err := r.file.Seek(0, io.SeekStart); err != nil {
		return unreadable(err)
	}
	second := &source{in: io.LimitReader(r.file, r.Size+1), ctx: ctx, digest: sha256.New()}
	packed := container.Input{In: second, At: io.NewSectionReader(r.file, 0, r.Size), Size: r.Size, Name: r.Path}
	if err := container.Read(ctx, packed, r.Source.Format, r.rules(), limits, emit); err != nil {
		return second.classify(err)
	}
	if _, err := io.Copy(io.Discard, second); err != nil {
		return second.classify(err)
	}
	if !bytes.Equal(second.digest.Sum(nil), sum[:]) {
		return ErrChanged
	}
	return nil
}

// digested is called when all bytes of the file went into the digest.
func (r *reading) digested(sum digests.Sum) (done bool, err error) {
	if r.earlier.Files != nil {
		after, err := r.file.Stat()
		if err != nil {
			return false, unreadable(err)
		}
		if err := r.earlier.Files.Add(r.before, after, sum); err != nil {
			return false, err
		}
	}
	return r.known(sum)
}

// known enters the digest, looks the input up in its index and asks whether what
// it gives is known.
func (r *reading) known(sum digests.Sum) (done bool, err error) {
	in := r.Input
	in.SHA256 = hex.EncodeToString(sum[:])
	if in.index != nil {
		if in.Index, err = in.index.row(in); err != nil {
			return false, err
		}
	}
	if r.earlier.Known == nil {
		return false, nil
	}
	return r.earlier.Known()
}

// bodies are buffers for small files.
var bodies = sync.Pool{New: func() any { return new([]byte) }}

// onlyWriter hides that io.Discard brings a smaller buffer of its own.
type onlyWriter struct{ io.Writer }

// ReadBytes gives out the documents of an input that is in memory. For the
// format auto its content decides; name is its file name.
func ReadBytes(ctx context.Context, body []byte, format, name string, limits read.Limits, emit read.Emit) error {
	return readBytes(ctx, body, format, name, read.Rules{}, limits, emit)
}

func readBytes(ctx context.Context, body []byte, format, name string, rules read.Rules, limits read.Limits, emit read.Emit) error {
	in := container.Input{In: bytes.NewReader(body), At: bytes.NewReader(body), Size: int64(len(body)), Name: name}
	return container.Read(ctx, in, format, rules, limits, emit)
}

// rulesOf is what a source asks of readers of exports.
func rulesOf(s *config.Source) read.Rules {
	return read.Rules{Unpublished: s.Unpublished == config.UnpublishedInclude, PostTypes: s.PostTypes}
}

// rules are those of the source, and what its CDX selects of this input.
func (in *Input) rules() read.Rules {
	rules := rulesOf(in.Source)
	if in.selected != nil {
		places := in.selected.of(in)
		rules.Selected = func(offset int64) bool {
			_, ok := slices.BinarySearch(places, offset)
			return ok
		}
	}
	return rules
}

// ReadStream gives out the documents of an input that is read as it comes, but
// for a zip archive in a file, which is read by its directory. For the format
// auto its content decides; name is its file name.
func ReadStream(ctx context.Context, in io.Reader, format, name string, rules read.Rules, limits read.Limits, emit read.Emit) error {
	input := container.Input{In: in, Name: name}
	if f, ok := in.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			if at, err := f.Seek(0, io.SeekCurrent); err == nil && at == 0 {
				input.At, input.Size = f, info.Size()
			}
		}
	}
	return container.Read(ctx, input, format, rules, limits, emit)
}

// lookBytes is how much of an input is looked at to tell what it holds.
const lookBytes = 64 << 20

// look tells what a file of the format auto holds. One that holds more than is
// looked at counts by its beginning.
func look(ctx context.Context, f *os.File, size int64, name string) (container.Contents, error) {
	in := container.Input{In: io.LimitReader(f, lookBytes), At: f, Size: size, Name: name}
	contents, err := container.Look(ctx, in, read.Limits{})
	if r := new(read.Rejection); err != nil && !errors.As(err, &r) {
		err = unreadable(err)
	}
	return contents, err
}

// source counts what is read into a digest, obeys the context and remembers an
// error of the file, to tell it from one of the reader.
type source struct {
	in     io.Reader
	ctx    context.Context
	digest hash.Hash
	failed error
}

func (s *source) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.in.Read(p)
	s.digest.Write(p[:n])
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

// classify makes an error of the file a rejection; others stay what they are.
func (s *source) classify(err error) error {
	if s.failed != nil {
		return unreadable(s.failed)
	}
	return err
}

// unreadable is the rejection of an input that the system does not give out, in
// words that are the same on every system.
func unreadable(err error) *read.Rejection {
	detail := "input/output error"
	switch {
	case errors.Is(err, fs.ErrPermission):
		detail = "permission denied"
	case errors.Is(err, fs.ErrNotExist):
		detail = "the file is not there"
	}
	return &read.Rejection{Reason: schema.ReasonUnreadable, Detail: detail}
}
