#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs (Debian, Ubuntu) or checks (elsewhere) what Assay needs. Called by `make deps`.
#
# It runs before anything is installed, so it uses nothing but a POSIX shell, and on a machine that
# has everything it asks dpkg once and says nothing, because `make deps test` is what CI runs.
set -u

packages="build-essential pkg-config libhdf5-dev libopenblas-dev libopenmpi-dev openmpi-bin
libcmocka-dev libjansson-dev libxml2-dev libssl-dev libzip-dev libhwloc-dev clang clang-format
valgrind python3 python3-venv python3-matplotlib python3-h5py python3-numpy python3-jinja2 weasyprint
poppler-utils
fonts-dejavu-core"
# `make arm64`: the same bits on another processor, which is emulated.
[ "$(dpkg --print-architecture 2>/dev/null)" != amd64 ] ||
    packages="$packages gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user"

folder=$(dirname "$0")
missing=
optional=

usage() {
    cat <<'TEXT'
Usage: ci/deps.sh [--help]

Sees to it that what Assay is built and tested with is there.

  Debian, Ubuntu   installs the missing packages with apt-get, as root or through sudo
  other systems    installs nothing; prints the commands that would

Exit status: 0 all there, 2 something is missing.
`make info` prints the versions that were found.
TEXT
}

fail() {
    echo "deps: $*" >&2
    exit 2
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# have_library MODULE HEADER: known to pkg-config, or found by the compiler without help
have_library() {
    if have pkg-config && pkg-config --exists "$1" 2>/dev/null; then
        return 0
    fi
    have cc && echo "#include <$2>" | cc -E -x c - >/dev/null 2>&1
}

lacks() {
    missing="$missing
  $1"
}

# Fills $missing and $optional by looking for the things themselves.
look() {
    missing=
    optional=
    have cc || lacks "a C compiler called cc"
    have pkg-config || lacks "pkg-config"
    have mpicc || lacks "mpicc (Open MPI)"
    have mpirun || lacks "mpirun (Open MPI)"
    if ! have_library hdf5 hdf5.h && ! have_library hdf5-serial hdf5/serial/hdf5.h; then
        lacks "HDF5, with its headers"
    fi
    if ! have_library openblas cblas.h && ! have_library openblas openblas/cblas.h; then
        lacks "OpenBLAS, with cblas.h"
    fi
    have_library cmocka cmocka.h || lacks "cmocka"
    have_library jansson jansson.h || lacks "jansson"
    have_library libxml-2.0 libxml2/libxml/parser.h || lacks "libxml2"
    have_library libcrypto openssl/evp.h || lacks "OpenSSL, with its headers"
    have_library libzip zip.h || lacks "libzip, with its headers"
    have_library hwloc hwloc.h || lacks "hwloc"
    have pdftotext || lacks "pdftotext (poppler)"
    sh "$folder/python.sh" >/dev/null 2>&1 ||
        lacks "a Python with matplotlib, h5py, numpy, jinja2 and weasyprint"
    for tool in clang clang-format valgrind aarch64-linux-gnu-gcc qemu-aarch64; do
        have "$tool" || optional="$optional $tool"
    done
}

missing_packages() {
    # One call for all; what dpkg has never heard of only appears on its stderr.
    # shellcheck disable=SC2086
    installed=" $(dpkg-query -W -f='${Package}:${db:Status-Status} ' $packages 2>/dev/null)"
    for package in $packages; do
        case $installed in
        *" $package:installed "*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

# As root, through sudo, or not at all. A sudo that would ask for a password may only do so where
# somebody can answer.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 "$@"
}

# Only `make fuzz` needs the first (the sanitizers and the fuzzer of clang), and only `make simulation`
# the second (SimGrid: 14 MB, ten seconds; not in every release).
optional_packages="libclang-rt-dev libsimgrid-dev"

debian() {
    wanted=$(missing_packages)
    [ -z "$wanted" ] && exit 0
    if [ "$(id -u)" -ne 0 ] && ! as_root true 2>/dev/null; then
        # On a cluster the tools often come from elsewhere, and nobody has sudo.
        look
        [ -z "$missing" ] && exit 0
        fail "packages are missing and need root or sudo to install; ask an administrator to run:" \
            "apt-get install --no-install-recommends ${wanted% }"
    fi
    echo "deps: installing $wanted"
    apt update || fail "'apt-get update' failed (see above); check the network and apt's sources"
    # shellcheck disable=SC2086
    apt install -y --no-install-recommends $wanted ||
        fail "apt-get could not install $wanted(see above); correct that and run 'make deps' again"
    for package in $optional_packages; do
        apt install -y --no-install-recommends "$package" ||
            echo "deps: without $package there is no 'make fuzz' or 'make simulation'"
    done
    wanted=$(missing_packages)
    [ -z "$wanted" ] || fail "still not installed after apt-get: $wanted"
    exit 0
}

python_advice() {
    echo "  python3 -m pip install matplotlib h5py numpy jinja2 weasyprint  # in a venv"
}

advise() {
    if have dnf; then
        cat <<'TEXT'
On Fedora (on RHEL and its relatives first enable EPEL and CRB):
  sudo dnf install gcc make pkgconf-pkg-config hdf5-devel openblas-devel openmpi openmpi-devel \
      libcmocka-devel jansson-devel libxml2-devel openssl-devel libzip-devel hwloc-devel clang \
      clang-tools-extra valgrind python3-matplotlib python3-h5py python3-numpy python3-jinja2 \
      weasyprint poppler-utils dejavu-sans-fonts
  module load mpi/openmpi-x86_64        # Open MPI is only on the PATH after this
TEXT
    elif have pacman; then
        cat <<'TEXT'
On Arch:
  sudo pacman -S --needed base-devel hdf5 blas-openblas openmpi cmocka jansson libxml2 openssl \
      libzip hwloc clang valgrind python-matplotlib python-h5py python-numpy python-jinja \
      python-weasyprint poppler ttf-dejavu
TEXT
    elif have brew; then
        cat <<'TEXT'
With Homebrew:
  brew install gcc pkgconf hdf5 openblas open-mpi cmocka jansson libxml2 openssl libzip hwloc \
      clang-format weasyprint poppler
TEXT
        python_advice
    elif have apt-get; then
        echo "With apt-get, as root:"
        echo "  apt-get update"
        echo "  apt-get install --no-install-recommends" "$(echo "$packages" | tr '\n' ' ')"
    fi
    if have spack; then
        cat <<'TEXT'
With Spack:
  spack install hdf5~mpi openblas threads=none openmpi cmocka jansson libxml2 openssl libzip hwloc poppler
  spack load hdf5 openblas openmpi cmocka jansson libxml2 openssl libzip hwloc poppler
TEXT
        python_advice
    fi
    if [ -n "${MODULESHOME:-}${LMOD_CMD:-}" ]; then
        cat <<'TEXT'
With environment modules (the names differ from site to site, see 'module avail'):
  module load gcc openmpi hdf5 openblas hwloc
TEXT
        python_advice
    fi
}

others() {
    look
    [ -z "$optional" ] ||
        echo "deps: not found, and only needed for a few of the checks:$optional"
    [ -z "$missing" ] && exit 0
    echo "deps: missing:$missing" >&2
    advise >&2
    fail "install what is missing, then run 'make deps' again"
}

case ${1:-} in
'') ;;
-h | --help)
    usage
    exit 0
    ;;
*) fail "unknown argument '$1'; see ci/deps.sh --help" ;;
esac

family=
if [ -r /etc/os-release ]; then
    # shellcheck disable=SC1091
    family=$(. /etc/os-release && echo " ${ID:-} ${ID_LIKE:-} ")
fi
case $family in
*" debian "* | *" ubuntu "*) have dpkg-query && have apt-get && debian ;;
esac
others
