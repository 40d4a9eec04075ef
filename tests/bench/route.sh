#!/bin/sh
# Gaps to the best known solutions: `route.sh BUILD_DIR [SET[:EVERY]...] [SECONDS...]`.
# Sets: classic, cordeau, solomon (default: all three); `cordeau:4` takes every fourth
# instance. Seconds, if given, replace the sets' own (classic 1 10, cordeau 5, solomon 2.5).
# One row each: mean gap beside the aim, largest gap, instances within 0.05 %.
# The data folder is $VALSTUGA_ROUTES or ../shared/data/routes beside the source.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1
shift
exec /usr/bin/python3 "$here/route_gaps.py" "$build/tests/bench/bench-route" \
	"${VALSTUGA_ROUTES:-$here/../../../shared/data/routes}" "$@"
