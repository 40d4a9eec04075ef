#!/bin/bash
# A campaign to look at: builds the program and fills demo/ from the invented district in
# tests/fixtures/demo. What was in demo/ before is removed.
#
#	tools/demo.sh [--no-install]
#
# Everything happens on one day, 17 April 2026, so that it looks the same every time.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/packages.sh

case ${1-} in
'') install_packages "${demo_packages[@]}" ;;
--no-install) ;;
*)
	sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
	exit 2
	;;
esac

now=2026-04-17T10:00
fixtures=$PWD/tests/fixtures/demo
log=$PWD/demo/kommandon.txt

unset VALSTUGA_LOCALEDIR VALSTUGA_TEMPLATES CFLAGS LDFLAGS
export VALSTUGA_LANG=sv VALSTUGA_USER=demo PYTHONDONTWRITEBYTECODE=1

say()
{
	printf '%s\n' "$*"
}

# Runs a command that must succeed; what it says is in the log.
quiet()
{
	local before
	before=$(wc -l <"$log")
	if ! "$@" >>"$log" 2>&1; then
		say "Det gick inte: $*" >&2
		tail -n "+$((before + 1))" "$log" | tail -n 40 >&2
		exit 1
	fi
}

# The same for a command of the program, which also stands in the log.
v()
{
	printf '\n$ valstuga' >>"$log"
	printf ' %q' "$@" >>"$log"
	printf '\n' >>"$log"
	quiet demo/valstuga "$@"
}

build()
{
	say "Bygger programmet …"
	if [ ! -f build-demo/build.ninja ]; then
		rm -rf build-demo
		quiet env CC="${CC:-gcc}" meson setup build-demo --buildtype=release -Dtests=false
	fi
	quiet ninja -C build-demo
}

# A command of its own in demo/: it knows the campaign file and what day it is there.
make_command()
{
	cat >demo/valstuga <<-END
		#!/bin/sh
		# Programmet, på demonstrationens dag och med demonstrationens kampanjfil.
		here=\$(dirname "\$0")
		VALSTUGA_NOW=\${VALSTUGA_NOW:-$now}
		VALSTUGA_CAMPAIGN=\${VALSTUGA_CAMPAIGN:-\$here/varmland-2026.valstuga}
		export VALSTUGA_NOW VALSTUGA_CAMPAIGN
		exec "\$here/../build-demo/tools/valstuga/valstuga" "\$@"
	END
	chmod +x demo/valstuga
}

make_campaign()
{
	say "Skapar kampanjen och läser in Valmyndighetens filer …"
	v new demo/varmland-2026.valstuga --party 9901 --party-name Exempelpartiet \
		--party-short EX --district 'Värmland (demonstration)' --lan 17 \
		--election 2026-09-13
	v import "$fixtures/vallokaler-2026.csv" "$fixtures/rostningslokaler-2026.csv"
	v import "$fixtures/deltagande-partier-2026.csv"
	v import "$fixtures/riksdag_2022.csv" "$fixtures/region_2022.csv" \
		"$fixtures/kommun_2022.csv"
	v import --election 2022-09-11 "$fixtures/kandidaturer-2022.csv"
	v import "$fixtures/kandidaturer-2026.csv"
}

add_association()
{
	local name=$1 members=$2 contact=$3 phone=$4 kommun
	shift 4
	v association add --name "$name" --members "$members" --contact-name "$contact" \
		--contact-phone "$phone"
	for kommun; do
		v kommun set "$kommun" --association "$name"
	done
}

fill_register()
{
	say "Lägger till föreningar, mottagning, beställare och leveransadress …"
	add_association 'EX Klarälvsdalen' 64 'Sven Lillskog' '070-174 06 31' Hagfors Munkfors
	add_association 'EX Karlstad' 212 'Sofia Sågmark' '070-174 06 32' Karlstad Hammarö
	add_association 'EX Västra Värmland' 87 'Hampus Hagelmyr' '070-174 06 33' Arvika Eda
	v kommun set Munkfors --association-lent ja
	v rule add --kommun Karlstad --phase advance --channel central \
		--address 'Västra Torggatan 26, varumottagningen' --deadline '2026-08-20 15:00' \
		--cap 4000 --refill kommun_calls --source 'Valnämndens besked 2026-04-08' \
		--verified-on 2026-04-08
	v rule add --kommun Karlstad --phase election_day --channel direct \
		--earliest '30 minuter före öppning' --refill party \
		--source 'Valnämndens besked 2026-04-08' --verified-on 2026-04-08
	v rule add --kommun Hagfors --phase advance --channel direct \
		--address 'Biblioteket' --cap 2000 --refill party \
		--source 'Telefon med valnämnden 2026-04-10' --verified-on 2026-04-10
	v orderer add --name 'Kjell Åkerbråt' --minutes-on 2026-02-28 --mobile '070-174 06 40'
	v campaign set --delivery-recipient 'Exempelpartiet Värmland' \
		--delivery-street 'Sågverksgatan 4' --delivery-postcode '652 24' \
		--delivery-town Karlstad --delivery-contact 'Elis Furubäcken' \
		--delivery-mobile '070-174 06 41' --orderer 1 \
		--controller-name 'Exempelpartiet Värmland' \
		--controller-email ombud@ex-varmland.example
	v deadline set order_date --date 2026-04-29 --source 'Påhittat för demonstrationen'
}

make_lists()
{
	say "Läser in årsmötets lista för Hagfors och låter mötet fastställa den …"
	v import "$fixtures/lista-arsmote-hagfors.csv" --kind KF --kommun Hagfors
	v list submit 'KF Hagfors'
	v list decide 'KF Hagfors' --on 2026-04-16 --minutes 'Medlemsmöte 2026-04-16 § 7'
}

# Orders by number, for the lists named.
order_of()
{
	sqlite3 -readonly demo/varmland-2026.valstuga "SELECT o.id FROM ballot_order o
		JOIN list_constituency lc ON lc.list_id = o.list_id
		JOIN constituency c ON c.id = lc.constituency_id
		WHERE c.kind = '$1' AND c.name = '$2' AND o.status <> 'cancelled'"
}

make_orders()
{
	local plan kommun
	say "Föreslår beställningar, ser på förslaget och skriver det …"
	v order propose --dry-run
	plan=$(demo/valstuga --json order propose --dry-run | field plan)
	v order propose --plan "$plan"
	for kommun in Kil Filipstad Forshaga Kristinehamn Sunne Hagfors; do
		v order ready "$(order_of KF "$kommun")"
	done
	for kommun in Kil Filipstad Forshaga; do
		v order ordered "$(order_of KF "$kommun")" --note 'Lagd i Valid'
	done
	v order printing "$(order_of KF Kil)"
}

print_sheets()
{
	say "Skriver ut …"
	v print order-sheet --whole -o demo/bestallning-distriktet.pdf
	v print order-sheet -o demo/bestallning-per-kommun.pdf
	v print order-sheet --kommun Hagfors -o demo/bestallning-hagfors.pdf
	v print list-proof -o demo/korrektur-alla-listor.pdf
	v print list-proof --list 'KF Hagfors' -o demo/korrektur-hagfors.pdf
	v export place -o demo/lokaler.csv
	v export candidate -o demo/kandidater.csv
	v export order -o demo/bestallningar.csv
	v status
	v check
	v list coverage
	v backup demo/varmland-2026.kopia
}

# field NAME...: a value inside the JSON that comes in.
field()
{
	python3 -c 'import json, sys
value = json.load(sys.stdin)
for name in sys.argv[1:]:
    value = value[name]
print(value)' "$@"
}

pdf()
{
	printf '  %-32s %3d sid.  %s\n' "demo/$1" \
		"$(pdfinfo "demo/$1" | awk '$1 == "Pages:" { print $2 }')" "$2"
}


figures()
{
	demo/valstuga --json status >demo/.status
	demo/valstuga --json order list >demo/.orders
	python3 - demo/.status demo/.orders <<-'END'
		import json
		import sys

		status, orders = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:])
		group = lambda number: f"{number:,}".replace(",", " ")
		register, councils = status["register"], status["coverage"]["KF"]
		pieces = sum(order["pieces"] for order in orders)
		placed = [o for o in orders if o["status"] in ("ordered", "printing", "delivered")]
		print(f"""\
		  1. {status["campaign"]["days_left"]} dagar kvar till valdagen {status["campaign"]["election_day"]}.
		  2. {councils["lists"]} av {councils["areas"]} kommuner har en lista, {councils["decided"]} är fastställda.
		  3. {group(pieces)} valsedlar i {len(orders)} beställningar; {len(placed)} av dem är lagda hos Valmyndigheten.
		  4. {group(register["eligible"]["KF"])} röstberättigade i {register["districts"]} valdistrikt, {register["polling_places"]} vallokaler och {register["advance_places"]} förtidsröstningslokaler.
		  5. {status["problems"]["error"]} fel och {status["problems"]["warning"]} varningar att ta itu med.""")
	END
	rm -f demo/.status demo/.orders
}

summary()
{
	cat <<-END

		Klart. I mappen demo/ finns nu en påhittad kampanj: Exempelpartiet i Värmland, fredagen
		den 17 april 2026, inför valet i september. Partiet, personerna och rösterna finns inte.

		Att skriva ut (PDF):
	END
	pdf bestallning-distriktet.pdf "hela distriktets beställning av valsedlar i en tabell"
	pdf bestallning-per-kommun.pdf "samma sak, ett blad för varje kommun, regionen och riksdagen"
	pdf bestallning-hagfors.pdf "bladet för Hagfors"
	pdf korrektur-alla-listor.pdf "alla kandidatlistor som de kommer att stå på valsedeln"
	pdf korrektur-hagfors.pdf "den nya listan i Hagfors, att läsa korrektur på"
	cat <<-END

		Att öppna i ett kalkylprogram: demo/lokaler.csv, demo/kandidater.csv, demo/bestallningar.csv
		Kampanjen är en enda fil: demo/varmland-2026.valstuga; demo/varmland-2026.kopia är en säkerhetskopia.
		Allt som gjordes, kommando för kommando med svar: demo/kommandon.txt

		De fem viktigaste siffrorna:
	END
	figures
	cat <<-END

		Prova nu:
		  demo/valstuga status                  vad som är på gång, sent och saknas
		  demo/valstuga list show 'KF Hagfors'  en kandidatlista med det som saknas på den
		  demo/valstuga check                   allt som är fel eller ovanligt, värst först
	END
}

rm -rf demo
mkdir demo
: >"$log"
build
make_command
make_campaign
fill_register
make_lists
make_orders
print_sheets
summary
