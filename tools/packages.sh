# Which Debian 12 packages are needed, and getting them; sourced by tests/run.sh and
# tools/demo.sh. The only place where packages are listed.

# To build and run the program.
build_packages=(
	meson ninja-build pkg-config gcc libc6-dev
	libsqlite3-dev libhpdf-dev libqrencode-dev libjansson-dev libunistring-dev
	libcurl4-openssl-dev libxlsxwriter-dev
	fonts-roboto-unhinted gettext scdoc
)

# What tools/demo.sh needs: page counts and figures too.
demo_packages=("${build_packages[@]}" poppler-utils sqlite3 python3)

# What tests/run.sh needs: the other compiler, and what looks at results from outside.
test_packages=(
	"${build_packages[@]}"
	clang libclang-rt-14-dev llvm clang-format libcmocka-dev libglpk-dev valgrind binutils
	sqlite3 poppler-utils zbar-tools qpdf openssl
	python3 python3-reportlab bash bash-completion util-linux
)

missing_packages()
{
	local name
	for name; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] ||
			echo "$name"
	done
}

as_root()
{
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "Installing packages needs root or sudo; with the packages there, use --no-install" >&2
		return 1
	fi
}

# Says nothing and does nothing when everything is there already.
install_packages()
{
	local missing log
	mapfile -t missing < <(missing_packages "$@")
	[ ${#missing[@]} -gt 0 ] || return 0
	echo "Installing ${#missing[@]} packages: ${missing[*]}"
	log=$(mktemp)
	if ! apt_install "$log" "${missing[@]}"; then
		tail -n 30 "$log" >&2
		rm -f "$log"
		return 1
	fi
	rm -f "$log"
}

# The lists of packages may be missing, or so old that what they name is gone.
apt_install()
{
	local log=$1
	shift
	if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
		as_root apt-get -q update >>"$log" 2>&1 || return 1
	fi
	apt_get_install "$log" "$@" && return
	as_root apt-get -q update >>"$log" 2>&1 && apt_get_install "$log" "$@"
}

apt_get_install()
{
	local log=$1
	shift
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -q -y --no-install-recommends install "$@" >>"$log" 2>&1 </dev/null
}
