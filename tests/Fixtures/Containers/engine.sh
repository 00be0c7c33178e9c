#!/usr/bin/env bash
# Runs a container engine on a Debian machine that has none, and ends it, and what it started, at the end of its input.
#   bash engine.sh ROOT DIR      ROOT is the folder of ../debian13.sh. The socket is DIR/docker.sock. Prints "ready" when it answers.
# The engine runs in a mount namespace of its own, with the root file system of Debian 13: Debian 12's engine is too old for
# Testcontainers. Needs root.
set -euo pipefail
root=$(realpath "$1") dir=$(realpath -m "$2")
mkdir -p "$dir/config/cli-plugins"
# One engine at a time has the folder; the next waits until it has ended.
exec 9>"$dir/lock"
flock 9
# The client's plugins (docker compose, docker buildx) are looked for in the configuration's folder.
cp "$root"/usr/libexec/docker/cli-plugins/* "$dir/config/cli-plugins/"
rm -f "$dir/docker.sock" "$dir/pid"

export root dir
unshare --mount bash -euc '
    mount --make-rprivate /
    mount --bind "$root" "$root" && cd "$root"
    for each in proc sys dev; do mount --rbind "/$each" "$each"; done
    mkdir -p engine old && mount --bind "$dir" engine && mount -t tmpfs tmpfs run
    # What containers mount from this machine has its own name in here: everything but the folders of the system.
    for folder in /*/; do
        case $folder in /bin/|/sbin/|/lib*/|/usr/|/etc/|/var/|/proc/|/sys/|/dev/|/run/|/boot/|/lost+found/|/engine/|/old/) continue ;; esac
        mkdir -p ".$folder" && mount --rbind "$folder" ".$folder"
    done
    pivot_root . old
    exec chroot . sh -c "umount -l /old; exec dockerd --data-root /engine/data --exec-root /engine/exec -H unix:///engine/docker.sock --pidfile /engine/pid"
' >"$dir/log" 2>&1 </dev/null 9>&- &
engine=$!

end() {
    # The engine ends its containers; what is still there after half a minute is killed.
    kill -TERM "$engine" 2>/dev/null || true
    for _ in $(seq 60); do kill -0 "$engine" 2>/dev/null || return 0; sleep 0.5; done
    kill -KILL "$engine" 2>/dev/null || true
}
trap end EXIT

for _ in $(seq 120); do
    if [ -S "$dir/docker.sock" ] && DOCKER_HOST=unix://$dir/docker.sock DOCKER_CONFIG=$dir/config "$root/usr/bin/docker" version >/dev/null 2>&1; then
        echo ready
        # Until whoever started this closes it, or is gone.
        cat >/dev/null
        exit 0
    fi
    kill -0 "$engine" 2>/dev/null || break
    sleep 1
done
echo "The container engine did not start: $(tail -n 5 "$dir/log")" >&2
exit 1
