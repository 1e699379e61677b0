#!/usr/bin/env python3
"""Random native nft rulesets from a seed: generate_nft.py SEED COUNT prints cases as JSON lines.

Tables of the inet family, so that one ruleset sees both; chains of every type at priorities around the usual ones.
"""

import json
import random
import sys

from generate import NAMES, PORTS, Generator

HOOKS = {
    "filter": [("prerouting", -150), ("prerouting", -300), ("input", 0), ("output", 0), ("output", -300), ("postrouting", -150)],
    "route": [("output", -150)],
    "nat": [("prerouting", -100), ("output", -100), ("input", 100), ("postrouting", 100)],
}


class NftGenerator:
    def __init__(self, seed):
        self.random = random.Random(f"nft-{seed}")
        self.family, self.protocol = 4, "tcp"

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, *choices):
        return self.random.choice(choices)

    def compare(self, value):
        return f"!= {value}" if self.chance(0.25) else value

    def numbers(self, *choices):
        if self.chance(0.3):
            return "{ " + ", ".join(str(n) for n in self.random.sample(choices, 2)) + " }"
        return str(self.pick(*choices))

    def address_match(self):
        family, names = self.family, NAMES[self.family]
        value = self.pick(*names["nets"], names["pod"], names["peer"], names["service"], names["far"], names["lo"])
        return f"{'ip' if family == 4 else 'ip6'} {self.pick('saddr', 'daddr')} {self.compare(value)}"

    def address(self):
        names = NAMES[self.family]
        return self.pick(*(names[n] for n in ("pod", "peer", "service", "far", "lo")))

    def layer(self):
        return "ip" if self.family == 4 else "ip6"

    def set_match(self):
        """A concatenation, or a set declared in the table."""
        ports = self.random.sample(PORTS, 2)
        pairs = ", ".join(f"{self.address()} . {port}" for port in ports)
        return self.pick(
            f"{self.layer()} {self.pick('saddr', 'daddr')} {self.pick('', '!= ')}@hosts{self.family}",
            f"{self.protocol} dport {self.pick('', '!= ')}@ports",
            f"{self.layer()} daddr . {self.protocol} dport {self.pick('', '!= ')}{{ {pairs} }}",
            f"meta l4proto . {self.layer()} daddr {{ {self.protocol} . {self.address()} }}",
        )

    def declarations(self):
        lines = ["set ports { type inet_service; flags interval; elements = { 22, 80, 9000-9100, 15000-16000 }; }"]
        for family, kind in ((4, "ipv4_addr"), (6, "ipv6_addr")):
            self.family = family
            elements = ", ".join(sorted({self.address() for _ in range(3)}))
            lines.append(f"set hosts{family} {{ type {kind}; elements = {{ {elements} }}; }}")
        return lines

    def verdict_map(self, below):
        verdicts = ["accept", "return", *(f"jump {chain}" for chain in below), *(f"goto {chain}" for chain in below)]
        ports = self.random.sample(PORTS, 4)
        elements = [f"{port} : {self.random.choice(verdicts)}" for port in ports]
        if self.chance(0.3):
            elements = [f"{self.address()} . {port} : {self.random.choice(verdicts)}" for port in ports]
            return f"{self.layer()} daddr . {self.protocol} dport vmap {{ {', '.join(elements)} }}"
        return f"{self.protocol} dport vmap {{ {', '.join(elements)} }}"

    def match(self, kind, hook, priority):
        out = hook in ("output", "postrouting")
        choices = [
            self.address_match(), self.address_match(),
            f"meta l4proto {self.protocol}",
            f"{self.protocol} {self.pick('dport', 'dport', 'sport')} {self.compare(self.numbers(*PORTS))}",
            f"{self.protocol} dport 1000-20000",
            f"{'oifname' if out else 'iifname'} {self.compare(self.pick('lo', 'eth0', 'wg0'))}",
            "meta mark " + self.compare(self.pick("0x539", "0x0")),
            "meta mark and 0xff " + self.pick("== 0x39", "!= 0x20"),
            "fib daddr type " + self.pick("local", "unicast"),
            self.set_match(), self.set_match(),
        ]
        if out:
            choices.append(f"meta {self.pick('skuid', 'skgid')} {self.compare(self.numbers(0, 1337, 1000))}")
        if kind == "nat" or priority > -200:
            choices.append("ct state " + self.compare(self.pick("new", "established", "invalid", "untracked")))
            choices.append("ct mark " + self.compare(self.pick("0x0", "0x21")))
            choices.append("ct status " + self.pick("dnat", "snat", "seen-reply", "confirmed", "snat,dnat"))
        return self.random.choice(choices)

    def statement(self, kind, hook, priority, below):
        choices = ["return", "accept", "counter", "jump", "jump", "goto"] if below else ["return", "accept", "counter"]
        choices += ["vmap"] * 2
        if kind == "nat":
            choices += ["nat"] * 4
        else:
            choices += ["mark"] * 3 + ["drop", "log"]
            if priority > -200:
                choices += ["ctmark"] * 2
            elif priority == -300:
                choices += ["notrack"]
            if hook == "prerouting" and priority == -150:
                choices += ["tproxy"] * 2
        chosen = self.random.choice(choices)
        match chosen:
            case "jump" | "goto":
                return f"{chosen} {self.random.choice(below)}"
            case "vmap":
                return self.verdict_map(below)
            case "mark" if self.chance(0.3):
                return f"meta mark set {self.protocol} dport map {{ 80 : 0x539, 9080 : 0x21, 443 : 0x3 }}"
            case "mark":
                return "meta mark set " + self.pick("0x539", "meta mark or 0x20", "meta mark and 0xff", "meta mark xor 0x5")
            case "ctmark":
                return self.pick("ct mark set 0x21", "ct mark set meta mark", "meta mark set ct mark")
            case "tproxy":
                return f"meta l4proto {self.protocol} tproxy {'ip' if self.family == 4 else 'ip6'} to :15006 meta mark set 0x539 " + self.pick("accept", "")
            case "log":
                return 'log prefix "x" ' + self.pick("drop", "")
            case "nat":
                return self.nat(hook)
        return chosen

    def nat(self, hook):
        if hook in ("prerouting", "output"):
            to = "dnat ip to 10.20.0.79:9080" if self.family == 4 else "dnat ip6 to [2001:db8:5::1]:8080"
            pairs = "80 : 10.20.0.79 . 9080, 9080 : 10.20.0.78 . 80"
            mapped = f"dnat ip addr . port to {self.protocol} dport map {{ {pairs} }}" if self.family == 4 else to
            return f"meta l4proto {self.protocol} " + self.pick("redirect to :15001", "redirect to :15053", to, mapped)
        layer = "ip" if self.family == 4 else "ip6"
        source = f"snat {layer} to {NAMES[self.family]['spare']}"
        return source if hook == "input" else self.pick("masquerade", source)

    def rule(self, kind, hook, priority, below):
        self.family = self.pick(4, 4, 6)  # nft refuses a rule of both families, or of two protocols
        self.protocol = self.pick("tcp", "tcp", "udp")
        matches = [self.match(kind, hook, priority) for _ in range(self.random.randint(0, 3))]
        return " ".join([*matches, self.statement(kind, hook, priority, below)])

    def ruleset(self):
        lines = []
        for number in range(self.random.randint(1, 3)):
            lines.append(f"table {self.pick('inet', 'inet', 'ip')} t{number} {{")
            ip_only = lines[-1].startswith("table ip ")
            lines += self.declarations()
            for index in range(self.random.randint(1, 4)):
                kind = self.pick("filter", "filter", "nat", "nat", "route")
                hook, usual = self.random.choice(HOOKS[kind])
                priority = usual + self.pick(0, 0, 1, -7)
                own = [f"c{index}_{i}" for i in range(self.random.randint(0, 2))]
                for depth in range(len(own), -1, -1):
                    name = own[depth - 1] if depth else f"c{index}"
                    head = "" if depth else f"type {kind} hook {hook} priority {priority}; policy accept;"
                    rules = [self.rule(kind, hook, usual, own[depth:]) for _ in range(self.random.randint(1, 4))]
                    rules = [rule for rule in rules if not (ip_only and "ip6" in rule)]
                    lines += [f"chain {name} {{", head, *rules, "}"]
            lines.append("}")
        return "\n".join(lines) + "\n"

    def packets(self):
        for family in (4, 6):
            generator = Generator(family, self.random.random())
            for packet in generator.packets(6):
                yield {**packet, "id": f"v{family}-{packet['id']}"}


def cases(seed, count):
    generator = NftGenerator(seed)
    for number in range(count):
        yield {
            "id": f"random-nft-{seed}-{number}",
            "nft": generator.ruleset(),
            "routing": generator.pick("default", "tproxy"),
            "packets": list(generator.packets()),
        }


if __name__ == "__main__":
    for case in cases(int(sys.argv[1]), int(sys.argv[2])):
        print(json.dumps(case))
