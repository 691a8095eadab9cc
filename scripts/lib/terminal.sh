# shellcheck shell=bash disable=SC2034
# Words for a terminal and for a log. Colours only where somebody watches.

if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' blue=$'\e[36m' plain=$'\e[0m'
else
    bold='' dim='' red='' green='' blue='' plain=''
fi

heading() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

# fact NAME TEXT
fact() { printf '  %-10s %s\n' "$1" "$2"; }

# A command as it could be typed.
typed() { printf '\n  %s$ %s%s\n' "$blue" "$*" "$plain"; }

# answered TEXT [DURATION]
answered() { printf '    %s%s\n' "$1" "${2:+  $dim($2)$plain}"; }

# What is good to know and need not be read.
remark() { printf '      %s%s%s\n' "$dim" "$1" "$plain"; }

note() { printf '  %s\n' "$*"; }

went_well() { printf '  %s✓%s %s\n' "$green" "$plain" "$*"; }

# Ends the script (or the command substitution, whose status ends the script).
fail() {
    printf '\n%s✗ %s%s\n' "$red" "$*" "$plain" >&2
    exit 1
}

# EPOCHREALTIME has six decimals, behind a comma in some languages.
now_ms() { printf '%s' "$((${EPOCHREALTIME/[.,]/} / 1000))"; }

# since START_MS, as "1.2 s"
since() {
    local ms=$(($(now_ms) - $1))
    printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
}
