#!/usr/bin/env python3
"""Every command has a manual page: valstuga(1), and valstuga-NOUN(1) that tells its verbs."""
import os
import re

import tap

FOLDER = os.path.join(tap.ROOT, "docs", "man")


def words():
    """{noun: [verb, ...]} as the program tells them."""
    program = os.path.join(tap.BUILD, "tools", "valstuga", "valstuga")
    done = tap.run(program, "help", "--words")
    return {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}


def page(name):
    for ending in ".scd", "":
        path = os.path.join(FOLDER, f"{name}.1{ending}")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                return file.read()
    return None


def missing(noun, verbs, text):
    if text is None:
        return [f"docs/man/valstuga-{noun}.1.scd is missing"]
    plain = re.sub(r"[*_\\]", "", text)
    return [f"valstuga-{noun}(1) does not tell of '{noun} {verb}'" for verb in verbs
            if not re.search(rf"\b{noun}\b[^\n]*\b{verb}\b|^#* *{verb}\b", plain, re.M | re.I)]


def main():
    nouns = words()
    tap.check([] if len(nouns) > 10 else ["'valstuga help --words' says too little"],
              "the program tells its commands")
    if not os.path.isdir(FOLDER) or not os.listdir(FOLDER):
        tap.skip("every command has a manual page", "docs/man is empty")
        tap.done()
    tap.check([] if page("valstuga") else ["docs/man/valstuga.1.scd is missing"],
              "valstuga(1) is there")
    for noun, verbs in sorted(nouns.items()):
        tap.check(missing(noun, verbs, page("valstuga-" + noun)),
                  f"valstuga-{noun}(1) tells of every verb")
    extra = [name for name in os.listdir(FOLDER)
             if (found := re.match(r"valstuga-(\w+)\.1", name)) and found[1] not in nouns]
    tap.check([f"docs/man/{name}: there is no such command" for name in sorted(extra)],
              "no page tells of a command that is not there")
    tap.done()


main()
