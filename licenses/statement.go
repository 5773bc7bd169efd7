package licenses

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"corpus/schema"
)

// Statement is one statement about a licence, as it stood.
type Statement = schema.LicenseStatement

// Bounds of what is kept of a page.
const (
	MaxStatements = 64
	maxRaw        = 300     // code points kept of a statement's words
	maxLegalText  = 1 << 16 // bytes of a text that is compared with those of licences
	MinLegalText  = 120     // bytes: shorter texts are names or notices
)

// NewStatement reads a statement: raw are its words, address is the address in
// it, either may be empty. ok is false where there is nothing in it.
func NewStatement(where, covers, raw, address string) (s Statement, ok bool) {
	raw = strings.Join(strings.Fields(strings.ToValidUTF8(raw, "\ufffd")), " ")
	address = strings.TrimSpace(strings.ToValidUTF8(address, "\ufffd"))
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	if len(address) > maxAddress || strings.ContainsAny(address, " \t\r\n") || !isWeb(address) { // within the site, or none
		address = addressIn(raw)
	}
	if len(address) > maxAddress {
		address = ""
	}
	s = Statement{Where: where, Covers: covers}
	if spdx, ok := Read(raw, address); ok {
		s.License = &spdx
	}
	if raw == address {
		raw = ""
	}
	if raw != "" {
		cut := norm.NFC.String(raw)
		if utf8.RuneCountInString(cut) > maxRaw {
			cut = strings.TrimSpace(norm.NFC.String(string([]rune(cut)[:maxRaw])))
		}
		s.Raw = &cut
	}
	if isWeb(address) {
		address = norm.NFC.String(unarchived(address))
		s.URL = &address
	}
	return s, s.Raw != nil || s.URL != nil
}

// Read gives the SPDX expression of a statement: by its address, which is the
// more exact one, else by its words: an expression, the name of a Creative
// Commons licence, the text of a licence, a notice that all rights are reserved.
// It is false for what is none of these, and for words that name several.
func Read(raw, address string) (spdx string, ok bool) {
	if spdx, ok := FromAddress(address); ok {
		return spdx, true
	}
	if raw == "" {
		return "", false
	}
	if normal, err := Normalize(strings.TrimPrefix(raw, "SPDX-License-Identifier: ")); err == nil && normal != schema.LicenseUnknown {
		return normal, true
	}
	names := Names(raw)
	for _, n := range names {
		switch {
		case spdx == "" || spdx == n.SPDX || sameSomeVersion(spdx, n.SPDX):
			spdx = moreExact(spdx, n.SPDX)
		default:
			return "", false
		}
	}
	if spdx != "" {
		return spdx, true
	}
	if len(raw) >= MinLegalText {
		if spdx, ok := legalText(raw); ok {
			return spdx, true
		}
	}
	switch lower := strings.ToLower(raw); {
	case Reserves(raw):
		return ReservedRights, true
	case slices.Contains([]string{"public domain", "publicdomain", "gemeinfrei", "domaine public", "dominio público", "dominio publico", "pubblico dominio"}, lower):
		return PublicDomain, true
	}
	return "", false
}

// addressIn is the first web address in a text: of those, the first that stands
// for a licence.
func addressIn(text string) string {
	first := ""
	for at, n := 0, 0; n < 8; n++ {
		i := strings.Index(text[at:], "http")
		if i < 0 {
			break
		}
		at += i
		end := strings.IndexAny(text[at:], " \"'<>)],;")
		if end < 0 {
			end = len(text) - at
		}
		address := strings.TrimRight(text[at:at+end], ".")
		at += end
		if !isWeb(address) {
			continue
		}
		if _, ok := FromAddress(address); ok {
			return address
		}
		if first == "" {
			first = address
		}
	}
	if first == "" {
		if i := strings.Index(strings.ToLower(text), "creativecommons.org/"); i >= 0 && len(strings.ToLower(text)) == len(text) {
			end := strings.IndexAny(text[i:], " \"'<>)],;")
			if end < 0 {
				end = len(text) - i
			}
			return "https://" + strings.TrimRight(text[i:i+end], ".")
		}
	}
	return first
}

func isWeb(address string) bool {
	return statementURL(schema.Rights{License: address}) != nil
}

// sameSomeVersion tells whether one of two references leaves open the version
// that the other names.
func sameSomeVersion(a, b string) bool {
	x, okX := someVersion(a)
	y, okY := someVersion(b)
	if okX == okY {
		return false
	}
	if okY {
		x, a, b = y, b, a
	}
	_ = a
	cc, ok := ParseCC(b)
	return ok && cc.Code() == x
}

// someVersion is the code of a reference such as LicenseRef-CC-BY-SA.
func someVersion(id string) (code string, ok bool) {
	code, ok = strings.CutPrefix(id, "LicenseRef-CC-")
	if !ok {
		return "", false
	}
	_, hasVersion := ParseCC(id)
	return code, !hasVersion
}

// moreExact is the one of two references to one licence that names its version.
func moreExact(a, b string) string {
	if _, open := someVersion(a); open || a == "" {
		return b
	}
	return a
}

// IsLegalText tells whether a text holds the text of a known licence.
func IsLegalText(text string) bool {
	if len(text) < MinLegalText {
		return false
	}
	_, ok := legalText(text)
	return ok
}

// MayName tells quickly whether a text may name a Creative Commons licence.
func MayName(text string) bool {
	last := byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i] | 0x20
		if c != last || c != 'c' && c != 'm' {
			last = c
			continue
		}
		if c == 'c' && (i < 2 || !isWordByte(text[i-2])) { // CC
			return true
		}
		if c == 'm' && i > 1 && i+4 <= len(text) && (text[i-2:i+4] == "ommons" || text[i-2:i+4] == "OMMONS") {
			return true
		}
	}
	return false
}

func isWordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_'
}

// MayReserve tells quickly whether a text may reserve all rights: whether a
// beginning of the notices stands in it, in the cases in which they are written.
func MayReserve(text string) bool {
	return len(text) >= shortestNotice && reservedStems.in(text)
}

// shortestNotice is "all rights reserved", in bytes.
const shortestNotice = 19

var reservedStems = newStems("ights", "IGHTS", "echte", "ECHTE", "roits", "ROITS", "erechos", "ERECHOS", "iritti", "IRITTI", "ireitos", "IREITOS", "prawa", "рава", "ettig", "ättig", "oikeud", "práva", "jog fenn", "hakları", "repturi", "drets")

// stems are strings that are looked for all at once, by their first two bytes.
type stems struct {
	pairs [1 << 16 / 64]uint64
	list  map[[2]byte][]string
}

func newStems(list ...string) *stems {
	s := &stems{list: map[[2]byte][]string{}}
	for _, stem := range list {
		pair := [2]byte{stem[0], stem[1]}
		n := int(pair[0])<<8 | int(pair[1])
		s.pairs[n/64] |= 1 << (n % 64)
		s.list[pair] = append(s.list[pair], stem)
	}
	return s
}

// in tells whether one of the stems stands in the text.
func (s *stems) in(text string) bool {
	for i := 1; i < len(text); i++ {
		if n := int(text[i-1])<<8 | int(text[i]); s.pairs[n/64]&(1<<(n%64)) == 0 {
			continue
		}
		for _, stem := range s.list[[2]byte{text[i-1], text[i]}] {
			if strings.HasPrefix(text[i-1:], stem) {
				return true
			}
		}
	}
	return false
}
