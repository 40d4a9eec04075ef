#!/bin/bash
# A campaign to look at: builds the program and fills demo/ from the invented district in
# tests/fixtures/demo. What was in demo/ before is removed.
#
#	tools/demo.sh [--no-install]
#	tools/demo.sh --program VALSTUGA
#
#	--no-install	the packages are there already
#	--program	with this program, in demo/ of the folder where you are; builds nothing
#
# It happens on fixed days of 2026, so that it looks the same every time: 17 April (lists and
# orders), 13 July (150 volunteers, 40 activities, who stands where), 28 July (the ballot papers
# come), 10 August (who drives what where), 22 and 23 August (a day in the field and its papers),
# 24 to 26 August (the media diary, what is planned), 27 August (in the middle of advance voting).
# A copy of the file goes on to 19 October, when the election has been evaluated.
set -euo pipefail
here=$PWD
cd "$(dirname "$0")/.."
. tools/packages.sh
. tools/demo/field.sh
. tools/demo/year.sh

fixtures=$PWD/tests/fixtures/demo
program='$here/../build-demo/tools/valstuga/valstuga'
building=yes
case ${1-} in
'') install_packages "${demo_packages[@]}" ;;
--no-install) ;;
--program)
	program=$(realpath "${2:?}")
	building=no
	cd "$here"
	;;
*)
	sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
	exit 2
	;;
esac

log=$PWD/demo/kommandon.txt
campaign=demo/varmland-2026.valstuga

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

# From here on it is another day.
on()
{
	export VALSTUGA_NOW=$1
	printf '\n# %s\n' "$1" >>"$log"
}

build()
{
	[ "$building" = yes ] || return 0
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
		VALSTUGA_NOW=\${VALSTUGA_NOW:-2026-08-27T10:30}
		VALSTUGA_CAMPAIGN=\${VALSTUGA_CAMPAIGN:-\$here/varmland-2026.valstuga}
		export VALSTUGA_NOW VALSTUGA_CAMPAIGN
		exec "$program" "\$@"
	END
	chmod +x demo/valstuga
}

make_campaign()
{
	on 2026-04-17T10:00
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
}

# Depots of the associations, and drivers. The people do not exist.
add_carrier()
{
	local name=$1 phone=$2 base=$3
	shift 3
	v carrier add --person "$name" --phone "$phone" --base "$base" "$@"
}

receive_ballots()
{
	local number
	say "28 juli: valsedlarna kommer, räknas och ställs på hyllan …"
	on 2026-04-28T10:00
	demo/valstuga --json candidate list | field_all declaration id | while read -r papers number; do
		[ "$papers" = yes ] || v candidate set "$number" --declaration yes \
			--declaration-on 2026-04-27 --declaration-source 'Papper i pärmen'
	done
	demo/valstuga --json order list | field_all id status | while read -r number status; do
		case $status in draft | ready) v order ordered "$number" --note 'Lagd i Valid' ;; esac
	done
	on 2026-07-28T10:00
	v location set Distriktslagret --street 'Sågverksgatan 4' --town Karlstad \
		--latitude 59,3868 --longitude 13,5230 --opens 7.00 --closes 19.00
	v stock receive "$(order_of KF Sunne)" --pieces 11800 --document 'Fraktsedel 4711'
	v stock receive --all-ordered
	v item add --kind material --material 'Flygblad, höstkampanjen' --unit-mg 4500 --bundle 250 --box 2500
	v stock receive --item 'Flygblad, höstkampanjen' --pieces 20000 --document 'Tryckeriets faktura'
	v stock count 'KF Kil' --at Distriktslagret --pieces 8950 --reason 'En bunt var våt'
	v stock balance
	v stock trace 'KF Kil'
}

add_logistics()
{
	local number day
	say "10 augusti: förråd, förare och de regler som valnämnderna har gett …"
	on 2026-08-10T09:00
	v location add --kind depot --own-name 'Förrådet i Arvika' --association 'EX Västra Värmland' \
		--street 'Hamngatan 2' --town Arvika --latitude 59,6553 --longitude 12,5852
	v location add --kind depot --own-name 'Förrådet i Hagfors' --association 'EX Klarälvsdalen' \
		--street 'Bruksgatan 8' --town Hagfors --latitude 60,0270 --longitude 13,6940
	v location add --kind reception --kommun Karlstad --own-name 'Valnämnden i Karlstad' \
		--street 'Västra Torggatan 26' --town Karlstad --latitude 59,3803 --longitude 13,5010 \
		--opens 8.00 --closes 16.00
	v rule add --kommun Kristinehamn --phase advance --channel central \
		--address 'Kungsgatan 30, kundcenter' --deadline '2026-08-24 14:00' --cap 1500 \
		--refill kommun_calls --packaging 'Neutrala kassar, märkta med partiets namn' \
		--contact-name 'Valkansliet' --contact-phone '0550-880 00' \
		--source 'Valnämndens brev 2026-06-03' --verified-on 2026-06-03
	v location add --kind reception --kommun Kristinehamn --own-name 'Valnämnden i Kristinehamn' \
		--street 'Kungsgatan 30' --town Kristinehamn --latitude 59,3098 --longitude 14,1081 \
		--opens 9.00 --closes 15.00
	v rule add --kommun Arvika --phase advance --channel direct --cap 1500 \
		--earliest '30 minuter före öppning' --refill party \
		--source 'Valnämndens webbplats' --verified-on 2026-06-10
	v rule add --kommun Arvika --phase election_day --channel direct --earliest '07:00' \
		--refill party --source 'Valnämndens webbplats' --verified-on 2026-06-10
	add_carrier 'Ebbe Ripnäs' '070-174 06 31' 'Förrådet i Hagfors' --kg 150 --boxes 20
	add_carrier 'Gudrun Hällkvist' '070-174 06 62' Distriktslagret --kg 300 --boxes 60
	add_carrier 'Tor Masugn' '070-174 06 33' 'Förrådet i Arvika' --kg 200 --boxes 30
	add_carrier 'Vendela Strömsnäs' '070-174 06 61' Distriktslagret --kg 250 --boxes 40
	add_carrier 'Holger Blåkulla' '070-174 06 42' Distriktslagret --kg 250 --boxes 40
	add_carrier 'Siv Tranmo' '070-174 06 43' Distriktslagret --kg 400 --boxes 80
	add_carrier 'Edvin Klinga' '070-174 06 44' Distriktslagret --kg 200 --boxes 30
	add_carrier 'Rut Gråberg' '070-174 06 45' 'Förrådet i Arvika' --kg 200 --boxes 30
	# Nobody drives on Sunday 30 August, when one place opens: the plan says so.
	for number in 1 2 3 4 5 6 7 8; do
		for day in 08-19 08-20 08-21 08-26 08-27 08-28 08-29 09-11; do
			v availability add --carrier "$number" --date "2026-$day" --starts 8.00 --ends 18.00
		done
		v availability add --carrier "$number" --date 2026-09-13 --starts 5.45 --ends 20.00
	done
	v duty add --date 2026-08-26 --starts 7.00 --ends 20.00 --name 'Elis Furubäcken' \
		--phone '070-174 06 41' --role 'Valsedelsjour' --area 'Hela distriktet' \
		--deputy-name 'Sofia Sågmark' --deputy-phone '070-174 06 32'
	v duty add --date 2026-08-27 --starts 7.00 --ends 20.00 --name 'Holger Blåkulla' \
		--phone '070-174 06 42' --role 'Valsedelsjour' --area 'Hela distriktet' \
		--deputy-name 'Elis Furubäcken' --deputy-phone '070-174 06 41'
	v duty add --date 2026-09-13 --starts 6.00 --ends 21.00 --name 'Siv Tranmo' \
		--phone '070-174 06 43' --role 'Valsedelsjour' --area 'Hela distriktet'
}

# plan_round NAME OPTION...: looks at the proposal, writes it, looks at the routes, writes them.
plan_round()
{
	local name=$1 plan
	shift
	v round add --name "$name" "$@"
	v allocate propose "$name" --dry-run
	plan=$(demo/valstuga --json allocate propose "$name" --dry-run | field plan)
	v allocate propose "$name" --plan "$plan"
	v deliver plan "$name" --dry-run
	plan=$(demo/valstuga --json deliver plan "$name" --dry-run | field plan)
	v deliver plan "$name" --plan "$plan"
}

plan_deliveries()
{
	say "Fördelar på lokalerna, planerar turerna och ser efter att reglerna hålls …"
	plan_round 'Förtidsröstningens start' --phase advance
	plan_round Valdagen --phase election_day
	v allocate equalise
	v deliver board
}

# The first days went as planned, but one rack was emptied.
deliver()
{
	local number
	say "27 augusti: leveranser kvitteras, en tom ställning fylls på …"
	on 2026-08-26T19:00
	demo/valstuga --json delivery list | field_all id date status | while read -r number date status; do
		if [ "$status" = planned ] && [[ $date < 2026-08-27 ]]; then
			v deliver receipt "$number" --by Röstmottagare
		fi
	done
	on 2026-08-27T10:30
	v shortage report 'Biblioteket Läslyktan, Kil' --level empty --by 'En väljare, per telefon'
	v incident add --at '2026-08-27 10:15' --kind missing --place 'Biblioteket Läslyktan' \
		--what 'Ställningen var tom; partiets valsedlar saknades sedan morgonen' \
		--reported-to 'Ordföranden i lokalen' --action 'Påfyllning beställd'
	v shortage list
	v deliver board
}

print_logistics()
{
	say "Skriver ut det som följer med valsedlarna …"
	v print pick-list --day 2026-08-26 -o demo/plocklista-26-augusti.pdf
	v print delivery-note --day 2026-08-26 -o demo/foljesedlar-26-augusti.pdf
	v print box-labels --day 2026-08-26 -o demo/etiketter-26-augusti.pdf
	v print route-sheet --day 2026-09-13 -o demo/korlistor-valdagen.pdf
	v print place-sheet --kommun Karlstad -o demo/lokalblad-karlstad.pdf
	v print coverage-board -o demo/tackningstavla.pdf
	v print jour-list -o demo/jourlista.pdf
	v export incident -o demo/incidenter.csv
	v export delivery -o demo/leveranser.csv
}

# How things stand at the end, and a copy of everything.
look()
{
	v status
	v check
	v backup demo/varmland-2026.kopia
}

# field_all NAME...: these values of every record in the JSON that comes in, a line each.
field_all()
{
	python3 -c 'import json, sys
for record in json.load(sys.stdin):
    print(*(record.get(name) for name in sys.argv[1:]))' "$@"
}

# field NAME...: a value inside the JSON that comes in.
field()
{
	python3 -c 'import json, sys
value = json.load(sys.stdin)
for name in sys.argv[1:]:
    value = value[int(name) if isinstance(value, list) else name]
print(value)' "$@"
}

pdf()
{
	printf '  %-41s %3d sid.  %s\n' "demo/$1" \
		"$(pdfinfo "demo/$1" | awk '$1 == "Pages:" { print $2 }')" "$2"
}


figures()
{
	demo/valstuga --json status >demo/.status
	demo/valstuga --json order list >demo/.orders
	demo/valstuga --json delivery list --all >demo/.deliveries
	demo/valstuga --json shift board --from 2026-07-20 --until 2026-09-13 >demo/.board
	python3 - demo/.status demo/.orders demo/.deliveries demo/.board <<-'END'
		import json
		import sys

		status, orders, deliveries, board = (json.load(open(name, encoding="utf-8"))
		                              for name in sys.argv[1:])
		group = lambda number: f"{number:,}".replace(",", " ")
		register, councils = status["register"], status["coverage"]["KF"]
		stock = status["stock"]
		delivered = sum(d["status"] == "delivered" for d in deliveries)
		pieces = sum(order["pieces"] for order in orders)
		placed = [o for o in orders if o["status"] in ("ordered", "printing", "delivered")]
		shifts = board["total"]
		helpers = {p["person"] for s in board["shifts"] for r in s["roles"] for p in r["people"]}
		print(f"""\
		  1. {status["campaign"]["days_left"]} dagar kvar till valdagen {status["campaign"]["election_day"]}.
		  2. {councils["lists"]} av {councils["areas"]} kommuner har en lista, {councils["decided"]} är fastställda.
		  3. {group(pieces)} valsedlar i {len(orders)} beställningar; {len(placed)} av dem är lagda hos Valmyndigheten.
		  4. {group(register["eligible"]["KF"])} röstberättigade i {register["districts"]} valdistrikt, {register["polling_places"]} vallokaler och {register["advance_places"]} förtidsröstningslokaler.
		  5. {group(stock["depot"])} valsedlar i förråden, {group(stock["place"] + stock["reception"])} i lokalerna och hos valnämnderna, {group(stock["voters"])} uttagna; {delivered} leveranser mottagna.
		  6. {len(helpers)} volontärer på {shifts["shifts"]} pass i åtta veckor: {shifts["taken"]} av {shifts["wanted"]} platser är fyllda, {shifts["missing"]} nödvändiga saknas.
		  7. {status["problems"]["error"]} fel och {status["problems"]["warning"]} varningar att ta itu med.""")
	END
	rm -f demo/.status demo/.orders demo/.deliveries demo/.board
}

summary()
{
	cat <<-END

		Klart. I mappen demo/ finns nu en påhittad kampanj: Exempelpartiet i Värmland, från
		beställningarna den 17 april 2026 över valrörelsens folk och pass till den andra dagen av
		förtidsröstningen, den 27 augusti. Partiet, personerna och rösterna finns inte.

		Att skriva ut (PDF):
	END
	pdf bestallning-distriktet.pdf "hela distriktets beställning av valsedlar i en tabell"
	pdf bestallning-per-kommun.pdf "samma sak, ett blad för varje kommun, regionen och riksdagen"
	pdf bestallning-hagfors.pdf "bladet för Hagfors"
	pdf korrektur-alla-listor.pdf "alla kandidatlistor som de kommer att stå på valsedeln"
	pdf korrektur-hagfors.pdf "den nya listan i Hagfors, att läsa korrektur på"
	pdf plocklista-26-augusti.pdf "vad som ska packas för varje tur, hylla för hylla"
	pdf etiketter-26-augusti.pdf "en etikett för varje kolli, med QR-kod"
	pdf foljesedlar-26-augusti.pdf "följer med till lokalen; kvittot längst ned rivs av"
	pdf korlistor-valdagen.pdf "var varje förare kör på valdagen, med skiss och stopp"
	pdf lokalblad-karlstad.pdf "en sida per lokal till pärmen"
	pdf tackningstavla.pdf "vad varje kommun behöver och har, luckor först"
	pdf jourlista.pdf "vem som svarar i telefonen"
	pdf passlista-stora-torget.pdf "dagens passlista vid stugan: förnamn och nummer med fyra siffror"
	pdf passlista-stora-torget-ledare.pdf "ledarens exemplar, med hela namn och nummer"
	pdf passlistor-22-augusti.pdf "dagens alla passlistor"
	pdf dagsplan-22-augusti.pdf "hela dagen på ett blad, luckor först"
	pdf gatulistor-22-augusti.pdf "dörrknackning: gator och streck, inga namn"
	pdf ringlista.pdf "vem som ska ringas om vad, med kod att skriva in svaret på"
	pdf roda-lordagar.pdf "vilka kandidater som är var, lördag för lördag"
	pdf checklistor-22-augusti.pdf "vad som ska göras före, under och efter"
	pdf flygblad-16-kommuner.pdf "ett flygblad med egen kod för varje kommun, två A5 på arket"
	pdf flygblad-karlstad-a6.pdf "samma sak, fyra A6 på arket"
	pdf flygblad-kil-talong.pdf "ett A5 med talong att riva av"
	pdf affischer-veckan.pdf "affischer för veckans öppna aktiviteter"
	pdf utdrag.pdf "allt om en person, till personen själv"
	pdf medievecka.pdf "veckan i media: staplar mot målet, prognos, vilka som inte har synts"
	pdf malrapport.pdf "planens alla mål: hur vart och ett ligger till, och varför"
	pdf valkalender.pdf "augusti och september att hänga på väggen, sedan alla dagar i en lista"
	pdf lagesrapport.pdf "en sida till styrelsen"
	pdf frageformular.pdf "frågor till föreningarna efter valet, ett blad var"
	pdf utvardering.pdf "utvärderingen till årsmötet, med karta (efter valet, på kopian)"
	pdf malrapport-efter-valet.pdf "samma mål när valet är över"
	cat <<-END

		Att öppna i ett kalkylprogram: demo/lokaler.csv, demo/kandidater.csv, demo/bestallningar.csv,
		demo/leveranser.csv, demo/incidenter.csv, demo/bokningar.csv, demo/personer.xlsx; till nästa
		vals kampanjfil: demo/forbrukning.csv
		Till kalender och telefon: demo/valkalender.ics, demo/pass-karlstad.ics,
		demo/volontarer-kil.vcf; mejl i demo/mejl-*
		Kampanjen är en enda fil: demo/varmland-2026.valstuga; demo/varmland-2026.kopia är en säkerhetskopia.
		Fem veckor efter valet, med resultat, svar och utvärdering: demo/varmland-2026-efter.valstuga.
		Allt som gjordes, kommando för kommando med svar: demo/kommandon.txt

		De sju viktigaste siffrorna:
	END
	figures
	cat <<-END

		Prova nu:
		  demo/valstuga status                  vad som är på gång, sent och saknas
		  demo/valstuga deliver board           vad som är bokat, packat och levererat, kommun för kommun
		  demo/valstuga stock trace 'KF Kil'    varje rörelse av en listas valsedlar
		  demo/valstuga list show 'KF Hagfors'  en kandidatlista med det som saknas på den
		  demo/valstuga shift board             vem som står var den här veckan, och vem som saknas
		  demo/valstuga shift match --from 2026-08-28 --until 2026-09-13 --dry-run
		  demo/valstuga media week              veckan i media: snitt, prognos, vilka som inte har synts
		  demo/valstuga goal list               planens alla mål, med läge
		  demo/valstuga calendar next           vad som kommer härnäst, och enligt vilken regel
		  demo/valstuga-efter evaluation result hur det gick, bredvid förra valet och det som gjordes
		  demo/valstuga contact queue           vilka nya som ska kontaktas, och av vem
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
import_people
add_activities
match_shifts
book_by_hand
receive_ballots
add_logistics
plan_deliveries
print_logistics
make_flyers
field_day
type_in
new_people
send_out
forget
plan_year
meet_top_names
write_articles
read_diary
plan_week
come_up_to_date
deliver
print_year
look
after_election
summary
