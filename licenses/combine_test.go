package licenses

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCompatible(t *testing.T) {
	for _, c := range []struct {
		use           Use
		ids           string
		possible      bool
		nonCommercial bool
		license       string
	}{
		{Collection, "CC-BY-4.0", true, false, ""},
		{Collection, "CC-BY-4.0 CC-BY-NC-4.0", true, true, ""},
		{Collection, "CC-BY-SA-4.0 CC-BY-NC-SA-3.0", true, true, ""},
		{Collection, "CC-BY-ND-4.0 CC0-1.0", true, false, ""},
		{Collection, "CC-BY-ND-4.0 MIT", false, false, ""},
		{Adaptation, "CC0-1.0", true, false, "CC0-1.0"},
		{Adaptation, "CC0-1.0 CC-PDM-1.0", true, false, "CC0-1.0"},
		{Adaptation, "CC0-1.0 CC-BY-4.0", true, false, "CC-BY-4.0"},
		{Adaptation, "CC-BY-3.0-DE CC-BY-4.0", true, false, "CC-BY-4.0"},
		{Adaptation, "CC-BY-4.0 CC-BY-SA-3.0", true, false, "CC-BY-SA-4.0"},
		{Adaptation, "CC-BY-SA-3.0 CC-BY-SA-4.0", true, false, "CC-BY-SA-4.0"},
		{Adaptation, "CC-BY-SA-1.0", true, false, "CC-BY-SA-1.0"},
		{Adaptation, "CC-BY-SA-1.0 CC-BY-4.0", true, false, "CC-BY-SA-1.0"},
		{Adaptation, "CC-BY-SA-1.0 CC-BY-SA-2.0", false, false, ""},
		{Adaptation, "CC-BY-NC-4.0 CC-BY-4.0", true, true, "CC-BY-NC-4.0"},
		{Adaptation, "CC-BY-NC-4.0 CC-BY-NC-SA-4.0", true, true, "CC-BY-NC-SA-4.0"},
		{Adaptation, "CC-BY-SA-4.0 CC-BY-NC-4.0", false, false, ""},
		{Adaptation, "CC-BY-SA-4.0 CC-BY-NC-SA-4.0", false, false, ""},
		{Adaptation, "CC-BY-ND-4.0", false, false, ""},
		{Adaptation, "CC-BY-NC-ND-4.0 CC0-1.0", false, false, ""},
		{Adaptation, "CC-BY-4.0 LicenseRef-CC-BY-SA", false, false, ""},
		{Adaptation, "CC-BY-4.0 LicenseRef-CC-BY-SA-2.5-CH", true, false, "CC-BY-SA-4.0"},
		{Adaptation, "CC-SA-1.0 CC0-1.0", true, false, "CC-BY-SA-1.0"},
		{Adaptation, "CC-BY-4.0 NOASSERTION", false, false, ""},
		{Adaptation, "CC-BY-4.0 LicenseRef-AllRightsReserved", false, false, ""},
	} {
		v := Compatible(c.use, strings.Fields(c.ids)...)
		if v.Possible != c.possible || v.NonCommercial != c.nonCommercial || v.License != c.license || v.Possible == (v.Why != "") {
			t.Errorf("%v %s: %+v", c.use, c.ids, v)
		}
	}
}

// A licence that is added never makes more possible, the order of the licences
// does not matter, and what may be adapted may be collected.
func TestCompatibleIsSound(t *testing.T) {
	ids := []string{"CC0-1.0", "CC-PDM-1.0", "CC-BY-4.0", "CC-BY-3.0-DE", "CC-BY-SA-1.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC-BY-NC-2.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "CC-BY-NC-ND-3.0", "MIT"}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.SampledFrom(ids), 1, 5).Draw(t, "licences")
		whole := Compatible(Adaptation, list...)
		if part := Compatible(Adaptation, list[:len(list)-1]...); whole.Possible && !part.Possible {
			t.Fatalf("%v may be adapted, a part of it may not: %s", list, part.Why)
		}
		turned := slices.Clone(list)
		slices.Reverse(turned)
		if other := Compatible(Adaptation, turned...); other.Possible != whole.Possible || other.License != whole.License || other.NonCommercial != whole.NonCommercial {
			t.Fatalf("%v: %+v, turned %+v", list, whole, other)
		}
		if whole.Possible && !Compatible(Collection, list...).Possible {
			t.Fatalf("%v may be adapted and not collected", list)
		}
		if whole.Possible && slices.ContainsFunc(list, NoDerivatives) {
			t.Fatalf("%v has a member that allows no adaptation", list)
		}
		if whole.Possible && whole.License != "CC0-1.0" && !Allows(whole.License, []string{"CC-BY-*", "CC-BY-SA-*", "CC-BY-NC-*", "CC-BY-NC-SA-*"}) {
			t.Fatalf("%v gives %s", list, whole.License)
		}
	})
}
