package keep

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/pipeline/config"
	"corpus/pipeline/store"
)

// RecipePath is the file of a release that says how its texts were read.
const RecipePath = "rehydrate.json"

// recipeSchema is the version of the file's form.
const recipeSchema = 1

// Recipe is that part of corpus.yaml on which texts, ids and masks depend, so
// that whoever has the pages can read them as the build did. It holds no path,
// no key and no name of a person.
type Recipe struct {
	Schema  int            `json:"schema"`
	Corpus  string         `json:"corpus"`
	Privacy string         `json:"privacy"` // pseudonyms or none
	Tool    store.Tool     `json:"tool"`    // of the build
	Limits  RecipeLimits   `json:"limits"`
	Sources []RecipeSource `json:"sources"` // by id
}

// RecipeLimits are the limits of a document.
type RecipeLimits struct {
	Bytes    int64 `json:"bytes"`
	Comments int   `json:"comments"`
	Depth    int   `json:"depth"`
}

// RecipeSource is how a source was read.
type RecipeSource struct {
	ID          string   `json:"id"`
	Format      string   `json:"format"`
	Site        string   `json:"site,omitzero"`
	TimeZone    string   `json:"time_zone,omitzero"`
	Languages   []string `json:"languages,omitzero"`
	Unpublished string   `json:"unpublished,omitzero"`
	PostTypes   []string `json:"post_types,omitzero"`
	Index       bool     `json:"index,omitzero"` // whether an index gave it addresses and times of capture
	CDX         bool     `json:"cdx,omitzero"`   // whether a CDX selected its records
}

// NewRecipe is the recipe of a build; sources are in the order of their ids.
func NewRecipe(c *config.Config, tool store.Tool, sources []config.Source) *Recipe {
	r := &Recipe{
		Schema: recipeSchema, Corpus: c.Corpus, Privacy: c.Privacy, Tool: tool,
		Limits: RecipeLimits{Bytes: int64(c.Limits.Bytes), Comments: c.Limits.Comments, Depth: c.Limits.Depth},
	}
	for i := range sources {
		s := &sources[i]
		r.Sources = append(r.Sources, RecipeSource{
			ID: s.ID, Format: s.Format, Site: s.Site, TimeZone: s.TimeZone, Languages: s.Languages,
			Unpublished: s.Unpublished, PostTypes: s.PostTypes, Index: s.Index != "", CDX: s.CDX != "",
		})
	}
	return r
}

// JSON is r as rehydrate.json.
func (r *Recipe) JSON() ([]byte, error) {
	data, err := json.Marshal(r, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", RecipePath, err)
	}
	return append(data, '\n'), nil
}

// maxRecipe bounds the file, in bytes.
const maxRecipe = 16 << 20

// ParseRecipe reads rehydrate.json, strictly.
func ParseRecipe(data []byte) (*Recipe, error) {
	r := &Recipe{}
	if len(data) > maxRecipe {
		return nil, fmt.Errorf("%s has %d bytes: it is none of ours", RecipePath, len(data))
	}
	if err := json.Unmarshal(data, r, json.RejectUnknownMembers(true)); err != nil {
		return nil, fmt.Errorf("%s: %w", RecipePath, err)
	}
	switch {
	case r.Schema != recipeSchema:
		return nil, fmt.Errorf("%s: schema is %d, this program reads %d", RecipePath, r.Schema, recipeSchema)
	case !store.ValidName(r.Corpus):
		return nil, fmt.Errorf("%s: corpus is no name: %.80q", RecipePath, r.Corpus)
	case r.Privacy != config.PrivacyPseudonyms && r.Privacy != config.PrivacyNone:
		return nil, fmt.Errorf("%s: privacy is %.80q", RecipePath, r.Privacy)
	case r.Limits.Bytes <= 0 || r.Limits.Comments <= 0 || r.Limits.Depth <= 0:
		return nil, fmt.Errorf("%s: limits have to be above 0", RecipePath)
	}
	for i := range r.Sources {
		if id := r.Sources[i].ID; !store.ValidName(id) || i > 0 && id <= r.Sources[i-1].ID {
			return nil, fmt.Errorf("%s: sources are not in the order of their ids: %.80q", RecipePath, id)
		}
	}
	return r, nil
}
