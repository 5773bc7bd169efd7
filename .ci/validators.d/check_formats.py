"""Judges by libraries with an environment of their own: check_formats.py WHAT DIR.

WHAT is croissant, datacite, frictionless or licenses.
"""
import json
import logging
import pathlib
import sys

what, folder = sys.argv[1], pathlib.Path(sys.argv[2])


def fail(message):
    sys.exit(f"FAILED: {folder.name}: {message}")


def croissant():
    """No error and no warning, and every record set loads with all its rows."""
    import mlcroissant as mlc
    import pyarrow.parquet as pq
    from absl import logging as absl

    absl.set_verbosity(absl.ERROR)
    warnings = []

    class Keep(logging.Handler):
        def emit(self, record):
            warnings.append(record.getMessage())

    absl.get_absl_logger().addHandler(Keep(logging.WARNING))
    absl.set_verbosity(absl.WARNING)
    jsonld = folder / "croissant.json"
    dataset = mlc.Dataset(str(jsonld))
    issues = dataset.metadata.ctx.issues
    if issues.errors or issues.warnings or warnings:
        fail(f"croissant.json: {issues.report()} {warnings}")
    document = json.loads(jsonld.read_text())
    loaded = []
    for record_set in document["recordSet"]:
        name = record_set["@id"]
        records = list(mlc.Dataset(str(jsonld)).records(name))  # a graph keeps what it read
        if name == "splits":
            want = len(record_set["data"])
        else:
            table = pq.read_table(str(next(folder.glob(f"*/{name}"))), partitioning=None)
            want = table.num_rows
            compare(name, table.to_pylist(), records)
        if len(records) != want:
            fail(f"croissant.json: {name} loads {len(records)} records, there are {want}")
        loaded.append(f"{name} {want}")
    print(f"mlcroissant: no error, no warning; loads {', '.join(loaded)}")


def compare(name, rows, records):
    """Every value that mlcroissant loads is that of the file."""
    keys = ["article_id", "comment_id", "commenter_id", "record_id", "source_id", "input_sha256", "locator"]
    order = lambda r: [str(r.get(k)) for k in keys]  # noqa: E731
    plain = []
    for r in records:
        row = {}
        for k, v in r.items():
            k = k.removeprefix(name + "/")
            if isinstance(v, bytes):
                v = v.decode()
            elif isinstance(v, list):
                v = [{ck.rsplit("/", 1)[1]: cv.decode() if isinstance(cv, bytes) else cv for ck, cv in x.items()} if isinstance(x, dict) else x.decode() for x in v]
            row[k] = v
        plain.append(row)
    for want, got in zip(sorted(rows, key=order), sorted(plain, key=order)):
        for k, v in want.items():
            if got.get(k) != v and not (v == [] and got.get(k) is None):
                fail(f"croissant.json: {name}/{k} loads as {got.get(k)!r}, the file has {v!r}")


def datacite():
    from datacite import schema45

    schema45.validate(json.loads((folder / "datacite.json").read_text()))
    print("datacite.json: valid by the schema 4.5")


def frictionless():
    """The descriptor is valid, and every row by it. Two findings are of the
    reader and no faults: it takes no size of a Parquet file, and pandas gives it
    NaN for a null in a column of whole numbers."""
    import frictionless

    frictionless.system.trusted = True
    package = frictionless.Package(str(folder / "datapackage.json"))
    report = package.validate()
    nullable = {}
    for r in package.resources:
        for f in r.schema.fields:
            nullable[r.name, f.name] = f.type == "integer" and not f.required
    rows = 0
    for task in report.tasks:
        rows += task.stats.get("rows") or 0
        for e in task.errors:
            if e.type == "byte-count" and 'actual is "None"' in e.message:
                continue
            if e.type == "type-error" and e.cell == "nan" and nullable[task.name, e.field_name]:
                continue
            fail(f"datapackage.json: {task.name}: {e.message}")
    if report.errors:
        fail(f"datapackage.json: {report.errors}")
    files = [f for f in json.loads((folder / "manifest.json").read_text())["files"] if f.get("table")]
    if len(report.tasks) != len(files) or rows != sum(f["rows"] for f in files):
        fail(f"datapackage.json: {rows} rows of {len(report.tasks)} files were read")
    print(f"frictionless: {len(report.tasks)} resources, {rows} rows valid")


def licenses():
    """Every licence of a record, and of the documents, is an SPDX expression."""
    import duckdb
    from license_expression import get_spdx_licensing

    spdx = get_spdx_licensing()
    found = set()
    for table in ("articles", "comments", "sources"):
        found |= {r[0] for r in duckdb.sql(f"select distinct license from read_parquet('{folder}/data/{table}/*.parquet') where license is not null").fetchall()}
    for r in json.loads((folder / "datapackage.json").read_text()).get("licenses", []):
        found.add(r["name"])
    for x in sorted(found - {"NOASSERTION"}):
        known = [k for k in spdx.license_keys(x, unique=True) if not k.startswith("LicenseRef-")]
        errors = [e for e in spdx.validate(x).errors if "LicenseRef-" not in e]
        if errors or not known and "LicenseRef-" not in x:
            fail(f"{x} is no SPDX expression: {errors}")
    print(f"license-expression: {len(found)} licences, all SPDX")


{"croissant": croissant, "datacite": datacite, "frictionless": frictionless, "licenses": licenses}[what]()
