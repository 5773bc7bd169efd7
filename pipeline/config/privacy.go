package config

// PrivacyLimit bounds the personal data that are left in a version which is
// verified with --privacy or released. nil is no limit.
type PrivacyLimit struct {
	Found *int `yaml:"found"` // places that the recognizers find, but for addresses of pages
	Names *int `yaml:"names"` // places where a commenter's name stands in running text, as the build counted
}

// validate checks the limits that the file states.
func (l *PrivacyLimit) validate(d *decoder) {
	if l == nil {
		return
	}
	notNegative := func(at string, n *int) {
		if n != nil && d.usable(at) && *n < 0 {
			d.failAt(at, "%s: expected a number of places, 0 or more, not %d", at, *n)
		}
	}
	notNegative("privacy_limit.found", l.Found)
	notNegative("privacy_limit.names", l.Names)
}
