#!/usr/bin/env python3
"""Lower the weights of triggers that annotated reports disprove.

usage: lower_weights.py SCORER RULES REPORTS=RECORDS ...

SCORER is score.py of the gold annotations, RULES a folder laid out as data/ (changed in place), REPORTS a folder of
NAME.txt with NAME.gold.json, RECORDS what `doleance code --format jsonl` printed for them. A weight w becomes
(6 w + right) / (6 + right + wrong) where that is less: six sightings' worth of trust in whoever wrote it. A trigger is
right where the kind of its record is matched in the annotations, whatever its place and date.
"""
import collections, importlib.util, json, re, sys
from pathlib import Path

TRUST = 6
LEAST = 0.05


def count(score, reports, records):
    """Right and wrong records of each trigger."""
    events = collections.defaultdict(list)
    for line in Path(records).read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        if record["record"] == "event":
            events[Path(record["doc"]).name].append(record)
    for path in sorted(Path(reports).glob("*.gold.json")):
        annotation = json.loads(path.read_text(encoding="utf8"))
        name = annotation.get("document") or path.name.replace(".gold.json", ".txt")
        text = (path.parent / name).read_text(encoding="utf8")
        spans = score.sentences(text)
        coded = events.get(name, [])
        edges = []
        for gold in annotation["events"]:
            gold["_places"] = annotation.get("places", {})
            told = {score.sentence_of(spans, m.start()) for m in re.finditer(re.escape(gold["evidence"]), text)}

            def fits(record):
                if not score.kind_ok(gold, record["kind"]):
                    return False
                if score.sentence_of(spans, record["trigger"]["start"]) in told:
                    return True
                return score.specific(gold) and score.place_ok(gold, gold.get("place"), record.get("place"))

            edges.append([number for number, record in enumerate(coded) if fits(record)])
        matched = set(score.max_matching(len(annotation["events"]), edges))
        for number, record in enumerate(coded):
            yield record["rules"][0], number in matched


def lower(path, counts):
    """Rewrites one file of triggers; returns how many weights it lowered."""
    text, lowered = path.read_text(encoding="utf8"), 0
    blocks = re.split(r"(?m)^(?=\[\[trigger\]\])", text)
    for at, block in enumerate(blocks):
        name = re.search(r'(?m)^id = "([^"]+)"', block)
        weight = re.search(r"(?m)^weight = ([\d.]+)", block)
        right, wrong = counts.get(name[1], (0, 0)) if name else (0, 0)
        if not weight or right + wrong < 2:
            continue
        old = float(weight[1])
        new = max(LEAST, round((TRUST * old + right) / (TRUST + right + wrong), 2))
        if new < old:
            blocks[at] = f"{block[: weight.start(1)]}{new}{block[weight.end(1) :]}"
            lowered += 1
    path.write_text("".join(blocks), encoding="utf8")
    return lowered


def main():
    if len(sys.argv) < 4 or not all("=" in pair for pair in sys.argv[3:]):
        sys.exit(__doc__)
    spec = importlib.util.spec_from_file_location("score", sys.argv[1])
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    counts = collections.defaultdict(lambda: [0, 0])
    for reports, records in (pair.split("=", 1) for pair in sys.argv[3:]):
        for trigger, right in count(score, reports, records):
            counts[trigger][not right] += 1
    files = sorted(Path(sys.argv[2]).glob("languages/*/triggers/*.toml"))
    print(sum(lower(path, counts) for path in files), "weights lowered")


if __name__ == "__main__":
    main()
