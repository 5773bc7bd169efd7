package when

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"corpus/schema"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := Location(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestResolve(t *testing.T) {
	tests := []struct {
		in, zone  string
		local     string
		precision string
		at        string // RFC 3339, "" if the instant stays unknown
	}{
		{"2019", "", "2019", schema.PrecisionYear, ""},
		{"2019-05", "", "2019-05", schema.PrecisionMonth, ""},
		{"2019-05-30", "Europe/Berlin", "2019-05-30", schema.PrecisionDay, ""},
		{"2019-05-30T10", "", "2019-05-30T10", schema.PrecisionHour, ""},
		{"2019-05-30T10:12", "", "2019-05-30T10:12", schema.PrecisionMinute, ""},
		{"2019-05-30 10:12:13", "", "2019-05-30T10:12:13", schema.PrecisionSecond, ""},
		{"2019-05-30t10:12:13.999999Z", "", "2019-05-30T10:12:13", schema.PrecisionSecond, "2019-05-30T10:12:13Z"},
		{"2019-05-30T10:12:13,5 +0200", "", "2019-05-30T10:12:13", schema.PrecisionSecond, "2019-05-30T08:12:13Z"},
		{" 2019-05-30T10:12 UTC ", "", "2019-05-30T10:12", schema.PrecisionMinute, "2019-05-30T10:12:00Z"},
		{"2019-05-30T10+02", "", "2019-05-30T10", schema.PrecisionHour, "2019-05-30T08:00:00Z"},
		{"2019-05-30T10:12:13-03:30", "Europe/Berlin", "2019-05-30T10:12:13", schema.PrecisionSecond, "2019-05-30T13:42:13Z"},
		{"2019-05-30T10:12", "Europe/Berlin", "2019-05-30T10:12", schema.PrecisionMinute, "2019-05-30T08:12:00Z"},
		{"2016-12-31T23:59:60Z", "", "2016-12-31T23:59:59", schema.PrecisionSecond, "2016-12-31T23:59:59Z"},
		{"1000-01-01T00:00:00+14:59", "", "1000-01-01T00:00:00", schema.PrecisionSecond, "0999-12-31T09:01:00Z"},
		{"9999-12-31T23:59:59-14:00", "", "9999-12-31T23:59:59", schema.PrecisionSecond, ""}, // no date type of Python or SQL holds the year 10000
		{"2020-02-29", "", "2020-02-29", schema.PrecisionDay, ""},
		{"2000-02-29", "", "2000-02-29", schema.PrecisionDay, ""},
		// A gap: the offset before it. An overlap: the first of the two.
		{"2019-03-31T02:30", "Europe/Berlin", "2019-03-31T02:30", schema.PrecisionMinute, "2019-03-31T01:30:00Z"},
		{"2019-10-27T02:30", "Europe/Berlin", "2019-10-27T02:30", schema.PrecisionMinute, "2019-10-27T00:30:00Z"},
		{"2019-10-27T03:00", "Europe/Berlin", "2019-10-27T03:00", schema.PrecisionMinute, "2019-10-27T02:00:00Z"},
		{"2019-03-10T02:30", "America/New_York", "2019-03-10T02:30", schema.PrecisionMinute, "2019-03-10T07:30:00Z"},
		{"2019-11-03T01:30", "America/New_York", "2019-11-03T01:30", schema.PrecisionMinute, "2019-11-03T05:30:00Z"},
		{"2019-10-06T02:15", "Australia/Lord_Howe", "2019-10-06T02:15", schema.PrecisionMinute, "2019-10-05T15:45:00Z"},
		{"2019-04-07T01:45", "Australia/Lord_Howe", "2019-04-07T01:45", schema.PrecisionMinute, "2019-04-06T14:45:00Z"},
		// Samoa skipped a whole day.
		{"2011-12-30T12:00", "Pacific/Apia", "2011-12-30T12:00", schema.PrecisionMinute, "2011-12-30T22:00:00Z"},
		// Before zones were set up, the sun's time of the city, to the second.
		{"1800-01-01T00:00:00", "Europe/Paris", "1800-01-01T00:00:00", schema.PrecisionSecond, "1799-12-31T23:50:39Z"},
	}
	for _, tt := range tests {
		got, err := Resolve(tt.in, zone(t, tt.zone))
		if err != nil {
			t.Errorf("Resolve(%q, %s): %v", tt.in, tt.zone, err)
			continue
		}
		if got.Local != tt.local || got.Precision != tt.precision {
			t.Errorf("Resolve(%q, %s) = %s to the %s, want %s to the %s", tt.in, tt.zone, got.Local, got.Precision, tt.local, tt.precision)
		}
		at := ""
		if got.At != nil {
			at = time.UnixMicro(*got.At).UTC().Format(time.RFC3339)
		}
		if at != tt.at {
			t.Errorf("Resolve(%q, %s) is at %q, want %q", tt.in, tt.zone, at, tt.at)
		}
	}
}

func TestResolveRefuses(t *testing.T) {
	for _, in := range []string{
		"", "x", "19", "201", "0000", "0999-12-31", "02019", "2019-", "2019-5-30", "2019-13", "2019-00", "2019-05-00",
		"2019-05-32", "2019-02-29", "1900-02-29", "2019-04-31", "2019-05-30T", "2019-05-30T24:00", "2019-05-30T10:60",
		"2019-05-30T10:12:61", "2019-05-30T10:12:13.", "2019-05-30T10:12:13.Z", "2019-05-30T10:12:1", "2019-05-30Z",
		"2019-05-30T10:12+15:00", "2019-05-30T10:12+02:60", "2019-05-30T10:12+2", "2019-05-30T10:12+0:200",
		"2019-05-30T10:12+:0200", "2019-05-30T10:12+02:00x", "2019-05-30T10:12 CET", "2019-05-30T10:12++02", "2019/05/30",
		"+2019-05-30", "-2019-05-30", "20190530", "2019-W22-4", "2019-150", "２０１９-05-30", "30 May 2019",
		"2019-05-30T10:12:13.00000000000000000000000000000000000000000000000000000Z",
	} {
		if got, err := Resolve(in, nil); err == nil {
			t.Errorf("Resolve(%q) = %+v, want an error", in, got)
		}
	}
}

// An instant, shown as the clock of a zone shows it, is resolved to itself
// or, where the clock shows that time twice, to the first of the two.
func TestResolveFindsTheInstant(t *testing.T) {
	names := []string{"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "Africa/Casablanca", "America/St_Johns", "Asia/Tehran"}
	rapid.Check(t, func(t *rapid.T) {
		z, err := Location(rapid.SampledFrom(names).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(0, 4102444800).Draw(t, "at"), 0).In(z)
		shown := at.Format("2006-01-02T15:04:05")
		got, err := Resolve(shown, z)
		if err != nil {
			t.Fatal(err)
		}
		found := time.UnixMicro(*got.At).In(z)
		if found.Format("2006-01-02T15:04:05") != shown {
			t.Fatalf("%s in %s is resolved to %s", shown, z, found)
		}
		if found.After(at) {
			t.Fatalf("%s in %s is resolved to %s, after %s", shown, z, found, at)
		}
	})
}

// TestNoInstantAfterTheYear9999: an offset can carry the last evening of 9999
// into a year that date types of other languages do not have.
func TestNoInstantAfterTheYear9999(t *testing.T) {
	for iso, known := range map[string]bool{
		"9999-12-31T23:59:59Z":      true,
		"9999-12-31T23:59:59+05:00": true,
		"9999-12-31T23:59:59-05:00": false,
	} {
		got, err := Resolve(iso, nil)
		if err != nil || (got.At != nil) != known || got.Local != "9999-12-31T23:59:59" {
			t.Errorf("Resolve(%q) = %+v, %v", iso, got, err)
		}
	}
}
