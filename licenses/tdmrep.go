package licenses

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// TDMFile is the path of the file in which an origin server reserves rights, by
// the TDM Reservation Protocol (W3C community report of 2024-05-10, section
// "TDM File on the Origin Server").
const TDMFile = "/.well-known/tdmrep.json"

// TDMRule is a rule of such a file.
type TDMRule struct {
	Location    string // pattern of paths
	Reservation string // as stated: "0", "1"
	Policy      string // address, "" for none
}

// Bounds of a file; MaxTDMFile is in bytes.
const (
	MaxTDMFile  = 1 << 20
	maxTDMRules = 256
	maxTDMField = 1024
)

// IsTDMFile tells whether an address is that of such a file, and of which server.
func IsTDMFile(address string) (host string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Path != TDMFile || (u.Scheme != "http" && u.Scheme != "https") {
		return "", false
	}
	return strings.ToLower(u.Host), true
}

// ParseTDMFile reads the rules of a file. Those without location or reservation
// are left out, as are those beyond 256.
func ParseTDMFile(data []byte) ([]TDMRule, error) {
	if len(data) > MaxTDMFile {
		return nil, fmt.Errorf("%d bytes are more than a file of reservations has", len(data))
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var stated []struct {
		Location    string         `json:"location"`
		Reservation jsontext.Value `json:"tdm-reservation"`
		Policy      jsontext.Value `json:"tdm-policy"`
	}
	if err := json.Unmarshal(data, &stated, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)); err != nil {
		return nil, notRules(data)
	}
	var rules []TDMRule
	for _, s := range stated {
		r := TDMRule{Location: s.Location, Reservation: scalar(s.Reservation), Policy: scalar(s.Policy)}
		if r.Location == "" || r.Reservation == "" || len(r.Location) > maxTDMField || len(r.Reservation) > 16 || len(r.Policy) > maxTDMField || len(rules) >= maxTDMRules {
			continue
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// notRules says why a file is no list of rules.
func notRules(data []byte) error {
	var list []jsontext.Value
	if json.Unmarshal(data, &list, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) == nil {
		for i, v := range list {
			var rule struct {
				Location string `json:"location"`
			}
			if json.Unmarshal(v, &rule, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) != nil {
				return fmt.Errorf("rule %d of the file of reservations is no object whose location is a string", i+1)
			}
		}
	}
	return errors.New("the file of reservations is no list of rules in JSON")
}

// scalar is a string or number in JSON as it stands, "" for anything else.
func scalar(v jsontext.Value) string {
	switch v.Kind() {
	case '"':
		var s string
		if json.Unmarshal(v, &s, jsontext.AllowInvalidUTF8(true)) != nil {
			return ""
		}
		return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")
	case '0':
		return string(v)
	}
	return ""
}

// TDMSignals are the opt-out signals that rules make for a page: those of the
// first rule whose location matches its path.
func TDMSignals(rules []TDMRule, address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if len(path) > 4096 {
		path = path[:4096]
	}
	for _, r := range rules {
		if !matchesPath(r.Location, path) {
			continue
		}
		signals := []string{"tdmrep.json tdm-reservation: " + r.Reservation}
		if r.Policy != "" {
			signals = append(signals, "tdmrep.json tdm-policy: "+r.Policy)
		}
		return signals
	}
	return nil
}

// matchesPath tells whether a pattern as in robots.txt covers a path: * stands
// for any characters, $ at the end for the end of the path; else the path may go
// on. Of the positions that a * leaves open the first will do, so that it takes
// no more than the product of the lengths.
func matchesPath(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	for i, part := range parts[1:] {
		if anchored && i == len(parts)-2 {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return !anchored || path == ""
}
