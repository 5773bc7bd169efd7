package read

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// TestWXRCutInTheChannel: a file that ends inside an element of the blog, before
// any item, says so.
func TestWXRCutInTheChannel(t *testing.T) {
	text := `<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Saltmarsh Notes</title><wp:author><wp:author_login>id`
	err := With(wxrReader{}, Rules{}).Read(context.Background(), strings.NewReader(text), Limits{}, func(*Document, *Rejection, string) error { return nil })
	var r *Rejection
	if !errors.As(err, &r) || !strings.Contains(r.Detail, "cut off") {
		t.Errorf("the reader ended with %v", err)
	}
}
