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
	v shift match --from 2026-07-20 --until 2026-09-13 --plan "$plan"
	python3 - demo/.match "$(((after - before) / 1000000))" <<-'END'
		import json
		import sys

		total = json.load(open(sys.argv[1], encoding="utf-8"))["total"]
		gap = total["gap"]
		print(f"  {total['places']} platser, {total['filled']} fyllda, {total['needed_open']} nödvändiga tomma; "
		      f"högst {total['hours_most']:g} timmar för någon, i snitt {total['hours_mean']:.1f}; "
		      + ("bevisat bäst" if total["best"] else f"högst {gap:g} % från bästa möjliga" if gap is not None else "gräns okänd")
		      + f"; {int(sys.argv[2]) / 1000:.2f} s".replace(".", ","))
	END
	rm -f demo/.match
}
