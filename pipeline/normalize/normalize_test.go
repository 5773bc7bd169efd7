package normalize

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"corpus/pipeline/extract"
	"corpus/pipeline/normalize/identity"
	"corpus/pipeline/read"
	"corpus/schema"
)

var (
	origin = Origin{SourceID: "harbour", InputPath: "a.html", InputSHA256: strings.Repeat("1", 64), Locator: "offset=0", DocSHA256: strings.Repeat("2", 64)}
	rules  = Rules{SourceID: "harbour"}
)

func paragraph(s string) []extract.Block {
	return []extract.Block{{Kind: schema.BlockParagraph, Text: s}}
}

// normalized expects no rejection.
func normalized(t testing.TB, d *extract.Draft, r Rules) *Document {
	t.Helper()
	doc, err := Normalize(d, origin, r)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// rejected is the reason and detail of a rejection.
func rejected(t testing.TB, d *extract.Draft, r Rules) string {
	t.Helper()
	_, err := Normalize(d, origin, r)
	var rejection *read.Rejection
	if !errors.As(err, &rejection) {
		t.Fatalf("no rejection but %v", err)
	}
	return rejection.Error()
}

func TestWholeDocument(t *testing.T) {
	stated, up := int32(3), int32(2)
	doc := normalized(t, &extract.Draft{
		URL: "https://www.pier.example/ferry/?utm_source=x#top", Site: " The  Pier ", Title: "The ferry\nruns &amp; runs", Subtitle: "cafe\u0301", Section: "News\u200b",
		Authors: []string{" Ann  Pole ", "", "Ann Pole", "Bo"}, Tags: []string{"sea", "sea", "ship"}, PublishedAt: "2020-01-02T03:04+01:00", ModifiedAt: "2020-01-03",
		License: "CC BY 4.0", LicenseURL: "https://creativecommons.org/licenses/by/4.0/", LicenseEvidence: "rel=license", CommentsStated: &stated, CommentOrder: schema.OrderNewest,
		Blocks: []extract.Block{{Kind: schema.BlockHeading, Level: 2, Text: " Again "}, {Kind: schema.BlockParagraph, Text: "It  runs.\r\n\r\nIt sails \u00adagain."}, {Kind: schema.BlockCaption, Text: " \u200b "}},
		Comments: []extract.Comment{
			{ID: "c7", Author: " Heron\u00a0", AuthorURL: " https://heron.example ", AuthorID: "17", Role: "author", PostedAt: "2020-01-02 05:06", EditedAt: "2020-01-02T05:07Z", VotesUp: &up, Blocks: paragraph("Yes.")},
			{ID: "~1", ParentID: "c7", State: schema.StateDeleted},
		},
		Extractor: "html/1 charset=utf-8/utf8",
	}, Rules{SourceID: "harbour", Zone: time.FixedZone("", 3600)})
	a := doc.Article
	local, title, page := "2020-01-02T03:04", "The ferry runs & runs", "https://www.pier.example/ferry/?utm_source=x#top"
	for what, ok := range map[string]bool{
		"id":        a.ArticleID == identity.ArticleByURL("https://pier.example/ferry") && a.IDBasis == schema.BasisURL,
		"url":       *a.URL == page && *a.CanonicalURL == "https://www.pier.example/ferry/",
		"title":     *a.Title == title && *a.Subtitle == "café" && *a.Section == "News" && *a.Site == "The Pier",
		"byline":    cmp.Equal(a.Byline, []string{"Ann Pole", "Bo"}) && cmp.Equal(a.Tags, []string{"sea", "ship"}),
		"times":     *a.PublishedLocal == local && *a.PublishedPrecision == schema.PrecisionMinute && *a.PublishedAt == 1577930640_000000 && a.ModifiedAt == nil && *doc.ModifiedUS == 1578009600_000000,
		"text":      *a.Text == "Again\n\nIt runs.\n\nIt sails again." && a.State == schema.StatePresent,
		"blocks":    cmp.Equal(a.Blocks, []schema.Block{{Kind: "heading", Level: 2, Start: 0, End: 5}, {Kind: "paragraph", Start: 7, End: 15}, {Kind: "paragraph", Start: 17, End: 32}}),
		"stated":    *a.NCommentsStated == 3 && a.CommentOrder == schema.OrderNewest,
		"rights":    a.License == "CC BY 4.0" && *a.LicenseURL == "https://creativecommons.org/licenses/by/4.0/" && *a.LicenseEvidence == "rel=license",
		"extractor": a.Extractor == "html/1 charset=utf-8/utf8" && a.InputSHA256 == origin.InputSHA256 && a.Locator == "offset=0",
		"comment":   doc.Comments[0].Author == "Heron" && doc.Comments[0].AuthorURL == "https://heron.example" && doc.Comments[0].NativeID == "c7" && *doc.Comments[0].Row.CommenterRole == "author",
		"posted":    *doc.Comments[0].Row.PostedAt == 1577937960_000000 && *doc.Comments[0].Row.EditedAt == 1577941620_000000,
		"votes":     *doc.Comments[0].Row.VotesUp == 2 && doc.Comments[0].Row.VotesDown == nil,
		"parent":    doc.Comments[1].ParentRef == "c7" && doc.Comments[1].NativeID == "" && doc.Comments[1].LocalID == "~1",
		"deleted":   doc.Comments[1].Row.State == schema.StateDeleted && doc.Comments[1].Row.Text == nil && doc.Comments[0].Row.State == schema.StateVisible,
		"lists":     a.Spans != nil && a.OptOut != nil && doc.Comments[1].Row.Blocks != nil && doc.Comments[1].Row.Spans != nil,
	} {
		if !ok {
			t.Errorf("%s is wrong: %+v", what, doc)
		}
	}
}

func TestIdentityOfArticles(t *testing.T) {
	byURL := func(u string) string { return identity.ArticleByURL(u) }
	content := identity.ArticleByContent("harbour", origin.DocSHA256)
	for _, c := range []struct {
		name      string
		draft     extract.Draft
		id, basis string
		canonical string
	}{
		{"url", extract.Draft{URL: "https://pier.example/a?utm_source=x"}, byURL("https://pier.example/a"), "url", "https://pier.example/a"},
		{"canonical", extract.Draft{URL: "https://pier.example/a?page=2", CanonicalURL: "https://pier.example/a"}, byURL("https://pier.example/a"), "url", "https://pier.example/a"},
		{"relative canonical", extract.Draft{URL: "https://pier.example/x/a", CanonicalURL: "../b"}, byURL("https://pier.example/b"), "url", "https://pier.example/b"},
		{"canonical alone", extract.Draft{CanonicalURL: "https://pier.example/b"}, byURL("https://pier.example/b"), "url", "https://pier.example/b"},
		{"relative canonical alone", extract.Draft{CanonicalURL: "/b"}, content, "content", ""},
		{"canonical that names the front page", extract.Draft{URL: "https://pier.example/a", CanonicalURL: "https://pier.example/"}, byURL("https://pier.example/a"), "url", "https://pier.example/a"},
		{"the front page itself", extract.Draft{URL: "https://pier.example/", CanonicalURL: "https://pier.example"}, byURL("https://pier.example/"), "url", "https://pier.example/"},
		{"canonical that is none", extract.Draft{URL: "https://pier.example/a", CanonicalURL: "javascript:void(0)"}, byURL("https://pier.example/a"), "url", "https://pier.example/a"},
		{"native", extract.Draft{NativeID: " 4711 "}, identity.ArticleByNative("harbour", "4711"), "native", ""},
		{"url before native", extract.Draft{URL: "https://pier.example/a", NativeID: "4711"}, byURL("https://pier.example/a"), "url", "https://pier.example/a"},
		{"address that is none", extract.Draft{URL: "file:///home/a.html", NativeID: "4711"}, identity.ArticleByNative("harbour", "4711"), "native", ""},
		{"content", extract.Draft{}, content, "content", ""},
		{"content of the page behind a record", extract.Draft{DocumentSHA256: strings.Repeat("3", 64)}, identity.ArticleByContent("harbour", strings.Repeat("3", 64)), "content", ""},
	} {
		c.draft.Blocks = paragraph("text")
		doc := normalized(t, &c.draft, rules)
		a := doc.Article
		if a.ArticleID != c.id || a.IDBasis != c.basis || value(a.CanonicalURL) != c.canonical {
			t.Errorf("%s: %s by %s at %q", c.name, a.ArticleID, a.IDBasis, value(a.CanonicalURL))
		}
		if c.name != "content of the page behind a record" && doc.ContentID != content {
			t.Errorf("%s: content id %s", c.name, doc.ContentID)
		}
	}
	if got := rejected(t, &extract.Draft{DocumentSHA256: "ABC", Blocks: paragraph("x")}, rules); !strings.HasPrefix(got, "malformed: document_sha256") {
		t.Error(got)
	}
}

func TestNothingToKeep(t *testing.T) {
	for _, d := range []extract.Draft{{}, {Title: "Only a title"}, {Blocks: paragraph(" \u200b\n\u00a0")}} {
		if got := rejected(t, &d, rules); got != "no_content: neither an article's text nor comments were found" {
			t.Error(got)
		}
	}
	doc := normalized(t, &extract.Draft{Comments: []extract.Comment{{ID: "1"}}}, rules)
	if doc.Article.State != schema.StateNoText || doc.Article.Text != nil || len(doc.Comments) != 1 {
		t.Errorf("a thread without text: %+v", doc.Article)
	}
}

// What cannot be a time is left out; it costs nothing else.
func TestTimesAtTheEdges(t *testing.T) {
	zone := time.FixedZone("", -5*3600)
	for _, c := range []struct{ stated, local, precision string }{
		{"0000-01-01T00:00:00Z", "", ""}, {"0999-12-31", "", ""}, {"0000", "", ""}, {"2020-02-30", "", ""}, {"10000-01-01", "", ""}, {"yesterday", "", ""}, {"-2020-01-01", "", ""},
		{"1000-01-01", "1000-01-01", schema.PrecisionDay}, {"9999-12-31T18:00:00", "9999-12-31T18:00:00", schema.PrecisionSecond},
		{"9999", "9999", schema.PrecisionYear}, {"2020-02", "2020-02", schema.PrecisionMonth}, {" 2020-02-01 10 ", "2020-02-01T10", schema.PrecisionHour},
	} {
		doc := normalized(t, &extract.Draft{PublishedAt: c.stated, ModifiedAt: c.stated, Blocks: paragraph("x"), Comments: []extract.Comment{{PostedAt: c.stated, EditedAt: c.stated, Blocks: paragraph("y")}}}, Rules{Zone: zone})
		row := doc.Comments[0].Row
		for what, got := range map[string][2]string{
			"published": {value(doc.Article.PublishedLocal), value(doc.Article.PublishedPrecision)}, "posted": {value(row.PostedLocal), value(row.PostedPrecision)},
		} {
			if got != [2]string{c.local, c.precision} {
				t.Errorf("%s %q: %v", what, c.stated, got)
			}
		}
		if (row.PostedAt != nil) != (c.precision == schema.PrecisionSecond || c.precision == schema.PrecisionHour) {
			t.Errorf("%q: an instant is known only to the hour", c.stated)
		}
		wrong := ""
		if c.local == "" {
			wrong = "4 times that are none, the first published_at"
		}
		if doc.LeftOut != wrong {
			t.Errorf("%q: left out %q", c.stated, doc.LeftOut)
		}
		if c.local == "" && (doc.Stated.PublishedAt != "" || doc.Comments[0].PostedAt != "" || doc.ModifiedUS != nil) {
			t.Errorf("%q is kept as stated", c.stated)
		}
	}
}

func TestWhatIsLeftOutIsSaid(t *testing.T) {
	for _, c := range []struct {
		draft extract.Draft
		want  string
	}{
		{extract.Draft{PublishedAt: "2020-01-02", CapturedAt: "2020-01-02T03:04Z"}, ""},
		{extract.Draft{ModifiedAt: "soon"}, "1 time that is none, the first modified_at"},
		{extract.Draft{CapturedAt: "2020-01-02T03:04"}, "1 time that is none, the first captured_at"}, // no instant
		{extract.Draft{Comments: []extract.Comment{{PostedAt: "2020"}, {PostedAt: "0000"}, {EditedAt: "x"}}}, "2 times that are none, the first posted_at of comment 1"},
	} {
		c.draft.Blocks = paragraph("x")
		if got := normalized(t, &c.draft, rules).LeftOut; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestNamesOfComments(t *testing.T) {
	doc := normalized(t, &extract.Draft{Comments: []extract.Comment{
		{ID: " 7 "}, {ID: "x&amp;y", ParentID: " 7\u200b"}, {ID: "~2", ParentID: "x&amp;y"}, {ID: "\u200b", ParentID: "~2"}, {ParentID: "~3"}, {ID: "9", ParentID: "9"},
	}}, rules)
	var got []string
	for _, c := range doc.Comments {
		got = append(got, fmt.Sprintf("%s/%s<%s", c.LocalID, c.NativeID, c.ParentRef))
	}
	// That a comment says it answers itself is for assemble to report.
	if want := "7/7< x&y/x&y<7 ~2/<x&y ~3/<~2 ~4/<~3 9/9<9"; strings.Join(got, " ") != want {
		t.Errorf("\n got %s\nwant %s", strings.Join(got, " "), want)
	}
}

func TestDepth(t *testing.T) {
	chain := func(n int) []extract.Comment {
		out := make([]extract.Comment, n)
		for i := range out {
			out[i] = extract.Comment{ID: fmt.Sprint(i), ParentID: fmt.Sprint(i + 1), Blocks: paragraph("x")}
		}
		out[n-1].ParentID = ""
		return out
	}
	r := Rules{MaxDepth: 10}
	if got := normalized(t, &extract.Draft{Comments: chain(11)}, r); len(got.Comments) != 11 {
		t.Error("a thread within the limit was cut")
	}
	if got := rejected(t, &extract.Draft{Comments: chain(12)}, r); got != "too_deep: replies are nested 11 deep, limits: depth is 10" {
		t.Error(got)
	}
	normalized(t, &extract.Draft{Comments: chain(100_000)}, rules) // no limit, no recursion
	circle := chain(3)
	circle[2].ParentID = "0"
	normalized(t, &extract.Draft{Comments: circle}, r)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		comments := make([]Comment, n)
		up := make([]int, n)
		for i := range comments {
			up[i] = rapid.IntRange(-1, n).Draw(t, "parent")
			comments[i] = Comment{LocalID: fmt.Sprint(i), ParentRef: fmt.Sprint(up[i])}
		}
		want, circular := 0, false
		for i := range comments {
			d := 0
			for at := up[i]; at >= 0 && at < n; at = up[at] {
				if d++; d > n {
					circular = true
					break
				}
			}
			want = max(want, d)
		}
		if got := depth(comments); !circular && got != want || got < 0 || got >= n {
			t.Fatalf("%v: depth %d, want %d", up, got, want)
		}
	})
}

// Korean and Greek are told by their script, whatever the model says of others.
func TestLanguages(t *testing.T) {
	korean := "오늘 아침에 항구에서 배가 다시 떠났습니다. 사람들은 오래 기다렸고 모두 기뻐했습니다. 바람은 잔잔했고 바다는 고요했습니다."
	greek := "Το πλοίο έφυγε ξανά σήμερα το πρωί από το λιμάνι και όλοι χάρηκαν πολύ."
	for _, c := range []struct {
		name, article, declared, comment, commentDeclared string
		allowed                                           []string
		lang, commentLang, basis                          string
	}{
		{"from the texts", korean, "", greek, "", nil, "ko", "el", schema.LangText},
		{"a page that says otherwise", korean, "en", greek, "en", nil, "ko", "el", schema.LangText},
		{"a short comment is of its thread", korean, "", "Ναι!", "", nil, "ko", "ko", schema.LangThread},
		{"a short comment that is declared", korean, "", "Oui.", "fr-FR", nil, "ko", "fr", schema.LangDeclared},
		{"no letters", "12345", "de-AT", "6789", "", nil, "de", "de", schema.LangThread},
		{"nothing known", "12345", "", "6789", "", nil, "", "", ""},
		{"the only one of the source", "12345", "", "6789", "", []string{"en"}, "en", "en", schema.LangThread},
		{"a declaration that is none", "12345", "xx-klingon", "6789", "??", nil, "", "", ""},
	} {
		doc := normalized(t, &extract.Draft{Lang: c.declared, Blocks: paragraph(c.article), Comments: []extract.Comment{{Lang: c.commentDeclared, Blocks: paragraph(c.comment)}, {}}}, Rules{Languages: c.allowed})
		row := doc.Comments[0].Row
		if value(doc.Article.Lang) != c.lang || value(row.Lang) != c.commentLang || value(row.LangBasis) != c.basis {
			t.Errorf("%s: %s, comment %s by %s", c.name, value(doc.Article.Lang), value(row.Lang), value(row.LangBasis))
		}
		if (row.LangScore != nil) != (c.basis == schema.LangText) {
			t.Errorf("%s: a score is of a text", c.name)
		}
		if empty := doc.Comments[1].Row; empty.Lang != nil || empty.LangBasis != nil {
			t.Errorf("%s: a comment without text has a language", c.name)
		}
	}
}

var texts = rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("aé&;#\n\r\t \u00a0\u200b\u0301👍🏽水»Ãx\u2028"))),
	rapid.SampledFrom([]string{"One line.", "two\n\nparts", "\n\n", "", "code {\n\n\n  x\n}", "e", "\u0301alone", "&amp;amp;"}))

var blockKinds = []string{schema.BlockParagraph, schema.BlockHeading, schema.BlockQuote, schema.BlockListItem, schema.BlockCode, schema.BlockCaption}

// The blocks cut out of a text join to it, and every part is in normal form.
func TestBlocksJoinToTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in []extract.Block
		for range rapid.IntRange(0, 6).Draw(t, "blocks") {
			in = append(in, extract.Block{Kind: rapid.SampledFrom(blockKinds).Draw(t, "kind"), Text: texts.Draw(t, "text")})
		}
		text, blocks := compose(in)
		if text == nil {
			if len(blocks) != 0 {
				t.Fatalf("blocks without a text: %+v", blocks)
			}
			return
		}
		runes := []rune(*text)
		var parts []string
		again := make([]extract.Block, len(blocks))
		for i, b := range blocks {
			part := string(runes[b.Start:b.End])
			if part == "" || strings.Contains(part, "\n\n") {
				t.Fatalf("block %d is %q", i, part)
			}
			parts = append(parts, part)
			again[i] = extract.Block{Kind: b.Kind, Level: b.Level, Text: part}
		}
		if strings.Join(parts, "\n\n") != *text {
			t.Fatalf("%q joins to %q", *text, strings.Join(parts, "\n\n"))
		}
		if !utf8.ValidString(*text) || !norm.NFC.IsNormalString(*text) {
			t.Fatalf("%q is no UTF-8 in NFC", *text)
		}
		same, sameBlocks := compose(again)
		if same == nil || *same != *text || !cmp.Equal(sameBlocks, blocks) {
			t.Fatalf("%q composed again is %q", *text, value(same))
		}
	})
}

// What corpus extract prints gives the same document when it is read again.
func TestRecordGivesTheSameDocument(t *testing.T) {
	word := rapid.OneOf(rapid.Just(""), rapid.StringN(0, 8, -1))
	when := rapid.SampledFrom([]string{"", "2020", "2020-01-02", "2020-01-02T03:04", "2020-01-02T03:04:05+02:00", "2020-01-02T03:04:05Z", "0000-00-00"})
	address := rapid.SampledFrom([]string{"", "https://www.pier.example/a/?utm_x=1&b=2#c", "http://pier.example/ä?q=é", "no address", "/b"})
	rapid.Check(t, func(t *rapid.T) {
		d := &extract.Draft{
			URL: address.Draw(t, "url"), CanonicalURL: address.Draw(t, "canonical"), NativeID: word.Draw(t, "native"), Site: word.Draw(t, "site"), Title: word.Draw(t, "title"),
			Subtitle: word.Draw(t, "subtitle"), Section: word.Draw(t, "section"), Authors: []string{word.Draw(t, "author")}, Tags: []string{word.Draw(t, "tag")},
			PublishedAt: when.Draw(t, "published"), ModifiedAt: when.Draw(t, "modified"), License: word.Draw(t, "license"), LicenseURL: address.Draw(t, "license url"), LicenseEvidence: "meta",
			Blocks: paragraph("text " + texts.Draw(t, "text")), Extractor: "html/1",
		}
		for range rapid.IntRange(0, 4).Draw(t, "comments") {
			d.Comments = append(d.Comments, extract.Comment{
				ID: rapid.SampledFrom([]string{"", "7", "8", " 9 ", "~0", "\u200b"}).Draw(t, "id"), ParentID: rapid.SampledFrom([]string{"", "7", "8", " 9 ", "~0", "77"}).Draw(t, "parent"),
				Author: word.Draw(t, "name"), AuthorURL: address.Draw(t, "profile"), AuthorID: word.Draw(t, "account"), Role: word.Draw(t, "role"), PostedAt: when.Draw(t, "posted"), EditedAt: when.Draw(t, "edited"),
				State: rapid.SampledFrom([]string{"", schema.StateDeleted}).Draw(t, "state"), Lang: rapid.SampledFrom([]string{"", "de"}).Draw(t, "lang"), Blocks: paragraph(texts.Draw(t, "comment")),
			})
		}
		zoned := Rules{SourceID: "harbour", Zone: time.FixedZone("", 3600)}
		first, err := Normalize(d, origin, zoned)
		if err != nil {
			t.Fatal(err)
		}
		record := first.Record("harbour")
		draft, err := extract.FromRecord(&record)
		if err != nil {
			t.Fatalf("the record is refused: %v", err)
		}
		other := Origin{SourceID: "harbour", InputPath: "a.jsonl", InputSHA256: strings.Repeat("4", 64), Locator: "line=1", DocSHA256: strings.Repeat("5", 64)}
		second, err := Normalize(draft, other, zoned)
		if err != nil {
			t.Fatal(err)
		}
		provenance := cmp.FilterPath(func(p cmp.Path) bool {
			name := p.Last().String()
			return name == ".LeftOut" || name == ".Provenance" || name == ".InputPath" || name == ".InputSHA256" || name == ".Locator"
		}, cmp.Ignore())
		if diff := cmp.Diff(first, second, provenance); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestLevels: only headings, quotes and list items have a level.
func TestLevels(t *testing.T) {
	for _, c := range []struct {
		kind     string
		in, want int32
	}{
		{schema.BlockHeading, 2, 2}, {schema.BlockHeading, 9, 6}, {schema.BlockQuote, 3, 3}, {schema.BlockListItem, 12, 12},
		{schema.BlockTableRow, 1, 0}, {schema.BlockParagraph, 1, 0}, {schema.BlockCode, 2, 0}, {schema.BlockQuote, -1, 0},
	} {
		doc := normalized(t, &extract.Draft{Blocks: []extract.Block{{Kind: c.kind, Level: c.in, Text: "words"}}}, rules)
		if got := doc.Article.Blocks[0].Level; got != c.want {
			t.Errorf("%s of level %d has level %d, want %d", c.kind, c.in, got, c.want)
		}
	}
}
