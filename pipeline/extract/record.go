package extract

import (
	"fmt"
	"slices"
	"strings"

	"corpus/licenses"
	"corpus/pipeline/read"
	"corpus/schema"
)

// RecordExtractor is the name and version of the reader of records.
const RecordExtractor = "record/1"

var (
	blockKinds = []string{
		schema.BlockHeading, schema.BlockParagraph, schema.BlockQuote, schema.BlockListItem,
		schema.BlockTableRow, schema.BlockCode, schema.BlockCaption, schema.BlockAuthorNote,
	}
	commentStates = []string{
		"", schema.StateVisible, schema.StateDeleted, schema.StateRemoved, schema.StateGone, schema.StatePending, schema.StateSpam,
	}
	articleStates = []string{"", schema.StatePresent, schema.StateNoText}
	covers        = []string{schema.CoversArticle, schema.CoversSite, schema.CoversImage, schema.CoversWidget, schema.CoversComments, schema.CoversUnknown}
	orders        = []string{"", schema.OrderOldest, schema.OrderNewest, schema.OrderRanked, schema.OrderUnknown}
)

// FromRecord is the draft that a record of the format jsonl states. The error
// is a *read.Rejection that names the key and the values it takes.
func FromRecord(r *schema.Record) (*Draft, error) {
	if err := oneOf("state", r.State, articleStates); err != nil {
		return nil, err
	}
	if err := oneOf("comment_order", r.CommentOrder, orders); err != nil {
		return nil, err
	}
	statements, err := statementsOf(r.Statements)
	if err != nil {
		return nil, err
	}
	if err := grounds("", r.ConsentBasis, r.TDMBasis); err != nil {
		return nil, err
	}
	blocks, err := cut("text", value(r.Text), r.Blocks)
	if err != nil {
		return nil, err
	}
	d := &Draft{
		URL:             value(r.URL),
		CanonicalURL:    r.CanonicalURL,
		NativeID:        r.ID,
		Site:            value(r.Site),
		Title:           value(r.Title),
		Subtitle:        r.Subtitle,
		Authors:         r.Authors,
		PublishedAt:     value(r.PublishedAt),
		ModifiedAt:      value(r.ModifiedAt),
		CapturedAt:      r.CapturedAt,
		License:         value(r.License),
		LicenseURL:      r.LicenseURL,
		LicenseEvidence: r.LicenseEvidence,
		Statements:      statements,
		ConsentBasis:    r.ConsentBasis,
		TDMBasis:        r.TDMBasis,
		OptOut:          r.OptOut,
		Section:         r.Section,
		Tags:            r.Tags,
		Lang:            value(r.Lang),
		State:           r.State,
		Part:            max(r.Part, 0),
		Blocks:          blocks,
		Comments:        make([]Comment, 0, len(r.Comments)),
		CommentsStated:  r.NCommentsStated,
		CommentOrder:    r.CommentOrder,
		DocumentSHA256:  r.DocumentSHA256,
		Extractor:       RecordExtractor,
	}
	if d.License != "" && d.LicenseEvidence == "" {
		d.LicenseEvidence = "record"
	}
	for i := range r.Comments {
		c, err := recordComment(i, &r.Comments[i])
		if err != nil {
			return nil, err
		}
		d.Comments = append(d.Comments, c)
	}
	return d, nil
}

// grounds checks a state of consent and a ground of mining; their keys stand
// behind place.
func grounds(place, consent, mining string) error {
	if err := term(place+"consent_basis", consent, licenses.ConsentBases()); err != nil {
		return err
	}
	return term(place+"tdm_basis", mining, licenses.TDMBases())
}

// term checks a value of a closed vocabulary; empty is nothing.
func term(key, value string, terms []licenses.Term) error {
	if value == "" || licenses.Known(terms, value) {
		return nil
	}
	var values []string
	for _, t := range terms {
		values = append(values, t.ID)
	}
	return oneOf(key, value, values)
}

// statementsOf are the statements about licences of a record, checked.
func statementsOf(in []schema.LicenseStatement) ([]licenses.Statement, error) {
	var out []licenses.Statement
	for i, s := range in {
		key := fmt.Sprintf("license_statements[%d]", i)
		if err := oneOf(key+".covers", s.Covers, covers); err != nil {
			return nil, err
		}
		if s.Where == "" || len(s.Where) > 100 {
			return nil, malformed("%s.place: expected where the statement stands, such as rel=license", key)
		}
		if again, ok := licenses.NewStatement(s.Where, s.Covers, value(s.Raw), value(s.URL)); ok {
			again.License = s.License
			if s.License != nil {
				if err := licenses.Valid(*s.License); err != nil {
					return nil, malformed("%s.license: %v", key, err)
				}
			}
			out = licenses.Add(out, again)
		}
	}
	return out, nil
}

func recordComment(i int, in *schema.RecordComment) (Comment, error) {
	key := fmt.Sprintf("comments[%d]", i)
	if err := oneOf(key+".state", in.State, commentStates); err != nil {
		return Comment{}, err
	}
	if err := grounds(key+".", in.ConsentBasis, in.TDMBasis); err != nil {
		return Comment{}, err
	}
	if in.License != "" {
		if err := licenses.Valid(in.License); err != nil {
			return Comment{}, malformed("%s.license: %v", key, err)
		}
	}
	blocks, err := cut(key+".text", in.Text, in.Blocks)
	if err != nil {
		return Comment{}, err
	}
	c := Comment{
		ID:        in.ID,
		ParentID:  value(in.ParentID),
		Author:    in.Author,
		AuthorURL: value(in.AuthorURL),
		AuthorID:  in.AuthorID,
		Role:      in.Role,
		PostedAt:  value(in.PostedAt),
		EditedAt:  in.EditedAt,
		State:     in.State,
		Lang:      in.Lang,
		VotesUp:   in.VotesUp,
		VotesDown: in.VotesDown,
		Score:     in.Score,
		Featured:  in.Featured,
		Blocks:    blocks,

		License: in.License, ConsentBasis: in.ConsentBasis, TDMBasis: in.TDMBasis,
	}
	if c.ID == "" {
		c.ID = fmt.Sprintf("~%d", i)
	}
	return c, nil
}

// cut gives the blocks of a text: by their offsets, else a paragraph for each
// part between blank lines.
func cut(key, text string, stated []schema.Block) ([]Block, error) {
	if len(stated) == 0 {
		var blocks []Block
		for _, part := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
			if strings.TrimSpace(part) != "" {
				blocks = append(blocks, Block{Kind: schema.BlockParagraph, Text: part})
			}
		}
		return blocks, nil
	}
	runes := []rune(text)
	blocks := make([]Block, len(stated))
	end := int32(0)
	for i, b := range stated {
		place := fmt.Sprintf("%s, block %d", key, i)
		if err := oneOf(place+", kind", b.Kind, blockKinds); err != nil {
			return nil, err
		}
		if b.Start < end || b.End < b.Start || int(b.End) > len(runes) || b.Level < 0 {
			return nil, malformed("%s: from %d to %d in a text of %d code points, after a block that ends at %d", place, b.Start, b.End, len(runes), end)
		}
		end = b.End
		blocks[i] = Block{Kind: b.Kind, Level: b.Level, Text: string(runes[b.Start:b.End])}
	}
	return blocks, nil
}

func oneOf(key, got string, values []string) error {
	if slices.Contains(values, got) {
		return nil
	}
	var names []string
	for _, v := range values {
		if v != "" {
			names = append(names, v)
		}
	}
	return malformed("%s is %.40q, expected one of %s", key, got, strings.Join(names, ", "))
}

func malformed(format string, args ...any) error {
	return &read.Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf(format, args...)}
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
