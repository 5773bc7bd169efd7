"""Looks at the releases of a build by means of their own: pyarrow and search.py.

usage: releases.py open CONFIG        declares in CONFIG what the gates ask for, and a policy with every tier
       releases.py check DIR VERSION  checks DIR/VERSION+full, +gated, +standoff and what was filled in again

1. No sentence, title or name of a withheld record is anywhere in a release,
   decoded or not; every one is found in the build by the same search.
2. Each column holds what its class allows in its row, as the files state it.
3. Open releases of other scopes have no pseudonym in common.
4. What rehydrate wrote is the build, column by column, but for what the release
   renamed and left out.
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile


checks = 0


def check(ok, what):
    global checks
    checks += 1
    if not ok:
        sys.exit(f"FAILED: {what}")


POLICY = """policy:
  default: standoff
  rules:
    - {name: broken, tier: excluded, record: [comment], source: [broken]}
    - {name: open articles, tier: full, record: [article], license: [CC-BY-*, CC-BY-SA-*]}
    - {name: readers of the gazette, tier: gated, record: [comment], source: [gazette]}
    - {name: letters, tier: full, record: [comment], source: [letters]}
"""


def open_gates(config):
    text = pathlib.Path(config).read_text()
    head, rest = text.split("\nsources:\n", 1)
    if "\npolicy:" not in head:
        head += "\n" + POLICY
    parts = []
    for part in re.split(r"(?m)^(?=  - id: )", rest):
        if part.startswith("  - id: ") and "    consent:" not in part:
            part = part.replace("    collection:", "    consent: *university\n    collection:", 1)
        if part.startswith("  - id: ") and "art14:" not in part and "*university" not in part:
            part = part.replace("    consent:\n", "    consent:\n      art14: eu-gdpr:A14\n", 1)
        parts.append(part)
    pathlib.Path(config).write_text(head + "\nsources:\n" + "".join(parts))


def table(version, name):
    import pyarrow.dataset as ds

    return ds.dataset(str(version / name)).to_table()


def rows(version, name):
    return table(version, name).to_pylist()


KEPT = {"full": {"full"}, "gated": {"full", "gated"}, "standoff": set()}


def sentences(text):
    """Parts of a text that are long enough to be nobody else's."""
    for line in (text or "").split("\n"):
        for s in re.split(r"(?<=[.!?…])\s+", line):
            if len(s) >= 24 and " " in s.strip():
                yield s.strip()


def search(folder, strings, *options):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as f:
        f.write("".join(s + "\n" for s in strings))
        f.flush()
        return subprocess.run([sys.executable, str(pathlib.Path(__file__).parent / "search.py"), *options, str(folder), f.name], capture_output=True, text=True)


def check_search(build, release, tier):
    kept, withheld = [], []
    for name in ("data/articles", "data/comments"):
        for r in rows(build, name):
            words = [*sentences(r["text"])]
            if name == "data/articles":
                words += [s for s in [r["title"], r["subtitle"]] if s and len(s) >= 24]
                if tier == "standoff":
                    words += r["byline"]
            (kept if r["tier"] in KEPT[tier] else withheld).extend(words)
    everything_kept = " ".join(" ".join(kept).split()).casefold()
    strings = sorted({s for s in withheld if " ".join(s.split()).casefold() not in everything_kept and not s.startswith("# ")})
    check(len(strings) > 20, f"{tier}: only {len(strings)} sentences are withheld")
    found = search(build, strings, "--all")
    check(found.returncode == 0, f"{tier}: the search does not find in the build what is there:\n{found.stdout[-2000:]}")
    found = search(release, strings)
    check(found.returncode == 0, f"{tier}: what is withheld is in the release:\n{found.stdout[-3000:]}")
    short = [s for s in strings if len(s) < 64]
    found = search(release, short, "--digests")
    check(short and found.returncode == 0, f"{tier}: digests of what could be found by trying are in the release:\n{found.stdout[-3000:]}")
    print(f"+{tier}: of {len(strings)} sentences, titles and names that are withheld none is in the release, all are in the build")
    # A text that could be found by trying has no digest, whole as it is.
    digests = sorted({
        hashlib.sha256(r["text"].encode()).hexdigest()
        for name in ("data/articles", "data/comments") for r in rows(build, name)
        if r["text"] and len(r["text"]) < 64 and r["tier"] not in KEPT[tier]
    } - {hashlib.sha256(r["text"].encode()).hexdigest() for name in ("data/articles", "data/comments") for r in rows(build, name) if r["text"] and r["tier"] in KEPT[tier]})
    check(digests and search(build, digests, "--all").returncode == 0, f"{tier}: the build lacks digests of short texts")
    check(search(release, digests).returncode == 0, f"{tier}: digests of short texts are in the release")
    print(f"+{tier}: none of {len(digests)} digests of withheld texts under 64 code points")


def check_loading(release, tier):
    """The release loads with one line a table that has rows."""
    import datasets

    datasets.disable_progress_bars()
    manifest = json.loads((release / "manifest.json").read_text())
    loaded = [name for name, n in manifest["rows"].items() if n]
    check(sorted(datasets.get_dataset_config_names(str(release))) == sorted(loaded), f"{tier}: datasets: configurations")
    for name in loaded:
        n = manifest["rows"][name]
        check(datasets.load_dataset(str(release), name, split="train").num_rows == n, f"{tier}: datasets: rows of {name}")
    print(f"+{tier}: datasets {datasets.__version__} loads the {len(loaded)} tables that have rows")


def check_columns(release, tier):
    n = 0
    for name in ("data/articles", "data/comments", "audit/captures", "data/commenters", "data/sources", "audit/duplicates"):
        t = table(release, name)
        classes = {f.name: f.metadata[b"class"].decode() for f in t.schema}
        for r in t.to_pylist():
            with_text = r["tier"] in KEPT[tier] if "tier" in r else tier != "standoff"
            for column, kind in classes.items():
                n += 1
                empty = r[column] in (None, "", [])
                if kind == "internal":
                    check(empty, f"{tier}: {name}.{column} is internal and there")
                if kind in ("text", "person") and not with_text and name != "audit/captures":
                    check(empty, f"{tier}: {name}.{column} is there in a row of tier {r.get('tier')}")
            if "text_sha256" in r and name != "audit/captures" and not with_text:
                check((r["text_sha256"] is not None) == (r["n_chars"] >= 64), f"{tier}: text_sha256 of {r['n_chars']} code points")
            check(r.get("tier") != "excluded" or r["state"] in ("missing", "tombstone"), f"{tier}: an excluded record is there")
    check(table(release, "audit/ledger").num_rows == 0, f"{tier}: the ledger left")
    print(f"+{tier}: {n} values are of a class that may be there")


def persons(version):
    return {r["commenter_id"] for r in rows(version, "data/comments")} - {None}


def check_rehydrated(build, filled, tier):
    renamed = {"comment_id", "parent_id", "thread_id", "inferred_parent_id", "commenter_id", "spans", "n_comments"}
    for name, key in (("data/articles", ["article_id"]), ("data/comments", ["article_id", "position"]), ("data/sources", ["source_id"])):
        there = {tuple(r[k] for k in key): r for r in rows(filled, name)}
        compared = 0
        for want in rows(build, name):
            got = there.get(tuple(want[k] for k in key))
            if want.get("tier") == "excluded":
                continue
            check(got is not None, f"{tier}: {name} {key} is not there again")
            for column, value in want.items():
                compared += 1
                if column == "spans":
                    check([(s["kind"], s["start"], s["end"], s["ref_id"] is None) for s in value] == [(s["kind"], s["start"], s["end"], s["ref_id"] is None) for s in got["spans"]], f"{tier}: spans")
                elif column not in renamed:
                    check(got[column] == value, f"{tier}: {name}.{column} of {key} is {got[column]!r}, not {value!r}")
        check(compared > 0, f"{tier}: nothing was compared")
        print(f"+{tier}: {name}, filled in again: {compared} values are those of the build")


def main():
    if sys.argv[1] == "open":
        open_gates(sys.argv[2])
        return
    folder, version = pathlib.Path(sys.argv[2]), sys.argv[3]
    build = folder / version
    for tier in KEPT:
        release = folder / f"{version}+{tier}"
        check_search(build, release, tier)
        check_columns(release, tier)
        check_loading(release, tier)
        check_rehydrated(build, folder / f"{version}+{tier}.rehydrated", tier)
    ours, article = persons(build), persons(folder / f"{version}+standoff")
    check(ours and article, "there are no pseudonyms")
    check(not ours & article, "the build and an open release share pseudonyms")
    check(persons(folder / f"{version}+gated") <= ours, "the pseudonyms of a gated release are those of the build")
    check(persons(folder / f"{version}+full") == article, "two open releases of one scope have other pseudonyms")
    print(f"{checks} checks")


main()
