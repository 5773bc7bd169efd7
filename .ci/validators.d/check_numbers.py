"""Compares every number in the documents of a version with one computed anew.

usage: check_numbers.py DIR

1. statistics.json against DuckDB over the Parquet files, figure by figure.
2. Every table of datasheet.md and README.md against the figures, cell by cell.
3. Every table of report.html against the one of datasheet.md.
4. Every number in the measured sentences is a figure.
5. croissant.json, datapackage.json, datacite.json and ro-crate-metadata.json:
   sizes, digests and rows against the files.
"""
import hashlib
import html.parser
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from recompute import Version  # noqa: E402

folder = pathlib.Path(sys.argv[1])
v = Version(folder)
checks = 0


def check(ok, what):
    global checks
    checks += 1
    if not ok:
        sys.exit(f"FAILED: {what}")


def compare(got, want, path):
    if isinstance(want, dict):
        check(isinstance(got, dict) and got.keys() == want.keys(), f"{path}: {got} is not {want}")
        for k in want:
            compare(got[k], want[k], f"{path}.{k}")
    elif isinstance(want, list):
        check(isinstance(got, list) and len(got) == len(want), f"{path}: {got} is not {want}")
        for i, w in enumerate(want):
            compare(got[i], w, f"{path}[{i}]")
    else:
        check(got == want and type(got) is type(want), f"{path}: {got!r} is not {want!r}")


# 1. The statistics.
stated = json.loads((folder / "statistics.json").read_text())
values, missing = stated.pop("values"), stated.pop("missing")
extraction = stated.pop("extraction", [])  # against expected records, which the version does not hold
fresh = v.statistics()
compare(stated, fresh, "statistics.json")
for x in values:
    n = v.one(f"select count(*) from {x['table']} where \"{x['column']}\" = '{x['value']}'")
    check(n == x["rows"] and n > 0, f"values: {x}: {n} rows")
by_column = {}
for x in values:
    by_column.setdefault((x["table"], x["column"]), []).append(x["rows"])
for (table, column), rows in by_column.items():
    check(sum(rows) == v.one(f'select count("{column}") from {table}'), f"values of {table}.{column} are not all")
found = v.missing()
check({(m["table"], m["column"]): m["rows"] for m in missing} == found, "missing values")
reasons = {(m["table"], m["column"]): m["reasons"] for m in missing}
for m in missing:
    check(sum(r["n"] for r in m["reasons"]) == m["rows"], f"reasons of {m} do not add up")
for key, want in v.reasons().items():
    check(reasons.get(key, []) == want, f"reasons of {key}: {reasons.get(key)} is not {want}")
print(f"statistics.json: {checks} figures equal those by DuckDB")

# 2. The tables of datasheet and card.
def md_tables(text):
    """caption → (head, rows); a caption may come twice."""
    tables = []
    for caption, body in re.findall(r"^\*\*([^*\n`]+)\*\*\n\n((?:\|.*\n)+)", text, re.M):
        lines = [[re.sub(r"\\(.)", r"\1", c.strip()).replace("&amp;", "&") for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in body.splitlines()]
        tables.append((caption, lines[0], lines[2:]))
    return tables


shown = lambda name: name or "(unknown)"  # noqa: E731


def unknown_last(names):
    return sorted(names, key=lambda n: (n == "", n.encode()))


def groups(field):
    a, c = ({g["name"]: g for g in fresh[t][field]} for t in ("articles", "comments"))
    empty = {"records": 0, "words": 0, "characters": 0}
    return [[shown(n)] + [a.get(n, empty)[k] for k in empty] + [c.get(n, empty)[k] for k in empty] for n in unknown_last({*a, *c})]


def counted(list_):
    return [[shown(x["name"]), x["n"]] for x in sorted(list_, key=lambda x: x["name"] == "")]


def histogram(d):
    name = lambda b: f"{b['from']} or more" if b["to"] < 0 else str(b["from"]) if b["to"] == b["from"] else f"{b['from']}–{b['to']}"  # noqa: E731
    return [[name(b), b["n"]] for b in d["buckets"]]


def spread(name, d):
    return [name] + [d[k] for k in ("n", "sum", "min", "p10", "p25", "p50", "p75", "p90", "p99", "max")]


t, act = fresh["threads"], fresh["activity"]
outcomes = []
for o in fresh["ledger"]["outcomes"]:
    mine = [[o["name"], r["reason"], r["n"]] for r in fresh["ledger"]["reasons"] if r["outcome"] == o["name"]]
    rest = o["n"] - sum(r[2] for r in mine)
    outcomes += mine + ([[o["name"], "", rest]] if rest else [])
tiers = [[r[0], r[1], r[4]] for r in groups("by_tier")]
splits = [[r[0], r[1], r[4]] for r in groups("by_split")]
want = {
    "Tables": [[x["name"], None, x["rows"], x["files"], x["bytes"]] for x in fresh["tables"]],
    "Records": [[k] + [fresh[k][f] for f in ("records", "with_text", "words", "characters")] for k in ("articles", "comments")],
    "Records by source": groups("by_source"), "Records by language": groups("by_language"), "Records by licence": groups("by_license"),
    "Records by tier": groups("by_tier"), "Records by month": groups("by_month"), "Records by split": groups("by_split"),
    "Words of articles": histogram(fresh["articles"]["lengths"]), "Words of comments": histogram(fresh["comments"]["lengths"]),
    "Comments of articles": histogram(t["comments"]), "Depth of comments": histogram(t["by_depth"]), "Widest level of threads": histogram(t["width"]),
    "Comments of commenters": histogram(act["per_commenter"]),
    "Minutes to a reply": histogram(t["reply_minutes"]), "Minutes to a comment": histogram(t["delay_minutes"]),
    "Distributions": [
        spread("words of an article", fresh["articles"]["lengths"]), spread("words of a comment", fresh["comments"]["lengths"]),
        spread("comments of an article with comments", t["comments"]), spread("depth of its deepest comment", t["depth"]),
        spread("comments on its widest level", t["width"]), spread("depth of a comment", t["by_depth"]),
        spread("minutes from comment to reply", t["reply_minutes"]), spread("minutes from article to comment", t["delay_minutes"]),
        spread("comments of a commenter", act["per_commenter"]), spread("articles of a commenter", act["articles"]),
    ],
    "Missing values": [[m["table"], m["column"], r["name"], r["n"]] for m in missing for r in m["reasons"]],
    "Why values are missing": None,
    "Leaks between splits": [[x["of"], x["in"]] + [x[k] for k in ("articles", "equal_texts", "shared_200", "comments", "comments_seen", "commenters", "commenters_seen")] for x in (fresh["splits"] or {"leaks": []})["leaks"]],
    "Outcomes of documents": outcomes,
    "Places found in texts": counted(fresh["personal_data"]["spans"]),
    "Accounts of the sources": [[a["source_id"]] + [a[k] for k in ("documents", "comments_read", "comments_kept", "comments_duplicate", "comments_excluded")] for a in fresh["ledger"]["sources"]],
    "Articles by reader": counted(fresh["extractors"]),
    "Periods": [[n] + [fresh["timeframe"][k][f] for f in ("from", "to", "known", "unknown")] for n, k in (("captured (UTC)", "captured"), ("published (local)", "published"), ("posted (local)", "posted"))],
    "Captures by month": counted(fresh["timeframe"]["captured_by_month"]),
    "Rights": [[r[k] for k in ("table", "source_id", "license", "rights_holder", "tier", "records")] for r in fresh["rights"]],
    "Opt-out signals": counted(fresh["opt_outs"]["signals"]),
    "Rows": [[x["name"], f"{x['folder']}/{x['name']}/", x["rows"]] for x in fresh["tables"]],
    "Tiers": tiers, "Splits": splits,
    "Extraction against expected records": [
        [e["source_id"], e["records"], e["found"]] + [e["texts"][k] for k in ("expected", "extracted", "common", "equal")]
        + [e["comments"][k] for k in ("expected", "extracted", "found", "author", "parent", "time")] for e in extraction
    ],
    "What the sources declare and gave": [[a["source_id"], None, None, None, None, a["documents"], a["comments_kept"]] for a in fresh["ledger"]["sources"]],
}
cells = 0
sheet = (folder / "datasheet.md").read_text()
card = (folder / "README.md").read_text()
credit = (folder / "ATTRIBUTION.md").read_text()
for name, text in (("datasheet.md", sheet), ("README.md", card), ("ATTRIBUTION.md", credit)):
    tables = md_tables(text)
    check(len(tables) > 0 and len(re.findall(r"^\|-", text, re.M)) == len(tables), f"{name}: a table without caption")
    for caption, head, rows in tables:
        check(caption in want, f"{name}: nobody knows how to compute the table {caption!r}")
        expected = want[caption]
        if expected is None:
            continue
        check(len(rows) == len(expected), f"{name}: {caption} has {len(rows)} rows, not {len(expected)}")
        for row, line in zip(rows, expected):
            check(len(row) == len(line) == len(head), f"{name}: {caption}: {row}")
            for cell, value in zip(row, line):
                if value is not None:
                    check(cell == " ".join(str(value).split()), f"{name}: {caption}: {row}: {cell!r} is not {value!r}")
                    cells += 1
check(len(md_tables(sheet)) >= 20, "datasheet.md has its tables")
print(f"datasheet.md, README.md, ATTRIBUTION.md: {cells} cells equal the figures")


# 3. The report has the same tables, and its plots the same numbers.
class Tables(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tables, self.cell, self.bars = [], None, []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "table":
            self.tables.append(["", [], []])
        elif tag == "tr":
            self.tables[-1][2].append([])
        elif tag in ("td", "th", "caption"):
            self.cell = ""
        elif tag == "data":
            self.value = attrs["value"]

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag == "caption":
            self.tables[-1][0] = self.cell
        elif tag == "data":
            check(self.cell.replace("\u202f", "") == self.value, f"report.html: {self.cell} is not {self.value}")
            self.cell = self.value
        elif tag in ("td", "th"):
            self.tables[-1][2][-1].append(self.cell.strip())
            self.cell = None


report = Tables()
report.feed((folder / "report.html").read_text())
in_report = [(c, rows[0], rows[1:]) for c, _, rows in report.tables]
check(in_report == md_tables(sheet), "report.html has other tables than datasheet.md")
print(f"report.html: {len(in_report)} tables equal those of datasheet.md")

# Its plots draw the numbers of the table below them, as far as they show each.
drawn = 0
page = (folder / "report.html").read_text()
for plots, body in re.findall(r'<div class="plots">(.*?)</div>(?:<details><summary>[^<]*</summary>)?<div class="wide"[^>]*><table>(.*?)</table>', page, re.S):
    rows = [[int(n) for n in re.findall(r'<data value="(\d+)">', r)] for r in re.findall(r"<tr>(.*?)</tr>", body, re.S)[1:]]
    svgs = re.findall(r"<svg.*?</svg>", plots, re.S)
    for i, svg in enumerate(svgs):
        column = [r[3 * i] for r in rows]
        stated = re.findall(r"with (\d+)\.", svg)
        check(stated[:1] == [str(max(column))] if column else not stated, f"report.html: {svg[:400]}: most is not {max(column, default=None)}")
        check(len(column) < 2 or stated[1] == str(min(column)), f"report.html: {svg[:400]}: fewest is not {min(column, default=None)}")
        most = max([*column, 1])
        if "Bar chart of" in svg:
            if len(column) <= 24:
                check([int(n) for n in re.findall(r'height="16"/><text[^>]*>(\d+)</text>', svg)] == column, f"report.html: {svg[:400]} shows other numbers than {column}")
                check([int(n) for n in re.findall(r'width="(\d+)" height="16"', svg)] == [max(1, v * 250 // most) if v else 0 for v in column], f"report.html: {svg[:400]}: lengths")
        elif len(column) <= 60:
            check([int(n) for n in re.findall(r'<rect class="bar"[^>]* height="(\d+)"', svg)] == [max(1, v * 120 // most) if v else 0 for v in column], f"report.html: {svg[:400]}: heights")
        drawn += 1
check(drawn == page.count("<svg") > 0, "report.html: a plot without its table")
print(f"report.html: {drawn} plots draw the numbers of their tables")

# 4. The sentences.
numbers = set()


def collect(x):
    if isinstance(x, dict):
        for y in x.values():
            collect(y)
    elif isinstance(x, list):
        for y in x:
            collect(y)
    elif isinstance(x, int):
        numbers.add(str(x))


collect(fresh)
collect(v.release)
score = lambda part, field: sum(e[part][field] for e in extraction)  # noqa: E731
for part, both in (("texts", "common"), ("comments", "found")):
    for whole in ("expected", "extracted"):
        collect([score(part, both) * 1000 // max(1, score(part, whole))])
collect([len(extraction), sum(e["records"] for e in extraction), sum(e["found"] for e in extraction)])
for e in extraction:
    t_, c_ = e["texts"], e["comments"]
    check(e["found"] <= e["records"] and t_["common"] <= min(t_["expected"], t_["extracted"]) and t_["equal"] <= e["found"], f"extraction of {e}")
    check(c_["found"] <= min(c_["expected"], c_["extracted"]) and max(c_["author"], c_["parent"], c_["time"]) <= c_["found"], f"extraction of {e}")
collect({"top": [x["per_mille"] for x in act["top"]]})
numbers |= {str(sum(x["n"] for x in fresh["ledger"]["outcomes"] if x["name"] == o)) for o in ("rejected", "excluded")}
numbers |= {str(t["top_level"] + t["replies"]), str(sum(x["rows"] for x in values if (x["table"], x["column"], x["value"]) == ("comments", "state", "missing"))), "0"}
sentences = 0
for block in re.findall(r"^\*Measured\.\*(.*?)(?=^\*Declared|^> |^\*\*Open|^#)", sheet, re.M | re.S):
    for line in block.splitlines():
        if line.startswith("|") or line.startswith("**") or "UAX 29" in line or "65536" in line or "ISO 639" in line or "200 per mille" in line or "models" in line:
            continue
        line = re.sub(r"[0-9a-f]{64}|\b\d+\.\d+\.\d+\b|SHA-256", "", line)
        for n in re.findall(r"\b\d+\b", line):
            check(n in numbers, f"datasheet.md: {n} in {line!r} is no figure")
            sentences += 1
check(sentences > 10, "datasheet.md has numbers in its sentences")
print(f"datasheet.md: {sentences} numbers in sentences are figures")

# 5. The descriptions for machines.
listed = {f["path"]: f for f in v.manifest["files"]}
for path, f in listed.items():
    check(hashlib.sha256((folder / path).read_bytes()).hexdigest() == f["sha256"], f"{path}: digest")
parquet = {p for p, f in listed.items() if f.get("table")}
croissant = json.loads((folder / "croissant.json").read_text())
objects = {d["@id"]: d for d in croissant["distribution"] if d["@type"] == "cr:FileObject"}
check(objects.keys() == parquet, "croissant.json lists the files of the tables")
for p, d in objects.items():
    check(d["sha256"] == listed[p]["sha256"] and d["contentSize"] == f"{listed[p]['bytes']} B" and d["contentUrl"] == p, f"croissant.json: {p}")
for s in croissant["recordSet"]:
    if s["@id"] in v.files:
        n = v.one(f"select count(*) from {s['@id']}")
        check(f"({n} row{'s' * (n != 1)})" in s["description"], f"croissant.json: rows of {s['@id']}")
        names = [f["@id"].split("/")[1] for f in s["field"]]
        check(names == v.column(f"select column_name from (describe {s['@id']})"), f"croissant.json: columns of {s['@id']}")
package = json.loads((folder / "datapackage.json").read_text())
check({r["path"] for r in package["resources"]} == parquet, "datapackage.json lists the files of the tables")
for r in package["resources"]:
    check(r["hash"] == "sha256:" + listed[r["path"]]["sha256"] and r["bytes"] == listed[r["path"]]["bytes"], f"datapackage.json: {r['path']}")
articles, comments, size = fresh["articles"]["records"], fresh["comments"]["records"], sum(x["bytes"] for x in fresh["tables"])
plural = lambda n, noun: f"{n} {noun}{'s' * (n != 1)}"  # noqa: E731
check(croissant["size"] == f"{plural(articles, 'article')}, {plural(comments, 'comment row')}", "croissant.json: size")
if (folder / "datacite.json").exists():
    check(json.loads((folder / "datacite.json").read_text())["sizes"] == [plural(articles, "article"), plural(comments, "comment row"), plural(size, "byte")], "datacite.json: sizes")
if (folder / "ro-crate-metadata.json").exists():
    crate = {x["@id"]: x for x in json.loads((folder / "ro-crate-metadata.json").read_text())["@graph"]}
    for p in listed.keys() - {"ro-crate-metadata.json"}:
        check(crate[p]["sha256"] == listed[p]["sha256"] and crate[p]["contentSize"] == str(listed[p]["bytes"]), f"ro-crate-metadata.json: {p}")
print(f"{checks} checks passed")
