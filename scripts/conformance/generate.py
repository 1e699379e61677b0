#!/usr/bin/env python3
"""Packets for every ruleset, and random rulesets from a seed: generate.py FAMILY SEED COUNT prints cases as JSON lines.

Only what the kernel decides the same way each time is generated: no statistic, limit or random port.
"""

import json
import random
import sys

from kernel import PEER, POD

NAMES = {
    4: {"pod": POD[4], "peer": PEER[4], "service": "172.30.7.9", "far": "203.0.113.40", "lo": "127.0.0.1",
        "six": "127.0.0.6", "spare": "10.20.0.79",
        "nets": ["10.20.0.0/24", "127.0.0.0/8", "127.0.0.6/32", "172.30.0.0/16", "203.0.113.0/25", "0.0.0.0/1"]},
    6: {"pod": POD[6], "peer": PEER[6], "service": "2001:db8:7::9", "far": "2001:db8:ff::40", "lo": "::1",
        "six": None, "spare": "2001:db8:5::1",
        "nets": ["fd00:20::/64", "::1/128", "2001:db8:7::/48", "2001:db8::/32", "fd00:20::77/128", "::/1"]},
}
OWNERS = [(0, 0), (1337, 1337), (1000, 1000), (0, 1337), (4242, 7)]
PORTS = [22, 53, 80, 443, 4143, 8080, 9080, 15001, 15006, 15008, 15020, 15053, 18080]


def battery(family):
    """What a workload sends and gets: every kind of destination by every owner, and the ports that meshes know."""
    a = NAMES[family]
    packets = []

    def add(**packet):
        packets.append({"id": f"p{len(packets)}", "family": family, **packet})

    add(dir="in", proto="icmp", dst=a["pod"])
    add(dir="out", proto="icmp", uid=1000, gid=1000, dst=a["far"])
    add(dir="out", proto="icmp", uid=1337, gid=1337, dst=a["lo"])
    for port in (18080, 9080, 22, 80, 4143, 15001, 15006, 15008, 15020, 15090):
        add(dir="in", proto="tcp", dst=a["pod"], dport=port)
    add(dir="in", proto="udp", dst=a["pod"], dport=53)
    for uid, gid in OWNERS:
        for to, port in (("peer", 9080), ("service", 80), ("pod", 18080), ("lo", 8080), ("far", 443), ("service", 53)):
            add(dir="out", proto="tcp", uid=uid, gid=gid, dst=a[to], dport=port)
        add(dir="out", proto="udp", uid=uid, gid=gid, dst=a["service"], dport=53)
        if a["six"]:
            add(dir="out", proto="tcp", uid=uid, gid=gid, src=a["six"], dst=a["pod"], dport=18080)
    return packets


class Generator:
    HOOKS = {
        "raw": ["PREROUTING", "OUTPUT"],
        "mangle": ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
        "nat": ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
        "filter": ["INPUT", "OUTPUT"],
        "security": ["INPUT", "OUTPUT"],
    }

    def __init__(self, family, seed):
        self.family, self.random, self.names = family, random.Random(f"{family}-{seed}"), NAMES[family]
        self.hosts = [self.names[n] for n in ("pod", "peer", "service", "far", "lo", "spare")]

    def chance(self, probability):
        return self.random.random() < probability

    def maybe_not(self, text):
        return f"! {text}" if self.chance(0.22) else text

    def pick(self, *choices):
        return self.random.choice(choices)

    def network(self):
        width = 32 if self.family == 4 else 128
        return self.pick(*self.names["nets"], *(f"{host}/{width}" for host in self.hosts))

    def port(self):
        if self.chance(0.2):
            low = self.random.randint(1, 9000)
            return f"{low}:{low + self.random.randint(1, 40000)}"
        return str(self.pick(*PORTS))

    def port_match(self, protocol):
        if self.chance(0.65):
            return f"-m {protocol} " + self.maybe_not(self.pick("--dport ", "--dport ", "--sport ") + self.port())
        ports = ",".join(self.port() for _ in range(self.random.randint(1, 3)))
        return "-m multiport " + self.maybe_not(self.pick("--dports ", "--ports ") + ports)

    def state_match(self, table, protocol):
        choices = [
            "-m mark " + self.maybe_not("--mark " + self.pick("0x539", "0x3/0x7", "0x0", "0x539/0xfff")),
            "-m connmark " + self.maybe_not("--mark " + self.pick("0x0", "0x21", "0x21/0xff")),
            "-m addrtype " + self.maybe_not(self.pick("--dst-type LOCAL", "--src-type LOCAL", "--dst-type UNICAST")),
            "-m comment --comment " + self.pick("plain", '"two words"'),
            "-m iprange " + self.maybe_not(f"--dst-range {self.names['pod']}-{self.names['peer']}"),
        ]
        if table != "raw":
            states = self.pick("NEW", "ESTABLISHED", "RELATED,ESTABLISHED", "INVALID", "UNTRACKED", "DNAT", "SNAT,NEW")
            choices += ["-m conntrack " + self.maybe_not(f"--ctstate {states}")] * 2
            choices.append("-m state " + self.maybe_not("--state " + self.pick("NEW", "ESTABLISHED", "INVALID")))
            choices.append("-m conntrack " + self.maybe_not(f"--ctorigdst {self.network()}"))
            choices.append("-m conntrack --ctdir " + self.pick("ORIGINAL", "REPLY"))
            if protocol:
                choices.append("-m conntrack " + self.maybe_not(f"--ctorigdstport {self.port()}"))
        return self.random.choice(choices)

    def echo_match(self):
        name, module, numbers = ("icmp", "icmp", ("8", "0")) if self.family == 4 else ("icmpv6", "icmp6", ("128", "129"))
        kind = self.pick("echo-request", "echo-reply", *numbers)
        return f"-p {name} -m {module} " + self.maybe_not(f"--{name}-type {kind}")

    def matches(self, table, hook):
        words = []
        if self.chance(0.25):
            words.append(self.maybe_not(f"-s {self.network()}"))
        if self.chance(0.3):
            words.append(self.maybe_not(f"-d {self.network()}"))
        side = "-i" if hook in ("PREROUTING", "INPUT") else "-o"
        if self.chance(0.25):
            words.append(self.maybe_not(f"{side} " + self.pick("lo", "eth0", "eth+", "et+", "wg0")))
        protocol = self.pick("tcp", "tcp", "udp", None, None)
        if not protocol and self.chance(0.2):
            words.append(self.echo_match())
        if protocol:
            words.append(f"-p {protocol}")
            if self.chance(0.5):
                words.append(self.port_match(protocol))
            if protocol == "tcp" and self.chance(0.12):
                words.append("-m tcp " + self.maybe_not(self.pick("--syn", "--tcp-flags SYN,ACK ACK")))
        if side == "-o" and self.chance(0.35):
            owner = self.pick("--uid-owner 1337", "--gid-owner 1337", "--uid-owner 0", "--uid-owner 1000-2000", "--socket-exists")
            words.append("-m owner " + self.maybe_not(owner))
        if self.chance(0.4):
            words.append(self.state_match(table, protocol))
        return " ".join(words), protocol

    def nat_target(self, hook, protocol):
        a = self.names
        bracket = (lambda host: f"[{host}]") if self.family == 6 else (lambda host: host)
        if hook in ("PREROUTING", "OUTPUT") and protocol:
            return self.pick(
                "REDIRECT --to-ports 15001", "REDIRECT --to-ports 15006", "REDIRECT",
                f"DNAT --to-destination {bracket(a['spare'])}:9080", f"DNAT --to-destination {a['service']}",
                f"DNAT --to-destination {bracket(a['lo'])}:8080", f"DNAT --to-destination :18080",
            )
        if hook == "POSTROUTING":
            return self.pick("MASQUERADE", f"SNAT --to-source {a['pod']}", f"SNAT --to-source {a['spare']}")
        if hook == "INPUT":
            return f"SNAT --to-source {self.pick(a['spare'], a['service'])}"
        return "RETURN"

    def target(self, table, hook, protocol, below):
        choices = ["-j RETURN", "-j ACCEPT"]
        choices += [f"-j {chain}" for chain in below * 3] + [f"-g {chain}" for chain in below]
        if table == "nat":
            choices += ["-j " + self.nat_target(hook, protocol) for _ in range(4)]
        else:
            change = self.pick("--set-xmark 0x539/0xffffffff", "--set-mark 0x3/0x7", "--and-mark 0xff", "--or-mark 0x20", "--xor-mark 0x5")
            choices += [f"-j MARK {change}"] * 2 + ["-j LOG", "-j NFLOG --nflog-group 5"]
        if table == "mangle":
            choices += ["-j CONNMARK " + c for c in (
                "--set-xmark 0x21/0xff", "--save-mark --nfmask 0xff --ctmask 0xff",
                "--restore-mark --nfmask 0xffffffff --ctmask 0xffffffff")]
            if hook == "PREROUTING" and protocol:
                choices += ["-j TPROXY --on-port 15006 --tproxy-mark 0x539/0xffffffff"] * 2
        if table == "raw":
            choices += ["-j CT --notrack", "-j CT --zone 3"]
        if table in ("filter", "security") and self.chance(0.5):
            choices += ["-j DROP"] + (["-j REJECT"] if table == "filter" else [])
        return self.random.choice(choices)

    def table(self, name):
        lines, rules = [f"*{name}"], []
        for hook in self.HOOKS[name]:
            lines.append(f":{hook} {'DROP' if name == 'filter' and self.chance(0.1) else 'ACCEPT'} [0:0]")
            own = [f"{name}-{hook.lower()}-{i}" for i in range(self.random.randint(0, 3))]
            lines += [f":{chain} - [0:0]" for chain in own]
            for depth, chain in enumerate([hook, *own]):
                for _ in range(self.random.randint(1, 4)):
                    matched, protocol = self.matches(name, hook)
                    goes = self.target(name, hook, protocol, own[depth:])
                    rules.append(" ".join(word for word in ("-A", chain, matched, goes) if word))
        return [*lines, *rules, "COMMIT"]

    def ruleset(self):
        tables = self.random.sample(sorted(self.HOOKS), self.random.randint(1, 4))
        if "nat" not in tables and self.chance(0.6):
            tables.append("nat")
        return "\n".join(line for name in tables for line in self.table(name)) + "\n"

    def packets(self, count):
        a = self.names
        for number in range(count):
            packet = {"id": f"p{number}", "family": self.family, "proto": self.pick("tcp", "tcp", "tcp", "tcp", "udp", "icmp")}
            if self.chance(0.4):
                packet |= {"dir": "in", "dst": a["pod"], "dport": self.pick(*PORTS)}
            else:
                uid, gid = self.pick(*OWNERS)
                to = self.pick("peer", "service", "far", "pod", "lo")
                packet |= {"dir": "out", "uid": uid, "gid": gid, "dst": a[to], "dport": self.pick(*PORTS)}
                if to in ("pod", "lo") and a["six"] and self.chance(0.3):
                    packet["src"] = a["six"]
            yield packet


def cases(family, seed, count):
    generator = Generator(family, seed)
    for number in range(count):
        yield {
            "id": f"random-v{family}-{seed}-{number}",
            f"v{family}": generator.ruleset(),
            "routing": generator.pick("default", "tproxy"),
            "packets": list(generator.packets(12)),
        }


if __name__ == "__main__":
    for case in cases(*map(int, sys.argv[1:4])):
        print(json.dumps(case))
