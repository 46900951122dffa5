# Sourced by scripts/cluster: names, the cluster's namespaces, and how to get into them.
# shellcheck shell=bash disable=SC2154

cache=$(realpath -m "${GATEWAY_DOCTOR_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/gateway-doctor}/testbed")
# Two checkouts on one machine each have a cluster: all that is visible from outside
# carries a name made from the checkout's path.
id=$(printf %s "$root" | sha256sum | cut -c1-10)
run=$cache/run/$id              # logs, keys, kubeconfigs; gone after 'down'
# shellcheck disable=SC2034
data=/run/gateway-doctor        # inside the namespaces, in memory: databases and images
cgroup=gateway-doctor-$id
node_address=10.99.0.1

say() { printf '%s\n' "$*" >&2; }
die() { local code=$1; shift; say "scripts/cluster: $*"; exit "$code"; }

require_machine() {
  [ "$(uname -s)" = Linux ] || die 2 "needs Linux, this is $(uname -s)"
  [ "$(id -u)" = 0 ] || die 2 "needs root, to make namespaces and mounts"
  local path tool
  for path in "$cache" "$root"; do
    case $path in
      # the cluster has its own layer over these, see furnishMounts in k8s/init.go
      /run/* | /etc/* | /var/lib/* | /var/log/*) die 2 "cannot work in $path; GATEWAY_DOCTOR_CACHE may name another cache" ;;
    esac
  done
  for tool in unshare nsenter setsid setpriv flock sha256sum; do
    command -v $tool >/dev/null || die 2 "needs $tool (Debian packages util-linux, coreutils)"
  done
}

require_go() {
  command -v go >/dev/null || die 2 "needs Go, to build Kubernetes from its modules"
  local version
  version=$(GOTOOLCHAIN=local go env GOVERSION)
  [ "$(printf '%s\n' go1.26 "$version" | sort -V | head -n 1)" = go1.26 ] || die 2 "needs Go 1.26 or newer, this is $version"
}

# The cluster's process 1, as seen from here. Asking the process table instead of a
# file finds it after any crash, and never takes another process for it.
init_pid() {
  local file pid
  for file in $(grep -lsxz -- "--id=$id" /proc/[0-9]*/cmdline || true); do
    pid=${file#/proc/}; pid=${pid%/cmdline}
    if grep -qs '^NSpid:.*[[:space:]]1$' "/proc/$pid/status"; then echo "$pid"; return; fi
  done
}

# Replaces this script by a command inside the namespaces, in the same folder. It dies
# with this script's process however that ends.
inside() {
  local bin=$run/k8s/client pid
  # 'scripts/cluster exec' may run tests that run this script again
  if [ "${GATEWAY_DOCTOR_CLUSTER:-}" = "$id" ]; then PATH=$bin:$PATH exec "$@"; fi
  pid=$(init_pid)
  if [ -z "$pid" ] || [ ! -e "$run/level" ]; then die 1 "no cluster is running: scripts/cluster control"; fi
  exec nsenter --target "$pid" --net --mount --pid -- \
    env -C "$PWD" GATEWAY_DOCTOR_CLUSTER="$id" KUBECONFIG="$run/admin.kubeconfig" PATH="$bin:$PATH" \
    setpriv --pdeathsig TERM "$@"
}

# The same for the script's own use, which goes on afterwards.
in_cluster() {
  nsenter --target "$init" --net --mount --pid -- \
    env KUBECONFIG="$run/admin.kubeconfig" PATH="$run/k8s/bin:$PATH:/usr/sbin:/sbin" "$@"
}

# Starts a daemon: NAME COMMAND... Its parent is the cluster's init, which it dies with.
daemon() {
  local name=$1; shift
  in_cluster setsid --fork "$@" </dev/null >"$run/log/$name.log" 2>&1 9>&-
}

# wait_for WHAT SECONDS COMMAND...: until the command succeeds.
wait_for() {
  local what=$1 seconds=$2 start=$EPOCHREALTIME; shift 2
  until "$@" >/dev/null 2>&1; do
    [ -n "$(init_pid)" ] || die 1 "the cluster ended while waiting for $what; see $run/log"
    [ "$(elapsed "$start")" -lt "$seconds" ] || die 1 "no $what after $seconds s; see $run/log"
    sleep 0.1
  done
}

# Whole seconds since a value of EPOCHREALTIME.
elapsed() { echo $(( (${EPOCHREALTIME/[.,]/} - ${1/[.,]/}) / 1000000 )); }

# Only one 'control', 'up', 'down' of a checkout at a time.
locked() {
  mkdir -p "$cache/run"
  exec 9>"$cache/run/$id.lock"
  flock 9
  "$@"
}

make_namespaces() {
  mkdir -p "$run/log"
  ln -s "$(component_dir k8s)" "$run/k8s"    # the sources may change while the cluster runs
  setsid --fork unshare --net --mount --pid --fork --mount-proc --propagation private \
    "$run/k8s/bin/init" --id="$id" --address="$node_address/24" --ready="$run/furnished" \
    </dev/null >"$run/log/init.log" 2>&1 9>&-
  local start=$EPOCHREALTIME
  until [ -e "$run/furnished" ]; do
    [ "$(elapsed "$start")" -lt 10 ] || die 1 "could not make the namespaces: $(tail -n 1 "$run/log/init.log")"
    sleep 0.05
  done
  init=$(init_pid)
}

stop_cluster() {
  [ -z "${GATEWAY_DOCTOR_CLUSTER:-}" ] || die 1 "a cluster cannot be ended from inside 'scripts/cluster exec'"
  local pid start=$EPOCHREALTIME
  pid=$(init_pid)
  if [ -n "$pid" ]; then kill -KILL "$pid"; fi
  while [ -n "$pid" ] && [ -e "/proc/$pid" ]; do
    [ "$(elapsed "$start")" -lt 30 ] || die 1 "the cluster's process $pid does not end"
    sleep 0.05
  done
  remove_leftovers
}

# Processes, mounts and network end with init; cgroups and files do not.
remove_leftovers() {
  local base
  for base in /sys/fs/cgroup /sys/fs/cgroup/*; do
    [ -d "$base/$cgroup" ] || continue
    # a killed process leaves its cgroup a moment after it leaves /proc
    for _ in 1 2 3 4 5; do
      find "$base/$cgroup" -depth -type d -exec rmdir {} + 2>/dev/null && break
      sleep 0.2
    done
  done
  rm -rf "$run"
}

status() {
  local pid
  pid=$(init_pid)
  if [ -z "$pid" ]; then echo "not running"; return; fi
  if [ ! -e "$run/level" ]; then echo "half started; 'down' ends it"; return; fi
  echo "level $(cat "$run/level"), init is process $pid, logs in $run/log"
  init=$pid
  in_cluster kubectl get nodes -o wide
  in_cluster kubectl get pods -A -o wide
}
