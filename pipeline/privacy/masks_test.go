package privacy

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/schema"
)

func TestMasks(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		// e-mail
		{"en", "Write to jo.heron+pond@mail.example.org.", "Write to [email]."},
		{"en", "mailto:jo@pond.example", "mailto:[email]"},
		{"en", "<jo@pond.example>, (jo@pond.example)", "<[email]>, ([email])"},
		{"de", "Grüße an jürgen@müller.example!", "Grüße an [email]!"},
		{"en", "jo [at] pond [dot] example", "[email]"},
		{"en", "jo(at)pond.example it is", "[email] it is"},
		{"en", "jo at pond dot org", "[email]"},
		{"es", "jo arroba pond punto org", "[email]"},
		{"de", "jo ät pond punkt de", "[email]"},
		{"fr", "jo arobase pond point fr, à ce point de la nuit", "[email], à ce point de la nuit"},
		{"en", "we are at this point in time", "we are at this point in time"},
		{"en", "o'hara@pond.example, 'jo@pond.example', l'jo@pond.example", "[email], '[email]', l'[email]"},
		{"en", "@jo@pond.example and x@@jo@pond.example", "[handle] and x@@[email]"},
		{"en", "we met at noon, dot by dot", "we met at noon, dot by dot"},
		{"en", "a@b@pond.example", "a@[email]"},
		{"en", "jo@localhost", "jo@localhost"},
		{"en", "5 apples @ 3.50", "5 apples @ 3.50"},
		// IP
		{"en", "came from 203.0.113.77 yesterday", "came from [ip] yesterday"},
		{"en", "203.0.113.77:8080 and 203.0.113.300", "[ip]:8080 and 203.0.113.300"},
		{"en", "see 2001:db8:85a3::8a2e:370:7334.", "see [ip]."},
		{"en", "at 10:12:33 or 1.2.3.4 or version 11.0.22.1", "at 10:12:33 or 1.2.3.4 or version 11.0.22.1"},
		{"en", "192.168.1.100, 10.0.22.1, 127.0.0.1, 255.255.255.0 and fe80::1:2:3", "192.168.1.100, 10.0.22.1, 127.0.0.1, 255.255.255.0 and fe80::1:2:3"},
		{"en", "2001:db8::1:2:3:jo@pond.example", "[ip]:[email]"},
		{"en", "2001:db8::1:2:3jo@pond.example", "[ip]:[email]"},
		{"en", "mine:203.0.113.77, the one: 203.0.113.77:80, jo@pond.example:203.0.113.77", "mine:[ip], the one: [ip]:80, [email]:[ip]"},
		{"en", "::ffff:203.0.113.77 and 12:203.0.113.77 and 203.0.113.77.", "::ffff:[ip] and 12:[ip] and [ip]."},
		{"en", "x203.0.113.77 and 203.0.113.77x and 1.203.0.113.77", "x203.0.113.77 and 203.0.113.77x and 1.203.0.113.77"},
		{"en", "std::vector and a::b", "std::vector and a::b"},
		{"en", "since 24.0.9.46 it hangs, my ip 24.0.9.46 too", "since 24.0.9.46 it hangs, my ip [ip] too"},
		{"en", "Update: they have 12.14.3.101, not 12.14.3.102 of yore", "Update: they have 12.14.3.101, not [ip] of yore"},
		{"en", "a ship 24.0.9.46 and 203.0.113.77 24.0.9.46", "a ship 24.0.9.46 and [ip] 24.0.9.46"},
		{"es", "la versión 83.45.12.9, la IP 83.45.12.9, y 83.45.12.9", "la versión 83.45.12.9, la IP [ip], y [ip]"},
		{"en", "update 203.0.113.77", "update 203.0.113.77"},
		{"en", "the update by 203.0.113.77", "the update by [ip]"},
		{"en", "https://wiki.example/contributions/203.0.113.77", "[ip]"},
		{"en", "http://203.0.113.77/", "http://203.0.113.77/"},
		// telephone
		{"de", "Ruf an: +49 30 901820", "Ruf an: [phone]"},
		{"de", "Tel. 030 / 90 18 20, abends", "Tel. [phone], abends"},
		{"de", "0171 2345678 oder 01712345678", "[phone] oder [phone]"},
		{"en", "call (202) 456-1111 now", "call [phone] now"},
		{"en", "202-456-1111", "[phone]"},
		{"en", "phone: 2024561111", "phone: [phone]"},
		{"en", "order 2024561111", "order 2024561111"},
		{"fr", "06 12 34 56 78", "[phone]"},
		{"en", "0044 20 7946 0958", "[phone]"},
		{"", "+44 (0)20 7946 0958", "[phone]"},
		{"en", "call 202-456-1111 24 hours a day, 2 202-456-1111", "call [phone] 24 hours a day, 2 [phone]"},
		{"", "+49 30 901820 203.0.113.77, 12 +49 30 901820", "[phone] [ip], 12 [phone]"},
		{"fr", "01 02 03 04 05 06 07 08 09 10", "01 02 03 04 05 06 07 08 09 10"},
		{"de", "Ziehung 10: 01 07 12 23 34 45 06, 2019 2020 2021 2022", "Ziehung 10: 01 07 12 23 34 45 06, 2019 2020 2021 2022"},
		{"en", "2011-11-09, 11/09/2011, 1990-1995 and 09.11.2011", "2011-11-09, 11/09/2011, 1990-1995 and 09.11.2011"},
		{"de", "1.234.567 Euro, 10 000 000 Leute, € 030 901820", "1.234.567 Euro, 10 000 000 Leute, € 030 901820"},
		{"en", "1320838353 and 3.14159265358 and 1,234,567,890", "1320838353 and 3.14159265358 and 1,234,567,890"},
		{"en", "Matthew 5-6 7-8 9-10 11", "Matthew 5-6 7-8 9-10 11"},
		{"en", "ISBN 978-3-16-148410-0", "ISBN 978-3-16-148410-0"},
		{"de", "09.11.2011 10:12 Uhr", "09.11.2011 10:12 Uhr"},
		// account and link
		{"en", "see https://pond.example/frogs?x=1.", "see https://pond.example/frogs?x=1."},
		{"en", "ftp://jo:secret@pond.example/x", "[account]"},
		{"en", "https://www.facebook.com/jo.heron says", "[account] says"},
		{"en", "https://www.facebook.com/groups/12345 says", "https://www.facebook.com/groups/12345 says"},
		{"en", "(https://twitter.com/joheron/status/77)", "([account])"},
		{"en", "https://twitter.com/search?q=pond", "https://twitter.com/search?q=pond"},
		{"en", "https://social.example/@joheron", "[account]"},
		{"en", "https://github.com/pond/frogs and https://github.com/joheron", "https://github.com/pond/frogs and [account]"},
		{"en", "https://de.linkedin.com/in/jo-heron", "[account]"},
		{"en", "https://en.wikipedia.org/wiki/User:Jo_Heron", "[account]"},
		{"en", "https://en.wikipedia.org/wiki/Heron", "https://en.wikipedia.org/wiki/Heron"},
		{"en", "instagram.com/joheron too", "[account] too"},
		{"en", "https://pond.example/unsubscribe?u=jo@pond.example", "[email]"},
		{"en", "www.pond.example/a_(b), then", "www.pond.example/a_(b), then"},
		// handle
		{"en", "ask @joheron or /u/jo_heron or u/jo-heron", "ask [handle] or [handle] or [handle]"},
		{"en", "at @ 5pm, @5 and x@y", "at @ 5pm, @5 and x@y"},
		{"en", "@joheron@pond and @all", "[handle] and @all"},
		{"es", "Tfno.: 96 586 9101", "Tfno.: [phone]"},
		{"en", "and/or u/x", "and/or u/x"},
		// bank
		{"de", "IBAN DE89 3704 0044 0532 0130 00 bitte", "IBAN [account] bitte"},
		{"de", "IBAN DE88 3704 0044 0532 0130 00 bitte", "IBAN DE88 3704 0044 0532 0130 00 bitte"},
		{"en", "4111 1111 1111 1111", "[account]"},
		{"en", "4111 1111 1111 1112", "4111 1111 1111 1112"},
		// nothing
		{"en", "", ""},
		{"en", "[user]: [email] [phone] @[user]", "[user]: [email] [phone] @[user]"},
	} {
		if got := mask(c.text, nil, nil, c.lang, true).text; got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
		kept := mask(c.text, nil, nil, c.lang, false)
		if kept.text != c.text {
			t.Errorf("%q was changed without masks: %q", c.text, kept.text)
		}
		if strings.Count(c.want, "[") > strings.Count(c.text, "[") && len(kept.spans) == 0 {
			t.Errorf("%q has no spans without masks", c.text)
		}
	}
}

func TestSpansAndBlocks(t *testing.T) {
	text := "Žofie: ask jo@pond.example\n\n> see https://pond.example\n\n@heron yes"
	ref := "id"
	blocks := []schema.Block{{Kind: schema.BlockParagraph, Start: 0, End: 26}, {Kind: schema.BlockQuote, Level: 1, Start: 28, End: 54}, {Kind: schema.BlockParagraph, Start: 56, End: 66}}
	m := mask(text, blocks, []found{{start: 0, end: 5, kind: schema.SpanMention, ref: &ref}}, "en", true)
	if want := "[user]: ask [email]\n\n> see https://pond.example\n\n[handle] yes"; m.text != want {
		t.Fatalf("%q", m.text)
	}
	wantSpans := []schema.Span{
		{Kind: schema.SpanMention, Start: 0, End: 6, RefID: &ref}, {Kind: schema.SpanEmail, Start: 12, End: 19},
		{Kind: schema.SpanLink, Start: 27, End: 47}, {Kind: schema.SpanHandle, Start: 49, End: 57},
	}
	if d := cmp.Diff(wantSpans, m.spans); d != "" {
		t.Error(d)
	}
	wantBlocks := []schema.Block{{Kind: schema.BlockParagraph, Start: 0, End: 19}, {Kind: schema.BlockQuote, Level: 1, Start: 21, End: 47}, {Kind: schema.BlockParagraph, Start: 49, End: 61}}
	if d := cmp.Diff(wantBlocks, m.blocks); d != "" {
		t.Error(d)
	}
	if blocks[0].End != 26 {
		t.Error("the blocks given were changed")
	}
}

func TestMentionsAndOthers(t *testing.T) {
	ref := "id"
	for _, c := range []struct {
		text       string
		start, end int
		want       string
	}{
		{"@Heron yes", 1, 6, "@[user] yes"},
		{"＠Heron yes", 1, 6, "＠[user] yes"},
		{"@Heron.Reed yes", 1, 6, "[user] yes"},
		{"jo@pond.example: yes", 0, 15, "[user]: yes"},
		{"out of range", 40, 50, "out of range"},
		{"over\nlines", 2, 7, "over\nlines"},
	} {
		m := mask(c.text, nil, []found{{start: c.start, end: c.end, kind: schema.SpanMention, ref: &ref}}, "en", true)
		if m.text != c.want {
			t.Errorf("%q: %q, want %q", c.text, m.text, c.want)
		}
	}
}

func TestCodeKeepsItsWords(t *testing.T) {
	text := "@Override void x()\n\n@joheron"
	m := mask(text, []schema.Block{{Kind: schema.BlockCode, Start: 0, End: 18}, {Kind: schema.BlockParagraph, Start: 20, End: 28}}, nil, "en", true)
	if want := "@Override void x()\n\n[handle]"; m.text != want {
		t.Errorf("%q", m.text)
	}
}

var plainEmail = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}`)

// holds checks what is true of every masked text.
func holds(t interface {
	Helper()
	Fatalf(string, ...any)
}, text, lang string, blocks []schema.Block, m masked) {
	t.Helper()
	if !utf8.ValidString(m.text) {
		t.Fatalf("%q is no UTF-8", m.text)
	}
	if e := plainEmail.FindString(m.text); e != "" {
		t.Fatalf("e-mail address left in %q", m.text)
	}
	runes := []rune(m.text)
	last := int32(0)
	for _, s := range m.spans {
		if s.Start < last || s.End <= s.Start || int(s.End) > len(runes) {
			t.Fatalf("span out of place in %q: %+v", m.text, s)
		}
		last = s.End
		if want, masked := token(s.Kind); masked && string(runes[s.Start:s.End]) != want {
			t.Fatalf("span %s is over %q", s.Kind, string(runes[s.Start:s.End]))
		}
	}
	var parts []string
	for _, b := range m.blocks {
		if b.Start < 0 || b.End < b.Start || int(b.End) > len(runes) {
			t.Fatalf("block out of place in %q: %+v", m.text, b)
		}
		parts = append(parts, string(runes[b.Start:b.End]))
	}
	if got := strings.Join(parts, "\n\n"); len(blocks) > 0 && got != m.text {
		t.Fatalf("blocks of %q give %q, text is %q", text, got, m.text)
	}
	if again := mask(m.text, m.blocks, nil, lang, true); again.text != m.text && !strings.Contains(text, "[") {
		t.Fatalf("masks of %q are not stable: %q, %q", text, m.text, again.text)
	}
}

// blocksOf makes a paragraph of every part between blank lines.
func blocksOf(text string) []schema.Block {
	var out []schema.Block
	at := int32(0)
	for _, part := range strings.Split(text, "\n\n") {
		end := at + int32(utf8.RuneCountInString(part))
		out = append(out, schema.Block{Kind: schema.BlockParagraph, Start: at, End: end})
		at = end + 2
	}
	return out
}

func TestMasksKeepTheText(t *testing.T) {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{"jo@pond.example", "@heron", "@", ".", " ", "\n\n", "\n", "https://", "www.", "x.org", "/", "203.0.113.77", "2001:db8::1:2:3", ":", "+49 30 901820",
			"(202) 456-1111", "facebook.com/", "24.0.9.46", "12.14.3.101", "ip ", "version ", "arroba ", " punto es", "u/", "[at]", " dot ", "DE89370400440532013000", "4111111111111111", "ž", "水", "-", "1", "23", "(", ")"}),
		rapid.StringN(0, 6, -1))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ToValidUTF8(strings.Join(rapid.SliceOfN(piece, 0, 14).Draw(t, "pieces"), ""), "")
		blocks := blocksOf(text)
		var mentions []found
		n := utf8.RuneCountInString(text)
		ref := "id"
		for at := 0; at < n && rapid.Bool().Draw(t, "mention"); {
			start := rapid.IntRange(at, n).Draw(t, "start")
			end := rapid.IntRange(start, n).Draw(t, "end")
			mentions = append(mentions, found{start: start, end: end, kind: schema.SpanMention, ref: &ref})
			at = end + 1
		}
		lang := rapid.SampledFrom([]string{"", "en", "de"}).Draw(t, "lang")
		m := mask(text, blocks, mentions, lang, true)
		if len(mentions) == 0 {
			holds(t, text, lang, blocks, m)
		} else {
			holds(t, "[", lang, blocks, m)
		}
	})
}

func FuzzMask(f *testing.F) {
	for _, s := range []string{"jo@pond.example +49 30 901820", "https://jo:x@pond.example/@heron 203.0.113.77", "a [at] b [dot] c\n\n@x u/heron", "4111 1111 1111 1111 DE89 3704 0044 0532 0130 00"} {
		f.Add(s, "en", 0, 3)
	}
	f.Fuzz(func(t *testing.T, text, lang string, start, end int) {
		text = strings.ToValidUTF8(text, "\ufffd")
		ref := "id"
		blocks := blocksOf(text)
		holds(t, "[", lang, blocks, mask(text, blocks, []found{{start: start, end: end, kind: schema.SpanMention, ref: &ref}}, lang, true))
		holds(t, text, lang, blocks, mask(text, blocks, nil, lang, true))
	})
}

// Many addresses that are spelled out must not hide one in a link.
func TestAddressesInLinksAreFoundInAnyOrder(t *testing.T) {
	text := strings.Repeat("jo [at] pond [dot] example, ", 5) + "https://pond.example/?to=jo@pond.example and https://pond.example/"
	want := strings.Repeat("[email], ", 5) + "[email] and https://pond.example/"
	if got := mask(text, nil, nil, "en", true).text; got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

// Texts that look for the worst case of each recogniser must cost no more than
// their length: all take under a second, a quadratic one takes longer than the
// tests may.
func TestHostileTextsAreLinear(t *testing.T) {
	const size = 1 << 17
	for _, unit := range []string{"b.cc@", "203.0.113.77@", "facebook.com/share;", "facebook.com/groups(", "x.com/i,", "@a.", "u/a/", "(((1", "a@b.cc:", "[at]a", "http://a@", "www.a.b/@", "1 ( ", "+1 (", "DE89 ", "::1.", "tel ", "０", "at dot ",
		"@", "a@", "a.", "1", "1 ", "1.", "::", "f:", "http://", "www.", "(", "+1", "/", "facebook.com/", "u/", "A1", "AA11", "4111 ", "a at ", "[at]", "0", "-", "a dot ", "(at),", "(", " dot ,", "dot", "arroba", "12.14.3.101 ", "ip,"} {
		text := strings.Repeat(unit, size/len(unit))
		m := mask(text, blocksOf(text), nil, "en", true)
		if !utf8.ValidString(m.text) {
			t.Errorf("%q", unit)
		}
	}
}
