package identity_test

import (
	"encoding/json"
	"os"
	"testing"

	"pgregory.net/rapid"

	"corpus/pipeline/normalize/identity"
	"corpus/pipeline/normalize/weburl"
)

// golden is testdata/ids_v1.json. It was worked out by hand and by a program of
// its own; it must never change, since ids of published corpora rest on it.
type golden struct {
	URLs []struct {
		URL, Identity string
		ArticleID     string `json:"article_id"`
	}
	Native []struct {
		Source, Native string
		ArticleID      string `json:"article_id"`
	}
	Content []struct {
		Source, SHA256 string
		ArticleID      string `json:"article_id"`
	}
	CommentsNative []struct {
		ArticleID string `json:"article_id"`
		Native    string
		CommentID string `json:"comment_id"`
	} `json:"comments_native"`
	CommentsContent []struct {
		ArticleID   string `json:"article_id"`
		Local, Text string
		Ordinal     int
		CommentID   string `json:"comment_id"`
	} `json:"comments_content"`
}

func TestIDsAreFrozen(t *testing.T) {
	raw, err := os.ReadFile("testdata/ids_v1.json")
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(raw, &g); err != nil {
		t.Fatal(err)
	}
	if len(g.URLs) < 40 || len(g.Native) == 0 || len(g.Content) == 0 || len(g.CommentsNative) == 0 || len(g.CommentsContent) == 0 {
		t.Fatalf("the table is cut short: %+v", g)
	}
	same := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %s, want %s", what, got, want)
		}
	}
	for _, c := range g.URLs {
		id, ok := weburl.Identity(c.URL)
		if !ok {
			t.Errorf("%s is no address", c.URL)
		}
		same("identity of "+c.URL, id, c.Identity)
		same("article at "+c.URL, identity.ArticleByURL(id), c.ArticleID)
	}
	for _, c := range g.Native {
		same("article "+c.Native, identity.ArticleByNative(c.Source, c.Native), c.ArticleID)
	}
	for _, c := range g.Content {
		same("article of "+c.Source, identity.ArticleByContent(c.Source, c.SHA256), c.ArticleID)
	}
	for _, c := range g.CommentsNative {
		same("comment "+c.Native, identity.CommentByNative(c.ArticleID, c.Native), c.CommentID)
	}
	for _, c := range g.CommentsContent {
		same("comment "+c.Text, identity.CommentByContent(c.ArticleID, c.Local, c.Text, c.Ordinal), c.CommentID)
	}
	if weburl.RulesVersion != "url-id/1" {
		t.Errorf("id rules %s: another version needs a table of its own", weburl.RulesVersion)
	}
}

// Two lists of parts have one id only if they are one list.
func TestPartsDoNotRunIntoEachOther(t *testing.T) {
	part := rapid.StringN(0, 4, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOfN(part, 0, 4).Draw(t, "a"), rapid.SliceOfN(part, 0, 4).Draw(t, "b")
		equal := len(a) == len(b)
		for i := 0; equal && i < len(a); i++ {
			equal = a[i] == b[i]
		}
		if id := identity.Digest(a...); (id == identity.Digest(b...)) != equal || len(id) != 32 {
			t.Fatalf("%q and %q", a, b)
		}
	})
	if identity.Digest("ab", "c") == identity.Digest("a", "bc") {
		t.Error("parts run into each other")
	}
}
