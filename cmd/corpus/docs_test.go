package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

var update = flag.Bool("update", false, "write the generated pages again")

// reference is docs/commands.md: the help of every command.
func reference() string {
	var b bytes.Buffer
	b.WriteString("# Commands\n\nThis page is generated from the help of the command; `make docs` writes it again.\n")
	root := (&app{}).root()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		if c.Name() == "help" {
			return
		}
		c.InitDefaultHelpFlag()
		text := c.Long
		if text == "" {
			text = c.Short
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n```\n%s```\n", c.CommandPath(), strings.TrimSpace(text), c.UsageString())
		for _, sub := range c.Commands() {
			if c.Name() != "completion" {
				walk(sub)
			}
		}
	}
	walk(root)
	return b.String()
}

func TestCommandDocs(t *testing.T) {
	const page = "../../docs/commands.md"
	want := reference()
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
		t.Errorf("%s is not what the commands say: run make docs", page)
	}
}
