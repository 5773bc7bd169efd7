package diff

import (
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/pipeline/compare"
)

// writeJSON writes one object a line: first the summary under the key summary,
// then the differences in their order.
func writeJSON(w io.Writer, r *compare.Result) error {
	out := jsontext.NewEncoder(w)
	write := func(v any) error {
		if err := json.MarshalEncode(out, v, json.Deterministic(true)); err != nil {
			return fmt.Errorf("writing a difference: %w", err)
		}
		return nil
	}
	if err := write(map[string]*compare.Summary{"summary": &r.Summary}); err != nil {
		return err
	}
	for d, err := range r.Differences() {
		if err != nil {
			return err
		}
		if err := write(&d); err != nil {
			return err
		}
	}
	return nil
}
