#!/bin/sh
# Order sheets for 290 kommuner, ours against reportlab: `paper.sh BUILD_DIR`.
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
echo "pages seconds bytes"
"$1/tests/bench/bench-paper" order-sheet "$work/view.json" 7 | tee "$work/ours"
for flag in "" --no-qr; do
	/usr/bin/python3 "$here/order_sheets_reportlab.py" "$work/view.json" "$work/rl.pdf" $flag >"$work/rl"
	echo "reportlab $flag: $(cat "$work/rl")"
	cat "$work/ours" "$work/rl" | awk 'NR == 1 { ours = $1 / $2 } NR == 2 { printf "ratio %.1f (ours %.0f pages/s)\n", ours / ($1 / $2), ours }'
done
