#!/bin/sh
# Importing all of Sweden against the sqlite3 shell's plain .import of the same files into
# flat tables. Runs alternate; medians of the wall times and their ratio are printed.
# usage: import.sh BENCH_IMPORT [RUNS]     (files: $VALSTUGA_REAL_DATA/valmyndigheten)
set -eu
program=$1
runs=${2:-9}
here=$(cd "$(dirname "$0")" && pwd)
data=${VALSTUGA_REAL_DATA:-$here/../../../shared/data}/valmyndigheten
semicolon='vallokaler-2022.csv rostningslokaler-2022.csv kandidaturer-2018-varmland.skv
deltagande-partier-2022.csv'
comma='riksdag_2022.csv region_2022.csv kommun_2022.csv'
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{
	echo '.separator ;'
	for f in $semicolon; do echo ".import '$data/$f' \"$f\""; done
	echo '.separator ,'
	for f in $comma; do echo ".import '$data/$f' \"$f\""; done
} >"$folder/import.sql"
set --
for f in $semicolon $comma; do set -- "$@" "$data/$f"; done
"$program" "$folder/empty"

# microseconds of wall time of a command
clock() {
	from=$(date +%s%N)
	"$@"
	echo $((($(date +%s%N) - from) / 1000))
}
shell() { sqlite3 "$folder/flat" <"$folder/import.sql" >/dev/null 2>&1; }
ours() { "$program" "$folder/campaign" "$@"; }
median() { sort -n "$1" | sed -n "$((runs / 2 + 1))p"; }

i=0
while [ $i -lt "$runs" ]; do
	rm -f "$folder/flat" "$folder/campaign"
	cp "$folder/empty" "$folder/campaign"
	clock ours "$@" >>"$folder/ours"
	clock shell >>"$folder/shell"
	i=$((i + 1))
done
a=$(median "$folder/ours")
b=$(median "$folder/shell")
echo "valstuga $((a / 1000)) ms, sqlite3 .import $((b / 1000)) ms, ratio $(echo "scale=2; $a / $b" | bc 2>/dev/null || awk "BEGIN { printf \"%.2f\", $a / $b }")"
