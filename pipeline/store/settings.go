package store

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"corpus/schema"
)

// FormatVersion is the version of the way in which files are written. It
// changes whenever the same rows may give other bytes.
const FormatVersion = "1"

// Settings of the Parquet files. They are measured: zstd at its default level
// with pages of 1 MiB is where larger pages and higher levels stop paying.
const (
	pageBytes     = 1 << 20
	groupRawBytes = 32 << 20 // raw bytes after which a row group ends
	groupRows     = 100_000  // rows after which a row group ends
	dataPages     = 1        // version of data pages that the oldest readers know
)

// ArrowKey is the key under which every file holds its Arrow schema.
const ArrowKey = "ARROW:schema"

// Further keys of the key-value metadata of every file. The version is none of
// them: a table that does not change keeps its bytes from version to version.
const (
	metaName   = "corpus.name"
	metaSchema = "corpus.schema"
	metaTable  = "corpus.table"
)

// Metadata is the key-value metadata of a file of table t, by key.
func Metadata(t schema.Table, corpus string) (map[string]string, error) {
	arrowSchema, err := arrowMetadata(t)
	if err != nil {
		return nil, err
	}
	return map[string]string{
		ArrowKey:   arrowSchema,
		metaName:   corpus,
		metaSchema: strconv.Itoa(schema.Version),
		metaTable:  t.Name,
	}, nil
}

// arrowMetadata is the Arrow schema as Arrow's Parquet readers look for it: an
// IPC stream without batches, in base64.
func arrowMetadata(t schema.Table) (string, error) {
	var b bytes.Buffer
	w := ipc.NewWriter(&b, ipc.WithSchema(schema.Arrow(t)))
	if err := w.Close(); err != nil {
		return "", fmt.Errorf("writing the Arrow schema of %s: %w", t.Name, err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// ArrowSchema is the Arrow schema that the key-value metadata of a file hold.
func ArrowSchema(metadata map[string]string) (s *arrow.Schema, err error) {
	data, err := base64.StdEncoding.DecodeString(metadata[ArrowKey])
	if err != nil || len(data) > maxArrow {
		return nil, fmt.Errorf("%s is no Arrow schema in base64", ArrowKey)
	}
	err = guard(ArrowKey, func() error { // flatbuffers panic on what is none
		r, err := ipc.NewReader(bytes.NewReader(data))
		if err != nil {
			return fmt.Errorf("%s is no Arrow schema: %w", ArrowKey, err)
		}
		defer r.Release()
		s = r.Schema()
		return nil
	})
	return s, err
}

// maxArrow bounds an Arrow schema, in bytes; ours have some kilobytes.
const maxArrow = 1 << 20

// wording are the paths of the columns of t that hold somebody's words or
// names. Their smallest and largest value would be whole articles, twice a page
// and once a row group, for which no reader has a use.
func wording(t schema.Table) [][]string {
	var paths [][]string
	for _, c := range schema.Columns(t) {
		switch {
		case !isWording(c):
		case len(c.Children) > 0:
			for _, child := range c.Children {
				paths = append(paths, []string{c.Name, "list", "element", child.Name})
			}
		case c.List:
			paths = append(paths, []string{c.Name, "list", "element"})
		default:
			paths = append(paths, []string{c.Name})
		}
	}
	return paths
}

func isWording(c schema.Column) bool {
	return c.Class == schema.ClassText || c.Class == schema.ClassPerson
}

// writerOptions are the settings of a file of table t. Of wording no smallest
// and largest values are taken: parquet-go would hold them until the file is
// closed. The column index that it then writes makes readers drop rows, so
// withoutBounds takes it out of the file.
func writerOptions(t schema.Table, metadata map[string]string) []parquet.WriterOption {
	options := commonOptions(metadata)
	for _, path := range wording(t) {
		options = append(options, parquet.SkipPageStatistics(path...), parquet.SkipPageBounds(path...))
	}
	var sorting []parquet.SortingColumn
	for _, s := range t.Sort {
		if s.Descending {
			sorting = append(sorting, parquet.Descending(s.Name))
		} else {
			sorting = append(sorting, parquet.Ascending(s.Name))
		}
	}
	return append(options, parquet.SortingWriterConfig(parquet.SortingColumns(sorting...)))
}

// commonOptions are the settings that do not depend on the table.
func commonOptions(metadata map[string]string) []parquet.WriterOption {
	options := []parquet.WriterOption{
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}),
		parquet.PageBufferSize(pageBytes),
		parquet.DataPageVersion(dataPages),
		parquet.DataPageStatistics(true),
		// The timestamps; a tag cannot say so of a nullable column.
		parquet.DefaultEncodingFor(parquet.Int64, &parquet.DeltaBinaryPacked),
		// Elements of lists, which no tag reaches: parquet-go would take an
		// encoding that older readers lack.
		parquet.DefaultEncodingFor(parquet.ByteArray, &parquet.Plain),
		parquet.CreatedBy("corpus", FormatVersion, "format-"+FormatVersion),
	}
	for key, value := range metadata { // parquet-go sorts them
		options = append(options, parquet.KeyValueMetadata(key, value))
	}
	return options
}
