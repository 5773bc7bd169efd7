package config

import (
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"golang.org/x/text/unicode/norm"

	"corpus/licenses"
	"corpus/pipeline/normalize/language"
	"corpus/pipeline/normalize/when"
	"corpus/pipeline/read"
)

var (
	namePattern     = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)
	versionPattern  = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})$`) // SemVer 2.0.0, 2
	postTypePattern = regexp.MustCompile(`^[a-z0-9_-]{1,20}$`)                                              // function register_post_type of WordPress
	acceptPattern   = regexp.MustCompile(`^([0-9]{1,9}|[0-9]{1,3}(\.[0-9])?%)$`)
)

// formats are the values of format: those that have a reader, and auto.
var formats = read.Formats()

func (c *Config) setDefaults() {
	setDefault(&c.Schema, 1)
	setDefault(&c.Privacy, PrivacyPseudonyms)
	setDefault(&c.Splits, SplitsNone)
	setDefault(&c.AcceptRejects, "0")
	if c.SplitShares == nil {
		shares := DefaultShares()
		c.SplitShares = &shares
	}
	limits := DefaultLimits()
	setDefault(&c.Limits.Bytes, limits.Bytes)
	setDefault(&c.Limits.Comments, limits.Comments)
	setDefault(&c.Limits.Depth, limits.Depth)
	for i := range c.Sources {
		setDefault(&c.Sources[i].Format, read.FormatAuto)
	}
}

func setDefault[T comparable](v *T, standard T) {
	var zero T
	if *v == zero {
		*v = standard
	}
}

// validate checks the values that the file states.
func (c *Config) validate(d *decoder) {
	d.texts("", reflect.ValueOf(c).Elem())
	if d.usable("schema") && c.Schema != 1 {
		d.failAt("schema", "schema: this version reads schema 1, not %d", c.Schema)
	}
	d.require("", "corpus", "a name such as harbour-voices")
	if d.usable("corpus") && !namePattern.MatchString(c.Corpus) {
		d.failAt("corpus", "corpus: %q is no name: expected lower case letters, digits, - and _, at most 64, first a letter or digit", clip(c.Corpus))
	}
	d.require("", "version", "MAJOR.MINOR.PATCH such as 0.1.0, or next")
	if d.usable("version") && c.Version != VersionNext && !IsNumber(c.Version) {
		d.failAt("version", "version: %q is no version: expected MAJOR.MINOR.PATCH such as 0.1.0, or next", clip(c.Version))
	}
	if d.usable("previous") && c.Previous == VersionNext {
		d.failAt("previous", "previous: expected the number of a version that is built, or the path to its folder")
	}
	d.oneOf("privacy", c.Privacy, PrivacyPseudonyms, PrivacyNone)
	d.oneOf("splits", c.Splits, SplitsNone, SplitsThread, SplitsCommenter, SplitsTime)
	if s := c.SplitShares; s != nil && d.usable("split_shares") {
		if min(s.Train, s.Validation, s.Test) < 0 || max(s.Train, s.Validation, s.Test) > 1000 || s.Train+s.Validation+s.Test != 1000 {
			d.failAt("split_shares", "split_shares: train %d, validation %d and test %d are no shares per mille: they have to add up to 1000", s.Train, s.Validation, s.Test)
		}
	}
	if d.usable("accept_rejects") && !validAcceptance(c.AcceptRejects) {
		d.failAt("accept_rejects", "accept_rejects: expected a number or a percentage such as 3 or 2.5%%, not %q", clip(c.AcceptRejects))
	}
	c.Takedown.validate(d)
	d.positive("limits.bytes", int64(c.Limits.Bytes))
	d.positive("limits.comments", int64(c.Limits.Comments))
	d.positive("limits.depth", int64(c.Limits.Depth))
	c.PrivacyLimit.validate(d)
	c.Release.validate(d)
	d.require("", "sources", "at least one source with id and inputs")
	if d.usable("sources") && len(c.Sources) == 0 {
		d.failAt("sources", "sources: the list is empty: expected at least one source with id and inputs")
	}
	ids := map[string]string{}
	for i := range c.Sources {
		path := fmt.Sprintf("sources[%d]", i)
		s := &c.Sources[i]
		if !d.given(path) {
			continue
		}
		s.validate(d, path)
		if first, ok := ids[s.ID]; ok && s.ID != "" {
			d.failAt(path+".id", "%s.id: %q is the id of the source in line %d already", path, clip(s.ID), d.places[first].line)
		} else {
			ids[s.ID] = path + ".id"
		}
	}
	c.checkPolicy(d)
}

func (s *Source) validate(d *decoder, path string) {
	d.require(path, "id", "a name such as blog")
	if at := path + ".id"; d.usable(at) && !namePattern.MatchString(s.ID) {
		d.failAt(at, "%s: %q is no id: expected lower case letters, digits, - and _, at most 64, first a letter or digit", at, clip(s.ID))
	}
	d.require(path, "inputs", `globs such as ["pages/**/*.html"]`)
	if at := path + ".inputs"; d.usable(at) && len(s.Inputs) == 0 {
		d.failAt(at, `%s: the list is empty: expected globs such as ["pages/**/*.html"]`, at)
	}
	for i, glob := range s.Inputs {
		at := fmt.Sprintf("%s.inputs[%d]", path, i)
		if d.usable(at) && (glob == "" || !doublestar.ValidatePattern(glob)) {
			d.failAt(at, "%s: %q is no glob: expected a path with *, **, ?, [a-z] or {a,b}", at, clip(glob))
		}
	}
	d.oneOf(path+".format", s.Format, formats...)
	if at := path + ".time_zone"; d.usable(at) {
		if _, err := when.Location(s.TimeZone); err != nil || s.TimeZone == "" {
			d.failAt(at, "%s: %q is no time zone: expected an IANA name such as Europe/London", at, clip(s.TimeZone))
		}
	}
	seen := map[string]bool{}
	for i, lang := range s.Languages {
		at := fmt.Sprintf("%s.languages[%d]", path, i)
		if !d.usable(at) {
			continue
		}
		switch code := language.Code(lang); {
		case code == "":
			d.failAt(at, "%s: %q is no language: expected an ISO 639 code such as en or de", at, clip(lang))
		case code != lang:
			d.failAt(at, "%s: %q is no ISO 639-1 code, did you mean %q?", at, clip(lang), code)
		case seen[code]:
			d.failAt(at, "%s: %q stands twice", at, code)
		}
		seen[lang] = true
	}
	d.oneOf(path+".unpublished", s.Unpublished, UnpublishedExclude, UnpublishedInclude)
	for i, kind := range s.PostTypes {
		if at := fmt.Sprintf("%s.post_types[%d]", path, i); d.usable(at) && !postTypePattern.MatchString(kind) {
			d.failAt(at, "%s: %q is no post type: expected at most 20 lower case letters, digits, - and _, such as recipe", at, clip(kind))
		}
	}
	d.license(path+".rights.license", s.Rights.License)
	d.oneOf(path+".rights.license_rule", s.Rights.LicenseRule, licenses.Rules()...)
	d.license(path+".rights.comments_license", s.Rights.CommentsLicense)
	if at := path + ".rights.terms_url"; d.usable(at) {
		if u, err := url.Parse(s.Rights.TermsURL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
			d.failAt(at, "%s: %q is no web address: expected https://…", at, clip(s.Rights.TermsURL))
		}
	}
	s.checkGrounds(d, path)
	d.date(path+".consent.ethics_date", s.Consent.EthicsDate)
	c := &s.Collection
	d.date(path+".collection.from", c.From)
	d.date(path+".collection.to", c.To)
	d.date(path+".collection.retention_until", c.RetentionUntil)
	d.date(path+".collection.declared_at", c.DeclaredAt)
	if from, to := path+".collection.from", path+".collection.to"; d.usable(from) && d.usable(to) && c.From > c.To {
		d.failAt(to, "%s: %s is before from, %s", to, c.To, c.From)
	}
}

// require reports a key that has to be there; within is the path of its parent.
func (d *decoder) require(within, key, expected string) {
	if path := join(within, key); !d.given(path) {
		d.failAt(within, "%s is missing: expected %s", path, expected)
	}
}

func (d *decoder) oneOf(path, value string, allowed ...string) {
	if d.usable(path) && !slices.Contains(allowed, value) {
		d.failAt(path, "%s: %q is not known: expected %s%s", path, clip(value), strings.Join(allowed, ", "), didYouMean(value, allowed))
	}
}

func (d *decoder) positive(path string, value int64) {
	if d.usable(path) && value <= 0 {
		d.failAt(path, "%s: expected a number above 0, found %d", path, value)
	}
}

func (d *decoder) date(path, value string) {
	if !d.usable(path) {
		return
	}
	if t, err := time.Parse(time.DateOnly, value); err != nil || t.Year() < 1000 {
		d.failAt(path, "%s: %q is no date: expected YYYY-MM-DD", path, clip(value))
	}
}

func (d *decoder) license(path, value string) {
	if !d.usable(path) {
		return
	}
	if err := licenses.Valid(value); err != nil {
		d.failAt(path, "%s: %v", path, err)
	}
}

// validAcceptance tells whether s is a number or a percentage up to 100, with
// at most one digit after the point.
func validAcceptance(s string) bool {
	if !acceptPattern.MatchString(s) {
		return false
	}
	number, percent := strings.CutSuffix(s, "%")
	if !percent {
		return true
	}
	whole, tenth, _ := strings.Cut(number, ".")
	n, err := strconv.Atoi(whole)
	return err == nil && (n < 100 || n == 100 && strings.Trim(tenth, "0") == "")
}

// texts brings every text of the configuration into NFC, as the tables have
// it, and reports what no table may hold. Paths stay as they are on disk.
func (d *decoder) texts(path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i, key := range keysOf(v.Type()) {
			d.texts(join(path, key), v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			d.texts(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.String:
		d.text(path, v)
	}
}

func (d *decoder) text(path string, v reflect.Value) {
	if !d.usable(path) {
		return
	}
	s := v.String()
	bad := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
	switch {
	case !utf8.ValidString(s) || strings.ContainsFunc(s, bad):
		d.failAt(path, "%s: the text holds control characters or is no Unicode", path)
	case strings.TrimSpace(s) == "":
		d.failAt(path, "%s: the text is empty: give a value or leave the key out", path)
	case !strings.Contains(path, ".inputs[") && !strings.HasSuffix(path, ".index") && !strings.HasSuffix(path, ".gold") && path != "previous":
		v.SetString(norm.NFC.String(strings.TrimSpace(s)))
	}
}
