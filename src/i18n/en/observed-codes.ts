// English: what was observed beside what is predicted, and pieces of a paste that contradict each other.
export const observedCodes = {
  'request.asked': 'No access log tells of a request: the last one that a curl in the pod sent.',
  'request.seen': 'No access log tells of a request: the first connection that the pasted {kind} shows.',
  'finding.other-connection.conntrack':
    'None of the entries of this conntrack listing is the request’s connection ({request}); the first is {seen}. The entry has expired, or the listing is of another time or another pod.',
  'finding.other-connection.kernel-trace':
    'This kernel trace shows no packet of the request ({request}); the first is {seen}. It was taken of another connection, or of another pod.',
  'finding.other-connection.packet-capture':
    'This capture shows no packet of the request ({request}); the first is {seen}. It was taken at another time, on another interface, or in another pod.',
  'finding.other-connection.sockets':
    'No socket in this listing belongs to the request ({request}); the first is {seen}. The connection was closed by then, or the listing is of another pod.',
  'finding.other-connection.server-log':
    'The application’s log shows the peer {seen}, the request would come from {predicted}: another connection of the same peer, at another time.',
  'finding.conntrack-differs':
    'conntrack shows that NAT made {seen} of this connection, by the rules it would be {predicted}. The rules changed since, or the two are of different pods.',
  'finding.request-unseen':
    'None of the {captures} pasted captures shows the request {request}; they show {seen}. What told of the request and the captures are of different times or different pods.',
  'finding.rule-never-fired':
    'The request must match rule {rule} of {chain} ({table}), but that rule counts 0 (in nat, one for each connection): the rules are of another pod, or their counters were listed before any such request. Rules on the way that count nothing: {rules}.',
  'finding.counters-all-zero':
    'All pasted rules count 0, rule {rule} of {chain} ({table}) too, although requests were made: the counters were reset, or the listing was not made with them. Rules on the way: {rules}.',
  'finding.nothing-captured':
    'The access log holds {requests} lines, inbound requests among them, but rule {rule} of {chain}, which must redirect them, counts no connection (nat counts one for each connection, not packets). Rules and log are of different pods, or the pod was restarted between them.',
  'finding.counters-diverge':
    'Two listings of the {table} table hold the same rules, but each counts more than the other somewhere. Counters only grow: the listings are of different pods, or counters were reset.',
  'finding.trace-differs':
    'The kernel trace shows that in {chain} ({table}) the packet met “{traced}”, where the pasted rules say: {predicted}. The rules changed since, or the two are of different pods.',
  'finding.peer-differs':
    'The application’s log shows the peer {seen}; by the pasted rules and configuration it would see {predicted}. They are from different times or different pods, or something that was not pasted changes the source.',
  'finding.peer-from-agent':
    'The application saw {peer}, but the proxy logged no connection from there: pilot-agent sends kubelet’s probes from that address too.',
  'finding.peer-from-header':
    'The log’s %DOWNSTREAM_REMOTE_ADDRESS% is {address} with port 0: Envoy took it from x-forwarded-for, and no packet bore it. Who really connected this line does not tell, so the packet begins at an unknown source; %DOWNSTREAM_DIRECT_REMOTE_ADDRESS% would tell.',
  'finding.peer-in-other-line':
    'Another line of the log shows {peer} connecting for cluster {cluster}. It may be the same sender here: a gateway, say.',
  'finding.bind-unexplained':
    'The log shows that the proxy connected from {logged} (cluster {cluster}), which is neither bound by the pasted configuration, nor an address of the pod, nor the client’s. Log and configuration are of different times or pods.',
  'finding.listener-transparent':
    'The rules hand connections over by {mode}, but listener {listener} is made for TPROXY (transparent, original_src). Rules and configuration are from before and after a change of interceptionMode, or of different pods.',
  'finding.listener-not-transparent':
    'The rules hand connections over by {mode}, but listener {listener} is neither transparent nor has original_src. Rules and configuration are from before and after a change of interceptionMode, or of different pods.',
  'finding.proxy-owner-differs':
    'The rules let {kind} {rules} pass as the proxy’s, but its container runs with {kind} {container}: its own packets would be redirected again. Rules and pod are not of the same template.',
  'finding.applied-twice':
    'Rules {first} and {second} of {chain} are the same jump: the ruleset was applied twice. The second does nothing that the first did not.',
  'finding.other-backend':
    'iptables says that the other backend holds tables too, and they are not in the paste; the kernel asks both. Run {command} as well.',
  'finding.log-of-several':
    'In this log inbound requests go to {first} and to {other}: it holds the lines of more than one pod.',
  'finding.pods-mixed':
    'Commands of this paste were run for two replicas, {first} and {other}. Counters, connections and logs of one say nothing of the other.',
  'finding.templates-mixed':
    'Commands of this paste were run for {first} and {other}: pods of one workload, made from different templates. Rules and configuration of the two may differ.',
  'finding.version-inferred': 'This looks like Istio {versions}. It is an inference, from: {signs}.',
  'finding.versions-differ':
    'No one release of Istio makes all of this: “{newerSign}” needs {newer} or newer, “{olderSign}” {older} or older. The pieces are of different pods, or control plane and proxy differ in version.',
};
