"""Runs the examples of docs/loading.md that need an environment of their own.

usage: run_examples.py KIND DIR    KIND is the word behind "python" in the fence
"""
import pathlib
import re
import sys

kind, folder = sys.argv[1:]
page = pathlib.Path(__file__).parents[2] / "docs" / "loading.md"
examples = re.findall(rf"^```python {kind}\n(.*?)^```", page.read_text(), re.M | re.S)
if not examples:
    sys.exit(f"FAILED: docs/loading.md has no example for {kind}")
for i, example in enumerate(examples):
    exec(compile(example.replace("PATH", folder.rstrip("/")), f"docs/loading.md, {kind} {i + 1}", "exec"), {})
print(f"docs/loading.md: {len(examples)} example for {kind} runs")
