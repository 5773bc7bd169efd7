"""Compares every number in CHANGES.md with one that DuckDB computes from the
Parquet files of both versions.

usage: check_changes.py OLD NEW

Meant for a change in which no record gets another id and none moves; the two
columns for these have to be 0.
"""
import json
import pathlib
import re
import sys

import duckdb

old, new = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
KEYS = {
    "articles": ["article_id"], "comments": ["comment_id"], "commenters": ["commenter_id"], "sources": ["source_id"],
    "ledger": ["source_id", "input_path", "locator"], "duplicates": ["cluster_id", "record_id", "table"],
}
DERIVED = {"text_sha256"}  # follows from text, and is no change of its own
checks = 0


def check(got, want, what):
    global checks
    checks += 1
    if got != want:
        sys.exit(f"FAILED: CHANGES.md: {what} is {got}, DuckDB has {want}")


db = duckdb.connect()
db.sql("set timezone = 'UTC'")
for name, folder in (("old", old), ("new", new)):
    db.sql(f"create schema {name}")
    files = {}
    for f in json.loads((folder / "manifest.json").read_text())["files"]:
        if f.get("table"):
            files.setdefault(f["table"], []).append(str(folder / f["path"]))
    for table, paths in files.items():
        db.sql(f"create view {name}.{table} as select * from read_parquet({paths!r})")


def one(query):
    return db.sql(query).fetchall()[0][0]


def joined(table):
    on = " and ".join(f'o."{k}" is not distinct from n."{k}"' for k in KEYS[table])
    return f"old.{table} o join new.{table} n on {on}"


def only(table, here, there):
    on = " and ".join(f'h."{k}" is not distinct from t."{k}"' for k in KEYS[table])
    return f"from {here}.{table} h where not exists (from {there}.{table} t where {on})"


def columns(table):
    return [c for (c,) in db.sql(f"select column_name from (describe new.{table})").fetchall() if c not in KEYS[table] and c not in DERIVED]


def differing(table, names):
    return " or ".join(f'o."{c}" is distinct from n."{c}"' for c in names)


text = (new / "CHANGES.md").read_text()
tables = {}
for caption, body in re.findall(r"^\*\*([^*\n]+)\*\*\n\n((?:\|.*\n)+)", text, re.M):
    tables[caption] = [[re.sub(r"\\(.)", r"\1", c.strip()) for c in line.split("|")[1:-1]] for line in body.splitlines()[2:]]

touched = {}
for table, before, after, added, removed, renamed, moved, edited in tables["Records that differ"]:
    counts = [int(x) for x in (before, after, added, removed, renamed, moved, edited)]
    if table in ("manifest", "columns"):
        check(counts, [0] * 7, table)
        continue
    want = [one(f"select count(*) from old.{table}"), one(f"select count(*) from new.{table}")]
    if table in KEYS:
        want += [one("select count(*) " + only(table, "new", "old")), one("select count(*) " + only(table, "old", "new")), 0, 0]
        want += [one(f"select count(*) from {joined(table)} where {differing(table, columns(table))}")]
    else:  # rows without a key
        want += [one(f"select count(*) from (from {a}.{table} except all from {b}.{table})") for a, b in (("new", "old"), ("old", "new"))] + [0, 0, 0]
    check(counts, want, f"the row of {table}")
    touched[table] = sum(counts[2:])
check(set(touched), set(KEYS) | {"captures"}, "the list of tables")
if not all(touched[t] for t in ("articles", "comments", "ledger")):
    sys.exit("FAILED: nothing changed between the versions, so that nothing was checked")

stated = {(t, c): int(n) for t, c, n in tables["Edited columns"]}
want = {}
for table in KEYS:
    for c in columns(table):
        n = one(f"select count(*) from {joined(table)} where {differing(table, [c])}")
        if n:
            want[table, c] = n
check(stated, want, "the table of edited columns")

causes = {}
for table, cause, n in tables["Why records differ"]:
    causes.setdefault(table, {})[cause] = int(n)
for table, n in touched.items():
    check(sum(causes.get(table, {}).values()), n, f"the sum of the causes of {table}")
for table in ("articles", "comments"):
    # By the file that a record was read from: is it in both versions, and the same?
    def paths(a, b, rows):
        lost = f"select distinct source_id, input_path from {a}.ledger except select source_id, input_path from {b}.ledger"
        return (f"select count(*) from (select distinct h.{KEYS[table][0]} {rows.replace('where', f'join {a}.ledger l on l.input_sha256 = h.input_sha256 where', 1)} "
                f"and (l.source_id, l.input_path) in ({lost}))")
    want = {
        "input added": one(paths("new", "old", only(table, "new", "old"))),
        "input removed": one(paths("old", "new", only(table, "old", "new"))),
    }
    for cause, n in want.items():
        check(causes[table].get(cause, 0), n, f"{table}, {cause}")
    check(causes[table].get("input changed", 0), touched[table] - sum(want.values()), f"{table}, input changed")

reasons = 0
for n, noun, what, names in re.findall(r"^- (\d+) (\w+?)s? (?:was|were) (added|removed|edited)(?: \(([^)]*)\))?", text, re.M):
    table = noun + "s"
    if what == "edited":
        named = names.replace("\\", "").split(", ")
        want = one(f"select count(*) from {joined(table)} where {differing(table, named)}")
    else:
        want = one("select count(*) " + (only(table, "new", "old") if what == "added" else only(table, "old", "new")))
    check(int(n), want, f"the reason “{n} {noun} {what}”")
    reasons += 1
if reasons != len(re.findall(r"^- ", text, re.M)) or not reasons:
    sys.exit("FAILED: CHANGES.md has a reason that nobody knows how to compute")
print(f"CHANGES.md: {checks} figures equal those by DuckDB, {reasons} reasons")
