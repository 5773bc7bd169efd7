"""Packs pages in every form that they may come in, and compares the corpora that were built of them.

usage: containers.py write PAGES FORMS N
       containers.py compare FORMS
"""
import collections
import gzip
import io
import json
import pathlib
import re
import sys
import tarfile
import zipfile

import zstandard
from lxml import html
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

# What follows from the container and not from the page.
MAY_DIFFER = {
    "url": "address as captured",
    "captured_at": "stated by archives",
    "first_captured_at": "stated by archives",
    "last_captured_at": "stated by archives",
    "opt_out": "headers of archives",
    "input_sha256": "provenance",
    "locator": "provenance",
    "extractor": "provenance: how the charset was known",
}
CAPTURED = "2026-02-03T04:05:06Z"


def stated(body):
    """The address that a page states for itself, where it is one of the web."""
    try:
        tree = html.fromstring(body)
    except Exception:  # no page to lxml
        return None
    urls = {e.get("href", "").strip() for e in tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']")}
    if len(urls) != 1:
        return None
    url = urls.pop()
    return url if re.fullmatch(r"https?://[a-z0-9.-]+/[!-~]*", url) else None


def write(pages, forms, n):
    chosen, seen = [], set()
    for path in sorted(pages.rglob("*.html")):
        body = path.read_bytes()
        url = stated(body)
        if url and re.sub(r"^https?://(www\.)?", "", url).rstrip("/").lower() not in seen:
            seen.add(re.sub(r"^https?://(www\.)?", "", url).rstrip("/").lower())
            chosen.append((str(path.relative_to(pages)), url, body))
    chosen = chosen[:: max(1, len(chosen) // n)][:n]  # from all sets
    assert len(chosen) == n, f"only {len(chosen)} pages state an address"

    def form(name, file):
        folder = forms / name / "in"
        folder.mkdir(parents=True)
        (forms / name / "corpus.yaml").write_text('corpus: packed\nversion: 0.1.0\naccept_rejects: 100%\nsources:\n  - {id: a, inputs: ["in/**/*"]}\n')
        return folder / file

    form("folder", "")
    for name, _, body in chosen:
        path = forms / "folder" / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)

    def warc(out, packed):
        writer = WARCWriter(out, gzip=packed)
        for _, url, body in chosen:
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict={"WARC-Date": CAPTURED}))

    with open(form("warc-gzip-records", "pages.warc.gz"), "wb") as out:
        warc(out, True)
    plain = io.BytesIO()
    warc(plain, False)
    form("warc-plain", "pages.warc").write_bytes(plain.getvalue())
    form("warc-gzip-stream", "pages.warc.gz").write_bytes(gzip.compress(plain.getvalue()))
    form("warc-zstd", "pages.warc.zst").write_bytes(zstandard.ZstdCompressor().compress(plain.getvalue()))
    with zipfile.ZipFile(form("zip", "pages.zip"), "w", zipfile.ZIP_DEFLATED) as z:
        for name, _, body in chosen:
            z.writestr(name, body)
    tarred = io.BytesIO()
    with tarfile.open(fileobj=tarred, mode="w") as t:
        for name, _, body in chosen:
            member = tarfile.TarInfo(name)
            member.size = len(body)
            t.addfile(member, io.BytesIO(body))
    form("tar-zstd", "pages.tar.zst").write_bytes(zstandard.ZstdCompressor().compress(tarred.getvalue()))


def compare(forms):
    def rows(form, table):
        with open(forms / form / f"{table}.jsonl") as lines:
            return [json.loads(line) for line in lines]

    names = sorted(p.name for p in forms.iterdir())
    names.remove("folder")
    failed = False
    for form in names:
        told, differs = [], collections.Counter()
        for table, key in (("articles", "article_id"), ("comments", "comment_id")):
            ours, theirs = ({r[key]: r for r in rows(f, table)} for f in ("folder", form))
            told.append(f"{len(theirs)} {table}")
            if list(ours) != list(theirs):
                failed = True
                print(f"FAILED: {form}: {len(set(ours) ^ set(theirs))} ids of {table} are in one corpus only, or the order differs")
            for k in ours.keys() & theirs.keys():
                for column in ours[k]:
                    a, b = ours[k][column], theirs[k][column]
                    if a == b:
                        continue
                    differs[f"{table}.{column}"] += 1
                    if column not in MAY_DIFFER:
                        failed = True
                        print(f"FAILED: {form}: {table}.{column} of {k} differs")
        outcomes = [collections.Counter((r["outcome"], r["reason"]) for r in rows(f, "ledger")) for f in ("folder", form)]
        if outcomes[0] != outcomes[1]:
            failed = True
            print(f"FAILED: {form}: outcomes {outcomes}")
        print(f"{form}: {', '.join(told)} as in the folder; may and do differ: {', '.join(f'{c} ({n})' for c, n in sorted(differs.items())) or 'nothing'}")
    print("outcomes:", ", ".join(f"{n} {o}{': ' + r if r else ''}" for (o, r), n in sorted(outcomes[0].items(), key=str)))
    sys.exit(failed)


if sys.argv[1] == "write":
    write(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), int(sys.argv[4]))
else:
    compare(pathlib.Path(sys.argv[2]))
