// English: replies, and the journey over several pods and nodes.
export const journeyCodes = {
  'app.answers': 'The application answers on the same connection: {source} to {destination}.',
  'agent.answers': 'pilot-agent answers: {source} to {destination}.',
  'app.is-answered': 'The answer is back at the application that asked, on {destination}.',
  'proxy.answers':
    'The proxy passes the answer on over the connection it was asked on: {source} to {destination}.',
  'kernel.conntrack':
    'No rule is asked: conntrack knows the connection and undoes what was done to its request. {from} becomes {to} again.',
  'reply.between': 'The answer travels back: {source} to {destination}.',
  'reply.to-client': 'The answer goes back to the client: {source} to {destination}.',
  'reply.service':
    'Whatever turned the service’s address into the pod’s undoes it for the answer: it comes from {source}. That is not in the paste.',
  'short.app.answers': 'answers {destination}',
  'short.app.is-answered': 'is answered',
  'short.proxy.answers': 'answers {destination}',
  'short.kernel.conntrack': 'conntrack: {to}',
  'short.reply.between': 'back to {destination}',
  'short.reply.to-client': 'back to {destination}',
  'short.reply.service': 'from {source} again',
  'misread.kernel.conntrack':
    '“The reply goes through the nat table again.” It does not: nat rules are asked once a connection, and conntrack translates every packet after the first.',
  'finding.reply-astray':
    'The answer does not come back: it goes to {destination} by {interface} instead of to the socket at {asked} that asked. The handshake is never finished. Check the rule that restores the mark, and ip rule and ip route for it.',
  'finding.reply-dropped':
    'The answer to {asked} is thrown away on its way back, so the connection is never made.',
  'finding.reply-owner-unknown':
    'How the application in {pod} answers hangs on a rule that asks whose process sends the packet, and nothing pasted tells whom the application runs as (runAsUser).',
  'finding.reply-unknown':
    'The request arrives. Whether its answer passes chain {chain} in {pod} is not decided by the paste.',
  'network.forwarded': 'The machine sends the packet on by {interface}: {source} to {destination}.',
  'network.to-node': 'No pod here has {destination}; the packet goes to {node}, whose rules may know it.',
  'short.network.forwarded': 'on by {interface}',
  'short.network.to-node': 'to {node}',
  'ztunnel.accepts': 'ztunnel takes the connection that was for {destination}.',
  'ztunnel.inbound-plaintext':
    'ztunnel connects to the application at {destination} from the client’s own address {source}: its socket is transparent. The port is another one.',
  'ztunnel.inbound-tunnel':
    'ztunnel unwraps HBONE and connects to {destination} from its outer peer’s address, {source}.',
  'ztunnel.inbound-forwarded':
    'ztunnel unwraps HBONE that a waypoint opened, takes its word (Forwarded) for the client, and connects to {destination} from {source}.',
  'ztunnel.outbound': 'ztunnel opens HBONE to {destination}; inside it asks for {inside}.',
  'ztunnel.outbound-plaintext':
    'The other end speaks no HBONE: ztunnel connects to {destination} in plain text.',
  'ztunnel.to-waypoint':
    'ztunnel sends the connection to the waypoint: HBONE to {destination}, asking for {inside}.',
  'ztunnel.waypoint':
    'The waypoint opens HBONE to {destination} and tells the client’s address in Forwarded.',
  'short.ztunnel.accepts': 'taken',
  'waypoint.accepts': 'The waypoint takes the connection that was for {destination}.',
  'short.waypoint.accepts': 'taken',
  'short.ztunnel.inbound-plaintext': 'new connection',
  'short.ztunnel.inbound-tunnel': 'new connection',
  'short.ztunnel.inbound-forwarded': 'new connection',
  'short.ztunnel.outbound': 'HBONE',
  'short.ztunnel.outbound-plaintext': 'new connection',
  'short.ztunnel.to-waypoint': 'HBONE to the waypoint',
  'short.ztunnel.waypoint': 'HBONE',
  'finding.no-listener': 'Nothing listens on port {port} of {pod}: the kernel resets the connection.',
  'finding.listeners-not-pasted':
    'Whether {pod} listens on port {port} cannot be told: paste its listeners (istioctl proxy-config listener … -o json).',
  'agent.takes-probe': 'pilot-agent takes the probe of {source}: the injector rewrote it to this port.',
  'short.agent.takes-probe': 'probe at pilot-agent',
  'agent.probes': 'pilot-agent asks the application at {destination} on a connection of its own.',
  'short.agent.probes': 'pilot-agent asks',
  'agent.answers-dns': 'pilot-agent answers the DNS query of {source} itself, or asks the real server.',
  'short.agent.answers-dns': 'DNS in pilot-agent',
  'finding.reply-elsewhere':
    'The answer goes to {destination}, whose address {pod} only borrowed: it comes back to {pod} only if the way there leads through it (default gateway, routing by mark).',
  'network.service-pasted':
    '{service} is the address of a Service that was pasted; outside the pod kube-proxy sends it to {endpoint}.',
  'short.network.service-pasted': 'service → {endpoint}',
  'reply.service-pasted':
    'kube-proxy undoes the Service’s translation for the answer: it comes from {source}.',
  'short.reply.service-pasted': 'from {source} again',
};
