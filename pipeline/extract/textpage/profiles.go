package textpage

import "strings"

// profileReach is the number of lines with text above a post's date in which its
// member's name stands.
const profileReach = 9

// besideProfile is the name above the profile of a forum's member, where the date
// of the post stands below that: entries of a list, one of them with how many
// posts there are, and the title of the thread between. -1 for none.
func besideProfile(i int, lines []line, readings []reading) (int, string) {
	profile := false
	for j, seen := i-1, 0; j >= 0 && seen < profileReach; j-- {
		l := &lines[j]
		if l.text == "" {
			continue
		}
		seen++
		switch low := lower(l.text); {
		case len(l.text) > maxProfile || readings[j].kind == sectionLine:
			return -1, ""
		case profileEntry(low):
			profile = true
		case l.mark != noMark || readings[j].kind == roleLine || !profile && hasAnyPrefix(low, answerMarks) || !profile && l.level > 0 || !profile && seen == 1:
		case profile && readings[j].kind == textLine && readings[j].nameable && namesAlone(l.text):
			name, _ := cleanName(trimControls(l.text))
			return j, name
		default:
			return -1, ""
		}
	}
	return -1, ""
}

// profileEntry tells "Posts: 71" and "71 posts"; lower case.
func profileEntry(s string) bool {
	if label, rest, ok := strings.Cut(s, ":"); ok {
		return profileLabels[strings.TrimSpace(label)] && strings.ContainsAny(rest, "0123456789")
	}
	n, label, ok := strings.Cut(s, " ")
	return ok && digits(strings.NewReplacer(",", "", ".", "").Replace(n)) && profileLabels[label]
}
