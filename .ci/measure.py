#!/usr/bin/env python3
"""Print the figures of docs/performance.md.

usage: measure.py DOLEANCE [--large]

The corpus is the example reports, repeated as JSON Lines. Wall times are of whole runs of the program, the best of
several, and mean something on a quiet machine only; processor time is shown beside them. The peak of memory is the
resident set that the kernel reports. --large adds one report of 100 MB, which takes minutes.
"""
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPEATS = 20
print = functools.partial(print, flush=True)


def reports(folder):
    """Text and metadata of each example."""
    for path in sorted(folder.glob("*.md")):
        _, front, text = path.read_text(encoding="utf8").split("---\n", 2)
        fields = dict(re.findall(r"^(published|language|country): (\S+)$", front, re.M))
        yield {"text": text, **fields}


def run(program, arguments, cores):
    """Seconds by the wall, seconds of processor time, peak of memory in MB, lines printed."""
    begin = time.perf_counter()
    child = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE,
                             preexec_fn=lambda: os.sched_setaffinity(0, cores))
    lines = sum(chunk.count(b"\n") for chunk in iter(lambda: child.stdout.read(1 << 16), b""))
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{program} ended with status {status}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, lines


def best(times, program, arguments, cores):
    runs = [run(program, arguments, cores) for _ in range(times)]
    return tuple(min(figure) for figure in zip(*runs))


def main():
    program = sys.argv[1]
    cores = sorted(os.sched_getaffinity(0))
    texts = list(reports(Path(__file__).parent.parent / "examples"))
    words = sum(len(report["text"].split()) for report in texts) * REPEATS
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        many = folder / "many.jsonl"
        with many.open("w", encoding="utf8") as file:
            for number in range(REPEATS):
                for report in texts:
                    file.write(json.dumps({"id": f"r{number}", **report}, ensure_ascii=False) + "\n")
        arguments = ["code", "--format", "jsonl", str(many)]
        one, busy, memory, lines = best(3, program, [*arguments, "--jobs", "1"], {cores[0]})
        print(f"one core: {words / one:,.0f} words/s by the wall, {words / busy:,.0f} words/s of processor time, "
              f"{memory:.0f} MB ({words:,} words, {lines:,} records)")
        if len(cores) > 1:
            two, _, memory, _ = best(3, program, [*arguments, "--jobs", "2"], set(cores[:2]))
            print(f"two cores: {words / two:,.0f} words/s by the wall, {one / two:.2f} times one core, {memory:.0f} MB")
        for language, sentence in (("en", "Dockers in Liverpool went on strike on Monday."),
                                   ("fr", "Les dockers sont en grève à Brest.")):
            short = folder / f"short.{language}.md"
            short.write_text(f"---\nlanguage: {language}\n---\n{sentence}\n", encoding="utf8")
            wall, busy, memory, _ = best(20, program, ["code", "--format", "jsonl", str(short)], set(cores))
            print(f"start to end of one sentence ({language}): {wall * 1000:.0f} ms by the wall, "
                  f"{busy * 1000:.0f} ms of processor time, {memory:.0f} MB")
        line = folder / "line.txt"
        line.write_text("Dockers in Liverpool went on strike on Monday. " * 50_000, encoding="utf8")
        long = [(line, "50,000 sentences on one line")]
        if "--large" in sys.argv:
            body = "\n\n".join(report["text"] for report in texts if report["language"] == "en") + "\n\n"
            large = folder / "large.txt"
            large.write_text(body * (100_000_000 // len(body.encode()) + 1), encoding="utf8")
            long.append((large, "one report of 100 MB"))
        for path, name in long:
            arguments = ["code", "--format", "jsonl", "--language", "en", str(path)]
            wall, busy, memory, lines = run(program, arguments, set(cores))
            print(f"{name}: {wall:.1f} s by the wall, {busy:.1f} s of processor time, {memory:.0f} MB, {lines:,} records")


if __name__ == "__main__":
    main()
