package main

import (
	"archive/zip"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pemistahl/lingua-go/serialization"
	"google.golang.org/protobuf/proto"
)

// one is the probability 1 in fixed point.
const one = 1 << 40

// sets are the names of the tables in the package, by length of their n-grams.
var sets = [...]string{"unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams"}

// table holds the probability of an n-gram's last letter after the letters
// before it, in 1/one; of a single letter, its share of all letters.
type table map[string]uint64

// packageDir is the folder of the package that holds the tables, as the go
// command knows it.
func packageDir() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/pemistahl/lingua-go").Output()
	if err != nil {
		return "", fmt.Errorf("finding the package with the n-gram tables (go mod download first): %w", err)
	}
	return filepath.Join(strings.TrimSpace(string(out)), "language-models"), nil
}

// readTables reads the tables of one language, n-grams of one to five letters.
func readTables(dir, code string) ([]table, error) {
	var tables []table
	for _, set := range sets {
		t, err := readTable(filepath.Join(dir, code, set+".pb.bin.zip"))
		if err != nil {
			return nil, fmt.Errorf("%s of %q: %w", set, code, err)
		}
		tables = append(tables, t)
	}
	return tables, nil
}

func readTable(path string) (table, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	if len(archive.File) != 1 {
		return nil, fmt.Errorf("%d files in the archive, not one", len(archive.File))
	}
	f, err := archive.File[0].Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	var model serialization.SerializableLanguageModel
	if err := proto.Unmarshal(body, &model); err != nil {
		return nil, err
	}
	t := table{}
	for _, set := range model.NgramSets {
		p := fixed(set.Probability)
		for _, g := range set.Ngrams {
			t[g] = p
		}
	}
	return t, nil
}

// fixed turns a probability into fixed point. Scaling by a power of two and
// cutting are exact on every processor.
func fixed(p float64) uint64 { return uint64(p * one) }

// sorted lists the n-grams of a table in byte order.
func (t table) sorted() []string {
	grams := make([]string, 0, len(t))
	for g := range t {
		grams = append(grams, g)
	}
	slices.Sort(grams)
	return grams
}

// head is an n-gram without its last letter, tail without its first.
func head(g string) string {
	_, n := utf8.DecodeLastRuneInString(g)
	return g[:len(g)-n]
}

func tail(g string) string {
	_, n := utf8.DecodeRuneInString(g)
	return g[n:]
}
