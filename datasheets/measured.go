package datasheets

import (
	"fmt"
	"strings"

	"corpus/datasheets/statistics"
	"corpus/schema"
)

// say is a paragraph.
func say(format string, args ...any) block { return block{Text: fmt.Sprintf(format, args...)} }

func show(g grid) block { return block{Grid: &g} }

// measured is what the version itself answers to a question.
func (m *Model) measured(id string) []block {
	s := m.Statistics
	switch id {
	case "instances":
		g := grid{Caption: "Tables", Head: []string{"table", "what a row is", "rows", "files", "bytes"}, Names: 2}
		for _, t := range s.Tables {
			about, _ := schema.TableOf(t.Name)
			g.row(t.Name, about.Doc, num(t.Rows), num(int64(t.Files)), num(t.Bytes))
		}
		return []block{say("An instance is an article or a comment under it. Beside them stand the pseudonymous commenters, the sources as declared, and the accounts of the build."), show(g)}
	case "counts":
		return m.counts()
	case "instance_data":
		return []block{say("Each record holds its text as clean blocks, when and where it was published, in which language, its rights and where it was read; data-dictionary.md says what every column means.")}
	case "labels":
		return []block{say("No. Language, near duplicates, masked places and inferred replies are annotations by the build, not labels.")}
	case "missing":
		return m.missingValues()
	case "relationships":
		t := &s.Threads
		return []block{say("Yes: comments.article_id names the article, parent_id the comment replied to as the page states it, commenter_id the author. Of %s, %d stand on the article and %d state the comment that they reply to; for %d one is inferred from a name or a quote, in columns of its own.",
			plural(t.TopLevel+t.Replies, "comment"), t.TopLevel, t.Replies, t.Inferred)}
	case "splits":
		return m.splits()
	case "errors":
		return m.errors()
	case "self_contained":
		needed := "nothing in the corpus needs them"
		if m.Release != nil && m.Release.Withheld[schema.TableArticles]+m.Release.Withheld[schema.TableComments] > 0 {
			needed = fmt.Sprintf("the texts of %s and %s are withheld, and only there", plural(m.Release.Withheld[schema.TableArticles], "article"), plural(m.Release.Withheld[schema.TableComments], "comment"))
		}
		return []block{say("The texts of %s and %s are in the files. Addresses of pages, profiles and licences point to the web, where they may change or vanish; %s.",
			plural(s.Articles.WithText, "article"), plural(s.Comments.WithText, "comment"), needed)}
	case "identifiable":
		return m.identifiable()
	case "mechanism":
		return []block{
			say("Saved pages and exports were read by corpus %s; %s. How they were saved is declared by source, see “How was each instance acquired”.", m.Tool, strings.ReplaceAll(m.ledgerStands(), "`", "")),
			show(m.accounts()), show(countGrid("Articles by reader", "reader", "articles", s.Extractors, noPlot)),
		}
	case "timeframe":
		g := grid{Caption: "Periods", Head: []string{"what", "from", "to", "known", "unknown"}, Names: 3}
		for _, p := range []struct {
			name   string
			period statistics.Period
		}{{"captured (UTC)", s.Timeframe.Captured}, {"published (local)", s.Timeframe.Published}, {"posted (local)", s.Timeframe.Posted}} {
			g.row(p.name, p.period.From, p.period.To, num(p.period.Known), num(p.period.Unknown))
		}
		return []block{show(g), show(countGrid("Captures by month", "month", "captures", s.Timeframe.CapturedByMonth, columns))}
	case "preprocessing":
		return m.preprocessing()
	case "raw":
		if m.Release != nil {
			return []block{say("The inputs are no part of the release: the builder keeps %s, and the list of their digests.", plural(s.Ledger.Documents, "document"))}
		}
		return []block{say("The inputs are no part of the version. corpus.lock holds the path and SHA-256 of each of %s that became documents, so that whoever has them can build the same bytes again.", plural(s.Ledger.Documents, "ledger row"))}
	case "software":
		return []block{say("corpus %s, free software; the same inputs, configuration, key and version of the program give the same bytes.", m.Tool)}
	case "license":
		return []block{say("Each record carries its own licence; the licence of an article never covers its comments. ATTRIBUTION.md lists what has to be named."), show(m.rights())}
	case "ip_limits", "opt_outs":
		return []block{
			say("%s carried an opt-out signal when it was captured.", plural(s.OptOuts.Articles, "article")),
			show(countGrid("Opt-out signals", "signal", "articles", s.OptOuts.Signals, noPlot)),
		}[:1+min(len(s.OptOuts.Signals), 1)]
	case "erratum":
		if m.Changes == nil {
			return append([]block{say("This is the first version, or it names none before it.")}, m.takedown()...)
		}
		return append([]block{say("CHANGES.md says what differs from version %s.", m.Changes.Old)}, m.takedown()...)
	case "old_versions":
		if m.Previous == "" {
			return []block{say("This version names none before it.")}
		}
		return []block{say("The version before is %s; the SHA-256 of its manifest.json is %s.", m.Previous, m.PreviousSHA256)}
	case "language_variety":
		languages := strings.Join(m.languages(), ", ")
		if languages == "" {
			languages = "none that could be told"
		}
		return []block{say("Languages by ISO 639, told by machine: %s. The numbers stand in the table “Records by language”. Varieties are not told.", languages)}
	case "speech_situation":
		return m.situation()
	case "capture_quality":
		return []block{say("Of %s, %d were rejected. What a page stated and no capture showed are %s of state missing.",
			plural(s.Ledger.Documents, "document"), m.outcome(schema.OutcomeRejected), plural(m.value(schema.TableComments, "state", schema.StateMissing), "row"))}
	case "imputation":
		return []block{say("No value was filled in: what is not known is null. A parent or language that was inferred stands in a column that says so.")}
	case "manipulation":
		if m.Privacy == "none" {
			return []block{say("Texts were brought into Unicode NFC and blocks; nothing was masked.")}
		}
		return []block{say("Texts were brought into Unicode NFC and blocks. Where commenters of the thread are addressed, mentioned or quoted, and for addresses, numbers and accounts, a mask stands in the text: see the table “Places found in texts”.")}
	case "machine_annotation":
		return []block{say("corpus %s with the language models %s, and the readers %s.", m.Tool, strings.Join(m.LanguageModels, ", "), strings.Join(m.Extractors, ", "))}
	case "gdpr_art89":
		if m.Privacy == "none" {
			return []block{say("None by the build: it was made with privacy: none, names of commenters are kept and texts are not masked.")}
		}
		return []block{say("Commenters have keyed pseudonyms; the key is no part of the version. Masks stand for names and addresses in texts, but %s where a commenter's name was left standing are known to the build. Pseudonymized data are personal data.", plural(s.PersonalData.NamesLeft, "place"))}
	}
	return nil
}

func (m *Model) counts() []block {
	s := m.Statistics
	g := grid{Caption: "Records", Head: []string{"table", "records", "with text", "words", "characters"}, Names: 1,
		Note: "Words are segments by Unicode UAX 29 that hold a letter or digit; characters are code points."}
	for _, r := range []struct {
		name string
		r    statistics.Records
	}{{schema.TableArticles, s.Articles}, {schema.TableComments, s.Comments}} {
		g.row(r.name, num(r.r.Records), num(r.r.WithText), num(r.r.Words), num(r.r.Characters))
	}
	d := distributionGrid("Distributions")
	t := &s.Threads
	distribution(&d, "words of an article", s.Articles.Lengths)
	distribution(&d, "words of a comment", s.Comments.Lengths)
	distribution(&d, "comments of an article with comments", t.Comments)
	distribution(&d, "depth of its deepest comment", t.Depth)
	distribution(&d, "comments on its widest level", t.Width)
	distribution(&d, "depth of a comment", t.ByDepth)
	distribution(&d, "minutes from comment to reply", t.ReplyMinutes)
	distribution(&d, "minutes from article to comment", t.DelayMinutes)
	distribution(&d, "comments of a commenter", s.Activity.PerCommenter)
	distribution(&d, "articles of a commenter", s.Activity.Articles)
	return []block{
		show(g),
		show(groupGrid("Records by source", "source", s.Articles.BySource, s.Comments.BySource, bars)),
		show(groupGrid("Records by language", "language", s.Articles.ByLanguage, s.Comments.ByLanguage, bars)),
		show(groupGrid("Records by licence", "licence", s.Articles.ByLicense, s.Comments.ByLicense, bars)),
		show(groupGrid("Records by tier", "tier", s.Articles.ByTier, s.Comments.ByTier, bars)),
		show(groupGrid("Records by month", "month", s.Articles.ByMonth, s.Comments.ByMonth, columns)),
		show(histogramGrid("Words of articles", "words", "articles", s.Articles.Lengths)),
		show(histogramGrid("Words of comments", "words", "comments", s.Comments.Lengths)),
		show(histogramGrid("Comments of articles", "comments", "articles", t.Comments)),
		show(histogramGrid("Depth of comments", "depth", "comments", t.ByDepth)),
		show(histogramGrid("Widest level of threads", "comments on one level", "articles", t.Width)),
		show(histogramGrid("Comments of commenters", "comments", "commenters", s.Activity.PerCommenter)),
		say("%s have comments, %d have none.", plural(t.WithComments, "article"), t.Without),
		m.activity(),
		show(d),
	}
}

// activity says how unevenly the commenters write.
func (m *Model) activity() block {
	a := &m.Statistics.Activity
	if !m.commenters() {
		return say("Commenters are not counted: in this release no pseudonym stands for a person in more than one article.")
	}
	if a.Commenters == 0 {
		return say("No comment has a known commenter.")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s wrote %s. The Gini index of comments over commenters is %d per mille.", plural(a.Commenters, "known commenter"), plural(a.Comments, "comment"), a.GiniPerMille)
	for _, t := range a.Top {
		fmt.Fprintf(&b, " The most active %d per mille, %d of them, wrote %d: %d per mille.", t.PerMille, t.Commenters, t.Comments, t.SharePerMille)
	}
	return block{Text: b.String()}
}

func (m *Model) missingValues() []block {
	g := grid{Caption: "Missing values", Head: []string{"table", "column", "why", "rows"}, Names: 3,
		Note: "A row counts where the column is null, or its list empty."}
	used := map[string]bool{}
	for _, x := range m.Statistics.Missing {
		for _, r := range x.Reasons {
			g.row(x.Table, x.Column, r.Name, num(r.N))
			used[r.Name] = true
		}
	}
	legend := grid{Caption: "Why values are missing", Head: []string{"why", "meaning"}, Names: 2}
	for _, r := range statistics.Reasons() {
		if used[r.Name] {
			legend.row(r.Name, r.Doc)
		}
	}
	return []block{show(g), say("Another word is the state of the record, as in the column state."), show(legend)}
}

func (m *Model) splits() []block {
	s := m.Statistics.Splits
	if s == nil {
		return []block{say("None: the column split is null.")}
	}
	var shares []string
	for _, c := range s.Shares {
		shares = append(shares, fmt.Sprintf("%s %d", c.Name, c.N))
	}
	g := grid{Caption: "Leaks between splits", Head: []string{"split", "known to", "articles", "equal texts", "sharing a fifth", "comments", "by a known commenter", "commenters", "known"}, Names: 2,
		Note: "Articles share a fifth where at least 200 per mille of their word sequences stand in articles of the other split; audit/splits.json has all figures."}
	for _, l := range s.Leaks {
		g.row(l.Of, l.In, num(l.Articles), num(l.EqualTexts), num(l.Shared200), num(l.Comments), num(l.CommentsSeen), num(l.Commenters), num(l.CommentersSeen))
	}
	return []block{
		say("By the rule %s, asked for per mille: %s. An article and its near duplicates stay together. All files are in one part named train; the column split says where a record belongs.", s.Rule, strings.Join(shares, ", ")),
		show(groupGrid("Records by split", "split", m.Statistics.Articles.BySplit, m.Statistics.Comments.BySplit, bars)), show(g),
	}
}

func (m *Model) errors() []block {
	s := m.Statistics
	d := &s.Duplicates
	g := grid{Caption: "Outcomes of documents", Head: []string{"outcome", "why", "documents"}, Names: 2}
	for _, o := range s.Ledger.Outcomes {
		because := int64(0)
		for _, r := range s.Ledger.Reasons {
			if r.Outcome == o.Name {
				g.row(o.Name, r.Reason, num(r.N))
				because += r.N
			}
		}
		if o.N > because {
			g.row(o.Name, "", num(o.N-because))
		}
	}
	t := &s.Threads
	blocks := []block{
		say("Near duplicates: %s of %s; beside the one that stands for each cluster, %d have the same text and %d a similar one. None was dropped.", plural(d.Clusters, "cluster"), plural(d.Members, "article"), d.Exact, d.Near),
		say("%d replies claim to be older than the comment that they answer, %d comments to be older than their article.", t.RepliesBefore, t.CommentsBefore),
		show(g),
	}
	return append(blocks, m.extraction()...)
}

func (m *Model) identifiable() []block {
	p := &m.Statistics.PersonalData
	pseudonyms := "Commenters have keyed pseudonyms, one for a person within a source's scope."
	if m.Release != nil {
		pseudonyms = m.people()
	}
	first := say("%s In texts, names of the thread's commenters where they are addressed or quoted, and addresses, numbers and accounts are masked; spans says where. Names in other places are not masked: %s are known. Whoever searches for a passage may find its page, and with it the name.", pseudonyms, plural(p.NamesLeft, "such place"))
	if m.Privacy == "none" {
		first = say("Yes: built with privacy: none, names of commenters are kept and texts are not masked.")
	}
	return []block{first,
		say("%s and %s hold at least one place that is no plain link.", plural(p.Articles, "article"), plural(p.Comments, "comment")),
		show(countGrid("Places found in texts", "kind", "places", p.Spans, bars))}
}

func (m *Model) accounts() grid {
	g := grid{Caption: "Accounts of the sources", Head: []string{"source", "documents", "comments read", "kept", "seen again", "excluded"}, Names: 1}
	for _, a := range m.Statistics.Ledger.Sources {
		g.row(a.SourceID, num(a.Documents), num(a.CommentsRead), num(a.CommentsKept), num(a.CommentsDuplicate), num(a.CommentsExcluded))
	}
	return g
}

func (m *Model) rights() grid {
	g := grid{Caption: "Rights", Head: []string{"table", "source", "licence", "rights holder", "tier", "records"}, Names: 5}
	for _, r := range m.Statistics.Rights {
		g.row(r.Table, r.SourceID, r.License, r.RightsHolder, r.Tier, num(r.Records))
	}
	return g
}

func (m *Model) preprocessing() []block {
	s := m.Statistics
	masks := "Names and numbers in texts were masked, and commenters got keyed pseudonyms."
	if m.Privacy == "none" {
		masks = "Nothing was masked."
	}
	return []block{say("%s were read and brought into clean blocks, with times, addresses and languages in one form; captures of one article were merged into %s with %s. %s Near duplicates were found, none dropped. %s were rejected, %d excluded by rule.",
		plural(s.Ledger.Documents, "document"), plural(s.Articles.Records, "article"), plural(s.Comments.Records, "row")+" of comments", masks, plural(m.outcome(schema.OutcomeRejected), "document"), m.outcome(schema.OutcomeExcluded))}
}

func (m *Model) situation() []block {
	t := &m.Statistics.Threads
	return []block{
		say("Of the replies, %d have a known time between comment and reply; the middle one took %s.", t.ReplyMinutes.N, plural(t.ReplyMinutes.P50, "minute")),
		show(histogramGrid("Minutes to a reply", "minutes", "replies", t.ReplyMinutes)),
		show(histogramGrid("Minutes to a comment", "minutes after the article", "comments", t.DelayMinutes)),
	}
}

// outcome is the number of documents of an outcome.
func (m *Model) outcome(name string) int64 {
	for _, c := range m.Statistics.Ledger.Outcomes {
		if c.Name == name {
			return c.N
		}
	}
	return 0
}

// value is the number of rows with a value of a closed vocabulary.
func (m *Model) value(table, column, value string) int64 {
	for _, v := range m.Statistics.Values {
		if v.Table == table && v.Column == column && v.Value == value {
			return v.Rows
		}
	}
	return 0
}
