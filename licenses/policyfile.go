package licenses

import (
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// PolicyPath is the file of a version that holds its policy. A version without
// it was built without one: everything in it is standoff.
const PolicyPath = "audit/policy.json"

// maxPolicy bounds the file, in bytes.
const maxPolicy = 4 << 20

// policySchema is the version of the file's form.
const policySchema = 1

type policyFile struct {
	Schema  int    `json:"schema"`
	Default string `json:"default"`
	Rules   []Rule `json:"rules"`
}

// JSON is the policy as a version holds it.
func (p *Policy) JSON() ([]byte, error) {
	file := policyFile{policySchema, p.DefaultTier(), p.Rules}
	data, err := json.Marshal(file, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", PolicyPath, err)
	}
	return append(data, '\n'), nil
}

// ParsePolicy reads what JSON wrote, strictly.
func ParsePolicy(data []byte) (*Policy, error) {
	var file policyFile
	if len(data) > maxPolicy {
		return nil, fmt.Errorf("%s has %d bytes, more than a policy can", PolicyPath, len(data))
	}
	if err := json.Unmarshal(data, &file, json.RejectUnknownMembers(true)); err != nil {
		return nil, fmt.Errorf("%s: %w", PolicyPath, err)
	}
	if file.Schema != policySchema {
		return nil, fmt.Errorf("%s: schema is %d, this program reads %d", PolicyPath, file.Schema, policySchema)
	}
	for i := range file.Rules {
		if !slices.Contains(order, file.Rules[i].Tier) {
			return nil, fmt.Errorf("%s: rule %d gives the tier %q, which there is not", PolicyPath, i+1, clip(file.Rules[i].Tier))
		}
	}
	if !slices.Contains(order, file.Default) {
		return nil, fmt.Errorf("%s: the default %q is no tier", PolicyPath, clip(file.Default))
	}
	return &Policy{Default: file.Default, Rules: file.Rules}, nil
}

// Tiers are the tiers, the most open first.
func Tiers() []string { return slices.Clone(order) }
