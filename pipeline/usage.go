package pipeline

import (
	"errors"
	"fmt"
)

// ErrUsage is what an error of usage, configuration or key is, for errors.Is.
var ErrUsage = errors.New("usage, configuration or key")

// usageError marks an error without a word of its own.
type usageError struct{ error }

func (e usageError) Unwrap() []error { return []error{e.error, ErrUsage} }

// usage marks err as one of usage, configuration or key.
func usage(err error) error { return usageError{err} }

// Usage is an error of usage, configuration or key, made as by fmt.Errorf.
func Usage(format string, args ...any) error { return usage(fmt.Errorf(format, args...)) }
