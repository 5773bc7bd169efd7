package weburl

import "strings"

// tracks tells parameters that say who came how, and not which page it is.
// The list belongs to the id rules v1 and is frozen with them.
func tracks(name string) bool {
	if strings.HasPrefix(name, "utm_") || strings.HasPrefix(name, "mtm_") || strings.HasPrefix(name, "pk_") {
		return true
	}
	switch name {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "igsh",
		"mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi", "mkt_tok", "oly_anon_id", "oly_enc_id", "vero_id",
		"wickedid", "s_cid", "cmpid", "ncid", "ref_src", "ref_url", "spm", "xtor", "at_medium", "at_campaign",
		"replytocom", "amp", "outputtype", "share", "nb":
		return true
	}
	return false
}
