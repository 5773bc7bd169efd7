package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"corpus/datasheets/questions"
	"corpus/pipeline/config"
	"corpus/pipeline/plan"
	"corpus/pipeline/privacy"
)

func (a *app) initCommand() *cobra.Command {
	var key string
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "write a corpus.yaml for the pages in a folder, and make the key",
		Long: `Looks through DIR (default: this folder) for pages, writes a commented
corpus.yaml that reads them and a datasheet.yaml with the questions that only
people can answer, and makes the key for the pseudonyms in your configuration
folder unless there is one. Keep the key: without it nobody can
build the same pseudonyms again, and with it anybody can test names against them.`,
		Args: arguments(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return a.init(dir, key)
		},
	}
	cmd.Flags().StringVar(&key, "key", "", "file for the key (default: corpus/key in your configuration folder)")
	return cmd
}

func (a *app) init(dir, key string) error {
	if info, err := os.Stat(dir); err != nil {
		return usage(fmt.Errorf("looking for pages: %w", err))
	} else if !info.IsDir() {
		return usage(fmt.Errorf("%s is no folder", dir))
	}
	found, err := plan.Discover(dir)
	if err != nil {
		return err
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	text := config.Skeleton(corpusName(filepath.Base(abs)), found)
	file := filepath.Join(dir, "corpus.yaml")
	if _, err := os.Lstat(filepath.Join(dir, questions.FileName)); err == nil {
		return usage(fmt.Errorf("%s is there already: corpus init does not overwrite it", shortPath(filepath.Join(dir, questions.FileName))))
	}
	if err := writeNew(file, text); err != nil {
		return err
	}
	if !a.quiet {
		fmt.Fprintf(a.out, "wrote %s\n", shortPath(file))
		for _, f := range found {
			fmt.Fprintf(a.out, "  %s: %s of format %s\n", f.ID, number(int64(f.Count), "input"), f.Format)
		}
		if len(found) == 0 {
			fmt.Fprintln(a.out, "  no pages found: name them under inputs")
		}
	}
	if err := a.newDatasheet(dir); err != nil {
		return err
	}
	return a.initKey(key)
}

// initKey makes the key where there is none yet.
func (a *app) initKey(path string) error {
	if path == "" {
		home, err := os.UserConfigDir()
		if err != nil {
			return usage(fmt.Errorf("no configuration folder for the key (%w): give --key FILE", err))
		}
		path = filepath.Join(home, "corpus", "key")
	}
	_, err := privacy.CreateKey(path)
	switch {
	case errors.Is(err, os.ErrExist):
		if _, err := privacy.LoadKey(path); err != nil {
			return usage(err)
		}
		if !a.quiet {
			fmt.Fprintln(a.out, "the key is there already")
		}
		return a.guarded(path)
	case err != nil:
		return err
	}
	if !a.quiet {
		fmt.Fprintln(a.out, "made a new key; keep it safe, and outside of what you publish")
	}
	return nil
}

// writeNew writes a file that must not be there yet.
func writeNew(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return usage(fmt.Errorf("%s is there already: corpus init does not overwrite it", shortPath(path)))
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// corpusName makes a valid corpus name of a folder's name.
func corpusName(folder string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		default:
			return '-'
		}
	}, folder)
	name = strings.Trim(name, "-_")
	if name == "" {
		return "corpus"
	}
	return name
}
