package read

import (
	"strconv"
	"strings"

	"corpus/pipeline/normalize/when"
)

// rfc822Zones are zones that RFC 822, section 5.1, defines; elsewhere their
// names have several meanings.
var rfc822Zones = map[string]string{
	"UT":  "+0000",
	"EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500",
	"MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
}

// feedTime gives a time of a feed in ISO 8601: RFC 3339, RFC 822 and what feeds
// make of them. What cannot be read is none.
func feedTime(stated string) string {
	stated = strings.TrimSpace(stated)
	if stated == "" || len(stated) > 64 {
		return ""
	}
	if at := strings.LastIndexByte(stated, ' '); at > 0 {
		if offset, ok := rfc822Zones[strings.ToUpper(stated[at+1:])]; ok {
			stated = stated[:at+1] + offset
		}
	}
	if iso, ok := when.Text(stated, when.OrderUnknown); ok {
		return iso
	}
	if iso, ok := when.Epoch(stated); ok {
		return iso
	}
	return ""
}

// countIn reads a number of comments.
func countIn(stated string) *int32 {
	n, err := strconv.ParseInt(strings.TrimSpace(stated), 10, 32)
	if err != nil || n < 0 {
		return nil
	}
	count := int32(n)
	return &count
}
