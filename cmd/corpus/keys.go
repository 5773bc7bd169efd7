package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"corpus/pipeline/privacy"
)

// findKey loads the key from flag, environment or the user's configuration
// folder. With optional it may be missing.
func (a *app) findKey(flag string, optional bool) (*privacy.Key, string, error) {
	path := flag
	if path == "" {
		path = os.Getenv("CORPUS_KEY_FILE")
	}
	named := path != ""
	if !named {
		home, err := os.UserConfigDir()
		if err != nil {
			return nil, "", fmt.Errorf("no configuration folder for the key (%w): give --key FILE", err)
		}
		path = filepath.Join(home, "corpus", "key")
	}
	key, err := privacy.LoadKey(path)
	if errors.Is(err, os.ErrNotExist) && !named {
		if optional {
			return nil, "", nil
		}
		return nil, "", errors.New("there is no key for the pseudonyms: make one with corpus init, or name it with --key FILE")
	}
	if err != nil {
		return nil, "", err
	}
	return &key, path, a.guarded(path)
}

// guarded warns, once a file, where other users of the machine can read or
// change a key file. It is no error: containers and CI services mount secrets so.
func (a *app) guarded(path string) error {
	text, err := privacy.Exposed(path)
	if err != nil || text == "" || a.warned[path] {
		return err
	}
	if a.warned == nil {
		a.warned = map[string]bool{}
	}
	a.warned[path] = true
	switch {
	case a.json:
		return a.event(map[string]any{"event": "warning", "warning": text})
	case !a.quiet:
		fmt.Fprintln(a.err, "corpus: warning:", text)
	}
	return nil
}
