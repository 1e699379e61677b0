// English: what the trace emits — events, why something was passed over, findings, where the request came from.
export const traceCodes = {
  'cause.upstream-bind-config':
    'Envoy chose it: it ended the client’s connection and opened its own to the app, bound to {to} by upstreamBindConfig of cluster {cluster}.',
  'chooser.upstream-bind-config': 'upstreamBindConfig chose',
};
