package main

import (
	"os"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// event prints one JSON line on standard error.
func (a *app) event(e any) error {
	line, err := json.Marshal(e, json.Deterministic(true))
	if err != nil {
		return err
	}
	_, err = a.err.Write(append(line, '\n'))
	return err
}

// watcher shows the stages of a build: bars on a terminal, JSON lines with
// --json, else nothing. It implements pipeline.Observer.
type watcher struct {
	app   *app
	bars  bool
	mu    sync.Mutex
	bar   *progressbar.ProgressBar
	stage string
	done  int64
	total int64
	last  time.Time
	began time.Time
	used  time.Duration // of the processor, when the stage began
	times []stageTime
}

// stageTime is how long a stage took, on the clock and of the processors.
type stageTime struct {
	name            string
	took, processor time.Duration
}

func (a *app) watch() *watcher {
	file, ok := a.err.(*os.File)
	return &watcher{app: a, bars: ok && !a.quiet && !a.json && term.IsTerminal(int(file.Fd()))}
}

// Stage begins the next stage.
func (w *watcher) Stage(name string, total int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.finish()
	w.stage, w.done, w.total, w.last = name, 0, total, time.Now()
	w.began, w.used = w.last, processorTime()
	w.emit()
	if w.bars {
		w.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(w.app.err),
			progressbar.OptionSetDescription(name),
			progressbar.OptionSetWidth(30),
			progressbar.OptionShowCount(),
			progressbar.OptionShowIts(),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
}

// Advance adds n units.
func (w *watcher) Advance(n int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done += n
	if w.bar != nil {
		_ = w.bar.Add64(n) // a bar that cannot be drawn must not stop a build
	}
	if time.Since(w.last) > time.Second {
		w.last = time.Now()
		w.emit()
	}
}

// Close ends the last stage.
func (w *watcher) Close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.finish()
}

func (w *watcher) finish() {
	if w.bar != nil {
		_ = w.bar.Finish() // as above
		w.bar = nil
	}
	if w.stage != "" {
		w.emit()
		w.times = append(w.times, stageTime{w.stage, time.Since(w.began), processorTime() - w.used})
		w.stage = ""
	}
}

func (w *watcher) emit() {
	if w.app.json && !w.app.quiet {
		_ = w.app.event(map[string]any{"event": "stage", "stage": w.stage, "done": w.done, "total": w.total}) // as above
	}
}
