"""Holds the ledger of a build of sample files against what other readers find in them.

A capture is a row of the ledger, whatever became of it, and so is a post or a
thread of an export; comments are counted as read.

usage: samples.py FOLDER LEDGER.jsonl
"""
import collections
import contextlib
import io
import json
import pathlib
import sys
import zlib

import feedparser
from lxml import etree
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

# What ends in the ledger as rejected: these files are damaged, or hold no capture.
REJECTED = {
    "bad.arc": {"corrupt_record": 2},
    "example-space-in-url.arc": {"corrupt_record": 1},
    "example-trunc.warc": {"corrupt_record": 1},
    "example-digest.warc": {"empty": 1},
    "sample-0001.warc.gz": {"no_content": 1},
}
CAPTURES = ("response", "resource", "revisit", "conversion")
folder = pathlib.Path(sys.argv[1])
ledger = collections.defaultdict(list)
with open(sys.argv[2]) as lines:
    for line in lines:
        row = json.loads(line)
        ledger[row["source_id"], row["input_path"]].append(row)
checks = 0


def check(ok, what):
    global checks
    checks += 1
    if not ok:
        sys.exit(f"FAILED: {what}")


def captures(stream):
    """The captures that warcio finds."""
    n = 0
    with contextlib.redirect_stderr(io.StringIO()):
        for record in ArchiveIterator(stream, arc2warc=False):
            n += record.rec_type in CAPTURES
    return n


def unpacked(data):
    """A gzip file as far as zlib reads it, member after member."""
    out = []
    while data:
        z = zlib.decompressobj(31)
        try:
            out.append(z.decompress(data))
        except zlib.error:
            break
        data = z.unused_data
    return b"".join(out)


def of_warc(path):
    """Captures of a file; warcio does not read one gzip stream for the whole file, so zlib does that."""
    try:
        with open(path, "rb") as f:
            return captures(f), "warcio"
    except ArchiveLoadFailed:
        return captures(io.BytesIO(unpacked(path.read_bytes()))), "zlib, warcio"


def rejected(rows):
    return dict(collections.Counter(r["reason"] for r in rows if r["outcome"] == "rejected"))


print(f"{'file':76} {'documents':>9} {'ledger':>6} {'comments':>8} {'read':>5}  by")
for path in sorted((folder / "warc").iterdir()):
    rows = ledger.pop(("warc", path.name))
    n, by = of_warc(path)
    print(f"{path.name:76} {n:9} {len(rows):6} {'':8} {'':5}  {by}")
    check(len(rows) == max(n, 1), f"{path.name}: {n} captures, {len(rows)} rows")
    check(rejected(rows) == REJECTED.get(path.name, {}), f"{path.name}: rejected {rejected(rows)}")

for path in sorted((folder / "wordpress").iterdir()):
    rows = ledger.pop(("wordpress", path.name))
    tree = etree.parse(path, etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True))
    items = tree.findall(".//item")
    comments = sum(etree.QName(e).localname == "comment" for item in items for e in item if isinstance(e.tag, str))
    read = sum(r["n_comments_read"] for r in rows)
    print(f"{path.name:76} {len(items):9} {len(rows):6} {comments:8} {read:5}  lxml, feedparser")
    check(len(feedparser.parse(str(path)).entries) == len(items), f"{path.name}: feedparser and lxml agree")
    check(len(rows) == len(items) and read == comments and not rejected(rows), f"{path.name}: {len(items)} items with {comments} comments, {len(rows)} rows with {read}")

DISQUS = "{http://disqus.com}"
for path in sorted((folder / "disqus").iterdir()):
    rows = ledger.pop(("disqus", path.name))
    root = etree.parse(path).getroot()
    posts = len(root.findall(DISQUS + "post"))
    # A thread that is only named by its posts counts as well.
    threads = len({t.get("{http://disqus.com/disqus-internals}id") for t in root.iter(DISQUS + "thread")})
    read = sum(r["n_comments_read"] for r in rows)
    print(f"{path.name:76} {threads:9} {len(rows):6} {posts:8} {read:5}  lxml")
    check(len(rows) == threads and read == posts and not rejected(rows), f"{path.name}: {threads} threads with {posts} posts, {len(rows)} rows with {read}")

check(not ledger, f"rows of no file: {list(ledger)}")
print(f"{checks} checks passed")
