#!/usr/bin/env python3
"""Rules and addresses that random cases hardly hit, each with what it asks the kernel: corners.py prints cases."""

import json

from kernel import PEER, POD

FAR = {4: "203.0.113.40", 6: "2001:db8:ff::40"}
LOOPBACK = {4: "127.0.0.1", 6: "::1"}
HOOKS = {
    "raw": ["PREROUTING", "OUTPUT"],
    "mangle": ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"],
    "nat": ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
    "filter": ["INPUT", "FORWARD", "OUTPUT"],
}
# eth0 has two links, the pod's own second; its gateway is on that one
TWO_LINKS = ["addr add 192.168.7.5/24 dev eth0", f"addr del {POD[4]}/24 dev eth0", f"addr add {POD[4]}/24 dev eth0",
             f"route replace default via {PEER[4]}"]
SECOND_OF_LINK = ["addr add 10.20.0.81/24 dev eth0"]
MANY_ADDRESSES = [f"-6 addr add {address}/64 dev eth0 nodad" for address in ("fd00:21::5", "2001:db8:9::5")]


def table(name, *rules):
    return "\n".join([f"*{name}", *(f":{hook} ACCEPT [0:0]" for hook in HOOKS[name]), *rules, "COMMIT", ""])


def marks(*matches, hooks=("PREROUTING", "OUTPUT")):
    """A mark of its own for each match; the recording shows it at the policy."""
    rules = (f"-A {hook} {match} -j MARK --set-xmark {mark:#x}/{mark:#x}"
             for hook in hooks for mark, match in ((1 << i, match) for i, match in enumerate(matches)))
    return table("mangle", *rules)


def to(dst, dport=80, **packet):
    return {"dir": "out", "proto": "tcp", "dst": dst, "dport": dport, "uid": 0, "gid": 0} | packet


def everywhere(family):
    yield {"dir": "in", "proto": "tcp", "dst": POD[family], "dport": 80}
    yield {"dir": "in", "proto": "udp", "dst": POD[family], "dport": 53}
    yield to(FAR[family], 443)
    yield to(FAR[family], 80, uid=1337, gid=1337)
    yield to(POD[family], 18080)
    yield to(LOOPBACK[family], 8080)
    yield to(FAR[family], 0, proto="icmp")


def case(name, family, rules, packets=None, commands=None):
    numbered = [{"id": f"p{i}", "family": family, **packet} for i, packet in enumerate(packets or everywhere(family))]
    network = {"network": {"commands": [f"ip {command}" for command in commands]}} if commands else {}
    return {"id": f"corner-{name}-v{family}", f"v{family}": rules, **network, "packets": numbered}


def untracked(family):
    """xt_conntrack asks what has no entry for its state alone."""
    conntrack = [f"-m conntrack {words}" for words in (
        "--ctstate UNTRACKED --ctdir REPLY", "--ctstate UNTRACKED --ctproto 17", "--ctstate UNTRACKED --ctorigdstport 9",
        "--ctstate INVALID --ctdir ORIGINAL", "--ctdir ORIGINAL", "--ctproto 6", "! --ctstate NEW --ctproto 132")]
    raw = table("raw", "-A OUTPUT -p tcp -m tcp --dport 443 -j CT --notrack", "-A PREROUTING -p tcp -m tcp --dport 80 -j CT --notrack")
    return case("untracked", family, raw + marks(*conntrack))


def address_types(family):
    types = ["LOCAL,UNICAST", "UNICAST,MULTICAST", "LOCAL,MULTICAST", "MULTICAST,UNSPEC"]
    types += ["ANYCAST", "BLACKHOLE,THROW", "PROHIBIT,UNREACHABLE"] if family == 4 else []
    return case("address-types", family, marks(*(f"-m addrtype --dst-type {each}" for each in types)))


def sockets(family):
    return case("sockets", family, marks("-m socket", "-m socket --nowildcard", hooks=["PREROUTING"]))


def ranges():
    return case("nat-ranges", 4, table(
        "nat", "-A OUTPUT -p tcp -m tcp --dport 443 -j DNAT --to-destination 10.20.0.78:80-90",
        "-A OUTPUT -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.20.0.78:70-90",
        "-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 15006-15008",
        "-A POSTROUTING -o eth0 -p tcp -j SNAT --to-source 10.20.0.70-10.20.0.90",
        "-A POSTROUTING -o eth0 -p udp -j SNAT --to-source 10.20.0.77:1024-65000"))


def sources():
    watched = table("mangle")
    masquerade = watched + table("nat", "-A POSTROUTING -j MASQUERADE")
    yield case("source-gateway", 4, watched, [to(FAR[4]), to("192.168.7.9"), to(PEER[4]), to(POD[4])], TWO_LINKS)
    yield case("masquerade-gateway", 4, masquerade, [to(FAR[4], src="192.168.7.5"), to(FAR[4]), to(LOOPBACK[4])], TWO_LINKS)
    yield case("masquerade-lo", 4, masquerade, [to(LOOPBACK[4]), to("10.30.0.77")], ["route replace default dev eth1"])
    yield case("source-secondary", 4, watched, [to("10.20.0.81"), to(POD[4]), to("10.30.0.77"), to("127.0.0.9")], SECOND_OF_LINK)
    six = [to("fd00:21::9"), to(PEER[6]), to(FAR[6]), to("2001:db8:9::1"), to("fd00:21::5"), to("fd99::1")]
    yield case("source-best", 6, watched, six, MANY_ADDRESSES)


def conntracks_place():
    rule = "priority -200; ct state new meta mark set 1"
    rules = f"table inet t {{\n  chain a {{ type filter hook prerouting {rule}; }}\n  chain b {{ type filter hook output {rule}; }}\n}}\n"
    packets = [{"id": f"p{i}", "family": 4, **packet} for i, packet in enumerate(everywhere(4))]
    return {"id": "corner-conntracks-place", "nft": rules, "packets": packets}


def cases():
    for family in (4, 6):
        yield from (untracked(family), address_types(family), sockets(family))
    yield from (ranges(), conntracks_place())
    yield from sources()


if __name__ == "__main__":
    for each in cases():
        print(json.dumps(each))
