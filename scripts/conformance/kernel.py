"""A pod and its peer made of network namespaces, and what the Linux kernel's own trace says of each packet.

Needs root, iproute2, nftables and iptables (nf_tables back end). The pod is `eth0` 10.20.0.77 and fd00:20::77;
the peer at .78 routes every other address to itself and answers for it. Both listen on PORTS with transparent
sockets owned by root. Nothing here knows how netfilter decides: rules are loaded, packets sent, the trace read.
"""

import json
import os
import re
import subprocess
import tempfile
import time
from dataclasses import dataclass, field

POD = {4: "10.20.0.77", 6: "fd00:20::77"}
PEER = {4: "10.20.0.78", 6: "fd00:20::78"}
PORTS = [15001, 15006, 15008, 15053, 18080, 9080, 80, 8080, 4140, 4143, 20000, 15010, 15003]
SECOND = {4: "10.30.0.77/24", 6: "fd00:30::77/64"}
SETTINGS = ["rp_filter", "accept_local", "route_localnet", "src_valid_mark"]
WATCHED_SETTINGS = rf"^net\.ipv4\.(ip_forward|conf\.[^.]+\.({'|'.join(SETTINGS)}|forwarding))$"
TPROXY_MARK, TPROXY_TABLE = "0x539", "133"
FIN, SYN, RST, ACK = 1, 2, 4, 16

TRACER = """table inet tracer {
  chain arrival { type filter hook prerouting priority -400; meta nftrace set 1; }
  chain departure { type filter hook output priority -400; meta nftrace set 1; }
}"""

LISTEN = r"""
import socket, sys, time
SOL_IP, IP_TRANSPARENT, SOL_IPV6, IPV6_V6ONLY, IPV6_TRANSPARENT = 0, 19, 41, 26, 75
kept = []
for port in map(int, sys.argv[1:]):
    for family in (socket.AF_INET, socket.AF_INET6):
        stream = socket.socket(family, socket.SOCK_STREAM)
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            stream.setsockopt(SOL_IPV6, IPV6_V6ONLY, 1)
            stream.setsockopt(SOL_IPV6, IPV6_TRANSPARENT, 1)
        else:
            stream.setsockopt(SOL_IP, IP_TRANSPARENT, 1)
        stream.bind(("", port))
        stream.listen(4096)
        kept.append(stream)
        if port == 15053:
            datagram = socket.socket(family, socket.SOCK_DGRAM)
            if family == socket.AF_INET6:
                datagram.setsockopt(SOL_IPV6, IPV6_V6ONLY, 1)
            datagram.bind(("", port))
            kept.append(datagram)
print("listening", flush=True)
time.sleep(1e6)
"""

# Each packet gets a process of its own, so that its socket has the asked owner. A spoofed one is written as a frame.
SEND = r"""
import json, os, socket, struct, sys, time

def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff

def datagram(packet):
    family = socket.AF_INET if packet["family"] == 4 else socket.AF_INET6
    ends = socket.inet_pton(family, packet["src"]) + socket.inet_pton(family, packet["dst"])
    ports, body = struct.pack("!HHH", packet["sport"], packet["dport"], 16), b"datagram"
    pseudo = ends + struct.pack("!IHH", 16, 0, socket.IPPROTO_UDP)
    udp = ports + struct.pack("!H", checksum(pseudo + ports + b"\0\0" + body)) + body
    if family == socket.AF_INET6:
        return struct.pack("!IHBB", 6 << 28, 16, socket.IPPROTO_UDP, 64) + ends + udp
    header = struct.pack("!BBHHHBBH", 0x45, 0, 36, 0, 0, 64, socket.IPPROTO_UDP, 0) + ends
    return header[:10] + struct.pack("!H", checksum(header)) + header[12:] + udp

def write_frame(packet):
    kind = 0x0800 if packet["family"] == 4 else 0x86dd
    with open("/proc/net/arp") as table:
        mac = next(line.split()[3] for line in table if " eth0" in line)
    with socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM) as link:
        link.sendto(datagram(packet), ("eth0", kind, 0, 0, bytes.fromhex(mac.replace(":", ""))))

for line in sys.stdin:
    packet = json.loads(line)
    if packet.get("spoofed"):
        write_frame(packet)
        print("sent", flush=True)
        continue
    child = os.fork()
    if child == 0:
        os.setgroups([]); os.setgid(packet.get("gid", 0)); os.setuid(packet.get("uid", 0))
        family = socket.AF_INET if packet["family"] == 4 else socket.AF_INET6
        kind = socket.SOCK_STREAM if packet["proto"] == "tcp" else socket.SOCK_DGRAM
        echo = packet["proto"] == "icmp"
        protocol = 0 if not echo else socket.IPPROTO_ICMP if family == socket.AF_INET else socket.IPPROTO_ICMPV6
        try:
            with socket.socket(family, kind, protocol) as sender:
                sender.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                sender.bind((packet.get("src") or "", packet["sport"]))
                if echo:  # the kernel writes the identifier: the port that was bound
                    request = 8 if family == socket.AF_INET else 128
                    sender.sendto(struct.pack("!BBHHH", request, 0, 0, 0, 1) + b"echo", (packet["dst"], 0))
                elif kind == socket.SOCK_DGRAM:
                    sender.sendto(b"datagram", (packet["dst"], packet["dport"]))
                else:
                    sender.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    sender.settimeout(0.08)
                    sender.connect((packet["dst"], packet["dport"]))
                    time.sleep(0.002)
        except OSError:
            pass
        os._exit(0)
    os.waitpid(child, 0)
    print("sent", flush=True)
"""


def run(*command, text=None, check=True):
    return subprocess.run(command, input=text, text=True, capture_output=True, check=check)


@dataclass
class Pass:
    """One walk of one packet through the hooks, from its first chain to its last."""

    iif: str | None
    oif: str | None
    sport: int
    flags: int | None
    ports: set = field(default_factory=set)
    steps: list = field(default_factory=list)


class Pod:
    def __init__(self):
        tag = str(os.getpid())
        self.peer, self.pod = f"peer{tag}", f"pod{tag}"
        self.nowhere = f"nowhere{tag}"
        self.processes = []
        self.build_link()
        for namespace in (self.peer, self.pod):
            listener = self.start(namespace, LISTEN, *map(str, PORTS))
            if listener.stdout.readline() != "listening\n":
                raise RuntimeError(f"{namespace}: the listener did not start")
        self.senders = {n: self.start(n, SEND) for n in (self.peer, self.pod)}

    def build_link(self):
        for namespace in (self.peer, self.pod):
            run("ip", "netns", "add", namespace)
        run("ip", "link", "add", "eth0", "netns", self.pod, "type", "veth", "peer", "name", "eth0", "netns", self.peer)
        for namespace, addresses in ((self.pod, POD), (self.peer, PEER)):
            self.ip(namespace, "addr", "add", f"{addresses[4]}/24", "dev", "eth0")
            self.ip(namespace, "addr", "add", f"{addresses[6]}/64", "dev", "eth0", "nodad")
            self.ip(namespace, "link", "set", "lo", "up")
            self.ip(namespace, "link", "set", "eth0", "up")
            self.within(namespace, "sysctl", "-qw", "net.ipv4.ping_group_range=0 2147483647")
            for scope in ("all", "eth0"):
                self.within(namespace, "sysctl", "-qw", f"net.ipv4.conf.{scope}.rp_filter=0")
        for spare in ("10.20.0.79/24", "10.20.0.1/24"):
            self.ip(self.peer, "addr", "add", spare, "dev", "eth0")
        for half in ("0.0.0.0/1", "128.0.0.0/1"):
            self.ip(self.peer, "route", "add", "local", half, "dev", "lo")
        self.ip(self.peer, "-6", "route", "add", "local", "2000::/3", "dev", "lo")
        self.ip(self.pod, "route", "add", "default", "via", PEER[4])
        self.ip(self.pod, "-6", "route", "add", "default", "via", PEER[6])
        self.pin_neighbours()

    def pin_neighbours(self):
        """No ARP or neighbour discovery: only the packets that are asked for are on the wire."""
        for here, there, addresses in ((self.peer, self.pod, POD), (self.pod, self.peer, PEER)):
            mac = self.within(there, "cat", "/sys/class/net/eth0/address").stdout.strip()
            for address in addresses.values():
                self.ip(here, "neigh", "replace", address, "lladdr", mac, "nud", "permanent", "dev", "eth0")

    def ip(self, namespace, *words, check=True):
        return run("ip", "-n", namespace, *words, check=check)

    def within(self, namespace, *command, text=None, check=True):
        return run("ip", "netns", "exec", namespace, *command, text=text, check=check)

    def start(self, namespace, program, *arguments):
        command = ["ip", "netns", "exec", namespace, "python3", "-u", "-c", program, *arguments]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.processes.append(process)
        return process

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()
        for namespace in (self.peer, self.pod, self.nowhere):
            run("ip", "netns", "del", namespace, check=False)

    def load(self, case):
        """Loads a case's rules and routes; the loader's own words when it refuses them, else None."""
        self.within(self.pod, "nft", "flush", "ruleset")
        for family in ("-4", "-6"):
            self.ip(self.pod, family, "rule", "del", "fwmark", TPROXY_MARK, check=False)
        loaders = {"v4": ["iptables-restore"], "v6": ["ip6tables-restore"], "nft": ["nft", "-f", "-"]}
        for key, loader in loaders.items():
            if case.get(key):
                loaded = self.within(self.pod, *loader, text=case[key], check=False)
                if loaded.returncode:
                    return loaded.stderr.strip()
        if case.get("routing") == "tproxy":
            for family in ("-4", "-6"):
                self.ip(self.pod, family, "rule", "add", "fwmark", TPROXY_MARK, "lookup", TPROXY_TABLE)
                self.ip(self.pod, family, "route", "replace", "local", "default", "dev", "lo", "table", TPROXY_TABLE)
        self.within(self.pod, "nft", "-f", "-", text=TRACER)
        return None

    def route(self, network):
        """Runs the case's commands, with a second interface there; those that contradict what is there are left out."""
        run("ip", "netns", "add", self.nowhere)
        self.ip(self.pod, "link", "add", "eth1", "type", "veth", "peer", "name", "eth0", "netns", self.nowhere)
        self.ip(self.nowhere, "link", "set", "eth0", "up")
        for family, address in SECOND.items():
            self.ip(self.pod, f"-{family}", "addr", "add", address, "dev", "eth1", *(["nodad"] if family == 6 else []))
        self.ip(self.pod, "link", "set", "eth1", "arp", "off", "up")  # no neighbour is asked for
        for command in network["commands"]:
            self.within(self.pod, *command.split(), check=False)
        show = lambda *words: self.within(self.pod, "ip", *words).stdout
        return {
            **{f"rules{f}": show(f"-{f}", "rule") for f in (4, 6)},
            **{f"routes{f}": show(f"-{f}", "route", "show", "table", "all") for f in (4, 6)},
            "addresses": show("addr"),
            "sysctl": self.within(self.pod, "sysctl", "-a", "-r", WATCHED_SETTINGS).stdout,
        }

    def unroute(self):
        """As it was before `route`."""
        run("ip", "netns", "del", self.nowhere)
        self.ip(self.pod, "link", "del", "eth1", check=False)
        for setting in ("ip_forward", *(f"conf.{scope}.{name}" for scope in ("all", "default", "eth0") for name in SETTINGS)):
            self.within(self.pod, "sysctl", "-qw", f"net.ipv4.{setting}=0")
        for address in self.foreign_addresses():
            self.ip(self.pod, "addr", "del", address, "dev", "eth0")
        for family in ("-4", "-6"):
            self.ip(self.pod, family, "rule", "flush")
            for priority, table in (("32766", "main"), *([("32767", "default")] if family == "-4" else [])):
                self.ip(self.pod, family, "rule", "add", "pref", priority, "lookup", table)
            for table in range(100, 106):
                self.ip(self.pod, family, "route", "flush", "table", str(table), check=False)
        self.ip(self.pod, "route", "replace", "default", "via", PEER[4])  # its gateway is looked up by the rules

    def foreign_addresses(self):
        """What a case's commands gave to eth0."""
        shown = json.loads(self.ip(self.pod, "-j", "addr", "show", "dev", "eth0").stdout)
        own = [address for link in shown for address in link["addr_info"] if address["scope"] == "global"]
        return [f"{each['local']}/{each['prefixlen']}" for each in own if each["local"] not in POD.values()]

    def rule_numbers(self):
        """(family, table, handle) -> the rule's number in its chain."""
        listed = json.loads(self.within(self.pod, "nft", "-j", "-a", "list", "ruleset").stdout)
        counts, numbers = {}, {}
        for rule in (item["rule"] for item in listed["nftables"] if "rule" in item):
            chain = (rule["family"], rule["table"], rule["chain"])
            counts[chain] = counts.get(chain, 0) + 1
            numbers[(rule["family"], rule["table"], rule["handle"])] = counts[chain]
        return numbers

    def trace(self, case):
        """Sends the case's packets one by one. Returns, for each, its passes in the order they happened."""
        numbers = self.rule_numbers()
        with tempfile.TemporaryFile("w+") as log:
            monitor = subprocess.Popen(
                ["ip", "netns", "exec", self.pod, "stdbuf", "-oL", "nft", "-nn", "-a", "monitor", "trace"],
                stdout=log, stderr=subprocess.DEVNULL, text=True,
            )
            time.sleep(0.2)
            for packet in case["packets"]:
                sender = self.senders[self.peer if packet["dir"] == "in" else self.pod]
                sender.stdin.write(json.dumps(packet) + "\n")
                sender.stdin.flush()
                sender.stdout.readline()
            time.sleep(0.3)
            monitor.terminate()
            monitor.wait()
            log.seek(0)
            passes = read_trace(log, numbers)
        return [sent_once(p for p in passes if is_of(p, packet["sport"])) for packet in case["packets"]]


LINE = re.compile(r"^trace id (\w+) (\w+) (\S+) (\S+) (packet:|policy|(?:unknown )?rule) ?(.*)$")
VERDICT = re.compile(r"(?:handle (\d+) )?\(verdict ([^)]*)\)$")
POLICY = re.compile(r"^(\w+)(?: meta mark (0x\w+))?")


def first(pattern, text):
    found = re.search(pattern, text)
    return found.group(1) if found else None


def read_packet(text):
    ports = [first(rf"(?:tcp|udp) {side} (\d+)", text) for side in ("sport", "dport")]
    addresses = [first(rf"ip6? {side} (\S+)", text) for side in ("saddr", "daddr")]
    flags = first(r"tcp flags == (0x\w+)", text)
    echo = first(r"icmp id (\d+)", text)
    word = first(r"icmpv6 type 12[89] .* icmpv6 parameter-problem (\d+)", text)  # so nft words identifier and number
    echo = int(echo) if echo else int(word) >> 16 if word else None
    return {
        "iif": first(r'iif "([^"]+)"', text),
        "oif": first(r'oif "([^"]+)"', text),
        "src": addresses[0], "sport": int(ports[0] or 0),
        "dst": addresses[1], "dport": int(ports[1] or 0),
        "flags": int(flags, 16) if flags else None,
        "echo": echo, "answers": bool(re.search(r"icmp type 0 |icmpv6 type 129 ", text)),
    }


def read_trace(lines, numbers):
    """The monitor's lines as passes. Lines of packets that are under way at the same time may be mixed."""
    passes, packets, open_passes = [], {}, {}
    for line in lines:
        match = LINE.match(line.rstrip())
        if not match:
            continue
        skb, family, table, chain, kind, rest = match.groups()
        if kind == "packet:":
            packets[skb] = read_packet(rest)
        elif skb in packets and table == "tracer":
            if kind != "policy":
                p = packets[skb]
                sport = p["echo"] if p["echo"] and not p["answers"] else p["sport"]
                open_passes[skb] = Pass(p["iif"], p["oif"], sport, p["flags"], {p["sport"], p["echo"]})
                passes.append(open_passes[skb])
        elif skb in open_passes:
            add_step(open_passes[skb], packets[skb], kind, (family, table, chain), rest, numbers)
    return passes


def add_step(walked, packet, kind, place, rest, numbers):
    family, table, chain = place
    walked.ports.update((packet["sport"], packet["dport"]))
    step = {"table": table, "chain": chain, "packet": packet, "rule": None, "mark": None}
    if kind == "policy":
        policy, mark = POLICY.match(rest).groups()
        step.update(verdict=f"policy {policy}", mark=int(mark or "0", 16))
    else:
        handle, verdict = VERDICT.search(rest).groups()
        step.update(verdict=verdict, rule=numbers.get((family, table, int(handle or 0))))
    walked.steps.append(step)


def is_of(walked, sport):
    """Whether a pass belongs to the packet sent from that port; the sender's own close is left out."""
    closing = walked.flags is not None and (walked.flags & FIN or walked.flags & RST and walked.sport == sport)
    return sport in walked.ports and not closing


def sent_once(passes):
    """Without what a busy machine sends again: a SYN or SYN-ACK that is not answered within a second."""
    kept = []
    for walked in passes:
        again = walked.flags is not None and walked.flags & SYN and any(is_copy(walked, earlier) for earlier in kept)
        if not again:
            kept.append(walked)
    return kept


def is_copy(one, other):
    def said(walked):
        return [(s["table"], s["chain"], s["rule"], s["verdict"]) for s in walked.steps]

    return (one.iif, one.oif, one.sport, one.flags, said(one)) == (other.iif, other.oif, other.sport, other.flags, said(other))


def class_of(walked, sport):
    if walked.sport != sport:
        return "reply"
    return "new" if walked.flags is None or walked.flags & (SYN | ACK) == SYN else "established"
