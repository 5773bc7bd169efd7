"""Looks for strings in everything that a version or a release holds, decoded.

usage: search.py [--all] [--digests] [--quiet] DIR STRINGS-FILE

STRINGS-FILE has one string a line; empty lines and lines that begin with "# "
are passed over. Every file below DIR is searched, its name too:

- of Parquet every value of every column, lists and structs included; the
  smallest and largest values in the footer; its key-values, base64 taken off;
  and the bytes of the file as they are, which hold page headers and indexes;
- of any other file its bytes and its text; what is packed (gzip, zip) unpacked.

A string is found in any case, Unicode form and line breaking, and where it is
escaped: as JSON, HTML, URL, Markdown or YAML, as base64, or in UTF-16. With
--digests also where its MD5, SHA-1 or SHA-256 stands.

Prints one line a string and place, with the number of its line in STRINGS-FILE
and never the string itself. Ends with 0 where no string was found, else with 1;
with --all the other way round: 0 where each was found, else 1. 2 is for a
search that saw nothing: no folder, no strings, no Parquet value.
"""
import argparse
import base64
import bisect
import gzip
import hashlib
import html
import io
import pathlib
import re
import sys
import unicodedata
import urllib.parse
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq

INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])


def plain(s):
    """One form for all writings of a text."""
    s = unicodedata.normalize("NFKC", s).translate(INVISIBLE).casefold()
    return " ".join(unicodedata.normalize("NFKC", s).split())


def unescape_slashes(s):
    """JSON, YAML and program escapes."""
    def one(m):
        e = m.group(1)
        if e[0] in "uU":
            return chr(int(e[1:].strip("{}"), 16)) if int(e[1:].strip("{}"), 16) < 0x110000 else m.group(0)
        if e[0] == "x":
            return chr(int(e[1:], 16))
        return {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}.get(e, e)
    s = re.sub(r"\\(u\{[0-9a-fA-F]{1,6}\}|U[0-9a-fA-F]{8}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[^A-Za-z0-9\s]|[ntrbf])", one, s)
    # Two halves of a character beyond the first 65536.
    return s.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# Decoders by the character without which there is nothing to take off.
DECODERS = [
    ("\\", unescape_slashes),
    ("&", html.unescape),
    ("%", lambda s: urllib.parse.unquote(s, errors="replace")),
    ("+", lambda s: urllib.parse.unquote_plus(s, errors="replace")),
]


def forms(s):
    """s and what is left of it when up to two layers of escapes are taken off."""
    seen, level = {s}, [s]
    for _ in range(2):
        following = []
        for x in level:
            for sign, decode in DECODERS:
                if sign in x and (y := decode(x)) not in seen:
                    seen.add(y)
                    following.append(y)
        level = following
    return {plain(x) for x in seen}


class Search:
    def __init__(self, strings, digests):
        self.needles = []  # line, texts in plain form, bytes
        for line, s in strings:
            texts = {plain(s)}
            raw = set()
            for form in {s, unicodedata.normalize("NFC", s), unicodedata.normalize("NFD", s)}:
                for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                    raw.add(form.encode(encoding))
                data = form.encode()
                for shift in range(3):  # base64 of the string in the middle of something
                    coded = base64.b64encode(b"\0" * shift + data)
                    head, tail = (0, 2, 3)[shift], len(coded) - (0, 3, 2)[(len(data) + shift) % 3]
                    core = coded[head:tail].rstrip(b"=")
                    if len(core) >= 12:
                        raw |= {core, core.replace(b"+", b"-").replace(b"/", b"_")}
                if digests:
                    for kind in (hashlib.md5, hashlib.sha1, hashlib.sha256):
                        texts.add(kind(data).hexdigest())
            texts.discard("")
            if not texts:
                sys.exit(f"line {line} of the strings is empty once white space is left out")
            self.needles.append((line, texts, raw))
        self.places = {}  # line → places
        self.values = self.files = 0

    def found(self, line, place):
        self.places.setdefault(line, {})[place] = None

    def text(self, s, place):
        haystacks = forms(s)
        for line, texts, _ in self.needles:
            if any(t in h for t in texts for h in haystacks):
                self.found(line, place)

    def column(self, values, place):
        """Values of one column: searched joined, so that a place is only looked for where there is one."""
        # A mark that no form of a value changes and no string holds.
        offsets, parts, at = [], [], 0
        for row, v in values:
            self.values += 1
            for h in forms(v):
                offsets.append((at, row))
                parts.append(h)
                at += len(h) + 1
        joined = "\x00".join(parts)
        for line, texts, _ in self.needles:
            for t in texts:
                i = joined.find(t)
                while i >= 0:
                    row = offsets[bisect.bisect_right(offsets, (i, float("inf"))) - 1][1]
                    self.found(line, f"{place} row {row}")
                    i = joined.find(t, i + len(t))

    def bytes(self, data, place):
        for line, _, raw in self.needles:
            if any(r in data for r in raw):
                self.found(line, place)

    def parquet(self, path, name):
        f = pq.ParquetFile(path)
        base = 0
        for group in range(f.metadata.num_row_groups):
            table = f.read_row_group(group)
            for column in table.column_names:
                values = ((base + i, s) for i, v in enumerate(table[column].to_pylist()) for s in strings_in(v))
                self.column(values, f"{name}: {column}")
            base += table.num_rows
            meta = f.metadata.row_group(group)
            for c in range(meta.num_columns):
                s = meta.column(c).statistics
                if s is None or not s.has_min_max:
                    continue
                for what, v in (("smallest", s.min), ("largest", s.max)):
                    for text in strings_in(v):
                        self.text(text, f"{name}: {what} value of {meta.column(c).path_in_schema} in the footer")
        for key, value in {**(f.metadata.metadata or {}), **(f.schema_arrow.metadata or {})}.items():
            for part in (key, value):
                self.content(part, f"{name}: key-value {key.decode(errors='replace')}")
                try:
                    self.bytes(base64.b64decode(part, validate=True), f"{name}: key-value {key.decode(errors='replace')}, base64 taken off")
                except ValueError:
                    pass
        for field in f.schema_arrow:
            for key, value in (field.metadata or {}).items():
                self.content(value, f"{name}: {key.decode(errors='replace')} of column {field.name}")

    def content(self, data, place):
        self.bytes(data, place)
        self.text(data.decode("utf-8", "replace"), place)

    def packed(self, data, place):
        """What a file holds that is packed; bounded, since this is for files of ours."""
        if data[:2] == b"\x1f\x8b":
            self.content(gzip.decompress(data), f"{place}, unpacked")
        elif data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(data)) as z:
                for member in z.namelist():
                    self.text(member, f"{place}: name of a member")
                    self.content(z.read(member), f"{place}: {member}")

    def folder(self, root):
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            self.text(name, f"name of {name}")
            if not path.is_file():
                continue
            self.files += 1
            data = path.read_bytes()
            if data[:4] == b"PAR1":
                self.bytes(data, f"{name}: bytes")
                self.parquet(path, name)
            else:
                self.content(data, name)
                self.packed(data, name)


def strings_in(v):
    """The texts in a value of any type."""
    if isinstance(v, str):
        yield v
    elif isinstance(v, bytes):
        yield v.decode("utf-8", "replace")
    elif isinstance(v, dict):
        for x in v.values():
            yield from strings_in(x)
    elif isinstance(v, (list, tuple)):
        for x in v:
            yield from strings_in(x)
    elif v is not None:
        yield str(v)


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("--all", action="store_true")
    p.add_argument("--digests", action="store_true")
    p.add_argument("--quiet", action="store_true")
    p.add_argument("dir", type=pathlib.Path)
    p.add_argument("strings", type=pathlib.Path)
    a = p.parse_args()
    lines = a.strings.read_text(encoding="utf-8").split("\n")
    strings = [(i + 1, s) for i, s in enumerate(lines) if s.strip() and not s.startswith("# ")]
    if not strings or not a.dir.is_dir():
        print("no strings, or no folder to search")
        return 2
    search = Search(strings, a.digests)
    search.folder(a.dir)
    if search.values == 0:
        print("the folder holds no value of a Parquet table: nothing was searched")
        return 2
    if not a.quiet:
        for line, places in sorted(search.places.items()):
            for place in list(places)[:5]:
                print(f"string {line}: {place}")
            if len(places) > 5:
                print(f"string {line}: … and {len(places) - 5} more places")
    missing = [line for line, _, _ in search.needles if line not in search.places]
    print(f"searched {search.files} files with {search.values} values (pyarrow {pa.__version__}): {len(search.places)} of {len(strings)} strings found")
    if a.all:
        if missing:
            print("not found: strings", *missing)
        return 1 if missing else 0
    return 1 if search.places else 0


if __name__ == "__main__":
    sys.exit(main())
