# Sourced by ./run, ./test and .ci/run, from the project's folder. POSIX sh.
#
# `install LOCK` brings .venv to exactly what LOCK says and sets $python to its interpreter. It
# does nothing when that is done already, so it costs a start next to nothing.

stop() {
    printf '%s\n' "$1" >&2
    exit 2
}

find_python() { # sets $found; names with a version first: `python3` is often the older one
    found='' without_venv=''
    for candidate in python3.13 python3.12 python3.11 python3.14 python3 python; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
        if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            found=$candidate
            return
        fi
        without_venv=$candidate
    done
    [ -z "$without_venv" ] || stop "$without_venv has no venv module; install it (Debian and Ubuntu: apt install python3-venv) and try again."
    stop "Otklik needs Python 3.11 or newer, and none was found; install it from python.org or your system's packages."
}

usable() { # a .venv made by something else is as good, if it can run and install
    "$python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)' >/dev/null 2>&1
}

install() {
    lock=$1
    python=.venv/bin/python
    stamp=.venv/otklik-installed # a line per lock that .venv satisfies; "unfinished" while it changes
    line="$lock $(cksum <"$lock")"
    if grep -qxF "$line" "$stamp" 2>/dev/null && "$python" -c '' 2>/dev/null; then
        return
    fi
    if grep -qx unfinished "$stamp" 2>/dev/null || ! usable; then
        find_python
        "$found" -m venv --clear .venv >&2 || stop "Could not make .venv with $found; is there room, and may you write here?"
    fi
    echo unfinished >"$stamp" || stop "Could not write to .venv; is there room, and may you write here?"
    printf 'Installing %s into .venv; the first time this takes a minute or two.\n' "$lock" >&2
    quiet=--quiet
    [ ! -t 2 ] || quiet=''
    # shellcheck disable=SC2086 # nothing, when it is empty
    "$python" -m pip install $quiet --no-input --disable-pip-version-check --require-hashes -r "$lock" >&2 ||
        stop "Could not install $lock; is the network there? What pip said is above."
    if [ "$lock" = requirements-dev.lock ]; then # it holds all of requirements.lock, same versions
        printf '%s\n' "requirements.lock $(cksum <requirements.lock)" "$line" >"$stamp"
    else
        printf '%s\n' "$line" >"$stamp"
    fi
}
