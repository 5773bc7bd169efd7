package main

import (
	"strings"

	"corpus/pipeline/normalize/language/ngram"
)

// frequent are words that are common in a language, above all those in which it
// differs from its nearest relatives; written down for this program. Every
// fifth word that the training draws in these languages is one of them. In
// Devanagari all are, for the tables leave out vowel signs and so hold no words.
var frequent = map[string]string{
	"hi": `है हैं था थे थी थीं हो होता होती होते हुआ हुई हुए होने होगा होगी होंगे गया गई गए गयी जाता जाती जाते जाना जाने करना
		करने करता करती करते किया किए की के का को में से पर ने तक और या एक यह ये वह वे इस उस इन उन इसे उसे उन्हें इन्हें इसके
		उसके इसकी उसकी उनके उनकी इनके अपने अपनी अपना नहीं न मत भी ही तो कि जो जिस जिसे जिसमें जिनके जब तब अब कब क्या क्यों
		कैसे कहाँ यहाँ वहाँ कोई कुछ सब सभी बहुत लिए साथ बाद पहले बीच ऊपर नीचे अंदर बाहर द्वारा तरह बारे बात बातें कहा कहते
		बताया रहा रहे रही रहता दिया दी दिए दे देना देने लेना लेने लिया मैं मैंने मुझे मेरा मेरी मेरे हम हमें हमारे हमारी तुम
		आप आपको आपके लोग लोगों लोगो वाले वाली वाला वालों दिन दिनों साल सालों महीने समय सरकार सरकारी देश देशों शहर गाँव बच्चे
		बच्चों महिला महिलाओं पुरुष घर घरों पानी काम कार्य बड़ा बड़ी बड़े छोटा छोटे नया नई नए अच्छा अच्छी अच्छे सकता सकते
		सकती चाहिए चाहता चाहते प्रत्येक व्यक्ति अधिकार अधिकारों शिक्षा स्वतंत्रता रूप रूपों किसी किन्तु लेकिन परन्तु अगर यदि
		फिर आज कल दो तीन चार पाँच प्रति अनुसार विरुद्ध समाज राष्ट्र सड़क बिजली पुलिस मंत्री मुख्यमंत्री प्रधानमंत्री चुनाव
		ख़बर खबर लड़का लड़की पढ़ना लिखना पढ़ाई हज़ार लाख करोड़ रुपये भारत हिंदी दिल्ली`,
	"mr": `आहे आहेत होता होती होते होतो होतं असतो असते असतात असे असा अशी असून असेल असलेल्या असलेले नाही नाहीत नव्हता नव्हते आणि
		व किंवा पण परंतु तर की म्हणून म्हणजे म्हणाले म्हणतात सांगितले केला केली केले केलेल्या करणे करण्यात करण्यासाठी करून
		करतात करते करतो करावा करावे झाला झाली झाले झालेल्या होणार येणार जाणार येथे तेथे इथे तिथे कुठे केव्हा कसे का काय कोण
		कोणी कोणत्याही कोणालाही प्रत्येक प्रत्येकाला या ह्या हा ही हे तो ती ते त्या त्याला त्याने त्याच्या त्यांच्या त्यांना
		त्यांनी त्यामुळे यामुळे यांनी यांच्या यांना याचा याची त्याचा त्याची त्याचे आपला आपली आपले आपल्या स्वतःच्या मी मला
		माझा माझी माझे माझ्या आम्ही आम्हाला आमच्या तुम्ही तुम्हाला तुमच्या तू तुला सर्व सर्वांना काही अनेक खूप फार मोठा मोठी
		मोठे मोठ्या लहान नवीन नवा नवी चांगला चांगली चांगले एक एका दोन तीन चार पाच मध्ये पर्यंत साठी बरोबर सोबत नंतर आधी
		पूर्वी वर खाली आत बाहेर कडे कडून मुळे दिवस दिवशी दिवसांत वर्ष वर्षी वर्षांनी वर्षांपूर्वी वेळ वेळी सरकार सरकारने
		शासनाने राज्य राज्यात राज्यातील देशात देशातील शहरात शहरातील गावात गावातील मुंबई पुण्यात महाराष्ट्र महाराष्ट्रात लोक
		लोकांना लोकांनी लोकांच्या मुले मुलांना मुलगी मुलगा मुलाला महिला महिलांना घर घरात घरी पाणी पाण्याचा काम कामाला शाळा
		शाळेत शिक्षण शिक्षणाचा हक्क अधिकार आला आली आले गेला गेली गेले देण्यात घेण्यात घेतला घेतली दिला दिली दिले पाहिजे हवे
		हवा लागले लागला शकतो शकते शकतात राहिला राहणार बोलताना सांगतात माणूस माणसाला पैसे रुपये कोटी निवडणूक मुख्यमंत्री
		पोलिसांनी ठिकाणी आज उद्या काल मराठी जिल्हा जिल्ह्यात रस्ता रस्त्यावर पाऊस डोळे बाळ काळ वेगळा सगळे सगळ्या मिळाले
		मिळणार`,
	"id": `yang dan di ini itu dengan untuk tidak dari dalam akan pada juga saya ke karena tersebut bisa ada mereka lebih sudah
		atau telah menjadi seperti oleh bahwa kata dia anda kita kami hanya saat kepada banyak tahun sebagai dapat hari
		orang tapi namun sehingga masih hingga agar setelah bagi secara harus serta adalah merupakan mengatakan jika kalau
		maka nya bukan belum pernah lagi saja semua setiap salah satu beberapa antara sebuah seorang hal ketika sedangkan
		mau ingin kebutuhan kesempatan perusahaan pemerintah negara negeri rumah sakit mobil uang kantor sepeda polisi
		presiden menteri kota desa provinsi kabupaten jalan bisnis ekonomi politik kualitas aktivitas universitas mahasiswa
		sekolah dokter obat resmi merdeka berbeda mencoba bicara butuh rusak kabar berita senin selasa rabu kamis jumat
		sabtu minggu desember agustus maret januari februari april juni juli oktober rupiah ribu juta miliar triliun kemarin
		besok sekarang sore siang gratis macet sepak bola pertandingan pemain pelatih pengadilan hukum undang warga
		masyarakat nasional internasional perlu sekitar sejumlah sementara katanya ujar ujarnya melalui terhadap tentang
		bagaimana mengapa kenapa apa siapa dimana gue gak nggak enggak banget dong sih deh kok aja udah gimana bapak ibu kak
		mas mbak terima kasih selamat pagi kepala badan dilakukan melakukan menggunakan digunakan diberikan memberikan
		terjadi pekerjaan kesehatan pendidikan hak kebebasan mempunyai berhak manusia adil bangsa pihak anggota ahli
		parlemen umum asasi martabat sesama dunia kepercayaan penting sama pemilu perdana bekerja sebesar hendaknya`,
	"ms": `yang dan di ini itu dengan untuk tidak dari dalam akan pada juga saya ke kerana tersebut boleh ada mereka lebih
		sudah atau telah menjadi seperti oleh bahawa kata beliau anda kita kami hanya ketika kepada banyak tahun sebagai
		dapat hari orang tetapi namun sehingga masih hingga agar selepas bagi secara mestilah serta adalah ialah merupakan
		berkata jika sekiranya maka bukan belum pernah lagi sahaja semua setiap tiap salah satu beberapa antara sebuah
		seorang perkara apabila manakala mahu hendak ingin keperluan peluang syarikat kerajaan negara negeri rumah hospital
		kereta wang pejabat basikal polis presiden menteri bandar kampung daerah jalan perniagaan ekonomi politik kualiti
		aktiviti universiti pelajar sekolah doktor ubat rasmi merdeka berbeza berlainan cuba cakap perlu rosak khabar berita
		isnin selasa rabu khamis jumaat sabtu ahad disember ogos mac januari februari april jun julai oktober ringgit ribu
		juta bilion semalam esok sekarang petang tengah percuma sesak bola sepak perlawanan pemain jurulatih mahkamah undang
		rakyat masyarakat kebangsaan antarabangsa kira sejumlah sementara katanya ujar menerusi terhadap mengenai bagaimana
		mengapa kenapa apa siapa mana nak tak dah je lah kot macam sangat encik puan tuan abang kakak terima kasih selamat
		pagi ketua badan dilakukan melakukan menggunakan digunakan diberikan memberikan berlaku pekerjaan kesihatan
		pendidikan awak korang diorang pihak berkenaan mengikut berjaya ditubuhkan hak kebebasan mempunyai ahli parlimen
		pilihan raya undi perdana berhak manusia adil bangsa anggota umum asasi martabat sesama dunia hukum kepercayaan
		penting sama`,
	"nb": `og i er det som en på til av for å med ikke har den om fra et de var jeg vi kan skal han men hun sier ble etter ved
		mot eller når så seg da nå også bare mer noe noen alle andre mange denne dette disse hva hvor hvem hvordan hvorfor
		hvis enn opp ut inn hadde vært blir være blitt kommer kom gjør gjøre gjort går gikk sa si sett se ser får fikk tar
		tok må måtte ville vil burde hver hvert hele selv ingen ikkje mellom under over gjennom siden fordi samme først
		siste første år årene dag uke uken måned norsk norske norge oslo mennesker barn barna penger hus huset skolen
		regjeringen stortinget kommunen statsministeren frihet likhet rett retten rettigheter enhver bør meg deg oss dere
		min din sin mine dine sine deres hans hennes vår vårt våre kjærlighet melk uka åpne språk veldig kanskje ganske
		derfor slik slike tilbake`,
	"nn": `og i er det som ein på til av for å med ikkje har den om frå eit dei var eg vi kan skal han men ho seier vart blei
		etter ved mot eller når så seg då no også berre meir noko nokon nokre alle andre mange denne dette desse kva kvar
		kven korleis kvifor dersom enn opp ut inn hadde vore blir vere vera blitt vorte kjem kom gjer gjere gjort går gjekk
		sa seie sett sjå ser får fekk tek tok må måtte ville vil burde kvart heile sjølv ingen mellom under over gjennom
		sidan fordi same først siste fyrste første år åra dag veke veka månad norsk norske noreg menneske born barn barna
		pengar hus huset skulen regjeringa stortinget kommunen statsministeren fridom likskap rett retten rettar rettane
		einkvan bør meg deg oss dykk min din sin mine dine sine deira hans hennar vår vårt våre kjærleik mjølk opne språk
		veldig kanskje ganske difor slik slike tilbake vidare saman heim heimen òg høyrer skriv nynorsk einaste eigen eige
		eigne vegen verda verkeleg mykje`,
	"da": `og i er det som en på til af for at med ikke har den om fra et de var jeg vi kan skal han men hun siger blev efter
		ved mod eller når så sig da nu også kun mere noget nogen nogle alle andre mange denne dette disse hvad hvor hvem
		hvordan hvorfor hvis end op ud ind havde været bliver være blevet kommer kom gør gøre gjort går gik sagde sige set
		se ser får fik tager tog må måtte ville vil burde hver hvert hele selv ingen mellem under over gennem siden fordi
		samme først sidste første år årene dag uge ugen måned dansk danske danmark mennesker børn børnene penge hus huset
		skolen regeringen folketinget kommunen statsministeren frihed lighed ret retten rettigheder enhver bør mig dig os
		jer min din sin mine dine sine deres hans hendes vores kærlighed mælk åben sprog meget måske ganske derfor sådan
		sådanne tilbage bedre lige heller nej ja synes tror øjeblik aften morgen både imod uden ligesom altså jo dog vej
		veje`,
	"hr": `i u je na se da za su od s a koji koja koje kako što tko bi ili do o ne sve nije kao samo iz ali biti bio bila bilo
		bili će ću ćemo ako kad kada gdje prije poslije nakon tijekom uvijek nikad također takođe vrlo jako više manje
		tjedan tjedna tjednu tisuća tisuće tisuću vijest vijesti izvješće izvješća sveučilište sveučilišta nogomet kruh vlak
		vlakovi zrakoplov zračna luka kolodvor uopće općina općine europski europska europske europe siječnja veljače ožujka
		travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga studenog prosinca vrijeme mjesto mjesta dijete
		djeca lijep lijepo bijela htio htjela trebao sudjelovati sudjeluje utjecaj utjecati sukladno odnosno glede uporaba
		stupanj obitelj obitelji poduzeće tvrtka tvrtke gospodarstvo glazba glazbe kazalište tajnik predsjednik predsjednica
		vlade premijer ministar ministarstvo sabor sabora hrvatska hrvatske hrvatskoj hrvatski zagreb zagrebu splita netko
		nešto svatko ljudi čovjek čovjeka pravo prava svijet svijeta riječ riječi vjera izvan unutar usprkos unatoč kazna
		kaznu priopćenje priopćio kaže rekao rekla kuna eura grad gradu gradonačelnik povijest povijesti časopis točno točka
		osobito osim opće opći nazočan ured ravnatelj kolodvoru susjed mi vi oni mene tebe nas vas njih njega nju slobode
		sloboda slobodu zakona zakon jednako jednaka odnosa društva razvoj zemlje dan dana godine godina ulica kuća posao
		rad rada škola zdravlje sud zato jer već još svoj svoje ovaj ova ovo taj to jedan dva tri drugi prvi novi nova novo
		veliki velika svi svaki bez protiv zaštitu zaštita između osoba osobe nitko ničije uvjet uvjeti zahtjev tijelo djelo
		sigurnost obrana zajamčen jamstvo poticanje promicanje načelo tečaj postotak dužnosnik svijest odnos poštivanje`,
	"sr": `и у је на се да за су од са а који која које како шта ко би или до о не све није као само из али бити био била било
		били ће ћу ћемо ако кад када где пре после након током увек никад такође веома јако више мање недеља недеље недељу
		хиљада хиљаде хиљаду вест вести извештај извештаја универзитет универзитета фудбал хлеб воз возови авион аеродром
		станица уопште општина општине европски европска европске европе јануара фебруара марта априла маја јуна јула
		августа септембра октобра новембра децембра време место места дете деца леп лепо бела хтео хтела требало учествовати
		учествује утицај утицати односно употреба степен породица породице предузеће компанија фирме привреда музика музике
		позориште секретар председник председница владе премијер министар министарство скупштина скупштине србија србије
		србији српски београд београду неко нешто свако људи човек човека право права свет света реч речи вера ван унутар
		упркос казна казну саопштење саопштио каже рекао рекла динара евра град граду градоначелник историја историје
		часопис тачно тачка нарочито осим опште општи присутан канцеларија директор сусед ми ви они мене тебе нас вас њих
		њега њу овде негде цео цела млеко река део слободе слобода слободу закона закон једнако једнака односа друштва
		развој земље дан дана године година улица кућа посао рад рада школа здравље суд зато јер већ још свој своје овај ова
		ово тај то један два три други први нови нова ново велики велика сви сваки без против заштиту заштита између особа
		особе нико ничије услов услови захтев тело дело безбедност одбрана загарантован гаранција подстицање унапређење
		начело курс проценат званичник свест однос поштовање будући`,
	"bs": `i u je na se da za su od sa a koji koja koje kako šta ko bi ili do o ne sve nije kao samo iz ali biti bio bila bilo
		bili će ću ćemo ako kad kada gdje prije poslije nakon tokom uvijek nikad također veoma jako više manje sedmica
		sedmice sedmicu hiljada hiljade hiljadu vijest vijesti izvještaj izvještaja univerzitet univerziteta fudbal hljeb
		voz vozovi avion aerodrom stanica uopće općina općine evropski evropska evropske evrope januara februara marta
		aprila maja juna jula augusta septembra oktobra novembra decembra vrijeme mjesto mjesta dijete djeca lijep lijepo
		bijela htio htjela trebalo učestvovati učestvuje utjecaj utjecati odnosno upotreba stepen porodica porodice
		preduzeće kompanija firme privreda muzika muzike pozorište sekretar predsjednik predsjednica vlade premijer ministar
		ministarstvo skupština parlament predsjedništvo kanton kantona federacije bosna bosne bosni hercegovina hercegovine
		bosanski bih sarajevo sarajevu mostar tuzla neko nešto svako ljudi čovjek čovjeka pravo prava svijet svijeta riječ
		riječi vjera van unutar uprkos kazna kaznu saopćenje saopćio saopćeno kaže rekao rekla maraka eura grad gradu
		gradonačelnik historija historije časopis tačno tačka naročito osim opće opći prisutan kancelarija direktor komšija
		lahko mehko kahva polahko mi vi oni mene tebe nas vas njih njega nju ovdje negdje cijeli cijela mlijeko rijeka dio
		entitet slobode sloboda slobodu zakona zakon jednako jednaka odnosa društva razvoj zemlje dan dana godine godina
		ulica kuća posao rad rada škola zdravlje sud zato jer već još svoj svoje ovaj ova ovo taj to jedan dva tri drugi
		prvi novi nova novo veliki velika svi svaki bez protiv zaštitu zaštita između osoba osobe niko ničije uslov uslovi
		zahtjev tijelo djelo sigurnost odbrana zagarantovan garancija podsticanje unapređenje princip kurs procenat
		zvaničnik svijest odnos poštivanje budući`,
	"cs": `a je v se na že to s z do o i ale jako za by jsem si tak jsou ve k po který která které bude jeho jen pro když nebo
		až od při co už než ještě být byl byla bylo byli jsme jste není má mají může mohou musí podle také proto protože
		pokud kde kdy kdo jak proč všechny všech každý každá každého člověk člověka lidé lidí práva právo svobodu svoboda
		rok roku let léta den dnů týden měsíc česká české republiky praha praze vláda vlády ministr prezident řekl uvedl
		město děti dítě ženy peníze práce škola říká myslím vůbec velmi dobře tady teď jestli přes mezi před pouze další
		více méně první druhý jejich její svůj své svého nich něm ním jí mu mě mně tě nám vám něco někdo nic nikdo`,
	"sk": `a je v sa na že to s z do o aj ale ako za by som si tak sú vo k po ktorý ktorá ktoré bude jeho len pre keď alebo až
		od pri čo už než ešte byť bol bola bolo boli sme ste nie má majú môže môžu musí podľa tiež taktiež preto pretože ak
		kde kedy kto prečo všetky všetkých každý každá každého človek človeka ľudia ľudí práva právo slobodu sloboda rok
		roku rokov deň dní týždeň mesiac slovenská slovenské slovenskej republiky bratislava bratislave vláda vlády minister
		prezident povedal uviedol mesto deti dieťa ženy peniaze práca škola hovorí myslím vôbec veľmi dobre tu teraz či cez
		medzi pred iba ďalší viac menej prvý druhý ich jej svoj svoje svojho nich ňom ním mu mňa mne teba nám vám niečo
		niekto nič nikto ani okrem počas môj tvoj oveľa toho tohto tejto tento táto ktorých ktorého`,
	"st": `le ho ya ka ba e tse tsa ke se o a hore bakeng motho batho mosebetsi ntle haholo empa kapa hobane haeba hape feela
		mang eng jwang joang kajeno maobane hosane ntate mme naha lefatshe moo teng leha ntse hona hae bona rona lona nna
		wena bohle tsohle emong mong tokelo ditokelo tokoloho molao thuto bana ngwana sekolo mmuso puo nako ditaba lehae
		hantle jwalo hodimo tlase pele morao lokela etsa etswa fumana tseba bua re ile tla kgona hlokahala`,
	"tn": `le go ya ka ba e tse tsa ke se o a gore mo motho batho tiro kwa ntle thata mme kgotsa gonne fa gape fela mang eng
		jang gompieno maabane kamoso rra naga lefatshe teng ntse gona gagwe bone rona lona nna wena botlhe tsotlhe mongwe
		tshwanelo ditshwanelo kgololosego molao thuto bana ngwana sekolo puso puo nako dikgang gae sentle jalo godimo tlase
		pele morago tshwanetse dira dirwa bona itse bua re ne tla kgona tlhokega tlhe jaaka`,
	"zu": `ukuthi futhi noma kodwa ngoba uma kanye yonke wonke bonke abantu umuntu ngamunye igama lakhe wakhe yakhe zakhe
		unelungelo inkululeko lokhu lokho lapho manje kakhulu kahle nje khona kuphela phakathi phambi ngaphandle emva
		kwesikhathi kungenzeka wathi uthi bathi sithi kusho ngesikhathi izwe ezweni umthetho umsebenzi imali izingane ingane
		abazali isikole uhulumeni umengameli amaphoyisa izolo namhlanje kusasa ngonyaka unyaka iminyaka isizulu wena mina
		thina nina bona yebo cha ngiyabonga sawubona nomuntu ukuba ukwenza kufanele akekho akukho kukhona kuzoba uzoba
		wayengu okungenani izindaba izinto into ngenxa nge njengoba njenga ngakho ekhaya imfundo ukuthola emphakathini
		umphakathi esikhundleni`,
	"xh": `ukuba ukuthi kwaye okanye kodwa kuba xa kunye yonke wonke bonke abantu umntu ngamnye igama lakhe wakhe yakhe zakhe
		unelungelo inkululeko oku oko apho ngoku kakhulu kakuhle nje khona kuphela phakathi phambi ngaphandle emva kwexesha
		kungenzeka wathi uthi bathi sithi utsho ngexesha ilizwe elizweni umthetho umsebenzi imali abantwana umntwana abazali
		isikolo urhulumente umongameli amapolisa izolo namhlanje ngomso ngonyaka unyaka iminyaka isixhosa wena mna thina
		nina bona ewe hayi enkosi molo nomntu ukwenza kufuneka akukho kukho kuza uza wayengu ubuncinane iindaba izinto into
		ngenxa njengoko njenga ngoko ekhaya imfundo ukufumana eluntwini uluntu endaweni iingxaki iinkcukacha rhoqo`,
}

// add draws the frequent words of a class, as the comment there says.
func (c *class) add(words [][]rune, random *source) [][]rune {
	var list [][]rune
	for _, w := range strings.Fields(frequent[c.tables]) {
		list = append(list, c.words(w)...)
	}
	if len(list) == 0 {
		return words
	}
	if c.Script == ngram.Devanagari {
		return list
	}
	for range len(words) / 4 {
		words = append(words, list[random.below(uint64(len(list)))])
	}
	return words
}
