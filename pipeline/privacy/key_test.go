package privacy

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const testKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

func keyFile(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCreateKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "key")
	made, err := CreateKey(path)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700 | os.ModeDir} {
		info, err := os.Stat(at)
		if err != nil || info.Mode() != want {
			t.Errorf("mode %v, want %v (%v)", info.Mode(), want, err)
		}
	}
	loaded, err := LoadKey(path)
	if err != nil || loaded != made {
		t.Errorf("the key read is not the key made (%v)", err)
	}
	if _, err := CreateKey(path); !errors.Is(err, os.ErrExist) {
		t.Errorf("a second key was made over the first: %v", err)
	}
	other, err := CreateKey(path + "2")
	if err != nil || other == made {
		t.Error("two keys are one")
	}
}

func TestLoadKey(t *testing.T) {
	want, err := LoadKey(keyFile(t, testKey+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{testKey, strings.ToUpper(testKey), "\ufeff" + testKey + "\r\n", "  " + testKey + " \n\n"} {
		if got, err := LoadKey(keyFile(t, content)); err != nil || got != want {
			t.Errorf("%q: %v", content, err)
		}
	}
	for name, content := range map[string]string{
		"empty": "", "short": testKey[:62], "long": testKey + "00", "no digits": strings.Repeat("g", 64), "blank inside": testKey[:32] + " " + testKey[33:],
		"all the same": strings.Repeat("0", 64), "huge": strings.Repeat("a", 1<<20), "two keys": testKey + "\n" + testKey,
	} {
		path := keyFile(t, content)
		_, err := LoadKey(path)
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		if strings.Contains(err.Error(), filepath.Dir(path)) || len(content) > 8 && strings.Contains(err.Error(), content[:8]) {
			t.Errorf("%s: the error says too much: %v", name, err)
		}
	}
	missing := filepath.Join(t.TempDir(), "none")
	if _, err := LoadKey(missing); !errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), filepath.Dir(missing)) {
		t.Errorf("missing file: %v", err)
	}
	if _, err := LoadKey(t.TempDir()); err == nil {
		t.Error("a folder is no key")
	}
}

func TestExposed(t *testing.T) {
	for mode, exposed := range map[os.FileMode]bool{0o600: false, 0o400: false, 0o700: false, 0o640: true, 0o604: true, 0o444: true, 0o602: true, 0o610: true} {
		path := keyFile(t, testKey)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		text, err := Exposed(path)
		if err != nil || (text != "") != exposed {
			t.Errorf("mode %o: %q, %v", mode, text, err)
		}
		if exposed && (!strings.Contains(text, fmt.Sprintf("key file key (mode %o)", mode)) || strings.Contains(text, filepath.Dir(path))) {
			t.Errorf("mode %o: %q", mode, text)
		}
		linked := filepath.Join(t.TempDir(), "link")
		if err := os.Symlink(path, linked); err != nil {
			t.Fatal(err)
		}
		if text, err := Exposed(linked); err != nil || (text != "") != exposed {
			t.Errorf("mode %o behind a link: %q, %v", mode, text, err)
		}
	}
	if text, err := Exposed(os.DevNull); text != "" || err != nil {
		t.Errorf("a device: %q, %v", text, err)
	}
	missing := filepath.Join(t.TempDir(), "none")
	if _, err := Exposed(missing); !errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), filepath.Dir(missing)) {
		t.Errorf("missing file: %v", err)
	}
}

func TestKeyHidesItself(t *testing.T) {
	key, err := LoadKey(keyFile(t, testKey))
	if err != nil {
		t.Fatal(err)
	}
	out := fmt.Sprintf("%v %+v %#v %s %x %q %v", key, key, key, key, key, key, &key)
	if strings.Contains(out, "0001") || strings.Contains(out, "1 2 3") || strings.Contains(out, "0x1") {
		t.Errorf("the key prints itself: %s", out)
	}
	if b, err := json.Marshal(key); err == nil {
		t.Errorf("the key was encoded: %s", b)
	}
}

func TestCheck(t *testing.T) {
	key, err := LoadKey(keyFile(t, testKey))
	if err != nil {
		t.Fatal(err)
	}
	// Frozen: a lock made by an older version must still know its key.
	if got, want := key.Check("pond"), "6cf21b5fa504f6b0"; got != want {
		t.Errorf("check value %s, want %s", got, want)
	}
	if key.Check("pond") == key.Check("mill") {
		t.Error("two corpora have one check value")
	}
}

func FuzzKey(f *testing.F) {
	f.Add([]byte(testKey + "\n"))
	f.Add([]byte("\ufeff" + strings.ToUpper(testKey)))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, content []byte) {
		key, err := parseKey(content)
		if err != nil {
			if len(content) >= 16 && strings.Contains(err.Error(), string(content[:16])) {
				t.Fatal("the error prints the file")
			}
			return
		}
		again, err := parseKey([]byte(hex.EncodeToString(key.secret[:])))
		if err != nil || again != key {
			t.Fatal("a key does not read back")
		}
	})
}
