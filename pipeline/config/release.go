package config

import "corpus/schema"

// Release says what a release lets out of the people who commented. Empty
// values stand for the defaults of the tier, see ScopeFor and PrecisionFor.
type Release struct {
	CommenterScope string `yaml:"commenter_scope"` // corpus, article or none
	TimePrecision  string `yaml:"time_precision"`  // of the times of comments: year, month, day, hour, minute or stated
}

// Values of commenter_scope: within what one pseudonym stands for one person.
const (
	ScopeCorpus  = "corpus"  // the pseudonyms of the build
	ScopeArticle = "article" // new ones for every article
	ScopeNone    = "none"    // no pseudonyms
)

// PrecisionStated leaves the times of comments as exact as they are stated.
const PrecisionStated = "stated"

// ScopeFor is the commenter_scope of a release of a tier: as declared, else
// corpus where all of it leaves on agreement alone, else article.
func (c *Config) ScopeFor(tier string) string {
	switch {
	case c.Release != nil && c.Release.CommenterScope != "":
		return c.Release.CommenterScope
	case tier == schema.TierGated:
		return ScopeCorpus
	}
	return ScopeArticle
}

// PrecisionFor is the time_precision of a release of a tier: as declared, else
// stated where all of it leaves on agreement alone, else day.
func (c *Config) PrecisionFor(tier string) string {
	switch {
	case c.Release != nil && c.Release.TimePrecision != "":
		return c.Release.TimePrecision
	case tier == schema.TierGated:
		return PrecisionStated
	}
	return schema.PrecisionDay
}

// validate checks the values that the file states.
func (r *Release) validate(d *decoder) {
	if r == nil {
		return
	}
	d.oneOf("release.commenter_scope", r.CommenterScope, ScopeCorpus, ScopeArticle, ScopeNone)
	d.oneOf("release.time_precision", r.TimePrecision, schema.PrecisionYear, schema.PrecisionMonth, schema.PrecisionDay, schema.PrecisionHour, schema.PrecisionMinute, PrecisionStated)
}
