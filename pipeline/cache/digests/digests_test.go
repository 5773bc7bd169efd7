package digests

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"corpus/pipeline/spill"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, dir string) *Index {
	t.Helper()
	x := Open(dir, spill.Options{Dir: t.TempDir()})
	t.Cleanup(func() { _ = x.Close() })
	return x
}

// look is Look at a file at a moment so much later than now, which is what
// waiting would give.
func look(t testing.TB, path string, later time.Duration) File {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	f := Look(info)
	f.at = f.at.Add(later)
	return f
}

// remember reads a file as a build does, so much later than now, and saves.
func remember(t testing.TB, dir, path string, later time.Duration) {
	t.Helper()
	x := open(t, dir)
	f := look(t, path, later)
	body, err := os.ReadFile(path)
	must(t, err)
	after, err := os.Stat(path)
	must(t, err)
	must(t, x.Reader(true).Add(f, after, sha256.Sum256(body)))
	x.Save(1 << 20)
	must(t, x.Close())
}

// remembered tells whether another build takes the digest without reading, and
// fails where that digest is not the file's.
func remembered(t testing.TB, dir, path string) bool {
	t.Helper()
	sum, ok := open(t, dir).Reader(true).Digest(look(t, path, 0))
	body, err := os.ReadFile(path)
	must(t, err)
	if ok && sum != sha256.Sum256(body) {
		t.Error("a digest that is not that of the file")
	}
	return ok
}

func needStamps(t testing.TB) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("every file is read here")
	}
}

// TestChangesAreNoticed: what is done to a file after it was read, and whether it
// counts as unchanged. Whatever it is, no digest may be wrong.
func TestChangesAreNoticed(t *testing.T) {
	needStamps(t)
	for name, c := range map[string]struct {
		change func(t *testing.T, path string)
		want   bool
	}{
		"nothing":      {func(*testing.T, string) {}, true},
		"read by many": {func(t *testing.T, path string) { _, err := os.ReadFile(path); must(t, err) }, true},
		"touched":      {func(t *testing.T, path string) { must(t, os.Chtimes(path, time.Now(), time.Now())) }, false},
		"longer":       {func(t *testing.T, path string) { must(t, os.WriteFile(path, []byte("longer than before"), 0o600)) }, false},
		"the same length, and the time set back": {func(t *testing.T, path string) {
			info, err := os.Stat(path)
			must(t, err)
			must(t, os.WriteFile(path, []byte("AFTER."), 0o600))
			must(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
			again, err := os.Stat(path)
			must(t, err)
			if again.Size() != info.Size() || !again.ModTime().Equal(info.ModTime()) {
				t.Fatal("the time was not set back")
			}
		}, false},
		"replaced, with time and length": {func(t *testing.T, path string) {
			info, err := os.Stat(path)
			must(t, err)
			must(t, os.WriteFile(path+".new", []byte("AFTER."), 0o600))
			must(t, os.Chtimes(path+".new", info.ModTime(), info.ModTime()))
			must(t, os.Rename(path+".new", path))
		}, false},
		"mode changed": {func(t *testing.T, path string) { must(t, os.Chmod(path, 0o400)) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "page.html")
			must(t, os.WriteFile(path, []byte("before"), 0o600))
			remember(t, dir, path, 2*Margin)
			time.Sleep(20 * time.Millisecond) // a tick of the clock of the file system
			c.change(t, path)
			if got := remembered(t, dir, path); got != c.want {
				t.Errorf("counts as unchanged: %v, want %v", got, c.want)
			}
		})
	}
}

// TestRacyFilesAreNotRemembered: a file that changed less than the margin before
// it was read, or while it was read, may change again unnoticed.
func TestRacyFilesAreNotRemembered(t *testing.T) {
	needStamps(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "page.html")
	must(t, os.WriteFile(path, []byte("before"), 0o600))
	for _, later := range []time.Duration{0, Margin / 2} {
		remember(t, dir, path, later)
		if remembered(t, dir, path) {
			t.Errorf("remembered after %v", later)
		}
	}
	future := time.Now().Add(time.Hour)
	must(t, os.Chtimes(path, future, future))
	remember(t, dir, path, 2*Margin)
	if remembered(t, dir, path) {
		t.Error("a file of the future is remembered")
	}
	must(t, os.Chtimes(path, time.Now(), time.Now()))
	x := open(t, dir)
	f := look(t, path, 2*Margin)
	must(t, os.WriteFile(path, []byte("after, and longer"), 0o600))
	after, err := os.Stat(path)
	must(t, err)
	must(t, x.Reader(true).Add(f, after, sha256.Sum256([]byte("before"))))
	x.Save(1 << 20)
	if files, _ := Count(dir); files != 0 {
		t.Error("a file that changed while it was read is remembered")
	}
	must(t, x.Close())
	remember(t, dir, path, 2*Margin)
	if !remembered(t, dir, path) {
		t.Error("a file that is at rest is not remembered")
	}
}

// TestOnlyRegularFiles: a folder has a stamp as well, and content that changes.
func TestOnlyRegularFiles(t *testing.T) {
	info, err := os.Stat(t.TempDir())
	must(t, err)
	if s := stampOf(info); s != (stamp{}) {
		t.Errorf("%+v", s)
	}
	var none *Reader
	if _, ok := none.Digest(File{}); ok || none.Add(File{}, info, Sum{}) != nil {
		t.Error("no reader knows something")
	}
}

// made is a file that the tests invent.
func made(i int) (File, Sum) {
	s := stamp{device: uint64(i % 3), inode: uint64(i) * 7919, size: int64(i), modified: int64(i) + 1, changed: int64(i) + 2}
	return File{stamp: s, at: time.Now()}, sha256.Sum256([]byte{byte(i), byte(i >> 8), byte(i >> 16)})
}

// enter adds invented files as Add does those that are there.
func enter(t testing.TB, x *Index, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		f, sum := made(i)
		record := append(f.stamp.append(nil), sum[:]...)
		x.n.Add(1)
		must(t, x.added.Add(record[:keySize], record[keySize:]))
	}
}

// known counts the invented files that are found; another digest is a failure.
func known(t testing.TB, x *Index, from, to int) (n int) {
	t.Helper()
	r := x.Reader(true)
	for i := from; i < to; i++ {
		f, want := made(i)
		if sum, ok := r.Digest(f); ok {
			if n++; sum != want {
				t.Fatalf("file %d has another digest", i)
			}
		}
		f.stamp.changed++
		if _, ok := r.Digest(f); ok {
			t.Fatalf("file %d is found as another one", i)
		}
	}
	return n
}

// saved is an index of invented files, built up by several builds.
func saved(t testing.TB, dir string, ends ...int) {
	t.Helper()
	from := 0
	for _, to := range ends {
		x := open(t, dir)
		enter(t, x, from, to)
		x.Save(1 << 30)
		must(t, x.Close())
		from = to
	}
}

func TestIndexGrows(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, 1, 64, 65, 1000, 5000)
	x := open(t, dir)
	if got := known(t, x, 0, 6000); got != 5000 {
		t.Errorf("%d files are known, want 5000", got)
	}
	files, size := Count(dir)
	if info, err := os.Stat(filepath.Join(dir, name)); err != nil || files != 5000 || size != info.Size() || info.Mode().Perm() != 0o600 {
		t.Errorf("%d files, %d bytes, %v, %v", files, size, info.Mode(), err)
	}
	if got := known(t, open(t, t.TempDir()), 0, 10); got != 0 {
		t.Errorf("%d files are known where there is no index", got)
	}
	must(t, Remove(dir))
	must(t, Remove(dir))
	if got := known(t, open(t, dir), 0, 10); got != 0 {
		t.Errorf("%d files are known after the removal", got)
	}
}

// TestNewestStampCounts: a file that changed takes the place of what it was.
func TestNewestStampCounts(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, 200)
	x := open(t, dir)
	for i := range 100 {
		f, _ := made(i)
		f.stamp.changed += 1e9
		record := append(f.stamp.append(nil), make([]byte, len(Sum{}))...)
		x.n.Add(1)
		must(t, x.added.Add(record[:keySize], record[keySize:]))
	}
	x.Save(1 << 30)
	must(t, x.Close())
	if got := known(t, open(t, dir), 0, 200); got != 100 {
		t.Errorf("%d of the old stamps are known, want 100", got)
	}
	if files, _ := Count(dir); files != 200 {
		t.Errorf("%d files, want 200", files)
	}
}

// TestWithoutTrust: nothing is known, and what was read is remembered.
func TestWithoutTrust(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, 10)
	f, _ := made(3)
	if _, ok := open(t, dir).Reader(false).Digest(f); ok {
		t.Error("a digest is given without trust")
	}
}

// TestLimit: what was not used goes first, and the limit holds in any case.
func TestLimit(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, 1000)
	limit := int64(10 * blockSize) // 640 files
	x := open(t, dir)
	if got := known(t, x, 0, 300); got != 300 {
		t.Fatal(got)
	}
	enter(t, x, 1000, 1100)
	x.Save(limit)
	must(t, x.Close())
	x = open(t, dir)
	if used, others := known(t, x, 0, 300)+known(t, x, 1000, 1100), known(t, x, 300, 1000); used != 400 || others != 0 {
		t.Errorf("%d of those that were used are left, %d of the others", used, others)
	}
	enter(t, x, 2000, 3000)
	x.Save(limit)
	if files, size := Count(dir); size > limit || files != 640 {
		t.Errorf("%d files, %d bytes", files, size)
	}
}

// TestDamagedIndexIsAMiss changes every third byte of an index, and cuts it off: no
// digest is wrong, few are missing.
func TestDamagedIndexIsAMiss(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, 70)
	path := filepath.Join(dir, name)
	whole, err := os.ReadFile(path)
	must(t, err)
	for i := 0; i < len(whole); i += 3 {
		for _, damaged := range [][]byte{whole[:i], append(append(bytes.Clone(whole[:i]), whole[i]^0x10), whole[i+1:]...)} {
			must(t, os.WriteFile(path, damaged, 0o600))
			x := Open(dir, spill.Options{})
			got := known(t, x, 0, 70)
			if got >= 70 || len(damaged) == len(whole) && got < min(perBlock, 70-perBlock) {
				t.Fatalf("byte %d of %d: %d files are known", i, len(damaged), got)
			}
			must(t, x.Close())
		}
	}
	must(t, os.WriteFile(path, append(bytes.Clone(whole), "what a crash left"...), 0o600))
	x := open(t, dir)
	if got := known(t, x, 0, 70); got != perBlock {
		t.Errorf("%d files of the whole block are known", got)
	}
	enter(t, x, 70, 170)
	x.Save(1 << 30)
	must(t, x.Close())
	if got := known(t, open(t, dir), 0, 170); got != perBlock+100 {
		t.Errorf("%d files are known after a damaged index was saved again", got)
	}
}

// TestManyReaders: several goroutines look up and add.
func TestManyReaders(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, 2000)
	x := open(t, dir)
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			if got := known(t, x, 0, 2000); got != 2000 {
				t.Errorf("%d files are known", got)
			}
			enter(t, x, 2000+100*w, 2100+100*w)
		})
	}
	group.Wait()
	x.Save(1 << 30)
	must(t, x.Close())
	if got := known(t, open(t, dir), 0, 3000); got != 2400 {
		t.Errorf("%d files are known, want 2400", got)
	}
}

// TestSaveLeavesNothingElse: neither what a dead process left nor its own file.
func TestSaveLeavesNothingElse(t *testing.T) {
	dir := t.TempDir()
	old, young := filepath.Join(dir, name+".1"), filepath.Join(dir, name+".2")
	for _, f := range []string{old, young} {
		must(t, os.WriteFile(f, nil, 0o600))
	}
	must(t, os.Chtimes(old, time.Now(), time.Now().Add(-2*leftover)))
	saved(t, dir, 10)
	entries, err := os.ReadDir(dir)
	must(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != name+" "+name+".2" {
		t.Error(got)
	}
	x := open(t, dir)
	enter(t, x, 10, 20)
	must(t, os.RemoveAll(dir)) // another process clears the cache
	x.Save(1 << 30)
	if files, _ := Count(dir); files != 0 {
		t.Error(files)
	}
}

func FuzzIndex(f *testing.F) {
	dir := f.TempDir()
	saved(f, dir, 70)
	whole, err := os.ReadFile(filepath.Join(dir, name))
	must(f, err)
	f.Add(whole)
	f.Add(whole[:blockSize+20])
	f.Fuzz(func(t *testing.T, file []byte) {
		dir := t.TempDir()
		must(t, os.WriteFile(filepath.Join(dir, name), file, 0o600))
		x := open(t, dir)
		r := x.Reader(true)
		for i := range 70 {
			f, _ := made(i)
			r.Digest(f)
		}
		enter(t, x, 70, 80)
		x.Save(1 << 20)
		must(t, x.Close())
		if got := known(t, open(t, dir), 70, 80); got != 10 {
			t.Errorf("%d of what was added is known", got)
		}
	})
}

// BenchmarkDigest looks up files in the order in which they were made.
func BenchmarkDigest(b *testing.B) {
	dir := b.TempDir()
	saved(b, dir, 100_000)
	x := open(b, dir)
	r := x.Reader(true)
	for i := 0; b.Loop(); i++ {
		f, _ := made(i % 100_000)
		if _, ok := r.Digest(f); !ok {
			b.Fatal(i)
		}
	}
}
