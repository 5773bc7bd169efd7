package warc

import (
	"bytes"
	"strconv"
	"strings"
)

// Message is the head of an HTTP response.
type Message struct {
	Status int // 0 where the status line has none
	Header Header
	Length int  // bytes of the head: the body begins there
	Whole  bool // the head has an end
}

// ParseHTTP reads the head of the HTTP response that block begins with, as
// servers and archives really write it: lines may end in LF alone, the reason
// may be missing, fields may be folded, lines that are no fields are left out,
// and a body may begin without a blank line before it. It gives nil for what is
// no HTTP response.
func ParseHTTP(block []byte) *Message {
	if !bytes.HasPrefix(block, []byte("HTTP/")) && !bytes.HasPrefix(block, []byte("HTTP ")) && !bytes.HasPrefix(block, []byte("ICY ")) {
		return nil
	}
	m := new(Message)
	var head fields
	line, rest, _ := bytes.Cut(block, []byte("\n"))
	m.Status = status(line)
	for len(rest) > 0 {
		line, next, found := bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 && found {
			rest, m.Whole = next, true
			break
		}
		if line := bytes.TrimSpace(line); len(line) > 0 && line[0] == '<' {
			m.Whole = true // the body: no field begins so
			break
		}
		if len(line) > 0 {
			head.add(line)
		}
		rest = next
	}
	m.Header, m.Length = head.list, len(block)-len(rest)
	return m
}

// status is the code of a status line, the word behind the version, or 0.
func status(line []byte) int {
	words := strings.Fields(string(line[:min(len(line), 64)]))
	if len(words) < 2 || len(words[1]) != 3 {
		return 0
	}
	code, err := strconv.ParseUint(words[1], 10, 16)
	if err != nil {
		return 0
	}
	return int(code)
}

// Dechunk takes the chunks of a body apart (RFC 9112, section 7.1), in place. A
// body that does not begin with a chunk is given as it stands, since archives
// keep the field of bodies that they took apart; so is what follows the last
// good chunk. ok tells whether all was in order.
func Dechunk(body []byte) (out []byte, ok bool) {
	rest, written := body, 0
	for first := true; ; first = false {
		line, _, found := bytes.Cut(rest[:min(len(rest), 1024)], []byte("\n"))
		size, valid := chunkSize(line)
		switch {
		case !valid || !found:
			if len(rest) == 0 && !first {
				return body[:written], false // cut off
			}
			return body[:written+copy(body[written:], rest)], false
		case size == 0:
			return body[:written], true // a trailer is left out
		}
		next := rest[len(line)+1:]
		if int64(len(next)) < size {
			return body[:written+copy(body[written:], next)], false
		}
		written += copy(body[written:], next[:size])
		rest = next[size:]
		if after, found := bytes.CutPrefix(rest, []byte("\r\n")); found {
			rest = after
		} else {
			rest = bytes.TrimPrefix(rest, []byte("\n"))
		}
	}
}

// chunkSize reads the line before a chunk; extensions are left out.
func chunkSize(line []byte) (size int64, ok bool) {
	digits, _, _ := bytes.Cut(line, []byte(";"))
	digits = bytes.TrimSpace(digits)
	if len(digits) == 0 || len(digits) > 12 {
		return 0, false
	}
	for _, c := range digits {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		size = size<<4 | int64(c)
	}
	return size, true
}
