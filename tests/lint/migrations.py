#!/usr/bin/env python3
"""Migrations are numbered, each says its version last, and published ones never change."""
import hashlib
import os
import re

import tap

FOLDER = "core/store/migrations"
PUBLISHED = "tests/lint/migrations.sha256"


def versions(path):
    text = re.sub(r"--.*", "", tap.read(path))
    return [int(n) for n in re.findall(r"PRAGMA\s+user_version\s*=\s*(\d+)", text, re.I)]


def published():
    """(hash, name) of every line of the list that is no comment."""
    for line in tap.read(PUBLISHED).splitlines():
        if line.strip() and not line.startswith("#"):
            digest, name = line.split()
            yield digest, name


def changed(digest, name):
    path = os.path.join(tap.ROOT, FOLDER, name)
    if not os.path.exists(path):
        return f"{name} was published and is gone"
    with open(path, "rb") as file:
        now = hashlib.sha256(file.read()).hexdigest()
    return None if now == digest else f"{name} was published and has changed: make a new one"


def main():
    paths = list(tap.files(FOLDER, endings=(".sql",)))
    names = [os.path.basename(path) for path in paths]
    tap.check([f"{name} is not number {i:04d}" for i, name in enumerate(names, 1)
               if not re.fullmatch(rf"{i:04d}_[a-z_]+\.sql", name)] if names
              else [f"{FOLDER} is empty"], "migrations are numbered without gaps")
    built = re.findall(r"migrations/(\w+\.sql)", tap.read("core/store/meson.build"))
    tap.check([] if built == names else [f"core/store/meson.build: {built}", f"there are {names}"],
              "every migration is built in, in order")
    for number, path in enumerate(paths, 1):
        said = versions(path)
        tap.check([] if said == [number] else [f"{path}: PRAGMA user_version = {said}"],
                  f"{os.path.basename(path)} makes version {number}")
    tap.check([wrong for digest, name in published() if (wrong := changed(digest, name))],
              "published migrations have not changed")
    tap.done()


main()
