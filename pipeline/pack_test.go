package pipeline

import (
	"bytes"
	"testing"
)

func FuzzPack(f *testing.F) {
	f.Add([]byte(nil), []byte{plain, 0})
	f.Add(bytes.Repeat([]byte(`{"a":"the lamp burns again"}`), 40), []byte{packed, 3, 0x28})
	f.Add([]byte("{}"), []byte{plain, 0x80, 0})
	f.Fuzz(func(t *testing.T, value, odd []byte) {
		p, err := pack(value)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unpack(p, nil); err != nil || !bytes.Equal(got, value) {
			t.Fatalf("%q came back as %q, %v", value, got, err)
		}
		got, err := unpack(odd, nil)
		if err != nil {
			return
		}
		if size, _, err := unpackedSize(odd); err != nil || int64(len(got)) != size {
			t.Fatalf("%x states %d bytes (%v) and gives %d", odd, size, err, len(got))
		}
	})
}
