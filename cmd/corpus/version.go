package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"corpus/pipeline"
	"corpus/schema"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "print the versions of the tool and of the schema",
		Args:  arguments(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if a.json {
				return a.event(map[string]any{"event": "version", "tool": pipeline.ToolVersion, "schema": schema.Version})
			}
			fmt.Fprintf(a.out, "corpus %s, schema %d, %s %s/%s\n", pipeline.ToolVersion, schema.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}
