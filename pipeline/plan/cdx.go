package plan

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/klauspost/compress/gzip"

	"corpus/pipeline/config"
)

// selection is what a CDX or CDXJ file selects of web archives: the places of
// records, by the base name of the archive.
type selection struct {
	Index
	places map[string][]int64 // ascending
}

// Bounds of a CDX file.
const (
	maxCDX        = 64 << 30   // bytes, unpacked
	maxCDXLine    = 1 << 20    // bytes
	maxCDXRecords = 16_000_000 // places that are kept, 8 bytes each
)

// of is the places that are selected of an input; none where it is not named.
func (s *selection) of(in *Input) []int64 { return s.places[path.Base(in.Path)] }

// readCDX reads the CDX of a source. Errors name the line.
func readCDX(file string, source *config.Source) (*selection, error) {
	name := path.Base(source.CDX)
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", name, withoutPath(err))
	}
	defer f.Close()
	digest := sha256.New()
	counted := &countingReader{in: io.TeeReader(f, digest)}
	var in io.Reader = bufio.NewReader(counted)
	if head, _ := in.(*bufio.Reader).Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) {
		if in, err = gzip.NewReader(in); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	s, err := parseCDX(io.LimitReader(in, maxCDX))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if _, err := io.Copy(io.Discard, counted); err != nil { // what is behind the gzip stream belongs to the digest
		return nil, fmt.Errorf("%s cannot be read: %w", name, withoutPath(err))
	}
	s.SourceID, s.SHA256, s.Bytes = source.ID, hex.EncodeToString(digest.Sum(nil)), counted.n
	return s, nil
}

// parseCDX reads CDX lines, whose header names the fields by letters (V is the
// offset, g the file; without a header 9 and 11 fields are known), and CDXJ
// lines, which end in a JSON object with "offset" and "filename".
func parseCDX(in io.Reader) (*selection, error) {
	s := &selection{places: map[string][]int64{}}
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), maxCDXLine)
	offset, file, fields := -1, -1, 0
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if number == 1 {
			if header := strings.Fields(line); len(header) > 0 && header[0] == "CDX" {
				header = header[1:]
				offset, file, fields = slices.Index(header, "V"), slices.Index(header, "g"), len(header)
				if offset < 0 || file < 0 {
					return nil, errors.New("line 1: the header names no field V (offset) and g (file)")
				}
				continue
			}
		}
		if line == "" || strings.HasPrefix(line, "!") { // headers of CDXJ
			continue
		}
		var place int64
		var archive string
		var err error
		if at := strings.IndexByte(line, '{'); at >= 0 && strings.HasSuffix(line, "}") {
			place, archive, err = cdxj(line[at:])
		} else {
			words := strings.Fields(line)
			o, g := offset, file
			if fields == 0 {
				switch len(words) {
				case 9: // N b a m s k r V g
					o, g = 7, 8
				case 10: // … r M V g
					o, g = 8, 9
				case 11: // N b a m s k r M S V g
					o, g = 9, 10
				}
			}
			if o < 0 || max(o, g) >= len(words) {
				return nil, fmt.Errorf("line %d: %d fields: expected those of CDX (9 or 11, or as a header names them) or a JSON object", number, len(words))
			}
			archive = words[g]
			place, err = strconv.ParseInt(words[o], 10, 64)
		}
		if err != nil || place < 0 || archive == "" {
			return nil, fmt.Errorf("line %d: it states no offset and file of a record", number)
		}
		if s.Rows++; s.Rows > maxCDXRecords {
			return nil, fmt.Errorf("line %d: more than %d records: cut the CDX and the source in parts", number, maxCDXRecords)
		}
		archive = path.Base(archive)
		s.places[archive] = append(s.places[archive], place)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("after line %d: %w", s.Rows, err)
	}
	for archive := range s.places { // each by itself: the order does not matter
		slices.Sort(s.places[archive])
	}
	return s, nil
}

// cdxj reads the object of a CDXJ line; the offset is a number or a text.
func cdxj(object string) (place int64, archive string, err error) {
	var fields struct {
		Offset   jsontext.Value `json:"offset"`
		Filename string         `json:"filename"`
	}
	if err := json.Unmarshal([]byte(object), &fields); err != nil {
		return 0, "", err
	}
	place, err = strconv.ParseInt(strings.Trim(string(fields.Offset), `"`), 10, 64)
	return place, fields.Filename, err
}
