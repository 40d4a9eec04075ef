# The people chapter of tools/demo.sh, which reads this file: who helps, what is on, who stands
# where, what goes out on paper and what comes back. Everybody in it is invented.

# rows FILE: the lines of a fixture without its heads, for `IFS=';' read`.
rows()
{
	tail -n +2 "$fixtures/$1.csv"
}

# answer COMMAND... -- PATH...: a value inside what a command says as JSON.
answer()
{
	local command=()
	while [ "$1" != -- ]; do
		command+=("$1")
		shift
	done
	shift
	demo/valstuga --json "${command[@]}" | field "$@"
}

# Those who stood in 2022, too, are in the register twice, under the numbers of two elections.
one_person()
{
	local numbers
	mapfile -t numbers < <(sqlite3 -readonly demo/varmland-2026.valstuga \
		"SELECT id FROM person WHERE name = '$1' ORDER BY id DESC")
	for number in "${numbers[@]:1}"; do
		v person merge "${numbers[0]}" "$number"
	done
}

import_people()
{
	local plan name phone email kommun association skill hours first second
	on 2026-07-13T09:00
	say "13 juli: läser in 150 volontärer, efter en titt på vad varje kolumn är …"
	add_association 'EX Bergslagen' 58 'Hedda Masmästar' '070-174 06 20' \
		Kristinehamn Filipstad Storfors
	add_association 'EX Fryksdalen' 41 'Alf Rottnemark' '070-174 06 21' Sunne Torsby
	add_association 'EX Nedre Klarälven' 39 'Ragna Deglunda' '070-174 06 22' Kil Forshaga
	for kommun in Grums Säffle Årjäng; do
		v kommun set "$kommun" --association 'EX Karlstad' --association-lent ja
	done
	v person import "$fixtures/volontarer.csv" --dry-run
	plan=$(answer person import "$fixtures/volontarer.csv" --dry-run -- plan)
	v person import "$fixtures/volontarer.csv" --plan "$plan" \
		--source 'Distriktets lista över volontärer' --consent pass
	while IFS=';' read -r name phone email kommun association skill hours; do
		one_person "$name"
		v person set "$name" --phone "$phone" --email "$email" --kommun "$kommun" \
			--association "$association" --membership member --volunteer ja \
			--hours-week "$hours" --car ja
	done < <(rows kandidater-i-falt)
	for skill in Riksdagskandidat Regionkandidat Studieledare; do
		v skill add --name "$skill"
	done
	v skill add --name Passledare --confirmed ja
	v skill add --name Ljud --confirmed ja
	v import "$fixtures/kunskaper.csv" "$fixtures/kan-och-kan-inte.csv" \
		"$fixtures/onskemal.csv"
	while IFS=';' read -r first second; do
		v person together "$first" "$second"
	done < <(rows tillsammans)
	v person duplicates
}

add_activities()
{
	local activity starts ends each roles days
	say "Lägger in 40 aktiviteter och deras pass i åtta veckor …"
	v import "$fixtures/aktiviteter.csv"
	while IFS=';' read -r activity starts ends each roles; do
		v shift add --activity "$activity" --starts "$starts" --ends "$ends" \
			${each:+--each "$each"} --roles "${roles//\"/}"
	done < <(rows pass)
	while IFS=';' read -r activity days; do
		v activity copy "$activity" --days "$days"
	done < <(rows upprepningar)
	v import "$fixtures/promenader.csv" "$fixtures/gator.csv"
	v activity list --all
}

# The whole eight weeks at once; how long it took, and how much of it is filled.
match_shifts()
{
	local plan before after
	say "Föreslår vem som står var i åtta veckor, ser på förslaget och skriver det …"
	v shift match --from 2026-07-20 --until 2026-09-13 --dry-run
	before=$(date +%s%N)
	demo/valstuga --json shift match --from 2026-07-20 --until 2026-09-13 --dry-run >demo/.match
	after=$(date +%s%N)
	plan=$(field plan <demo/.match)
	# With time to think it also proves how far it can be from the best there is.
	demo/valstuga --json shift match --from 2026-07-20 --until 2026-09-13 --seconds 2 \
		--dry-run >demo/.bound
	v shift match --from 2026-07-20 --until 2026-09-13 --plan "$plan"
	python3 - demo/.match demo/.bound "$(((after - before) / 1000000))" <<-'END'
		import json
		import sys

		total, thought = (json.load(open(name, encoding="utf-8"))["total"] for name in sys.argv[1:3])
		gap, seconds = thought["gap"], int(sys.argv[3]) / 1000
		bound = ("det bästa som går" if thought["best"] else
		         "gränsen är okänd" if gap is None else f"högst {gap:.1f} % från det bästa som går")
		print(f"  {total['places']} platser, {total['filled']} fyllda, {total['needed_open']} nödvändiga tomma; "
		      f"högst {total['hours_most']:g} timmar för någon, i snitt {total['hours_mean']:.1f}; "
		      f"{seconds:.2f} s".replace(".", ","))
		print(f"  Med två sekunders betänketid: {bound}".replace(".", ","))
	END
	rm -f demo/.match demo/.bound
}

# A full shift has a waiting list; a place that becomes free is offered to who waits first.
book_by_hand()
{
	local shift booking
	say "Bokar, ställer i kö, avbokar och byter för hand …"
	shift=$(sqlite3 -readonly demo/varmland-2026.valstuga "SELECT s.id FROM shift s
		JOIN activity a ON a.id = s.activity_id WHERE a.title = 'Dörrknackning på Tallmon'")
	v booking check "$shift" 'Bà Ngọc Trầnvu' --role knackare
	v shift set "$shift" --roles 'knackare:4-17-17;passledare/Passledare:1-2-2'
	v booking add "$shift" 'Marcus Furubäcken' --role knackare --wait --override 'Kandidat, vill gå med'
	booking=$(answer booking list --shift "$shift" --state booked -- 0 code)
	v booking cancel "$booking" --by person --reason Sjuk
	booking=$(answer booking list --shift "$shift" --state offered -- 0 code)
	v booking accept "$booking"
	v booking list --shift "$shift"
	v shift call "$shift" --role knackare --limit 5
}

make_flyers()
{
	say "Gör flygblad med en kod för varje kommun och varje öppen aktivitet …"
	v campaign set --colour '#2B6CB0' --signup-way server --signup-url https://varmland.example/v/ \
		--signup-phone '070-174 06 99' --signup-email vill@varmland.example \
		--sender 'Exempelpartiet i Värmland, Sågverksgatan 4, Karlstad'
	v flyer add-all kommuner --text forening --pieces 500
	v flyer add-all activities --text aktivitet --from 2026-08-15 --until 2026-08-23 --pieces 200
	v print flyer --text forening -o demo/flygblad-16-kommuner.pdf
	v print flyer --text forening --kommun Karlstad --size A6 -o demo/flygblad-karlstad-a6.pdf
	v print flyer --text forening --kommun Kil --size A5 --up 1 --slip -o demo/flygblad-kil-talong.pdf
	v print flyer --text aktivitet --size A4 -o demo/affischer-veckan.pdf
	v flyer list
}

# Saturday 22 August: what the organiser looks at in the morning, and what is printed for the day.
field_day()
{
	local stand contact booking code
	on 2026-08-22T07:30
	say "22 augusti: ser på dagen och skriver ut passlistor, gatulistor, ringlista och checklistor …"
	stand=$(stand_of_the_day)
	# Two are ill this morning.
	for booking in $(sqlite3 -readonly demo/varmland-2026.valstuga "SELECT b.id FROM booking b
		JOIN shift_role r ON r.id = b.role_id JOIN shift s ON s.id = b.shift_id
		JOIN activity a ON a.id = s.activity_id
		WHERE date(s.starts_at, 'unixepoch') = '2026-08-22' AND b.state = 'booked'
		AND (r.name = 'passledare' AND a.title = 'Valstugan på Arvika torg'
			OR r.name = 'riksdagskandidat') GROUP BY r.name ORDER BY b.id"); do
		v booking cancel "$booking" --by person --reason 'Sjuk, ringde 7.15'
	done
	v day
	contact=$(answer activity show "$stand" -- contact_name)
	v print roster --day 2026-08-22 --activity "$stand" -o demo/passlista-stora-torget.pdf
	v print roster --day 2026-08-22 --activity "$stand" --holder "$contact" \
		-o demo/passlista-stora-torget-ledare.pdf
	v print roster --day 2026-08-22 -o demo/passlistor-22-augusti.pdf
	v print day-plan --day 2026-08-22 -o demo/dagsplan-22-augusti.pdf
	v print canvass-sheet --day 2026-08-22 -o demo/gatulistor-22-augusti.pdf
	v print call-list --from 2026-08-22 --until 2026-09-04 -o demo/ringlista.pdf
	v print saturday-sheet -o demo/roda-lordagar.pdf
	v print checklist --day 2026-08-22 -o demo/checklistor-22-augusti.pdf
	# The first one who is rung says yes.
	code=$(demo/valstuga --json print call-list --day 2026-08-22 | field sheets 0 rows 0 code)
	v field enter "$code=ja"
	v shift board --from 2026-08-22 --until 2026-08-23 --missing
}

stand_of_the_day()
{
	sqlite3 -readonly demo/varmland-2026.valstuga "SELECT id FROM activity WHERE
		title = 'Valstugan på Stora torget' AND date(starts_at, 'unixepoch') = '2026-08-22'"
}

# sheet_code KIND OPTION...: the code beside the square of the first sheet.
sheet_code()
{
	demo/valstuga --json print "$@" | field sheets 0 code
}

# Sunday evening: the papers are typed in. All came but two; one came without being asked.
type_in()
{
	local stand code rows=() number=0 booking school
	on 2026-08-23T19:00
	say "23 augusti: skriver in det ifyllda, nya medlemmar, anmälningar på talong …"
	stand=$(stand_of_the_day)
	code=$(sheet_code roster --day 2026-08-22 --activity "$stand")
	while read -r booking; do
		number=$((number + 1))
		case $number in
		3 | 11) rows+=("$booking=absent") ;;
		*) rows+=("$booking=came") ;;
		esac
	done < <(demo/valstuga --json booking list --activity "$stand" --state booked | field_all code)
	v field enter --sheet "$code" "${rows[@]}" '+14.00;Torkel Myrhuvud;0980-319 290' --dry-run
	v field enter --sheet "$code" "${rows[@]}" '+14.00;Torkel Myrhuvud;0980-319 290'
	v field enter --sheet "$code" "${rows[@]}"
	code=$(sheet_code canvass-sheet --canvass 3)
	v field enter --sheet "$code" 1=31/14/9/22/1 2=29/11/6/18/0 3=46/21/12/30/2 4=18/7/5/11/0 5=12/-/-/12/0
	v canvass tally
	school=$(sqlite3 -readonly demo/varmland-2026.valstuga "SELECT id FROM activity
		WHERE title = 'Valskola: samtalet vid stugan'")
	v attendance add --activity "$school" --association 'EX Karlstad' --people 14
	v attendance add --activity "$school" --association 'EX Bergslagen' --people 5
	v attendance add --activity $((school + 1)) --association 'EX Fryksdalen' --digital 4
	v activity attendance
}

new_people()
{
	local plan code number contact
	plan=$(answer person import "$fixtures/nya-medlemmar.csv" --dry-run -- plan)
	v person import "$fixtures/nya-medlemmar.csv" --dry-run
	v person import "$fixtures/nya-medlemmar.csv" --plan "$plan" --source 'Partiets medlemsregister'
	code=$(sqlite3 -readonly demo/varmland-2026.valstuga "SELECT f.code FROM flyer f
		JOIN kommun k ON k.code = f.kommun_code WHERE k.name = 'Kil'")
	v signup add --source paper --flyer "$code" --name 'Gerda Spånmyr' --phone '0980-319 291' \
		--kommun Kil --message 'Kan på lördagar'
	v signup add --source paper --flyer "$code" --name 'Gerda Spånmyr' --phone '0980-319 291' \
		--kommun Kil --message 'Kan på lördagar'
	v signup inbox
	v signup accept 1
	v contact queue
	contact=$(answer contact queue -- associations 0 people 0 contact)
	v contact attempt "$contact" --channel phone --outcome no_answer
	v contact attempt "$contact" --channel phone --outcome reached --note 'Glad, vill veta mer'
	v contact next "$contact" 'Bjud in till valstugan' --on 2026-08-26
	number=$(answer contact queue -- associations 0 people 1 contact)
	v contact close "$number" joined_in --note 'Står i valstugan den 29 augusti'
	v contact queue
}

send_out()
{
	say "Kalendrar, kort, listor och mejl …"
	v export shift --association 'EX Karlstad' -o demo/pass-karlstad.ics
	v export person --kommun Kil -o demo/volontarer-kil.vcf
	v export person -o demo/personer.xlsx
	v export booking -o demo/bokningar.csv
	v mail thanks --from 2026-08-22 --until 2026-08-22 -o demo/mejl-tack
	on 2026-08-24T12:00
	v mail day-before -o demo/mejl-dagen-fore
}

# Somebody wants to know what we have, and then to be forgotten.
forget()
{
	local name='Øystein Skogstadmoen' phone found
	say "Øystein Skogstadmoen vill veta vad som är sparat, och sedan bli glömd …"
	phone=$(answer person show "$name" -- phone)
	v person extract "$name" -o demo/utdrag.pdf
	v person erase "$name" --dry-run
	v person erase "$name"
	found=$(grep -aliE "skogstadmoen|${phone#+}" demo/*.valstuga* || true)
	say "  Namnet, mejladressen och numret finns i kampanjfilen: ${found:-ingenting}"
	[ -z "$found" ]
}
