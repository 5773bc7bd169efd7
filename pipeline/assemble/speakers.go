package assemble

import (
	"strings"
	"unicode/utf8"

	"corpus/pipeline/assemble/names"
)

// longestName is the length in code points above which a display name is not
// looked for in texts.
const longestName = 80

// speakers are the persons who comment in one thread, and their names.
type speakers struct {
	person []int // by comment: index of the person, or -1
	first  []int // by person: index of the first comment
	names  *names.Matcher
	info   []nameInfo // by id of the name
}

// nameInfo says who bears a name, and what it may be looked for by.
type nameInfo struct {
	person    int
	shared    bool // more than one account of the thread bears it
	letters   int
	weak      bool // also a common opening of a sentence
	alias     bool // not a display name but made of one: only behind @ and greetings, or before a colon
	ambiguous bool // an alias of two names: names nobody
	display   string
}

// identify tells the persons of a thread apart: by account where one is
// stated, else by name. Names that nobody chose belong to nobody.
func identify(comments []Comment) *speakers {
	s := &speakers{person: make([]int, len(comments)), names: names.NewMatcher()}
	byKey := make(map[string]int)
	for i := range comments {
		c := &comments[i]
		s.person[i] = -1
		name := strings.Join(strings.Fields(c.Author), " ")
		if name == "" || names.Generic(name) {
			continue
		}
		key := "name\x00" + names.Fold(name)
		if c.AuthorID != "" {
			key = "account\x00" + c.AuthorID
		}
		p, known := byKey[key]
		if !known {
			p = len(s.first)
			byKey[key] = p
			s.first = append(s.first, i)
		}
		s.person[i] = p
		s.name(name, p)
	}
	display := len(s.info)
	for id := range display {
		s.aliases(s.info[id].display, s.info[id].person)
	}
	return s
}

// name makes a display name known.
func (s *speakers) name(name string, person int) {
	if utf8.RuneCountInString(name) > longestName {
		return
	}
	id, added := s.names.Add(name)
	if added {
		s.info = append(s.info, nameInfo{person: person, letters: names.Letters(name), weak: names.Weak(name), display: name})
	} else if id >= 0 && s.info[id].person != person {
		s.info[id].shared = true
	}
}

// aliases makes known how people shorten a name of several words: by its first
// word, and written together as an account is.
func (s *speakers) aliases(name string, person int) {
	first := names.FirstWord(name)
	if first == "" {
		return
	}
	words := strings.Fields(name)
	for _, alias := range []string{first, strings.Join(words, ""), strings.Join(words, "_")} {
		alias = strings.TrimRight(alias, ".,;:!?")
		if utf8.RuneCountInString(alias) > longestName || names.Letters(alias) < 3 || names.Weak(alias) || names.Generic(alias) {
			continue
		}
		id, added := s.names.Add(alias)
		switch {
		case added:
			s.info = append(s.info, nameInfo{person: person, letters: names.Letters(alias), alias: true, display: alias})
		case id >= 0 && s.info[id].alias && s.info[id].person != person:
			s.info[id].ambiguous = true
		}
	}
}
