#!/usr/bin/env python3
"""Compares the engine with the live kernel: `npm run conformance:kernel [-- --seed N --count N]`.

Walks the project's own rulesets and COUNT random ones of each kind through both, prints how far they agree, shows the
first difference side by side and writes the numbers to public/conformance.json, which the page shows. Needs root.
Exit 1 when a walk differs.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import corners
import generate
import generate_martian
import generate_nft
import generate_routing
import generate_sysctl
import kernel
import passes
import record

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "public/conformance.json"
WIDTH = 78
TRIES = 4


@dataclass
class Tally:
    rulesets: int = 0
    refused: int = 0
    packets: int = 0
    equal: int = 0
    different: int = 0


def kinds_of_cases(seed, count):
    """(name of the row, its cases)."""
    yield "martians", generate_martian.cases()
    yield "the project's own", record.ruleset_cases()
    yield "corners", corners.cases()
    yield "random IPv4", generate.cases(4, seed, count)
    yield "random IPv6", generate.cases(6, seed, count)
    yield "random nft", generate_nft.cases(seed, count)
    for family in (4, 6):
        yield f"random routing v{family}", generate_routing.cases(family, seed, count)
    yield "random sysctls", generate_sysctl.cases(seed, count)


class Engine:
    """`cli walk`, a line in, a line out."""

    def __init__(self):
        command = ["node", str(ROOT / "scripts/cli.mjs"), "walk"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def walks(self, case):
        self.process.stdin.write(json.dumps(case) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return [passes.seen(packet["passes"]) for packet in answer["packets"]]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


@dataclass
class Walked:
    """A case with what the kernel did, and what the engine answers, packet by packet."""

    case: dict
    expected: list
    got: list

    def differences(self):
        """The packets whose walks differ: (packet, the kernel's, the engine's)."""
        return [each for each in zip(self.case["packets"], self.expected, self.got) if each[1] != each[2]]


def walk(pod, engine, case):
    """None when the rules do not load."""
    done = record.recorded(pod, case)
    return done and Walked(case, done["walks"], engine.walks(done))


def compare(pod, engine, case, ports, tally):
    """Adds the case to the tally. Returns the walks when a packet differs, else None."""
    walked = walk(pod, engine, record.number_ports(case, ports))
    if not walked:
        tally.refused += 1
        return None
    for _ in range(TRIES):  # a busy machine loses lines of the trace: ask again
        if walked.differences():
            walked = walk(pod, engine, record.number_ports(case, ports))
    tally.rulesets += 1
    tally.packets += len(case["packets"])
    for expected, answered in zip(walked.expected, walked.got):
        same = sum(a == b for a, b in zip(expected, answered))
        tally.equal += same
        tally.different += max(len(expected), len(answered)) - same
    return walked if walked.differences() else None


def side_by_side(walked):
    """Both walks of the first packet that differs in two columns, the lines that differ marked; then the rules."""
    case, (packet, expected, got) = walked.case, walked.differences()[0]
    left, right = ("\n\n".join(walks).split("\n") for walks in (expected, got))
    height = max(len(left), len(right))
    left, right = (lines + [""] * (height - len(lines)) for lines in (left, right))
    yield f"first difference: {case['id']} {json.dumps(packet)}"
    yield f"  {'kernel':{WIDTH}}engine"
    for a, b in zip(left, right):
        yield f"{' ' if a == b else '>'} {a:{WIDTH}}{b}"
    for key in ("v4", "v6", "nft"):
        if case.get(key):
            yield case[key]


def table(rows):
    yield f"{'':20}{'rulesets':>10}{'refused':>10}{'packets':>10}{'walks equal':>14}{'different':>12}"
    for name, t in rows:
        yield f"{name:20}{t.rulesets:10}{t.refused:10}{t.packets:10}{t.equal:14}{t.different:12}"


def total(tallies):
    fields = ("rulesets", "refused", "packets", "equal", "different")
    return Tally(*(sum(getattr(tally, name) for tally in tallies) for name in fields))


def write_report(whole):
    numbers = {"rulesets": whole.rulesets, "packets": whole.packets, "equal": whole.equal, "different": whole.different}
    REPORT.write_text(json.dumps({"version": 1, **record.who_spoke(), **numbers}, indent=2) + "\n")


def run(kinds):
    """Compares all cases; (rows, the first difference). The report is written from them."""
    pod, engine, ports = kernel.Pod(), Engine(), itertools.cycle(record.PORTS)
    rows, first = [], None
    try:
        for name, cases in kinds:
            tally = Tally()
            rows.append((name, tally))
            for case in cases:
                found = compare(pod, engine, case, ports, tally)
                first = first or found
    finally:
        engine.close()
        pod.close()
    whole = total([tally for _, tally in rows])
    write_report(whole)
    return [*rows, ("all", whole)], first


def main():
    options = argparse.ArgumentParser(description="the engine against the live kernel")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=20, help="random rulesets of each kind")
    asked = options.parse_args()
    if os.geteuid() != 0:
        sys.exit("comparing with the kernel needs root: it makes network namespaces and loads rules")
    rows, first = run(kinds_of_cases(asked.seed, asked.count))
    print("\n".join(table(rows)))
    if first:
        print("\n".join(side_by_side(first)))
        sys.exit(1)


if __name__ == "__main__":
    main()
