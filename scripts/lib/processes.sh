# shellcheck shell=bash
# Processes and ports. What is started here is ended by its own id, newest first.

undo_steps=()
exit_status=0

# undo COMMAND...: to be done at the end, before everything that was noted earlier.
undo() { undo_steps+=("$(printf '%q ' "$@")"); }

undo_all() {
    local i
    # A second Ctrl-C must not leave half of it behind.
    trap '' INT TERM HUP
    for ((i = ${#undo_steps[@]} - 1; i >= 0; i--)); do
        eval "${undo_steps[i]}" || true
    done
    undo_steps=()
}

# clean_up_at_the_end: whatever the way out. Its exit code, for those who clean up, is in exit_status.
clean_up_at_the_end() {
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    trap 'exit_status=$?; undo_all' EXIT
}

# start_process LOG COMMAND...: its id is in started_pid. A session of its own, so that Ctrl-C ends things in our order.
start_process() {
    local log=$1
    shift
    setsid "$@" < /dev/null > "$log" 2>&1 &
    started_pid=$!
}

is_running() { kill -0 "$1" 2> /dev/null; }

# stop_process PID [SECONDS]: asks, waits, and insists when the time is over.
stop_process() {
    local pid=$1 limit=${2:-20}
    kill -TERM "$pid" 2> /dev/null || return 0
    if ! wait_until "$limit" has_ended "$pid"; then
        kill -KILL "$pid" 2> /dev/null || true
    fi
}

has_ended() { ! is_running "$1"; }

# wait_until SECONDS COMMAND...
wait_until() {
    local limit=$(($(now_ms) + $1 * 1000))
    shift
    until "$@"; do
        (($(now_ms) < limit)) || return 1
        sleep 0.1
    done
}

port_is_free() { ! (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# free_port WISH: that port of the loopback, or the next one that nobody listens on.
free_port() {
    local port=$1
    until port_is_free "$port"; do
        port=$((port + 1))
    done
    printf '%s' "$port"
}
