package release

import (
	"os"
	"testing"
)

// TestMain keeps temporary folders in memory where the system has such: every
// test writes a version, and each of its files is brought to the disk.
func TestMain(m *testing.M) {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() && os.Getenv("TMPDIR") == "" {
		if err := os.Setenv("TMPDIR", "/dev/shm"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
