package when

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The texts of one date, 30 May 2019, and where a time is shown 10:12 or 17:06,
// in each language as its pages write it.
func TestTextByLanguage(t *testing.T) {
	const (
		day     = "2019-05-30"
		morning = "2019-05-30T10:12"
		evening = "2019-05-30T17:06"
	)
	tests := []struct{ lang, text, want string }{
		{"en", "May 30, 2019", day},
		{"en", "May 30, 2019 at 10:12 am", morning},
		{"en", "Thursday, 30th of May, 2019, 5:06 P.M.", evening},
		{"en", "Posted on: Thu 30 May 2019 @ 5:06pm", evening},
		{"en", "[Last updated 30-May-2019 5:06 p. m.]", evening},
		{"en", "10:12am on May 30th 2019", morning},
		{"en", "5:06p, Thu, May 30 '19", evening},
		{"de", "30. Mai 2019", day},
		{"de", "Veröffentlicht am Donnerstag, den 30. Mai 2019 um 10.12 Uhr", morning},
		{"de", "Do, 30.05.2019 - 17:06 Uhr", evening},
		{"de", "geschrieben um 10:12 am 30. Mai 2019", morning},
		{"fr", "30 mai 2019", day},
		{"fr", "Le jeudi 30 mai 2019 à 17 h 06", evening},
		{"fr", "Publié le 30 mai 2019 à 10h12min", morning},
		{"es", "30 de mayo de 2019", day},
		{"es", "jueves, 30 de mayo del 2019 a las 5:06 p. m.", evening},
		{"es", "30/may/2019 10:12 h", morning},
		{"it", "30 maggio 2019", day},
		{"it", "giovedì 30 maggio 2019 alle ore 17.06", evening},
		{"pt", "30 de maio de 2019", day},
		{"pt", "Quinta-feira, 30 de Maio de 2019 às 17h06", evening},
		{"nl", "30 mei 2019", day},
		{"nl", "Geplaatst op donderdag 30 mei 2019 om 10:12 uur", morning},
		{"sv", "torsdag den 30 maj 2019 kl. 10.12", morning},
		{"sv", "2019-05-30 kl. 17:06", evening},
		{"da", "30. maj 2019 kl. 17.06", evening},
		{"da", "tors. d. 30. maj 2019", day},
		{"no", "torsdag 30. mai 2019 klokken 10.12", morning},
		{"nn", "tysdag 30. mai 2019", day},
		{"fi", "torstaina 30. toukokuuta 2019 klo 10.12", morning},
		{"fi", "30.5.2019 klo 17.06", evening},
		{"pl", "30 maja 2019 r.", day},
		{"pl", "czwartek, 30 maja 2019, godz. 17:06", evening},
		{"cs", "čtvrtek 30. května 2019 v 10:12 hod.", morning},
		{"cs", "30. 5. 2019 17:06", evening},
		{"sk", "štvrtok 30. mája 2019 o 10:12", morning},
		{"hu", "2019. május 30., csütörtök 10:12", morning},
		{"hu", "2019.05.30. 17:06", evening},
		{"hu", "2019. május 30. du. 5:06", evening},
		{"ro", "joi, 30 mai 2019, ora 10:12", morning},
		{"bg", "четвъртък, 30 май 2019 г., 10:12 ч.", morning},
		{"bg", "30.5.2019 г., 5:06 сл.об.", evening},
		{"ru", "Опубликовано 30 мая 2019 г. в 10:12", morning},
		{"ru", "30-го мая 2019 года, 17:06", evening},
		{"uk", "четвер, 30 травня 2019 р. о 10:12", morning},
		{"uk", "п’ятниця, 30 травня 2019 року", day},
		{"be", "30 мая 2019 г.", day},
		{"el", "Πέμπτη, 30 Μαΐου 2019 στις 10:12 π.μ.", morning},
		{"el", "30 ΜΑΪΟΥ 2019, 5:06 μ.μ.", evening},
		{"tr", "30 Mayıs 2019 Perşembe, saat 17:06", evening},
		{"tr", "30 MAYIS 2019 ÖS 5:06", evening},
		{"hr", "četvrtak, 30. svibnja 2019. u 10:12 sati", morning},
		{"sl", "četrtek, 30. maj 2019 ob 17:06", evening},
		{"sr", "четвртак, 30. мај 2019. у 10:12", morning},
		{"sr", "30. maj 2019. u 17:06", evening},
		{"mk", "30 мај 2019", day},
		{"lt", "2019 m. gegužės 30 d., ketvirtadienis, 10:12", morning},
		{"lv", "2019. gada 30. maijs, plkst. 10:12", morning},
		{"et", "30. mai 2019 kell 17.06", evening},
		{"ca", "dijous, 30 de maig de 2019 a les 17:06", evening},
		{"gl", "30 de maio de 2019", day},
		{"is", "30. maí 2019", day},
		{"id", "Kamis, 30 Mei 2019 pukul 17.06", evening},
		{"ms", "30 Mei 2019, 5:06 PTG", evening},
		{"vi", "Thứ Năm, ngày 30 tháng 5 năm 2019 lúc 17:06", evening},
		{"vi", "30 Tháng Năm, 2019 10:12 SA", ""}, // "năm" is a year as well: not read
		{"vi", "Thứ năm, 30/5/2019, 10:12", morning},
		{"ja", "2019年5月30日", day},
		{"ja", "公開日：2019年05月30日（木） 17時06分", evening},
		{"ja", "2019年5月30日 木曜日 午後5:06", evening},
		{"ja", "令和元年5月30日", day},
		{"ja", "5月 30, 2019", day},
		{"zh", "2019年5月30日 星期四 下午5:06", evening},
		{"zh", "发布于 2019年5月30日上午10时12分", morning},
		{"zh", "發表於 2019/5/30 下午 05:06", evening},
		{"zh", "民國108年5月30日", day},
		{"ko", "2019년 5월 30일 목요일 오후 5:06", evening},
		{"ko", "2019년 5월 30일 10시 12분", morning},
		{"ko", "등록 2019. 5. 30. 오후 5:06", evening},
		{"ko", "작성일 2019.05.30 10:12", morning},
		{"ar", "الخميس، ٣٠ مايو ٢٠١٩، ٥:٠٦ م", evening},
		{"ar", "30 أيار 2019", day},
		{"ar", "نشر في 30 مايو 2019 الساعة 10:12 صباحًا", morning},
		{"fa", "۳۰ مه ۲۰۱۹", day},
		{"fa", "پنجشنبه ۹ خرداد ۱۳۹۸", day},
		{"fa", "۱۳۹۸/۰۳/۰۹ ساعت ۱۷:۰۶", evening},
		{"he", "יום חמישי, 30 במאי 2019 בשעה 17:06", evening},
		{"he", "30 במאי 2019, 10:12 לפנה״צ", morning},
		{"hi", "गुरुवार, ३० मई २०१९, १०:१२", morning},
		{"hi", "30 मई 2019 अपराह्न 5:06 बजे", evening},
		{"th", "30 พฤษภาคม 2562", day},
		{"th", "วันพฤหัสบดีที่ 30 พ.ค. 2562 เวลา 10:12 น.", morning},
	}
	for _, tt := range tests {
		got, ok := Text(tt.text, OrderUnknown)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: Text(%q) = %q, %t, want %q", tt.lang, tt.text, got, ok, tt.want)
		}
	}
}

func TestTextForms(t *testing.T) {
	tests := []struct{ text, want string }{
		// Standards and what programs print.
		{"Thu, 03 Mar 2011 05:06:07 GMT", "2011-03-03T05:06:07Z"},
		{"Thu, 03 Mar 2011 05:06:07 -0500 (EST)", "2011-03-03T05:06:07-05:00"},
		{"Thursday, 03-Mar-11 05:06:07 GMT", "2011-03-03T05:06:07Z"},
		{"Thu Mar  3 05:06:07 2011", "2011-03-03T05:06:07"},
		{"Thu Mar 03 05:06:07 +0000 2011", "2011-03-03T05:06:07Z"},
		{"Thu Mar  3 05:06:07 EST 2011", "2011-03-03T05:06:07-05:00"},
		{"Thu Mar 03 2011 05:06:07 GMT+0100 (Central European Time)", "2011-03-03T05:06:07+01:00"},
		{"03/Mar/2011:05:06:07 +0200", "2011-03-03T05:06:07+02:00"},
		{"2011-03-03 05:06:07 UTC", "2011-03-03T05:06:07Z"},
		{"2011-03-03 05:06:07.123456+00:00", "2011-03-03T05:06:07Z"},
		{"2011-03-03T050607Z", "2011-03-03T05:06:07Z"},
		{"20110303T050607Z", "2011-03-03T05:06:07Z"},
		{"20110303", "2011-03-03"},
		{"20110303050607", "2011-03-03T05:06:07"},
		{"2011/03/03 05:06", "2011-03-03T05:06"},
		{"2011.03.03", "2011-03-03"},
		// Less than a day.
		{"2011", "2011"},
		{"2011-03", "2011-03"},
		{"03/2011", "2011-03"},
		{"March 2011", "2011-03"},
		{"mars 2011", "2011-03"},
		{"2011年3月", "2011-03"},
		{"2011/12", "2011"}, // or two years
		{"2011/03", "2011-03"},
		// Two digits.
		{"14.03.12", "2012-03-14"},
		{"3/14/69", "2069-03-14"},
		{"3/14/70", "1970-03-14"},
		{"99-03-14", "1999-03-14"},
		{"3 Mar 11", "2011-03-03"},
		{"March 3, ’11", "2011-03-03"},
		// Halves of the day.
		{"May 30, 2019 12:00 am", "2019-05-30T00:00"},
		{"May 30, 2019 12:30 PM", "2019-05-30T12:30"},
		{"May 30, 2019 0:30 pm", "2019-05-30T12:30"},
		{"May 30, 2019 17:06 PM", "2019-05-30T17:06"},
		{"May 30, 2019 5 pm", "2019-05-30T17"},
		{"2019年5月30日 中午12:10", "2019-05-30T12:10"},
		{"um 12:30 am 30. Mai 2019", "2019-05-30T12:30"},
		{"30. Mai 2019 17 Uhr", "2019-05-30T17"},
		{"30 mai 2019 à 17 h", "2019-05-30T17"},
		// Zones.
		{"May 30, 2019 5:06 PM EDT", "2019-05-30T17:06-04:00"},
		{"30. Mai 2019, 17:06 Uhr (MESZ)", "2019-05-30T17:06+02:00"},
		{"May 30, 2019 5:06 PM (GMT+2)", "2019-05-30T17:06+02:00"},
		{"May 30, 2019 5:06 PM UTC-03:30", "2019-05-30T17:06-03:30"},
		{"May 30, 2019 5:06 PM CST", "2019-05-30T17:06"}, // of America or China
		{"May 30, 2019 5:06 PM IST", "2019-05-30T17:06"},
		{"May 30, 2019 5:06 PM ET", "2019-05-30T17:06"},
		{"30 Mei 2019 17.06 WIB", "2019-05-30T17:06+07:00"},
		{"2019-05-30 17:06 −0500", "2019-05-30T17:06-05:00"},
		// Names of two months.
		{"30 listopada 2019", "2019-11-30"},
		{"30. listopada 2019.", "2019-10-30"},
		{"31 listopada 2019", "2019-10-31"},
		{"listopad 2019", "2019"},
		{"3. srp 2019 15:12", "2019"},
		// A weekday that looks like a month.
		{"mar. 28 mai 2019", "2019-05-28"},
		{"mar 28 mar 2019", "2019-03-28"},
		// Scripts, widths, invisible marks.
		{"２０１９／０５／３０", "2019-05-30"},
		{"\u200e30\u200e/\u200e5\u200e/\u200e2019", "2019-05-30"},
		{"30\u00a0мая\u00a02019", "2019-05-30"},
		{"30 juin 2019", "2019-06-30"},
		{"1er AOÛT 2019", "2019-08-01"},
		{"1 aou\u0302t 2019", "2019-08-01"},
		{"1 aout 2019", "2019-08-01"},
		{"30 d’abril de 2019", "2019-04-30"},
		{"May 30,\n\t\t\t\t2019", "2019-05-30"},
		// Other calendars.
		{"۲۹ اسفند ۱۳۹۹", "2021-03-19"},
		{"۳۰ اسفند ۱۳۹۹", "2021-03-20"},
		{"۱ فروردین ۱۴۰۰", "2021-03-21"},
		{"۲۲ بهمن ۱۳۵۷", "1979-02-11"},
		{"平成31年4月30日", "2019-04-30"},
		{"昭和64年1月7日", "1989-01-07"},
	}
	for _, tt := range tests {
		if got, ok := Text(tt.text, OrderUnknown); got != tt.want || !ok {
			t.Errorf("Text(%q) = %q, %t, want %q", tt.text, got, ok, tt.want)
		}
	}
}

func TestTextIsNoDate(t *testing.T) {
	for _, text := range []string{
		"", " ", "x", "30", "May", "May 30", "30. Mai", "5. 30.", "10:12", "10:12 pm",
		// Relative times.
		"3 years ago", "2 ago", "yesterday", "yesterday at 10:12", "Today at 2:47 PM", "last May", "a year ago",
		"vor 2 Stunden", "gestern um 10:12", "il y a 3 ans", "hace 2 días", "3 anni fa", "há 2 anos", "2 jaar geleden",
		"för 3 år sedan", "2 lata temu", "před 2 lety", "2 года назад", "3年前", "2時間前", "2天前", "3个月前", "3년 전",
		"2019年前", "منذ 3 سنوات", "लगभग 2 साल पहले", "Monday at 7:38 AM", "in 2 days", "just now", "2 d", "5m", "3 mo",
		"May 30, 2019 (3 years ago)",
		// Days that do not exist.
		"30 February 2019", "29 February 2019", "31.04.2019", "2019-02-30", "0999-05-30", "32 May 2019", "0 May 2019",
		"13/13/2019", "۳۰ اسفند ۱۴۰۰", "2019-13", "13/2019",
		// Times that do not exist.
		"May 30, 2019 25:00", "May 30, 2019 10:60", "2019-05-30T24:00",
		// More than a date.
		"May 30, 2019 by Ann", "30.05.2019 Reply", "May 30, 2019 - June 2, 2019", "2018–2019", "10.12.2019 12.12.2019",
		"2019 comments", "1,234", "12.30 Uhr", "10.12.30 Uhr", "v1.2.2019", "2019-063", "2011-W09-5", "#2019", "$2019",
		"10.12.20.11", "555-12-2019", "1398/03/09", "1440/09/25",
		// Words of dates without one.
		"on the of at", "Thursday", "Januar", "年月日",
		strings.Repeat("May 30, 2019 ", 200),
		strings.Repeat(" ", 2000) + "x 2019",
	} {
		if got, ok := Text(text, OrderUnknown); ok || got != "" {
			t.Errorf("Text(%.60q) = %q, want no date", text, got)
		}
	}
}

func TestTextOrder(t *testing.T) {
	tests := []struct {
		text                             string
		unknown, day, month, yearOrdered string
	}{
		{"03/04/2011", "2011", "2011-04-03", "2011-03-04", "2011"},
		{"03/04/2011 10:12", "2011", "2011-04-03T10:12", "2011-03-04T10:12", "2011"},
		{"10:12 03/04/2011", "2011", "2011-04-03T10:12", "2011-03-04T10:12", "2011"},
		{"3.4.2011", "2011", "2011-04-03", "2011-03-04", "2011"},
		{"03-03-2011", "2011-03-03", "2011-03-03", "2011-03-03", "2011-03-03"},
		{"14/03/2011", "2011-03-14", "2011-03-14", "2011-03-14", "2011-03-14"},
		{"03/14/2011", "2011-03-14", "2011-03-14", "2011-03-14", "2011-03-14"},
		{"31/04/2011", "", "", "", ""},
		{"03/04/11", "", "2011-04-03", "2011-03-04", "2003-04-11"},
		{"03/03/11", "2011-03-03", "2011-03-03", "2011-03-03", "2003-03-11"},
		{"14.03.12", "2012-03-14", "2012-03-14", "2012-03-14", "2014-03-12"},
		{"2011/03/04", "2011-03-04", "2011-03-04", "2011-03-04", "2011-03-04"},
		// The weekday tells: 3 April 2011 was a Sunday, 4 March 2011 a Friday.
		{"Sunday, 03/04/2011", "2011-04-03", "2011-04-03", "2011-03-04", "2011-04-03"},
		{"03/04/2011 (Fri)", "2011-03-04", "2011-04-03", "2011-03-04", "2011-03-04"},
		{"Monday, 03/04/2011", "2011", "2011-04-03", "2011-03-04", "2011"},
		// So do the words of a language, whatever the page declares.
		{"05.11.2014 um 14:25 Uhr", "2014-11-05T14:25", "2014-11-05T14:25", "2014-11-05T14:25", "2014"},
		{"03/04/2011 12:00 a.m.", "2011", "2011-04-03T00:00", "2011-03-04T00:00", "2011"},
		{"14/3-2012", "2012-03-14", "2012-03-14", "2012-03-14", "2012-03-14"},
		{"4/3-2012", "2012-03-04", "2012-03-04", "2012-03-04", "2012-03-04"},
	}
	for _, tt := range tests {
		for order, want := range map[Order]string{OrderUnknown: tt.unknown, DayFirst: tt.day, MonthFirst: tt.month, YearFirst: tt.yearOrdered} {
			if got, ok := Text(tt.text, order); got != want || ok != (want != "") {
				t.Errorf("Text(%q, %d) = %q, %t, want %q", tt.text, order, got, ok, want)
			}
		}
	}
}

// drawFields draws any time that ISO 8601 and this package can state.
func drawFields(t *rapid.T) fields {
	f := fields{month: 1, day: 1}
	f.precision = rapid.IntRange(1, 6).Draw(t, "precision")
	f.year = rapid.IntRange(1000, 9999).Draw(t, "year")
	if f.precision > 1 {
		f.month = rapid.IntRange(1, 12).Draw(t, "month")
	}
	if f.precision > 2 {
		f.day = rapid.IntRange(1, daysIn(f.year, f.month)).Draw(t, "day")
	}
	if f.precision > 3 {
		f.hour = rapid.IntRange(0, 23).Draw(t, "hour")
		if f.zoned = rapid.Bool().Draw(t, "zoned"); f.zoned {
			f.offset = 60 * rapid.IntRange(-14*60-59, 14*60+59).Draw(t, "offset")
		}
	}
	if f.precision > 4 {
		f.minute = rapid.IntRange(0, 59).Draw(t, "minute")
	}
	if f.precision > 5 {
		f.second = rapid.IntRange(0, 59).Draw(t, "second")
	}
	return f
}

func TestTextReadsISO(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFields(t)
		order := Order(rapid.IntRange(int(OrderUnknown), int(YearFirst)).Draw(t, "order"))
		if got, ok := Text(f.iso(), order); got != f.iso() || !ok {
			t.Fatalf("Text(%q) = %q, %t", f.iso(), got, ok)
		}
	})
}

// layouts are forms of dates in the way of package time, with the layout of
// what they state.
var layouts = []struct {
	order       Order
	form, exact string
}{
	{OrderUnknown, time.RFC1123, "2006-01-02T15:04:05Z"},
	{OrderUnknown, time.RFC1123Z, "2006-01-02T15:04:05Z07:00"},
	{OrderUnknown, time.RFC3339, "2006-01-02T15:04:05Z07:00"},
	{OrderUnknown, time.RFC850, "2006-01-02T15:04:05Z"},
	{OrderUnknown, time.ANSIC, "2006-01-02T15:04:05"},
	{OrderUnknown, time.RubyDate, "2006-01-02T15:04:05Z07:00"},
	{OrderUnknown, time.DateTime, "2006-01-02T15:04:05"},
	{OrderUnknown, "January 2, 2006 at 3:04 pm", "2006-01-02T15:04"},
	{OrderUnknown, "Monday, 2 January 2006", "2006-01-02"},
	{OrderUnknown, "3:04:05 PM, Mon 2-Jan-2006", "2006-01-02T15:04:05"},
	{OrderUnknown, "2006-Jan-02 15:04", "2006-01-02T15:04"},
	{OrderUnknown, "2006年1月2日 15時04分", "2006-01-02T15:04"},
	{OrderUnknown, "2006/1/2 15:04", "2006-01-02T15:04"},
	{OrderUnknown, "2006. 1. 2. 15:04", "2006-01-02T15:04"},
	{OrderUnknown, "20060102", "2006-01-02"},
	{OrderUnknown, "January 2006", "2006-01"},
	{DayFirst, "2/1/2006 15:04", "2006-01-02T15:04"},
	{DayFirst, "02.01.06, 15:04:05", "2006-01-02T15:04:05"},
	{DayFirst, "2. 1. 2006 15.04", "2006-01-02T15:04"},
	{DayFirst, "02-01-2006", "2006-01-02"},
	{MonthFirst, "1/2/2006 3:04 PM", "2006-01-02T15:04"},
	{MonthFirst, "01-02-06 3:04 a.m.", "2006-01-02T15:04"},
	{YearFirst, "06. 1. 2. 15:04", "2006-01-02T15:04"},
}

// drawTime draws a time that two digits of a year can state.
func drawTime(t *rapid.T) time.Time {
	seconds := rapid.Int64Range(0, time.Date(2069, 12, 31, 23, 59, 59, 0, time.UTC).Unix()).Draw(t, "seconds")
	return time.Unix(seconds, 0).UTC()
}

func TestTextReadsLayouts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := drawTime(t)
		l := rapid.SampledFrom(layouts).Draw(t, "layout")
		if strings.Contains(l.exact, "07:00") {
			at = at.In(time.FixedZone("", 900*rapid.IntRange(-48, 56).Draw(t, "quarters")))
		}
		text, want := at.Format(l.form), at.Format(l.exact)
		if strings.Contains(l.form, "a.m.") {
			text = strings.Replace(at.Format("01-02-06 3:04 PM"), "PM", "p.m.", 1)
			text = strings.Replace(text, "AM", "a.m.", 1)
		}
		if got, ok := Text(text, l.order); got != want || !ok {
			t.Fatalf("Text(%q, %d) = %q, %t, want %q", text, l.order, got, ok, want)
		}
	})
}

// Whatever the page declares, a text that states another day is never read.
func TestTextNeverMovesADay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := drawTime(t)
		sep := rapid.SampledFrom([]string{"/", ".", "-"}).Draw(t, "separator")
		text := at.Format("2" + sep + "1" + sep + "2006")
		got, ok := Text(text, OrderUnknown)
		if want := at.Format("2006-01-02"); !ok || got != want && got != want[:4] {
			t.Fatalf("Text(%q) = %q, %t, want %q or its year", text, got, ok, want)
		}
	})
}

func ExampleText() {
	for _, text := range []string{"le 3 février 2012 à 14 h 05", "03/04/2011", "3 years ago"} {
		iso, ok := Text(text, OrderUnknown)
		fmt.Printf("%q %t\n", iso, ok)
	}
	// Output:
	// "2012-02-03T14:05" true
	// "2011" true
	// "" false
}
