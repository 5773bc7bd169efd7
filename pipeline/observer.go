package pipeline

// Observer is told how a build gets on. Its methods are called from several
// goroutines; what it does never reaches an output.
type Observer interface {
	// Stage begins a stage of total units; -1 where the number is not known.
	Stage(name string, total int64)
	// Advance adds n finished units to the stage that runs.
	Advance(n int64)
}

// Names of the stages, in the order in which they run.
const (
	StagePlan    = "plan"
	StageRead    = "read"
	StageThreads = "threads"
	StageResolve = "resolve"
	StageWrite   = "write"
	StageCompare = "compare" // only where there is a previous version
	StageSeal    = "seal"
)

// silent is the observer of a build that nobody watches.
type silent struct{}

func (silent) Stage(string, int64) {}
func (silent) Advance(int64)       {}
