#!/bin/sh
# Prove the two commands of the README on a machine with Python and nothing else. Needs root and debootstrap.
#
#   sh tests/bare_root.sh ROOT [SUITE [MIRROR]]
#   sh tests/bare_root.sh bookworm-root
#   COMPONENTS=main,universe sh tests/bare_root.sh noble-root noble MIRROR-OF-UBUNTU
#
# ROOT is a new folder; an existing one with a system inside is used as it is. The project is cloned as committed.
# REPOSITORY clones another one; CA_BUNDLE names certificates that the machine's package index needs.
set -eu

ROOT=$1
SUITE=${2:-bookworm}
MIRROR=${3:-}
REPOSITORY=${REPOSITORY:-$(cd "$(dirname "$0")/.." && pwd)}
PROJECT=/srv/project

make_root() {
    if ! [ -x "$ROOT/usr/bin/python3" ]; then
        debootstrap --variant=minbase --include=python3 --components="${COMPONENTS:-main}" \
            "$SUITE" "$ROOT" ${MIRROR:+"$MIRROR"} >"$ROOT.log" 2>&1 || { tail -n 5 "$ROOT.log"; exit 3; }
    fi
    cp /etc/resolv.conf "$ROOT/etc/resolv.conf"
    # Every machine knows its own name; a root that nobody has installed as one does not.
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$ROOT/etc/hosts"
    [ -z "${CA_BUNDLE:-}" ] || cp "$CA_BUNDLE" "$ROOT/etc/extra-certificates.crt"
    rm -rf "$ROOT$PROJECT"
    git clone --quiet "$REPOSITORY" "$ROOT$PROJECT"
}

# Runs a command in the root, with a clean environment and mounts of its own that vanish with it.
inside() {
    unshare --mount --fork $1 sh -eu -c '
        mount -t proc proc "$0/proc"
        mount --rbind /dev "$0/dev"
        exec chroot "$0" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/srv LANG=C.UTF-8 \
            ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
            ${CA_BUNDLE:+PIP_CERT=/etc/extra-certificates.crt NODE_EXTRA_CA_CERTS=/etc/extra-certificates.crt} \
            sh -c "cd '"$PROJECT"' && $1"
    ' "$ROOT" "$2"
}

timed() {
    started=$(date +%s)
    if inside "$2" "$3"; then result=ok; else result="exit $?"; fi
    summary="${summary:-}$(printf '%4d s  %-7s %s' $(($(date +%s) - started)) "$result" "$1")
"
}

make_root
timed "python3 build.py" "" "python3 build.py"
timed "python3 build.py test" "" "python3 build.py test"
timed "python3 build.py, ready, no network" --net "python3 build.py"
timed "python3 build.py test, ready, no network" --net "python3 build.py test"
printf '\n%s' "$summary"
case $summary in *"exit "*) exit 1 ;; esac
