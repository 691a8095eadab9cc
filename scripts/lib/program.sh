# shellcheck shell=bash
# Plimsoll itself: built, started, asked.

program=$root/src/Plimsoll/bin/Release/net10.0/plimsoll.dll

need_dotnet() {
    command -v dotnet > /dev/null && dotnet --list-sdks | grep -q '^10\.' || fail "Plimsoll is built with the .NET 10 SDK, which is not here. Install it:
  https://learn.microsoft.com/dotnet/core/install/linux
or, without a package manager:
  curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0 && export PATH=\"\$HOME/.dotnet:\$PATH\""
}

# build_plimsoll: what changed, the dashboard first, which goes into the program.
build_plimsoll() {
    "$root/scripts/build-dashboard" >&2 || fail 'The dashboard could not be built; the reason is above.'
    build_project src/Plimsoll
}

# build_project FOLDER: one of this repository's.
build_project() {
    need_dotnet
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
    # .NET refuses to start without ICU unless it is told that one language is enough.
    ldconfig -p 2> /dev/null | grep -q libicuuc || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    local words
    # No build server may stay behind, and global.json is looked for from the working folder upwards. The audit of packages asks the
    # registry each time, and without an answer there would be no build.
    words=$(cd "$root" && MSBUILDDISABLENODEREUSE=1 dotnet build -c Release "$1" --nologo -v q \
        -p:UseSharedCompilation=false -p:NuGetAudit=false 2>&1 < /dev/null) || fail "$1 could not be built:
$words"
}

# start_plimsoll DATA_FOLDER LISTEN_PORT PROXY_PORT: a fresh one, of which nobody's own settings are the settings.
start_plimsoll() {
    local log=$1.log
    plimsoll=http://127.0.0.1:$2
    proxy_port=$3
    admin_password=$(random_word 20)
    mkdir -p "$1"
    PLIMSOLL_DATA=$1 PLIMSOLL_LISTEN=$plimsoll PLIMSOLL_PROXY_LISTEN=http://127.0.0.1:$3 PLIMSOLL_ADMIN_PASSWORD=$admin_password \
        start_process "$log" env -u PLIMSOLL_SEED -u PLIMSOLL_LOCAL_LISTEN -u ENCRYPTION_KEY -u ENCRYPTION_KEY_FILE dotnet "$program" serve
    plimsoll_pid=$started_pid
    undo stop_process "$plimsoll_pid" 40
    wait_until 30 is_ready_or_gone
    is_running "$plimsoll_pid" && is_ready || fail "Plimsoll did not start. Its last words:
$(tail -n 15 "$log")"
    webhook_path=$(api GET /api/settings/webhook-url | jq -r .path)
}

is_ready() { curl -sf --noproxy '*' -o /dev/null -m 2 "$plimsoll/readyz"; }

is_ready_or_gone() { is_ready || has_ended "$plimsoll_pid"; }

random_word() { head -c 64 /dev/urandom | base64 | tr -dc 'a-zA-Z0-9' | head -c "$1"; }

# api METHOD PATH [BODY]: prints the answer's data. The password goes through a pipe: arguments are seen by every user of the machine.
api() {
    local answer arguments=(-sS --noproxy '*' -K - -X "$1" -H 'Content-Type: application/json')
    [[ -z ${3:-} ]] || arguments+=(--data "$3")
    answer=$(printf 'user = "admin:%s"\n' "$admin_password" | curl "${arguments[@]}" "$plimsoll$2") || fail "$1 $2: Plimsoll does not answer."
    data_of "$1 $2" "$answer"
}

# call_webhook IMAGE: waits until the deployment is over and prints the answer's data.
call_webhook() {
    local answer
    answer=$(printf 'url = "%s%s?wait=60"\n' "$plimsoll" "$webhook_path" | curl -sS --noproxy '*' -K - --data "{\"image\":\"$1\"}") \
        || fail "The webhook does not answer."
    data_of "The webhook" "$answer"
}

data_of() {
    jq -e 'if .code == 0 then .data else null end' <<< "$2" 2> /dev/null || fail "$1 was answered with: $2"
}
