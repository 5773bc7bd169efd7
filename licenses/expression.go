// Package licenses turns statements about rights into SPDX expressions: what a
// page, an index or a source's declaration says, by rule and with its evidence.
//
// It must never guess a licence, and never let an article's licence cover what
// its readers wrote.
package licenses

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/github/go-spdx/v2/spdxexp"

	"corpus/schema"
)

// Bounds of an expression: the library's parser recurses.
const (
	maxExpression = 1024 // bytes
	maxBrackets   = 64
)

var (
	expressionText = regexp.MustCompile(`^[A-Za-z0-9.+:() -]+$`)
)

// Valid tells whether expr is an SPDX licence expression (SPDX 2.3, annex D) of
// listed licences and LicenseRef-…, or NOASSERTION. The error says what is wrong.
func Valid(expr string) error {
	_, err := Normalize(expr)
	return err
}

// Normalize gives a single identifier in the case of the SPDX list, and longer
// expressions as they are. The error says what is wrong with expr.
func Normalize(expr string) (string, error) {
	expr = strings.TrimSpace(expr)
	switch {
	case expr == schema.LicenseUnknown:
		return expr, nil
	case expr == "":
		return "", fmt.Errorf("an empty text is no SPDX expression: expected one such as CC-BY-4.0, or NOASSERTION")
	case len(expr) > maxExpression || strings.Count(expr, "(") > maxBrackets:
		return "", fmt.Errorf("an expression of %d bytes is too long for an SPDX expression", len(expr))
	}
	unknown := fmt.Errorf("%q is no SPDX expression: expected one such as CC-BY-4.0, LicenseRef-my-terms or NOASSERTION", clip(expr))
	if !expressionText.MatchString(expr) {
		return "", unknown
	}
	normal, invalid := parseExpression(expr)
	if len(invalid) > 0 || len(normal) != 1 {
		return "", unknown
	}
	if strings.ContainsAny(expr, " (") {
		return expr, nil // its brackets are its meaning: an expression stays as it was written
	}
	return normal[0], nil
}

// parseExpression calls the library; a panic in it is an invalid expression.
func parseExpression(expr string) (normal, invalid []string) {
	defer func() {
		if r := recover(); r != nil {
			normal, invalid = nil, []string{expr}
		}
	}()
	return spdxexp.ValidateAndNormalizeLicensesWithOptions([]string{expr}, spdxexp.ValidateLicensesOptions{})
}

// clip shortens a statement to a length that a message can hold.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
