"""Strings and comparisons for .ci/takedown.

usage: takedown.py wanted OLD STRINGS-FILE | comment OLD END | compare OLD NEW PRUNED
"""
import collections
import hashlib
import json
import pathlib
import sys

import pyarrow.parquet as pq


def rows(version, table):
    for folder in ("data", "audit"):
        files = sorted((pathlib.Path(version) / folder / table).glob("*.parquet"))
        if files:
            return [r for f in files for r in pq.read_table(f).to_pylist()]
    sys.exit(f"FAILED: {version} has no table {table}")


def blocks(r):
    return [r["text"][b["start"]:b["end"]] for b in r["blocks"]] if r["text"] else []


def marks(line):
    """What a line of the strings says of itself: "# article PART", "# commenter PART"."""
    return line[2:].split(" ", 1)


def wanted(old, strings):
    lines = pathlib.Path(strings).read_text().split("\n")
    print("\n".join(lines))
    taken = [marks(s)[1] for s in lines if s.startswith("# article ")]
    gone = {a["article_id"] for a in rows(old, "articles") if any(p in a["url"] for p in taken)}
    if len(gone) != 4:
        sys.exit(f"FAILED: {len(gone)} articles are to go")
    for a in rows(old, "articles"):
        if a["article_id"] in gone:
            for s in [a["title"], a["subtitle"], a["url"], a["canonical_url"], a["text_sha256"], *blocks(a)]:
                if s:
                    print(s)
    said = {marks(s)[1] for s in lines if s.startswith("# comment ")}
    for c in rows(old, "comments"):
        if c["article_id"] in gone or any(s in (c["text"] or "") for s in said):
            for s in [c["text_sha256"], *blocks(c)]:
                if s and len(s) >= 12:
                    print(s)


def comment(old, end):
    found = [c for c in rows(old, "comments") if (c["text"] or "").endswith(end)]
    if len(found) != 1:
        sys.exit(f"FAILED: {len(found)} comments end like this")
    print(found[0]["comment_id"])


def check(ok, what):
    if not ok:
        sys.exit(f"FAILED: {what}")


def compare(old, new, pruned):
    before, after = rows(old, "articles"), rows(new, "articles")
    check({a["article_id"] for a in before} == {a["article_id"] for a in after}, "an article's row is gone")
    tombs = [a for a in after if a["state"] == "tombstone"]
    check(len(tombs) == 4, f"{len(tombs)} articles are tombstones")
    kept = {"article_id", "id_basis", "state", "source_id", "comment_order", "n_comments", "license", "tier", "split", "input_sha256", "locator", "extractor"}
    for a in tombs:
        check(all(not v for k, v in a.items() if k not in kept), "a tombstone holds something")
        check(a["tier"] == "excluded" and a["n_comments"] == 0, "the tombstone of an article")
    old_comments = {c["comment_id"]: c for c in rows(old, "comments")}
    comments = rows(new, "comments")
    check(len(comments) == 10, f"{len(comments)} comments are left")
    states = collections.Counter(c["state"] for c in comments)
    check(states == {"visible": 8, "tombstone": 2}, f"states of comments: {states}")
    for c in comments:
        o = old_comments[c["comment_id"]]
        for k in ("article_id", "parent_id", "thread_id", "depth", "position"):
            check(c[k] == o[k], f"a thread has lost its shape: {k}")
        if c["state"] == "tombstone":
            check(c["text"] is None and c["commenter_id"] is None and c["posted_at"] is None, "the tombstone of a comment")
            continue
        check("\n\n".join(blocks(c)) == c["text"] and len(c["text"]) == c["n_chars"], "blocks do not give the text back")
        check(hashlib.sha256(c["text"].encode()).hexdigest() == c["text_sha256"], "text_sha256")
        for s in c["spans"]:
            if s["kind"] == "removed":
                check(c["text"][s["start"]:s["end"]] == "[removed]", "a span does not hold [removed]")
        check(c["text"].count("[removed]") == sum(s["kind"] == "removed" for s in c["spans"]), "a mask has no span")
    texts = " | ".join(c["text"] for c in comments if c["text"])
    for stays in ("Your aunt should be asked about the spoons.", "had pepper.", "nobody doubts the blanket.", "The heron and I correspond by bell"):
        check(stays in texts, "more is gone than was asked for")
    persons = {c["commenter_id"]: c["n_comments"] for c in rows(new, "commenters")}
    counted = collections.Counter(c["commenter_id"] for c in comments if c["commenter_id"])
    check(persons == counted, "commenters are not counted anew")
    ledger = rows(new, "ledger")
    check(len(ledger) == len(rows(old, "ledger")), "a row of the ledger is gone")
    outcomes = collections.Counter(r["outcome"] for r in ledger)
    check(outcomes == {"tombstone": 4, "article": 3}, f"outcomes: {outcomes}")
    for r in ledger:
        check(r["n_comments_read"] == r["n_comments_kept"] + r["n_comments_duplicate"] + r["n_comments_excluded"], "the ledger does not balance")
    check(sum(r["n_comments_excluded"] for r in ledger) == 7, "comments that the ledger excludes")
    counts = json.loads((pathlib.Path(new) / "statistics.json").read_text())["takedown"]
    check((counts["articles"], counts["comments"], counts["versions"]) == (4, 2, ["0.1.0"]), f"counts of the datasheet: {counts}")
    check(sum(r["requests"] for r in counts["requests"]) == 4 == sum(r["honoured"] for r in counts["requests"]), "requests of the datasheet")
    check("4 requests for removal" in (pathlib.Path(new) / "datasheet.md").read_text(), "the datasheet does not tell")
    for table in ("articles", "comments", "commenters", "captures", "sources", "ledger", "duplicates"):
        check(rows(new, table) == rows(pruned, table), f"prune does not give the rebuild's {table}")
    same = [json.loads((pathlib.Path(v) / "manifest.json").read_text()) for v in (new, pruned)]
    for key in ("rows", "sources", "version", "previous_sha256", "shards"):
        check(same[0][key] == same[1][key], f"prune does not give the rebuild's {key}")
    print(f"{len(tombs)} articles and {states['tombstone']} comments are tombstones, {sum(len([s for s in c['spans'] if s['kind'] == 'removed']) for c in comments)} places in comments are cut; prune gives the rebuild's tables")


{"wanted": wanted, "comment": comment, "compare": compare}[sys.argv[1]](*sys.argv[2:])
