package pipeline

import "errors"

// ErrUsage is what an error of usage, configuration or key is, for errors.Is.
var ErrUsage = errors.New("usage, configuration or key")

// usageError marks an error without a word of its own.
type usageError struct{ error }

func (e usageError) Unwrap() []error { return []error{e.error, ErrUsage} }

// usage marks err as one of usage, configuration or key.
func usage(err error) error { return usageError{err} }
