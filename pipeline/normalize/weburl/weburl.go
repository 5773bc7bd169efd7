// Package weburl brings addresses of pages into normal form: one for ids,
// whose rules are frozen, and one for people, whose rules may get better.
//
// It must never fetch anything, and never take an address that is not http or
// https for one.
package weburl

import (
	"net/netip"
	"net/url"
	"path"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// RulesVersion is the version of the id rules that Identity follows. They are
// frozen: another rule would give every article another id.
const RulesVersion = "url-id/1"

// maxLength bounds an address in bytes; a longer one is no address.
const maxLength = 8192

// parse reads an absolute http or https address. A Wayback address gives the
// address that it wraps.
func parse(raw string) (*url.URL, bool) {
	raw = strings.TrimSpace(raw)
	if raw == "" || len(raw) > maxLength || strings.ContainsAny(raw, "\x00\n\r\t") {
		return nil, false
	}
	for range 3 { // archives of archives
		u, err := url.Parse(raw)
		if err != nil {
			return nil, false
		}
		u.Scheme = strings.ToLower(u.Scheme)
		if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Opaque != "" {
			return nil, false
		}
		inner, ok := archived(u)
		if !ok {
			return u, hostOf(u) != "" && portOK(u.Port())
		}
		raw = inner
	}
	return nil, false
}

// portOK tells a port that there can be (WHATWG URL Standard, 4.4, port state).
func portOK(port string) bool {
	if port == "" {
		return true
	}
	_, err := strconv.ParseUint(port, 10, 16)
	return err == nil
}

// archived is the address that a Wayback address wraps: /web/TIMESTAMP/URL.
func archived(u *url.URL) (string, bool) {
	if h := strings.ToLower(u.Hostname()); h != "web.archive.org" && h != "wayback.archive.org" {
		return "", false
	}
	rest, ok := strings.CutPrefix(u.EscapedPath(), "/web/")
	if !ok {
		return "", false
	}
	stamp, inner, ok := strings.Cut(rest, "/")
	digits := strings.TrimRight(stamp, "abcdefghijklmnopqrstuvwxyz_*")
	if !ok || len(digits) < 4 || len(digits) > 14 || strings.Trim(digits, "0123456789") != "" {
		return "", false
	}
	if u.RawQuery != "" {
		inner += "?" + u.RawQuery
	}
	// url.Parse keeps "http:/x" of a path whose slashes were squeezed.
	for _, scheme := range []string{"http:/", "https:/"} {
		if after, ok := strings.CutPrefix(inner, scheme); ok && !strings.HasPrefix(after, "/") {
			inner = scheme + "/" + after
		}
	}
	if !strings.Contains(inner, "://") {
		inner = "http://" + inner
	}
	return inner, true
}

// longestHost is the length of a host in bytes (RFC 1035, 2.3.4, without the root).
const longestHost = 253

// hosts is the profile of the WHATWG URL Standard, 3.3: UTS 46 without the
// rules that only registries need.
var hosts = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.CheckJoiners(true), idna.CheckHyphens(false), idna.StrictDomainName(false), idna.Transitional(false))

// hostOf is the host in lower-case ASCII (IDNA) without port and last dot;
// empty where it is none.
func hostOf(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if strings.Contains(host, ":") { // IPv6, without its brackets
		if ip, err := netip.ParseAddr(host); err == nil && ip.Zone() == "" {
			return ip.String()
		}
		return ""
	}
	ascii, err := hosts.ToASCII(host)
	if err != nil {
		return ""
	}
	for label := range strings.SplitSeq(ascii, ".") {
		if strings.HasPrefix(label, "xn--") && strings.Contains(label, "_") {
			return ""
		}
	}
	for i := 0; i < len(ascii); i++ { // an underscore is not allowed, and yet in use
		if c := ascii[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.' {
			return ""
		}
	}
	if last := ascii[strings.LastIndexByte(ascii, '.')+1:]; number(last) { // IPv4, or no host at all (WHATWG URL, 3.5)
		if _, err := netip.ParseAddr(ascii); err != nil {
			return ""
		}
	}
	if ascii == "" || len(ascii) > longestHost || strings.HasPrefix(ascii, ".") || strings.HasSuffix(ascii, ".") || strings.Contains(ascii, "..") {
		return ""
	}
	return ascii
}

// number tells whether a label is a number as IPv4 addresses are made of.
func number(label string) bool {
	if hex, ok := strings.CutPrefix(label, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return label != "" && strings.Trim(label, "0123456789") == ""
}

// bare is host without the labels that say how a page is served, not by whom.
func bare(host string) string {
	for {
		before := host
		for _, label := range []string{"www.", "m.", "amp."} {
			if rest, ok := strings.CutPrefix(host, label); ok && strings.Contains(rest, ".") {
				host = rest
			}
		}
		if host == before {
			return host
		}
	}
}

// Host is the host of raw in lower-case ASCII, without www., m. or amp., and
// without a port; empty where raw is no address.
func Host(raw string) string {
	u, ok := parse(raw)
	if !ok {
		return ""
	}
	return bare(hostOf(u))
}

// Resolve is ref as an absolute address, seen from the page base; empty where
// it is none.
func Resolve(base, ref string) string {
	ref = strings.TrimSpace(ref)
	if len(ref) > maxLength || len(base) > maxLength {
		return ""
	}
	r, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if !r.IsAbs() {
		b, err := url.Parse(strings.TrimSpace(base))
		if err != nil || !b.IsAbs() {
			return ""
		}
		r = b.ResolveReference(r)
	}
	if _, ok := parse(r.String()); !ok {
		return ""
	}
	return r.String()
}

// Identity is raw in the form that ids are made of, id rules v1:
//
//  1. http and https only, a Wayback address is unwrapped, no more than 8 KiB;
//  2. scheme https, no user, no port where it is 80 or 443, no fragment;
//  3. host in lower-case ASCII without a last dot and without a leading www., m. or amp.;
//  4. path: dot segments resolved, slashes squeezed, escapes of unreserved characters
//     decoded and all others in upper case; a last /amp, a last index.html, index.htm or index.php
//     and the last slash dropped;
//  5. query: parameters of tracking dropped (see tracking), the others sorted by their bytes.
func Identity(raw string) (string, bool) {
	u, ok := parse(raw)
	if !ok {
		return "", false
	}
	p := cleanPath(u)
	for before := ""; p != before; {
		before = p
		p = strings.TrimRight(p, "/")
		for _, index := range []string{"/index.html", "/index.htm", "/index.php", "/amp"} {
			p = strings.TrimSuffix(p, index)
		}
	}
	if p == "" {
		p = "/"
	}
	query := parameters(u.RawQuery)
	sort.Strings(query)
	return "https://" + authority(u, bare(hostOf(u))) + p + suffix(query), true
}

// Canonical is raw as an address for people: as Identity, but with its own
// scheme, its whole host, its last slash and its order of parameters.
func Canonical(raw string) (string, bool) {
	u, ok := parse(raw)
	if !ok {
		return "", false
	}
	return u.Scheme + "://" + authority(u, hostOf(u)) + cleanPath(u) + suffix(parameters(u.RawQuery)), true
}

// Page is raw as the address of a captured page: as it stands, tracking and
// archive included, but without user name and password, and in ASCII.
func Page(raw string) (string, bool) {
	if _, ok := parse(raw); !ok {
		return "", false
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return "", false
	}
	host := hostOf(u)
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	page := strings.ToLower(u.Scheme) + "://" + host + ascii(u.EscapedPath())
	if u.RawQuery != "" {
		page += "?" + ascii(u.RawQuery)
	}
	if u.Fragment != "" {
		page += "#" + ascii(u.EscapedFragment())
	}
	if len(page) > maxLength {
		return "", false
	}
	return page, true
}

// ascii escapes the bytes that no address may hold, and no others.
func ascii(s string) string {
	const upper = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c >= 0x7f {
			b.WriteByte('%')
			b.WriteByte(upper[c>>4])
			b.WriteByte(upper[c&15])
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func authority(u *url.URL, host string) string {
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		return host + ":" + port
	}
	return host
}

func suffix(query []string) string {
	if len(query) == 0 {
		return ""
	}
	return "?" + strings.Join(query, "&")
}

// cleanPath is the path with its escapes in normal form and without dot segments.
func cleanPath(u *url.URL) string {
	p := escapes(u.EscapedPath())
	slash := strings.HasSuffix(p, "/") || strings.HasSuffix(p, "/.") || strings.HasSuffix(p, "/..")
	p = path.Clean("/" + p)
	if slash && p != "/" {
		p += "/"
	}
	return p
}

// parameters are the parameters of a query that say which page it is.
func parameters(query string) []string {
	var kept []string
	for _, p := range strings.Split(query, "&") {
		name, _, _ := strings.Cut(p, "=")
		if p == "" || tracks(strings.ToLower(name)) {
			continue
		}
		kept = append(kept, escapes(p))
	}
	return kept
}

// escapes decodes escapes of unreserved characters (RFC 3986, 6.2.2), writes
// the others in upper case, and escapes what may not stand bare.
func escapes(s string) string {
	const upper = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && hexadecimal(s[i+1]) >= 0 && hexadecimal(s[i+2]) >= 0 {
			c = byte(hexadecimal(s[i+1])<<4 | hexadecimal(s[i+2]))
			i += 2
			if !unreserved(c) {
				b.WriteByte('%')
				b.WriteByte(upper[c>>4])
				b.WriteByte(upper[c&15])
				continue
			}
		} else if c == '%' || c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			b.WriteByte('%')
			b.WriteByte(upper[c>>4])
			b.WriteByte(upper[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func hexadecimal(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}
