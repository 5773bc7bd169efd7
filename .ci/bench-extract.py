"""Processor time of `corpus extract` and of resiliparse over the same pages.

usage: bench-extract.py LIST CORPUS    LIST holds paths ended by NUL
       bench-extract.py LIST           extracts with resiliparse, a JSON object a page
"""

import json
import os
import subprocess
import sys


def resiliparse(paths):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    for path in paths:
        with open(path, "rb") as f:
            page = f.read()
        tree = HTMLTree.parse(bytes_to_str(page, detect_encoding(page)))
        print(json.dumps({"title": tree.title, "text": extract_plain_text(tree, main_content=True, comments=True)}))


def spent(command, paths):
    """Seconds of processor time and peak memory in MiB of command over paths."""
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(["taskset", "-c", "0", *command], stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 3):  # 3: pages without content
        sys.exit(f"{command[0]} ended with {code}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    with open(sys.argv[1], "rb") as f:
        paths = [p.decode() for p in f.read().split(b"\0") if p]
    if len(sys.argv) == 2:
        resiliparse(paths)
        return
    size = sum(os.path.getsize(p) for p in paths)
    programs = {
        "corpus extract": [sys.argv[2], "extract", "-q", *paths],
        "resiliparse": [sys.executable, __file__, sys.argv[1]],
    }
    least = {}
    for _ in range(3):
        for name, command in programs.items():
            least[name] = min(least.get(name, (1e9, 0)), spent(command, paths))
    print(f"{len(paths)} pages, {size / 1e6:.1f} MB")
    for name, (seconds, memory) in least.items():
        print(f"{name:15} {seconds:6.2f} s, {len(paths) / seconds:5.0f} pages/s, {size / 1e6 / seconds:5.1f} MB/s, peak {memory:.0f} MiB")
    ratio = least["corpus extract"][0] / least["resiliparse"][0]
    print(f"corpus extract takes {ratio:.2f} times the processor time of resiliparse")


main()
