package privacy

import "corpus/schema"

// findBankNumbers finds account numbers that carry a check: IBAN (ISO 13616,
// modulo 97 by ISO 7064) and payment cards (ISO/IEC 7812, Luhn).
func findBankNumbers(text string) []found {
	var out []found
	for at := 0; at < len(text); {
		end := 0
		switch {
		case isDigit(text[at]):
			if !isASCIIWord(before(text, at)) {
				end = cardEnd(text, at)
			}
		case at+4 < len(text) && isUpper(text[at]) && isUpper(text[at+1]) && isDigit(text[at+2]) && isDigit(text[at+3]):
			if !isASCIIWord(before(text, at)) {
				end = ibanEnd(text, at)
			}
		}
		if end > at {
			out = append(out, found{start: at, end: end, kind: schema.SpanAccount})
			at = end
			continue
		}
		at++
	}
	return out
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// ibanEnd is the end of the IBAN at byte at, or 0: plain, or in groups of four.
func ibanEnd(text string, at int) int {
	const shortest, longest = 15, 34
	var value [longest]byte
	n, best := 0, 0
	for i := at; i < len(text) && n < longest; i++ {
		c := text[i]
		if c == ' ' && n%4 == 0 {
			continue
		}
		if !isUpper(c) && !isDigit(c) {
			break
		}
		value[n] = c
		n++
		if n >= shortest && !isASCIIWord(after(text, i+1)) && mod97(value[:n]) == 1 {
			best = i + 1
		}
	}
	return best
}

// mod97 is the remainder of an IBAN whose first four characters go to the end
// and whose letters count from 10.
func mod97(iban []byte) int {
	rest := 0
	for i := range iban {
		c := iban[(i+4)%len(iban)]
		if isDigit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return rest
}

// cardEnd is the end of the card number at byte at, or 0: 15 or 16 digits of
// the ranges that cards use, plain or in groups set apart by one blank or dash.
func cardEnd(text string, at int) int {
	if text[at] < '3' || text[at] > '6' || before(text, at) == '.' || before(text, at) == ',' || before(text, at) == '+' {
		return 0
	}
	var digits [16]byte
	n, separator := 0, byte(0)
	i := at
	for ; i < len(text) && n < len(digits); i++ {
		c := text[i]
		switch {
		case isDigit(c):
			digits[n] = c - '0'
			n++
		case (c == ' ' || c == '-') && isDigit(text[i-1]) && n >= 4 && (separator == 0 || separator == c):
			separator = c
		default:
			goto done
		}
	}
done:
	if i > at && n == 15 && !isDigit(text[i-1]) {
		i-- // a blank or a dash behind the last group
	}
	if n != 16 && !(n == 15 && digits[0] == 3) || isASCIIWord(after(text, i)) || !isDigit(text[i-1]) {
		return 0
	}
	sum := 0
	for k := range n {
		d := int(digits[n-1-k])
		if k%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	if sum%10 != 0 {
		return 0
	}
	return i
}
