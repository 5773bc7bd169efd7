package htmlpage

import (
	"strings"

	"corpus/licenses"
)

// robotsKeys are the names of meta elements for robots; those of single
// companies take the same values.
var robotsKeys = []string{"robots", "googlebot", "googlebot-news", "bingbot", "gptbot", "ccbot", "google-extended", "anthropic-ai", "slurp"}

// optOuts are the page's reservations against use by machines, as stated: values
// of meta robots that ask for it, and those of the TDM Reservation Protocol.
func optOuts(m metaTags) []string {
	var out []string
	for _, key := range robotsKeys {
		for _, v := range m[key] {
			for token := range strings.FieldsFuncSeq(strings.ToLower(v), func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
				if licenses.AsksNotTo(token) {
					out = appendNew(out, token)
				}
			}
		}
	}
	for _, key := range []string{"tdm-reservation", "tdm-policy"} {
		if v := m.first(key); v != "" {
			out = append(out, key+": "+v)
		}
	}
	return out
}
