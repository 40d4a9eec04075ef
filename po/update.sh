#!/bin/sh
# Run after adding, changing or removing messages: finds the files that have marked text,
# writes po/valstuga.pot anew and merges it into every catalogue. What is then new stands
# without translation at `msgstr ""`; what was only changed is marked fuzzy: translate it and
# take the mark away. tests/lint/translations.sh says whether anything is left to do.
#
# usage: po/update.sh
set -eu
cd "$(dirname "$0")/.."

grep -rlE '\b(_|N_|P_|vs_translate|vs_translate_plural)\(' core tools --include='*.c' |
	LC_ALL=C sort >po/POTFILES

new=$(mktemp)
trap 'rm -f "$new"' EXIT
# Without the date every run gives the same file, so that only messages make a difference.
xgettext $(cat po/xgettext.options) --files-from=po/POTFILES --output=- |
	sed '1,/^$/{/^"POT-Creation-Date:/d;/^"Report-Msgid-Bugs-To:/d}' >"$new"
cp "$new" po/valstuga.pot

grep -v '^#' po/LINGUAS | while read -r language; do
	msgmerge --quiet --update --backup=none --previous "po/$language.po" po/valstuga.pot
	msgattrib --no-obsolete --output-file="po/$language.po" "po/$language.po"
	printf '%s: ' "$language"
	msgfmt --check --statistics --output-file=/dev/null "po/$language.po"
done
