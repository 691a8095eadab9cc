# shellcheck shell=bash
# HTTP without a process for each request: quick enough to ask every few milliseconds, light enough not to disturb what is measured.

# http_get PORT HOST PATH: from the loopback or, if PORT is address:port, from there. Leaves http_status and http_body.
# Fails, with http_status 000, when there is no whole answer.
http_get() {
    local address=127.0.0.1 port=$1 line length=
    [[ $1 != *:* ]] || { address=${1%:*} port=${1##*:}; }
    http_status=000 http_body=
    { exec 8<> "/dev/tcp/$address/$port"; } 2> /dev/null || return 1
    printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$3" "$2" >&8
    IFS=' ' read -r -t 5 -u 8 _ http_status _ || http_status=000
    while IFS= read -r -t 5 -u 8 line && [[ $line != $'\r' ]]; do
        [[ ${line,,} != content-length:* ]] || length=${line//[^0-9]/}
    done
    if [[ -n $length ]]; then
        IFS= LC_ALL=C read -r -t 5 -N "$length" -u 8 http_body || http_status=000
    else
        http_status=000
    fi
    exec 8>&-
    [[ $http_status != 000 ]]
}

# Waits without a process: nobody ever writes into this pipe.
exec 7<> <(:)
pause() { read -r -t "$1" -u 7 || true; }
