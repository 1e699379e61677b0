// English: what was wrong in a paste or a link, and what to do about it.
export const pasteCodes = {
  'json.gap': 'Something is left out here; the rest is read, this part is taken as not told.',
  'json.expected':
    'Expected {expected}, found {found}. What follows is read as well as possible; paste the JSON whole.',
  'json.unclosed': 'This is never closed: expected {expected}. The paste probably ends too early.',
  'json.escape': 'Not an escape sequence of JSON; it is taken as it stands.',
  'json.typography':
    'Typographic quotes, or characters written as in a page source, are read as the JSON they stand for.',
  'json.depth': 'Nested deeper than {limit} levels; what lies deeper is left out.',
  'yaml.syntax':
    'This line breaks the YAML around it ({problem}); it alone is left out. Paste it with its indentation.',
  'yaml.size': 'This YAML is larger than {limit} characters and is left out. Paste it as JSON (-o json).',
  'yaml.alias': 'The YAML alias {name} cannot be resolved here; its value is taken as not told.',
  'access-log.columns': 'This log line does not have the columns of its format; it is left out.',
  'access-log.unknown-columns':
    'The columns of this log line are those of no known format: only its beginning is read. Paste the mesh configuration with accessLogFormat, and all of it is.',
  'istioctl.table':
    'This table hides most of the configuration, and may list only part of it. istioctl proxy-config … -o json shows all.',
  'istioctl.row': 'Not a row of this table; it is left out.',
  'envoy.unknown-resource': 'An Envoy resource of a kind that plays no part here.',
  'envoy.nothing-recognised':
    'JSON, but neither listeners nor clusters, routes, endpoints or a config_dump. Paste the output of istioctl proxy-config … -o json or of /config_dump.',
  'istio-init.version':
    'Istio {version}: the rules of versions {first} to {last} are known here. Istio’s defaults are taken instead; paste the rules themselves: iptables-save.',
  'istio-init.combination':
    'What these arguments make of Istio {version} is not known here (it captures DNS, or writes nftables). Istio’s defaults are taken instead; paste the rules themselves: iptables-save.',
  'istio-init.resolv-conf':
    'DNS is captured for the servers of /etc/resolv.conf, which is not in the paste: whether a query goes to one of them stays open. Paste its nameserver lines.',
  'rules.line':
    'This line cannot be read as a rule; it alone is left out. Expected -A, -N, -P, a row of iptables -L, or a line of nft list ruleset.',
  'rules.table.unknown': 'netfilter has no table {table}; its rules are left out.',
  'rules.table.inferred': 'The table is not named; these rules can only stand in {table}.',
  'rules.table.assumed': 'The table is not named; {table} is assumed. iptables-save names it.',
  'rules.chain.missing': 'Chain {chain} is jumped to but is not in the paste.',
  'rules.interfaces.hidden':
    'iptables -L without -v hides interfaces: whether they match stays open. Use -v, or iptables-save.',
  'rules.match.unsupported': 'The match {name} is not understood: whether it holds stays open.',
  'rules.match.unresolved': '{name} is a name, not a number: whether it matches stays open. Use -n.',
  'rules.match.malformed': '{name} is not a value this match can have: whether it matches stays open.',
  'rules.extension.hidden':
    'nft prints the name of the iptables extension {name}, not its options: what it says stays open. Use iptables-save.',
  'rules.target.unknown': 'The target {name} is not understood: what it does stays open.',
  'paste.refused':
    'The command was refused: reading rules needs NET_ADMIN, and the container istio-proxy has none. Use kubectl debug --profile=netadmin, or the log of istio-init, or nsenter on the node.',
  'paste.stray-line':
    'This line belongs to nothing that is read here; it alone is left out, what stands around it is read.',
  'route.line': 'This line is not one that ip rule, ip route or ip addr prints; it alone is left out.',
  'permalink.codec':
    'This link was written in a form ({codec}) that this version cannot open. The first sample is shown.',
  'permalink.checksum':
    'This link is damaged or cut off ({length} characters arrived). Ask for it again. The first sample is shown.',
  'permalink.cut':
    'This link was cut off: {missing} of its {total} characters are missing. Ask for it again. The first sample is shown.',
  'permalink.changed':
    'A character of this link was changed on its way. Ask for it again. The first sample is shown.',
  'permalink.payload': 'This link is damaged. The first sample is shown.',
  'permalink.scenario':
    'This link does not hold a scenario ({path}: expected {expected}). The first sample is shown.',
  'permalink.size': 'What this link holds is too large to open. The first sample is shown.',
  'permalink.unknown-sample': 'There is no sample {id}. The first one is shown.',
  'request.given': 'The request as it was given.',
  'request.from-log': 'Taken from the last request in the access log.',
  'request.likeliest':
    'No request is told: the likeliest one to the server pod. Say below which one you mean.',
};
