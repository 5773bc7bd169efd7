package when

import (
	"testing"
	"time"
	"unicode/utf8"
)

var seeds = []string{
	"", "2019", "2019-05-30T10:12:13+02:00", "May 30, 2019 at 10:12 am", "30. Mai 2019, 10:12 Uhr", "le 3 février 2012 à 14 h 05",
	"2012年3月4日(日) 下午3:04", "Thu, 03 Mar 2011 05:06:07 GMT", "03/04/11", "14/3-2012", "٣٠ مايو ٢٠١٩، ١٠:١٢ ص", "۱۳۹۸/۰۳/۰۹",
	"令和元年5月30日", "30 พ.ค. 2562", "30. listopada 2019. u 10:12", "Thu Mar 03 05:06:07 +0000 2011", "3 years ago", "99-03-14",
	"20110303050607", "04/Mar/2011:05:06:07 +0200", "\xff\xfe2019\xd9", "May 30, 2019 5:06 PM (GMT+2)", "30-го мая 2019", "2011/12",
	"10:12 pm, 1 Jan 9999", "AnnMay 30, 2019 at 5:06 pmReply", "99999999999999999999/1/1", "п'", "ב", "thứ năm 1 tháng 2 2019",
}

func FuzzText(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, i%4)
	}
	f.Fuzz(func(t *testing.T, s string, order int) {
		iso, ok := Text(s, Order(order))
		if !ok {
			if iso != "" {
				t.Fatalf("Text(%q) = %q, false", s, iso)
			}
			return
		}
		got, err := Resolve(iso, nil)
		if err != nil {
			t.Fatalf("Text(%q) = %q, which Resolve refuses: %v", s, iso, err)
		}
		if len(iso) < len(got.Local) || iso[:len(got.Local)] != got.Local {
			t.Fatalf("Text(%q) = %q, which Resolve cuts to %q", s, iso, got.Local)
		}
		if again, ok := Text(iso, Order(order)); again != iso || !ok {
			t.Fatalf("Text(%q) = %q, but Text of that = %q, %t", s, iso, again, ok)
		}
	})
}

func FuzzFind(f *testing.F) {
	for i, s := range seeds {
		f.Add("7 May x "+s+" y 2", i%4)
		f.Add(s, i%4)
	}
	f.Fuzz(func(t *testing.T, s string, order int) {
		iso, start, end, ok := Find(s, Order(order))
		if !ok {
			if iso != "" || start != 0 || end != 0 {
				t.Fatalf("Find(%q) = %q, %d, %d, false", s, iso, start, end)
			}
			return
		}
		if start < 0 || start >= end || end > len(s) || end-start > longestDate {
			t.Fatalf("Find(%q) = %q at %d to %d", s, iso, start, end)
		}
		if utf8.ValidString(s) && !utf8.ValidString(s[start:end]) {
			t.Fatalf("Find(%q) cuts a rune: %q", s, s[start:end])
		}
		if _, err := Resolve(iso, nil); err != nil {
			t.Fatalf("Find(%q) = %q, which Resolve refuses: %v", s, iso, err)
		}
		if len(iso) < len("2006-01") && iso != "" {
			if _, ok := Text(s[start:end], Order(order)); !ok {
				t.Fatalf("Find(%q) = %q from %q, which Text refuses", s, iso, s[start:end])
			}
		}
	})
}

func FuzzResolve(f *testing.F) {
	for _, s := range append(seeds, "2019-03-31T02:30", "2016-12-31T23:59:60Z", "1000-01-01T00+14:59", "9999-12-31T23:59:59.9-14") {
		f.Add(s)
	}
	berlin := zone(f, "Europe/Berlin")
	f.Fuzz(func(t *testing.T, s string) {
		for _, z := range []*time.Location{nil, berlin} {
			got, err := Resolve(s, z)
			if err != nil {
				continue
			}
			if got.Precision == "" || len(got.Local) < 4 || got.Local < "1000" {
				t.Fatalf("Resolve(%q) = %+v", s, got)
			}
			again, err := Resolve(got.Local, nil)
			if err != nil || again.Local != got.Local || again.Precision != got.Precision || again.WallUS != got.WallUS || again.At != nil {
				t.Fatalf("Resolve(%q) = %+v, but its local time is read as %+v, %v", s, got, again, err)
			}
			if got.At != nil && (*got.At-got.WallUS > 15*3600e6 || got.WallUS-*got.At > 15*3600e6) {
				t.Fatalf("Resolve(%q) is at %d, far from its clock %d", s, *got.At, got.WallUS)
			}
		}
	})
}
