package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/schema"
)

// Features of a block: what the classifier sees of it, as whole numbers. Shares
// are in thousandths, -1 for none; lengths in letters and digits.
const (
	// Its text.
	fKind = iota // kindNumber
	fLevel
	fChars
	fLinked // share of it in links
	fWords
	fWordLength // in tenths
	fSentences  // marks that end one
	fCommas
	fDigits // share
	fUpper  // share
	fEnds   // how it ends and begins, see shape
	fStarts
	fLinks // that begin in it
	fLocal // share of them to places in the page
	fLines
	fBars
	fQuotes
	fSigns
	fTitleWords
	fAuthor
	fSite
	fFurniture
	fOpens
	fDate
	fHeadingOpens
	// What the rules say.
	fInside // it stands in the container that they chose, outside of what they drop
	fKept   // they take it
	fLead   // so, as the standfirst
	fTitle  // it is the title
	// Its place, among the blocks that the rules take and all others.
	fBefore // share of the text before it
	fAfter
	fBlocksBefore
	fBlocksAfter
	fCharsBefore
	fOutBefore
	fPlace
	fFromTitle // blocks since the title
	// Its elements: itself, its parent, the parent's parent, and so on.
	fTag // tagNumber
	fParentTag
	fGrandTag
	fDepth
	fRelDepth  // below the container
	fHints     // flags of names
	fAbove     // flags of tags
	fDropProse // share of the page's prose in the outermost element that the rules drop
	fDropTag
	fDropDepth
	fParentProse // share of the page's prose
	fParentLinked
	fParentChildren
	fGrandProse
	fGrandLinked
	fGrandChildren
	fThirdProse
	fThirdLinked
	// The blocks in places of its kind, in the page and beside each other.
	fPathBlocks
	fPathChars
	fPathMean
	fPathLinked
	fPathKept
	fRunBlocks
	fRunMean
	fRunLinked
	fSame // with the same text
	fSameBefore
	// Its section, from heading to heading.
	fHeadingChars
	fHeadingLevel
	fHeadingKept
	fSinceHeading
	fSectionChars
	fSectionLinked
	// Scores of its words, and of those in the names of elements.
	fTextSum
	fTextLow
	fTextHigh
	fTextOpener
	fNameOwn
	fNameNear
	fNameLow
	fNameHigh
	fNameSum
	fHeadingText
	fHeadingNames
	// Text around it that is no link.
	fWindowBefore
	fWindowAfter
	fWindowKept
	fNear // the features of each neighbour
)

// neighbourSteps are where the neighbours stand that are looked at.
var neighbourSteps = [...]int{-1, 1, -2, 2}

// Features of a neighbour.
const (
	nChars = iota
	nLinked
	nKind
	nKept
	nEnds
	nText
	nNames
	nCount
)

// fCount is the number of features.
const fCount = fNear + len(neighbourSteps)*nCount

// featureNames are the names of the features in their order.
var featureNames = strings.Fields(`
	kind level chars linked words wordlength sentences commas digits upper ends starts links local lines bars quotes signs titlewords author site furniture opens date headingopens
	inside kept lead title
	before after blocksbefore blocksafter charsbefore outbefore place fromtitle
	tag parenttag grandtag depth reldepth hints above dropprose droptag dropdepth
	parentprose parentlinked parentchildren grandprose grandlinked grandchildren thirdprose thirdlinked
	pathblocks pathchars pathmean pathlinked pathkept runblocks runmean runlinked same samebefore
	headingchars headinglevel headingkept sinceheading sectionchars sectionlinked
	textsum textlow texthigh textopener nameown namenear namelow namehigh namesum headingtext headingnames
	windowbefore windowafter windowkept
	chars-1 linked-1 kind-1 kept-1 ends-1 text-1 names-1 chars+1 linked+1 kind+1 kept+1 ends+1 text+1 names+1
	chars-2 linked-2 kind-2 kept-2 ends-2 text-2 names-2 chars+2 linked+2 kind+2 kept+2 ends+2 text+2 names+2`)

// row holds the features of a block.
type row [fCount]int32

// share is a part in thousandths of the whole; -1 where there is none.
func share(part, whole int32) int32 {
	if whole <= 0 {
		return -1
	}
	return int32(int64(part) * 1000 / int64(whole))
}

// Flags of ancestors' tags.
const (
	inList uint16 = 1 << iota
	inTable
	inFigure
	inAside
	inFooter
	inHeader
	inForm
	inSection
	inArticle
	inLink
	inQuote
	inMain
)

func tagFlag(t atom.Atom) uint16 {
	switch t {
	case atom.Ul, atom.Ol, atom.Dl:
		return inList
	case atom.Table:
		return inTable
	case atom.Figure:
		return inFigure
	case atom.Aside:
		return inAside
	case atom.Footer:
		return inFooter
	case atom.Header:
		return inHeader
	case atom.Form:
		return inForm
	case atom.Section:
		return inSection
	case atom.Article:
		return inArticle
	case atom.A:
		return inLink
	case atom.Blockquote:
		return inQuote
	case atom.Main:
		return inMain
	}
	return 0
}

// tagNumber orders tags from those of text to those of layout.
func tagNumber(t atom.Atom) int32 {
	switch t {
	case atom.P:
		return 1
	case atom.H1:
		return 2
	case atom.H2:
		return 3
	case atom.H3:
		return 4
	case atom.H4:
		return 5
	case atom.H5, atom.H6:
		return 6
	case atom.Blockquote:
		return 7
	case atom.Li:
		return 8
	case atom.Ul, atom.Ol:
		return 9
	case atom.Dl, atom.Dt, atom.Dd:
		return 10
	case atom.Pre:
		return 11
	case atom.Figure, atom.Figcaption:
		return 12
	case atom.Td, atom.Th:
		return 13
	case atom.Tr, atom.Tbody, atom.Thead, atom.Table:
		return 14
	case atom.Article:
		return 15
	case atom.Main:
		return 16
	case atom.Section:
		return 17
	case atom.Div:
		return 18
	case atom.Body:
		return 19
	case atom.Span, atom.Em, atom.Strong, atom.B, atom.I:
		return 20
	case atom.Header:
		return 21
	case atom.Footer:
		return 22
	case atom.Aside:
		return 23
	case atom.Address:
		return 24
	case atom.A:
		return 25
	case atom.Form, atom.Fieldset, atom.Legend:
		return 26
	case atom.Center:
		return 27
	}
	return 28
}

func kindNumber(kind string) int32 {
	switch kind {
	case schema.BlockHeading:
		return 1
	case schema.BlockListItem:
		return 2
	case schema.BlockTableRow:
		return 3
	case schema.BlockCaption:
		return 4
	case schema.BlockCode:
		return 5
	case schema.BlockQuote:
		return 6
	}
	return 0
}
