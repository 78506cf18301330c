#!/usr/bin/env python3
"""Measures `doleance report` on a chronicle of some 5,000 events.

    python3 .ci/chronicle.py target/release/doleance [--reports N] [--keep FOLDER]

Writes reports of made-up disputes in real towns, in English and French, each told by one to three outlets with rival
figures, and padded with made-up words that do not compress; then ingests, merges, and times the page by the clock and on
the processor. The same N gives the same reports.
"""

import argparse
import datetime
import json
import pathlib
import random
import resource
import subprocess
import tempfile
import time

TOWNS = {
    "en": ["Liverpool", "Hull", "Bristol", "Cardiff", "Glasgow", "Leeds", "Sheffield", "Southampton", "Dover", "Belfast",
           "Manchester", "Newcastle", "Plymouth", "Aberdeen", "Coventry", "Nottingham", "Swansea", "Dundee", "York", "Derby"],
    "fr": ["Lille", "Marseille", "Lyon", "Nantes", "Rennes", "Bordeaux", "Toulouse", "Brest", "Calais", "Dunkerque",
           "Strasbourg", "Grenoble", "Rouen", "Amiens", "Nancy", "Dijon", "Metz", "Tours", "Caen", "Limoges"],
}
WORKERS = {
    "en": ["Dockers", "Nurses", "Teachers", "Bus drivers", "Postal workers", "Miners", "Steelworkers", "Students", "Railway workers"],
    "fr": ["Les dockers", "Les infirmières", "Les enseignants", "Les conducteurs de bus", "Les postiers", "Les mineurs",
           "Les sidérurgistes", "Les étudiants", "Les cheminots"],
}
ACTS = {
    "en": ["{who} in {town} walked out on {day}, demanding higher wages.",
           "Some {many} people marched through {town} on {day}, the union said; police put the crowd at {few}.",
           "{who} blocked the main road into {town} on {day}.",
           "Police arrested {few} people in {town} on {day}.",
           "{who} in {town} will strike on {later} over pensions, their union announced.",
           "{who} rallied outside the town hall of {town} on {day} against job cuts."],
    "fr": ["{who} de {town} ont cessé le travail le {day} pour leurs salaires.",
           "Quelque {many} personnes ont défilé à {town} le {day}, selon les syndicats ; la police en a compté {few}.",
           "{who} ont bloqué l'entrée de {town} le {day}.",
           "La police a interpellé {few} personnes à {town} le {day}.",
           "{who} de {town} feront grève le {later} pour leurs retraites, annonce leur syndicat.",
           "{who} se sont rassemblés devant la mairie de {town} le {day} contre les suppressions d'emplois."],
}
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}


def said(day, language):
    month = MONTHS[language][day.month - 1]
    return f"{day.day} {month} {day.year}"


def padding(numbers, words):
    """Sentences of made-up words: about as hard to compress as random letters of a language."""
    syllables = ["ba", "co", "du", "fe", "gi", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "ze", "lin", "mar", "ton", "vel"]
    text = ["".join(numbers.choices(syllables, k=numbers.randint(2, 4))) for _ in range(words)]
    lines = [" ".join(text[at:at + 12]).capitalize() + "." for at in range(0, words, 12)]
    return " ".join(lines)


def reports(count):
    numbers = random.Random(1789)
    for number in range(count):
        language = numbers.choice(["en", "fr"])
        town = numbers.choice(TOWNS[language])
        day = datetime.date(2021, 1, 4) + datetime.timedelta(days=numbers.randrange(900))
        acts = numbers.sample(ACTS[language], 3)
        many = numbers.randrange(300, 9000)
        for outlet in range(numbers.choice([1, 1, 2, 3])):
            values = {"who": numbers.choice(WORKERS[language]), "town": town, "day": said(day, language),
                      "later": said(day + datetime.timedelta(days=9), language), "many": many, "few": many // numbers.randrange(3, 9)}
            paragraphs = [act.format(**values) + " " + padding(numbers, 90) for act in acts]
            yield {"id": f"report-{number}-{outlet}.{language}", "language": language, "country": {"en": "GB", "fr": "FR"}[language],
                   "published": str(day + datetime.timedelta(days=1)), "source": f"Outlet {numbers.randrange(40)}",
                   "title": padding(numbers, 5), "text": "\n\n".join(paragraphs)}


def run(program, *arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done, f"{time.monotonic() - begun:.1f} s ({processor:.1f} s of processor)"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--reports", type=int, default=1600, help="disputes to tell of")
    arguments.add_argument("--keep", help="folder to leave dataset and pages in")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(given.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "reports.jsonl", "w", encoding="utf-8") as file:
            for report in reports(given.reports):
                file.write(json.dumps(report, ensure_ascii=False) + "\n")
        dataset = str(folder / "chronicle.db")
        for verb, *more in [("ingest", str(folder / "reports.jsonl")), ("merge",)]:
            done, took = run(given.program, verb, "-d", dataset, *more)
            print(f"{verb}: {done.stdout.splitlines()[0]} in {took}")
        for audience in ["internal", "public"]:
            page = folder / f"{audience}.html"
            done, took = run(given.program, "report", "-d", dataset, f"--{audience}", "-o", str(page))
            events = done.stderr.strip().splitlines()[-1].split(" written")[0]
            print(f"report --{audience}: {events}, {page.stat().st_size / 1e6:.2f} MB in {took}")


main()
