# shellcheck shell=bash
# What packaging/run and packaging/test share: setting up a Debian or Ubuntu machine. Sourced, not run; the project's
# folder is in $root.

# shellcheck disable=SC2154 # whoever sources this sets root

# Says what is happening.
say() {
  printf '\033[1m==> %s\033[0m\n' "$*" >&2
}

# Says what is wrong and what to do, and ends.
fail() {
  printf 'packaging/%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# Runs a command as root, where that can be done.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_be_root() {
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null
}

# Runs a command silently; shows the end of what it said only if it fails.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

is_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

apt_lists_are_fresh=no
refresh_apt_lists() {
  [ "$apt_lists_are_fresh" = no ] || return 0
  quietly as_root apt-get update --quiet || fail "apt-get update failed: is this machine online?"
  apt_lists_are_fresh=yes
}

# Installs those of the named packages that are missing.
need_packages() {
  local missing=() package
  command -v dpkg-query >/dev/null ||
    fail "this sets up Debian and Ubuntu only. Elsewhere install what these packages hold, then use cargo: $*"
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  can_be_root || fail "these packages are missing, and there is neither root nor sudo to install them.
Have someone run: apt-get install ${missing[*]}"
  say "Installing ${missing[*]}"
  refresh_apt_lists
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "${missing[@]}" ||
    fail "apt-get could not install: ${missing[*]}"
}

# What a build needs besides Rust. The window's libraries are opened at run time only.
need_build_packages() {
  need_packages gcc libc6-dev
}

# What a window needs, on X11 and on Wayland.
need_window_packages() {
  need_packages libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1 \
    libwayland-client0 libwayland-egl1 libegl1 libfontconfig1 libdbus-1-3 fonts-noto-core
}

# The oldest Rust that builds this, from Cargo.toml.
oldest_rust() {
  sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml"
}

# Whether version $1 is at least version $2.
is_at_least() {
  [ "$(printf '%s\n' "$2" "$1" | sort --version-sort | head -n 1)" = "$2" ]
}

cargo_is_new_enough() {
  local version
  version=$(cargo --version 2>/dev/null | cut -d ' ' -f 2)
  [ -n "$version" ] && is_at_least "$version" "$(oldest_rust)"
}

# The version of a package that apt would install; empty where there is none.
apt_candidate() {
  apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: \([^(]*\)$/\1/p'
}

# Leaves a cargo in PATH that is new enough: the one there is, a newer toolchain of the rustup there is,
# the system's package, or rustup from rust-lang.org.
need_rust() {
  # rustup puts its programs here; a shell that was open before does not know.
  export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
  ! cargo_is_new_enough || return 0
  if ! command -v rustup >/dev/null; then
    if can_be_root; then
      refresh_apt_lists
    fi
    if is_at_least "$(apt_candidate cargo)" "$(oldest_rust)"; then
      need_packages cargo rustc
    elif [ -n "$(apt_candidate rustup)" ]; then
      need_packages rustup
    else
      need_packages curl ca-certificates
      say "Installing rustup, the Rust installer, from https://rustup.rs into ${CARGO_HOME:-$HOME/.cargo}"
      local installer
      installer=$(mktemp)
      quietly curl --proto =https --tlsv1.2 --silent --show-error --fail --location --output "$installer" https://sh.rustup.rs ||
        fail "rustup could not be downloaded. Install Rust $(oldest_rust) or newer from https://rustup.rs and run this again."
      quietly sh "$installer" -y --profile minimal --default-toolchain none --no-modify-path ||
        fail "rustup did not install. Install Rust $(oldest_rust) or newer from https://rustup.rs and run this again."
      rm -f "$installer"
    fi
  fi
  if ! cargo_is_new_enough && command -v rustup >/dev/null; then
    say "Installing the stable Rust toolchain"
    quietly rustup toolchain install stable --profile minimal || fail "rustup could not install the stable toolchain."
    export RUSTUP_TOOLCHAIN=stable
  fi
  cargo_is_new_enough ||
    fail "Rust $(oldest_rust) or newer is needed, and $(cargo --version 2>/dev/null || echo none) is installed. See https://rustup.rs"
}

# Leaves cargo fmt and cargo clippy to use.
need_rust_tools() {
  if ! cargo fmt --version >/dev/null 2>&1 || ! cargo clippy --version >/dev/null 2>&1; then
    if command -v rustup >/dev/null; then
      say "Installing rustfmt and clippy"
      quietly rustup component add rustfmt clippy || fail "rustup could not install rustfmt and clippy."
    else
      need_packages rustfmt rust-clippy
    fi
  fi
}

# What the recipes of docs/scaling.md use. Where it cannot be had, their tests say that they were skipped.
need_recipes() {
  local spark=$root/target/spark wanted="pyspark==4.3.0"
  command -v parallel >/dev/null || need_packages parallel
  command -v java >/dev/null || need_packages default-jre-headless
  if [ "$(cat "$spark/installed" 2>/dev/null)" != "$wanted" ]; then
    say "Installing $wanted into target/spark"
    python3 -c 'import ensurepip' 2>/dev/null || need_packages python3 python3-venv
    mkdir -p "$root/target"
    if ! { python3 -m venv --clear "$spark" && quietly "$spark/bin/pip" install --disable-pip-version-check "$wanted"; }; then
      say "Spark could not be installed; its test will be skipped."
      return 0
    fi
    printf '%s\n' "$wanted" >"$spark/installed"
  fi
  export RUBRICA_SPARK_PYTHON=$spark/bin/python
}
