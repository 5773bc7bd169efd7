package privacy

import (
	"strings"
	"testing"
)

// benchTexts are the sentences of the annotated set without personal places,
// three to a comment.
func benchTexts(b *testing.B) (texts []string, langs []string, size int64) {
	for _, lang := range annotatedLanguages() {
		var comment []string
		for _, s := range readAnnotated(b, annotatedFolder, lang) {
			if len(s.places) > 0 {
				continue
			}
			if comment = append(comment, s.text); len(comment) == 3 {
				text := strings.Join(comment, " ")
				texts, langs, comment = append(texts, text), append(langs, lang), nil
				size += int64(len(text))
			}
		}
	}
	return texts, langs, size
}

// BenchmarkMask masks comments in which nothing is to be masked, as most are.
func BenchmarkMask(b *testing.B) {
	texts, langs, size := benchTexts(b)
	b.SetBytes(size)
	for b.Loop() {
		for i, text := range texts {
			mask(text, nil, nil, langs[i], true)
		}
	}
}

// BenchmarkSpelled looks for spelled addresses, by signs and over the whole text.
func BenchmarkSpelled(b *testing.B) {
	texts, _, size := benchTexts(b)
	for name, find := range map[string]func(string) []found{"signs": findSpelledEmails, "whole": wholeSpelled} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			for b.Loop() {
				for _, text := range texts {
					find(text)
				}
			}
		})
	}
}

// BenchmarkMaskPlain masks ordinary prose.
func BenchmarkMaskPlain(b *testing.B) {
	text := strings.Repeat("I was at the harbour that morning, and (as far as I know) nobody had told the skipper at all. You can say what you want about the council, but the old bridge stood there for ninety years. ", 4)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		mask(text, nil, nil, "en", true)
	}
}
