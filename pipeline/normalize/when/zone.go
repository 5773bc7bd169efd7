package when

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"time"
)

// ZoneData is the version of the IANA time zone database that is embedded.
const ZoneData = "2025c"

// zoneinfo is the database as Go distributes it, compiled from public-domain
// data: two machines may hold different ones, so the machine's is never used.
//
//go:embed zoneinfo.zip
var zoneinfo []byte

// Location is the zone of an IANA name such as Europe/Berlin; nil for "".
func Location(name string) (*time.Location, error) {
	switch name {
	case "":
		return nil, nil
	case "UTC":
		return time.UTC, nil
	}
	archive, err := zip.NewReader(bytes.NewReader(zoneinfo), int64(len(zoneinfo)))
	if err != nil {
		return nil, fmt.Errorf("reading the embedded time zones: %w", err)
	}
	near, spelled := "", strings.ReplaceAll(name, " ", "_")
	for _, f := range archive.File {
		if f.Name == name {
			return load(f)
		}
		if strings.EqualFold(f.Name, spelled) || strings.EqualFold(f.Name[strings.LastIndexByte(f.Name, '/')+1:], spelled) {
			near = f.Name
		}
	}
	if near != "" {
		return nil, fmt.Errorf("no time zone %q, did you mean %q?", name, near)
	}
	return nil, fmt.Errorf("no time zone %q: expected an IANA name such as Europe/Berlin", name)
}

func load(f *zip.File) (*time.Location, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("reading the embedded time zone %s: %w", f.Name, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return nil, fmt.Errorf("reading the embedded time zone %s: %w", f.Name, err)
	}
	zone, err := time.LoadLocationFromTZData(f.Name, data)
	if err != nil {
		return nil, fmt.Errorf("reading the embedded time zone %s: %w", f.Name, err)
	}
	return zone, nil
}
