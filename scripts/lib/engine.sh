# shellcheck shell=bash
# A Docker engine: the one that answers, or a private one.

# engine_version: fails, with the engine's own words in engine_trouble, when none answers.
engine_version() {
    engine_trouble=
    local words
    words=$(docker version --format '{{.Server.Version}}' 2>&1) && printf '%s' "$words" && return
    engine_trouble=$(tail -n 1 <<< "$words")
    return 1
}

engine_answers() { engine_version > /dev/null; }

# use_any_engine FOLDER: leaves DOCKER_HOST pointing at an engine that answers, and says which.
use_any_engine() {
    local asked_for=${DOCKER_HOST:-}
    # Said outright, because Plimsoll does not read the docker command's contexts.
    export DOCKER_HOST=${asked_for:-unix:///var/run/docker.sock}
    if command -v docker > /dev/null && engine_answers; then
        fact engine "$DOCKER_HOST, Docker $(engine_version)"
        return
    fi

    local trouble=${engine_trouble:-There is no docker command.}
    [[ -z $asked_for ]] || fail "No Docker engine answers at DOCKER_HOST=$asked_for: $trouble Correct DOCKER_HOST, or unset it."
    [[ $(id -u) -eq 0 ]] || fail "No Docker engine answers at $DOCKER_HOST: $trouble
  Start Docker (sudo systemctl start docker), make sure that you may use it (sudo usermod -aG docker $USER, then sign in again),
  or run this as root: it then brings an engine of its own."
    fact engine "none answers at $DOCKER_HOST, so a private one is started"
    start_private_engine "$1" 10.231.0.0/16
    fact '' "$DOCKER_HOST, Docker $(engine_version)"
}

# start_private_engine FOLDER ADDRESSES: an engine that shares nothing with any other: own socket, own data, no bridge and no firewall rule.
start_private_engine() {
    local folder=$1/engine addresses=$2
    have_engine_programs || install_engine_programs
    mkdir -p "$folder"
    printf '{}\n' > "$folder/daemon.json"
    start_process "$folder/log" dockerd --config-file "$folder/daemon.json" --host "unix://$folder/docker.sock" \
        --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" \
        --bridge none --iptables=false --ip-forward=false --default-address-pool "base=$addresses,size=24"
    undo stop_private_engine "$started_pid" "$folder"
    export DOCKER_HOST=unix://$folder/docker.sock
    wait_until 30 engine_answers || fail "The private Docker engine did not start. Its last words:
$(tail -n 5 "$folder/log")"
}

stop_private_engine() {
    local pid=$1 folder=$2 mounted
    remove_containers
    # An engine that ends leaves the bridges of its networks on the machine.
    quietly docker network prune -f
    stop_process "$pid" 30
    while read -r _ mounted _; do
        [[ $mounted != "$folder"/* ]] || umount -l "$mounted"
    done < /proc/mounts
}

have_engine_programs() {
    local name
    for name in dockerd docker containerd runc; do
        command -v "$name" > /dev/null || return 1
    done
}

install_engine_programs() {
    may_install || fail "Docker is not installed. Install it (https://docs.docker.com/engine/install/) and start again."
    "$root/scripts/install-test-needs" || fail "Docker could not be installed."
}

# remove_containers [FILTER]: all that match, running or not.
remove_containers() {
    local ids
    ids=$(docker ps -aq ${1:+--filter "$1"} 2> /dev/null) || return 0
    [[ -z $ids ]] || xargs docker rm -f -v <<< "$ids" > /dev/null 2>&1
}
