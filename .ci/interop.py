"""Loads a version with pyarrow, pandas, datasets, Polars and DuckDB, and checks rows, types, joins and slices.

usage: interop.py DIR
"""
import contextlib
import hashlib
import io
import json
import pathlib
import re
import sys

import datasets
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

version = pathlib.Path(sys.argv[1])
manifest = json.loads((version / "manifest.json").read_text())
rows = manifest["rows"]
folders = {t: "data" if t in ("articles", "comments", "commenters", "sources") else "audit" for t in rows}
checks = 0


def check(ok, what):
    global checks
    checks += 1
    if not ok:
        sys.exit(f"FAILED: {what}")


def files(table):
    return sorted(str(p) for p in (version / folders[table] / table).glob("*.parquet"))


TYPES = {
    "article_id": pa.string(),
    "comment_id": pa.string(),
    "parent_id": pa.string(),
    "text": pa.large_string(),
    "posted_at": pa.timestamp("us", "UTC"),
    "published_at": pa.timestamp("us", "UTC"),
    "captured_at": pa.timestamp("us", "UTC"),
    "n_words": pa.int32(),
    "depth": pa.int32(),
    "featured": pa.bool_(),
    "split": pa.string(),
}
MASKS = {"mention": "[user]", "email": "[email]", "phone": "[phone]", "ip": "[ip]", "account": "[account]", "handle": "[handle]"}


def check_texts(records, who):
    """Blocks joined by a blank line give the text; a masked span holds its mask; digests and counts are those of the text."""
    n_blocks = n_spans = 0
    for r in records:
        text = r["text"]
        if text is None:
            check(not r["blocks"] and r["n_chars"] == 0, f"{who}: a record without text has blocks or a length")
            continue
        parts = [text[b["start"]:b["end"]] for b in r["blocks"]]
        check("\n\n".join(parts) == text, f"{who}: blocks do not give the text back")
        check(len(text) == r["n_chars"], f"{who}: n_chars")
        check(hashlib.sha256(text.encode()).hexdigest() == r["text_sha256"], f"{who}: text_sha256")
        n_blocks += len(parts)
        for s in r["spans"]:
            slice_ = text[s["start"]:s["end"]]
            check(slice_ == MASKS.get(s["kind"], slice_) and slice_ != "", f"{who}: span {s['kind']} holds {slice_!r}")
            n_spans += 1
    return n_blocks, n_spans


# pyarrow: every table and file, with checksums of the pages.
tables = {}
for t in rows:
    parts = [pq.read_table(f, page_checksum_verification=True) for f in files(t)]
    tables[t] = pa.concat_tables(parts)
    check(tables[t].num_rows == rows[t], f"pyarrow: rows of {t}")
    check(ds.dataset(files(t)).count_rows() == rows[t], f"pyarrow.dataset: rows of {t}")
    for name, typ in TYPES.items():
        if name in tables[t].column_names:
            check(tables[t].schema.field(name).type == typ, f"pyarrow: type of {t}.{name}: {tables[t].schema.field(name).type}")
articles, comments = tables["articles"], tables["comments"]
check(rows["articles"] > 0 and rows["comments"] > 0, "the demo has articles and comments")
blocks_a, spans_a = check_texts(articles.to_pylist(), "articles")
blocks_c, spans_c = check_texts(comments.to_pylist(), "comments")
check(blocks_a > 0 and blocks_c > 0 and spans_c > 0, "there are blocks and spans to slice")
joined = comments.select(["comment_id", "article_id"]).join(articles.select(["article_id", "title"]), "article_id", join_type="inner")
check(joined.num_rows == rows["comments"], "pyarrow: every comment has its article")
print(f"pyarrow {pa.__version__}: {len(rows)} tables, {blocks_a + blocks_c} blocks and {spans_a + spans_c} spans sliced")

# pandas.
a, c = pd.read_parquet(version / "data/articles"), pd.read_parquet(version / "data/comments")
check(len(a) == rows["articles"] and len(c) == rows["comments"], "pandas: rows")
check(str(c["posted_at"].dtype) == "datetime64[us, UTC]", f"pandas: posted_at is {c['posted_at'].dtype}")
check(len(c.merge(a, on="article_id", validate="many_to_one", suffixes=("", "_article"))) == rows["comments"], "pandas: join")
check(int(a["n_comments"].sum()) == int((c["state"] != "missing").sum()), "pandas: n_comments")
replies = c.dropna(subset=["parent_id"])
check(replies["parent_id"].isin(c["comment_id"]).all() and len(replies) > 0, "pandas: parents are there")
print(f"pandas {pd.__version__}: {len(c)} comments join {len(a)} articles, {len(replies)} replies have their parent")

# Hugging Face datasets, straight from the folder.
for t in rows:
    stated = datasets.load_dataset_builder(str(version), t).info
    check(stated.features is not None and stated.splits["train"].num_examples == rows[t], f"datasets: the card states columns and rows of {t}")
    d = datasets.load_dataset(str(version), t, split="train")
    check([(f.name, str(f.type).replace("element", "item")) for f in d.features.arrow_schema] == [(f.name, str(f.type).replace("element", "item").replace(" not null", "")) for f in tables[t].schema], f"datasets: features of {t}")
    check(d.num_rows == rows[t], f"datasets: rows of {t}")
a = datasets.load_dataset(str(version), "articles", split="train")
c = datasets.load_dataset(str(version), "comments", split="train")
check(a.features["published_at"].dtype == "timestamp[us, tz=UTC]", f"datasets: {a.features['published_at']}")
check(a.features["n_words"].dtype == "int32", "datasets: n_words")
check_texts(a, "datasets articles")
check_texts(c, "datasets comments")
print(f"datasets {datasets.__version__}: load_dataset finds {len(rows)} configurations")

# Polars.
a, c = pl.read_parquet(files("articles")), pl.read_parquet(files("comments"))
check(a.height == rows["articles"] and c.height == rows["comments"], "polars: rows")
check(c.schema["posted_at"] == pl.Datetime("us", "UTC"), f"polars: posted_at is {c.schema['posted_at']}")
check(c.schema["blocks"] == pl.List(pl.Struct({"kind": pl.String, "level": pl.Int32, "start": pl.Int32, "end": pl.Int32})), f"polars: {c.schema['blocks']}")
check(c.join(a.select("article_id", "title"), on="article_id", how="inner").height == rows["comments"], "polars: join")
check_texts(c.to_dicts(), "polars comments")
print(f"polars {pl.__version__}: {c.height} comments")

# DuckDB.
db = duckdb.connect()
db.sql("set timezone = 'UTC'")
for t in rows:
    n = db.sql(f"select count(*) from read_parquet({files(t)!r})").fetchall()[0][0]
    check(n == rows[t], f"duckdb: rows of {t}")
db.sql(f"create view a as from read_parquet({files('articles')!r})")
db.sql(f"create view c as from read_parquet({files('comments')!r})")
check(db.sql("select count(*) from c join a using (article_id)").fetchall()[0][0] == rows["comments"], "duckdb: join")
check(db.sql("select typeof(posted_at) from c limit 1").fetchall()[0][0] == "TIMESTAMP WITH TIME ZONE", "duckdb: posted_at")
# substring counts code points in DuckDB, from 1.
wrong = db.sql("""
    with b as (select comment_id, text, unnest(blocks) as b, generate_subscripts(blocks, 1) as i from c),
         j as (select comment_id, any_value(text) as text,
                      string_agg(substring(text, b.start + 1, b.end - b.start), chr(10) || chr(10) order by i) as joined
               from b group by comment_id)
    select count(*) filter (joined <> text), count(*) from j""").fetchall()[0]
check(wrong[1] > 0 and wrong[0] == 0, f"duckdb: blocks of {wrong[0]} of {wrong[1]} comments do not give the text back")
db.sql("select posted_at from c").fetchall()
print(f"duckdb {duckdb.__version__}: the blocks of {wrong[1]} comments give their texts back")

# The examples of the docs, as they stand.
page = pathlib.Path(__file__).parent.parent / "docs" / "loading.md"
examples = re.findall(r"^```python\n(.*?)^```", page.read_text(), re.M | re.S)
check(len(examples) > 5, "docs/loading.md has examples")
for i, example in enumerate(examples):
    code = example.replace("PATH", str(version))
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, f"docs/loading.md, example {i + 1}", "exec"), {})
print(f"{len(examples)} examples of docs/loading.md run")
print(f"{checks} checks passed")
