package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"corpus/pipeline"
	"corpus/pipeline/compare"
	"corpus/pipeline/config"
)

func (a *app) buildCommand() *cobra.Command {
	var o pipeline.Options
	var memory, key, cacheSize string
	var dryRun, noCache bool
	cmd := &cobra.Command{
		Use:   "build [corpus.yaml]",
		Short: "build a version of the corpus",
		Long: `Reads the inputs that corpus.yaml declares, extracts articles and comments, and
writes a version to OUT/NAME/VERSION. A version is immutable: to build again,
give it another number or another --out.

The key for the pseudonyms is taken from --key, else from the file that
CORPUS_KEY_FILE names, else from your configuration folder; corpus init makes it.`,
		Args: arguments(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			file := "corpus.yaml"
			if len(args) == 1 {
				file = args[0]
			}
			if memory != "" {
				size, err := config.ParseSize(memory)
				if err != nil {
					return usage(fmt.Errorf("--memory: %w", err))
				}
				if o.Memory = int64(size); o.Memory < pipeline.MinMemory {
					return usage(fmt.Errorf("--memory %s is too little: at least %d MiB", memory, pipeline.MinMemory>>20))
				}
			}
			limit, err := config.ParseSize(cacheSize)
			if err != nil {
				return usage(fmt.Errorf("--cache-size: %w", err))
			}
			o.CacheLimit = int64(limit)
			if !noCache {
				if o.Cache, err = cacheDir(); err != nil {
					return usage(err)
				}
			}
			if _, err := pipeline.ParseAcceptance(o.AcceptRejects); err != nil {
				return usage(fmt.Errorf("--accept-rejects: %w", err))
			}
			if dryRun {
				return a.dryRun(cmd, file, o)
			}
			return a.build(cmd, file, key, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Out, "out", "", "folder of the versions (default: dist beside the configuration)")
	f.IntVar(&o.Workers, "workers", 0, "number of workers (default: the processors); the output does not depend on it")
	f.StringVar(&memory, "memory", "1GiB", "memory to stay within, at least 256MiB; the output does not depend on it")
	f.StringVar(&o.Tmp, "tmp", "", "folder for temporary files (default: beside the version)")
	f.StringVar(&key, "key", "", "file that holds the key")
	f.BoolVar(&noCache, "no-cache", false, "extract every input anew, and keep nothing for the next build")
	f.StringVar(&cacheSize, "cache-size", "10GiB", "what the cache may hold after the build; what was not used for the longest time goes first")
	f.BoolVar(&o.Reread, "reread", false, "read every input, also those whose files say that they did not change; what is in them is still taken from the cache")
	f.BoolVar(&o.Locked, "locked", false, "fail where an input, the configuration, the key or the tool is not as corpus.lock says")
	f.BoolVar(&dryRun, "dry-run", false, "show inputs, formats and sizes, and build nothing")
	f.StringVar(&o.AcceptRejects, "accept-rejects", "", "rejected documents that are no failure: a number or a percentage (default: accept_rejects of the configuration)")
	return cmd
}

func (a *app) build(cmd *cobra.Command, file, keyFlag string, o pipeline.Options) error {
	cfg, err := config.Load(file)
	if err != nil {
		return usage(err)
	}
	o.Config, o.ConfigDir, o.ConfigName = cfg, filepath.Dir(file), filepath.Base(file)
	if o.Out == "" {
		o.Out = filepath.Join(o.ConfigDir, "dist")
	}
	if o.Key, o.KeyFile, err = a.findKey(keyFlag, cfg.Privacy == config.PrivacyNone); err != nil {
		return usage(err)
	}
	if err := a.takedownKey(&o); err != nil {
		return usage(err)
	}
	watch := a.watch()
	o.Observer = watch
	start := time.Now()
	report, err := pipeline.Build(cmd.Context(), o)
	watch.Close()
	if err != nil {
		return buildError(err)
	}
	took := time.Since(start)
	if a.json {
		stages, processor := map[string]int64{}, map[string]int64{}
		for _, s := range watch.times {
			stages[s.name], processor[s.name] = s.took.Milliseconds(), s.processor.Milliseconds()
		}
		if err := a.event(map[string]any{"event": "built", "report": report, "milliseconds": took.Milliseconds(), "stages": stages, "processor": processor}); err != nil {
			return err
		}
	} else if !a.quiet {
		printReport(a.out, report, shortPath(filepath.Join(o.Out, cfg.Corpus, report.Version)), took, watch.times)
	}
	if report.RejectedTooMany {
		return &exitError{exitRejected, fmt.Errorf("%s rejected, %s accepted: look at the ledger, mend the inputs or raise accept_rejects", number(report.Rejected, "document"), report.Accepted)}
	}
	return nil
}

// buildError gives an error of a build its exit code.
func buildError(err error) error {
	var drift *pipeline.DriftError
	switch {
	case errors.Is(err, pipeline.ErrUsage):
		return usage(err)
	case errors.As(err, &drift):
		return &exitError{exitRefused, err}
	}
	return err
}

// shortPath is path relative to the working folder, where it lies below it.
func shortPath(path string) string {
	wd, err := os.Getwd()
	if err != nil {
		return path
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(wd, abs); err == nil && !strings.HasPrefix(rel, "..") {
		return rel
	}
	return path
}

// printReport is the summary at the end of a build: what came in, what came
// out, what was rejected and why, how long it took, how large it is.
func printReport(w io.Writer, r *pipeline.Report, dir string, took time.Duration, stages []stageTime) {
	fmt.Fprintf(w, "%s %s in %s\n\n", r.Corpus, r.Version, dir)
	if d := r.Difference; d != nil {
		fmt.Fprintf(w, "  differs   from %s: %s\n", d.Old, because(d))
	}
	fmt.Fprintf(w, "  read      %s with %s (%s)\n", number(r.Inputs, "input"), number(r.Documents, "document"), size(r.InputBytes))
	width := 0
	for _, t := range r.Sources {
		width = max(width, len(t.SourceID))
	}
	for _, t := range r.Sources {
		var outcomes []string
		for _, name := range sortedKeys(t.Outcomes) {
			outcomes = append(outcomes, count(t.Outcomes[name])+" "+name)
		}
		fmt.Fprintf(w, "            %-*s  %s (%s), %s\n", width, t.SourceID, number(t.Documents, "document"), strings.Join(outcomes, ", "), number(t.CommentsRead, "comment"))
	}
	fmt.Fprintf(w, "  built     %s, %s by %s\n", number(r.Rows["articles"], "article"), number(r.Rows["comments"], "comment"), number(r.Rows["commenters"], "commenter"))
	fmt.Fprintf(w, "            of %s read: %s kept, %s seen again in another capture, %s excluded\n",
		number(r.CommentsKept+r.CommentsRepeated+r.CommentsExcluded, "comment"), count(r.CommentsKept), count(r.CommentsRepeated), count(r.CommentsExcluded))
	if r.Clusters > 0 {
		fmt.Fprintf(w, "            %s of near duplicates\n", number(r.Clusters, "cluster"))
	}
	printCounts(w, "  splits    ", r.Splits)
	printCounts(w, "  masked    ", r.Masked)
	fmt.Fprintf(w, "  rejected  %s (accepted: %s)\n", number(r.Rejected, "document"), r.Accepted)
	printCounts(w, "            ", r.Reasons)
	for _, example := range r.Examples {
		fmt.Fprintf(w, "            %s\n", example)
	}
	if more := r.Rejected - int64(len(r.Examples)); more > 0 {
		fmt.Fprintf(w, "            … and %s more: all stand in audit/ledger\n", count(more))
	}
	fmt.Fprintf(w, "  wrote     %s in %d files\n", size(r.OutputBytes), r.Files)
	fmt.Fprintf(w, "  took      %s", took.Round(10*time.Millisecond))
	for _, s := range stages {
		if d := s.took.Round(10 * time.Millisecond); d > 0 {
			fmt.Fprintf(w, ", %s %s", s.name, d)
		}
	}
	fmt.Fprintln(w)
	if all := r.CacheHits + r.CacheMisses; all > 0 {
		fmt.Fprintf(w, "  cache     %s of %s were extracted before", count(r.CacheHits), number(all, "batch of documents"))
		if r.Unread > 0 {
			fmt.Fprintf(w, "; %s of %s did not change and were not read", count(r.Unread), number(r.Inputs, "input"))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "  manifest  sha256 %s\n", r.ManifestSHA256)
}

// because says how much a difference matters, and why.
func because(d *compare.Summary) string {
	if d.Level == compare.None {
		return "in nothing"
	}
	return fmt.Sprintf("%s, since %s", d.Level, d.Why())
}

// printCounts prints the numbers of a map that are not zero, by name; nothing
// where there is none.
func printCounts(w io.Writer, head string, m map[string]int64) {
	var list []string
	for _, name := range sortedKeys(m) {
		if m[name] > 0 {
			list = append(list, count(m[name])+" "+name)
		}
	}
	if len(list) > 0 {
		fmt.Fprintf(w, "%s%s\n", head, strings.Join(list, ", "))
	}
}

// number is n of something, in the singular where it is one.
func number(n int64, noun string) string {
	if n != 1 {
		word, rest, _ := strings.Cut(noun, " ")
		if noun = word + "s"; strings.HasSuffix(word, "ch") {
			noun = word + "es"
		}
		if rest != "" {
			noun += " " + rest
		}
	}
	return count(n) + " " + noun
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return slices.Clip(keys)
}

// count writes n with a blank between thousands.
func count(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + " " + s[i:]
	}
	return s
}

// size writes bytes in the largest unit that leaves a whole number or a tenth.
func size(bytes int64) string {
	units := []string{"B", "KiB", "MiB", "GiB", "TiB"}
	tenths, unit := bytes*10, 0
	for tenths >= 10240 && unit < len(units)-1 {
		tenths /= 1024
		unit++
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", bytes)
	}
	return fmt.Sprintf("%d.%d %s", tenths/10, tenths%10, units[unit])
}
