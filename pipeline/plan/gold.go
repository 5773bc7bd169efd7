package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path"

	"corpus/pipeline/config"
)

// Gold is the file of expected records of a source: an input like any other,
// that nothing is read from but what extraction is measured by.
type Gold struct {
	Index
	Data []byte // JSON Lines in the record form
}

// MaxGold bounds a file of expected records, in bytes: it is a sample, and is
// held in memory for the whole build.
const MaxGold = 16 << 20

// readGold reads the expected records of a source.
func readGold(file string, source *config.Source) (Gold, error) {
	name := path.Base(source.Gold)
	f, err := os.Open(file)
	if err != nil {
		return Gold{}, fmt.Errorf("%s cannot be read: %w", name, withoutPath(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxGold+1))
	if err != nil {
		return Gold{}, fmt.Errorf("%s cannot be read: %w", name, withoutPath(err))
	}
	if len(data) > MaxGold {
		return Gold{}, fmt.Errorf("%s has more than %d MiB: a sample of the source's pages is enough", name, MaxGold>>20)
	}
	sum := sha256.Sum256(data)
	return Gold{Index: Index{SourceID: source.ID, SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(data))}, Data: data}, nil
}
