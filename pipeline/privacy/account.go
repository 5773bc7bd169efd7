package privacy

import (
	"strings"

	"corpus/schema"
)

// network says which addresses of a host are a person's.
type network struct {
	prefixes string // first segments behind which a name stands, in blanks
	bare     bool   // the first segment is a name itself, unless it is reserved
	alone    bool   // only if no further segment follows
}

// networks are the hosts whose profile addresses are known, without www., m.
// and the like. On every host a first segment "@name" is a profile, as
// Mastodon, Medium, TikTok, YouTube and others have it.
func networks(host string) (network, bool) {
	switch host {
	case "facebook.com", "fb.com", "fb.me":
		return network{bare: true, prefixes: "people profile.php pages"}, true
	case "twitter.com", "x.com", "instagram.com", "tiktok.com", "threads.net", "threads.com", "myspace.com", "ask.fm", "vk.com", "ok.ru", "weibo.com", "gab.com", "parler.com", "truthsocial.com", "gettr.com", "twitch.tv", "snapchat.com":
		return network{bare: true, prefixes: "add u user id profile"}, true
	case "t.me", "telegram.me", "paypal.me", "ko-fi.com", "about.me", "linktr.ee", "keybase.io", "cash.app", "venmo.com", "wa.me", "m.me", "gravatar.com":
		return network{bare: true, alone: true, prefixes: "u s"}, true
	case "github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "patreon.com", "soundcloud.com", "pinterest.com", "last.fm", "vimeo.com", "dailymotion.com", "flickr.com", "medium.com", "deviantart.com", "behance.net", "dribbble.com":
		return network{bare: true, alone: true, prefixes: "people photos user users"}, true
	case "linkedin.com":
		return network{prefixes: "in pub"}, true
	case "xing.com":
		return network{prefixes: "profile"}, true
	case "youtube.com":
		return network{prefixes: "user c channel"}, true
	case "reddit.com", "old.reddit.com":
		return network{prefixes: "u user"}, true
	case "bsky.app":
		return network{prefixes: "profile"}, true
	case "disqus.com":
		return network{prefixes: "by", bare: true, alone: true}, true
	case "blogger.com":
		return network{prefixes: "profile"}, true
	case "plus.google.com", "profiles.google.com":
		return network{bare: true}, true
	case "steamcommunity.com":
		return network{prefixes: "id profiles"}, true
	case "stackoverflow.com", "stackexchange.com", "superuser.com", "serverfault.com":
		return network{prefixes: "users"}, true
	case "profile.typepad.com", "users.livejournal.com", "openid.aol.com", "intensedebate.com", "my.opera.com":
		return network{bare: true, prefixes: "people profiles"}, true
	case "livejournal.com", "wordpress.org", "profiles.wordpress.org":
		return network{prefixes: "users profile", bare: host == "profiles.wordpress.org"}, true
	case "news.ycombinator.com":
		return network{prefixes: "user?id"}, true
	case "goodreads.com":
		return network{prefixes: "user author"}, true
	case "quora.com":
		return network{prefixes: "profile"}, true
	}
	if strings.HasSuffix(host, ".wikipedia.org") {
		return network{prefixes: "wiki"}, true // narrowed to user pages below
	}
	return network{}, false
}

// reserved are first segments that are never a person's.
const reserved = " share sharer sharer.php intent hashtag search home login signup about help explore settings privacy terms groups group events event watch " +
	"pages posts photo photos photo.php permalink.php story.php video videos live reel reels stories p tv tag tags topic topics i status notes marketplace gaming plugins dialog " +
	"tr legal policies policy jobs features pricing blog support contact developers docs status.php joinchat proxy addstickers boards channel channels music discover trending " +
	"feed upload library embed directory apps orgs sponsors marketplace enterprise security site wall dk club public away.php feed.php badges games sign_in accounts oauth forums forum " +
	"hashtags embed.html rss api download downloads news press business ads creators m me l.php wiki web guide manual guides manuals list edit new all "

// memberPages are first segments behind which boards and blogs of any host have
// the name of a member, if nothing follows it.
const memberPages = " member members user users u profile profiles profil perfil profilo usuario usuarios utente utenti utilisateur utilisateurs membre membres benutzer mitglied mitglieder "

// splitLink takes a link apart: user name, host in lower case without www. and
// the like, and what follows the host.
func splitLink(raw string) (user, host, path string) {
	if i := strings.Index(raw, "://"); i >= 0 && i < 8 {
		raw = raw[i+3:]
	}
	authority := raw
	if i := strings.IndexAny(raw, "/?#"); i >= 0 {
		authority, path = raw[:i], raw[i:]
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		user, authority = authority[:i], authority[i+1:]
	}
	host, _, _ = strings.Cut(strings.ToLower(authority), ":")
	for _, prefix := range []string{"www.", "m.", "mobile.", "touch.", "de-de.", "web."} {
		if strings.Count(host, ".") > 1 {
			host = strings.TrimPrefix(host, prefix)
		}
	}
	if len(host) > len("xx.") && host[2] == '.' && strings.Count(host, ".") > 1 && !strings.HasSuffix(host, ".wikipedia.org") {
		if _, known := networks(host[3:]); known { // de.linkedin.com
			host = host[3:]
		}
	}
	return user, host, path
}

// hasUser reports whether a link carries a user name or password (RFC 3986,
// section 3.2.1).
func hasUser(raw string) bool {
	user, _, _ := splitLink(raw)
	return user != ""
}

// isProfile reports whether a link leads to a person's page on a known network.
func isProfile(raw string) bool {
	_, host, path := splitLink(raw)
	rest := strings.TrimLeft(path, "/#!")
	segment, tail, more := cutAny(rest, "/?#&=")
	if strings.HasPrefix(segment, "@") && len(segment) > 2 && strings.Contains(host, ".") {
		return true
	}
	n, known := networks(host)
	if segment == "" {
		return false
	}
	lower := strings.ToLower(segment)
	if !known {
		name, behind, _ := cutAny(tail, "/?#")
		return strings.Contains(memberPages, " "+lower+" ") && len(name) > 1 && strings.Trim(behind, "/") == "" &&
			!strings.Contains(reserved, " "+strings.ToLower(name)+" ") && host != "" && strings.Contains(host, ".")
	}
	if strings.HasSuffix(host, ".wikipedia.org") {
		space, name, ok := strings.Cut(tail, ":")
		return lower == "wiki" && ok && name != "" && isUserSpace(space)
	}
	if n.prefixes == "user?id" { // a name in the query
		return lower == "user" && strings.HasPrefix(tail, "id=") && len(tail) > len("id=")
	}
	if strings.Contains(" "+n.prefixes+" ", " "+lower+" ") && strings.Trim(tail, "/?#") != "" {
		return true
	}
	if !n.bare || strings.Contains(reserved, " "+lower+" ") {
		return false
	}
	return !n.alone || !more || strings.Trim(tail, "/") == "" || strings.ContainsAny(rest[len(segment):len(segment)+1], "?#&=")
}

// isUserSpace reports whether a Wikipedia name space holds users.
func isUserSpace(space string) bool {
	switch strings.ToLower(space) {
	case "user", "user_talk", "benutzer", "benutzerin", "benutzer_diskussion", "utilisateur", "utilisatrice", "usuario", "usuaria", "utente", "usuário", "gebruiker", "användare", "wikipedysta", "участник":
		return true
	}
	return false
}

func cutAny(s, set string) (head, tail string, found bool) {
	if i := strings.IndexAny(s, set); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// findBareProfiles finds profile addresses written without http, as
// "facebook.com/name": at every slash the host before it is looked up.
func findBareProfiles(text string, links []found) []found {
	const longestHost, longestAddress = 40, 2048
	inLink := within(links)
	var out []found
	for at := 0; at < len(text); {
		i := strings.IndexByte(text[at:], '/')
		if i < 0 {
			break
		}
		slash := at + i
		at = slash + 1
		start := slash
		for start > 0 && slash-start <= longestHost && (isDigit(text[start-1]) || isASCIILetter(text[start-1]) || text[start-1] == '.' || text[start-1] == '-') {
			start--
		}
		if slash-start < 4 || slash-start > longestHost || isWord(before(text, start)) || before(text, start) == '/' || before(text, start) == '@' || inLink(found{start: start, end: slash}) {
			continue
		}
		_, host, _ := splitLink(text[start:slash])
		if _, known := networks(host); !known {
			continue
		}
		end := linkEnd(text[:window(text, start+longestAddress)], start)
		if end > slash && isProfile(text[start:end]) {
			out = append(out, found{start: start, end: end, kind: schema.SpanAccount})
			at = end
		}
	}
	return out
}
