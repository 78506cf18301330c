#!/usr/bin/env python3
"""Print the figures of docs/performance.md.

usage: measure.py DOLEANCE [EXAMPLES]

The corpus is the example reports, repeated as JSON Lines. Times are wall times of whole runs of the program, the best
of several; the peak of memory is the resident set that the kernel reports.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPEATS = 150


def reports(folder):
    """Text and metadata of each example."""
    for path in sorted(folder.glob("*.md")):
        _, front, text = path.read_text(encoding="utf8").split("---\n", 2)
        fields = dict(re.findall(r"^(published|language|country): (\S+)$", front, re.M))
        yield {"text": text, **fields}


def run(program, arguments, cores):
    """Seconds, peak of memory in MB, lines printed."""
    begin = time.perf_counter()
    child = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE,
                             preexec_fn=lambda: os.sched_setaffinity(0, cores))
    lines = sum(chunk.count(b"\n") for chunk in iter(lambda: child.stdout.read(1 << 16), b""))
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{program} ended with status {status}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024, lines


def best(times, program, arguments, cores):
    return min(run(program, arguments, cores) for _ in range(times))


def main():
    program = sys.argv[1]
    examples = Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parent.parent / "examples")
    cores = sorted(os.sched_getaffinity(0))
    texts = list(reports(examples))
    words = sum(len(report["text"].split()) for report in texts)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        many = folder / "many.jsonl"
        with many.open("w", encoding="utf8") as file:
            for number in range(REPEATS):
                for report in texts:
                    file.write(json.dumps({"id": f"r{number}", **report}, ensure_ascii=False) + "\n")
        arguments = ["code", "--format", "jsonl", str(many)]
        one, one_memory, lines = best(3, program, [*arguments, "--jobs", "1"], {cores[0]})
        print(f"one core: {words * REPEATS / one:,.0f} words/s ({words * REPEATS:,} words, {lines:,} records, {one:.2f} s)")
        print(f"peak of memory, one core: {one_memory:.0f} MB")
        if len(cores) > 1:
            two, two_memory, _ = best(3, program, [*arguments, "--jobs", "2"], set(cores[:2]))
            print(f"two cores: {words * REPEATS / two:,.0f} words/s, {one / two:.2f} times one core")
            print(f"peak of memory, two cores: {two_memory:.0f} MB")
        for language, name in (("en", "English"), ("fr", "French")):
            short = folder / f"short.{language}.md"
            text = {"en": "Dockers in Liverpool went on strike on Monday.", "fr": "Les dockers sont en grève à Brest."}
            short.write_text(f"---\nlanguage: {language}\n---\n{text[language]}\n", encoding="utf8")
            start, memory, _ = best(20, program, ["code", "--format", "jsonl", str(short)], set(cores))
            print(f"start to end of one {name} sentence: {start * 1000:.0f} ms, {memory:.0f} MB")
        body = "\n\n".join(report["text"] for report in texts if report["language"] == "en")
        large = folder / "large.txt"
        large.write_text((body + "\n\n") * (100_000_000 // len(body.encode()) + 1), encoding="utf8")
        line = folder / "line.txt"
        line.write_text("Dockers in Liverpool went on strike on Monday. " * 50_000, encoding="utf8")
        for path, name in ((line, "50,000 sentences on one line"), (large, "one report of 100 MB")):
            taken, memory, lines = run(program, ["code", "--format", "jsonl", "--language", "en", str(path)], set(cores))
            print(f"{name}: {taken:.1f} s, {memory:.0f} MB, {lines:,} records")


if __name__ == "__main__":
    main()
