package pipeline_test

import (
	"testing"

	"corpus/schema"
)

// TestCommentsHaveTheRightsOfTheirSource joins an article of one source with
// comments of another: rights and identity scope are those of the source that
// a comment came from.
func TestCommentsHaveTheRightsOfTheirSource(t *testing.T) {
	const record = `{"source":"x","url":"https://quay.example/lamp","site":null,"title":"The lamp","authors":[],"published_at":null,"modified_at":null,"license":null,"tags":[],"lang":"en","text":`
	comment := func(id string) string {
		return `{"id":"` + id + `","parent_id":null,"author":"Ida Pell","author_url":null,"posted_at":null,"text":"I saw it burn from the ferry, number ` + id + `."}`
	}
	corpus := newCorpus(t, `corpus: joined
version: 0.1.0
sources:
  - id: pages
    inputs: [pages.jsonl]
    rights: {license: CC-BY-4.0, comments_license: CC0-1.0, rights_holder: The Quay}
  - id: threads
    inputs: [threads.jsonl]
    identity_scope: board.example
    rights: {license: MIT, comments_license: CC-BY-SA-4.0, rights_holder: The Board}
`, map[string]string{
		"pages.jsonl":   record + `"The lamp at the end of the mole burns again after three dark months.","comments":[` + comment("1") + "]}\n",
		"threads.jsonl": record + `null,"state":"no_text","comments":[` + comment("2") + "]}\n",
	})
	version, _ := corpus.build(t, corpus.options(t))
	articles := articlesOf(t, version)
	if len(articles) != 1 || articles[0].License != "CC-BY-4.0" || *articles[0].RightsHolder != "The Quay" {
		t.Fatalf("articles: %+v", articles)
	}
	comments := commentsOf(t, version)
	if len(comments) != 2 {
		t.Fatalf("%d comments", len(comments))
	}
	byLicense := map[string]schema.Comment{}
	for _, c := range comments {
		byLicense[c.License] = c
	}
	pages, threads := byLicense["CC0-1.0"], byLicense["CC-BY-SA-4.0"]
	if pages.CommenterID == nil || threads.CommenterID == nil {
		t.Fatalf("licences are not those of the sources: %v", byLicense)
	}
	if *pages.CommenterID == *threads.CommenterID {
		t.Error("one pseudonym in two scopes")
	}
}
