"""Reading alone of web archives, by corpus and by two other readers, in turns.

usage: bench-warc.py pack MADE PLAIN GZIP
       bench-warc.py run GZIP PLAIN CORPUS
"""
import os
import subprocess
import sys

from fastwarc.warc import ArchiveIterator as FastIterator, WarcRecordType
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter


def pack(made, plain, packed):
    """The same records, with digests, in both forms."""
    for path in (plain, packed):
        with open(made, "rb") as source, open(path, "wb") as out:
            writer = WARCWriter(out, gzip=path is packed)
            for record in ArchiveIterator(source):
                writer.write_record(record)


def by_warcio(path):
    with open(path, "rb") as f:
        for record in ArchiveIterator(f, check_digests="raise"):
            if record.rec_type == "response":
                yield len(record.content_stream().read())


def by_fastwarc(path):
    with open(path, "rb") as f:
        for record in FastIterator(f, record_types=WarcRecordType.response, parse_http=True, verify_digests=True):
            yield len(record.reader.read())


def tell(lengths):
    """Says what was read, to hold one reader against the other."""
    lengths = list(lengths)
    print(len(lengths), "pages of", sum(lengths), "bytes")


def seconds(work):
    """Processor time of a child that does the work, so that each starts anew."""
    before = os.times()
    work()
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def child(*argv):
    return lambda: subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)


def run(packed, plain, corpus):
    me = (sys.executable, __file__)
    nothing = min(seconds(child(*me, "nothing")) for _ in range(3))  # the start of Python, with its imports
    decoded = os.path.getsize(plain)
    for path in (packed, plain):
        readers = {
            "corpus": (child(corpus, "extract", "-q", "--workers", "1", "--locator", "nowhere", path), 0),
            "warcio": (child(*me, "warcio", path), nothing),
            "FastWARC": (child(*me, "fastwarc", path), nothing),
        }
        told = {subprocess.run((*me, name, path), check=True, capture_output=True, text=True).stdout for name in ("warcio", "fastwarc")}
        assert len(told) == 1, told
        best = {}
        for _ in range(3):
            for name, (work, start) in readers.items():
                best[name] = min(best.get(name, 1e9), seconds(work) - start)
        for name, took in best.items():
            stored = os.path.getsize(path)
            print(f"{os.path.basename(path):14} {name:9} {took:6.2f} s of processor time, {stored / 1e6 / took:7.1f} MB/s as stored, {decoded / 1e6 / took:7.1f} MB/s decoded")


match sys.argv[1:]:
    case ["pack", made, plain, packed]:
        pack(made, plain, packed)
    case ["run", packed, plain, corpus]:
        run(packed, plain, corpus)
    case ["warcio", path]:
        tell(by_warcio(path))
    case ["fastwarc", path]:
        tell(by_fastwarc(path))
    case ["nothing"]:
        pass
