#!/usr/bin/env python3
"""Compare measured figures with their floors: eval.py FLOORS.json NAME=FIGURES.json..."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as f:
    floors = json.load(f)
failed = []
for argument in sys.argv[2:]:
    name, path = argument.split("=", 1)
    with open(path, encoding="utf-8") as f:
        figures = json.load(f)
    for missing in sorted(floors[name].keys() - figures.keys()):
        failed.append(f"{name} {missing}: not measured")
    for figure, value in sorted(figures.items()):
        floor = floors[name].get(figure)
        if floor is None:
            failed.append(f"{name} {figure}: {value:.4f}, no floor")
        elif value < floor:
            failed.append(f"{name} {figure}: {value:.4f} is below its floor {floor:.4f}")
for line in failed:
    print(line)
if not failed:
    print("no figure is below its floor")
sys.exit(1 if failed else 0)
