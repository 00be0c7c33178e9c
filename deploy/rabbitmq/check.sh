#!/usr/bin/env bash
# Says what of the exchanges and last queues on a broker is not as definitions.sh has it. Services look only whether they are
# there, as comparing arguments takes the right to change them.
#   bash check.sh                                      on the broker's machine
#   RABBITMQCTL='docker compose exec -T rabbitmq rabbitmqctl' bash check.sh
#   VHOST=orders bash check.sh                         another virtual host than /
# Ends with 0 when all is well, otherwise with 1 and a line for each difference.
set -euo pipefail

vhost=${VHOST:-/}
read -r -a rabbitmqctl <<< "${RABBITMQCTL:-rabbitmqctl}"
wrong=0

ask() {
  "${rabbitmqctl[@]}" --quiet --vhost "$vhost" "$@" --no-table-headers
}

differs() {
  echo "$*"
  wrong=1
}

exchanges=$(ask list_exchanges name type durable arguments)
queues=$(ask list_queues name durable arguments)
bindings=$(ask list_bindings source_name destination_name routing_key)

line() { # of a list, the one that begins with a name
  grep -P "^\Q$2\E\t" <<< "$1" || true
}

for name in unrouted dead tasks results errors control inbound; do
  name=integration.$name
  found=$(line "$exchanges" "$name")
  if [ -z "$found" ]; then
    differs "The exchange $name is missing: import the definitions."
    continue
  fi
  [[ $found == "$name"$'\ttopic\ttrue\t'* ]] || differs "The exchange $name is not a durable topic exchange: ${found#*$'\t'}"
  case $name in
    *.unrouted | *.dead) ;;
    *) [[ $found == *'alternate-exchange'*'integration.unrouted'* ]] ||
      differs "The exchange $name has no alternate exchange integration.unrouted: what nobody takes is lost. An exchange keeps its arguments: stop the services, delete it, import the definitions, start them." ;;
  esac
done

for name in unrouted dead; do
  name=integration.$name
  found=$(line "$queues" "$name")
  if [ -z "$found" ]; then
    differs "The queue $name is missing: import the definitions."
    continue
  fi
  [[ $found == "$name"$'\ttrue\t'* ]] || differs "The queue $name is not durable."
  for argument in x-queue-type:quorum x-dead-letter-exchange:integration.dead x-dead-letter-strategy:at-least-once \
    x-overflow:reject-publish x-delivery-limit:2147483647; do
    grep -qP "\Q${argument%%:*}\E\"?,[^,}]*?\"?\Q${argument#*:}\E\"?}" <<< "$found" ||
      differs "The queue $name lacks the argument ${argument%%:*}=${argument#*:}. A queue keeps its arguments: empty and delete it, then import the definitions."
  done
  grep -qP "^\Q$name\E\t\Q$name\E\t#$" <<< "$bindings" || differs "The queue $name is not bound to its exchange with '#': import the definitions."
done

[ "$wrong" -ne 0 ] || echo "The exchanges and last queues are as they must be."
exit "$wrong"
