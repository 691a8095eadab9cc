# shellcheck shell=bash
# A registry on the loopback, and images for it.

# start_registry FOLDER PORT: its host:port is in registry, and where it came from in registry_kind.
start_registry() {
    local folder=$1/registry port=$2 program
    registry=127.0.0.1:$port
    mkdir -p "$folder"
    if program=$(command -v docker-registry || borrow docker-registry usr/bin/docker-registry "$folder"); then
        registry_kind="Debian's docker-registry"
        printf '%s\n' 'version: 0.1' 'log: { level: error, accesslog: { disabled: true } }' \
            "storage: { filesystem: { rootdirectory: $folder/data } }" "http: { addr: $registry }" > "$folder/config.yml"
        start_process "$folder/log" "$program" serve "$folder/config.yml"
        undo stop_process "$started_pid"
    else
        registry_kind='the image registry:2'
        local name=plimsoll-demo-registry-$$
        quietly docker run -d --name "$name" -p "$registry:5000" registry:2 \
            || fail "There is no docker-registry program, and the image registry:2 does not run. Install Debian's package docker-registry."
        undo quietly docker rm -f -v "$name"
    fi
    wait_until 15 registry_answers || fail "The registry at $registry did not start. $(tail -n 5 "$folder/log" 2> /dev/null)"
}

registry_answers() { curl -sf --noproxy '*' -o /dev/null "http://$registry/v2/"; }

# static_busybox FOLDER: the path of one that needs no libraries, for images that hold nothing else.
static_busybox() {
    local found
    if found=$(command -v busybox) && is_static "$found"; then
        printf '%s' "$found"
    elif ! borrow busybox-static bin/busybox "$1"; then
        busybox_of_an_image "$1/busybox" || fail "There is no static busybox for the sample images. Install Debian's package busybox-static."
        printf '%s' "$1/busybox"
    fi
}

busybox_of_an_image() {
    local container status=0
    container=$(docker create busybox:musl) || return 1
    quietly docker cp "$container:/bin/busybox" "$1" || status=1
    quietly docker rm "$container"
    return "$status"
}

is_static() { ! LC_ALL=C ldd "$1" 2> /dev/null | grep -q '=>'; }

# build_image IMAGE FOLDER [ARGUMENT...]
build_image() { DOCKER_BUILDKIT=0 quietly docker build -q -t "$1" "${@:3}" "$2" || fail "The image $1 could not be built."; }

# push_image IMAGE: prints the digest under which the registry has it.
push_image() {
    quietly docker push "$1" || fail "The engine cannot push to $registry. It has to run on this machine: the registry listens on its loopback only."
    curl -sf --noproxy '*' -I -H 'Accept: application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json' \
        "http://$registry/v2/$(cut -d/ -f2- <<< "${1%:*}")/manifests/${1##*:}" | tr -d '\r' | sed -n 's/^docker-content-digest: //Ip'
}
