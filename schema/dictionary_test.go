package schema

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the generated pages again")

func TestDictionary(t *testing.T) {
	const page = "../docs/data-dictionary.md"
	want := Dictionary()
	if want != Dictionary() {
		t.Fatal("the dictionary is not the same twice")
	}
	for _, table := range Tables() {
		if !strings.Contains(want, "\n## "+table.Name+"\n") {
			t.Errorf("the dictionary lacks %s", table.Name)
		}
	}
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the tables are: run make docs", page)
	}
}
