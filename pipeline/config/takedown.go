package config

// Takedown says where the list of what was taken down stands. It decides no
// byte of its own: what the list holds does, and the lock has its digest.
type Takedown struct {
	List    string `yaml:"list"`    // file, relative to corpus.yaml or absolute; default takedown.json
	Cascade string `yaml:"cascade"` // what corpus takedown add does with the comments of an article: drop (default) or keep
}

// Values of takedown: cascade.
const (
	CascadeDrop = "drop"
	CascadeKeep = "keep"
)

func (t *Takedown) validate(d *decoder) {
	d.oneOf("takedown.cascade", t.Cascade, CascadeDrop, CascadeKeep)
}
