# Sourced by scripts/cluster: one real node.
# shellcheck shell=bash disable=SC2154

pod_cidr=10.244.0.0/24
containerd_socket=/run/gateway-doctor/containerd.sock

start_node() {
  require_packages "${node_packages[@]}"
  build "${node_components[@]}"
  if running node; then say "already running"; return; fi
  local start=$EPOCHREALTIME
  bring_up_node true images/pause images/testapp
  say "node ready after $(elapsed "$start") s"
}

# bring_up_node PREPARE IMAGE...: with a control plane, if none is there yet. PREPARE is
# run as soon as there is an API server, beside the loading of the images.
bring_up_node() {
  local prepare=$1; shift
  if running control; then
    in_cluster kubectl delete node node1 >/dev/null    # its fake kubelet goes with it
    start_containerd
    load_images "$@" 9>&- &
  else
    stop_cluster
    make_namespaces
    write_credentials
    start_containerd
    load_images "$@" 9>&- &    # beside the start of the control plane
    start_control_plane
  fi
  local loading=$!
  "$prepare"
  wait "$loading" || die 1 "could not load the images; see $run/log/images.log"
  start_kubelet
  echo node >"$run/level"
}

# load_images COMPONENT/ARCHIVE...
load_images() {
  local image
  for image in "$@"; do
    in_cluster ctr --address "$containerd_socket" --namespace k8s.io images import \
      "$(component_dir "${image%/*}")/${image#*/}.tar" >>"$run/log/images.log" 2>&1
  done
}

start_containerd() {
  cat >"$run/containerd.toml" <<EOF
version = 2
root = "$data/containerd"
state = "/run/gateway-doctor/containerd-state"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.tracing.processor.v1.otlp"]
[grpc]
  address = "$containerd_socket"
[plugins."io.containerd.internal.v1.opt"]
  path = "$data/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "gateway-doctor.test/pause:1"
  disable_apparmor = true
  # lowering a score takes a capability that containers often lack
  restrict_oom_score_adj = true
  # ingress-nginx listens on 80 as an ordinary user
  enable_unprivileged_ports = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$(component_dir cni)"
    conf_dir = "$run/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
EOF
  mkdir -p "$run/cni"
  cat >"$run/cni/10-bridge.conflist" <<EOF
{"cniVersion": "0.4.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$data/ipam", "ranges": [[{"subnet": "$pod_cidr"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
EOF
  daemon containerd containerd --config "$run/containerd.toml"
  wait_for containerd 30 in_cluster ctr --address "$containerd_socket" version
}

start_kubelet() {
  make_cgroups
  # CoreDNS forwards to this
  daemon nameserver nameserver --listen="$node_address:53"
  echo "nameserver $node_address" >"$run/resolv.conf"
  cat >"$run/kubelet.yaml" <<EOF
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
cgroupDriver: cgroupfs
cgroupRoot: /$cgroup
containerRuntimeEndpoint: unix://$containerd_socket
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
address: 0.0.0.0
clusterDNS: [10.96.0.10]
clusterDomain: cluster.local
failSwapOn: false
resolvConf: $run/resolv.conf
volumePluginDir: $data/volume-plugins
imageGCHighThresholdPercent: 100
# the disk is the host's, and its fullness none of the cluster's business
evictionHard: {memory.available: 100Mi}
serializeImagePulls: false
nodeStatusUpdateFrequency: 5s
syncFrequency: 10s
EOF
  daemon kubelet kubelet --config="$run/kubelet.yaml" --kubeconfig="$run/node.kubeconfig" \
    --hostname-override=node1 --node-ip="$node_address" --root-dir="$data/kubelet" --cert-dir="$data/kubelet-pki"
  cat >"$run/kube-proxy.yaml" <<EOF
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clientConnection: {kubeconfig: $run/proxy.kubeconfig}
clusterCIDR: $pod_cidr
hostnameOverride: node1
# the table of connections is the whole machine's: leave its limits alone
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
# Services change under the tests' feet: follow at once
iptables: {minSyncPeriod: 0s}
EOF
  daemon kube-proxy kube-proxy --config="$run/kube-proxy.yaml"
  # packets between Pods on the bridge must pass the rules of kube-proxy and of policies
  in_cluster sh -c 'echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables'
  daemon netpol netpol --kubeconfig="$run/admin.kubeconfig"
  daemon load-balancer load-balancer --kubeconfig="$run/admin.kubeconfig" --first-address=10.99.1.1
  wait_for node 60 in_cluster kubectl wait --for=condition=Ready --timeout=1s node/node1
}

# The kubelet makes its cgroups under one of ours, by which 'down' finds them.
make_cgroups() {
  local base
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    echo "+cpu +memory +pids +cpuset" >/sys/fs/cgroup/cgroup.subtree_control
    mkdir -p "/sys/fs/cgroup/$cgroup"
    return
  fi
  for base in /sys/fs/cgroup/*/; do
    if mountpoint -q "$base" && [ "$base" != /sys/fs/cgroup/unified/ ]; then mkdir -p "$base$cgroup"; fi
  done
  # a new cpuset has no processors until it is given some
  for base in cpus mems; do
    cat "/sys/fs/cgroup/cpuset/cpuset.$base" >"/sys/fs/cgroup/cpuset/$cgroup/cpuset.$base"
  done
}
