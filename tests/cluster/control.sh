# Sourced by scripts/cluster: the control plane.
# shellcheck shell=bash disable=SC2154

service_cidr=10.96.0.0/16

start_control() {
  build k8s
  if running control; then say "already running"; return; fi
  local start=$EPOCHREALTIME
  stop_cluster    # what a crash may have left
  make_namespaces
  write_credentials
  start_control_plane
  start_fake_kubelet
  # the first sign that controllers work, and Pods cannot be made without it
  wait_for "service account" 30 in_cluster kubectl get serviceaccount default
  echo control >"$run/level"
  say "control plane ready after $(elapsed "$start") s"
}

# Whether a cluster of this level or a higher one runs.
running() {
  init=$(init_pid)
  [ -n "$init" ] || return 1
  case $1-$(cat "$run/level" 2>/dev/null) in
    control-control | control-node | control-up | node-node | node-up | up-up) return 0 ;;
  esac
  return 1
}

start_control_plane() {
  daemon etcd etcd --data-dir="$data/etcd"
  daemon kube-apiserver kube-apiserver \
    --etcd-servers=http://127.0.0.1:2379 \
    --bind-address=0.0.0.0 --secure-port=6443 --advertise-address="$node_address" \
    --tls-cert-file="$run/pki/apiserver.crt" --tls-private-key-file="$run/pki/apiserver.key" \
    --service-cluster-ip-range="$service_cidr" \
    --service-account-issuer=https://kubernetes.default.svc \
    --service-account-key-file="$run/pki/sa.key" --service-account-signing-key-file="$run/pki/sa.key" \
    --client-ca-file="$run/pki/ca.crt" \
    --authorization-mode=Node,RBAC --token-auth-file="$run/pki/tokens.csv" \
    --requestheader-client-ca-file="$run/pki/ca.crt" --requestheader-allowed-names=front-proxy \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$run/pki/front-proxy.crt" --proxy-client-key-file="$run/pki/front-proxy.key" \
    --kubelet-preferred-address-types=InternalIP --allow-privileged=true --profiling=false
  wait_for "API server" 60 in_cluster kubectl get --raw /readyz
  daemon kube-controller-manager kube-controller-manager \
    --kubeconfig="$run/controller-manager.kubeconfig" --bind-address=127.0.0.1 --cert-dir="$data/controller-manager" \
    --service-account-private-key-file="$run/pki/sa.key" --root-ca-file="$run/pki/ca.crt" \
    --use-service-account-credentials=true --leader-elect=false
  daemon kube-scheduler kube-scheduler \
    --kubeconfig="$run/scheduler.kubeconfig" --bind-address=127.0.0.1 --cert-dir="$data/scheduler" --leader-elect=false
}

start_fake_kubelet() {
  daemon fake-kubelet fake-kubelet --kubeconfig="$run/admin.kubeconfig" --pki="$run/pki" \
    --node=node1 --address="$node_address"
  wait_for "fake node" 30 in_cluster kubectl wait --for=condition=Ready --timeout=1s node/node1
}

# A token and a kubeconfig for everyone who talks to the API server.
write_credentials() {
  in_cluster pki "$run/pki" 127.0.0.1 "$node_address" 10.96.0.1 localhost \
    kubernetes kubernetes.default kubernetes.default.svc kubernetes.default.svc.cluster.local
  local file user groups token
  while read -r file user groups; do
    token=$(cat /proc/sys/kernel/random/uuid)
    echo "$token,$user,$user,\"$groups\"" >>"$run/pki/tokens.csv"
    cat >"$run/$file.kubeconfig" <<EOF
apiVersion: v1
kind: Config
clusters: [{name: gateway-doctor, cluster: {server: "https://127.0.0.1:6443", certificate-authority: "$run/pki/ca.crt"}}]
users: [{name: $file, user: {token: $token}}]
contexts: [{name: gateway-doctor, context: {cluster: gateway-doctor, user: $file}}]
current-context: gateway-doctor
EOF
  done <<EOF
admin admin system:masters
controller-manager system:kube-controller-manager
scheduler system:kube-scheduler
node system:node:node1 system:nodes
proxy system:kube-proxy
EOF
}
