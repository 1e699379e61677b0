#!/usr/bin/env python3
"""Records what the kernel does with the conformance cases: `npm run conformance:record`.

Reads src/engine/netfilter/conformance/rulesets/*.rules and the cases of generate*.py, and writes recorded.jsonl there: a
first line that says which kernel spoke and when, then a line a case with the passes of each of its packets as text, the
form that conformance.test.ts compares. Each case is recorded at least twice. Needs root. With CASES.jsonl it records those to stdout: record.py CASES.jsonl
"""

import datetime
import itertools
import json
import os
import platform
import sys
from pathlib import Path

import corners
import generate
import generate_martian
import generate_nft
import generate_routing
import generate_sysctl
import kernel
import passes

CONFORMANCE = Path(__file__).resolve().parents[2] / "src/engine/netfilter/conformance"
PORTS = range(33001, 60001)
TRIES = 6
SEEDS = [(4, 41, 20), (6, 61, 11)]  # family, seed, rulesets
NFT_SEED, NFT_COUNT = 71, 12
SYSCTL_SEED, SYSCTL_COUNT = 7, 3
ROUTING = [(4, 81, 10), (6, 91, 10)]


def ruleset_cases():
    for path in sorted((CONFORMANCE / "rulesets").glob("*.rules")):
        text = path.read_text()
        family = 6 if path.stem.endswith("-v6") else 4
        key = "nft" if text.lstrip().startswith("table") else f"v{family}"
        routing = "tproxy" if "tproxy" in text.lower() else "default"
        yield {"id": path.stem, key: text, "routing": routing, "packets": generate.battery(family)}


def all_cases():
    yield from generate_martian.cases()  # first: once it had a local route of its own, the kernel looks sources up
    yield from ruleset_cases()
    for family, seed, count in SEEDS:
        yield from generate.cases(family, seed, count)
    yield from generate_nft.cases(NFT_SEED, NFT_COUNT)
    for family, seed, count in ROUTING:
        yield from generate_routing.cases(family, seed, count)
    yield from generate_sysctl.cases(SYSCTL_SEED, SYSCTL_COUNT)
    yield from corners.cases()


def number_ports(case, ports):
    """A source port of its own for each packet: conntrack still knows the earlier ones."""
    return case | {"packets": [packet | {"sport": next(ports)} for packet in case["packets"]]}


def who_spoke():
    """Which kernel answers, through which iptables, and when."""
    iptables = kernel.run("iptables", "--version").stdout.strip()
    return {"kernel": platform.release(), "iptables": iptables, "date": datetime.date.today().isoformat()}


def recorded(pod, case):
    """The case with its walks added; None when the rules do not load: a random rule may contradict itself."""
    error = pod.load(case)
    if error:
        print(f"{case['id']}: not loaded: {error}", file=sys.stderr)
        return None
    if case.get("network"):
        case = case | {"network": case["network"] | pod.route(case["network"])}
    try:
        walks = list(zip(pod.trace(case), case["packets"]))
    finally:
        if case.get("network"):
            pod.unroute()
    return case | {"walks": [passes.seen(passes.answer(w, p["sport"]) for w in walked) for walked, p in walks]}


def settled(pod, case, ports):
    """Recorded until two in a row say the same: a busy machine loses lines of the trace."""
    before = None
    for _ in range(TRIES):
        done = recorded(pod, number_ports(case, ports))
        said = done and without_ports(done)
        if said == before or not done:
            return done
        before = said
    print(f"{case['id']}: never the same twice, left out", file=sys.stderr)
    return None


def without_ports(done):
    pairs = zip(done["packets"], done["walks"])
    return [[walk.replace(f":{packet['sport']} ", ":* ") for walk in walks] for packet, walks in pairs]


def record(cases, out):
    pod, ports = kernel.Pod(), itertools.cycle(PORTS)
    try:
        for case in cases:
            done = settled(pod, case, ports)
            if done:
                print(json.dumps(done), file=out, flush=True)
    finally:
        pod.close()


def main():
    if os.geteuid() != 0:
        sys.exit("recording needs root: it makes network namespaces and loads rules")
    if len(sys.argv) > 1:
        record((json.loads(line) for line in open(sys.argv[1])), sys.stdout)
        return
    target = CONFORMANCE / "recorded.jsonl"
    with open(target, "w") as out:
        print(json.dumps(who_spoke()), file=out)
        record(all_cases(), out)
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
