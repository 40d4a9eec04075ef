#!/usr/bin/env python3
"""Files and functions stay so small that they can be read."""
import tap

FILE_LINES = 800
FUNCTION_LINES = 80


def functions(path):
    """(line, length) of every function: from a { alone in column 0 to its }."""
    start = 0
    for number, line in enumerate(tap.read(path).splitlines(), 1):
        if line == "{":
            start = number
        elif line.startswith("}") and start:
            yield start, number - start + 1
            start = 0


def main():
    for folder in "include", "core", "tools", "tests":
        paths = list(tap.files(folder, endings=(".c", ".h", ".py", ".sh")))
        tap.check([f"{path}: {length} lines" for path in paths
                   if (length := len(tap.read(path).splitlines())) > FILE_LINES],
                  f"no file in {folder} has more than {FILE_LINES} lines")
    for folder in "core", "tools", "tests":
        lengths = [(f"{path}:{line}", length) for path in tap.files(folder)
                   for line, length in functions(path)]
        tap.check([f"{place}: {length} lines" for place, length in lengths
                   if length > FUNCTION_LINES] if lengths else ["no function was found"],
                  f"no function in {folder} has more than {FUNCTION_LINES} lines")
    tap.done()


main()
