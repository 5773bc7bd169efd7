package pipeline

import (
	"bytes"
	"testing"
)

func FuzzPack(f *testing.F) {
	f.Add([]byte(nil), []byte{plain, 0})
	f.Add(bytes.Repeat([]byte(`{"a":"the lamp burns again"}`), 40), []byte{packed, 3, 0x28})
	f.Fuzz(func(t *testing.T, value, odd []byte) {
		p, err := pack(value)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unpack(p, nil); err != nil || !bytes.Equal(got, value) {
			t.Fatalf("%q came back as %q, %v", value, got, err)
		}
		if got, err := unpack(odd, nil); err == nil && got == nil && len(odd) > 2 {
			t.Fatalf("%x gives nothing and no error", odd)
		}
	})
}
