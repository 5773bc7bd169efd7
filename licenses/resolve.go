package licenses

import (
	"strings"

	"corpus/schema"
)

// Resolution is what the statements of a capture say of its article.
type Resolution struct {
	License  string // SPDX expression; NOASSERTION where nothing is known or statements contradict each other
	URL      string // address of the licence, or of a statement that could not be read; "" for none
	Evidence string // where it stands; EvidenceConflict and the statements where they contradict each other; "" for none
}

// Ranks of statements, the strongest first. Those of a rank are taken together,
// and a rank that has a licence is not overruled by a lower one.
const (
	rankArticle   = iota // is about the article
	rankSite             // is about the site that the article is part of, said to machines
	rankSiteLoose        // the same, by a mere link or words
	rankLoose            // a link or words about something unknown
	rankReserved         // a notice that all rights are reserved
	ranks
)

// Resolve gives the licence of an article by the statements of its capture:
//
//  0. What an index states is a declaration, not the capture's: Article sees it.
//  1. Statements about a picture, another part of the page or the comments are
//     not about the article.
//  2. Those about the article come first, then those about the site (what it says
//     to machines before its links and words), then links and words of which it
//     is not known what they are about, then notices that all rights are
//     reserved, which templates write on every page: one of these counts as the
//     article's only where it stands for its licence. The first of these ranks
//     in which a licence can be read decides.
//  3. Where those of the rank contradict each other, nothing is known, and the
//     evidence says conflict. CC BY without version does not contradict CC BY 4.0.
//     A loose link or name contradicts a notice that all rights are reserved: it
//     may well be about something else.
func Resolve(statements []Statement) Resolution {
	var byRank [ranks][]*Statement
	unread := Resolution{License: schema.LicenseUnknown}
	for i := range statements {
		s := &statements[i]
		rank, ok := rankOf(s)
		if !ok || s.Where == WhereIndex {
			continue
		}
		if s.License != nil {
			byRank[rank] = append(byRank[rank], s)
		} else if s.URL != nil && unread.URL == "" && mayBeLicense(s) {
			unread.URL, unread.Evidence = *s.URL, s.Where
		}
	}
	for rank, list := range byRank {
		if len(list) == 0 {
			continue
		}
		if rank == rankLoose {
			list = append(list[:len(list):len(list)], byRank[rankReserved]...)
		}
		return agreed(list)
	}
	return unread
}

// rankOf is the rank of a statement; false for those that are not about the article.
func rankOf(s *Statement) (rank int, ok bool) {
	reserves := s.License != nil && *s.License == ReservedRights
	kind := EvidenceKind(s.Where)
	switch s.Covers {
	case schema.CoversArticle:
		if reserves && (kind != KindMarkup || !strings.Contains(s.Where, "license")) {
			return rankReserved, true
		}
		return rankArticle, true
	case schema.CoversSite:
		switch {
		case reserves:
			return rankReserved, true
		case kind != KindMarkup:
			return rankSiteLoose, true
		}
		return rankSite, true
	case schema.CoversUnknown:
		if reserves {
			return rankReserved, true
		}
		return rankLoose, true
	}
	return 0, false
}

// mayBeLicense tells whether an address that could not be read is one of a
// licence: where markup says so, or it is on the site of Creative Commons.
func mayBeLicense(s *Statement) bool {
	for _, about := range []string{"acquireLicensePage", "usageInfo", "conditionsOfAccess"} { // say where to ask, not what holds
		if strings.HasSuffix(s.Where, about) {
			return false
		}
	}
	return s.Where != WhereLink || strings.Contains(*s.URL, "creativecommons.org/")
}

// agreed is the licence that all statements give.
func agreed(list []*Statement) Resolution {
	best := list[0]
	var different []*Statement // one a licence
	for _, s := range list {
		if *s.License == *best.License {
			continue
		}
		if sameSomeVersion(*best.License, *s.License) {
			if moreExact(*best.License, *s.License) == *s.License {
				best = s
			}
			continue
		}
		different = append(different, s)
	}
	// What differs from the first may differ from the more exact one no longer.
	var parts []string
	seen := map[string]bool{*best.License: true}
	for _, s := range different {
		if !seen[*s.License] && !sameSomeVersion(*best.License, *s.License) {
			seen[*s.License] = true
			parts = append(parts, s.Where+" "+*s.License)
		}
	}
	if len(parts) == 0 {
		r := Resolution{License: *best.License, Evidence: best.Where}
		if best.URL != nil {
			r.URL = *best.URL
		}
		return r
	}
	const most = 4
	if len(parts) > most {
		parts = append(parts[:most], "…")
	}
	return Resolution{License: schema.LicenseUnknown, Evidence: EvidenceConflict + best.Where + " " + *best.License + "; " + strings.Join(parts, "; ")}
}

// Places of statements that rules tell apart.
const (
	WhereLink  = "link"  // a link that markup does not call a licence
	WhereText  = "text"  // words
	WhereBadge = "badge" // a picture of Creative Commons
	WhereIndex = "index" // the index of the source

	WhereHeader = "header Link rel=license" // of the HTTP response
)

// Add appends a statement that is not there yet, up to MaxStatements.
func Add(list []Statement, s Statement) []Statement {
	if len(list) >= MaxStatements {
		return list
	}
	for i := range list {
		if equalStatements(&list[i], &s) {
			return list
		}
	}
	return append(list, s)
}

func equalStatements(a, b *Statement) bool {
	return a.Where == b.Where && a.Covers == b.Covers && value(a.License) == value(b.License) && value(a.URL) == value(b.URL) && value(a.Raw) == value(b.Raw)
}
