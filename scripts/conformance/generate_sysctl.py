#!/usr/bin/env python3
"""Packets whose fate hangs on sysctls: generate_sysctl.py SEED COUNT prints cases, each with settings of its own.

The packets are the odd ones of generate_martian.py and some from behind the second interface, where the pod's routes are
random too; under `tproxy` they are marked, which src_valid_mark lets the check of the source see.
"""

import json
import random
import sys

from generate_martian import NAT, TRANSLATED, packets, spoofed
from kernel import POD, SETTINGS

MARKED = """*mangle
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
-A PREROUTING -p udp -m udp --dport 84 -j MARK --set-xmark 0x539/0xffffffff
COMMIT
"""


def commands(pick):
    for scope in ("all", "default", "eth0"):
        for name in SETTINGS:
            values = "0012" if name == "rp_filter" else "001"
            yield f"sysctl -qw net.ipv4.conf.{scope}.{name}={pick(values)}"
    yield f"sysctl -qw net.ipv4.ip_forward={pick('01')}"
    yield "ip rule add to 203.0.113.9 lookup main pref 100"  # once there was a rule, the kernel looks at sources for good
    yield f"ip route add {pick(['192.0.2.0/24', '240.0.0.0/4'])} dev eth1"
    yield f"ip route add {pick(['unreachable', 'blackhole'])} 198.51.100.0/24"
    if pick("01") == "1":
        yield "ip route del default"


def cases(seed, count):
    chosen = random.Random(seed)
    for number in range(count):
        routing = chosen.choice(["default", "tproxy"])
        sent = [packet for packet in packets(4) if packet["src"] != "10.20.0.255"]  # sent on or not: left out
        sent += [spoofed(4, src, POD[4], dport) for src in ("192.0.2.9", "240.0.0.9", "198.51.100.9", "10.30.0.9") for dport in (80, 84)]
        yield {
            "id": f"sysctl-{seed}-{number}",
            "v4": NAT.format(**TRANSLATED[4]).replace(NAT[: NAT.index("*nat")], MARKED, 1),
            "routing": routing,
            "network": {"commands": list(commands(chosen.choice))},
            "packets": [{"id": f"p{i}", **packet} for i, packet in enumerate(sent)],
        }


if __name__ == "__main__":
    for case in cases(int(sys.argv[1]), int(sys.argv[2])):
        print(json.dumps(case))
