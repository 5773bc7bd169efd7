package when

import (
	"strings"
	"time"
	"unicode"
)

// longestAgo bounds a text that may be a relative time, in bytes.
const longestAgo = 48

// Ago reads a relative time, as pages show it in place of a date ("3 hours ago",
// "vor 2 Tagen", "3小时前", "5d"), seen at the instant now (ISO 8601 with an
// offset; may be empty). ok tells whether s is one, and nothing else. iso is what
// is certain of the time, in UTC: programs cut and round, so that it may be a unit
// more or less, and only what both ends agree in is given; often that is nothing.
func Ago(s, now string) (iso string, ok bool) {
	n, unit, ok := relative(s)
	if !ok || now == "" {
		return "", ok
	}
	at, err := time.Parse(time.RFC3339, now)
	if err != nil {
		return "", true
	}
	at = at.UTC()
	var from, to time.Time
	switch unit {
	case 'y':
		from, to = at.AddDate(-n-1, 0, 0), at.AddDate(-n+1, 0, 0)
	case 'M':
		from, to = at.AddDate(0, -n-1, 0), at.AddDate(0, -n+1, 0)
	case 'w':
		from, to = at.AddDate(0, 0, -7*(n+1)), at.AddDate(0, 0, -7*(n-1))
	case 'd':
		from, to = at.AddDate(0, 0, -n-1), at.AddDate(0, 0, -n+1)
	default:
		step := map[byte]time.Duration{'h': time.Hour, 'm': time.Minute, 's': time.Minute}[unit]
		from, to = at.Add(-time.Duration(n+1)*step), at.Add(-time.Duration(n-1)*step)
	}
	if to.After(at) {
		to = at
	}
	if from.Year() < 1000 || to.Year() > 9999 {
		return "", true
	}
	const layout = "2006-01-02T15"
	a, b := from.Format(layout), to.Format(layout)
	for _, length := range []int{len("2006-01-02T15"), len("2006-01-02"), len("2006-01"), len("2006")} {
		if a[:length] == b[:length] {
			if length > len("2006-01-02") {
				return a[:length] + "Z", true
			}
			return a[:length], true
		}
	}
	return "", true
}

// agoUnits are words for units of time, by the unit: s, m, h, d, w, M and y.
// Those of one or two letters count alone, without a word such as "ago".
var agoUnits = func() map[string]byte {
	units := map[string]byte{}
	for unit, words := range map[byte]string{
		's': `second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondo secondi seconden sekund sekundy sekunder секунд секунду секунды saniye 秒 秒钟 초 ثانية ثوان שניות`,
		'm': `minute minutes min mins minuten minuto minutos minuti minuut minuutje minuta minuty minut minuter minutter минут минуту минуты dakika 分 分钟 分鐘 분 دقيقة دقائق דקות דקה phút menit`,
		'h': `hour hours hr hrs stunde stunden std heure heures hora horas ora ore uur uren godzina godziny godzin timme timmar time timer час часа часов saat 时 小时 小時 時間 시간 ساعة ساعات שעות שעה giờ jam`,
		'd': `day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen dagar dage dager dzień dni день дня дней gün 天 日 일 يوم أيام ימים יום ngày hari päivää`,
		'w': `week weeks wk wks woche wochen semaine semaines semana semanas settimana settimane weken tydzień tygodnie tygodni vecka veckor uge uger uke uker неделю недели недель hafta 周 週間 주 أسبوع أسابيع שבועות שבוע tuần minggu viikkoa`,
		'M': `month months mo mos monat monate monaten mois mes meses mese mesi mês maand maanden miesiąc miesiące miesięcy månad månader måned måneder месяц месяца месяцев ay 个月 個月 か月 ヶ月 개월 شهر أشهر חודשים חודש tháng bulan kuukautta`,
		'y': `year years yr yrs jahr jahre jahren an ans année années año años anno anni ano anos jaar jaren rok lata lat år год года лет yıl 年 년 سنة سنوات שנים שנה năm tahun vuotta`,
	} {
		for word := range strings.FieldsSeq(words) {
			units[word] = unit
		}
	}
	return units
}()

// agoShort are the units that stand behind a number alone.
var agoShort = map[string]byte{"s": 's', "m": 'm', "min": 'm', "h": 'h', "hr": 'h', "d": 'd', "w": 'w', "mo": 'M', "y": 'y', "yr": 'y'}

// agoMarks say that a span of time is counted back from now; agoOnes stand for 1
// and agoDays for a day.
var (
	agoMarks = words(`ago vor hace fa há atrás geleden temu назад sedan siden sitten önce trước lalu 前 전 قبل منذ לפני`)
	agoOnes  = words(`a an one ein eine einem einer un une una uno um uma een één`)
	agoFill  = words(`about over almost etwa circa ca über fast environ about. ca. depuis tempo yli`)
	agoDays  = map[string]int{"yesterday": 1, "gestern": 1, "hier": 1, "ayer": 1, "ieri": 1, "ontem": 1, "gisteren": 1, "wczoraj": 1, "вчера": 1, "igår": 1, "dün": 1, "昨天": 1, "昨日": 1, "어제": 1, "أمس": 1, "אתמול": 1,
		"today": 0, "heute": 0, "aujourd'hui": 0, "hoy": 0, "oggi": 0, "hoje": 0, "vandaag": 0, "dzisiaj": 0, "сегодня": 0, "idag": 0, "bugün": 0, "今天": 0, "今日": 0, "오늘": 0, "اليوم": 0, "היום": 0}
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// relative is the number and the unit of a relative time.
func relative(s string) (n int, unit byte, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > longestAgo {
		return 0, 0, false
	}
	n = -1
	marked, word := false, ""
	s = strings.ToLower(s)
	if rest, french := strings.CutPrefix(s, "il y a "); french {
		s = "ago " + rest
	}
	fields := split(s)
	for _, f := range fields {
		switch {
		case f[0] >= '0' && f[0] <= '9':
			if n >= 0 || len(f) > 3 {
				return 0, 0, false
			}
			n = 0
			for i := 0; i < len(f); i++ {
				if f[i] < '0' || f[i] > '9' {
					return 0, 0, false
				}
				n = 10*n + int(f[i]-'0')
			}
		case agoMarks[f]:
			marked = true
		case agoOnes[f]:
			if n >= 0 {
				return 0, 0, false
			}
			n = 1
		case agoFill[f]:
		default:
			if word != "" {
				return 0, 0, false
			}
			word = f
		}
	}
	if days, known := agoDays[word]; known && len(fields) == 1 {
		return days, 'd', true
	}
	if u, known := agoUnits[word]; known && marked {
		return max(n, 1), u, n >= 0 || len(fields) == 2
	}
	if word == "" && marked && len(fields) == 2 { // "3前" has no unit
		return 0, 0, false
	}
	u, known := agoShort[word]
	return n, u, known && n >= 0 && (marked || len(fields) == 2)
}

// split parts a text into numbers and words; marks of scripts without spaces
// (前, 전) end a word.
func split(s string) []string {
	var out []string
	from, kind := 0, 0 // kind 1: digits, 2: letters
	flush := func(to int) {
		if kind != 0 && to > from {
			f := s[from:to]
			for _, mark := range []string{"前", "전"} {
				if rest, ok := strings.CutSuffix(f, mark); ok && rest != "" {
					out = append(out, rest)
					f = mark
				}
			}
			out = append(out, f)
		}
		kind = 0
	}
	for i, r := range s {
		k := 0
		switch {
		case r >= '0' && r <= '9':
			k = 1
		case unicode.IsLetter(r) || unicode.IsMark(r) || r == '\'':
			k = 2
		}
		if k != kind {
			flush(i)
			from, kind = i, k
		}
	}
	flush(len(s))
	return out
}
