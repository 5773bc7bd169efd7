package store

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The command links neither Arrow's Parquet reader, which brings gRPC with it,
// nor extraction libraries that are only there to be compared with.
func TestImportsOfTheCommand(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command")
	}
	cmd := exec.Command("go", "list", "-deps", "-tags", "purego", "corpus/cmd/corpus")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	deps := strings.Fields(string(out))
	if len(deps) < 100 {
		t.Fatalf("only %d packages", len(deps))
	}
	for _, dep := range deps {
		for _, no := range []string{"arrow/go/v15/parquet", "google.golang.org/grpc", "go-trafilatura", "go-htmldate", "arrow/flight", "runtime/cgo"} {
			if strings.Contains(dep, no) {
				t.Errorf("the command links %s", dep)
			}
		}
	}
}
