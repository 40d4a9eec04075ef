#!/usr/bin/env python3
"""Shell and Python scripts can at least be parsed, and what is run can be run."""
import os

import tap

FOLDERS = ("tools", "tests", "docs", ".ci")


def scripts():
    """(path, first line) of every script."""
    for path in tap.files(*FOLDERS, endings=("",)):
        if "/fixtures/" in path or "/corpus/" in path or "__pycache__" in path:
            continue
        with open(os.path.join(tap.ROOT, path), "rb") as file:
            first = file.readline()
        if path.endswith((".sh", ".bash", ".py")) or first.startswith(b"#!"):
            yield path, first.decode("utf-8", "replace").strip()


def parse(path, first):
    if path.endswith(".py") or "python" in first:
        try:
            compile(tap.read(path), path, "exec")
        except SyntaxError as error:
            return [str(error)]
        return []
    shell = "sh" if first.endswith("/sh") else "bash"
    return tap.run(shell, "-n", path).stderr.splitlines()


def main():
    found = list(scripts())
    tap.check([] if len(found) > 5 else ["hardly any script was found"], "there are scripts")
    for path, first in found:
        wrong = parse(path, first)
        if first.startswith("#!") and not os.access(os.path.join(tap.ROOT, path), os.X_OK):
            wrong.append(f"{path} begins with #! but cannot be run: chmod +x")
        tap.check(wrong, f"{path} can be parsed")
    tap.done()


main()
