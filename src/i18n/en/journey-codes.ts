// English: replies, and the journey over several pods and nodes.
export const journeyCodes = {
  'app.answers': 'The application answers on the same connection: {source} to {destination}.',
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
  'finding.reply-unknown':
    'The request arrives. Whether its answer passes chain {chain} in {pod} is not decided by the paste.',
};
