# Sourced by scripts/cluster: what a cluster usually runs besides Kubernetes.
# shellcheck shell=bash disable=SC2154

start_up() {
  require_packages "${node_packages[@]}" "${nginx_packages[@]}"
  build "${up_components[@]}"
  if running up; then say "already running"; return; fi
  local start=$EPOCHREALTIME
  local images=(images/pause contour/image envoy/image ingress-nginx/image coredns/image metrics-server/image images/testapp)
  if running node; then
    load_images "${images[@]}"
    apply_addons
  else
    bring_up_node apply_addons "${images[@]}"
  fi
  # an Envoy that starts before Contour can be reached tries again only after long pauses
  wait_for Contour 60 in_cluster kubectl rollout status --timeout=10s --namespace projectcontour deployment/contour
  apply contour --selector=app=envoy
  wait_for "add-ons" 120 addons_ready
  # complaints of a start in a hurry, which a cluster that has run for a while has forgotten
  in_cluster kubectl delete events --all --all-namespaces >/dev/null
  echo up >"$run/level"
  say "cluster ready after $(elapsed "$start") s"
}

apply_addons() {
  apply coredns
  apply metrics-server
  apply contour --selector='app!=envoy'
  apply ingress-nginx
}

# apply ADDON [FLAGS]
apply() {
  local addon=$1; shift
  in_cluster kubectl apply --server-side "$@" -f "$(component_dir "$addon")/manifest.yaml" >>"$run/log/addons.log" 2>&1 ||
    die 1 "could not apply the manifest of $addon; see $run/log/addons.log"
}

addons_ready() {
  local workload
  for workload in "kube-system deployment/coredns" "kube-system deployment/metrics-server" "projectcontour deployment/contour" \
    "projectcontour daemonset/envoy" "ingress-nginx deployment/ingress-nginx-controller"; do
    in_cluster kubectl rollout status --timeout=10s --namespace "${workload% *}" "${workload#* }" || return
  done
  in_cluster kubectl wait --for=condition=Available --timeout=10s apiservice/v1beta1.metrics.k8s.io
}
