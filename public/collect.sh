#!/bin/sh
# Collects what Sidetrace reads of one pod into one text: sh collect.sh NAMESPACE POD > pod.txt
# Only kubectl and istioctl, and only to read. Each command is printed above its output.
# What cannot be had this way is said at the end, with the command that gets it on the pod's node.

if [ $# -ne 2 ]; then
  echo "usage: sh collect.sh NAMESPACE POD" >&2
  exit 2
fi
namespace=$1
pod=$2
missing=''

# Runs a command, prints its line and its output; an empty or failed one is noted with what it was to show.
run() {
  what=$1
  shift
  output=$("$@" 2>&1)
  status=$?
  printf '$ %s\n%s\n\n' "$*" "$output"
  if [ "$status" -ne 0 ] || [ -z "$output" ]; then
    missing="$missing
# missing: $what"
  fi
}

has() {
  command -v "$1" >/dev/null 2>&1
}

if ! has kubectl; then
  echo "collect.sh: kubectl is not in PATH" >&2
  exit 1
fi

echo "# Sidetrace, $(date -u '+%Y-%m-%dT%H:%M:%SZ')"
echo

run 'the address of the pod' kubectl get pod -n "$namespace" "$pod" -o wide
run 'the spec of the pod: istio-init, annotations, uids' kubectl get pod -n "$namespace" "$pod" -o yaml
run 'services and their ports' kubectl get service -n "$namespace" -o wide
run 'endpoints of the services' kubectl get endpoints -n "$namespace"

if has istioctl; then
  for part in listener cluster route endpoint; do
    run "$part configuration of the proxy" istioctl proxy-config "$part" "$pod.$namespace" -o json
  done
else
  run 'configuration of the proxy' \
    kubectl exec -n "$namespace" "$pod" -c istio-proxy -- pilot-agent request GET config_dump
fi

run 'access log of the proxy' kubectl logs -n "$namespace" "$pod" -c istio-proxy --tail=50
run 'mesh configuration' kubectl get configmap -n istio-system istio -o yaml

# Tools of the proxy's image; a distroless image has none of them.
run 'rules of policy routing' kubectl exec -n "$namespace" "$pod" -c istio-proxy -- ip rule
run 'routing tables' kubectl exec -n "$namespace" "$pod" -c istio-proxy -- ip route show table all
run 'addresses of the interfaces' kubectl exec -n "$namespace" "$pod" -c istio-proxy -- ip addr
run 'settings of the kernel: rp_filter, route_localnet, accept_local, forwarding' \
  kubectl exec -n "$namespace" "$pod" -c istio-proxy -- \
  grep -r . /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf \
  --include=ip_forward --include=rp_filter --include=route_localnet --include=accept_local --include=forwarding
run 'sockets' kubectl exec -n "$namespace" "$pod" -c istio-proxy -- ss -tnp

cat <<END
# missing: iptables rules. The proxy's container may not read them; as root on the pod's node:
#   nsenter -t PID -n iptables-save -c
# with PID from: crictl inspect -o go-template --template '{{.info.pid}}' CONTAINER_ID
# The arguments of istio-init above stand in for them.$missing
END
