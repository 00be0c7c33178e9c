#!/usr/bin/env bash
# Stand-ins for the images that Dockerfile and compose file start from, where no registry can be reached: the .NET SDK of this machine,
# RabbitMQ 4 and PostgreSQL 17 of Debian 13. For tests only.
#   DOCKER_HOST=… bash images.sh ROOT DIR      ROOT is the folder of ../debian13.sh, DIR is for what it makes
set -euo pipefail
root=$(realpath "$1") dir=$(realpath -m "$2")
docker=$(command -v docker || echo "$root/usr/bin/docker")
there() { "$docker" image inspect "$1" >/dev/null 2>&1; }
there postgres:17 && exit 0

rm -rf "$dir" && mkdir -p "$dir"/dotnet "$dir"/rabbitmq "$dir"/postgres
there debian-13:tests || tar -C "$root" -c --exclude=./var/cache/apt --exclude=./var/lib/apt/lists --exclude=./proc --exclude=./sys --exclude=./dev \
    --exclude=./old --exclude=./engine --exclude='./usr/bin/docker*' --exclude='./usr/sbin/docker*' --exclude='./usr/bin/containerd*' \
    --exclude=./usr/libexec/docker --exclude=./usr/share/doc --exclude=./usr/share/man . | "$docker" import - debian-13:tests >/dev/null

cp -a "$(dirname "$(readlink -f "$(command -v dotnet)")")" "$dir/dotnet/dotnet"
# The machine's own certificates: its registry of packages may have one of the house.
cp -L /etc/ssl/certs/ca-certificates.crt "$dir/dotnet/"
cat >"$dir/dotnet/Dockerfile" <<'D'
FROM debian-13:tests
COPY dotnet /usr/share/dotnet
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet && groupadd -g 1654 app && useradd -u 1654 -g app -m app
ENV APP_UID=1654 DOTNET_RUNNING_IN_CONTAINER=true DOTNET_CLI_TELEMETRY_OPTOUT=1 NUGET_CERT_REVOCATION_MODE=offline \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
D

cat >"$dir/rabbitmq/docker-entrypoint.sh" <<'D'
#!/bin/bash
set -e
mkdir -p /var/log/rabbitmq
chown -R rabbitmq:rabbitmq /var/lib/rabbitmq /var/log/rabbitmq
exec setpriv --reuid=rabbitmq --regid=rabbitmq --clear-groups env HOME=/var/lib/rabbitmq RABBITMQ_LOGS=- "$@"
D
cat >"$dir/rabbitmq/Dockerfile" <<D
FROM debian-13:tests
COPY --chmod=755 docker-entrypoint.sh /usr/local/bin/
ENV PATH=/usr/lib/rabbitmq/lib/$(basename "$root"/usr/lib/rabbitmq/lib/rabbitmq_server-*)/sbin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV HOME=/var/lib/rabbitmq
EXPOSE 5672 15672
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["rabbitmq-server"]
D

cat >"$dir/postgres/docker-entrypoint.sh" <<'D'
#!/bin/bash
set -e
case ${1:-} in -*) set -- postgres "$@" ;; esac
export PGDATA=${PGDATA:-/var/lib/postgresql/data}
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" /var/run/postgresql
    chown -R postgres "$PGDATA" /var/run/postgresql
    chmod 700 "$PGDATA"
    exec setpriv --reuid=postgres --regid=postgres --clear-groups bash "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    initdb -U "${POSTGRES_USER:-postgres}" --pwfile=<(echo "$POSTGRES_PASSWORD") --auth-host=scram-sha-256 --auth-local=trust >/dev/null
    echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
    pg_ctl -w start -o "-c listen_addresses=''"
    export PGUSER=${POSTGRES_USER:-postgres}
    [ "${POSTGRES_DB:-postgres}" = postgres ] || createdb "$POSTGRES_DB"
    for script in /docker-entrypoint-initdb.d/*.sh; do
        [ ! -e "$script" ] || if [ -x "$script" ]; then "$script"; else . "$script"; fi
    done
    pg_ctl -w -m fast stop
fi
exec "$@" -c listen_addresses='*'
D
cat >"$dir/postgres/Dockerfile" <<'D'
FROM debian-13:tests
COPY --chmod=755 docker-entrypoint.sh /usr/local/bin/
ENV PATH=/usr/lib/postgresql/17/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
EXPOSE 5432
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
D

"$docker" build -q -t mcr.microsoft.com/dotnet/sdk:10.0 "$dir/dotnet" >/dev/null
"$docker" tag mcr.microsoft.com/dotnet/sdk:10.0 mcr.microsoft.com/dotnet/aspnet:10.0
"$docker" build -q -t rabbitmq:4.1 "$dir/rabbitmq" >/dev/null
"$docker" tag rabbitmq:4.1 rabbitmq:4
"$docker" build -q -t postgres:17 "$dir/postgres" >/dev/null
rm -rf "$dir"
