#!/usr/bin/env python3
"""Records what the kernel does with the conformance cases: `npm run conformance:record`.

Reads src/engine/netfilter/conformance/rulesets/*.rules and the random rulesets of generate.py and generate_nft.py, and writes
recorded.jsonl there: a first line that says which kernel spoke and when, then a line a case with the passes of each
of its packets as text, the form that conformance.test.ts compares. Needs root. With CASES.jsonl it records those to
stdout: record.py CASES.jsonl
"""

import datetime
import json
import os
import platform
import sys
from pathlib import Path

import generate
import generate_nft
import kernel

CONFORMANCE = Path(__file__).resolve().parents[2] / "src/engine/netfilter/conformance"
FIRST_PORT, LAST_PORT = 33001, 60000
SEEDS = [(4, 41, 20), (6, 61, 11)]  # family, seed, rulesets
NFT_SEED, NFT_COUNT = 71, 12


def end(packet, side, port):
    address = packet[side]
    return f"[{address}]:{packet[port]}" if ":" in address else f"{address}:{packet[port]}"


def place_text(step):
    p = step["packet"]
    return f"@{step['table']} {end(p, 'src', 'sport')} {end(p, 'dst', 'dport')} {p['iif'] or '-'} {p['oif'] or '-'}"


def pass_text(walked, sport):
    """`new eth0 -`, then a line a step, and an `@` line wherever the table or the packet's addresses change."""
    lines = [f"{kernel.class_of(walked, sport)} {walked.iif or '-'} {walked.oif or '-'}"]
    here = None
    for step in walked.steps:
        if place_text(step) != here:
            here = place_text(step)
            lines.append(here)
        if step["rule"] is None:
            lines.append(f"{step['chain']} {step['verdict']} {step['mark']:#x}")
        else:
            lines.append(f"{step['chain']} {step['rule']} {step['verdict']}")
    return "\n".join(lines)


def seen(passes, sport):
    """Established connections go on after the handshake: their first two passes say it all."""
    texts, established = [], 0
    for walked in passes:
        established += kernel.class_of(walked, sport) == "established"
        if kernel.class_of(walked, sport) != "established" or established <= 2:
            texts.append(pass_text(walked, sport))
    return texts


def ruleset_cases():
    for path in sorted((CONFORMANCE / "rulesets").glob("*.rules")):
        text = path.read_text()
        family = 6 if path.stem.endswith("-v6") else 4
        key = "nft" if text.lstrip().startswith("table") else f"v{family}"
        routing = "tproxy" if "tproxy" in text.lower() else "default"
        yield {"id": path.stem, key: text, "routing": routing, "packets": generate.battery(family)}


def all_cases():
    yield from ruleset_cases()
    for family, seed, count in SEEDS:
        yield from generate.cases(family, seed, count)
    yield from generate_nft.cases(NFT_SEED, NFT_COUNT)


def number_ports(cases):
    port = FIRST_PORT
    for case in cases:
        for packet in case["packets"]:
            packet["sport"] = port
            port = FIRST_PORT if port == LAST_PORT else port + 1
        yield case


def record(cases, out):
    pod = kernel.Pod()
    try:
        for case in number_ports(cases):
            error = pod.load(case)
            if error:  # a random rule may contradict itself
                print(f"{case['id']}: not loaded: {error}", file=sys.stderr)
                continue
            walks = pod.trace(case)
            case["walks"] = [seen(passes, p["sport"]) for passes, p in zip(walks, case["packets"])]
            print(json.dumps(case), file=out, flush=True)
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
        iptables = kernel.run("iptables", "--version").stdout.strip()
        head = {"kernel": platform.release(), "iptables": iptables, "date": datetime.date.today().isoformat()}
        print(json.dumps(head), file=out)
        record(all_cases(), out)
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
