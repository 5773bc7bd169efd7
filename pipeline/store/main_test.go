package store

import (
	"flag"
	"os"
	"testing"
)

// TestMain lets a test run this binary as another process (see crash_test.go),
// and keeps the number of rapid's cases small: each writes and reads files.
func TestMain(m *testing.M) {
	if out := os.Getenv(crashOut); out != "" {
		crash(out, os.Getenv(crashPoint))
	}
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", "20"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
