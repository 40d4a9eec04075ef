# The year's chapters of tools/demo.sh, which reads this file: the plan and its goals, being seen
# in the media, the calendar, and on a copy of the campaign file what came after the election.

# last_of TABLE: the number of what was made last.
last_of()
{
	sqlite3 -readonly "$campaign" "SELECT max(id) FROM $1"
}

# goal_of MEASURE: the number of the first goal with this measure.
goal_of()
{
	sqlite3 -readonly "$campaign" "SELECT min(id) FROM goal WHERE measure = '$1'"
}

plan_year()
{
	on 2026-04-17T15:00
	say "17 april: årets plan blir mål, och kalendern får ansvariga och egna dagar …"
	v import "$fixtures/politikomraden.csv" "$fixtures/medier.csv"
	v goal usual --source 'Verksamhetsplan 2026, årsmötet 21 februari § 9'
	v goal set "$(goal_of media)" --from 2026-02-23 --owner 'Elis Furubäcken'
	v goal set "$(goal_of likes)" --start 612 --outlet Facebook --owner 'Viktor Sälgmo'
	v goal set "$(goal_of followers)" --start 288 --outlet Instagram --owner 'Linnea Finnsätra'
	v goal add --name 'Medlemmar som förnyar' --measure renewed --target 90 \
		--source 'Verksamhetsplan 2026, årsmötet 21 februari § 9' --until 2026-12-31
	v goal add --name 'Aktiva medlemmar vid årsskiftet' --measure active_members --target 520 \
		--start 360 --source 'Verksamhetsplan 2026, årsmötet 21 februari § 9' --until 2026-12-31
	v goal add --name 'Nya medlemmar kontaktas inom en vecka' --measure new_contacted \
		--target 90 --days 7 --source 'Distriktsstyrelsen 2026-03-09 § 4'
	v goal add --name 'EX Västra Värmland i tidningen' --measure media --per total --target 6 \
		--association 'EX Västra Värmland' --from 2026-02-23 \
		--source 'EX Västra Värmlands årsmöte 2026-02-07'
	plan_days
}

plan_days()
{
	local done_on
	v deadline set party_ballots_request --date 2025-11-10 --verified-on 2026-04-17 \
		--source 'Påhittat för demonstrationen' --responsible 'Elis Furubäcken'
	for done_on in party_ballots_request=2025-11-03 register_name=2026-02-12 \
		participation=2026-04-14; do
		v deadline set "${done_on%=*}" --responsible 'Elis Furubäcken'
		v deadline done "${done_on%=*}" --on "${done_on#*=}"
	done
	v deadline set order_date --responsible 'Kjell Åkerbråt'
	v deadline set last_consent --responsible 'Kjell Åkerbråt'
	v deadline set guaranteed_delivery --responsible 'Holger Blåkulla'
	v deadline set posters_until --responsible 'Siv Tranmo' --verified-on 2026-04-17
	v deadline add --key valkonferens --name 'Valkonferens: listorna fastställs' --kind own \
		--date 2026-02-21 --source 'Distriktsstyrelsen 2025-10-06 § 3'
	v deadline done valkonferens --on 2026-02-21
	v deadline add --key affischplatser --name 'Affischplatserna ska vara anmälda' --kind own \
		--kommun Karlstad --date 2026-08-07 --source 'Karlstads kommuns besked 2026-04-02' \
		--responsible 'Gudrun Hällkvist'
	v deadline add --key bussresa --name 'Anmäl plats på bussen till torgmötet' --kind own \
		--association 'EX Bergslagen' --date 2026-08-31 --source 'EX Bergslagens styrelse' \
		--responsible 'Hedda Masmästar'
	v deadline add --key evaluation_answers --name 'Föreningarnas svar på utvärderingen' \
		--kind own --date 2026-10-16 --source 'Distriktsstyrelsen 2026-03-09 § 6' \
		--responsible 'Elis Furubäcken'
	v deadline add --key valanalys --name 'Valanalysen till årsmötet' --kind own \
		--date 2026-11-07 --source 'Distriktsstyrelsen 2026-03-09 § 6'
}

# All who head a list were asked; not everybody came.
meet_top_names()
{
	local person shift booking number=0
	on 2026-05-11T18:00
	say "30 maj: alla förstanamn på samma scen; alla kom inte …"
	v activity add --kind toppnamnsträff --title 'Toppnamnen möts' --starts '2026-05-30 13.00' \
		--ends '2026-05-30 16.00' --kommun Karlstad --venue 'Föreningarnas hus' \
		--street 'Ågatan 9' --town Karlstad --visibility public
	v shift add --activity "$(last_of activity)" --starts '2026-05-30 13.00' \
		--ends '2026-05-30 16.00' --roles 'toppnamn:1-16-20'
	shift=$(last_of shift)
	for person in $(demo/valstuga --json goal top-names | field_inside names person); do
		v booking add "$shift" "$person" --role toppnamn --override 'Har svarat ja på inbjudan'
	done
	on 2026-05-31T10:00
	while read -r booking; do
		number=$((number + 1))
		case $number in
		4 | 9 | 15) v booking no-show "$booking" ;;
		*) v booking attend "$booking" ;;
		esac
	done < <(demo/valstuga --json booking list --shift "$shift" --state booked | field_all code)
	v attendance add --activity "$(last_of activity)" --association 'EX Karlstad' --people 31
	v attendance add --activity "$(last_of activity)" --association 'EX Fryksdalen' --people 4
	v goal top-names
	on 2026-08-10T09:00
	v deadline done affischplatser --on 2026-08-05
	v deadline done order_date --on 2026-04-28
}

# send_article NUMBER OUTLET DAY [PERSON]: it is sent in, with who signs it.
send_article()
{
	on "$3T10:00"
	[ -z "${4-}" ] || v article spokesperson "$1" "$4"
	v article send "$1" "$2"
}

# came MEDIA DAY: what was open was seen.
came()
{
	on "$2T12:00"
	v media "$3" "$1" --date "$2"
}

write_articles()
{
	local queue land bus sister
	say "Juni till augusti: debattartiklar från idé till tidning, en sprids till systerföreningarna …"
	while IFS=';' read -r name _; do
		one_person "$name"
	done < <(rows talespersoner)
	on 2026-05-18T09:00
	v import "$fixtures/talespersoner.csv"
	v media add 'Radio Älvdalen' radio 2026-05-21 --by 'Viktor Vitsand-Ek' --area klimat \
		--title 'Studiosamtal om skogen' --state bokad --time 8.15
	came "$(last_of appearance)" 2026-05-21 broadcast
	v article add --title 'Ingen ska behöva vänta på vårdcentralen' --area vård \
		--state draft --responsible 'Elis Furubäcken' --due-on 2026-06-01
	queue=$(last_of article)
	send_article "$queue" Klarälvsbladet 2026-06-01 'Julia Mårdaklev'
	came "$(last_of appearance)" 2026-06-05 publish
	on 2026-06-08T19:00
	v article spread "$queue"
	sister=$(variant_for "$queue" 'EX Bergslagen')
	send_article "$sister" Bergslagsekot 2026-06-15 'Jenny Backelund'
	came "$(last_of appearance)" 2026-06-18 publish
	v article add --title 'Landsbygden behöver mer än vackra ord' --area landsbygd \
		--by 'Gunnar Forsmyra' --state spokesperson
	land=$(last_of article)
	send_article "$land" Klarälvsbladet 2026-07-20
	on 2026-07-27T16:00
	v media decline "$(last_of appearance)" --reason 'De hade nyss en om samma sak'
	send_article "$land" Länsrösten 2026-07-27
	came "$(last_of appearance)" 2026-07-30 publish
	sister=$(variant_for "$queue" 'EX Västra Värmland')
	send_article "$sister" 'Glafsfjordens Tidning' 2026-08-03 'Gunnar Forsmyra'
	came "$(last_of appearance)" 2026-08-07 publish
	on 2026-08-10T08:30
	v media add 'TV Vänerkusten' tv 2026-08-12 --by 'Viktor Vitsand-Ek' --area klimat \
		--title 'Valduellen: klimatet' --state bokad --time 19.30
	came "$(last_of appearance)" 2026-08-12 broadcast
	v article add --title 'Bussen som inte kommer' --area kollektivtrafik \
		--by 'Yusuf Abdikarimow' --state spokesperson
	bus=$(last_of article)
	send_article "$bus" 'Glafsfjordens Tidning' 2026-08-12
	came "$(last_of appearance)" 2026-08-14 publish
	v article show "$queue"
}

# variant_for ARTICLE ASSOCIATION: the draft that it got.
variant_for()
{
	sqlite3 -readonly "$campaign" "SELECT a.id FROM article a
		JOIN association f ON f.id = a.association_id
		WHERE a.variant_of = $1 AND f.name = '$2'"
}

# The diary that somebody keeps by hand; what is in the file already is recognised.
read_diary()
{
	on 2026-08-24T09:00
	say "24 augusti: läser in mediedagboken för 26 veckor, planen för egna kanaler, avläsningar …"
	v import "$fixtures/mediedagbok.csv"
	v import "$fixtures/innehallsplan.csv"
	v import "$fixtures/avlasningar.csv"
	v media week 34
}

plan_week()
{
	say "25 augusti: det som är på gång i media, i varje läge …"
	on 2026-08-24T15:00
	v article add --title 'Äldre ska få äta tillsammans' --area äldreomsorg \
		--by 'Carina Hultebro' --state spokesperson --responsible 'Linnea Finnsätra'
	v article send "$(last_of article)" Näspostillan --date 2026-08-31
	v article add --title 'Skolmaten är en investering' --area skola --by 'Magnus Källsätra' \
		--state spokesperson --due-on 2026-08-31 --responsible 'Elis Furubäcken'
	v article add --title 'Bygg där folk vill bo' --area bostäder --state draft \
		--due-on 2026-08-26 --responsible 'Linnea Finnsätra' --link https://moln.example/texter/bygg
	v article add --title 'Vad har kulturskolan betytt för dig?' --area kultur
	v article add --title 'Tåget till Oslo' --kind insändare --area kollektivtrafik
	v article add --title 'Sänk elnätsavgiften' --area klimat --state draft
	v article drop "$(last_of article)" --reason 'Frågan avgörs inte i regionen'
	v article add --title 'Trygga cykelvägar till skolan' --kind motion --area skola --state draft
	v article spread "$(last_of article)" 'EX Karlstad' 'EX Nedre Klarälven'
	on 2026-08-25T17:30
	v media add Bergslagsekot nyhet 2026-08-25 --by 'Jenny Backelund' --area arbete \
		--title 'Besök på verkstadsskolan' --kommun Kristinehamn --reach 8200
	v media add 'Radio Älvdalen' intervju 2026-08-31 --time 7.40 --by 'Julia Mårdaklev' \
		--area vård --state bokad --responsible 'Elis Furubäcken'
	v media add 'TV Vänerkusten' tv 2026-09-08 --time 19.30 --by 'Kjell Åkerbråt' --area skola \
		--title 'Slutdebatten' --state bokad --responsible 'Elis Furubäcken'
	v media add Frykenkuriren insändare 2026-09-03 --area kultur --by 'Emma Flodmark' \
		--association 'EX Fryksdalen' --title 'Rädda biblioteksfilialen'
	v media add Klarälvsbladet intervju 2026-08-24 --area klimat --by 'Viktor Vitsand-Ek' \
		--title 'Intervju inför valet' --state planned
}

# Who came to the shifts so far, from the leaders' notes; a few new members are rung.
come_up_to_date()
{
	local number day
	on 2026-08-26T20:00
	say "26 augusti: vilka som kom till passen, nya medlemmar som har fått ett samtal …"
	v booking attend $(sqlite3 -readonly "$campaign" "SELECT b.id FROM booking b
		JOIN shift s ON s.id = b.shift_id WHERE b.state = 'booked'
		AND s.ends_at < unixepoch('2026-08-26 18:00') ORDER BY b.id")
	while read -r number day; do
		v contact attempt "$number" --channel phone --outcome reached --at "$day 18:30"
	done < <(sqlite3 -readonly -separator ' ' "$campaign" "SELECT c.id, date(p.member_since, '+4 days')
		FROM contact c JOIN person p ON p.id = c.person_id WHERE c.reason = 'new_member'
		AND c.closed_at IS NULL AND p.member_since < '2026-08-20' AND c.id % 4 <> 0")
}

# What shows the year on paper, as it stands on the demonstration's last day.
print_year()
{
	on 2026-08-27T10:30
	say "Skriver ut medievecka, mål, kalender och lägesrapport …"
	v media week
	v article pipeline
	v media content
	v goal list
	v calendar next
	v print media-week -o demo/medievecka.pdf
	v print goal-report -o demo/malrapport.pdf
	v print calendar --from 2026-08-01 --until 2026-09-30 -o demo/valkalender.pdf
	v print status-report -o demo/lagesrapport.pdf
	v export calendar -o demo/valkalender.ics
}

# After the election, on a copy: the demonstration's own file stays in advance voting -----------

# The copy is what the commands speak of meanwhile.
after_election()
{
	say "På en kopia, demo/varmland-2026-efter.valstuga: valrörelsen till slutet och utvärderingen …"
	v backup demo/varmland-2026-efter.valstuga
	campaign=demo/varmland-2026-efter.valstuga
	export VALSTUGA_CAMPAIGN=$campaign
	cat >demo/valstuga-efter <<-END
		#!/bin/sh
		# Detsamma fem veckor efter valet, i kampanjfilen demo/varmland-2026-efter.valstuga.
		here=\$(dirname "\$0")
		VALSTUGA_NOW=\${VALSTUGA_NOW:-2026-10-19T10:30}
		VALSTUGA_CAMPAIGN=\$here/varmland-2026-efter.valstuga
		export VALSTUGA_NOW VALSTUGA_CAMPAIGN
		exec "\$here/valstuga" "\$@"
	END
	chmod +x demo/valstuga-efter
	finish_media
	finish_deliveries
	finish_shifts
	read_results
	ask_associations
	print_evaluation
	unset VALSTUGA_CAMPAIGN
	campaign=demo/varmland-2026.valstuga
	on 2026-08-27T10:30
}

finish_media()
{
	on 2026-09-10T20:00
	local number state
	while IFS='|' read -r number state; do
		v media "$state" "$number"
	done < <(sqlite3 -readonly "$campaign" "SELECT id, iif(kind IN ('tv', 'radio'),
		'broadcast', 'publish') FROM appearance WHERE state IN ('planned', 'submitted', 'booked')
		AND date BETWEEN '2026-08-28' AND '2026-09-10'")
	v media cancel "$(sqlite3 -readonly "$campaign" "SELECT id FROM appearance
		WHERE title = 'Intervju inför valet'")" --reason 'Reportern blev sjuk'
	v media add Klarälvsbladet debattartikel 2026-09-04 --area bostäder \
		--by 'Carina Kolbotten Vinterhed' --title 'Bygg där folk vill bo'
	v media add 'Glafsfjordens Tidning' nyhet 2026-09-05 --area landsbygd --by 'Gunnar Forsmyra' \
		--association 'EX Västra Värmland' --kommun Arvika --title 'Full fart vid valstugan'
	v media week
}

# Whoever fetched the stands counted what was in them: of advance voting before the last stands
# came, then of election day. Nobody has been in Torsby and Eda yet.
finish_deliveries()
{
	say "Leveranserna till och med valdagen, och det som blev kvar i ställen räknas …"
	receive_until 2026-09-12
	count_leftovers 2026-09-12T20:00 'Kvar efter förtidsröstningen'
	receive_until 2026-09-13
	count_leftovers 2026-09-14T18:00 'Kvar när stället hämtades'
	v shortage list --all
}

receive_until()
{
	local number day
	while read -r number day; do
		[[ ! $day > $1 ]] || continue
		on "${day}T19:30"
		v deliver receipt "$number" --by Röstmottagare
	done < <(demo/valstuga --json delivery list --all | field_where status planned id date)
}

count_leftovers()
{
	local item location left
	on "$1"
	while IFS='|' read -r item location left; do
		v stock count "$item" --at "$location" --pieces "$left" --reason "$2"
	done < <(sqlite3 -readonly "$campaign" "SELECT b.item_id, b.location_id,
		b.pieces * (14 + (b.location_id * 7 + b.item_id * 5) % 29) / 100
		FROM balance b JOIN location l ON l.id = b.location_id
		LEFT JOIN place p ON p.id = l.place_id WHERE b.pieces > 0
		AND coalesce(p.kommun_code, l.kommun_code) NOT IN ('1737', '1730')
		ORDER BY b.location_id, b.item_id")
}

# A tenth did not come; the walks were walked, and their streets counted.
finish_shifts()
{
	on 2026-09-14T09:00
	v booking no-show $(sqlite3 -readonly "$campaign" "SELECT id FROM booking
		WHERE state = 'booked' AND id % 11 = 0 ORDER BY id")
	v booking attend $(sqlite3 -readonly "$campaign" "SELECT id FROM booking
		WHERE state = 'booked' ORDER BY id")
	local walk code street rows
	for walk in 1 2 4 5 6; do
		code=$(sheet_code canvass-sheet --canvass "$walk")
		rows=()
		while read -r street; do
			rows+=("$street=$((17 + 3 * street + walk))/$((8 + street + walk))/$((5 + street))/$((12 + walk))/1")
		done < <(sqlite3 -readonly "$campaign" "SELECT position FROM canvass_street
			WHERE canvass_id = $walk ORDER BY position")
		v field enter --sheet "$code" "${rows[@]}"
	done
}

read_results()
{
	on 2026-09-22T09:00
	say "22 september: läser in det slutliga resultatet, kommunernas gränser på kartan …"
	v import "$fixtures/riksdag_2026.csv" "$fixtures/region_2026.csv" "$fixtures/kommun_2026.csv"
	v import "$fixtures/kommungranser.geojson"
	v evaluation learn
	v evaluation usage
	v export usage -o demo/forbrukning.csv
	v evaluation result
	v evaluation result --kind RD --by district
	v deadline done posters_until --on 2026-09-19
}

# Four of six have answered: three on paper, one through a form on the web.
ask_associations()
{
	on 2026-09-24T09:00
	say "24 september: frågor till föreningarna; fyra av sex har svarat den 19 oktober …"
	v print questionnaire -o demo/frageformular.pdf
	on 2026-10-14T19:00
	v evaluation answer 'EX Karlstad' support=ja ballots=ja material=4 people=4 information=5 \
		worked='Stugan på torget hade folk hela tiden' lacked='Fler flygblad på andra språk'
	v evaluation answer 'EX Västra Värmland' support=ja ballots=ja material=5 people=3 \
		information=4 worked='Att få en färdig debattartikel att göra till vår egen'
	v evaluation answer "$(form_of 'EX Bergslagen')" support=ja ballots=delvis material=3 \
		people=3 information=4 lacked='Besked om valsedlarna i Storfors kom sent'
	v import "$fixtures/utvarderingssvar.csv"
	v evaluation answers
}

# form_of ASSOCIATION: the code on its paper form.
form_of()
{
	sheet_code questionnaire --association "$1"
}

print_evaluation()
{
	on 2026-10-19T10:30
	say "19 oktober: utvärderingen till årsmötet …"
	v goal read "$(goal_of likes)" 1012 --date 2026-10-15
	v goal read "$(goal_of followers)" 431 --date 2026-10-15
	v goal read "$(goal_of new_members)" 97 --association 'EX Karlstad' --date 2026-10-15
	v goal read "$(goal_of new_members)" 34 --association 'EX Västra Värmland' --date 2026-10-15
	v goal read "$(goal_of active_members)" 214 --association 'EX Karlstad' --date 2026-10-15
	v print evaluation-report -o demo/utvardering.pdf
	v print goal-report -o demo/malrapport-efter-valet.pdf
	v evaluation steps
	v goal list
}

# field_inside LIST NAME: this value of each record in a list inside the JSON that comes in.
field_inside()
{
	python3 -c 'import json, sys
for record in json.load(sys.stdin)[sys.argv[1]]:
    print(record[sys.argv[2]])' "$@"
}

# field_where NAME VALUE NAME...: these values of the records that have that value, by day.
field_where()
{
	python3 -c 'import json, sys
records = [r for r in json.load(sys.stdin) if r[sys.argv[1]] == sys.argv[2]]
for record in sorted(records, key=lambda r: (r["date"], r["id"])):
    print(*(record[name] for name in sys.argv[3:]))' "$@"
}
