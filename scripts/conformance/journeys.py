#!/usr/bin/env python3
"""Records whole journeys between two pods and a node: `sudo python3 scripts/conformance/journeys.py [NAME…]`.

Three network namespaces are joined by veth pairs; each loads its rules for real, a few lines of Python stand in for Envoy
and ztunnel (SO_ORIGINAL_DST, IP_TRANSPARENT, bind, SO_MARK, their users), one connection is opened, and the kernel's own
trace says what its SYN and its SYN-ACK met in each namespace. Writes src/engine/trace/conformance/recorded.jsonl: a first
line that says which kernel spoke, then a journey a line, with the pastes that a person would take from those pods. The
rules are those of src/engine/trace/conformance/rules/. Root; iptables (nf_tables), nft, iproute2.
"""
import datetime
import json
import os
import platform
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import kernel
from capture import as_user, inside, libc, name_of, original_destination, server, sh

FOLDER = Path(__file__).resolve().parents[2] / 'src/engine/trace/conformance'
ADDRESSES = {'client': '10.62.1.10', 'server': '10.62.2.20'}
GATEWAYS = {'client': '10.62.1.1', 'server': '10.62.2.1'}
VIP, OWN_VIP, PORT, BIND = '10.63.0.9', '10.63.0.8', 8080, '127.0.0.6'
SYN, ACK, TRANSPARENT, MARK = 2, 16, 19, 36
TRIES = 6

# Each pod: its rules, and how its proxy listens and connects. The journey: who asks whom for which address.
PLAIN = {'rules': 'none', 'proxy': None}


def sidecar(rules, inbound='bound'):
    return {'rules': rules, 'proxy': inbound}


NOW = sidecar('sidecar-1-25')
EARLY = sidecar('sidecar-1-3', 'loopback')
NINE = sidecar('sidecar-1-9', 'loopback')
TPROXY = sidecar('tproxy-1-25', 'original-src')
TPROXY_NINE = sidecar('tproxy-1-9', 'original-src')
TO_LOOPBACK = sidecar('tproxy-1-9', 'original-src-loopback')
FIRST = sidecar('sidecar-1-1', 'loopback')
NATIVE = sidecar('native-1-28')
AMBIENT = sidecar('ambient', 'ztunnel')
TUNNEL = AMBIENT | {'tunnel': True}
JOURNEYS = {
    'redirect-to-redirect': (NOW, NOW, ('client', VIP, 80), None),
    'redirect-by-pod-address': (NOW, NOW, ('client', ADDRESSES['server'], PORT), None),
    'redirect-to-excluded-port': (NOW, NOW, ('client', ADDRESSES['server'], 15021), None),
    'istio-1-3-both': (EARLY, EARLY, ('client', VIP, 80), None),
    'istio-1-3-own-address': (PLAIN, EARLY, ('server', ADDRESSES['server'], PORT), None),
    'istio-1-9-both': (NINE, NINE, ('client', VIP, 80), None),
    'redirect-own-service': (PLAIN, NOW, ('server', OWN_VIP, 80), None),
    'redirect-own-address': (PLAIN, NOW, ('server', ADDRESSES['server'], PORT), None),
    'redirect-localhost': (PLAIN, NOW, ('server', '127.0.0.1', PORT), None),
    'tproxy-both': (TPROXY, TPROXY, ('client', VIP, 80), None),
    'tproxy-own-service': (PLAIN, TPROXY, ('server', OWN_VIP, 80), None),
    'tproxy-1-9-both': (TPROXY_NINE, TPROXY_NINE, ('client', VIP, 80), None),
    'tproxy-1-9-loopback-localnet': (PLAIN, TO_LOOPBACK | {'localnet': 1}, ('client', ADDRESSES['server'], PORT), None),
    'tproxy-1-9-loopback': (PLAIN, TO_LOOPBACK | {'localnet': 0}, ('client', ADDRESSES['server'], PORT), None),
    'istio-1-1-both': (FIRST, FIRST, ('client', VIP, 80), None),
    'redirect-to-tproxy': (NOW, TPROXY, ('client', VIP, 80), None),
    'tproxy-to-redirect': (TPROXY, NOW, ('client', VIP, 80), None),
    'native-nftables-both': (NATIVE, NATIVE, ('client', VIP, 80), None),
    'ambient-both': (TUNNEL, TUNNEL, ('client', ADDRESSES['server'], PORT), None),
    'ambient-to-sidecar': (AMBIENT, NOW, ('client', ADDRESSES['server'], PORT), None),
    'sidecar-to-ambient': (NOW, AMBIENT, ('client', ADDRESSES['server'], PORT), None),
    'ambient-own-address': (PLAIN, AMBIENT, ('server', ADDRESSES['server'], PORT), None),
    'node-port-kept': (PLAIN, NOW, ('client', VIP, 80), 'node-dnat'),
    'node-port-masqueraded': (PLAIN, NOW, ('client', VIP, 80), 'node-masquerade'),
    'node-port-to-tproxy': (PLAIN, TPROXY, ('client', VIP, 80), 'node-dnat'),
}


# Chains without rules, so that the trace shows the packets at every hook, replies too.
UNANSWERED = {'tproxy-1-9-loopback'}
LOOPBACK_CLUSTER = '''[{ "name": "inbound|8080||", "type": "STATIC", "loadAssignment": { "clusterName": "inbound|8080||", "endpoints": [
  { "lbEndpoints": [{ "endpoint": { "address": { "socketAddress": { "address": "127.0.0.1", "portValue": 8080 } } } }] }] } }]'''
LOCALNET = 'net.ipv4.conf.all.route_localnet', 'net.ipv4.conf.eth0.route_localnet'
SHOWN = '*mangle\n' + ''.join(f':{hook} ACCEPT [0:0]\n' for hook in (
    'PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING')) + 'COMMIT\n'


def rules_of(name):
    text = (FOLDER / f'rules/{name}.rules').read_text()
    return text if 'mangle' in text or text.startswith('table') else SHOWN + text


def within(pod, command, text=None):
    return sh(f'ip netns exec jn-{pod} {command}', text)


def build():
    for name in ('client', 'node', 'server'):
        subprocess.run(f'ip netns del jn-{name}', shell=True, capture_output=True)
        sh(f'ip netns add jn-{name} && ip -n jn-{name} link set lo up')
    for i, pod in enumerate(ADDRESSES):
        sh(f'ip link add eth0 netns jn-{pod} type veth peer name veth{i} netns jn-node')
        sh(f'ip -n jn-{pod} addr add {ADDRESSES[pod]}/24 dev eth0 && ip -n jn-{pod} link set eth0 up')
        sh(f'ip -n jn-node addr add {GATEWAYS[pod]}/24 dev veth{i} && ip -n jn-node link set veth{i} up')
        sh(f'ip -n jn-{pod} route add default via {GATEWAYS[pod]}')
    within('node', 'sysctl -qw net.ipv4.ip_forward=1')
    for name in ('client', 'node', 'server'):
        within(name, 'sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0')


def load(pod, rules):
    """Loads the rules, and the routing that istio-init or istio-cni sets up beside them."""
    if rules:
        text = rules_of(rules)
        within(pod, 'nft -f -' if text.startswith('table') else 'iptables-nft-restore', text)
        for mark, table in (('0x539', 133), ('0x111/0xfff', 100)):
            if (table == 133) == ('TPROXY' in text) and (table == 100) == (rules == 'ambient'):
                sh(f'ip -n jn-{pod} rule add fwmark {mark} lookup {table}')
                sh(f'ip -n jn-{pod} route add local 0.0.0.0/0 dev lo table {table}')
    within(pod, 'nft -f -', kernel.TRACER)


def connect_from(source, mark, target):
    up = socket.socket()
    if mark:
        up.setsockopt(socket.SOL_SOCKET, MARK, mark)
    if source:
        if source != BIND:
            up.setsockopt(socket.SOL_IP, TRANSPARENT, 1)
        up.bind((source, 0))
    up.connect(target)
    return up


def proxy(pod, port, way, log):
    """A listener of Envoy or ztunnel. `way` says how it connects onward: (source, mark, target) of what was accepted."""
    transparent = pod['proxy'] not in ('bound', 'loopback')  # then it is root, with gid 1337
    if transparent:
        libc.syscall(119, 1337, 1337, 1337)  # setresgid of this thread alone
    else:
        as_user(1337)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if transparent:
        listener.setsockopt(socket.SOL_IP, TRANSPARENT, 1)
    listener.bind(('0.0.0.0', port))
    listener.listen()
    while True:
        down, peer = listener.accept()
        wanted = down.getsockname()
        if wanted[1] == port != 15008:
            wanted = original_destination(down)
        source, mark, target, cluster = way(peer, wanted)
        up = connect_from(source, mark, target)
        up.sendall(down.recv(4096))
        answer = up.recv(4096)
        down.sendall(answer)
        log.append(f'[2026-01-01T00:00:00.000Z] "- - -" 0 - - - "-" 30 {len(answer)} 1 - "-" "-" "-" "-" '
                   f'"{name_of(up.getpeername())}" {cluster} {name_of(up.getsockname())} {name_of(wanted)} {name_of(peer)} - -')
        time.sleep(0.5)
        up.close()
        down.close()


def through_mark(peer, wanted):
    return peer[0], 0x539, wanted, '-'


def out_of_tunnel(peer, wanted):
    return peer[0], 0x539, (wanted[0], PORT), '-'


def into_tunnel(_, wanted):
    return None, 0x539, (wanted[0], 15008), '-'


INBOUND = {
    'bound': lambda peer, wanted: (BIND, 0, wanted, f'inbound|{wanted[1]}||'),
    'loopback': lambda peer, wanted: (None, 0, ('127.0.0.1', wanted[1]), f'inbound|{wanted[1]}||'),
    'original-src': lambda peer, wanted: (peer[0], 1337, wanted, f'inbound|{wanted[1]}||'),
    'original-src-loopback': lambda peer, wanted: (peer[0], 1337, ('127.0.0.1', wanted[1]), f'inbound|{wanted[1]}||'),
    'ztunnel': through_mark,
}
SERVICES = {VIP: (ADDRESSES['server'], PORT), OWN_VIP: (ADDRESSES['server'], PORT)}


def outbound(mark, inbound):
    """Up to Istio 1.2, and under TPROXY up to 1.8, inbound connections come to the same port."""
    def way(peer, wanted):
        if wanted[0] == inbound['address']:
            return INBOUND[inbound['proxy']](peer, wanted)
        name = f'outbound|{wanted[1]}||shop.default.svc.cluster.local' if wanted[0] in SERVICES else 'PassthroughCluster'
        return None, mark, SERVICES.get(wanted[0], wanted), name
    return way


def start(name, pod, log):
    if pod['proxy']:
        inside(f'jn-{name}', lambda: proxy(pod, 15006, INBOUND[pod['proxy']], log))
        mark = 0x539 if pod['proxy'] == 'ztunnel' else 0
        onward = into_tunnel if pod.get('tunnel') else outbound(mark, pod | {'address': ADDRESSES[name]})
        inside(f'jn-{name}', lambda: proxy(pod, 15001, onward, log))
    if pod.get('tunnel'):
        inside(f'jn-{name}', lambda: proxy(pod, 15008, out_of_tunnel, log))


def rule_numbers(name):
    listed = json.loads(within(name, 'nft -j -a list ruleset'))
    counts, numbers = {}, {}
    for rule in (item['rule'] for item in listed['nftables'] if 'rule' in item):
        chain = (rule['family'], rule['table'], rule['chain'])
        counts[chain] = counts.get(chain, 0) + 1
        numbers[(rule['family'], rule['table'], rule['handle'])] = counts[chain]
    return numbers


def client(target, seen, timeout=3):
    as_user(1000)
    with socket.create_connection(target, timeout=timeout) as connection:
        seen.append(name_of(connection.getsockname()))
        connection.sendall(b'GET / HTTP/1.1\r\nhost: shop\r\n\r\n')
        connection.recv(4096)
        time.sleep(0.3)


def step_text(step):
    p = step['packet']
    place = f"{p['src']}:{p['sport']} > {p['dst']}:{p['dport']} {p['iif'] or '-'} {p['oif'] or '-'}"
    number = '' if step['rule'] is None else f" #{step['rule']}"
    mark = '' if step['mark'] is None else f" {step['mark']:#x}"
    return f"{step['table']} {step['chain']}{number} {step['verdict']}{mark} | {place}"


def packets_in(log, numbers):
    """What each SYN and each SYN-ACK met, in order; one that was sent again is kept once."""
    met = []
    for walked in kernel.read_trace(log, numbers):
        flags = (walked.flags or 0) & (SYN | ACK)
        if flags & SYN and walked.steps:
            each = {'packet': 'reply' if flags & ACK else 'request', 'steps': [step_text(s) for s in walked.steps]}
            if each not in met:
                met.append(each)
    return met


def paste_of(name, pod, log):
    rules, parts = pod['rules'], []
    if rules:
        native = rules_of(rules).startswith('table')
        saved = within(name, 'nft list ruleset' if native else 'iptables-nft-save')
        parts.append(('nft list ruleset' if native else 'iptables-save', re.sub(r'table inet tracer \{.*?\n\}\n', '', saved, flags=re.S)))
        if re.search(r'TPROXY|0x111', rules_of(rules)):
            parts.append(('ip rule', within(name, 'ip rule')))
            parts.append(('ip route show table all', within(name, 'ip route show table all')))
    if pod.get('proxy') == 'original-src-loopback':
        parts.append((f'istioctl proxy-config cluster {name} -o json', LOOPBACK_CLUSTER))
    if 'localnet' in pod:
        parts.append((f"sysctl {' '.join(LOCALNET)}", within(name, f"sysctl {' '.join(LOCALNET)}")))
    if log and rules != 'ambient':
        parts.append((f'kubectl logs {name} -c istio-proxy', '\n'.join(log)))
    return '\n'.join(f'$ {command}\n{text.rstrip()}\n' for command, text in parts)


def routing_of(name):
    return ''.join(f'\n$ {command}\n{within(name, command)}' for command in ('ip addr', 'ip route show table all'))


def record(name):
    client_pod, server_pod, (origin, address, port), node_rules = JOURNEYS[name]
    pods = {'client': client_pod, 'server': server_pod}
    build()
    for each, pod in pods.items():
        load(each, pod['rules'])
        if 'localnet' in pod:
            within(each, f"sysctl -qw {LOCALNET[0]}={pod['localnet']}")
    load('node', node_rules)
    logs, served, asked = {'client': [], 'server': []}, [], []
    for each, pod in pods.items():
        start(each, pod, logs[each])
    for listening in (PORT, 15021):
        inside('jn-server', lambda listening=listening: server(listening, served))
    time.sleep(0.4)
    numbers = {each: rule_numbers(each) for each in ('client', 'node', 'server')}
    monitors = {each: subprocess.Popen(f'exec ip netns exec jn-{each} stdbuf -oL nft -nn -a monitor trace', shell=True, text=True,
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for each in numbers}
    time.sleep(0.5)
    silent = name in UNANSWERED  # what its proxy sends again after a second is no part of the journey
    inside(f'jn-{origin}', lambda: client((address, port), asked, 0.8 if silent else 3)).join()
    time.sleep(0 if silent else 1.2)
    for monitor in monitors.values():
        monitor.terminate()
    met = {each: packets_in(monitor.communicate()[0].splitlines(), numbers[each]) for each, monitor in monitors.items()}
    peer = None if silent else re.match(r'RemoteAddr=(.*)', served[0]).group(1)
    scenario_pods = [{'name': each, 'role': each, 'addresses': [ADDRESSES[each]],
                      'paste': paste_of(each, pods[each], logs[each])} for each in pods if pods[each]['proxy'] or each == origin]
    if node_rules:
        scenario_pods.append({'name': 'node', 'role': None, 'addresses': list(GATEWAYS.values()), 'paste': paste_of('node', {'rules': node_rules}, []) + routing_of('node')})
    request = {'from': asked[0], 'to': f'{address}:{port}', 'protocol': 'tcp', 'host': None, 'path': '/', 'method': 'GET',
               'headers': {}, 'sni': None, 'alpn': [], 'uid': 1000, 'gid': 0}
    for each in numbers:
        sh(f'ip netns del jn-{each}')
    return {'id': name, 'scenario': {'version': 1, 'title': name, 'request': request, 'pods': scenario_pods},
            'peer': peer, 'met': met}


def without_ports(line):
    return sorted(re.findall(r'"steps": \[.*?\]', re.sub(r':\d{5}(?= )', ':*', json.dumps(json.loads(line)['met']))))


def settled(name):
    """Recorded until two in a row say the same: a busy machine loses lines of the trace."""
    before = None
    for _ in range(TRIES):
        # A process for each: threads stay in the namespaces they entered.
        done = subprocess.run([sys.executable, __file__, '--one', name], capture_output=True, text=True)
        said = without_ports(done.stdout) if done.returncode == 0 else None
        if said and said == before:
            return done.stdout
        before = said
    print(f'{name}: never the same twice, left out: {done.stderr[-600:]}', file=sys.stderr)
    return ''


def main():
    if os.geteuid() != 0:
        sys.exit('recording needs root: it makes network namespaces and loads rules')
    if len(sys.argv) == 3 and sys.argv[1] == '--one':
        print(json.dumps(record(sys.argv[2])))
        return
    with open(FOLDER / 'recorded.jsonl', 'w') as out:
        who = {'kernel': platform.release(), 'date': datetime.date.today().isoformat()}
        print(json.dumps(who), file=out)
        for name in sys.argv[1:] or JOURNEYS:
            out.write(settled(name))


if __name__ == '__main__':
    main()
