#!/usr/bin/env python3
"""Each public header compiles alone, as strict C11, with gcc and with clang."""
import os
import shutil

import tap


def compile_alone(compiler, header, flags):
    words = [compiler, "-std=c11", "-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
             "-Iinclude", *flags, "-x", "c", "-"]
    done = tap.run(*words, input=f"#include <valstuga/{header}>\n"
                                 f"#include <valstuga/{header}>\nextern int more;\n")
    return (done.stdout + done.stderr).splitlines() if done.returncode else []


def main():
    flags = tap.run("pkg-config", "--cflags", "jansson").stdout.split()
    for compiler in "gcc", "clang":
        for path in tap.files("include/valstuga"):
            header = os.path.basename(path)
            name = f"valstuga/{header} compiles alone with {compiler}"
            if shutil.which(compiler):
                tap.check(compile_alone(compiler, header, flags), name)
            else:
                tap.skip(name, f"{compiler} is not installed")
    tap.done()


main()
