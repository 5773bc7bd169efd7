package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"corpus/pipeline/cache"
)

// cacheDir is the folder of the cache: corpus in the user's cache folder.
func cacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no folder for the cache (%w): build with --no-cache", err)
	}
	return filepath.Join(dir, "corpus"), nil
}

func (a *app) cacheCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "show or clear what earlier builds have extracted",
		Long: `A build keeps what it extracts, so that the next one need not extract an input
again that did not change, and a build that was killed goes on where it stopped.
It keeps the digests of files as well, so that a file that did not change need
not even be read. The cache is in your cache folder and readable by you alone: it
holds names and texts before masks.`,
		Args: arguments(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			c, err := openCache()
			if err != nil {
				return err
			}
			stats, err := c.Stats()
			if err != nil {
				return err
			}
			if a.json {
				return a.event(map[string]any{"event": "cache", "stats": stats})
			}
			fmt.Fprintf(a.out, "%s, digests of %s, %s\n", count(stats.Entries)+" entries", number(stats.Files, "file"), size(stats.Bytes))
			return nil
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "clear",
		Short: "remove everything from the cache",
		Args:  arguments(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			c, err := openCache()
			if err != nil {
				return err
			}
			return c.Clear()
		},
	})
	return cmd
}

func openCache() (*cache.Cache, error) {
	dir, err := cacheDir()
	if err != nil {
		return nil, usage(err)
	}
	return cache.Open(dir)
}
