"""Loads every table of a version with Spark: rows, types, instants and slices.

usage: check_spark.py DIR
"""
import datetime
import json
import pathlib
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

folder = pathlib.Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text())
spark = SparkSession.builder.master("local[1]").config("spark.sql.session.timeZone", "UTC").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")


def check(ok, what):
    if not ok:
        sys.exit(f"FAILED: Spark: {what}")


for table, n in manifest["rows"].items():
    path = next(folder.glob(f"*/{table}"))
    check(spark.read.parquet(str(path)).count() == n, f"rows of {table}")
comments = spark.read.parquet(str(folder / "data/comments"))
articles = spark.read.parquet(str(folder / "data/articles"))
types = dict(comments.dtypes)
check(types["posted_at"] == "timestamp" and types["n_words"] == "int" and types["featured"] == "boolean", f"types {types}")
check(types["blocks"] == "array<struct<kind:string,level:int,start:int,end:int>>", types["blocks"])
check(comments.join(articles.select("article_id"), "article_id").count() == manifest["rows"]["comments"], "join")
rows = comments.select("text", "blocks", "n_chars").where("text is not null").collect()
for r in rows:
    check("\n\n".join(r.text[b.start:b.end] for b in r.blocks) == r.text and len(r.text) == r.n_chars, "blocks do not give the text back")
first = comments.agg(f.min(f.unix_micros("posted_at"))).collect()[0][0]
if first is not None:
    check(datetime.datetime(1970, 1, 1) < datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=first), "instants")
print(f"Spark {spark.version}: {len(manifest['rows'])} tables, the blocks of {len(rows)} comments give their texts back")
spark.stop()
