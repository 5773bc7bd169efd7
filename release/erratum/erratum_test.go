package erratum

import (
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/pipeline/store"
	"corpus/pipeline/takedown"
	"corpus/schema"
)

func id(c string) string     { return strings.Repeat(c, idDigits) }
func digest(c string) string { return strings.Repeat(c, digestDigits) }

// example is an erratum that says something of everything.
func example() *Erratum {
	x := &Erratum{
		Corpus: "quay-voices", Version: "1.2.0+full", ManifestSHA256: digest("a"), TakedownSHA256: digest("b"), Tool: store.Tool{Name: "corpus", Version: "0.1.0"},
		BuildVersion: "2.0.0", BuildSHA256: digest("c"), NamesLeft: 3,
		Excluded: map[string]int64{"articles": 1, "comments": 2},
		Ledger:   map[string]map[string]int64{"article": {"": 2}, "tombstone": {"taken_down": 1}},
		Sources:  []store.SourceCounts{{SourceID: "quay", Documents: 3, Outcomes: map[string]int64{"article": 2, "tombstone": 1}, Rejected: map[string]int64{}}},
		Articles: []Article{
			{Row: Row{ID: id("1"), Gone: true}},
			{Row: Row{ID: id("2"), Set: map[string]jsontext.Value{"state": jsontext.Value(`"tombstone"`), "license": jsontext.Value(`"NOASSERTION"`), "title": jsontext.Value("null"), "byline": jsontext.Value("[]")}}, CapturesGone: true},
			{Row: Row{ID: id("3")}, Comments: []Row{
				{ID: id("4"), New: true, Set: map[string]jsontext.Value{"source_id": jsontext.Value(`"quay"`), "extractor": jsontext.Value(`"html/1 charset=utf-8/utf8"`), "position": jsontext.Value("7"), "featured": jsontext.Value("true")}},
				{ID: id("5"), Cuts: []takedown.Cut{{Start: 3, End: 9}, {Start: 12, End: 13}}, Set: map[string]jsontext.Value{
					"text_sha256": jsontext.Value(`"` + digest("d") + `"`), "n_words": jsontext.Value("4"),
					"spans":     jsontext.Value(`[{"kind":"removed","start":3,"end":12},{"kind":"mention","start":13,"end":20,"ref_id":"` + id("4") + `"}]`),
					"posted_at": jsontext.Value("1767225600000000"), "votes_up": jsontext.Value("-1"),
				}},
			}},
		},
		Commenters: []Row{{ID: id("6"), Set: map[string]jsontext.Value{"n_comments": jsontext.Value("1"), "name": jsontext.Value("null")}}},
		Duplicates: []Row{{ID: id("7"), New: true, Set: map[string]jsontext.Value{"cluster_id": jsontext.Value(`"` + id("7") + `"`), "kept": jsontext.Value("true"), "rule": jsontext.Value(`"near"`)}}},
	}
	for _, t := range schema.Tables() {
		x.Tables = append(x.Tables, store.FileInfo{Path: store.ShardPath(t, 0, 1), Table: t.Name, Bytes: 10, SHA256: digest("e")})
	}
	slicesSort(x.Tables)
	return x
}

func slicesSort(files []store.FileInfo) {
	for i := range files {
		for j := i; j > 0 && files[j].Path < files[j-1].Path; j-- {
			files[j], files[j-1] = files[j-1], files[j]
		}
	}
}

func TestParse(t *testing.T) {
	x := example()
	data, err := x.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if !Is(data) || Is([]byte(`{"version":"1.2.0"}`)) || Is([]byte("no")) {
		t.Error("it is not told from others")
	}
	got, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	again, err := got.JSON()
	if err != nil || string(again) != string(data) {
		t.Errorf("it is not what was written: %v", err)
	}
	if diff := cmp.Diff(Counts{Articles: 2, Texts: 1, Cuts: 2, Rows: 3}, got.Counts()); diff != "" {
		t.Error(diff)
	}
}

// What is cut off is told from what is none, and no type of the program is named.
func TestParseDamaged(t *testing.T) {
	data, err := example().JSON()
	if err != nil {
		t.Fatal(err)
	}
	cut := data[:len(data)*2/3]
	if !Is(cut) {
		t.Error("cut off, it is no erratum of a release any more")
	}
	for _, c := range []struct{ in, want string }{
		{string(cut), "the erratum is cut off: get it from its publisher again"},
		{`{"version":"1.2.0+full","titel":""}`, `this is no erratum: the key "/titel" is not known`},
		{`{"version":"1.2.0+full","schema":"one"}`, `this is no erratum: the value of the key "/schema" does not fit`},
		{`{"version":"1.2.0+full",]`, "this is no erratum: no valid JSON at byte 23"},
	} {
		if _, err := Parse([]byte(c.in)); err == nil || err.Error() != c.want {
			t.Errorf("%.40s: %v, want %s", c.in, err, c.want)
		}
		if _, err := takedown.ParseErratum([]byte(c.in)); err == nil || strings.Contains(err.Error(), "takedown.Erratum") {
			t.Errorf("%.40s: as one of a build: %v", c.in, err)
		}
	}
}

// Whatever an erratum may not say is refused, also where its digest is right.
func TestStrict(t *testing.T) {
	for name, change := range map[string]func(*Erratum){
		"a title":            func(x *Erratum) { x.Articles[1].Set["title"] = jsontext.Value(`"Sluice"`) },
		"a name":             func(x *Erratum) { x.Commenters[0].Set["name"] = jsontext.Value(`"Hilda"`) },
		"a byline":           func(x *Erratum) { x.Articles[1].Set["byline"] = jsontext.Value(`["Hilda"]`) },
		"an address":         func(x *Erratum) { x.Articles[1].Set["url"] = jsontext.Value(`"https://quay.example/"`) },
		"a text":             func(x *Erratum) { x.Articles[2].Comments[0].Set["text"] = jsontext.Value(`"Said."`) },
		"a local time":       func(x *Erratum) { x.Articles[2].Comments[0].Set["posted_local"] = jsontext.Value(`"2026"`) },
		"a licence":          func(x *Erratum) { x.Articles[1].Set["license"] = jsontext.Value(`"CC-BY-4.0"`) },
		"words for a source": func(x *Erratum) { x.Articles[2].Comments[0].Set["source_id"] = jsontext.Value(`"Hilda wrote"`) },
		"words for a reader": func(x *Erratum) { x.Articles[2].Comments[0].Set["extractor"] = jsontext.Value(`"html/1 Hilda wrote"`) },
		"words for a state":  func(x *Erratum) { x.Articles[1].Set["state"] = jsontext.Value(`"Hilda"`) },
		"words for an id":    func(x *Erratum) { x.Duplicates[0].Set["cluster_id"] = jsontext.Value(`"Hilda"`) },
		"words for a digest": func(x *Erratum) { x.Articles[2].Comments[1].Set["text_sha256"] = jsontext.Value(`"Hilda"`) },
		"words in a span": func(x *Erratum) {
			x.Articles[2].Comments[1].Set["spans"] = jsontext.Value(`[{"kind":"removed","start":3,"end":12,"note":"x"}]`)
		},
		"a kind of span": func(x *Erratum) {
			x.Articles[2].Comments[1].Set["spans"] = jsontext.Value(`[{"kind":"Hilda","start":3,"end":12}]`)
		},
		"a span without an end": func(x *Erratum) {
			x.Articles[2].Comments[1].Set["spans"] = jsontext.Value(`[{"kind":"link","start":3}]`)
		},
		"an input":                 func(x *Erratum) { x.Articles[1].Set["input_sha256"] = jsontext.Value(`"` + digest("1") + `"`) },
		"a key":                    func(x *Erratum) { x.Articles[1].Set["article_id"] = jsontext.Value(`"` + id("1") + `"`) },
		"an unknown column":        func(x *Erratum) { x.Articles[1].Set["words"] = jsontext.Value("null") },
		"a number that is none":    func(x *Erratum) { x.Commenters[0].Set["n_comments"] = jsontext.Value("1.5") },
		"a number too large":       func(x *Erratum) { x.Commenters[0].Set["n_comments"] = jsontext.Value("3000000000") },
		"a count below 0":          func(x *Erratum) { x.Commenters[0].Set["n_comments"] = jsontext.Value("-1") },
		"null for a number":        func(x *Erratum) { x.Commenters[0].Set["n_comments"] = jsontext.Value("null") },
		"no list":                  func(x *Erratum) { x.Articles[1].Set["byline"] = jsontext.Value("null") },
		"a row that is nothing":    func(x *Erratum) { x.Commenters[0].Set = nil },
		"an article, nothing":      func(x *Erratum) { x.Articles[2].Comments = nil },
		"gone and changed":         func(x *Erratum) { x.Commenters[0].Gone = true },
		"gone with comments":       func(x *Erratum) { x.Articles[2].Gone = true },
		"gone and its captures":    func(x *Erratum) { x.Articles[0].CapturesGone = true },
		"new and cut":              func(x *Erratum) { x.Articles[2].Comments[1].New = true },
		"cut without a proof":      func(x *Erratum) { delete(x.Articles[2].Comments[1].Set, "text_sha256") },
		"cut and gone":             func(x *Erratum) { x.Articles[2].Comments[1].Set["text"] = jsontext.Value("null") },
		"cuts that overlap":        func(x *Erratum) { x.Articles[2].Comments[1].Cuts[1].Start = 8 },
		"an empty cut":             func(x *Erratum) { x.Articles[2].Comments[1].Cuts[1].End = 12 },
		"cuts of no text":          func(x *Erratum) { x.Commenters[0].Cuts = []takedown.Cut{{Start: 1, End: 2}} },
		"articles out of order":    func(x *Erratum) { x.Articles[0].ID = id("9") },
		"comments out of order":    func(x *Erratum) { x.Articles[2].Comments[0].ID = id("9") },
		"an id that is none":       func(x *Erratum) { x.Articles[2].ID = "Hilda" },
		"a reason":                 func(x *Erratum) { x.Ledger["tombstone"] = map[string]int64{"Hilda": 1} },
		"an outcome":               func(x *Erratum) { x.Sources[0].Outcomes["Hilda"] = 1 },
		"a count of a table":       func(x *Erratum) { x.Excluded["Hilda"] = 1 },
		"a source that is no name": func(x *Erratum) { x.Sources[0].SourceID = "Hilda wrote" },
		"a table too few":          func(x *Erratum) { x.Tables = x.Tables[1:] },
		"a file elsewhere":         func(x *Erratum) { x.Tables[6].Path = "data/zzz.parquet" },
		"a version before":         func(x *Erratum) { x.BuildVersion = "1.2.0" },
		"a version of a build":     func(x *Erratum) { x.Version = "1.2.0" },
		"one that was filled in":   func(x *Erratum) { x.Version += ".rehydrated" },
		"a corpus that is no name": func(x *Erratum) { x.Corpus = "Hilda wrote" },
		"a tool that is no name":   func(x *Erratum) { x.Tool.Version = "by Hilda" },
		"no manifest":              func(x *Erratum) { x.ManifestSHA256 = "" },
	} {
		x := example()
		change(x)
		data, err := x.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Parse(data); err == nil {
			t.Errorf("%s: taken", name)
		} else if strings.Contains(err.Error(), "Hilda wrote") && name != "a corpus that is no name" {
			t.Errorf("%s: repeated: %v", name, err)
		}
	}
}

// Nothing can be changed in the file without its digest telling.
func TestDigest(t *testing.T) {
	data, err := example().JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{`"names_left": 3`, `"names_left": 4`}, {`"start": 3`, `"start": 2`}, {`"documents": 3`, `"documents": 2`}, {digest("d"), digest("f")}, {`"schema": 1`, `"schema": 2`}, {`"names_left": 3`, `"words": 3`},
	} {
		changed := strings.Replace(string(data), change[0], change[1], 1)
		if changed == string(data) {
			t.Fatalf("there is no %s", change[0])
		}
		if _, err := Parse([]byte(changed)); err == nil {
			t.Errorf("%s: taken", change[1])
		}
	}
}

// What is cut out of any text is found again, wherever equal words stand.
func TestCutsOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SampledFrom([]string{"a", "b", "ä", "[removed]", " "})
		text := strings.Join(rapid.SliceOfN(letters, 0, 30).Draw(t, "text"), "")
		n := int32(len([]rune(text)))
		var cuts []takedown.Cut
		var spans []schema.Span
		at, shift := int32(0), int32(0)
		for at < n && rapid.Bool().Draw(t, "cut") {
			start := rapid.Int32Range(at, n-1).Draw(t, "start")
			end := rapid.Int32Range(start+1, n).Draw(t, "end")
			cuts = append(cuts, takedown.Cut{Start: start, End: end})
			spans = append(spans, schema.Span{Kind: schema.SpanRemoved, Start: start + shift, End: start + shift + 9})
			shift += 9 - (end - start)
			at = end
		}
		now, err := withoutCuts(text, cuts)
		if err != nil {
			t.Fatal(err)
		}
		found, ok := cutsOf(text, now, spans)
		if !ok {
			t.Fatalf("no cuts make %q of %q", now, text)
		}
		if again, err := withoutCuts(text, found); err != nil || again != now {
			t.Fatalf("%q, not %q, of %q: %v", again, now, text, err)
		}
		if len(cuts) > 0 {
			if other, ok := cutsOf(text+"b", now+"a", spans); ok {
				t.Fatalf("cuts %v make another text", other)
			}
		}
	})
}

// What cannot be cut is no panic.
func TestWithoutCuts(t *testing.T) {
	for _, cuts := range [][]takedown.Cut{{{Start: 2, End: 9}}, {{Start: 9, End: 10}}, {{Start: -2, End: 1}}, {{Start: 0, End: 2}, {Start: 1, End: 3}}, {{Start: 1, End: 1}}} {
		if got, err := withoutCuts("äbc", cuts); err == nil {
			t.Errorf("%v: %q", cuts, got)
		}
	}
	if _, ok := cutsOf("abc", "a[removed]", []schema.Span{{Kind: schema.SpanRemoved, Start: 0, End: 9}}); ok {
		t.Error("a span beside its mask")
	}
}

// Every value that an erratum may say of a row comes back.
func TestValues(t *testing.T) {
	for _, table := range []string{schema.TableArticles, schema.TableComments, schema.TableCommenters, schema.TableDuplicates} {
		c := columnsOf(table)
		n := 0
		for name, column := range c.byName {
			v := zeroOf(c.table, column)
			if schema.ErratumRule(*column) == schema.ErratumValue {
				fillIn(t, column, v)
			}
			if name == "license" {
				v.SetString(schema.LicenseUnknown)
			} else if name == "source_id" || name == "extractor" {
				v.SetString("quay")
			}
			raw, err := encode(column, v)
			if err != nil {
				t.Errorf("%s.%s: %v", table, name, err)
				continue
			}
			got := zeroOf(c.table, column)
			if err := decode(column, raw, got); err != nil {
				t.Errorf("%s.%s: %s: %v", table, name, raw, err)
			}
			if diff := cmp.Diff(v.Interface(), got.Interface()); diff != "" {
				t.Errorf("%s.%s:\n%s", table, name, diff)
			}
			n++
		}
		if n < 5 {
			t.Errorf("%s: %d columns", table, n)
		}
	}
}

// fillIn gives a column a value.
func fillIn(t *testing.T, c *schema.Column, v reflect.Value) {
	t.Helper()
	if c.List {
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			for j := range c.Children {
				fillIn(t, &c.Children[j], v.Index(i).FieldByIndex(c.Children[j].Index))
			}
		}
		return
	}
	if c.Nullable {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	switch {
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	case v.Kind() != reflect.String:
		v.SetInt(12)
	case c.Values != nil:
		v.SetString(c.Values[len(c.Values)-1])
	case schema.IsID(c.Name):
		v.SetString(id("a"))
	default:
		v.SetString(digest("a"))
	}
}

func FuzzParse(f *testing.F) {
	data, err := example().JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"schema":1,"articles":[{"id":"x","set":{"spans":[[[`))
	f.Add([]byte(`{"version":"1.0.0+full"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		Is(data)
		x := &Erratum{}
		if err := json.Unmarshal(data, x, json.RejectUnknownMembers(true)); err != nil {
			return
		}
		// With the digest put right, so that the rest is looked at as well.
		if data, err = x.JSON(); err != nil {
			return
		}
		got, err := Parse(data)
		if err != nil {
			return
		}
		again, err := got.JSON()
		if err != nil || string(again) != string(data) {
			t.Errorf("not what was read: %v", err)
		}
		got.Counts()
	})
}
