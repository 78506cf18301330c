#!/usr/bin/env python3
"""Print the figures of docs/performance.md that are about datasets.

usage: measure_dataset.py DOLEANCE [REPORTS]

REPORTS reports (10,000 unless given) are made of the example reports: each takes the paragraphs of one example in another
order, its own day of publication and outlet, and figures of its own. `code` and `ingest` run over the same file with
the same number of threads, one after the other; then the dataset is merged and searched. Wall times mean something on a
quiet machine only; processor time is shown beside them.
"""
import functools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

print = functools.partial(print, flush=True)


def examples(folder):
    for path in sorted(folder.glob("*.md")):
        _, front, text = path.read_text(encoding="utf8").split("---\n", 2)
        yield dict(re.findall(r"^(published|language|country): (\S+)$", front, re.M)), text.strip().split("\n\n")


def varied(number, sources):
    """Report `number`: an example retold on another day, elsewhere, with other figures."""
    of = random.Random(number)
    fields, paragraphs = sources[number % len(sources)]
    head, rest = paragraphs[:1], paragraphs[1:]
    of.shuffle(rest)
    figure = lambda found: str(max(2, int(int(found.group()) * of.uniform(0.5, 2))))
    text = re.sub(r"(?<![\d.,:/-])\b\d{2,3}\b(?![\d.,:/-])", figure, "\n\n".join(head + rest))
    day = date.fromisoformat(fields["published"]) + timedelta(days=of.randrange(365))
    return {**fields, "id": f"report-{number}.txt", "published": str(day), "source": f"Outlet {number % 97}", "text": text}


def run(*arguments):
    """Seconds by the wall, seconds of processor time, peak of memory in MiB, what was printed."""
    begin = time.perf_counter()
    child = subprocess.Popen(arguments, stdout=subprocess.PIPE)
    printed = b"".join(iter(lambda: child.stdout.read(1 << 16), b""))
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(arguments)} ended with status {status}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    jobs = str(len(os.sched_getaffinity(0)))
    sources = list(examples(Path(__file__).parent.parent / "examples"))
    with tempfile.TemporaryDirectory() as folder:
        many, dataset = os.path.join(folder, "many.jsonl"), os.path.join(folder, "chronicle.db")
        words = 0
        with open(many, "w", encoding="utf8") as file:
            for number in range(count):
                report = varied(number, sources)
                words += len(report["text"].split())
                file.write(json.dumps(report, ensure_ascii=False) + "\n")
        wall, busy, memory, printed = run(program, "code", "--format", "jsonl", "--jobs", jobs, many)
        records = printed.count(b"\n")
        print(f"code: {count:,} reports, {words:,} words, {records:,} records in {wall:.1f} s ({busy:.1f} s of processor), "
              f"{memory:.0f} MiB")
        coding = (wall, busy)
        wall, busy, memory, _ = run(program, "ingest", "-d", dataset, "--jobs", jobs, many)
        print(f"ingest: {wall:.1f} s ({busy:.1f} s of processor), {memory:.0f} MiB: {coding[0] / wall:.0%} of the speed of "
              f"code by the wall, {coding[1] / busy:.0%} by processor time")
        wall, busy, memory, printed = run(program, "merge", "-d", dataset)
        print(f"merge: {wall:.1f} s ({busy:.1f} s of processor), {memory:.0f} MiB: {printed.decode().splitlines()[0]}")
        for query in ("strike", "greve port", '"general strike"', "dock* police"):
            runs = [run(program, "search", "-d", dataset, query) for _ in range(5)]
            print(f"search {query}: {min(r[0] for r in runs) * 1000:.0f} ms ({min(r[1] for r in runs) * 1000:.0f} ms of "
                  f"processor), start and end of the program included")


if __name__ == "__main__":
    main()
