package comments

import "testing"

// TestRedditAlone: a thread whose comments are not loaded is its opening post,
// with or without a text; lists of threads are none.
func TestRedditAlone(t *testing.T) {
	post := func(id, text string) string {
		return `<shreddit-post id="t3_` + id + `" post-title="A door that sings" author="hinge_fan" created-timestamp="2023-08-01T10:00:00.000000+0000" comment-count="7">` + text + `</shreddit-post>`
	}
	for _, c := range []struct {
		name, html string
		posts      int
		blocks     int
	}{
		{"with a text", post("a1", `<div slot="text-body"><p>It sings in the evening.</p></div>`), 1, 1},
		{"a link", post("a1", ``) + `<div><p>Create your account and connect with others.</p></div>`, 1, 0},
		{"a list", post("a1", ``) + post("a2", ``), 0, 0},
	} {
		f := read(t, c.html)
		if len(f.Comments) != c.posts || f.Posts != (c.posts > 0) {
			t.Fatalf("%s: %d records, posts %v", c.name, len(f.Comments), f.Posts)
		}
		if c.posts > 0 && (len(f.Comments[0].Blocks) != c.blocks || f.Comments[0].Author != "hinge_fan" || f.Title != "A door that sings") {
			t.Errorf("%s: %+v", c.name, f.Comments[0])
		}
	}
}
