"""Computes all statistics of a version anew by DuckDB over its Parquet files.

Written apart from the builder's own code: only the tables and, for what no
table holds, manifest.json and audit/splits.json are read.
"""
import hashlib
import json
import pathlib

import duckdb

MASKS = ["mention", "email", "phone", "ip", "account", "handle", "link"]
BOUNDS = {
    "words": [0, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000],
    "count": [0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 10000],
    "depth": [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 50, 100],
    "minutes": [0, 1, 5, 15, 60, 180, 720, 1440, 4320, 10080, 43200],
}
CAP = 65536


def distribution(values, bounds):
    """values is a list of whole numbers, not below 0."""
    v = sorted(values)
    n = len(v)

    def rank(per_mille):
        return min(v[-(-n * per_mille // 1000) - 1], CAP) if n else 0

    edges = BOUNDS[bounds]
    buckets = [
        {"from": lo, "to": (edges[i + 1] - 1 if i + 1 < len(edges) else -1), "n": sum(1 for x in v if x >= lo and (i + 1 == len(edges) or x < edges[i + 1]))}
        for i, lo in enumerate(edges)
    ]
    return {
        "n": n, "sum": sum(v), "min": v[0] if n else 0, "max": v[-1] if n else 0,
        "p10": rank(100), "p25": rank(250), "p50": rank(500), "p75": rank(750), "p90": rank(900), "p99": rank(990),
        "capped": sum(1 for x in v if x > CAP), "buckets": buckets,
    }


class Version:
    def __init__(self, folder):
        self.dir = pathlib.Path(folder)
        self.manifest = json.loads((self.dir / "manifest.json").read_text())
        self.release = self.manifest.get("release")  # of a build None
        self.db = duckdb.connect()
        self.db.sql("set timezone = 'UTC'")
        self.files = {}
        for f in self.manifest["files"]:
            if f.get("table"):
                self.files.setdefault(f["table"], []).append(f)
        for table, files in self.files.items():
            paths = [str(self.dir / f["path"]) for f in files]
            self.db.sql(f"create view {table} as select * from read_parquet({paths!r})")
        self.db.sql("create view c as select c.*, a.source_id from comments c join articles a using (article_id)")

    def rows(self, query):
        return self.db.sql(query).fetchall()

    def one(self, query):
        return self.rows(query)[0][0]

    def column(self, query):
        return [r[0] for r in self.rows(query)]

    def counts(self, query):
        return [{"name": n or "", "n": k} for n, k in sorted(self.rows(query), key=lambda r: (r[0] or "").encode())]

    def groups(self, table, by):
        rows = self.rows(f"select coalesce({by}, ''), count(*), sum(n_words), sum(n_chars) from {table} group by 1")
        return [{"name": n, "records": r, "words": int(w), "characters": int(ch)} for n, r, w, ch in sorted(rows, key=lambda r: r[0].encode())]

    def records(self, table, local):
        n, text, words, chars = self.rows(f"select count(*), count(text), coalesce(sum(n_words), 0), coalesce(sum(n_chars), 0) from {table}")[0]
        return {
            "records": n, "with_text": text, "words": int(words), "characters": int(chars),
            "by_source": self.groups(table, "source_id"), "by_language": self.groups(table, "lang"), "by_license": self.groups(table, "license"),
            "by_tier": self.groups(table, "tier"), "by_month": self.groups(table, f"substr({local}, 1, 7)"), "by_split": self.groups(table, "split"),
            "lengths": distribution(self.column(f"select n_words from {table} where text is not null"), "words"),
        }

    def tables(self):
        folders = {"captures": "audit", "ledger": "audit", "duplicates": "audit"}
        return [
            {"name": t, "folder": folders.get(t, "data"), "rows": self.one(f"select count(*) from {t}"), "files": len(self.files[t]),
             "bytes": sum((self.dir / f["path"]).stat().st_size for f in self.files[t])}
            for t in ["articles", "comments", "commenters", "captures", "sources", "ledger", "duplicates"]
        ]

    def tables_sha256(self):
        digest = hashlib.sha256()
        for f in sorted((f for files in self.files.values() for f in files), key=lambda f: f["path"]):
            content = hashlib.sha256((self.dir / f["path"]).read_bytes()).hexdigest()
            digest.update(f"{content}  {f['path']}\n".encode())
        return digest.hexdigest()

    def rights(self):
        rows = self.rows("""
            select * from (
              select 'articles', source_id, license, coalesce(rights_holder, ''), tier, count(*) from articles group by all
              union all
              select 'comments', source_id, license, coalesce(rights_holder, ''), tier, count(*) from c group by all)""")
        keys = ["table", "source_id", "license", "rights_holder", "tier", "records"]
        return [dict(zip(keys, r)) for r in sorted(rows, key=lambda r: [str(x).encode() for x in r])]

    def threads(self):
        self.db.sql("create view said as select * from c where state <> 'missing'")
        per = self.rows("select article_id, count(*), max(depth) from said group by 1")
        width = self.column("select max(n) from (select article_id, depth, count(*) n from said group by 1, 2) group by article_id")
        between = """
            select case when b.t is null or a.t is null then 'undated' when a.t < b.t then 'before' else 'known' end k,
                   (epoch_us(a.t) - epoch_us(b.t)) // 60000000 m
            from ({a}) a join ({b}) b on a.ref = b.id"""
        replies = self.rows(between.format(a="select posted_at t, article_id || parent_id ref from said where parent_id is not null", b="select posted_at t, article_id || comment_id id from c"))
        delays = self.rows(between.format(a="select posted_at t, article_id ref from said", b="select published_at t, article_id id from articles"))
        return {
            "with_comments": len(per), "without": self.one("select count(*) from articles") - len(per),
            "top_level": self.one("select count(*) from said where parent_id is null"), "replies": self.one("select count(*) from said where parent_id is not null"),
            "inferred": self.one("select count(*) from said where inferred_parent_id is not null"),
            "comments": distribution([r[1] for r in per], "count"), "depth": distribution([r[2] for r in per], "depth"), "width": distribution(width, "count"),
            "by_depth": distribution(self.column("select depth from said"), "depth"),
            "reply_minutes": distribution([m for k, m in replies if k == "known"], "minutes"),
            "replies_before": sum(k == "before" for k, _ in replies), "replies_undated": sum(k == "undated" for k, _ in replies),
            "delay_minutes": distribution([m for k, m in delays if k == "known"], "minutes"),
            "comments_before": sum(k == "before" for k, _ in delays), "comments_undated": sum(k == "undated" for k, _ in delays),
        }

    def activity(self):
        if self.release and self.release["commenter_scope"] != "corpus":  # no pseudonym stands for a person
            return {"commenters": 0, "comments": 0, "gini_per_mille": 0, "top": [], "per_commenter": distribution([], "count"), "articles": distribution([], "count")}
        # Counted from the comments, not from the table of commenters.
        per = sorted(self.column("select count(*) from comments where commenter_id is not null group by commenter_id"))
        articles = self.column("select count(distinct article_id) from comments where commenter_id is not null group by commenter_id")
        n, total = len(per), sum(per)
        gini = 0
        if n and total:
            above = 2 * sum((i + 1) * x for i, x in enumerate(per)) - (n + 1) * total
            gini = (2000 * above + n * total) // (2 * n * total)
        top = []
        for per_mille in [10, 100] if n else []:
            k = -(-n * per_mille // 1000)
            most = sum(per[n - k:])
            top.append({"per_mille": per_mille, "commenters": k, "comments": most, "share_per_mille": most * 1000 // total})
        return {"commenters": n, "comments": total, "gini_per_mille": gini, "top": top, "per_commenter": distribution(per, "count"), "articles": distribution(articles, "count")}

    def missing(self):
        """rows of {table, column} that are null, or an empty list."""
        found = {}
        for table in self.files:
            for name, typ in self.rows(f"select column_name, column_type from (describe {table})"):
                empty = f'len("{name}") = 0' if typ.endswith("[]") else f'"{name}" is null'
                n = self.one(f"select count(*) from {table} where {empty}")
                if n:
                    found[table, name] = n
        return found

    def reasons(self):
        """Some reasons of missing values, by another way than the builder's."""
        if self.release:
            keeps = {"full": ["full"], "gated": ["full", "gated"], "standoff": []}[self.release["tier"]]
            held = f"tier not in ({', '.join(repr(t) for t in [*keeps, ''])})"
            return {
                ("comments", "text"): self.counts("select case when n_chars > 0 then 'withheld' else state end, count(*) from comments where text is null group by 1"),
                ("articles", "text"): self.counts("select case when n_chars > 0 then 'withheld' else state end, count(*) from articles where text is null group by 1"),
                ("articles", "title"): self.counts(f"select case when {held} then 'withheld' else 'not_stated' end, count(*) from articles where title is null group by 1"),
                ("articles", "byline"): self.counts(f"select case when {held} then 'withheld' else 'not_stated' end, count(*) from articles where len(byline) = 0 group by 1"),
                ("captures", "text_sha256"): self.counts("select 'withheld', count(*) from captures having count(*) > 0"),
            }
        return {
            ("comments", "text"): self.counts("select state, count(*) from comments where text is null group by 1"),
            ("comments", "posted_at"): self.counts("select case when state = 'missing' then 'placeholder' when posted_local is null then 'not_stated' else 'no_zone' end, count(*) from comments where posted_at is null group by 1"),
            ("comments", "parent_id"): self.counts("select case when state = 'missing' then 'placeholder' else 'top_level' end, count(*) from comments where parent_id is null group by 1"),
            ("comments", "lang"): self.counts("select case when state = 'missing' then 'placeholder' when text is null then 'no_text' else 'not_told' end, count(*) from comments where lang is null group by 1"),
            ("articles", "published_at"): self.counts("select case when published_local is null then 'not_stated' else 'no_zone' end, count(*) from articles where published_at is null group by 1"),
            ("articles", "rights_holder"): self.counts("select 'not_declared', count(*) from articles where rights_holder is null having count(*) > 0"),
            ("articles", "near_duplicate_cluster"): self.counts("select 'no_duplicate', count(*) from articles where near_duplicate_cluster is null having count(*) > 0"),
        }

    def duplicates(self):
        members, clusters = self.rows("select count(*), count(distinct cluster_id) from duplicates")[0]
        exact = self.one("select count(*) from duplicates where not kept and rule = 'exact'")
        return {"clusters": clusters, "members": members, "exact": exact, "near": members - clusters - exact}

    def personal(self):
        spans = {k: 0 for k in MASKS}
        for t in ["articles", "comments"]:
            for kind, n in self.rows(f"select s.kind, count(*) from (select unnest(spans) s from {t}) group by 1"):
                spans[kind] += n
        holding = {t: self.one(f"select count(*) from {t} where len(list_filter(spans, lambda s: s.kind <> 'link')) > 0") for t in ["articles", "comments"]}
        return {"spans": [{"name": k, "n": spans[k]} for k in MASKS], **holding, "names_left": self.manifest["masked"]["names_left"]}

    def timeframe(self):
        def period(query):
            lo, hi, known, unknown = self.rows(query)[0]
            return {"from": lo or "", "to": hi or "", "known": known, "unknown": unknown}

        return {
            "captured": period("select strftime(min(captured_at), '%Y-%m-%dT%H:%M:%SZ'), strftime(max(captured_at), '%Y-%m-%dT%H:%M:%SZ'), count(captured_at), count(*) - count(captured_at) from captures"),
            "published": period("select min(published_local), max(published_local), count(published_local), count(*) - count(published_local) from articles"),
            "posted": period("select min(posted_local), max(posted_local), count(posted_local), count(*) - count(posted_local) from comments"),
            "captured_by_month": self.counts("select strftime(captured_at, '%Y-%m'), count(*) from captures group by 1"),
        }

    def ledger(self):
        if self.release:  # it left as counts
            reasons = [(o, r, n) for o, by in self.release["ledger"].items() for r, n in by.items()]
            total = lambda of: [{"name": o, "n": n} for o, n in sorted(of.items()) if n]  # noqa: E731
            return {
                "documents": sum(n for _, _, n in reasons), "outcomes": total({o: sum(by.values()) for o, by in self.release["ledger"].items()}),
                "reasons": [{"outcome": o, "reason": r, "n": n} for o, r, n in sorted(reasons) if r],
                "sources": [{"source_id": s["source_id"], "documents": s["documents"], "outcomes": total(s["outcomes"]),
                             **{k: s[k] for k in ["comments_read", "comments_kept", "comments_duplicate", "comments_excluded"]}} for s in self.manifest["sources"]],
            }
        sources = []
        for s in sorted(self.column("select source_id from sources"), key=str.encode):
            n, read, kept, dup, ex = self.rows(f"select count(*), coalesce(sum(n_comments_read), 0), coalesce(sum(n_comments_kept), 0), coalesce(sum(n_comments_duplicate), 0), coalesce(sum(n_comments_excluded), 0) from ledger where source_id = '{s}'")[0]
            sources.append({"source_id": s, "documents": n, "outcomes": self.counts(f"select outcome, count(*) from ledger where source_id = '{s}' group by 1"),
                            "comments_read": int(read), "comments_kept": int(kept), "comments_duplicate": int(dup), "comments_excluded": int(ex)})
        reasons = self.rows("select outcome, reason, count(*) from ledger where reason is not null group by all")
        return {
            "documents": self.one("select count(*) from ledger"), "outcomes": self.counts("select outcome, count(*) from ledger group by 1"),
            "reasons": [{"outcome": o, "reason": r, "n": n} for o, r, n in sorted(reasons)], "sources": sources,
        }

    def leaks(self):
        if self.manifest["splits"] == "none":
            return None
        report = json.loads((self.dir / "audit/splits.json").read_text())
        list_ = []
        for texts in report["texts"]:
            of, in_ = texts["of"], texts["in"]
            if self.release:  # counted with the pseudonyms of the build
                who = next(c for c in report["commenters"] if (c["of"], c["in"]) == (of, in_))
                list_.append({
                    "of": of, "in": in_, "articles": self.one(f"select count(*) from articles where split = '{of}'"), "equal_texts": texts["equal_texts"], "shared_200": texts["shared_200"],
                    **{k: who[k] for k in ["comments", "comments_seen", "commenters", "commenters_seen"]},
                })
                continue
            comments, commenters = self.rows(f"select count(*), count(distinct commenter_id) from comments where split = '{of}' and commenter_id is not null")[0]
            seen, who = self.rows(f"select count(*), count(distinct commenter_id) from comments where split = '{of}' and commenter_id in (select commenter_id from comments where split = '{in_}')")[0]
            list_.append({
                "of": of, "in": in_, "articles": self.one(f"select count(*) from articles where split = '{of}'"),
                "equal_texts": texts["equal_texts"], "shared_200": texts["shared_200"],
                "comments": comments, "comments_seen": seen, "commenters": commenters, "commenters_seen": who,
            })
        shares = self.manifest["split_shares"]
        return {"rule": self.manifest["splits"], "shares": [{"name": s, "n": shares[s]} for s in ["train", "validation", "test"]], "leaks": list_}

    def statistics(self):
        """All but values and missing, which are compared by themselves."""
        return {
            "form": 1, "corpus": self.manifest["corpus"], "version": self.manifest["version"], "tables_sha256": self.tables_sha256(), "tables": self.tables(),
            "articles": self.records("articles", "published_local"), "comments": self.records("c", "posted_local"), "rights": self.rights(),
            "threads": self.threads(), "activity": self.activity(), "duplicates": self.duplicates(), "personal_data": self.personal(),
            "timeframe": self.timeframe(),
            "opt_outs": {"articles": self.one("select count(*) from articles where len(opt_out) > 0"),
                         "signals": self.counts("select o, count(*) from (select unnest(opt_out) o from articles) group by 1")},
            "extractors": self.counts("select extractor, count(*) from articles group by 1"), "ledger": self.ledger(), "splits": self.leaks(),
        }
