# bash completion for valstuga: nouns, verbs, sheets, options, files.
_valstuga()
{
	local cur prev words cword noun verb i
	_init_completion 2>/dev/null || {
		cur=${COMP_WORDS[COMP_CWORD]} words=("${COMP_WORDS[@]}") cword=$COMP_CWORD
	}
	for ((i = 1; i < cword; i++)); do
		case ${words[i]} in
		--campaign | --lang) ((i++)) ;;
		-*) ;;
		*) if [ -z "$noun" ]; then noun=${words[i]}; else verb=${verb:-${words[i]}}; fi ;;
		esac
	done
	if [ -z "$noun" ]; then
		mapfile -t COMPREPLY < <(compgen -W "$(valstuga help --words | cut -d' ' -f1) --campaign --json --csv --lang" -- "$cur")
	elif [ "$noun" = print ] && [ -z "$verb" ]; then
		mapfile -t COMPREPLY < <(compgen -W "$(valstuga print 2>/dev/null | cut -d' ' -f1)" -- "$cur")
	elif [ "$noun" = export ] && [ -z "$verb" ]; then
		mapfile -t COMPREPLY < <(compgen -W "$(valstuga help --words | cut -d' ' -f1)" -- "$cur")
	elif [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$(valstuga "$noun" $verb --help 2>/dev/null | grep -o -- '--[a-z-]*')" -- "$cur")
	elif [ -z "$verb" ] && valstuga help --words | grep -q "^$noun "; then
		mapfile -t COMPREPLY < <(compgen -W "$(valstuga help --words | sed -n "s/^$noun //p")" -- "$cur")
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	fi
}
complete -o filenames -F _valstuga valstuga
