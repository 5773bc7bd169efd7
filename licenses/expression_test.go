package licenses

import "testing"

func TestX(t *testing.T) {
	for _, s := range []string{"CC-BY-4.0", "cc-by-4.0", "MIT OR Apache-2.0", "MIT or Apache-2.0", "(MIT AND CC0-1.0) OR LicenseRef-a", "LicenseRef-CC-BY-3.0-DE-port", "CC-BY-3.0-DE", "GPL-2.0+", "GPL-2.0-only WITH Classpath-exception-2.0", "CC-BY-NC-SA-2.0-DE", "CC-BY-SA-3.0-AT", "CC-BY-NC-3.0-DE", "CC-PDDC", "CC-PDM-1.0", "CC-BY-SA-2.1-JP", "CC-BY-2.5-AU", "CC-BY-3.0-IGO", "NONE", "Foo", "MIT AND", "((MIT)", "a b c", "CC-SA-1.0", "CC-NC-1.0","CC-BY-ND-NC-1.0","CC-BY-NC-ND-1.0","CC-BY-2.1"} {
		n, err := Normalize(s)
		t.Log(s, "→", n, err)
	}
}
