#!/bin/sh
# What a terminal prints of a ruleset in every form, as one session: forms.sh RULES > SESSION. Needs root.
# The fixtures/ of src/documents/iptables and src/documents/nft hold such sessions of the rulesets in
# src/engine/netfilter/conformance/rulesets.
set -eu
namespace="forms$$"
ip netns add "$namespace"
trap 'ip netns del "$namespace"' EXIT
within() { ip netns exec "$namespace" "$@"; }
show() {
  echo "\$ $*"
  within "$@"
}
if grep -q '^table' "$1"; then
  within nft -f - <"$1"
  for form in '' -a -s -n -nn -j; do
    # shellcheck disable=SC2086
    show nft $form list ruleset
  done
  exit
fi
case "$1" in *-v6.rules) tool=ip6tables ;; *) tool=iptables ;; esac
within "$tool-restore" <"$1"
show "$tool-save"
show "$tool-save" -c
for table in $(sed -n 's/^\*//p' "$1"); do
  for form in -S '-S -v' -L '-L -n' '-L -v' '-L -v -n' '-L -v -n -x --line-numbers' '-L -n --line-numbers'; do
    # shellcheck disable=SC2086
    show "$tool" -t "$table" $form
  done
done
