package when

import (
	"fmt"
	"strings"
	"testing"
)

// Every spelling of every month is read, in a full date and with its year
// alone, and means that month in all languages but for twoMonths.
func TestMonthNames(t *testing.T) {
	open := map[string]bool{}
	for _, two := range twoMonths {
		open[two.name] = true
	}
	read := 0
	for _, line := range monthNames {
		months := strings.Fields(line)
		if len(months) != 12 {
			t.Errorf("%d months: %s", len(months), line)
			continue
		}
		for m, spellings := range months {
			for _, word := range strings.Split(spellings, "|") {
				if word == "-" || open[word] {
					continue
				}
				word = strings.ReplaceAll(word, "_", " ")
				for _, form := range []string{word, strings.ToUpper(word), strings.ToLower(word)} {
					for text, want := range map[string]string{
						"15 " + form + " 2019":  fmt.Sprintf("2019-%02d-15", m+1),
						form + ". 15, 2019":     fmt.Sprintf("2019-%02d-15", m+1),
						"2019 " + form + " 15.": fmt.Sprintf("2019-%02d-15", m+1),
						form + " 2019":          fmt.Sprintf("2019-%02d", m+1),
					} {
						if got, ok := Text(text, OrderUnknown); got != want || !ok {
							t.Errorf("Text(%q) = %q, %t, want %q", text, got, ok, want)
						}
						read++
					}
				}
			}
		}
	}
	if read < 5000 {
		t.Errorf("only %d texts were read", read)
	}
	for m, word := range strings.Fields(solarHijri) {
		if got, ok := Text("10 "+word+" 1398", OrderUnknown); !ok || len(got) != len("2019-01-01") {
			t.Errorf("month %d, %s: %q, %t", m+1, word, got, ok)
		}
	}
}

// Every weekday stands before a date and after it, on the right day.
func TestWeekdayNames(t *testing.T) {
	for _, line := range weekdayNames {
		days := strings.Fields(line)
		if len(days) != 7 {
			t.Errorf("%d weekdays: %s", len(days), line)
			continue
		}
		for d, spellings := range days {
			for _, word := range strings.Split(spellings, "|") {
				word = strings.ReplaceAll(word, "_", " ")
				date := fmt.Sprintf("2019-05-%d", 13+d) // 13 May 2019 was a Monday
				for _, text := range []string{word + ", " + date, date + " (" + word + ")", date + " " + word + " 10:12"} {
					want := date
					if strings.HasSuffix(text, "10:12") {
						want += "T10:12"
					}
					if got, ok := Text(text, OrderUnknown); got != want || !ok {
						t.Errorf("Text(%q) = %q, %t, want %q", text, got, ok, want)
					}
				}
				p := parser{s: word, limit: len(word)}
				if n, _ := p.nameAt(0); n.weekdays>>((d+1)%7)&1 == 0 {
					t.Errorf("%s is not read as weekday %d", word, d+1)
				}
			}
		}
	}
}

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"MAY", "may"}, {"Août", "aout"}, {"AOU\u0302T", "aout"}, {"MAYIS", "mayis"}, {"Mayıs", "mayis"}, {"ŞUBAT", "subat"},
		{"Nisan", "nisan"}, {"NİSAN", "nisan"}, {"październik", "pazdziernik"}, {"lőr", "lor"}, {"ΜΆΙΟΣ", "μαιοσ"}, {"Μάιος", "μαιοσ"},
		{"п’ятниця", "пятниця"}, {"ПʼЯТНИЦЯ", "пятниця"}, {"Thứ", "thư"}, {"ينُايَر", "ینایر"}, {"日曜日", "日曜日"}, {"목요일", "목요일"},
		{"Ｍａｙ", "may"}, {"Łukasz", "lukasz"}, {"søn", "son"},
	}
	for _, tt := range tests {
		if got := fold(tt.in); got != tt.want {
			t.Errorf("fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if again := fold(fold(tt.in)); again != fold(tt.in) {
			t.Errorf("fold(%q) changes when folded again: %q", tt.in, again)
		}
	}
}
