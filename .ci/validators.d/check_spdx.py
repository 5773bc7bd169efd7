"""Every expression of the table of licence statements, and of the version's tables,
is one for the SPDX parser of another project: check_spdx.py TABLE.json VERSION..."""
import json
import re
import sys

import duckdb
from license_expression import get_spdx_licensing

NONE = "NOASSERTION"  # is no expression, SPDX 2.3, section 7.13
REFERENCE = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")  # annex D.2; the parser knows the listed ones alone
parser = get_spdx_licensing()


def wrong(expression):
    if expression == NONE:
        return []
    return parser.validate(REFERENCE.sub("MIT", expression)).errors


failed = []
with open(sys.argv[1], encoding="utf-8") as f:
    cases = json.load(f)
for case in cases:
    failed += [f"{case['name']}: {case['license']}: {e}" for e in wrong(case["license"])]
expressions = {case["license"] for case in cases}
for version in sys.argv[2:]:
    for query in (
        "select distinct license from read_parquet('{0}/data/articles/*.parquet')",
        "select distinct license from read_parquet('{0}/data/comments/*.parquet')",
        "select distinct s.license from (select unnest(license_statements) as s from read_parquet('{0}/data/articles/*.parquet')) where s.license is not null",
    ):
        for (expression,) in duckdb.sql(query.format(version.rstrip("/"))).fetchall():
            expressions.add(expression)
            failed += [f"{version}: {expression}: {e}" for e in wrong(expression)]
if wrong("CC-BY-9.0") == [] or wrong("MIT OR anything") == []:
    failed.append("the parser takes everything")
for line in failed:
    print(line)
if failed or len(cases) < 80:
    sys.exit(1)
print(f"{len(expressions)} licence expressions of {len(cases)} statements and the tables are SPDX")
