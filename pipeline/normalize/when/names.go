package when

import "strings"

// The names below follow the Unicode CLDR (wide and abbreviated, stand-alone
// and format forms) and what blogs and forums print besides. They are folded
// when the table is built, so case and accents do not matter.

// role says what a word may stand for besides a month or a weekday.
type role uint32

const (
	roleFiller      role = 1 << iota // may stand around a date and says nothing
	roleOf                           // joins day, month and year: "of", "de"
	roleAt                           // a time of day follows: "at", "um"
	roleAM                           // before noon
	rolePM                           // after noon
	roleNoon                         // about noon
	roleHour                         // stands after the hour or the time: "h", "Uhr", "時"
	roleMinute                       // stands after the minute
	roleSecond                       // stands after the second
	roleYear                         // stands at the year: "г", "年"
	roleDay                          // stands after the day: "日", "d"
	roleMonthBefore                  // makes the number after it a month: "tháng"
	roleMonthAfter                   // makes the number before it a month: "月"
	roleOrdinal                      // ending of an ordinal number: "th"
	roleZone                         // a zone with one meaning, see zones
	roleZoneVague                    // a zone with several meanings, so none
	roleDayFirst                     // of a language that writes the day first, and of no other
	roleLead                         // first word of a name of two words
)

// name is what a folded word may stand for.
type name struct {
	month    uint8 // 1 to 12, or 0
	dotted   uint8 // the month if the day has a dot ("30. listopada"), or 0: see twoMonths
	twofold  bool  // whether month and dotted differ
	weekdays uint8 // bit 0 is Sunday
	roles    role
	offset   int32 // of roleZone, in seconds east of UTC
	before   int32 // the year before the first one of an era, or 0
	iranian  uint8 // the month of the Iranian calendar, 1 to 12, or 0
	thai     bool  // a month of a language that counts years from the Buddha
}

// monthNames are twelve names a line; "|" divides spellings, "_" words.
var monthNames = [...]string{
	/* en */ "January|Jan February|Feb|Febr March|Mar April|Apr|Apl May June|Jun July|Jul August|Aug September|Sep|Sept October|Oct November|Nov December|Dec",
	/* de */ "Januar|Jan|Jänner|Jän Februar|Feb|Febr|Feber März|Mär|Maerz|Mrz|Mär April|Apr Mai Juni|Jun Juli|Jul August|Aug September|Sep|Sept Oktober|Okt November|Nov Dezember|Dez",
	/* fr */ "janvier|janv|jan février|févr|fév mars avril|avr mai juin juillet|juil|juill août septembre|sept octobre|oct novembre|nov décembre|déc",
	/* es */ "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|sept|sep|setiembre|set octubre|oct noviembre|nov diciembre|dic",
	/* it */ "gennaio|gen|genn febbraio|feb|febbr marzo|mar aprile|apr maggio|mag|magg giugno|giu luglio|lug agosto|ago settembre|set|sett ottobre|ott novembre|nov dicembre|dic",
	/* pt */ "janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez",
	/* nl */ "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep|sept oktober|okt november|nov december|dec",
	/* sv */ "januari|jan februari|feb mars april|apr maj juni juli augusti|aug september|sep oktober|okt november|nov december|dec",
	/* da */ "januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sep oktober|okt november|nov december|dec",
	/* no */ "januar|jan februar|feb mars|mar april|apr mai juni|jun juli|jul august|aug september|sep oktober|okt november|nov desember|des",
	/* fi */ "tammikuu|tammikuuta|tammikuun|tammi|tammik helmikuu|helmikuuta|helmikuun|helmi|helmik maaliskuu|maaliskuuta|maaliskuun|maalis|maalisk huhtikuu|huhtikuuta|huhtikuun|huhti|huhtik toukokuu|toukokuuta|toukokuun|touko|toukok kesäkuu|kesäkuuta|kesäkuun|kesä|kesäk heinäkuu|heinäkuuta|heinäkuun|heinä|heinäk elokuu|elokuuta|elokuun|elo|elok syyskuu|syyskuuta|syyskuun|syys|syysk lokakuu|lokakuuta|lokakuun|loka|lokak marraskuu|marraskuuta|marraskuun|marras|marrask joulukuu|joulukuuta|joulukuun|joulu|jouluk",
	/* pl */ "styczeń|stycznia|sty|stycz luty|lutego|lut marzec|marca|mar kwiecień|kwietnia|kwi|kwie maj|maja czerwiec|czerwca|cze|czerw lipiec|lipca sierpień|sierpnia|sie|sierp wrzesień|września|wrz|wrzes październik|października|paź|pazdz - grudzień|grudnia|gru|grudz",
	/* cs */ "leden|ledna|led únor|února|úno březen|března|bře duben|dubna|dub květen|května|kvě červen|června|čvn|čer červenec|července|čvc srpen|srpna září|zář říjen|října|říj listopadu prosinec|prosince",
	/* sk */ "január|januára|jan február|februára|feb marec|marca|mar apríl|apríla|apr máj|mája jún|júna júl|júla august|augusta|aug september|septembra|sep október|októbra|okt november|novembra|nov december|decembra|dec",
	/* hu */ "január|jan február|febr|feb március|márc|már április|ápr május|máj június|jún július|júl augusztus|aug szeptember|szept|szep október|okt november|nov december|dec",
	/* ro */ "ianuarie|ian februarie|feb|febr martie|mar aprilie|apr mai iunie|iun iulie|iul august|aug septembrie|sept|sep octombrie|oct noiembrie|nov|noi decembrie|dec",
	/* bg */ "януари|яну|ян февруари|фев|февр март|мар април|апр май юни|юн юли|юл август|авг септември|сеп|септ октомври|окт ноември|ное|ноем декември|дек",
	/* ru */ "январь|января|янв февраль|февраля|фев|февр март|марта|мар апрель|апреля|апр май|мая июнь|июня|июн июль|июля|июл август|августа|авг сентябрь|сентября|сен|сент октябрь|октября|окт ноябрь|ноября|ноя|нояб декабрь|декабря|дек",
	/* uk */ "січень|січня|січ лютий|лютого|лют березень|березня|бер|берез квітень|квітня|кві|квіт травень|травня|тра|трав червень|червня|чер|черв липень|липня|лип серпень|серпня|сер|серп вересень|вересня|вер|верес жовтень|жовтня|жов|жовт листопад|листопада|лис|лист грудень|грудня|гру|груд",
	/* be */ "студзень|студзеня|студ|сту люты|лютага сакавік|сакавіка|сак красавік|красавіка|крас|кра травень|траўня чэрвень|чэрвеня|чэрв|чэр ліпень|ліпеня|ліп жнівень|жніўня|жн|жні верасень|верасня кастрычнік|кастрычніка|кастр|кас лістапад|лістапада|ліс снежань|снежня|снеж|сне",
	/* el */ "Ιανουάριος|Ιανουαρίου|Ιαν|Γενάρης|Γενάρη Φεβρουάριος|Φεβρουαρίου|Φεβ|Φεβρ|Φλεβάρης|Φλεβάρη Μάρτιος|Μαρτίου|Μαρ|Μάρτης|Μάρτη Απρίλιος|Απριλίου|Απρ Μάιος|Μαΐου|Μάης|Μάη|Μάι Ιούνιος|Ιουνίου|Ιούν|Ιουν Ιούλιος|Ιουλίου|Ιούλ|Ιουλ Αύγουστος|Αυγούστου|Αύγ|Αυγ Σεπτέμβριος|Σεπτεμβρίου|Σεπ|Σεπτ Οκτώβριος|Οκτωβρίου|Οκτ Νοέμβριος|Νοεμβρίου|Νοέ|Νοεμ Δεκέμβριος|Δεκεμβρίου|Δεκ",
	/* tr */ "Ocak|Oca Şubat|Şub Mart|Mar Nisan|Nis Mayıs|May Haziran|Haz Temmuz|Tem Ağustos|Ağu Eylül|Eyl Ekim|Eki Kasım|Kas Aralık|Ara",
	/* hr */ "siječanj|siječnja|sij|siječ veljača|veljače|velj|vel ožujak|ožujka|ožu travanj|travnja|tra svibanj|svibnja|svi lipanj|lipnja srpanj|srpnja kolovoz|kolovoza|kol rujan|rujna|ruj - studeni|studenoga|studenog|stu prosinac|prosinca|pro",
	/* sl */ "januar|januarja|jan februar|februarja|feb marec|marca|mar april|aprila|apr maj|maja junij|junija|jun julij|julija|jul avgust|avgusta|avg september|septembra|sep oktober|oktobra|okt november|novembra|nov december|decembra|dec",
	/* sr */ "јануар|јануара|јан фебруар|фебруара|феб март|марта|мар април|априла|апр мај|маја јун|јуна|јуни јул|јула|јули август|августа|авг септембар|септембра|сеп|септ октобар|октобра|окт новембар|новембра|нов децембар|децембра|дец",
	/* sr-Latn, bs */ "januar|januara|jan februar|februara|feb mart|marta|mar april|aprila|apr maj|maja jun|juna|juni jul|jula|juli avgust|avgusta|august|avg septembar|septembra|sep|sept oktobar|oktobra|okt novembar|novembra|nov decembar|decembra|dec",
	/* mk */ "јануари|јан февруари|фев|февр март|мар април|апр мај јуни|јун јули|јул август|авг септември|сеп|септ октомври|окт ноември|ное|ноем декември|дек",
	/* lt */ "sausis|sausio|saus vasaris|vasario|vas kovas|kovo balandis|balandžio|bal gegužė|gegužės|geg birželis|birželio|birž|bir liepa|liepos|liep rugpjūtis|rugpjūčio|rugp rugsėjis|rugsėjo|rugs spalis|spalio|spal lapkritis|lapkričio|lapkr|lap gruodis|gruodžio|gruod",
	/* lv */ "janvāris|janvāra|janvārī|janv februāris|februāra|februārī|febr marts|marta|martā aprīlis|aprīļa|aprīlī|apr maijs|maija|maijā jūnijs|jūnija|jūnijā|jūn jūlijs|jūlija|jūlijā|jūl augusts|augusta|augustā|aug septembris|septembra|septembrī|sept oktobris|oktobra|oktobrī|okt novembris|novembra|novembrī|nov decembris|decembra|decembrī|dec",
	/* et */ "jaanuar|jaan veebruar|veebr|veeb märts aprill|apr mai juuni juuli august|aug september|sept oktoober|okt november|nov detsember|dets",
	/* ca */ "gener|gen febrer|febr|feb març abril|abr maig juny juliol|jul agost|ag setembre|set octubre|oct novembre|nov desembre|des",
	/* gl */ "xaneiro|xan febreiro|feb marzo|mar abril|abr maio xuño|xuñ xullo|xul agosto|ago setembro|set outubro|out novembro|nov decembro|dec",
	/* is */ "janúar|jan febrúar|feb mars apríl|apr maí júní|jún júlí|júl ágúst|ágú september|sept október|okt nóvember|nóv desember|des",
	/* id, ms */ "Januari|Jan Februari|Feb|Pebruari Maret|Mar|Mac April|Apr Mei Juni|Jun Juli|Jul|Julai Agustus|Agu|Agt|Ags|Ogos|Ogo September|Sep Oktober|Okt November|Nov|Nopember Desember|Des|Disember|Dis",
	/* vi, in words */ "tháng_giêng - - tháng_tư - - - - - - - tháng_chạp",
	/* ar */ "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
	/* ar, the Levant */ "كانون_الثاني شباط آذار|اذار نيسان أيار|ايار حزيران تموز آب أيلول|ايلول تشرين_الأول تشرين_الثاني كانون_الأول",
	/* ar, the Maghreb */ "جانفي فيفري - أفريل ماي جوان جويلية|يوليوز أوت|غشت شتنبر - نونبر دجنبر",
	/* fa */ "ژانویه|ژانویهٔ فوریه|فوریهٔ مارس آوریل مه|مهٔ ژوئن|ژوئن ژوئیه|ژوئیهٔ|جولای اوت|آگوست سپتامبر اکتبر نوامبر دسامبر",
	/* he */ "ינואר|ינו׳|ינו פברואר|פבר׳|פבר מרץ|מרס אפריל|אפר׳|אפר מאי יוני יולי אוגוסט|אוג׳|אוג ספטמבר|ספט׳|ספט אוקטובר|אוק׳|אוק נובמבר|נוב׳|נוב דצמבר|דצמ׳|דצמ",
	/* hi */ "जनवरी|जन॰|जन फ़रवरी|फरवरी|फ़र॰ मार्च अप्रैल मई जून जुलाई|जुल॰ अगस्त|अग॰ सितंबर|सितम्बर|सित॰ अक्टूबर|अक्तूबर|अक्टू॰ नवंबर|नवम्बर|नव॰ दिसंबर|दिसम्बर|दिस॰",
	/* th */ "มกราคม|ม.ค กุมภาพันธ์|ก.พ มีนาคม|มี.ค เมษายน|เม.ย พฤษภาคม|พ.ค มิถุนายน|มิ.ย กรกฎาคม|ก.ค สิงหาคม|ส.ค กันยายน|ก.ย ตุลาคม|ต.ค พฤศจิกายน|พ.ย ธันวาคม|ธ.ค",
}

// twoMonths are names that mean different months in two languages: first the
// month after a bare day, as Polish writes it, then that after a day with a
// dot, as Czech and Croatian do; 0 where that leaves two languages.
var twoMonths = [...]struct {
	name          string
	plain, dotted uint8
}{
	{"listopada", 11, 10}, // Polish November, Croatian October
	{"listopad", 11, 0},   // Polish and Czech November, Croatian October
	{"lis", 11, 0},        // likewise
	{"lip", 7, 6},         // Polish July, Croatian June
	{"srp", 0, 0},         // Czech August, Croatian July
}

// weekdayNames are seven names a line from Monday on, written likewise.
var weekdayNames = [...]string{
	/* en */ "Monday|Mon Tuesday|Tue|Tues Wednesday|Wed Thursday|Thu|Thur|Thurs Friday|Fri Saturday|Sat Sunday|Sun",
	/* de */ "Montag|Mo Dienstag|Di Mittwoch|Mi Donnerstag|Do Freitag|Fr Samstag|Sa|Sonnabend Sonntag|So",
	/* fr */ "lundi|lun mardi|mar mercredi|mer jeudi|jeu vendredi|ven samedi|sam dimanche|dim",
	/* es */ "lunes|lun martes|mar miércoles|mié jueves|jue viernes|vie sábado|sáb domingo|dom",
	/* it */ "lunedì|lun martedì|mar mercoledì|mer giovedì|gio venerdì|ven sabato|sab domenica|dom",
	/* pt */ "segunda|seg terça|ter quarta|qua quinta|qui sexta|sex sábado|sáb domingo|dom",
	/* nl */ "maandag|ma dinsdag|di woensdag|wo donderdag|do vrijdag|vr zaterdag|za zondag|zo",
	/* sv */ "måndag|mån|måndagen tisdag|tis|tisdagen onsdag|ons|onsdagen torsdag|tors|tor|torsdagen fredag|fre|fredagen lördag|lör|lördagen söndag|sön|söndagen",
	/* da, no */ "mandag|man tirsdag|tirs|tir onsdag|ons torsdag|tors|tor fredag|fre lørdag|lør søndag|søn",
	/* nn */ "måndag tysdag|tys onsdag torsdag fredag laurdag|lau sundag|søndag",
	/* fi */ "maanantai|ma|maanantaina tiistai|ti|tiistaina keskiviikko|ke|keskiviikkona torstai|to|torstaina perjantai|pe|perjantaina lauantai|la|lauantaina sunnuntai|su|sunnuntaina",
	/* pl */ "poniedziałek|pon|pn wtorek|wt środa|śr czwartek|czw piątek|pt sobota|sob niedziela|niedz|nd",
	/* cs */ "pondělí|po úterý|út středa|st čtvrtek|čt pátek|pá sobota|so neděle|ne",
	/* sk */ "pondelok|po utorok|ut streda|st štvrtok|št piatok|pi sobota|so nedeľa|ne",
	/* hu */ "hétfő kedd szerda|sze csütörtök|cs péntek szombat|szo vasárnap|vas",
	/* ro */ "luni|lun marți|mar miercuri|mie joi vineri|vin sâmbătă|sâm duminică|dum",
	/* bg */ "понеделник|пн вторник|вт сряда|ср четвъртък|чт петък|пт събота|сб неделя|нд",
	/* ru */ "понедельник|пн вторник|вт среда|ср четверг|чт пятница|пт суббота|сб воскресенье|вс",
	/* uk */ "понеділок|пн вівторок|вт середа|ср четвер|чт пʼятниця|пт субота|сб неділя|нд",
	/* be */ "панядзелак|пн аўторак|аў серада|ср чацвер|чц пятніца|пт субота|сб нядзеля|нд",
	/* el */ "Δευτέρα|Δευ|Δε Τρίτη|Τρί|Τρ Τετάρτη|Τετ|Τε Πέμπτη|Πέμ|Πε Παρασκευή|Παρ|Πα Σάββατο|Σάβ|Σα Κυριακή|Κυρ|Κυ",
	/* tr */ "Pazartesi|Pzt Salı|Sal Çarşamba|Çar Perşembe|Per Cuma|Cum Cumartesi|Cmt Pazar|Paz",
	/* hr, bs */ "ponedjeljak|pon utorak|uto srijeda|sri četvrtak|čet petak|pet subota|sub nedjelja|ned",
	/* sl */ "ponedeljek|pon torek|tor sreda|sre četrtek|čet petek|pet sobota|sob nedelja|ned",
	/* sr */ "понедељак|пон уторак|уто среда|сре четвртак|чет петак|пет субота|суб недеља|нед",
	/* sr-Latn */ "ponedeljak|pon utorak|uto sreda|sre četvrtak|čet petak|pet subota|sub nedelja|ned",
	/* mk */ "понеделник|пон вторник|вто среда|сре четврток|чет петок|пет сабота|саб недела|нед",
	/* lt */ "pirmadienis|pr antradienis|an trečiadienis|tr ketvirtadienis|kt penktadienis|pn šeštadienis|št sekmadienis|sk",
	/* lv */ "pirmdiena|pirmd otrdiena|otrd trešdiena|trešd ceturtdiena|ceturtd piektdiena|piektd sestdiena|sestd svētdiena|svētd",
	/* et */ "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev",
	/* ca */ "dilluns|dl dimarts|dt dimecres|dc dijous|dj divendres|dv dissabte|ds diumenge|dg",
	/* gl */ "luns|lun martes|mar mércores|mér xoves|xov venres|ven sábado|sáb domingo|dom",
	/* is */ "mánudagur|mán þriðjudagur|þri miðvikudagur|mið fimmtudagur|fim föstudagur|fös laugardagur|lau sunnudagur|sun",
	/* id, ms */ "Senin|Sen|Isnin Selasa|Sel Rabu|Rab Kamis|Kam|Khamis Jumat|Jum|Jum'at|Jumaat Sabtu|Sab Minggu|Min|Ahad",
	/* vi */ "Thứ_Hai Thứ_Ba Thứ_Tư Thứ_Năm Thứ_Sáu Thứ_Bảy Chủ_Nhật",
	/* ar */ "الاثنين|الإثنين الثلاثاء الأربعاء|الاربعاء الخميس الجمعة السبت الأحد",
	/* fa */ "دوشنبه سهشنبه|سه_شنبه چهارشنبه|چهار_شنبه پنجشنبه|پنجشنبه|پنج_شنبه جمعه شنبه یکشنبه|یکشنبه|یک_شنبه",
	/* he */ "שני|יום_שני שלישי|יום_שלישי רביעי|יום_רביעי חמישי|יום_חמישי שישי|יום_שישי שבת|יום_שבת ראשון|יום_ראשון",
	/* hi */ "सोमवार|सोम मंगलवार|मंगल बुधवार|बुध गुरुवार|गुरु|बृहस्पतिवार शुक्रवार|शुक्र शनिवार|शनि रविवार|रवि",
	/* th */ "วันจันทร์|จันทร์|วันจันทร์ที่ วันอังคาร|อังคาร|วันอังคารที่ วันพุธ|พุธ|วันพุธที่ วันพฤหัสบดี|พฤหัสบดี|วันพฤหัสบดีที่ วันศุกร์|ศุกร์|วันศุกร์ที่ วันเสาร์|เสาร์|วันเสาร์ที่ วันอาทิตย์|อาทิตย์|วันอาทิตย์ที่",
	/* ja */ "月曜日|月曜 火曜日|火曜 水曜日|水曜 木曜日|木曜 金曜日|金曜 土曜日|土曜 日曜日|日曜",
	/* zh */ "星期一|週一|周一|礼拜一|禮拜一 星期二|週二|周二|礼拜二|禮拜二 星期三|週三|周三|礼拜三|禮拜三 星期四|週四|周四|礼拜四|禮拜四 星期五|週五|周五|礼拜五|禮拜五 星期六|週六|周六|礼拜六|禮拜六 星期日|星期天|週日|周日|礼拜日|禮拜日|礼拜天|禮拜天",
	/* ko */ "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
}

// shortDays are Japanese and Korean weekdays that only stand in brackets.
var shortDays = [...]string{"月월", "火화", "水수", "木목", "金금", "土토", "日일"}

// roleWords are words by role.
var roleWords = [...]struct {
	roles role
	words string
}{
	{roleOf, "of de del di do d den der dne dnia"},
	{roleOf | roleFiller, "the le la el il lo al"},
	{roleAt, "at um à alle ore ora klo kello kl klokken kell om ob u v ve o godz godzina godzinie saat pukul jam lúc às as a a_las a_la a_les às_ok plkst в о об у ώρα στις בשעה الساعة ساعت เวลา"},
	{roleAt | roleFiller, "le"},
	{roleAM, "上午 午前 早上 早晨 凌晨 清晨 오전 ص صباحا öö sáng पूर्वाह्न قبلازظهر صبح πμ délelőtt dop priešpiet pg לפנה״צ am"},
	{rolePM, "下午 午後 午后 晚上 傍晚 오후 م مساء ös chiều tối अपराह्न بعدازظهر عصر μμ délután odp pop popiet ptg אחה״צ pm"},
	{roleDayFirst, "um uhr alle ore kl klo klokken kello kell godz saat pukul plkst vom dne об у в στις ώρα г ч час"},
	{roleNoon, "中午"},
	{roleHour, "uhr h hs hr hrs hod uur ч val sati óra órakor giờ 時 时 点 點 시 heures heure horas godz час часа часов น"},
	{roleMinute, "分 분 min mn m phút"},
	{roleSecond, "秒 초 sec sek s"},
	{roleYear, "年 년 г год года році року рік р r roku m god godine godina leta gada año any ano an năm م พ.ศ ค.ศ g"},
	{roleDay, "日 일 号 號 d dag gün"},
	{roleMonthBefore, "tháng thg"},
	{roleMonthAfter, "月 월"},
	{roleOrdinal, "st nd rd th er re e o a ª º è ème eme го й η ης ος"},
	{roleFiller, "on posted published publish updated update created date dated added written submitted edited modified last first originally in from"},
	{roleFiller, "am den vom geschrieben veröffentlicht aktualisiert erstellt datum stand verfasst gepostet"},
	{roleFiller, "publié posté écrit le mis à jour date du"},
	{roleFiller, "feira เมื่อ"},
	{roleFiller, "publicado escrito el fecha actualizado em data pubblicato scritto il postato inviato"},
	{roleFiller, "op geplaatst gepubliceerd den skrevet publicerad publisert postat julkaistu dodano opublikowano dnia data vloženo publikováno objavljeno közzétéve"},
	{roleFiller, "publicat pe опубликовано добавлено дата публикувано опубліковано yayınlandı tarih tarihi tarihinde ngày vào diposting pada tanggal"},
	{roleFiller, "في تاريخ نشر بتاريخ בתאריך פורסם תאריך ב दिनांक प्रकाशित बजे"},
	{roleFiller, "发表于 發表於 发布于 發佈於 發布於 发布 發布 时间 時間 日期 公開日 投稿日 更新日 投稿日時 更新 作成日 등록일 작성일 등록 작성"},
}

// zones are the names of zones with one meaning in common use, those of RFC
// 5322 section 4.3 among them, with their hours east of UTC times 4. CST (also
// China and Cuba), BST (also Bangladesh), IST (India, Ireland, Israel), AST,
// GST and MSK (which moved twice) have several.
var zones = [...]struct {
	quarters int32
	names    string
}{
	{0, "utc gmt z wet"},
	{-5 * 4, "est cdt"}, {-4 * 4, "edt"}, {-6 * 4, "mdt"}, {-7 * 4, "mst pdt"}, {-8 * 4, "pst akdt"}, {-9 * 4, "akst"}, {-10 * 4, "hst"},
	{1 * 4, "cet mez west"}, {2 * 4, "cest mesz eet sast"}, {3 * 4, "eest"},
	{5 * 4, "pkt"}, {7 * 4, "wib"}, {8 * 4, "wita awst hkt sgt"}, {9 * 4, "jst kst wit"},
	{9*4 + 2, "acst"}, {10*4 + 2, "acdt"}, {10 * 4, "aest"}, {11 * 4, "aedt"}, {12 * 4, "nzst"}, {13 * 4, "nzdt"},
}

// vagueZones are names of zones that tell no offset.
const vagueZones = "cst bst ist ast adt gst msk et ct mt pt trt brt art"

// names holds all words by their folded form.
var names = buildNames()

// commonWords are names of months that are other words as well, so that a year
// beside them makes no date unless they start with a capital: "2 years ago, 2019
// was", "they may 2000 times".
var commonWords = map[string]bool{
	"may": true, "pro": true, "tra": true, "mar": true, "march": true, "ago": true, "set": true, "out": true, "sept": true,
	"ara": true, "kas": true, "elo": true, "bal": true, "vas": true, "kol": true, "gen": true, "mag": true,
	"dic": true, "des": true, "dis": true, "lug": true, "sie": true, "lut": true, "mac": true, "ag": true, "juna": true,
}

// eras are the signs of years that are not counted from the birth of Christ,
// with the year before their first one.
var eras = map[string]int{"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}

// solarHijri are the months of the Iranian calendar from March on.
const solarHijri = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"

// longestHan is the longest name of a script without blanks, in runes.
const longestHan = 4

func buildNames() map[string]*name {
	table := make(map[string]*name, 2048)
	entry := func(folded string) *name {
		if table[folded] == nil {
			table[folded] = new(name)
		}
		return table[folded]
	}
	change := func(word string, with func(*name)) {
		word = strings.ReplaceAll(word, "_", " ")
		if first, _, two := strings.Cut(word, " "); two {
			entry(fold(first)).roles |= roleLead
		}
		with(entry(fold(word)))
	}
	for i, line := range monthNames {
		for m, spellings := range strings.Fields(line) {
			for _, word := range strings.Split(spellings, "|") {
				if word == "-" {
					continue
				}
				change(word, func(n *name) {
					n.month, n.dotted = uint8(m+1), uint8(m+1)
					n.thai = i == len(monthNames)-1
				})
			}
		}
	}
	for m, word := range strings.Fields(solarHijri) {
		change(word, func(n *name) { n.iranian = uint8(m + 1) })
	}
	for word := range eras {
		change(word, func(n *name) { n.before = int32(eras[word]) })
	}
	for _, t := range twoMonths {
		change(t.name, func(n *name) { n.month, n.dotted, n.twofold = t.plain, t.dotted, true })
	}
	for _, line := range weekdayNames {
		for d, spellings := range strings.Fields(line) {
			for _, word := range strings.Split(spellings, "|") {
				change(word, func(n *name) { n.weekdays |= 1 << ((d + 1) % 7) })
			}
		}
	}
	for _, r := range roleWords {
		for _, word := range strings.Fields(r.words) {
			change(word, func(n *name) { n.roles |= r.roles })
		}
	}
	for _, z := range zones {
		for _, word := range strings.Fields(z.names) {
			change(word, func(n *name) { n.roles |= roleZone; n.offset = z.quarters * 900 })
		}
	}
	for _, word := range strings.Fields(vagueZones) {
		change(word, func(n *name) { n.roles |= roleZoneVague })
	}
	return table
}
