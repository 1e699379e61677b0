#!/usr/bin/env python3
"""Records what the tools of a real host show of one connection each: access log, counters, conntrack, sockets, kernel
trace, the application's log. Root; iptables (nf_tables), nft, iproute2, conntrack. A few lines of Python stand in for
Envoy: they take what the rules redirect, ask SO_ORIGINAL_DST, connect anew and log as Istio does.

    python3 scripts/conformance/capture.py src/engine/trace/observed/captures
"""
import ctypes, os, re, socket, struct, subprocess, sys, threading, time
from datetime import datetime, timezone

POD, PEER, VIP = '10.60.7.20', '10.60.7.1', '10.61.0.9'
RULES = """*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:INCOMING - [0:0]
:OUTGOING - [0:0]
:TO_INBOUND - [0:0]
:TO_OUTBOUND - [0:0]
-A PREROUTING -p tcp -j INCOMING
-A OUTPUT -p tcp -j OUTGOING
-A INCOMING -p tcp -m tcp --dport 15021 -j RETURN
-A INCOMING -p tcp -j TO_INBOUND
-A TO_INBOUND -p tcp -j REDIRECT --to-ports 15006
-A OUTGOING -s 127.0.0.6/32 -o lo -j RETURN
-A OUTGOING ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j TO_INBOUND
-A OUTGOING -o lo -m owner ! --uid-owner 1337 -j RETURN
-A OUTGOING -m owner --uid-owner 1337 -j RETURN
-A OUTGOING -d 127.0.0.1/32 -j RETURN
-A OUTGOING -j TO_OUTBOUND
-A TO_OUTBOUND -p tcp -j REDIRECT --to-ports 15001
COMMIT
"""
TRACE = '-A {hook} -p tcp -j TRACE'
libc = ctypes.CDLL('libc.so.6', use_errno=True)
'x'.encode('idna')  # read before a thread gives up the right to


def sh(command, text=None):
    return subprocess.run(command, shell=True, check=True, text=True, input=text, capture_output=True).stdout


def inside(name, work):
    """Runs work in a thread of that network namespace."""
    def run():
        with open(f'/run/netns/{name}') as file:
            if libc.setns(file.fileno(), 0x40000000) != 0:
                raise OSError(ctypes.get_errno(), 'setns')
        work()
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def as_user(uid):
    libc.syscall(117, uid, uid, uid)  # setresuid of this thread alone


def name_of(address):
    return f'{address[0]}:{address[1]}'


def original_destination(connection):
    port, address = struct.unpack('!2xH4s8x', connection.getsockopt(socket.SOL_IP, 80, 16))
    return socket.inet_ntoa(address), port


def proxy(port, upstream_of, bind, cluster, log):
    as_user(1337)
    listener = socket.create_server(('0.0.0.0', port), reuse_port=True)
    while True:
        down, peer = listener.accept()
        wanted = original_destination(down)
        up = socket.socket()
        if bind:
            up.bind((bind, 0))
        up.connect(upstream_of(wanted))
        request = down.recv(4096)
        up.sendall(request)
        answer = up.recv(4096)
        down.sendall(answer)
        now = datetime.now(timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.') + '000Z'
        log.append(f'[{now}] "- - -" 0 - - - "-" {len(request)} {len(answer)} 1 - "-" "-" "-" "-" '
                   f'"{name_of(up.getpeername())}" {cluster(wanted)} {name_of(up.getsockname())} {name_of(wanted)} {name_of(peer)} - -')
        time.sleep(0.6)
        up.close()
        down.close()


def server(port, log):
    listener = socket.create_server(('0.0.0.0', port))
    while True:
        connection, peer = listener.accept()
        log.append(f'RemoteAddr={name_of(peer)}')
        connection.recv(4096)
        connection.sendall(b'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
        time.sleep(0.8)
        connection.close()


def client(target):
    as_user(1000)
    with socket.create_connection(target, timeout=3) as connection:
        connection.sendall(b'GET / HTTP/1.1\r\nhost: shop\r\n\r\n')
        connection.recv(4096)
        time.sleep(0.4)


def build():
    for name in ('pod', 'peer'):
        subprocess.run(f'ip netns del cap-{name}', shell=True, capture_output=True)
        sh(f'ip netns add cap-{name}')
    sh('ip link add cap0 netns cap-peer type veth peer name eth0 netns cap-pod')
    sh(f'ip -n cap-peer addr add {PEER}/24 dev cap0 && ip -n cap-peer link set cap0 up && ip -n cap-peer link set lo up')
    sh(f'ip -n cap-pod addr add {POD}/24 dev eth0 && ip -n cap-pod link set eth0 up && ip -n cap-pod link set lo up')
    sh(f'ip -n cap-pod route add default via {PEER}')


def record(folder, name, origin, target):
    build()
    sh('ip netns exec cap-pod iptables-nft-restore', RULES)
    for hook in ('PREROUTING', 'OUTPUT'):
        sh(f'ip netns exec cap-pod iptables-nft -t raw {TRACE.format(hook=hook)}')
    log, served, remote = [], [], []
    inside('cap-pod', lambda: proxy(15006, lambda wanted: wanted, '127.0.0.6', lambda wanted: f'inbound|{wanted[1]}||', log))
    inside('cap-pod', lambda: proxy(15001, lambda wanted: (PEER, 9000) if wanted[0] == VIP else wanted, None,
                                    lambda wanted: f'outbound|{wanted[1]}||shop.default.svc.cluster.local', log))
    inside('cap-pod', lambda: server(8080, served))
    inside('cap-pod', lambda: server(15021, served))
    inside('cap-peer', lambda: server(9000, remote))
    time.sleep(0.4)
    monitor = subprocess.Popen('ip netns exec cap-pod nft monitor trace', shell=True, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    time.sleep(0.4)
    asking = inside(f'cap-{origin}', lambda: client(target))
    time.sleep(0.3)
    sockets = sh('ip netns exec cap-pod ss -tn')
    asking.join()
    time.sleep(1.2)
    sh('pkill -P %d; true' % monitor.pid)
    trace = monitor.communicate()[0]
    parts = [
        ('kubectl logs shop-5c7bdf8d4-x2vkq -c istio-proxy', '\n'.join(log)),
        ('kubectl logs shop-5c7bdf8d4-x2vkq -c app', '\n'.join(served)),
        ('iptables-save -c -t nat', sh('ip netns exec cap-pod iptables-nft-save -c -t nat')),
        ('iptables -t nat -L -v -n -x', sh('ip netns exec cap-pod iptables-nft -t nat -L -v -n -x')),
        ('conntrack -L', sh('ip netns exec cap-pod conntrack -L 2>/dev/null')),
        ('ss -tn', sockets),
        ('nft monitor trace', re.sub(r' ether saddr \S+ ether daddr \S+', '', trace)),
    ]
    text = '\n'.join(f'$ {command}\n{output.rstrip()}\n' for command, output in parts if output.strip())
    with open(os.path.join(folder, f'{name}.txt'), 'w') as file:
        file.write(text)
    for each in ('pod', 'peer'):
        sh(f'ip netns del cap-{each}')


if __name__ == '__main__':
    if len(sys.argv) > 2:
        flows = {'inbound': ('peer', (POD, 8080)), 'excluded': ('peer', (POD, 15021)), 'outbound': ('pod', (VIP, 80)),
                 'own-address': ('pod', (POD, 8080))}
        record(sys.argv[1], sys.argv[2], *flows[sys.argv[2]])
    else:
        # A process for each: threads stay in the namespaces they entered.
        for flow in ('inbound', 'excluded', 'outbound', 'own-address'):
            subprocess.run([sys.executable, __file__, sys.argv[1], flow], check=True)
