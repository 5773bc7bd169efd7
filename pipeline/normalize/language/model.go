package language

import (
	_ "embed"
	"sync"

	"corpus/pipeline/normalize/language/ngram"
)

//go:embed ngrams.model
var file []byte

// model reads the embedded model on first use, so that a command that never
// looks at a text pays nothing.
var model = sync.OnceValues(func() (*ngram.Model, error) { return ngram.Decode(file) })
