package store

import (
	"fmt"
	"io/fs"
	"strings"
)

// ValidName tells whether s can name a corpus, and so a folder.
func ValidName(s string) bool {
	if s == "" || len(s) > 100 || s[0] == '-' || s[0] == '_' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
			return false
		}
	}
	return true
}

// ValidVersion tells whether s is MAJOR.MINOR.PATCH without leading zeros.
func ValidVersion(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return false
	}
	for _, p := range parts {
		if p == "" || len(p) > 9 || len(p) > 1 && p[0] == '0' || strings.Trim(p, "0123456789") != "" {
			return false
		}
	}
	return true
}

// checkPath refuses paths of a version that could climb out of it, hide in it
// or differ between systems.
func checkPath(path string) error {
	if !fs.ValidPath(path) || path == "." || path == ManifestName || len(path) > 255 {
		return fmt.Errorf("%q is no path of a version's file", path)
	}
	for part := range strings.SplitSeq(path, "/") {
		if part[0] == '.' || strings.Trim(part, nameCharacters) != "" {
			return fmt.Errorf("%q is no path of a version's file", path)
		}
	}
	return nil
}

const nameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

// isHex tells whether s is lower-case hexadecimal of n digits.
func isHex(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0123456789abcdef") == ""
}
