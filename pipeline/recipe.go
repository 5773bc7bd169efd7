package pipeline

import (
	"encoding/hex"
	"fmt"
	"io"
	"os"

	"github.com/go-json-experiment/json"
	"github.com/minio/sha256-simd"

	"corpus/pipeline/cache"
	"corpus/pipeline/cache/digests"
	"corpus/pipeline/config"
	"corpus/pipeline/spill"
)

// openCache gives the documents a cache, where the build has one, what is known
// of files, and the recipe of every source.
func (b *build) openCache(d *documents) error {
	if b.Cache == "" {
		return nil
	}
	kept, err := cache.Open(b.Cache)
	if err != nil {
		return err
	}
	files := kept.Digests(spill.Options{Dir: b.tmp, Memory: b.Memory / 64})
	trust := !b.Locked && !b.Reread
	program, err := executableDigest(files.Reader(trust))
	if err != nil {
		kept.Close()
		return files.Close() // a program that cannot be read has no cache that can be trusted
	}
	for i := range b.Config.Sources {
		s := &b.Config.Sources[i]
		text, err := recipe(program, s, b.Config.Limits)
		if err != nil {
			return err
		}
		key := cache.NewKey(text)
		d.recipe[s.ID] = string(key[:])
	}
	kept.Remember(b.Memory / 10)
	d.cache, d.files, d.trust = kept, files, trust
	return nil
}

func (o *Options) cacheLimit() int64 {
	if o.CacheLimit > 0 {
		return o.CacheLimit
	}
	return DefaultCacheLimit
}

// recipe is all that the results of read to normalize follow from, but the
// input: the program, the limits and the part of the source that these stages
// see. A key that is added to the configuration counts until it is left out here.
func recipe(program string, s *config.Source, limits config.Limits) (string, error) {
	seen := *s
	seen.Inputs, seen.Index, seen.CDX, seen.Gold, seen.IdentityScope = nil, "", "", "", ""
	seen.Rights, seen.Consent, seen.Collection = config.Rights{}, config.Consent{}, config.Collection{}
	text, err := json.Marshal(struct {
		Program string
		Source  config.Source
		Limits  config.Limits
	}{program, seen, limits}, json.Deterministic(true))
	if err != nil {
		return "", fmt.Errorf("source %s: %w", s.ID, err)
	}
	return string(text), nil
}

// executableDigest tells the program that runs from every other build of it: a
// version number does not change with every change of the code. It is remembered
// as the digests of inputs are.
func executableDigest(files *digests.Reader) (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	before := digests.Look(info)
	if sum, ok := files.Digest(before); ok {
		return hex.EncodeToString(sum[:]), nil
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	sum := digests.Sum(h.Sum(nil))
	if info, err = f.Stat(); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum[:]), files.Add(before, info, sum)
}
