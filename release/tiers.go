package release

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"corpus/licenses"
	"corpus/pipeline/config"
	"corpus/schema"
)

// tiers decides on the tier of every row once more, by the policy that the
// version holds.
type tiers struct {
	policy *licenses.Policy // nil where the version is a release that holds none
	open   bool             // the texts hold what masks would have taken out
	gdpr   map[string]string
}

// readTiers reads the policy of a version. A build without one is all standoff.
func (v *verifier) readTiers() {
	t := &v.tiers
	t.open, t.gdpr = v.manifest.Privacy == config.PrivacyNone, map[string]string{}
	data, err := os.ReadFile(filepath.Join(v.dir, filepath.FromSlash(licenses.PolicyPath)))
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.Contains(v.manifest.Version, "+"):
		return
	case errors.Is(err, fs.ErrNotExist):
		t.policy = &licenses.Policy{}
		return
	case err == nil:
		t.policy, err = licenses.ParsePolicy(data)
	}
	if err != nil { // its size and digest are right, so it was written like this
		t.policy = nil
		v.problem(Problem{File: licenses.PolicyPath, What: fmt.Sprintf("cannot be read: %v", withoutDir(err))})
	}
}

// withoutDir is err without the path that an operating system adds.
func withoutDir(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// article compares the tier of an article with what the policy says.
func (t *tiers) article(row *schema.Article, wrong reporter) *licenses.Decision {
	if t.policy == nil || row.State == schema.StateTombstone {
		return nil // checkTombstone tells of its tier
	}
	d := t.policy.Decide(licenses.ArticleFacts(row, t.gdpr[row.SourceID], t.open))
	compareTier(row.Tier, d, wrong)
	return &d
}

// comment compares the tier of a comment with what the policy says; article is
// the decision on its article.
func (t *tiers) comment(row *schema.Comment, article *licenses.Decision, wrong reporter) {
	if t.policy != nil && row.State != schema.StateTombstone {
		d := t.policy.Decide(licenses.CommentFacts(row, t.gdpr[row.SourceID], t.open, article))
		if article == nil && licenses.Tighter(row.Tier, d.Tier) {
			return // its article was taken down, and may have bound it
		}
		compareTier(row.Tier, d, wrong)
	}
}

func compareTier(tier string, d licenses.Decision, wrong reporter) {
	if tier != d.Tier {
		wrong("tier", "is %s, the policy of the version gives %s; corpus license explain says why", tier, d.Tier)
	}
}
