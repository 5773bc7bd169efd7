package when

import "testing"

func TestLearn(t *testing.T) {
	tests := []struct {
		lang    string
		want    Order
		samples []string
	}{
		// The dates of the page outweigh what it declares.
		{"en-US", DayFirst, []string{"03/04/2011", "14/03/2011 10:12"}},
		{"de", MonthFirst, []string{"03/04/2011", "Posted 3/14/2011"}},
		{"", DayFirst, []string{"14.03.12"}},
		{"", MonthFirst, []string{"10:12 PM 3-14-11"}},
		{"", DayFirst, []string{"Sunday, 03/04/2011"}}, // 3 April 2011
		{"", MonthFirst, []string{"03/04/2011 (Fri)"}},
		{"", DayFirst, []string{"05.11.2014 um 14:25 Uhr"}},
		{"en-US", OrderUnknown, []string{"14/03/2011", "3/14/2011"}},
		// Nothing to learn from.
		{"", OrderUnknown, nil},
		{"", OrderUnknown, []string{"03/04/2011", "3/3/2011", "2011/14/03", "2011-03-14", "14 March 2011", "31/31/2011", "10.12.20.11", ""}},
		{"ko", YearFirst, []string{"14. 3. 12.", "13.04.12"}},
		{"ko", DayFirst, []string{"14.03.2012"}},
		// The declared language.
		{"en-US", MonthFirst, nil},
		{"EN_us", MonthFirst, nil},
		{"en-Latn-US", MonthFirst, nil},
		{"es-PH", MonthFirst, nil},
		{"fil", MonthFirst, nil},
		{"en-GB", DayFirst, nil},
		{"en-AU", DayFirst, nil},
		{"en-001", DayFirst, nil},
		{"en", OrderUnknown, nil},
		{"en-x-US", OrderUnknown, nil},
		{"en-CA", OrderUnknown, nil},
		{"fr-CA", DayFirst, nil},
		{"es-US", DayFirst, nil},
		{"de", DayFirst, nil},
		{"pt-BR", DayFirst, nil},
		{"ar", DayFirst, nil},
		{"ja", YearFirst, nil},
		{"zh-Hant-TW", YearFirst, nil},
		{"hu-HU", YearFirst, nil},
		{"und", OrderUnknown, nil},
		{"x-klingon", OrderUnknown, nil},
		{"english", OrderUnknown, nil},
		{"-", OrderUnknown, nil},
	}
	for _, tt := range tests {
		if got := Learn(tt.samples, tt.lang); got != tt.want {
			t.Errorf("Learn(%q, %q) = %d, want %d", tt.samples, tt.lang, got, tt.want)
		}
	}
}

// The order of the samples themselves does not matter.
func TestLearnInAnyOrder(t *testing.T) {
	a, b := []string{"03/04/2011", "14/03/2011", "x"}, []string{"x", "14/03/2011", "03/04/2011"}
	if Learn(a, "en-US") != Learn(b, "en-US") {
		t.Error("Learn depends on the order of the samples")
	}
}
