package when

import (
	"strings"
	"testing"
)

func BenchmarkText(b *testing.B) {
	for _, s := range []string{"2019-05-30T10:12:13+02:00", "May 30, 2019 at 10:12 am", "Четверг, 30 мая 2019 г. в 10:12", "2 hours ago"} {
		b.Run(s, func(b *testing.B) {
			for b.Loop() {
				Text(s, DayFirst)
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	for name, piece := range map[string]string{
		"prose":   "The quick brown fox jumps over the lazy dog, as it did in 1999 and before. ",
		"numbers": "7 12.3 2019 ",
		"months":  "May 7 ",
		"Chinese": "敏捷的棕色狐狸跳过了3只懒狗，",
	} {
		s := strings.Repeat(piece, 1<<20/len(piece))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				if _, _, _, ok := Find(s, DayFirst); ok {
					b.Fatal("a date is found")
				}
			}
		})
	}
}
