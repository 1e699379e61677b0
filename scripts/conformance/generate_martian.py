#!/usr/bin/env python3
"""Packets whose addresses must not come in by a link, or need not be the host's own: generate_martian.py prints cases.

`spoofed` packets are written as frames, so that any source and destination stands on the wire. All are UDP: a packet
that is thrown away, or that no socket takes, has one pass. Sysctls are the kernel's defaults, and rp_filter is 0.
"""

import json

from kernel import PEER, POD

WATCHED = """*mangle
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
COMMIT
"""
NAT = WATCHED + """*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
-A PREROUTING -p udp -m udp --dport 81 -j DNAT --to-destination {loopback}
-A PREROUTING -p udp -m udp --dport 82 -j DNAT --to-destination {other}:80
-A PREROUTING -p udp -m udp --dport 83 -j REDIRECT --to-ports 80
COMMIT
"""
SOURCES = {
    4: [PEER[4], "127.0.0.1", "127.0.0.6", "0.0.0.0", "0.1.2.3", "255.255.255.255", "10.20.0.255", "10.20.0.0", "224.0.0.5",
        POD[4], "192.0.2.9", "240.0.0.9"],
    6: [PEER[6], "::1", "::6", "::", "ff02::5", POD[6], "2001:db8::9"],
}
DESTINATIONS = {
    4: [POD[4], "127.0.0.1", "127.0.0.6", "0.0.0.0", "0.1.2.3", "255.255.255.255", "10.20.0.255", "10.20.0.0", "224.0.0.1",
        "239.1.2.3", "192.0.2.9", "240.0.0.9"],
    6: [POD[6], "::1", "::6", "::", "ff01::1", "ff02::1", "ff02::1234", "ff00::1", "2001:db8::9"],
}
TRANSLATED = {4: {"loopback": "127.0.0.6", "other": "0.1.2.3"}, 6: {"loopback": "::1", "other": "[2001:db8::9]"}}


def spoofed(family, src, dst, dport):
    return {"dir": "in", "family": family, "proto": "udp", "spoofed": True, "src": src, "dst": dst, "dport": dport}


def packets(family):
    """Every odd source to the pod, every odd destination from the peer, some of both, and what NAT makes odd."""
    yield from (spoofed(family, src, POD[family], 80) for src in SOURCES[family])
    yield from (spoofed(family, PEER[family], dst, 80) for dst in DESTINATIONS[family])
    odd = {4: ["127.0.0.1", "0.0.0.0", POD[4], "10.20.0.255"], 6: ["::1", "::", POD[6]]}[family]
    for src in odd:
        yield from (spoofed(family, src, dst, 80) for dst in DESTINATIONS[family][1:] if dst not in (src, "127.0.0.6"))
    yield from (spoofed(family, src, POD[family], dport) for dport in (81, 82, 83) for src in (PEER[family], POD[family]))


def cases():
    for family in (4, 6):
        for routing in ("default", "tproxy"):
            numbered = [{"id": f"p{i}", **packet} for i, packet in enumerate(packets(family))]
            rules = NAT.format(**TRANSLATED[family])
            yield {"id": f"martian-v{family}-{routing}", f"v{family}": rules, "routing": routing, "packets": numbered}


if __name__ == "__main__":
    for case in cases():
        print(json.dumps(case))
