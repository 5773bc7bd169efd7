package licenses

import (
	"slices"
	"strings"

	"corpus/schema"
)

// Kinds of evidence, for conditions: what the column license_evidence says in a word.
const (
	KindDeclared = "declared" // corpus.yaml
	KindIndex    = "index"    // the index of the source
	KindRecord   = "record"   // a record of the format jsonl
	KindMarkup   = "markup"   // what a page, an HTTP header or a feed says to machines
	KindLink     = "link"     // a link or badge that nothing calls the article's licence
	KindText     = "text"     // words
	KindConflict = "conflict" // statements contradict each other
)

// EvidenceKinds are the kinds of evidence, and none.
func EvidenceKinds() []string {
	return []string{KindDeclared, KindIndex, KindRecord, KindMarkup, KindLink, KindText, KindConflict, None}
}

// EvidenceKind is the kind of what the column license_evidence says.
func EvidenceKind(evidence string) string {
	switch {
	case evidence == "":
		return None
	case evidence == EvidenceDeclared:
		return KindDeclared
	case evidence == KindIndex, evidence == KindRecord, evidence == WhereLink, evidence == WhereText:
		return evidence
	case evidence == WhereBadge:
		return KindLink
	case strings.HasPrefix(evidence, EvidenceConflict):
		return KindConflict
	}
	return KindMarkup
}

// EvidenceConflict begins the evidence of statements that contradict each other.
const EvidenceConflict = "conflict: "

// Classes of opt-out signals.
const (
	SignalNoAI        = "noai"
	SignalNoImageAI   = "noimageai"
	SignalNoML        = "noml"
	SignalTDM         = "tdm-reservation"
	SignalTDMPolicy   = "tdm-policy"
	SignalNoIndex     = "noindex" // and none
	SignalNoArchive   = "noarchive"
	SignalNoSnippet   = "nosnippet"
	SignalNotPublic   = "not-public"
	SignalUnspecified = "other"
)

// SignalKinds are the classes of opt-out signals.
func SignalKinds() []string {
	return []string{SignalNoAI, SignalNoImageAI, SignalNoML, SignalTDM, SignalTDMPolicy, SignalNoIndex, SignalNoArchive, SignalNoSnippet, SignalNotPublic, SignalUnspecified}
}

// AsksNotTo tells whether a value of a robots meta element or of the field
// X-Robots-Tag, in lower case, asks not to be used, indexed, kept or quoted.
func AsksNotTo(token string) bool {
	switch token {
	case SignalNoAI, SignalNoImageAI, SignalNoML, SignalNoIndex, "none", SignalNoArchive, "nocache", SignalNoSnippet:
		return true
	}
	return false
}

// Signals are the classes of the signals in the column opt_out, in the order of
// SignalKinds.
func Signals(optOut []string) []string {
	found := map[string]bool{}
	for _, s := range optOut {
		lower := strings.ToLower(s)
		if on, ok := tdmReservation(lower); ok {
			found[SignalTDM] = on // a later statement overrules an earlier one (TDMRep, section 6)
			continue
		}
		switch {
		case strings.HasPrefix(s, NotPublic):
			found[SignalNotPublic] = true
			continue
		case strings.Contains(lower, SignalTDMPolicy):
			found[SignalTDMPolicy] = true
			continue
		}
		known := false
		for token := range strings.FieldsFuncSeq(lower, func(r rune) bool { return strings.ContainsRune(",:; \t", r) }) {
			switch token {
			case SignalNoAI, SignalNoImageAI, SignalNoML, SignalNoIndex, SignalNoArchive, SignalNoSnippet:
				found[token], known = true, true
			case "none":
				found[SignalNoIndex], known = true, true
			case "nocache":
				found[SignalNoArchive], known = true, true
			}
		}
		if !known {
			found[SignalUnspecified] = true
		}
	}
	var list []string
	for _, kind := range SignalKinds() {
		if found[kind] {
			list = append(list, kind)
		}
	}
	return list
}

// tdmReservation reads a statement of the TDM Reservation Protocol, such as
// "tdm-reservation: 1". A value other than 0 reserves.
func tdmReservation(s string) (reserves, ok bool) {
	at := strings.Index(s, SignalTDM)
	if at < 0 {
		return false, false
	}
	return strings.Trim(s[at+len(SignalTDM):], ": \t\"'") != "0", true
}

// signalled tells whether the signals of a record are among those that a rule
// names: a class, any or none.
func signalled(want, optOut []string) bool {
	signals := Signals(optOut)
	for _, w := range want {
		switch {
		case w == None && len(signals) == 0, w == Any && len(signals) > 0, slices.Contains(signals, w):
			return true
		}
	}
	return false
}

// Personal is the class of personal data in a text with these spans, and the
// kinds of it; open says that the corpus leaves what it finds in the text
// (privacy: none).
func Personal(spans []schema.Span, open bool) (class string, kinds []string) {
	if len(spans) == 0 {
		return PersonalNone, nil
	}
	for _, kind := range PersonalKinds() { // neither links, which name a page, nor what was taken down
		if slices.ContainsFunc(spans, func(s schema.Span) bool { return s.Kind == kind }) {
			kinds = append(kinds, kind)
		}
	}
	switch {
	case len(kinds) == 0:
		return PersonalNone, nil
	case open:
		return PersonalOpen, kinds
	}
	return PersonalMasked, kinds
}

// ArticleFacts are the facts of a finished row; gdprBasis is that of its source.
func ArticleFacts(a *schema.Article, gdprBasis string, open bool) Facts {
	f := rightsFacts(&a.Rights)
	f.Record, f.Source, f.State, f.GDPRBasis = RecordArticle, a.SourceID, a.State, gdprBasis
	f.Personal, f.Found = Personal(a.Spans, open)
	return f
}

// CommentFacts are the facts of a finished row; gdprBasis is that of its source,
// article the decision on its article, nil where there is none.
func CommentFacts(c *schema.Comment, gdprBasis string, open bool, article *Decision) Facts {
	f := rightsFacts(&c.Rights)
	f.Record, f.Source, f.State, f.GDPRBasis, f.Article = RecordComment, c.SourceID, c.State, gdprBasis, article
	f.Personal, f.Found = Personal(c.Spans, open)
	return f
}

func rightsFacts(r *schema.Rights) Facts {
	return Facts{License: r.License, Evidence: value(r.LicenseEvidence), ConsentBasis: value(r.ConsentBasis), TDMBasis: value(r.TDMBasis), OptOut: r.OptOut}
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
