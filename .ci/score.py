#!/usr/bin/env python3
"""Score the built program on the gold and fail below the floor.

usage: score.py GOLD_DIR DOLEANCE FLOOR.json

FLOOR.json gives for each group of reports the least value of each figure, as `figure.f1` or `status_accuracy`.
Groups: the statement; the French and the English reports directly in GOLD_DIR; all of GOLD_DIR/train, and its two
halves (every second report by name: `held_out` was not looked at while rules were written).
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path


def documents(folder):
    """Name and language of each report, by name."""
    found = []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf8"))
        found.append((gold["document"], gold["language"]))
    return found


def code(scripts, folder, program, names):
    """The records of the reports named."""
    lines = subprocess.run([sys.executable, scripts / "as_reports.py", folder], check=True, capture_output=True).stdout
    wanted = [line for line in lines.splitlines() if json.loads(line)["id"] in names]
    command = [program, "code", "--format", "jsonl", "-"]
    return subprocess.run(command, input=b"\n".join(wanted), check=True, stdout=subprocess.PIPE).stdout


def score(scripts, folder, records, names):
    """The scorer's figures over the reports named, flat: {"event.f1": 0.8, "status_accuracy": 0.9}."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(records)
        file.flush()
        command = [sys.executable, scripts / "score.py", folder, file.name, "--json"]
        for name in names:
            command += ["--doc", name]
        result = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    flat = {}
    for name, value in result.items():
        if isinstance(value, dict):
            flat.update({f"{name}.{part}": figure for part, figure in value.items()})
        else:
            flat[name] = value
    return flat


def main():
    gold, program, floor_file = Path(sys.argv[1]), Path(sys.argv[2]).resolve(), Path(sys.argv[3])
    gold = gold.resolve()
    floor = json.loads(floor_file.read_text(encoding="utf8"))
    packs = ("fr", "en")
    direct = [(name, language) for name, language in documents(gold) if language in packs]
    train = [(name, language) for name, language in documents(gold / "train") if language in packs]
    groups = {
        "statement": (gold, [name for name, _ in direct if name == "kz-2022-statement.fr.txt"]),
        "fr": (gold, [name for name, language in direct if language == "fr"]),
        "en": (gold, [name for name, language in direct if language == "en"]),
        "train_seen": (gold / "train", [name for name, _ in train[0::2]]),
        "train_held_out": (gold / "train", [name for name, _ in train[1::2]]),
        "train": (gold / "train", [name for name, _ in train]),
    }
    records = {
        gold: code(gold, gold, program, {name for name, _ in direct}),
        gold / "train": code(gold, gold / "train", program, {name for name, _ in train}),
    }
    shown = ("kind.f1", "place.f1", "event.precision", "event.recall", "event.f1", "claim.f1", "link.f1", "numbers.f1",
             "status_accuracy")
    failures = []
    print(f"{'':<16}" + "".join(f"{name:>17}" for name in shown))
    for group, (folder, names) in groups.items():
        if not names:
            continue
        figures = score(gold, folder, records[folder], names)
        print(f"{group:<16}" + "".join(f"{figures.get(name, float('nan')):>17.4f}" for name in shown))
        for name, least in floor.get(group, {}).items():
            if figures.get(name, 0.0) < least:
                failures.append(f"{group}: {name} is {figures.get(name, 0.0)}, below the floor of {least}")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
