#!/bin/sh
# Order sheets for 290 kommuner, ours against reportlab, with and without the QR code on both
# sides: `paper.sh BUILD_DIR`.
set -eu
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/python3 - "$here/../fixtures/paper/order-sheet-six.json" "$work/view.json" <<'PYTHON'
import copy, json, sys
view = json.load(open(sys.argv[1], encoding="utf-8"))
base = view["sheets"][0]
view["sheets"] = []
for i in range(290):
    sheet = copy.deepcopy(base)
    sheet["sheet_number"] = f"BU-{1000 + i}"
    sheet["code"] = f"VSBU{1000 + i}R3-7K3M"
    sheet["heading"] = f"Kommun {i}"
    view["sheets"].append(sheet)
json.dump(view, open(sys.argv[2], "w", encoding="utf-8"), ensure_ascii=False)
PYTHON
sed 's/"code": "[^"]*"/"code": ""/g' "$work/view.json" >"$work/plain.json"
for view in view plain; do
	flag=
	[ $view = plain ] && flag=--no-qr
	"$1/tests/bench/bench-paper" order-sheet "$work/$view.json" 9 >"$work/times"
	/usr/bin/python3 "$here/order_sheets_reportlab.py" "$work/$view.json" "$work/rl.pdf" $flag >>"$work/times"
	awk -v what="${flag:-with QR}" '
		NR == 1 { printf "%s: %d pages in %.1f ms, %d bytes;", what, $1, $2 * 1000, $3; ours = $1 / $2 }
		NR == 2 { printf " reportlab %.0f ms; ratio %.1f\n", $2 * 1000, ours / ($1 / $2) }' "$work/times"
done
