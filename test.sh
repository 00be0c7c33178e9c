#!/usr/bin/env bash
# Installs what the tests need, checks the formatting, builds, and runs every test.
# As root on Debian 12 with the .NET SDK; elsewhere install the packages named below yourself.
# Usage: ./test.sh [--quick | PROJECT ...]
#   ./test.sh            everything, two projects at a time; containers last, alone
#   ./test.sh Sdk Rest   these projects of tests/
#   ./test.sh --quick    projects that start no server: no packages are installed
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

configuration=Release
# Projects that start no server.
quick=(Boundaries Contracts Egress Files Templates)
# What a project may take on two cores in seconds, when it is not the usual. Reported, not enforced: other machines are slower.
usual=180
declare -A budget=([Bus]=480 [Containers]=480 [Journeys]=300 [ProcessCore]=300)
passed=0 failed=0 skipped=0

step() { printf '\n== %s\n' "$*"; }

# What failed, once more and with its message, where the eye falls last.
report_failures() {
    local failures
    failures=$(cd "$logs" && grep -hE -A 12 '^  Failed |^The active test run was aborted' --exclude='*.shown' -- * 2>/dev/null | grep -vE '^ +(at |Stack Trace)|^--- End')
    [ -n "$failures" ] && printf '\n== What failed\n%s\n' "$failures"
}

finish() {
    [ -n "${logs:-}" ] && report_failures
    local summary="$passed passed, $failed failed"
    [ "$skipped" -gt 0 ] && summary="$summary, $skipped skipped"
    printf '\n%s\n' "$summary"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}

stop() {
    printf '%s\n' "$*" >&2
    failed=$((failed + 1))
    finish
}

install_packages() {
    local packages=()
    [ -d /usr/lib/rabbitmq ] || packages+=(rabbitmq-server)
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
    [ -x /usr/sbin/slapd ] || packages+=(slapd)
    command -v ldapsearch >/dev/null || packages+=(ldap-utils)
    [ -x /usr/sbin/exim4 ] || packages+=(exim4-daemon-light)
    [ -x /usr/lib/dovecot/submission ] || packages+=(dovecot-imapd dovecot-submissiond)
    command -v python3 >/dev/null || packages+=(python3)
    command -v php >/dev/null || packages+=(php-cli)
    command -v npm >/dev/null || packages+=(nodejs npm)
    command -v curl >/dev/null || packages+=(curl)
    command -v swift-proxy-server >/dev/null || packages+=(swift-proxy swift-account swift-container swift-object)
    command -v memcached >/dev/null || packages+=(memcached)
    compgen -G '/usr/lib/php/*/soap.so' >/dev/null || packages+=(php-cli php-soap)
    [ -d /usr/lib/python3/dist-packages/spyne ] || packages+=(python3-spyne)
    [ -d /usr/lib/python3/dist-packages/zeep ] || packages+=(python3-zeep)
    compgen -G '/usr/lib/python3/dist-packages/xmlsec*' >/dev/null || packages+=(python3-xmlsec)
    command -v xmlsec1 >/dev/null || packages+=(xmlsec1)
    [ -x /usr/sbin/apache2 ] || packages+=(apache2)
    command -v openssl >/dev/null || packages+=(openssl)
    command -v htpasswd >/dev/null || packages+=(apache2-utils)
    [ -x /usr/sbin/squid ] || packages+=(squid)
    command -v debootstrap >/dev/null || packages+=(debootstrap)
    [ ${#packages[@]} -eq 0 ] && return
    [ "$(id -u)" -eq 0 ] || stop "Install these packages first: ${packages[*]}"
    # The tests start servers of their own; the packages' services must not run beside them.
    local policy=/usr/sbin/policy-rc.d added=false
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && added=true
    fi
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
    local result=$?
    $added && rm -f "$policy"
    [ $result -eq 0 ] || stop "These packages could not be installed: ${packages[*]}"
}

# Adds up the counts of one test project; a run without counts is a failure.
count() {
    local log=$1 code=$2 line
    line=$(grep -E '^(Passed|Failed)! +- Failed: ' "$log" | tail -1)
    if [ -z "$line" ]; then
        failed=$((failed + 1))
        return
    fi
    local f p s
    f=$(sed -E 's/.*Failed: +([0-9]+).*/\1/' <<<"$line")
    p=$(sed -E 's/.*Passed: +([0-9]+).*/\1/' <<<"$line")
    s=$(sed -E 's/.*Skipped: +([0-9]+).*/\1/' <<<"$line")
    [ "$code" -ne 0 ] && [ "$f" -eq 0 ] && f=1
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# Tests one project; what it says is shown when it has ended, so that two at a time can be read.
test_project() {
    local project=$1 begun=$SECONDS
    timeout 20m dotnet test "tests/${project%-in-containers}" -c $configuration --no-build --nologo --results-directory "$logs/results" \
        --logger "console;verbosity=minimal" --logger "trx;LogFileName=$project.trx" >"$logs/$project" 2>&1
    echo "$?" >"$logs/$project.code"
    local took=$((SECONDS - begun))
    {
        step "$project"
        cat "$logs/$project"
        printf '%s took %d s' "$project" $took
        [ $took -le "${budget[$project]:-$usual}" ] || printf ', more than its budget of %d s' "${budget[$project]:-$usual}"
        printf '\n'
    } >"$logs/$project.shown"
    cat "$logs/$project.shown"
}

# The twenty slowest tests: where time can be saved first.
report_slowest() {
    command -v python3 >/dev/null && python3 - "$logs/results" <<'PYTHON'
import pathlib, sys
import xml.etree.ElementTree as xml

tests = []
for report in pathlib.Path(sys.argv[1]).glob("*.trx"):
    for result in xml.parse(report).iterfind(".//{*}UnitTestResult"):
        hours, minutes, seconds = result.get("duration", "0:0:0").split(":")
        tests.append((int(hours) * 3600 + int(minutes) * 60 + float(seconds), report.stem, result.get("testName")))
if tests:
    print("\n== The slowest tests")
for seconds, project, name in sorted(tests, reverse=True)[:20]:
    print(f"{seconds:7.1f} s  {project}: {name[:150]}")
PYTHON
}

if [ "${1:-}" = --quick ]; then
    is_quick=true
    set -- "${quick[@]}"
else
    is_quick=false
    step 'Packages'
    install_packages
    case " ${*:-Bus Containers Repository} " in
        *' Bus '* | *' Containers '* | *' Repository '*) tests/Fixtures/debian13.sh >/dev/null || stop 'A Debian 13 cannot be had.' ;;
    esac
fi

step 'Format'
dotnet tool restore >/dev/null || stop 'dotnet tool restore failed.'
dotnet csharpier check . || stop 'Run: dotnet csharpier format .'

step 'Build'
if $is_quick; then
    for project in "$@"; do
        dotnet build "tests/$project" -c $configuration -v quiet --nologo || stop "The build of $project failed."
    done
else
    dotnet build Integration.sln -c $configuration -v quiet || stop 'The build failed.'
fi

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
if [ $# -gt 0 ]; then projects=("$@"); else
    # The longest first, so that the last ones do not wait for one of them.
    longest=(Bus Journeys ProcessCore)
    mapfile -t others < <(find tests -name '*.Tests.csproj' -printf '%h\n' | sort | sed 's|^tests/||' | grep -vxE "$(IFS='|' && echo "${longest[*]}|Containers")")
    projects=("${longest[@]}" "${others[@]}" Containers)
fi

running=0
for project in "${projects[@]}"; do
    if [ "$project" = Containers ]; then
        # Never beside brokers: its own are as many again.
        while [ $running -gt 0 ]; do wait -n; running=$((running - 1)); done
    elif [ $running -ge 2 ]; then
        wait -n
        running=$((running - 1))
    fi
    test_project "$project" &
    running=$((running + 1))
done
wait
if [ $# -eq 0 ]; then
    # As where nothing is installed: with PostgreSQL 17 in containers.
    INTEGRATION_SERVERS=containers test_project Storage-in-containers
    projects+=(Storage-in-containers)
fi
for project in "${projects[@]}"; do count "$logs/$project" "$(cat "$logs/$project.code")"; done

if [ $# -eq 0 ]; then
    step 'Standalone, as the README starts it'
    if dotnet run --project services/Standalone -c $configuration --no-build -- --once; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
fi

report_slowest
finish
