#!/usr/bin/env python3
"""Prints the morphological lexicons that the syntax models are trained with.

    scripts/lexicon-from-hunspell.py fr.aff fr.dic > lexicon.fr.tsv
    scripts/lexicon-from-hunspell.py --flags en_US.aff en_US.dic > lexicon.en.tsv

The input for French is the dictionary of Grammalecte as hunspell reads it (Debian package hunspell-fr-comprehensive, MPL 2.0), whose
entries carry grammatical tags. Each line of the output: a form in lower case, a tab, and its class: parts of speech, a
slash, and finer tags. Forms that news hardly uses (second person singular, simple past of the first two persons,
imperfect subjunctive) are left out.

The American dictionary of SCOWL (Debian package hunspell-en-us) has no such tags, but the endings that its stems take tell
verbs (-ed, -ing), nouns ('s, -s) and adjectives (-ly, -ness, -est) apart: with --flags the class of a form is the ending
that made it and what its stem is.
"""
import collections
import re
import sys

PARTS = {
    "nom": "n", "adj": "a", "adv": "r", "infi": "i", "ppre": "g", "ppas": "q", "npr": "p", "prn": "p", "patr": "p",
    "prep": "s", "cjco": "c", "cjsub": "k", "interj": "j", "nb": "m", "nbro": "a", "titr": "n", "negadv": "r",
    "advint": "r",
}
FINITE = {"ipre", "iimp", "ipsi", "ifut", "cond", "spre", "impe"}
DROPPED = {"simp"}
RARE_PERSONS = {"2sg", "1isg", "1jsg"}


def read_affixes(path):
    suffixes = collections.defaultdict(list)
    for line in open(path, encoding="utf-8"):
        parts = line.split()
        if len(parts) >= 5 and parts[0] == "SFX":
            flag, strip, add, condition = parts[1:5]
            strip = "" if strip == "0" else strip
            add = add.split("/")[0]
            add = "" if add == "0" else add
            pattern = None if condition == "." else re.compile("(?:" + condition + ")$")
            suffixes[flag].append((strip, add, pattern, parts[5:]))
    return suffixes


def flags_of(text):
    return [text[i:i + 2] for i in range(0, len(text), 2)]


def classes(tags):
    """Coarse and fine tags of one analysis; None where the form is left out."""
    names = [tag.split(":", 1)[1] for tag in tags if tag[:3] in ("po:", "is:")]
    moods = [name for name in names if name in FINITE or name in DROPPED]
    if moods:
        persons = [name for name in names if re.fullmatch(r"[123][ij]?(sg|pl)", name)]
        persons = [name for name in persons if name not in RARE_PERSONS]
        moods = [mood for mood in moods if mood not in DROPPED]
        if "ipsi" in moods:
            persons = [name for name in persons if name.startswith("3")]
        if not moods or not persons:
            return None
        return {"v"}, {"v" + "+".join(moods) + "+".join(persons)}
    inflection = "".join(
        short for name, short in (("mas", "m"), ("fem", "f"), ("epi", "e"), ("sg", "s"), ("pl", "p"), ("inv", "i"))
        if name in names)
    coarse = {PARTS[name] for name in names if name in PARTS}
    if "ppas" in names:
        coarse -= {"a", "n"}
    coarse |= {"d" for name in names if name.startswith("det")}
    coarse |= {"o" for name in names if name.startswith("pro") and name != "prn"}
    return (coarse, {part + inflection for part in coarse}) if coarse else None


def main_by_flags(affixes, dictionary):
    suffixes = read_affixes(affixes)
    found = collections.defaultdict(set)
    for line in open(dictionary, encoding="utf-8"):
        stem, _, flags = line.strip().partition("/")
        if not stem or stem.isdigit():
            continue
        kinds = [kind for kind, signs in (("v", "DG"), ("n", "MS"), ("a", "YPT")) if set(flags) & set(signs)]
        if stem[0].isupper():
            kinds.append("p")
        stem_class = "".join(kinds)
        found[stem.lower()].add("0" + stem_class)
        for flag in flags:
            for strip, ending, pattern, _ in suffixes.get(flag, ()):
                if flag != "M" and stem.endswith(strip) and (pattern is None or pattern.search(stem)):
                    found[(stem[: len(stem) - len(strip)] + ending).lower()].add(flag + stem_class)
    for form in sorted(found):
        classes = "+".join(sorted(found[form]))
        print(f"{form}\t{classes}/")


def main():
    if sys.argv[1] == "--flags":
        return main_by_flags(sys.argv[2], sys.argv[3])
    suffixes = read_affixes(sys.argv[1])
    found = collections.defaultdict(lambda: (set(), set()))

    def add(form, tags):
        analysis = classes(tags)
        if analysis and " " not in form:
            coarse, fine = found[form.lower()]
            coarse |= analysis[0]
            fine |= analysis[1]

    for line in open(sys.argv[2], encoding="utf-8"):
        parts = line.split()
        if not parts or len(parts) < 2:
            continue
        stem, _, flags = parts[0].partition("/")
        own = parts[1:]
        flags = flags_of(flags)
        if "{}" in flags:
            continue
        verb = any(tag.startswith("po:v") for tag in own)
        base = [tag for tag in own if not re.match(r"po:v\d", tag)]
        if "()" not in flags:
            add(stem, own)
        for flag in flags:
            for strip, ending, pattern, tags in suffixes.get(flag, ()):
                if stem.endswith(strip) and (pattern is None or pattern.search(stem)):
                    form = stem[: len(stem) - len(strip)] + ending
                    add(form, tags if verb else base + tags)
    for form in sorted(found):
        coarse, fine = found[form]
        print(f"{form}\t{''.join(sorted(coarse))}/{' '.join(sorted(fine))}")


main()
