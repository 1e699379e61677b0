#!/usr/bin/env python3
"""Random routing from a seed, with rules that mark packets for it: generate_routing.py SEED COUNT prints cases.

The pod has a second interface, eth1, that leads nowhere. `network.commands` are run in the pod; the recorder adds what
`ip rule` and `ip route` print then, which is what the engine is given.
"""

import json
import random
import sys

from generate import NAMES, PORTS, Generator
from kernel import SECOND

TABLES = range(100, 106)


class RoutingGenerator:
    def __init__(self, family, seed):
        self.family, self.random, self.names = family, random.Random(f"routing-{family}-{seed}"), NAMES[family]
        self.width = 32 if family == 4 else 128

    def pick(self, *choices):
        return self.random.choice(choices)

    def prefix(self):
        host = self.pick("service", "far", "peer")
        return self.pick("default", f"{self.names[host]}/{self.width}", *self.names["nets"][3:5])

    def selector(self):
        source = self.pick(self.names["pod"], SECOND[self.family].split("/")[0])
        return self.pick(
            "fwmark 0x539", "fwmark 0x1/0xff", "not fwmark 0x539", f"from {source}", f"to {self.prefix()}", "iif lo",
            "iif eth0", "uidrange 1000-1999", "uidrange 0-0", "ipproto tcp dport 80", "ipproto tcp", "dport 9000-9999",
            "ipproto udp", f"to {self.names['service']} fwmark 0x539", "",
        ).replace("to default", "")

    def action(self):
        table = self.pick(*TABLES)
        return self.pick(
            *[f"lookup {table}"] * 6, "lookup main suppress_prefixlength 0", "unreachable", "prohibit", "blackhole",
            "goto 20000", "nop",
        )

    def route(self):
        gateway = f"via {self.names['peer']} dev eth0"
        way = self.pick(
            gateway, gateway, "dev eth1", "dev eth1 metric 50", f"{gateway} metric 10",
            f"dev eth1 src {SECOND[self.family].split('/')[0]}",
        )
        kind = self.pick("", "", "", "", "unreachable", "blackhole", "throw", "prohibit", "local")
        if kind == "local":
            way = "dev lo"
        return f"{kind} {self.prefix()} " + (way if kind in ("", "local") else "")

    def commands(self):
        ip = f"ip -{self.family}"
        yield f"{ip} rule add pref 20000 nop"
        for _ in range(self.random.randint(1, 4)):
            yield f"{ip} rule add {self.selector()} pref {self.random.randint(100, 19000)} {self.action()}"
        for table in TABLES:
            for _ in range(self.random.randint(1, 3)):
                yield f"{ip} route add {self.route()} table {table}"

    def ruleset(self):
        marks = ["0x539", "0x1", "0x101"]
        match = lambda: self.pick(
            "", "-p tcp", "-p udp", f"-p tcp -m tcp --dport {self.pick(*PORTS)}", f"-d {self.names['service']}",
            "-m mark --mark 0x539",
        )
        lines = ["*mangle", ":PREROUTING ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]", ":POSTROUTING ACCEPT [0:0]"]
        for chain in ("PREROUTING", "OUTPUT"):
            for _ in range(self.random.randint(0, 2)):
                lines.append(f"-A {chain} {match()} -j MARK --set-xmark {self.pick(*marks)}/0xffffffff")
        lines += ["COMMIT", "*nat", ":OUTPUT ACCEPT [0:0]", ":POSTROUTING ACCEPT [0:0]"]
        if self.random.random() < 0.5:
            to = self.pick(self.names["far"], self.names["service"], self.names["peer"])
            lines.append(f"-A OUTPUT -p tcp {match().replace('-p tcp', '').replace('-p udp', '')} -j DNAT --to-destination {to}")
        if self.random.random() < 0.4:
            lines.append(f"-A POSTROUTING -o {self.pick('eth0', 'eth1')} -j MASQUERADE")
        lines += ["COMMIT", "*filter", ":INPUT ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]", "COMMIT"]
        return "\n".join(lines) + "\n"


def cases(family, seed, count):
    generator = RoutingGenerator(family, seed)
    for number in range(count):
        packets = Generator(family, generator.random.random()).packets(10)
        yield {
            "id": f"routing-v{family}-{seed}-{number}",
            f"v{family}": generator.ruleset(),
            "network": {"commands": list(generator.commands())},
            "packets": list(packets),
        }


if __name__ == "__main__":
    for family in (4, 6):
        for case in cases(family, int(sys.argv[1]), int(sys.argv[2])):
            print(json.dumps(case))
