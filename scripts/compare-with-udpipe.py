#!/usr/bin/env python3
"""Trains UDPipe 1 on treebanks and measures it beside a Doléance model, on one core.

    pip install ufal.udpipe
    scripts/compare-with-udpipe.py --language fr --train fr_sequoia-ud-train.conllu --dev fr_sequoia-ud-dev.conllu \\
        --test fr_sequoia-ud-test.conllu

UDPipe is trained with its default settings, which takes about half an hour; the model is kept beside the script's output
(--keep) and read again if it is there. Both programs are measured by `doleance syntax evaluate` on the same files: UDPipe's
trees are printed by it and compared by UDPipe's own evaluator, which follows the same shared task.
"""
import argparse
import os
import subprocess
import sys
import time

from ufal.udpipe import Evaluator, InputFormat, Model, Pipeline, ProcessingError, Sentence, Sentences, Trainer


def read_sentences(paths):
    sentences = Sentences()
    for path in paths:
        reader = InputFormat.newConlluInputFormat()
        reader.setText(open(path, encoding="utf-8").read())
        error = ProcessingError()
        while True:
            sentence = Sentence()
            if not reader.nextSentence(sentence, error):
                break
            sentences.append(sentence)
        if error.occurred():
            raise SystemExit(f"{path}: {error.message}")
    return sentences


def train(arguments):
    error = ProcessingError()
    model = Trainer.train(
        "morphodita_parsito", read_sentences(arguments.train), read_sentences(arguments.dev),
        arguments.tokenizer, arguments.tagger, arguments.parser, error)
    if error.occurred():
        raise SystemExit(error.message)
    with open(arguments.keep, "wb") as out:
        out.write(model if isinstance(model, bytes) else model.encode("utf-8", "surrogateescape"))


def measure(model, path, label, tokenizer):
    """Prints UDPipe's own table for one file."""
    evaluator = Evaluator(model, tokenizer, Pipeline.DEFAULT, Pipeline.DEFAULT)
    error = ProcessingError()
    gold = open(path, encoding="utf-8").read()
    start = time.process_time()
    result = evaluator.evaluate(gold, error)
    seconds = time.process_time() - start
    words = sum(1 for line in gold.splitlines() if line.split("\t")[0].isdigit())
    print(f"UDPipe 1, {label}: {words / seconds:,.0f} words a second\n{result or error.message}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--language", required=True)
    parser.add_argument("--train", nargs="+", required=True)
    parser.add_argument("--dev", nargs="+", required=True)
    parser.add_argument("--test", nargs="+", required=True)
    parser.add_argument("--keep", default="compared.udpipe")
    parser.add_argument("--doleance", default="target/release/doleance")
    parser.add_argument("--tokenizer", default="")
    parser.add_argument("--tagger", default="")
    parser.add_argument("--parser", default="")
    arguments = parser.parse_args()
    if not os.path.exists(arguments.keep):
        train(arguments)
    model = Model.load(arguments.keep)
    for path in arguments.test:
        print(f"== {path}")
        measure(model, path, "gold tokens", Pipeline.NONE if hasattr(Pipeline, "NONE") else "")
        measure(model, path, "raw text", Pipeline.DEFAULT)
        for option in (["--gold-tokens"], []):
            print("Doléance, " + ("gold tokens" if option else "raw text"))
            command = [arguments.doleance, "syntax", "evaluate", "--language", arguments.language, *option, path]
            sys.stdout.flush()
            subprocess.run(command, check=True, stderr=subprocess.STDOUT)


main()
