"""Checks the front matter of README.md by the rules of the Hugging Face Hub:
the keys of datasetcard.md, the licence keys of repositories-licenses.md, and
the closed lists of its dataset card specification.

usage: check_card.py DIR
"""
import json
import pathlib
import re
import sys

import yaml

folder = pathlib.Path(sys.argv[1])
text = (folder / "README.md").read_text()
front = yaml.safe_load(re.match(r"---\n(.*?)\n---\n", text, re.S).group(1))
manifest = json.loads((folder / "manifest.json").read_text())


def check(ok, what):
    if not ok:
        sys.exit(f"FAILED: README.md: {what}")


KEYS = {
    "pretty_name", "language", "language_details", "license", "license_name", "license_link", "license_details", "tags", "annotations_creators", "language_creators",
    "multilinguality", "size_categories", "source_datasets", "task_categories", "task_ids", "paperswithcode_id", "configs", "dataset_info", "train-eval-index", "viewer",
    "extra_gated_prompt", "extra_gated_fields", "extra_gated_heading", "extra_gated_description", "extra_gated_button_content",
}
LICENSES = set("""apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0 bigcode-openrail-m afl-3.0 artistic-2.0 bsl-1.0 bsd bsd-2-clause
bsd-3-clause bsd-3-clause-clear c-uda cc cc0-1.0 cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nd-4.0
cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 wtfpl ecl-2.0 epl-1.0 epl-2.0
etalab-2.0 eupl-1.1 agpl-3.0 gfdl gpl gpl-2.0 gpl-3.0 lgpl lgpl-2.1 lgpl-3.0 isc lppl-1.3c ms-pl mpl-2.0 odc-by odbl openrail++ osl-3.0 postgresql ofl-1.1 ncsa unlicense
zlib pddl lgpl-lr deepfloyd-if-license llama2 gemma unknown other""".split())
SIZES = ["n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B", "1B<n<10B", "10B<n<100B", "100B<n<1T", "n>1T"]

check(front.keys() <= KEYS, f"keys that the Hub does not know: {front.keys() - KEYS}")
check(front["license"] in LICENSES, f"license {front['license']}")
check((front["license"] == "other") == ("license_name" in front), "license: other needs a license_name")
if "license_link" in front:
    check((folder / front["license_link"]).exists(), "license_link names a file")
check(re.fullmatch(r"[a-z0-9-]+", front.get("license_name", "x")), "license_name")
check(all(re.fullmatch(r"[a-z]{2,3}", code) for code in front.get("language", [])), f"language {front.get('language')}")
check(set(front["annotations_creators"]) <= {"found", "crowdsourced", "expert-generated", "machine-generated", "no-annotation", "other"}, "annotations_creators")
check(set(front["language_creators"]) <= {"found", "crowdsourced", "expert-generated", "machine-generated", "other"}, "language_creators")
check(set(front.get("multilinguality", [])) <= {"monolingual", "multilingual", "translation", "other"}, "multilinguality")
check(set(front["source_datasets"]) <= {"original", "extended"}, "source_datasets")
n = manifest["rows"]["articles"] + manifest["rows"]["comments"]
check(front["size_categories"] == [SIZES[max(0, len(str(n)) - 3)]], f"size_categories of {n} rows: {front['size_categories']}")
check(all(isinstance(t, str) and t for t in front["tags"]), "tags")
check([c["config_name"] for c in front["configs"]] == [i["config_name"] for i in front["dataset_info"]], "configs and dataset_info name the same tables")
check({c["config_name"] for c in front["configs"]} == {t for t, n in manifest["rows"].items() if n}, "every table with rows is a configuration")
check([c["config_name"] for c in front["configs"] if c.get("default")] == ["articles"], "one default")
for c, info in zip(front["configs"], front["dataset_info"]):
    name = c["config_name"]
    listed = [f for f in manifest["files"] if f.get("table") == name]
    matched = sorted(p.relative_to(folder).as_posix() for d in c["data_files"] for p in folder.glob(d["path"]))
    check(matched == [f["path"] for f in listed], f"{name}: the pattern finds {matched}")
    check(info["splits"] == [{"name": "train", "num_bytes": info["download_size"], "num_examples": manifest["rows"][name]}], f"{name}: {info['splits']}")
    check(info["download_size"] == sum(f["bytes"] for f in listed), f"{name}: download_size")
    check(all(("dtype" in f) != ("list" in f) for f in info["features"]), f"{name}: features")
print(f"README.md: {len(front)} keys by the rules of the Hub, {len(front['configs'])} configurations")
