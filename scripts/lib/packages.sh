# shellcheck shell=bash
# Programs from Debian: installed where that is allowed, or borrowed without being installed.

# Debian keeps dockerd where only root's own path finds it.
PATH="$PATH:/usr/sbin:/sbin"

may_install() { command -v apt-get > /dev/null && [[ $(id -u) -eq 0 ]]; }

# need_programs NAME...: each is also the name of its package.
need_programs() {
    local name missing=()
    for name in "$@"; do
        command -v "$name" > /dev/null || missing+=("$name")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0
    may_install || fail "Missing: ${missing[*]}. Install them with your system's package manager and start again."
    note "Installing ${missing[*]}."
    quietly apt-get update -q || note "The package lists could not be renewed; going on with those that are there."
    quietly env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" \
        || fail "apt-get could not install ${missing[*]}."
}

# borrow PACKAGE FILE FOLDER: unpacks a Debian package there and prints the path of one of its files.
# Unlike an installed package it replaces nothing, starts no service and is gone with the folder.
borrow() {
    local package=$1 file=$2 folder=$3/$1
    command -v apt-get > /dev/null || return 1
    mkdir -p "$folder"
    (
        cd "$folder"
        download=(apt-get download -q -o APT::Sandbox::User=root "$package")
        quietly "${download[@]}" || { may_install && quietly apt-get update -q && quietly "${download[@]}"; }
        dpkg -x "$package"_*.deb .
    ) 2> /dev/null || return 1
    [[ -x $folder/$file ]] && printf '%s' "$folder/$file"
}

# Says what a command said only if it failed.
quietly() {
    local words
    words=$("$@" 2>&1 < /dev/null) && return
    tail -n 20 <<< "$words" >&2
    return 1
}
