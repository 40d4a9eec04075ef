#!/bin/bash
# Everything there is to test, from a fresh Debian 12: packages, builds, suites, a count.
#
#	tests/run.sh [--no-install] [--quick]
#
#	--no-install	the packages are there already
#	--quick		gcc only, unit tests and cases
#
# build-test is gcc, build-san clang with AddressSanitizer and UndefinedBehaviorSanitizer.
# The last line is `N passed, N failed, N skipped`, counted in test cases over all runs; the
# exit status is 0 when none failed.
set -u
cd "$(dirname "$0")/.." || exit 1
. tools/packages.sh

install=yes quick=no
for word; do
	case $word in
	--no-install) install=no ;;
	--quick) quick=yes ;;
	*)
		sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
		exit 2
		;;
	esac
done

# In memory where that is possible: every command syncs its file, which a busy disk makes slow.
[ -d /dev/shm ] && [ -w /dev/shm ] && export TMPDIR=/dev/shm
logs=$(mktemp -d -t valstuga-test-XXXXXX)
export TMPDIR=$logs
trap 'rm -rf "$logs"' EXIT
tally=$logs/tally
: >"$tally"

# What a test must not see of the one who runs it.
unset VALSTUGA_CAMPAIGN VALSTUGA_NOW VALSTUGA_LANG VALSTUGA_USER VALSTUGA_TEMPLATES
unset VALSTUGA_LOCALEDIR LANGUAGE CFLAGS LDFLAGS
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

# A step that is not itself a test and must succeed: counts as one failed test if not.
step()
{
	local name=$1
	shift
	if "$@" >"$logs/step" 2>&1; then
		return 0
	fi
	echo "$name failed:"
	tail -n 40 "$logs/step"
	echo "0 1 0" >>"$tally"
	return 1
}

# build FOLDER MESON-OPTION...
build()
{
	local folder=$1
	shift
	echo "== $folder: ${CC:-gcc} $*"
	if [ -f "$folder/build.ninja" ]; then
		step "meson configure $folder" meson configure "$folder" "$@" || return 1
	else
		rm -rf "$folder"
		step "meson setup $folder" meson setup "$folder" "$@" || return 1
	fi
	step "building $folder" ninja -C "$folder"
}

# run_suite TITLE FOLDER MESON-TEST-WORD...
run_suite()
{
	local title=$1 folder=$2
	shift 2
	rm -f "$folder"/meson-logs/run*
	meson test -C "$folder" --no-rebuild --print-errorlogs --logbase run "$@" \
		>"$logs/output" 2>&1
	# With a wrapper its name is part of the log's.
	python3 tests/count.py "$title" "$tally" "$folder"/meson-logs/run*.json ||
		tail -n 20 "$logs/output"
}

finish()
{
	awk '{ passed += $1; failed += $2; skipped += $3 }
		END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
			exit failed > 0 || passed == 0 }' "$tally"
	exit
}

if [ "$install" = yes ]; then
	install_packages "${test_packages[@]}" || {
		echo "0 1 0" >>"$tally"
		finish
	}
fi

if CC=gcc build build-test -Dbuildtype=debugoptimized; then
	if [ "$quick" = yes ]; then
		run_suite 'gcc' build-test --suite unit --suite long --suite cases
		finish
	fi
	run_suite 'gcc' build-test
	run_suite 'gcc, valgrind' build-test --suite unit --timeout-multiplier 20 --wrapper \
		"valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
		--suppressions=$PWD/tests/valgrind.supp"
fi
[ "$quick" = no ] || finish

# The options that systemd runs its tests with.
export ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1:check_initialization_order=1:strict_init_order=1
export UBSAN_OPTIONS=print_stacktrace=1:print_summary=1:halt_on_error=1
if CC=clang build build-san -Dbuildtype=debugoptimized -Db_sanitize=address,undefined \
	-Db_lundef=false -Dfuzz=true; then
	for suite in unit long cases paper docs fuzz torture; do
		suites+=(--suite "$suite")
	done
	run_suite 'clang, sanitizers' build-san "${suites[@]}" --timeout-multiplier 5
fi
finish
