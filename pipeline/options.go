package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"corpus/datasheets/questions"
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/pipeline/takedown"
)

// Options say how a build runs. None of them but Key changes what is written.
type Options struct {
	Config        *config.Config
	ConfigDir     string       // folder of corpus.yaml: globs are relative to it, the lock stands in it
	ConfigName    string       // name of the file in ConfigDir; the globs never match it
	Out           string       // the version goes to Out/NAME/VERSION
	Versions      string       // folder that holds the previous version where it is named by its number; "" for Out/NAME
	Tmp           string       // folder for temporary files; "" for the system's
	Workers       int          // 0 for the number of processors
	Memory        int64        // bytes; 0 for DefaultMemory
	Key           *privacy.Key // nil only with privacy: none
	KeyFile       string       // where the key stands, so that no glob matches it
	TakedownKey   *privacy.Key // of the list of what was taken down; nil where it is not here
	AcceptRejects string       // "" for what the configuration says
	Locked        bool         // fail where anything differs from corpus.lock, and leave it as it is
	Lock          string       // the lock to read; "" for the one beside the configuration
	Observer      Observer     // nil for none
	Cache         string       // folder of the cache; "" for none
	CacheLimit    int64        // bytes that the cache may hold after a build; 0 for DefaultCacheLimit
	Reread        bool         // read every input, as under Locked and without a cache, also where its file did not change

	datasheet *questions.File   // datasheet.yaml in ConfigDir, nil where there is none; read by prepare
	matcher   *takedown.Matcher // of what was taken down, nil where nothing was; read by prepare
}

// DefaultMemory is the default of --memory, and MinMemory the least it takes.
const (
	DefaultMemory = 1 << 30
	MinMemory     = 256 << 20
)

// What a single document takes in bytes of memory, measured with pages of text
// of 8 to 56 MiB: for a byte of it on its way into the tables, and beside it.
const (
	documentFactor = 16
	besideDocument = 96 << 20
)

// leastMemory is the --memory for documents of so many bytes.
func leastMemory(limit int64) int64 {
	return max(MinMemory, (min(limit, math.MaxInt64/(2*documentFactor))*documentFactor+besideDocument+1<<20-1)>>20<<20)
}

func (o *Options) prepare() error {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Memory == 0 {
		o.Memory = DefaultMemory
	}
	if o.Memory < MinMemory {
		return fmt.Errorf("--memory is %d MiB, it has to be at least %d MiB", o.Memory>>20, MinMemory>>20)
	}
	if least := leastMemory(int64(o.Config.Limits.Bytes)); o.Memory < least {
		return fmt.Errorf("%slimits: bytes is %s: a document of that size takes up to %d MiB of memory on its way, and --memory is %d MiB; give it that much, or lower the limit to %d MiB",
			o.Config.Where("limits.bytes"), o.Config.Limits.Bytes, least>>20, o.Memory>>20, (o.Memory-besideDocument)/documentFactor>>20)
	}
	if o.Observer == nil {
		o.Observer = silent{}
	}
	if o.Key == nil && o.Config.Privacy != config.PrivacyNone {
		return fmt.Errorf("a build with privacy: %s needs a key; corpus init makes one", o.Config.Privacy)
	}
	if o.AcceptRejects == "" {
		o.AcceptRejects = o.Config.AcceptRejects
	}
	if err := o.openTakedown(); err != nil {
		return err
	}
	var err error
	o.datasheet, err = questions.Load(filepath.Join(o.ConfigDir, questions.FileName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// lockPath is where the lock of the build before stands.
func (o *Options) lockPath() string {
	if o.Lock != "" {
		return o.Lock
	}
	return filepath.Join(o.ConfigDir, LockName)
}

// outsideHeap is what a process holds besides what the collector knows of: the
// pages of the program itself.
const outsideHeap = 36 << 20

// limitMemory asks the collector to keep the process below limit, and gives back
// what it had before. It changes how often memory is freed, never an output.
func limitMemory(limit int64) (restore func()) {
	before := debug.SetMemoryLimit(limit - outsideHeap)
	return func() { debug.SetMemoryLimit(before) }
}

// DefaultCacheLimit is what the cache may hold, in bytes.
const DefaultCacheLimit = 10 << 30

// filesShare is the part of the cache for the digests of files: four and a half
// million of them by default.
const filesShare = 32

// pageMemory is the share of the memory for documents on their way to normal form.
func (o *Options) pageMemory() int64 { return o.Memory / 4 }

// readMemory is the share of the memory for the readers.
func (o *Options) readMemory() int64 { return o.Memory / 8 }

// sortMemory is the share of the memory that one of the sorters may hold; at
// most three of them are filled at the same time.
func (o *Options) sortMemory() int64 { return o.Memory / 16 }

// Acceptance is how many rejected documents a build takes without exit code 3.
type Acceptance struct {
	Number   int64
	PerMille int64 // of the documents, where Percent is set
	Percent  bool
}

// ParseAcceptance reads "3" or "5%" (at most one digit after the point); "" accepts none.
func ParseAcceptance(s string) (Acceptance, error) {
	expected := fmt.Errorf("accepted rejects are a number or a percentage such as 3 or 2.5%%, not %q", s)
	if s == "" {
		return Acceptance{}, nil
	}
	number, percent := strings.CutSuffix(s, "%")
	if !percent {
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || n < 0 {
			return Acceptance{}, expected
		}
		return Acceptance{Number: n}, nil
	}
	whole, tenth, _ := strings.Cut(number, ".")
	if tenth == "" {
		tenth = "0"
	}
	n, err := strconv.ParseInt(whole+tenth, 10, 64)
	if err != nil || len(tenth) != 1 || n < 0 || n > 1000 {
		return Acceptance{}, expected
	}
	return Acceptance{PerMille: n, Percent: true}, nil
}

// Takes tells whether rejected out of documents is accepted.
func (a Acceptance) Takes(rejected, documents int64) bool {
	if !a.Percent {
		return rejected <= a.Number
	}
	if documents > math.MaxInt64/1000 {
		return rejected <= documents/1000*a.PerMille
	}
	return rejected*1000 <= documents*a.PerMille
}
