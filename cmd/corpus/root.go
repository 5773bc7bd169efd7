package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// Exit codes of every command, as the design fixes them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2   // usage, configuration or key
	exitRejected    = 3   // done, but inputs were rejected that should have been readable
	exitRefused     = 4   // a check or gate said no
	exitInterrupted = 130 // SIGINT, SIGTERM
)

// streams are where a command reads and writes.
type streams struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// exitError is an error that asks for an exit code; a nil err prints nothing.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// usage marks err as one of usage, configuration or key.
func usage(err error) error {
	if err == nil {
		return nil
	}
	return &exitError{exitUsage, err}
}

// app is what all commands share: the streams and the global flags.
type app struct {
	streams
	json  bool
	quiet bool

	warned map[string]bool // key files that a warning was given about
}

func execute(ctx context.Context, args []string, s streams) int {
	a := &app{streams: s}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if ctx.Err() != nil {
		fmt.Fprintln(s.err, "corpus: interrupted; nothing half-written was left")
		return exitInterrupted
	}
	var coded *exitError
	if errors.As(err, &coded) {
		if coded.err != nil {
			fmt.Fprintln(s.err, "corpus:", plain(coded.err))
		}
		return coded.code
	}
	fmt.Fprintln(s.err, "corpus:", plain(err))
	return exitFailed
}

// plain is the text of err with the user's home folder shortened, so that a
// log that is passed on names nobody.
func plain(err error) string {
	home, homeErr := os.UserHomeDir()
	if homeErr != nil || len(home) < 2 {
		return err.Error()
	}
	return strings.ReplaceAll(err.Error(), home, "~")
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "corpus",
		Short: "saved articles and their comment threads → versioned Parquet corpora",
		Long: `corpus turns saved web articles and their reader comments into versioned
Parquet corpora that load with one line and that anyone can rebuild byte for
byte. Start with "corpus init" in the folder that holds your pages.

Exit codes: 0 done · 1 failed · 2 usage, configuration or key · 3 done, but
inputs were rejected that should have been readable · 4 a check or gate said no
· 130 interrupted.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		// cobra itself would end an unknown command with a plain error.
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			hint := ""
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				hint = fmt.Sprintf(", did you mean %q", near[0])
			}
			return usage(fmt.Errorf("there is no command %q%s; see corpus --help", args[0], hint))
		},
		SuggestionsMinimumDistance: 2,
		RunE:                       func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().BoolVar(&a.json, "json", false, "print events and results as JSON lines on standard error")
	root.PersistentFlags().BoolVarP(&a.quiet, "quiet", "q", false, "print nothing but errors")
	root.AddCommand(a.takedownCommand(), a.pruneCommand())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage(fmt.Errorf("%w; see %s --help", err, cmd.CommandPath()))
	})
	root.AddCommand(a.initCommand(), a.buildCommand(), a.extractCommand(), a.verifyCommand(), a.showCommand(), a.diffCommand(), a.exportCommand(), a.releaseCommand(), a.rehydrateCommand(), a.datasheetCommand(), a.licenseCommand(), a.cacheCommand(), a.versionCommand())
	return root
}

// arguments turns cobra's complaint about the number of arguments into a usage error.
func arguments(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usage(fmt.Errorf("%w; see %s --help", err, cmd.CommandPath()))
		}
		return nil
	}
}
