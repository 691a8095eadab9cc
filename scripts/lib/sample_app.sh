# shellcheck shell=bash
# What an image of bench/SampleApp is built from: the application and this machine's own .NET runtime, so that nothing has to be pulled.

# fill_sample_context BUILT_APP FOLDER: a context for docker build, with --build-arg VERSION=v1. BUILT_APP holds sample.dll.
fill_sample_context() {
    local app=$1 folder=$2
    mkdir -p "$folder/app" "$folder/runtime/tmp"
    cp "$root/bench/SampleApp/Dockerfile" "$folder/"
    cp "$app"/sample.{dll,deps.json,runtimeconfig.json} "$folder/app/"
    copy_dotnet_runtime "$folder/runtime"
}

# copy_dotnet_runtime FOLDER: the newest .NET 10 and all that it loads, as the root of a file system.
copy_dotnet_runtime() {
    local folder=$1 host framework
    host=$(readlink -f "$(command -v dotnet)")
    mkdir -p "$folder/dotnet/host/fxr" "$folder/dotnet/shared"
    cp "$host" "$folder/dotnet/dotnet"
    cp -r "$(newest "$(dirname "$host")/host/fxr")" "$folder/dotnet/host/fxr/"
    for framework in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
        mkdir "$folder/dotnet/shared/$framework"
        cp -r "$(newest "$(dirname "$host")/shared/$framework")" "$folder/dotnet/shared/$framework/"
    done
    # For debuggers, for tracing, and garbage collectors to choose from: the application runs without.
    find "$folder/dotnet" \( -name 'libmscor*.so' -o -name 'libclrgc*.so' -o -name libcoreclrtraceptprovider.so -o -name createdump \) -delete
    copy_libraries "$folder"
}

newest() { find "$1" -mindepth 1 -maxdepth 1 -name '10.*' | sort -V | tail -n 1; }

# copy_libraries FOLDER: what the programs in there are linked with, under the same paths. OpenSSL, which .NET opens by name, is needed for
# the handshake of a WebSocket.
copy_libraries() {
    local folder=$1 openssl
    openssl=$(ldconfig -p | awk '/lib(ssl|crypto)\.so\.[0-9]/ { print $NF }')
    # shellcheck disable=SC2086
    { find "$folder/dotnet" \( -name '*.so' -o -name dotnet \) -type f -exec ldd {} + && printf '%s\n' "$openssl" && ldd $openssl; } 2> /dev/null \
        | grep -oE '/[^ ]*\.so[^ :]*' | grep -v "^$folder/" | sort -u | xargs -d '\n' cp --parents -L -t "$folder"
}
