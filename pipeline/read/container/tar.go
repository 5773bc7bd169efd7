package container

import (
	"archive/tar"
	"bufio"
	"errors"
	"io"
	"path"

	"corpus/pipeline/read"
	"corpus/schema"
)

// tar reads a tar archive, or several behind one another.
func (o *opening) tar(in *bufio.Reader, s stream) error {
	names := newNames(s.place)
	for {
		archive := tar.NewReader(struct{ io.Reader }{in}) // nothing that could seek
		if err := o.tarMembers(archive, names, s); err != nil {
			return err
		}
		more, err := behindTar(in)
		if failed := s.in.failed(); failed != nil {
			return failed
		}
		if err != nil {
			return &read.Rejection{Reason: schema.ReasonCorruptRecord, Detail: "tar: something else follows the archive"}
		}
		if !more {
			return nil
		}
	}
}

func (o *opening) tarMembers(archive *tar.Reader, names *names, s stream) error {
	for {
		if err := o.count(); err != nil {
			return err
		}
		header, err := archive.Next()
		if errors.Is(err, io.EOF) && s.in.failed() == nil {
			return nil
		}
		if err != nil && (header == nil || !errors.Is(err, tar.ErrInsecurePath)) {
			return tarDamage(err, s)
		}
		if header.Typeflag == tar.TypeDir || header.Typeflag == tar.TypeXGlobalHeader {
			continue
		}
		place := names.place(header.Name)
		if why := noTarFile(header); why != "" {
			if err := o.give(nil, notADocument(why), place); err != nil {
				return err
			}
			continue
		}
		body := &tarBody{o: o, in: archive, s: s}
		err = o.member(stream{in: body, name: path.Base(header.Name), place: place, depth: s.depth + 1})
		if err != nil {
			return err
		}
		if o.bomb != nil {
			return o.bomb
		}
		if r := new(read.Rejection); errors.As(body.failed(), &r) && r == o.told {
			return r // the rest of the archive went with the member
		}
	}
}

// noTarFile says why a member is no document, or nothing.
func noTarFile(h *tar.Header) string {
	switch h.Typeflag {
	case tar.TypeReg, '\x00', tar.TypeCont, tar.TypeGNUSparse:
		if hidden(h.Name) {
			return "a hidden file"
		}
		return ""
	case tar.TypeSymlink:
		return "a symbolic link"
	case tar.TypeLink:
		return "a link to another member"
	}
	return "a device, a pipe or the like"
}

func notADocument(why string) *read.Rejection {
	return &read.Rejection{Reason: schema.ReasonNotADocument, Detail: why, Excluded: true}
}

// tarDamage is the error of a tar archive that cannot be read on.
func tarDamage(err error, s stream) error {
	if failed := s.in.failed(); failed != nil {
		return failed
	}
	what := "tar: damaged; what follows is lost"
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		what = "tar: the archive is cut off"
	}
	return &read.Rejection{Reason: schema.ReasonCorruptRecord, Detail: what}
}

// tarBody is the content of a member.
type tarBody struct {
	o   *opening
	in  *tar.Reader
	s   stream // of the archive
	err error
}

func (b *tarBody) failed() error {
	if b.err == io.EOF {
		return nil
	}
	return b.err
}

func (b *tarBody) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.in.Read(p)
	switch {
	case err == io.EOF:
		b.err = io.EOF
	case err != nil:
		b.err = tarDamage(err, b.s)
	}
	if bomb := b.o.account(n); bomb != nil { // a sparse file may be all holes
		b.err = bomb
	}
	return n, b.err
}

// behindTar goes over the zero blocks at the end of an archive and tells whether
// another one follows, as where tar files were put into one.
func behindTar(in *bufio.Reader) (bool, error) {
	for {
		block, err := in.Peek(tarBlock)
		if len(block) == 0 && err != nil {
			return false, nil
		}
		zero := true
		for _, c := range block {
			zero = zero && c == 0
		}
		if !zero {
			if tarHeader(block) {
				return true, nil
			}
			return false, errBehind
		}
		if _, err := in.Discard(len(block)); err != nil {
			return false, err
		}
	}
}
