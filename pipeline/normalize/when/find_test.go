package when

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFind(t *testing.T) {
	tests := []struct{ in, iso, text string }{
		{"Ann says: May 30, 2019 at 10:12 am Reply", "2019-05-30T10:12", "May 30, 2019 at 10:12 am"},
		{"AnnMay 30, 2019 at 10:12 amReply", "2019-05-30T10:12", "May 30, 2019 at 10:12 am"},
		{"Ann30. Mai 2019 um 10:12 Uhr", "2019-05-30T10:12", "30. Mai 2019 um 10:12 Uhr"},
		{"Ann03. Mai 2019", "2019-05-03", "03. Mai 2019"},
		{"Ann12. Mai 2019 um 10:12 Uhr", "2019-05", "12. Mai 2019 um 10:12 Uhr"}, // or Ann1
		{"Ann112. Mai 2019", "", ""},
		{"Ann5.6.2019", "", ""},
		{"by Ann, on Thursday, the 30th of May 2019, with photos", "2019-05-30", "Thursday, the 30th of May 2019"},
		{"Zuletzt geändert am 30.05.2019 um 17:06 Uhr von Anna", "2019-05-30T17:06", "30.05.2019 um 17:06 Uhr"},
		{"Datum:30.5.2019.", "2019-05-30", "30.5.2019"},
		{"公開日2012年3月4日更新", "2012-03-04", "2012年3月4日"},
		{"(2019-05-30T10:12:13+02:00)", "2019-05-30T10:12:13+02:00", "2019-05-30T10:12:13+02:00"},
		{"May 30, 2019 10:00-11:00 in the hall", "2019-05-30T10:00", "May 30, 2019 10:00"},
		{"10:12 am on May 30, 2019", "2019-05-30T10:12", "10:12 am on May 30, 2019"},
		{"In room 5, may 2000 people sit? On June 1, 2019 they did", "2019-06-01", "June 1, 2019"},
		{"3 years ago, 2019 was far; it was 2 May 2016", "2016-05-02", "2 May 2016"},
		{"on May 3, 20 people came, on May 4, 2019, 30", "2019-05-04", "May 4, 2019"},
		{"since May 2019", "2019-05", "May 2019"},
		{"since 30 February 2019", "", ""},
		{`Comment by Bo — 17.07, 2011 @ 13:04`, "2011-07-17T13:04", `17.07, 2011 @ 13:04`},
		{`Published 21\. Juli 2017`, "2017-07-21", `21\. Juli 2017`},
		{"version 1.2.2019.7 of 14.03.2019", "2019-03-14", "14.03.2019"},
		{"host 10.12.20.11, then 24.12.20", "2020-12-24", "24.12.20"},
		{"see /2011/03/04/slug or 2011-03-04-report.pdf", "", ""},
		{"03/04/2011 was it", "2011", "03/04/2011"},
		{"Sun 03/04/2011 was it", "2011-04-03", "Sun 03/04/2011"},
		{"call 555-12-2019 or 12-03-45", "", ""},
		{"May 30, 2019: news", "2019-05-30", "May 30, 2019"},
		{"the year 2019, 2018–2019, 2011-12, 1,234", "", ""},
		{"May 2019's best", "2019-05", "May 2019"},
		{"no digit at all", "", ""},
		{"", "", ""},
		{strings.Repeat("a ", 5000) + "30. Mai 2019", "2019-05-30", "30. Mai 2019"},
		{strings.Repeat("7 ", 5000) + "x 30. Mai 2019", "2019-05-30", "30. Mai 2019"},
		{strings.Repeat("あ", 5000) + "2012年3月4日", "2012-03-04", "2012年3月4日"},
		{"May" + strings.Repeat(" ", 200) + "30, 2019", "", ""}, // out of sight
	}
	for _, tt := range tests {
		iso, start, end, ok := Find(tt.in, OrderUnknown)
		if iso != tt.iso || ok != (tt.iso != "") || tt.in[start:end] != tt.text {
			t.Errorf("Find(%.80q) = %q, %q, %t, want %q, %q", tt.in, iso, tt.in[start:end], ok, tt.iso, tt.text)
		}
	}
}

// A date text is found in the middle of other words, and Text reads what Find
// found as the same.
func TestFindReadsWhatTextReads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(layouts).Draw(t, "layout")
		at := drawTime(t)
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"Ann", "says", "–", "may", "7", "(", "и", "2,5", "日", "über", "\n", "100%"}), 0, 40)
		before := strings.Join(words.Draw(t, "before"), " ") + " x "
		in := before + at.Format(l.form) + " x " + strings.Join(words.Draw(t, "after"), " ")
		iso, start, end, ok := Find(in, l.order)
		if !ok {
			if l.form == "20060102" || l.order != OrderUnknown {
				return // Find asks for more
			}
			t.Fatalf("Find(%q) finds nothing", in)
		}
		if again, ok := Text(in[start:end], l.order); again != iso || !ok {
			t.Fatalf("Find(%q) = %q, but Text(%q) = %q, %t", in, iso, in[start:end], again, ok)
		}
	})
}

// However long the text and whatever it is made of, a short window of it is kept.
func TestFindKeepsLittle(t *testing.T) {
	for _, piece := range []string{"7 ", "May ", "1.", "May 7 ", "2019-", "12:", "年", "Thu ", "a1", "٣"} {
		s := strings.Repeat(piece, 100000)
		p := parser{s: s}
		if _, _, _, ok := p.find(); ok {
			t.Errorf("a date is found in %q", piece)
		}
		if cap(p.toks) > 4096 {
			t.Errorf("%q: %d tokens are kept", piece, cap(p.toks))
		}
	}
}
