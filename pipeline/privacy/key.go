package privacy

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// KeyBytes is the length of a key; its file holds twice as many hexadecimal digits.
const KeyBytes = 32

// Key is the secret that pseudonyms are made with. It never prints itself.
type Key struct{ secret [KeyBytes]byte }

// Format hides the key from every verb of package fmt.
func (Key) Format(f fmt.State, _ rune) { io.WriteString(f, "(key)") }

// MarshalText hides the key from encoders.
func (Key) MarshalText() ([]byte, error) { return nil, errors.New("a key is never written out") }

// LoadKey reads a key from a file of 64 hexadecimal digits. The errors name
// the file as it was given, but no absolute folder, and never the content.
func LoadKey(path string) (Key, error) {
	file, err := os.Open(path)
	if err != nil {
		return Key{}, fmt.Errorf("cannot open the key file %s: %w", shown(path), cause(err))
	}
	defer file.Close()
	const most = 1024 // digits, white space and no more
	content, err := io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return Key{}, fmt.Errorf("cannot read the key file %s: %w", shown(path), cause(err))
	}
	if len(content) > most {
		return Key{}, fmt.Errorf("%s is no key file: it is longer than %d bytes; a key is %d hexadecimal digits", shown(path), most, 2*KeyBytes)
	}
	key, err := parseKey(content)
	if err != nil {
		return Key{}, fmt.Errorf("%s is no key file: %w", shown(path), err)
	}
	return key, nil
}

// parseKey reads a key from the content of its file.
func parseKey(content []byte) (Key, error) {
	digits := bytes.TrimSpace(bytes.TrimPrefix(content, []byte("\ufeff")))
	if len(digits) != 2*KeyBytes {
		return Key{}, fmt.Errorf("it has %d characters; a key is %d hexadecimal digits", len(digits), 2*KeyBytes)
	}
	var key Key
	for i, d := range digits {
		if !('0' <= d && d <= '9' || 'a' <= d && d <= 'f' || 'A' <= d && d <= 'F') {
			return Key{}, fmt.Errorf("character %d is no hexadecimal digit; a key is %d of them", i+1, 2*KeyBytes)
		}
	}
	if _, err := hex.Decode(key.secret[:], digits); err != nil {
		return Key{}, fmt.Errorf("a key is %d hexadecimal digits", 2*KeyBytes)
	}
	if len(bytes.Trim(key.secret[:], string(key.secret[:1]))) == 0 {
		return Key{}, errors.New("its bytes are all the same, so it keeps no secret; make one with corpus init")
	}
	return key, nil
}

// Exposed says in words that users of the machine other than its owner can read
// or change a key file; it is "" where they cannot, and where that is not to be
// known: of what is no regular file, and under Windows.
func Exposed(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("cannot look at the key file %s: %w", shown(path), cause(err))
	}
	mode := info.Mode()
	if mode.Perm()&0o077 == 0 || !mode.IsRegular() || runtime.GOOS == "windows" {
		return "", nil
	}
	return fmt.Sprintf("other users of this machine have access to the key file %s (mode %o): give it to its owner alone, chmod 600", shown(path), mode.Perm()), nil
}

// CreateKey makes a new key from the system's random numbers and writes it to
// path with mode 0600, making the folder above with mode 0700. A file that is
// there already is an error: a key is never overwritten.
func CreateKey(path string) (Key, error) {
	var key Key
	if _, err := rand.Read(key.secret[:]); err != nil {
		return Key{}, fmt.Errorf("cannot make a key: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return Key{}, fmt.Errorf("cannot make the folder of the key file %s: %w", shown(path), cause(err))
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return Key{}, fmt.Errorf("the key file %s is there already and is kept: %w", shown(path), os.ErrExist)
	}
	if err != nil {
		return Key{}, fmt.Errorf("cannot make the key file %s: %w", shown(path), cause(err))
	}
	_, err = file.WriteString(hex.EncodeToString(key.secret[:]) + "\n")
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		os.Remove(path) // half a key must not stay
		return Key{}, fmt.Errorf("cannot write the key file %s: %w", shown(path), cause(err))
	}
	return key, nil
}

// Check is the check value of the key for a corpus: 16 hexadecimal digits that
// tell a wrong key from the right one and give nothing of it away.
func (k Key) Check(corpus string) string {
	mac := hmac.New(sha256.New, k.secret[:])
	writeParts(mac, "corpus key check 1", corpus)
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// writeParts writes each part behind its length in bytes, a big-endian 64-bit
// number, so that no two lists of parts give one input.
func writeParts(w io.Writer, parts ...string) {
	var length [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(length[:], uint64(len(p)))
		w.Write(length[:])
		io.WriteString(w, p)
	}
}

// shown is a path as errors may print it: without absolute folders.
func shown(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Base(path)
	}
	return path
}

// cause takes the path out of an error of package os.
func cause(err error) error {
	var at *os.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
