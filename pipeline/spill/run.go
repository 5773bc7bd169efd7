package spill

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// A run is a temporary file of blocks. A block is the length of its zstd frame
// and the length of its records as two little-endian 32-bit numbers, then the
// frame. Each frame carries a checksum of its records, so that damage is found
// before any of them is given out.
type run struct {
	path      string
	blocks    int
	bytes     int64 // of the file
	maxRaw    int   // bytes of the largest block, unpacked
	maxPacked int
}

const (
	blockSize   = 64 << 10
	blockHeader = 8
)

func (r *run) remove() error { return removeFile(r.path) }

// cost is the memory that reading the run takes, in bytes.
func (r *run) cost() int64 { return int64(r.maxRaw) + int64(r.maxPacked) }

// codec packs and unpacks blocks.
type codec struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

func newCodec() (*codec, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderCRC(true), zstd.WithWindowSize(blockSize), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, fmt.Errorf("setting up compression: %w", err)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(4*MaxRecord), zstd.WithDecodeAllCapLimit(true))
	if err != nil {
		enc.Close()
		return nil, fmt.Errorf("setting up compression: %w", err)
	}
	return &codec{encoder: enc, decoder: dec}, nil
}

func (c *codec) close() {
	c.encoder.Close() // nothing is streamed, so nothing is lost
	c.decoder.Close()
}

// runWriter writes a run. needed is what the run may take on disk at most,
// for the error of a full disk.
type runWriter struct {
	run    run
	dir    string
	needed int64
	file   io.WriteCloser
	codec  *codec
	raw    []byte
	packed []byte
}

// createTemp makes the file of a run; tests put a full disk in its place.
type createTemp func(dir string) (file io.WriteCloser, path string, err error)

func createFile(dir string) (io.WriteCloser, string, error) {
	f, err := os.CreateTemp(dir, "corpus-sort-")
	if err != nil {
		return nil, "", err
	}
	return f, f.Name(), nil
}

func newRunWriter(dir string, create createTemp, c *codec, needed int64) (*runWriter, error) {
	f, path, err := create(dir)
	if err != nil {
		return nil, Explain(err, dir, needed)
	}
	return &runWriter{run: run{path: path}, dir: dir, needed: needed, file: f, codec: c}, nil
}

func (w *runWriter) add(key, value []byte) error {
	if n := len(key) + len(value) + 2*binary.MaxVarintLen32; len(w.raw) > 0 && len(w.raw)+n > blockSize {
		if err := w.block(); err != nil {
			return err
		}
	}
	w.raw = binary.AppendUvarint(w.raw, uint64(len(key)))
	w.raw = binary.AppendUvarint(w.raw, uint64(len(value)))
	w.raw = append(append(w.raw, key...), value...)
	return nil
}

func (w *runWriter) block() error {
	var header [blockHeader]byte
	w.packed = w.codec.encoder.EncodeAll(w.raw, append(w.packed[:0], header[:]...))
	packed := len(w.packed) - blockHeader
	binary.LittleEndian.PutUint32(w.packed[0:], uint32(packed))
	binary.LittleEndian.PutUint32(w.packed[4:], uint32(len(w.raw)))
	if _, err := w.file.Write(w.packed); err != nil {
		return Explain(err, w.dir, max(w.needed-w.run.bytes, int64(len(w.packed))))
	}
	w.run.blocks++
	w.run.bytes += int64(len(w.packed))
	w.run.maxRaw = max(w.run.maxRaw, len(w.raw))
	w.run.maxPacked = max(w.run.maxPacked, packed)
	w.raw = w.raw[:0]
	if cap(w.raw) > 4*blockSize {
		w.raw, w.packed = nil, nil // a single large record
	}
	return nil
}

// finish writes what is left and closes the file.
func (w *runWriter) finish() (*run, error) {
	if len(w.raw) > 0 {
		if err := w.block(); err != nil {
			w.abort()
			return nil, err
		}
	}
	if err := w.file.Close(); err != nil {
		_ = w.run.remove()
		return nil, Explain(err, w.dir, w.needed)
	}
	return &w.run, nil
}

// abort removes the unfinished file.
func (w *runWriter) abort() {
	_ = w.file.Close()
	_ = w.run.remove()
}

// errDamaged is the error of a temporary file that is not as it was written.
var errDamaged = errors.New("a temporary file is damaged: the disk or another program changed it; build again")

// runReader gives out the records of a run in their order.
type runReader struct {
	run    *run
	file   *os.File
	codec  *codec
	left   int // blocks
	block  []byte
	raw    []byte
	packed []byte

	prefix     uint64
	key, value []byte // valid until next
}

func openRun(r *run, c *codec) (*runReader, error) {
	f, err := os.Open(r.path)
	if err != nil {
		return nil, fmt.Errorf("a temporary file cannot be read again: %w", WithoutPath(err))
	}
	return &runReader{run: r, file: f, codec: c, left: r.blocks}, nil
}

// next goes to the next record; false at the end.
func (r *runReader) next() (bool, error) {
	if len(r.raw) == 0 {
		if r.left == 0 {
			return false, nil
		}
		if err := r.load(); err != nil {
			return false, err
		}
	}
	keyLen, n := binary.Uvarint(r.raw)
	if n <= 0 {
		return false, errDamaged
	}
	valueLen, m := binary.Uvarint(r.raw[n:])
	rest := r.raw[n+max(m, 0):]
	if m <= 0 || keyLen > uint64(len(rest)) || valueLen > uint64(len(rest))-keyLen {
		return false, errDamaged
	}
	r.key = rest[:keyLen:keyLen]
	r.value = rest[keyLen : keyLen+valueLen : keyLen+valueLen]
	r.raw = rest[keyLen+valueLen:]
	r.prefix = prefix(r.key)
	return true, nil
}

func (r *runReader) load() error {
	var header [blockHeader]byte
	if _, err := io.ReadFull(r.file, header[:]); err != nil {
		return damaged(err)
	}
	packed := int64(binary.LittleEndian.Uint32(header[0:]))
	raw := int64(binary.LittleEndian.Uint32(header[4:]))
	if packed > int64(r.run.maxPacked) || raw > int64(r.run.maxRaw) || raw == 0 {
		return errDamaged
	}
	r.packed = sized(r.packed, int(packed))
	if _, err := io.ReadFull(r.file, r.packed); err != nil {
		return damaged(err)
	}
	r.block = sized(r.block, int(raw))
	block, err := r.codec.decoder.DecodeAll(r.packed, r.block[:0])
	if err != nil || len(block) != int(raw) {
		return errDamaged
	}
	r.block, r.raw = block, block
	r.left--
	return nil
}

func damaged(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errDamaged
	}
	return fmt.Errorf("a temporary file cannot be read again: %w", WithoutPath(err))
}

// sized is b with length n, made anew where it is too small or far too large.
func sized(b []byte, n int) []byte {
	if cap(b) < n || cap(b) > 8*max(n, blockSize) {
		return make([]byte, n)
	}
	return b[:n]
}

func (r *runReader) close() { _ = r.file.Close() }
