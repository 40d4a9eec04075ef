#!/bin/sh
# Every message has a Swedish translation, and the files in po/ are those of the sources.
set -u
export LC_ALL=C.UTF-8
cd "${VALSTUGA_SOURCE:-$(dirname "$0")/../..}" || exit 1

if ! command -v xgettext >/dev/null; then
	echo '1..0 # SKIP xgettext is not installed'
	exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0
failed=0

# Passes when the file is empty; otherwise tells what stands in it.
empty() {
	number=$((number + 1))
	if [ -s "$2" ]; then
		echo "not ok $number - $1"
		sed 's/^/# /' "$2"
		failed=1
	else
		echo "ok $number - $1"
	fi
}

# Messages in one order, without what does not matter: places, the header's dates.
messages() {
	msgcat --no-location --no-wrap --sort-output "$1" | sed '1,/^$/d' >"$2"
}

echo '1..7'

grep -rlE '\b(_|N_|P_|vs_translate|vs_translate_plural)\(' core tools --include='*.c' |
	sort >"$work/marked"
sort po/POTFILES | diff "$work/marked" - >"$work/files"
empty 'POTFILES names every file with marked text (po/update.sh)' "$work/files"

xgettext $(cat po/xgettext.options) --files-from="$work/marked" --output="$work/new.pot" \
	2>"$work/warnings"
empty 'xgettext reads the sources without a warning' "$work/warnings"

messages "$work/new.pot" "$work/new"
messages po/valstuga.pot "$work/old"
diff "$work/old" "$work/new" >"$work/stale"
empty 'valstuga.pot has the messages of the sources (po/update.sh)' "$work/stale"

msgmerge --quiet --no-fuzzy-matching po/sv.po "$work/new.pot" --output-file="$work/sv.po"
msgattrib --untranslated --no-obsolete --no-location "$work/sv.po" >"$work/missing"
msgattrib --only-fuzzy --no-obsolete --no-location "$work/sv.po" >>"$work/missing"
empty 'sv.po translates every message, and none is fuzzy' "$work/missing"

msgattrib --only-obsolete po/sv.po >"$work/obsolete"
msgcomm --unique --no-location --no-wrap po/sv.po "$work/new.pot" | sed '1,/^$/d' \
	>>"$work/obsolete"
empty 'sv.po has no message that the sources do not have (po/update.sh)' "$work/obsolete"

msgfmt --check --output-file="$work/sv.mo" po/sv.po 2>"$work/directives"
empty 'sv.po has a header, and the directives of its messages fit' "$work/directives"

# An English apostrophe is a quotation mark here: 'valstuga help'.
msggrep --no-location --msgstr --regexp="'" po/sv.po >"$work/quotes"
empty 'quotation marks in Swedish are ”…”' "$work/quotes"

exit $failed
