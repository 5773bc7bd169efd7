package language

import (
	"slices"
	"sync"
	"testing"
)

// sentences are short news and remarks in the languages that Detect knows,
// invented for this test.
var sentences = []struct{ lang, text string }{
	{"af", "Die polisie het gister drie mans in die dorp gearresteer nadat hulle 'n winkel beroof het."},
	{"ar", "أعلنت البلدية اليوم عن افتتاح مكتبة جديدة في وسط المدينة بعد أشهر من الأعمال."},
	{"be", "Гарадскі савет учора вырашыў, што новы мост праз раку будзе адкрыты ўжо ўвосень."},
	{"bg", "Общинският съвет реши вчера, че новият мост над реката ще бъде открит през есента."},
	{"bn", "শহরের নতুন গ্রন্থাগার আগামী মাসে খুলবে বলে জানা গেছে।"},
	{"ca", "L'ajuntament va decidir ahir que el nou pont sobre el riu s'obrirà a la tardor."},
	{"cs", "Městská rada včera rozhodla, že se nový most přes řeku otevře už na podzim."},
	{"cy", "Penderfynodd y cyngor ddoe y bydd y bont newydd dros yr afon yn agor yn yr hydref."},
	{"da", "Byrådet besluttede i går, at den nye bro over åen skal åbne allerede til efteråret."},
	{"de", "Der Stadtrat hat gestern beschlossen, dass die neue Brücke schon im Herbst öffnet."},
	{"el", "Το δημοτικό συμβούλιο αποφάσισε χθες ότι η νέα γέφυρα θα ανοίξει το φθινόπωρο."},
	{"en", "The town council decided yesterday that the new bridge over the river will open in autumn."},
	{"eo", "La urba konsilio hieraŭ decidis, ke la nova ponto trans la rivero malfermiĝos en aŭtuno."},
	{"es", "El ayuntamiento decidió ayer que el nuevo puente sobre el río se abrirá en otoño."},
	{"et", "Linnavolikogu otsustas eile, et uus sild üle jõe avatakse juba sügisel."},
	{"eu", "Udalak atzo erabaki zuen ibaiaren gaineko zubi berria udazkenean irekiko dela."},
	{"fa", "شورای شهر دیروز تصمیم گرفت که پل تازه روی رودخانه در پاییز باز شود."},
	{"fi", "Kaupunginvaltuusto päätti eilen, että uusi silta joen yli avataan jo syksyllä."},
	{"fr", "Le conseil municipal a décidé hier que le nouveau pont sur la rivière ouvrira à l'automne."},
	{"ga", "Shocraigh an chomhairle inné go n-osclófar an droichead nua thar an abhainn san fhómhar."},
	{"he", "מועצת העיר החליטה אתמול שהגשר החדש מעל הנהר ייפתח כבר בסתיו."},
	{"hi", "नगर परिषद ने कल फैसला किया कि नदी पर बना नया पुल इस साल खोल दिया जाएगा।"},
	{"hr", "Gradsko vijeće odlučilo je prošlog tjedna da će se novi most otvoriti u listopadu, priopćio je gradonačelnik."},
	{"hu", "A városi tanács tegnap úgy döntött, hogy az új híd már ősszel megnyílik a folyó felett."},
	{"hy", "Քաղաքային խորհուրդը երեկ որոշեց, որ նոր կամուրջը կբացվի աշնանը։"},
	{"id", "Pemerintah kota kemarin memutuskan bahwa jembatan baru di atas sungai akan dibuka karena warga sudah lama menunggu."},
	{"is", "Bæjarstjórnin ákvað í gær að nýja brúin yfir ána verði opnuð strax í haust."},
	{"it", "Il consiglio comunale ha deciso ieri che il nuovo ponte sul fiume aprirà in autunno."},
	{"ja", "市議会は昨日、川にかかる新しい橋を秋に開通させることを決めた。"},
	{"ka", "საკრებულომ გუშინ გადაწყვიტა, რომ მდინარეზე ახალი ხიდი შემოდგომაზე გაიხსნება."},
	{"kk", "Қала кеңесі кеше өзен үстіндегі жаңа көпір күзде ашылады деп шешті."},
	{"ko", "시의회는 어제 강을 건너는 새 다리를 가을에 개통하기로 결정했다."},
	{"lt", "Miesto taryba vakar nusprendė, kad naujas tiltas per upę bus atidarytas jau rudenį."},
	{"lv", "Pilsētas dome vakar nolēma, ka jaunais tilts pār upi tiks atklāts jau rudenī."},
	{"mk", "Градскиот совет вчера одлучи дека новиот мост преку реката ќе се отвори наесен."},
	{"mn", "Хотын зөвлөл өчигдөр гол дээрх шинэ гүүрийг намар нээхээр шийдвэрлэсэн байна."},
	{"mr", "नगर परिषदेने काल निर्णय घेतला की नदीवरील नवीन पूल यावर्षी सुरू होणार आहे."},
	{"ms", "Majlis bandaran semalam memutuskan bahawa jambatan baharu itu akan dibuka kerana penduduk sudah lama menunggu."},
	{"nb", "Kommunestyret bestemte i går at den nye broen over elven skal åpnes allerede til høsten."},
	{"nl", "De gemeenteraad heeft gisteren besloten dat de nieuwe brug over de rivier in de herfst opengaat."},
	{"nn", "Kommunestyret avgjorde i går at den nye brua over elva skal opnast allereie til hausten, seier ho."},
	{"pa", "ਸ਼ਹਿਰ ਦੀ ਕੌਂਸਲ ਨੇ ਕੱਲ੍ਹ ਨਵਾਂ ਪੁਲ ਖੋਲ੍ਹਣ ਦਾ ਫੈਸਲਾ ਕੀਤਾ।"},
	{"pl", "Rada miasta zdecydowała wczoraj, że nowy most nad rzeką zostanie otwarty już jesienią."},
	{"pt", "A câmara municipal decidiu ontem que a nova ponte sobre o rio vai abrir no outono."},
	{"ro", "Consiliul local a hotărât ieri că podul nou peste râu se va deschide încă din toamnă."},
	{"ru", "Городской совет вчера решил, что новый мост через реку откроют уже осенью."},
	{"sk", "Mestská rada včera rozhodla, že sa nový most cez rieku otvorí už na jeseň."},
	{"sl", "Mestni svet je včeraj odločil, da bodo novi most čez reko odprli že jeseni."},
	{"sq", "Këshilli bashkiak vendosi dje që ura e re mbi lumë do të hapet në vjeshtë."},
	{"sr", "Градско веће је јуче одлучило да ће се нови мост преко реке отворити на јесен."},
	{"sr", "Gradsko veće je juče odlučilo da će se novi most preko reke otvoriti već u oktobru, kaže predsednik opštine."},
	{"sv", "Kommunfullmäktige beslutade i går att den nya bron över ån ska öppnas redan i höst."},
	{"sw", "Baraza la mji liliamua jana kwamba daraja jipya juu ya mto litafunguliwa mwaka huu."},
	{"ta", "புதிய பாலம் இலையுதிர் காலத்தில் திறக்கப்படும் என்று நகராட்சி அறிவித்தது."},
	{"te", "కొత్త వంతెనను శరదృతువులో తెరుస్తామని పురపాలక సంఘం ప్రకటించింది."},
	{"th", "สภาเทศบาลมีมติเมื่อวานนี้ให้เปิดสะพานใหม่ในฤดูใบไม้ร่วง"},
	{"tl", "Nagpasya kahapon ang konseho ng bayan na bubuksan na ngayong taon ang bagong tulay sa ilog."},
	{"tr", "Belediye meclisi dün nehrin üzerindeki yeni köprünün sonbaharda açılmasına karar verdi."},
	{"uk", "Міська рада вчора вирішила, що новий міст через річку відкриють уже восени."},
	{"ur", "شہر کی کونسل نے کل فیصلہ کیا کہ دریا پر نیا پل خزاں میں کھولا جائے گا۔"},
	{"vi", "Hôm qua hội đồng thành phố đã quyết định mở cây cầu mới qua sông vào mùa thu."},
	{"zh", "市议会昨天决定，河上的新桥将在秋天通车。"},
	{"de", "Das glaube ich erst, wenn ich es selber sehe."},
	{"de", "So ein Unsinn, hast du den Artikel überhaupt gelesen?"},
	{"de", "Danke, genau das wollte ich auch schreiben"},
	{"en", "I will believe that when I see it."},
	{"en", "What nonsense, did you even read the article?"},
	{"en", "Thanks, that is just what I wanted to say"},
	{"fr", "Je n'y croirai que quand je le verrai."},
	{"fr", "N'importe quoi, avez-vous seulement lu l'article ?"},
	{"fr", "Merci, c'est ce que je voulais dire"},
	{"es", "No lo creeré hasta que lo vea."},
	{"es", "Qué tontería, ¿has leído siquiera el artículo?"},
	{"es", "Gracias, justo lo que quería decir"},
}

func TestDetect(t *testing.T) {
	for _, s := range sentences {
		lang, score, ok := Detect(s.text, nil)
		if lang != s.lang || !ok || score < minScore || score > 1000 {
			t.Errorf("Detect(%q) = %q, %d, %v; want %q", s.text, lang, score, ok, s.lang)
		}
	}
}

func TestDetectKnowsNothing(t *testing.T) {
	for _, text := range []string{
		"", " \n", "12.05.2021, 14:30", "😀👍🏽🎉", "?!", "a", "x2 y3 z4", "🇩🇪 100 %", "\xff\xfe\xfd",
		"https://www.news.example/politik/der-neue-haushalt-der-stadt?ref=start",
		"www.news.example/the-new-bridge-over-the-river", "@anna @bert_77", "leser@zeitung.example",
		"zeitung.example.com/artikel/die-neue-bruecke 😀 http://b.example/was-ist-das-denn", "好", "가",
	} {
		if lang, score, ok := Detect(text, nil); lang != "" || score != 0 || ok {
			t.Errorf("Detect(%q) = %q, %d, %v; want nothing", text, lang, score, ok)
		}
	}
}

func TestDetectMixed(t *testing.T) {
	for _, c := range []struct{ want, text string }{
		{"de", "Der Artikel unter https://www.news.example/the-new-bridge-will-open-in-the-autumn ist leider falsch"},
		{"de", "@the_old_bridge_fan Da haben Sie völlig recht, das sehe ich genauso!"},
		{"ru", "Смотрите новый ролик на YouTube, там всё очень хорошо объяснили"},
		{"ja", "新しいiPhoneを買いました。とても便利です。"},
		{"zh", "我昨天买了新的iPhone，非常好用。"},
		{"el", "Διάβασα το άρθρο στο Facebook και δεν συμφωνώ καθόλου"},
		{"en", "The Greek word λόγος has many meanings in the old texts"},
		{"de", "ＤＥＲ ＮＥＵＥ ＨＡＵＳＨＡＬＴ ＤＥＲ ＳＴＡＤＴ"},
		{"de", "Das ist schön, und es wird wieder Frühling!"}, // umlauts as letter and mark
	} {
		if lang, score, ok := Detect(c.text, nil); lang != c.want || !ok {
			t.Errorf("Detect(%q) = %q, %d, %v; want %q", c.text, lang, score, ok, c.want)
		}
	}
	half := "The new bridge will open in autumn. Новый мост через реку откроют осенью."
	_, whole, _ := Detect("The new bridge will open in autumn.", nil)
	if _, score, ok := Detect(half, nil); ok && score >= whole {
		t.Errorf("half of the text in another script: score %d, not below %d", score, whole)
	}
}

func TestDetectAllowed(t *testing.T) {
	const (
		danish     = "Det er en dejlig dag i dag, synes jeg."
		norwegian  = "Kommunestyret bestemte i går at den nye broen over elven skal åpnes allerede til høsten."
		nynorsk    = "Kommunestyret avgjorde i går at den nye brua over elva skal opnast allereie til hausten, seier ho."
		croatian   = "Gradsko vijeće odlučilo je prošlog tjedna da će se novi most otvoriti u listopadu, priopćio je gradonačelnik."
		cyrillic   = "Градско веће је јуче одлучило да ће се нови мост преко реке отворити на јесен."
		filipino   = "Nagpasya kahapon ang konseho ng bayan na bubuksan na ngayong taon ang bagong tulay sa ilog."
		chinese    = "市议会昨天决定，河上的新桥将在秋天通车。"
		japanese   = "東京都知事選挙"
		english    = "The town council decided yesterday that the new bridge over the river will open in autumn."
		ambivalent = "Der er en bil i det hus"
	)
	for _, c := range []struct {
		text    string
		allowed []string
		want    string
	}{
		{danish, []string{"da", "en"}, "da"},
		{ambivalent, []string{"da"}, "da"},
		{norwegian, []string{"no"}, "no"},
		{nynorsk, []string{"no", "en"}, "no"},
		{norwegian, []string{"nb", "no"}, "nb"},
		{norwegian, []string{"nb-NO"}, "nb"},
		{norwegian, []string{"nob", "nno"}, "nb"},
		{croatian, []string{"sh"}, "sh"},
		{croatian, []string{"hr", "en"}, "hr"},
		{cyrillic, []string{"sh"}, "sh"},
		{cyrillic, []string{"sr-Latn"}, "sr"},
		{filipino, []string{"fil"}, "fil"},
		{chinese, []string{"zh-Hans"}, "zh"},
		{japanese, []string{"ja", "en"}, "ja"},
		{japanese, []string{"en"}, ""},
		{english, []string{"en_GB"}, "en"},
		{english, []string{"de", "fr"}, ""},
		{english, []string{"ru"}, ""},
		{english, []string{"el"}, ""},
		{cyrillic, []string{"en"}, ""},
		{english, []string{"not a tag"}, ""},
	} {
		lang, score, ok := Detect(c.text, c.allowed)
		if lang != c.want || ok != (c.want != "") || !ok && score != 0 {
			t.Errorf("Detect(%q, %q) = %q, %d, %v; want %q", c.text, c.allowed, lang, score, ok, c.want)
		}
	}
}

// The order and repetition of the languages allowed must not matter.
func TestDetectAllowedOrder(t *testing.T) {
	allowed := []string{"de", "en", "fr", "es", "nl", "no", "nb", "pl"}
	for _, s := range sentences {
		lang, score, ok := Detect(s.text, allowed)
		turned := slices.Concat(allowed, allowed)
		slices.Reverse(turned)
		lang2, score2, ok2 := Detect(s.text, turned)
		if lang != lang2 || score != score2 || ok != ok2 {
			t.Errorf("Detect(%q): %q, %d, %v; with the order turned %q, %d, %v", s.text, lang, score, ok, lang2, score2, ok2)
		}
	}
}

func TestDetectAlwaysTheSame(t *testing.T) {
	type answer struct {
		lang  string
		score int32
		ok    bool
	}
	texts := []string{"Der er en bil", "de la", "Das ist nicht wahr", "se na sa", "е и на да", "در این", "是的"}
	for _, s := range sentences {
		texts = append(texts, s.text)
	}
	var first []answer
	for _, text := range texts {
		lang, score, ok := Detect(text, nil)
		first = append(first, answer{lang, score, ok})
	}
	const workers, runs = 8, 25 // 200 runs
	var wait sync.WaitGroup
	for worker := range workers {
		wait.Go(func() {
			for run := range runs {
				for k := range texts {
					i := (k + worker + run) % len(texts)
					lang, score, ok := Detect(texts[i], nil)
					if got := (answer{lang, score, ok}); got != first[i] {
						t.Errorf("Detect(%q) = %v, first %v", texts[i], got, first[i])
						return
					}
				}
			}
		})
	}
	wait.Wait()
}

func TestModels(t *testing.T) {
	models := Models()
	if !slices.IsSorted(models) || len(slices.Compact(slices.Clone(models))) != len(models) {
		t.Errorf("Models is not sorted or has repetitions: %q", models)
	}
	for _, s := range sentences {
		if !slices.Contains(models, s.lang) {
			t.Errorf("Models lacks %q", s.lang)
		}
	}
	for _, code := range models {
		if got := Code(code); got != code {
			t.Errorf("Code(%q) = %q: a source that declares it would not get it back", code, got)
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, s := range sentences {
		f.Add(s.text, s.lang)
	}
	f.Add("https://a.example/x@y www.@@..", "no")
	f.Add("\xf0\x28\x8c\x28a\u0301\u0640\u00ad", "zz-")
	f.Fuzz(func(t *testing.T, text, tag string) {
		known := Models()
		for _, w := range wider {
			known = append(known, w.code)
		}
		for _, allowed := range [][]string{nil, {tag}, {tag, "de", "no"}} {
			lang, score, ok := Detect(text, allowed)
			if ok && (score < minScore || score > 1000 || !slices.Contains(known, lang)) || !ok && (lang != "" || score != 0) {
				t.Fatalf("Detect(%q, %q) = %q, %d, %v", text, allowed, lang, score, ok)
			}
			if ok && allowed != nil && !slices.ContainsFunc(allowed, func(tag string) bool { return Code(tag) == lang }) {
				t.Fatalf("Detect(%q, %q) = %q, which is not allowed", text, allowed, lang)
			}
		}
	})
}
