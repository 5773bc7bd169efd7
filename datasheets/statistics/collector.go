package statistics

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"time"

	"corpus/schema"
)

// Collector measures the rows of a version as they are written: threads in the
// order of their articles, and the rows of all other tables in any order. It is
// for one goroutine at a time, and keeps no row.
type Collector struct {
	names    bool      // whether the corpus keeps the names of commenters
	released *Released // nil for a build

	tables             map[string]*columns
	articles, comments *records
	rights             rights
	threads            *threads
	activity           *activity
	spans              map[string]int64
	withPersonal       [2]int64 // articles, comments
	captured           period
	published, posted  period
	capturedByMonth    counts
	optOuts            int64
	signals            counts
	extractors         counts
	outcomes           counts
	reasons            map[[2]string]int64
	accounts           map[string]*account
	duplicates         Duplicates
	credits            credits
	takedown           Takedown
}

// NewReleased is a Collector of the rows of a release.
func NewReleased(names bool, r Released) *Collector {
	c := New(names)
	c.released = &r
	return c
}

// New is a Collector; names tells whether the corpus is built with privacy: none.
func New(names bool) *Collector {
	c := &Collector{
		names:  names,
		tables: map[string]*columns{}, articles: newRecords(), comments: newRecords(), rights: rights{},
		threads: newThreads(), activity: newActivity(), spans: map[string]int64{}, capturedByMonth: counts{}, signals: counts{},
		extractors: counts{}, outcomes: counts{}, reasons: map[[2]string]int64{}, accounts: map[string]*account{},
	}
	for _, t := range schema.Tables() {
		c.tables[t.Name] = newColumns(t.Name)
	}
	return c
}

// records measures the articles or the comments.
type records struct {
	total                                        Records
	source, language, license, tier, month, part breakdown
	lengths                                      *histogram
}

func newRecords() *records {
	return &records{
		source: breakdown{}, language: breakdown{}, license: breakdown{}, tier: breakdown{}, month: breakdown{}, part: breakdown{},
		lengths: newHistogram(wordBounds),
	}
}

func (r *records) add(source, lang, license, tier, local, split string, words, characters int64, hasText bool) {
	r.total.Records++
	r.total.Words += words
	r.total.Characters += characters
	if hasText {
		r.total.WithText++
		r.lengths.add(words, 1)
	}
	r.source.add(source, words, characters)
	r.language.add(lang, words, characters)
	r.license.add(license, words, characters)
	r.tier.add(tier, words, characters)
	r.month.add(month(local), words, characters)
	r.part.add(split, words, characters)
}

func (r *records) result() Records {
	t := r.total
	t.BySource, t.ByLanguage, t.ByLicense = r.source.groups(), r.language.groups(), r.license.groups()
	t.ByTier, t.ByMonth, t.BySplit = r.tier.groups(), r.month.groups(), r.part.groups()
	t.Lengths = r.lengths.result()
	return t
}

// month is the month of a local time, or its year where it is no more exact.
func month(local string) string { return local[:min(len(local), len("2006-01"))] }

// AddThread measures an article, its comments in their order, and its captures.
func (c *Collector) AddThread(a *schema.Article, comments []schema.Comment, captures []schema.Capture) {
	table := c.tables[schema.TableArticles]
	table.add(reflect.ValueOf(a).Elem(), c.released.held(table, a.Tier, a.NChars, a.Text != nil, whyArticle(a)))
	c.articles.add(a.SourceID, text(a.Lang), a.License, a.Tier, text(a.PublishedLocal), text(a.Split), int64(a.NWords), int64(a.NChars), a.Text != nil)
	c.rights.add(Rights{Table: schema.TableArticles, SourceID: a.SourceID, License: a.License, RightsHolder: text(a.RightsHolder), Tier: a.Tier})
	c.published.addLocal(text(a.PublishedLocal))
	c.personal(0, a.Spans)
	c.takedown.thread(a, comments)
	c.extractors.add(a.Extractor, 1)
	c.credits.add(a)
	if len(a.OptOut) > 0 {
		c.optOuts++
	}
	for _, signal := range a.OptOut {
		c.signals.add(signal, 1)
	}
	for i := range comments {
		m := &comments[i]
		table := c.tables[schema.TableComments]
		table.add(reflect.ValueOf(m).Elem(), c.released.held(table, m.Tier, m.NChars, m.Text != nil, whyComment(m)))
		c.comments.add(a.SourceID, text(m.Lang), m.License, m.Tier, text(m.PostedLocal), text(m.Split), int64(m.NWords), int64(m.NChars), m.Text != nil)
		c.rights.add(Rights{Table: schema.TableComments, SourceID: a.SourceID, License: m.License, RightsHolder: text(m.RightsHolder), Tier: m.Tier})
		c.posted.addLocal(text(m.PostedLocal))
		c.personal(1, m.Spans)
	}
	c.threads.add(a, comments)
	for i := range captures {
		x := &captures[i]
		table := c.tables[schema.TableCaptures]
		table.add(reflect.ValueOf(x).Elem(), c.released.held(table, a.Tier, a.NChars, false, whyCapture))
		c.captured.addInstant(x.CapturedAt)
		if x.CapturedAt == nil {
			c.capturedByMonth.add("", 1)
		} else {
			c.capturedByMonth.add(month(instant(*x.CapturedAt)), 1)
		}
	}
}

func (c *Collector) personal(of int, spans []schema.Span) {
	found := false
	for i := range spans {
		c.spans[spans[i].Kind]++
		found = found || spans[i].Kind != schema.SpanLink && spans[i].Kind != schema.SpanRemoved
	}
	if found {
		c.withPersonal[of]++
	}
}

// AddCommenter measures a commenter.
func (c *Collector) AddCommenter(row *schema.Commenter) {
	c.tables[schema.TableCommenters].add(reflect.ValueOf(row).Elem(), whyCommenter(c.names))
	c.activity.add(row)
}

// AddSource measures what is declared of a source.
func (c *Collector) AddSource(row *schema.Source) {
	c.tables[schema.TableSources].add(reflect.ValueOf(row).Elem(), whySource)
	c.account(row.SourceID)
}

// AddDuplicate measures a member of a cluster.
func (c *Collector) AddDuplicate(row *schema.Duplicate) {
	c.tables[schema.TableDuplicates].add(reflect.ValueOf(row).Elem(), func(string) string { return NotApplicable })
	c.duplicates.Members++
	switch {
	case row.Kept:
		c.duplicates.Clusters++
	case row.Rule == schema.RuleExact:
		c.duplicates.Exact++
	default:
		c.duplicates.Near++
	}
}

// account adds up the ledger rows of a source. Sources are as many as people
// declared.
type account struct {
	Account
	outcomes counts
}

func (c *Collector) account(id string) *account {
	s := c.accounts[id]
	if s == nil {
		s = &account{Account: Account{SourceID: strings.Clone(id)}, outcomes: counts{}}
		c.accounts[s.SourceID] = s
	}
	return s
}

// AddLedgerRow measures what became of a document.
func (c *Collector) AddLedgerRow(row *schema.LedgerRow) {
	c.tables[schema.TableLedger].add(reflect.ValueOf(row).Elem(), whyLedger)
	c.AddDocument(row)
}

// AddDocument measures what became of a document whose row is not in the
// version: of a release the ledger leaves as counts.
func (c *Collector) AddDocument(row *schema.LedgerRow) {
	c.outcomes.add(row.Outcome, 1)
	if row.Reason != nil {
		c.reasons[[2]string{row.Outcome, *row.Reason}]++ // both of closed lists
	}
	s := c.account(row.SourceID)
	s.Documents++
	s.outcomes.add(row.Outcome, 1)
	s.CommentsRead += int64(row.NCommentsRead)
	s.CommentsKept += int64(row.NCommentsKept)
	s.CommentsDuplicate += int64(row.NCommentsDuplicate)
	s.CommentsExcluded += int64(row.NCommentsExcluded)
}

// Build is what a build knows beside the rows.
type Build struct {
	Corpus, Version string
	TablesSHA256    string
	Files           []File // of the tables
	NamesLeft       int64
	Extraction      []ExtractionScore // by source, where expected records are given
	Splits          *Splits           // nil without

	Takedown *Takedown // requests and versions touched; nil where nothing was asked to be taken down
}

// File is a file of a table.
type File struct {
	Table string
	Bytes int64
}

// Statistics is what was measured.
func (c *Collector) Statistics(b Build) *Statistics {
	s := &Statistics{
		Form: FormVersion, Corpus: b.Corpus, Version: b.Version, TablesSHA256: b.TablesSHA256,
		Articles: c.articles.result(), Comments: c.comments.result(), Rights: c.rights.list(),
		Threads: c.threads.result(), Activity: c.activity.result(), Duplicates: c.duplicates,
		Timeframe:  Timeframe{Captured: c.captured.Period, Published: c.published.Period, Posted: c.posted.Period, CapturedByMonth: c.capturedByMonth.list()},
		OptOuts:    OptOuts{Articles: c.optOuts, Signals: c.signals.list()},
		Extractors: c.extractors.list(),
		Extraction: b.Extraction,
		Ledger:     c.ledger(),
		Splits:     b.Splits,
	}
	if b.Takedown != nil {
		taken := c.takedown
		taken.Requests, taken.Versions = b.Takedown.Requests, b.Takedown.Versions
		s.Takedown = &taken
	}
	for _, t := range schema.Tables() {
		columns := c.tables[t.Name]
		size := Table{Name: t.Name, Folder: t.Folder, Rows: columns.rows}
		for _, f := range b.Files {
			if f.Table == t.Name {
				size.Files++
				size.Bytes += f.Bytes
			}
		}
		s.Tables = append(s.Tables, size)
		s.Values = append(s.Values, columns.valueCounts()...)
		s.Missing = append(s.Missing, columns.missing()...)
	}
	s.PersonalData = PersonalData{Articles: c.withPersonal[0], Comments: c.withPersonal[1], NamesLeft: b.NamesLeft}
	for _, kind := range []string{schema.SpanMention, schema.SpanEmail, schema.SpanPhone, schema.SpanIP, schema.SpanAccount, schema.SpanHandle, schema.SpanLink} {
		s.PersonalData.Spans = append(s.PersonalData.Spans, Count{kind, c.spans[kind]})
	}
	return s
}

func (c *Collector) ledger() Ledger {
	l := Ledger{Outcomes: c.outcomes.list(), Reasons: []Because{}, Sources: []Account{}}
	for key, n := range c.reasons {
		l.Reasons = append(l.Reasons, Because{key[0], key[1], n})
	}
	slices.SortFunc(l.Reasons, func(a, b Because) int {
		return cmp.Or(cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Reason, b.Reason))
	})
	for _, s := range c.accounts {
		l.Documents += s.Documents
		s.Outcomes = s.outcomes.list()
		l.Sources = append(l.Sources, s.Account)
	}
	slices.SortFunc(l.Sources, func(a, b Account) int { return cmp.Compare(a.SourceID, b.SourceID) })
	return l
}

// period is a Period that grows.
type period struct{ Period }

func (p *period) addLocal(local string) {
	if local == "" {
		p.Unknown++
		return
	}
	p.Known++
	if p.From == "" || local < p.From {
		p.From = strings.Clone(local)
	}
	if local > p.To {
		p.To = strings.Clone(local)
	}
}

func (p *period) addInstant(at *int64) {
	if at == nil {
		p.Unknown++
		return
	}
	p.addLocal(instant(*at))
}

// instant is a time in microseconds as ISO 8601 in UTC, cut at the second.
func instant(us int64) string {
	return time.UnixMicro(us).UTC().Format("2006-01-02T15:04:05Z")
}
