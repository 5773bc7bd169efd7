package datasheets

import "corpus/schema"

// hubLicenses are the licences that the Hugging Face Hub has a key for, by SPDX
// identifier (repositories-licenses.md of its documentation). Its keys are not
// SPDX: ports and many versions have none, and some stand for a family.
var hubLicenses = map[string]string{
	"Apache-2.0": "apache-2.0", "MIT": "mit", "BSD-2-Clause": "bsd-2-clause", "BSD-3-Clause": "bsd-3-clause",
	"C-UDA-1.0": "c-uda", "CC0-1.0": "cc0-1.0",
	"CC-BY-2.0": "cc-by-2.0", "CC-BY-2.5": "cc-by-2.5", "CC-BY-3.0": "cc-by-3.0", "CC-BY-4.0": "cc-by-4.0",
	"CC-BY-SA-3.0": "cc-by-sa-3.0", "CC-BY-SA-4.0": "cc-by-sa-4.0",
	"CC-BY-NC-2.0": "cc-by-nc-2.0", "CC-BY-NC-3.0": "cc-by-nc-3.0", "CC-BY-NC-4.0": "cc-by-nc-4.0",
	"CC-BY-ND-4.0": "cc-by-nd-4.0", "CC-BY-NC-ND-3.0": "cc-by-nc-nd-3.0", "CC-BY-NC-ND-4.0": "cc-by-nc-nd-4.0",
	"CC-BY-NC-SA-2.0": "cc-by-nc-sa-2.0", "CC-BY-NC-SA-3.0": "cc-by-nc-sa-3.0", "CC-BY-NC-SA-4.0": "cc-by-nc-sa-4.0",
	"CDLA-Sharing-1.0": "cdla-sharing-1.0", "CDLA-Permissive-1.0": "cdla-permissive-1.0", "CDLA-Permissive-2.0": "cdla-permissive-2.0",
	"etalab-2.0": "etalab-2.0", "GFDL-1.3-only": "gfdl", "GFDL-1.3-or-later": "gfdl",
	"ODC-By-1.0": "odc-by", "ODbL-1.0": "odbl", "PDDL-1.0": "pddl", "Unlicense": "unlicense", "WTFPL": "wtfpl",
}

// hubLicense is the key of the Hub for a corpus whose records carry these
// licences: that of the only one, else other with a name, or unknown where
// nothing is known of any record.
func hubLicense(licenses []string) (key, name string) {
	switch {
	case len(licenses) == 0:
		return "unknown", ""
	case len(licenses) > 1:
		return "other", "by-record"
	case licenses[0] == schema.LicenseUnknown:
		return "unknown", ""
	case hubLicenses[licenses[0]] != "":
		return hubLicenses[licenses[0]], ""
	}
	return "other", "by-record"
}
