#!/usr/bin/env bash
# Makes a Debian 13 with its RabbitMQ 4, PostgreSQL 17 and container engine in a folder, once per user, and prints the folder. Needs root
# and debootstrap. DEBIAN13_FOLDER names another one. Several may call it at once: one makes it, the others wait.
set -euo pipefail

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

folder=${DEBIAN13_FOLDER:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/integration-tests/debian-13}
packages=rabbitmq-server,postgresql,docker.io,docker-cli,docker-compose,docker-buildx,iptables,ca-certificates
# Written before the folder gets its name: a folder without it is not one of ours, and is left alone.
complete=$folder/.complete

if [ ! -e "$complete" ]; then
    [ "$(id -u)" -eq 0 ] ||
        stop "Tests against RabbitMQ 4 and in containers make a Debian 13 in $folder, and run it by chroot: both need root."
    command -v debootstrap >/dev/null ||
        stop "Tests against RabbitMQ 4 and in containers need debootstrap. Install it with: apt-get install --no-install-recommends debootstrap"
    mkdir -p "$(dirname "$folder")"
    exec 9>"$folder.lock"
    flock 9
    if [ ! -e "$complete" ]; then
        [ ! -e "$folder" ] || stop "$folder is no Debian that this script has made. Remove it, or name another one with DEBIAN13_FOLDER."
        mirror=$(grep -rhE '^(deb |URIs:)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null |
            grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1 || true)
        rm -rf "$folder.part"
        # In a namespace of its own: what it mounts goes with it, also when it is killed.
        unshare -m debootstrap --variant=minbase --include="$packages" trixie "$folder.part" ${mirror:-http://deb.debian.org/debian} \
            >"$folder.log" 2>&1 9>&- || stop "debootstrap could not make a Debian 13: $(tail -n 3 "$folder.log") (all of it: $folder.log)"
        rm -rf "$folder.part"/var/cache/apt/archives/*.deb
        touch "$folder.part/.complete"
        mv "$folder.part" "$folder"
    fi
fi

printf '%s\n' "$folder"
