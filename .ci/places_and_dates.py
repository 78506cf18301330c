#!/usr/bin/env python3
"""Of the events that are coded with the right kind: how many have the right place, how many the right date.

usage: places_and_dates.py SCORE.py RECORDS.jsonl GOLD_DIR [RECORDS.jsonl GOLD_DIR ...]

SCORE.py is the scorer beside the gold; what is right is what it calls right. Records are paired with gold events of their
kind, each once, so that first as many as can be are wholly right, then as many as can be in place or date.
"""
import importlib.util
import json
import sys
from pathlib import Path


def load(path):
    spec = importlib.util.spec_from_file_location("score", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def pairs_of_kind(scorer, gold, text, records):
    """For each gold event the records of its kind: (number of the record, place right, date right)."""
    spans = scorer.sentences(text)
    sentence = [scorer.sentence_of(spans, record["trigger"]["start"]) for record in records]
    found = []
    for event in gold["events"]:
        event["_places"] = gold.get("places", {})
        starts = []
        at = text.find(event["evidence"])
        while at >= 0:
            starts.append(at)
            at = text.find(event["evidence"], at + 1)
        own = {scorer.sentence_of(spans, start) for start in starts}
        fitting = []
        for number, record in enumerate(records):
            placed = scorer.place_ok(event, event.get("place"), record.get("place"))
            elsewhere = sentence[number] not in own and not (placed and scorer.specific(event))
            if scorer.kind_ok(event, record["kind"]) and not elsewhere:
                fitting.append((number, placed, scorer.date_ok(event, record.get("time"))))
        found.append(fitting)
    return found


def pair(pairs, required):
    """Record -> gold event, wholly right pairs first."""
    owner = {}

    def give(event, seen, wanted):
        for number, placed, dated in pairs[event]:
            if not wanted(placed, dated) or number in seen:
                continue
            seen.add(number)
            if number not in owner or give(owner[number], seen, wanted):
                owner[number] = event
                return True
        return False

    for wanted in (lambda p, d: p and d, lambda p, d: p or d, lambda p, d: True):
        for event in required:
            if event not in owner.values():
                give(event, set(), wanted)
    return owner


def count(scorer, records_file, folder):
    by_report = {}
    for line in records_file.read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        if record["record"] == "event":
            by_report.setdefault(Path(record["doc"]).name, []).append(record)
    kinds = places = dates = 0
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf8"))
        records = by_report.get(gold["document"], [])
        text = (folder / gold["document"]).read_text(encoding="utf8")
        pairs = pairs_of_kind(scorer, gold, text, records)
        optional = [bool(event.get("optional")) for event in gold["events"]]
        order = sorted(range(len(pairs)), key=lambda event: optional[event])
        for number, event in pair(pairs, order).items():
            if optional[event]:
                continue
            placed, dated = next((p, d) for n, p, d in pairs[event] if n == number)
            kinds, places, dates = kinds + 1, places + placed, dates + dated
    return kinds, places, dates


def main():
    scorer, rest = load(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]]
    total = [0, 0, 0]
    for records_file, folder in zip(rest[0::2], rest[1::2]):
        counts = count(scorer, records_file, folder)
        total = [a + b for a, b in zip(total, counts)]
        show(folder, counts)
    show("together", total)


def show(name, counts):
    kinds, places, dates = counts
    print(f"{name}: {kinds} of the right kind, place {places} ({places / kinds:.4f}), date {dates} ({dates / kinds:.4f})")


if __name__ == "__main__":
    main()
