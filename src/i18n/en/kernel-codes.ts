// English: what netfilter decided at a hop, and why a rule was passed over.
export const kernelCodes = {
  'kernel.jump': 'Rule {rule} of {chain} matches: on to chain {to}.',
  'kernel.return': 'Rule {rule} of {chain} matches and returns to the chain that called.',
  'kernel.accept': 'Rule {rule} of {chain} accepts the packet, as far as table {table} is concerned.',
  'kernel.drop': 'Rule {rule} of {chain} drops the packet.',
  'kernel.continue': 'Rule {rule} of {chain} matches; the packet goes on to the next rule.',
  'kernel.policy-accept': 'No rule of {chain} ({table}) decides, so its policy does: accept.',
  'kernel.policy-drop': 'No rule of {chain} ({table}) decides, so its policy does: drop.',
  'kernel.mark': 'Rule {rule} of {chain} sets the mark to {mark}; no address changes.',
  'kernel.destination-nat':
    'Rule {rule} of {chain} ({target}) rewrites the destination to {to}. The source stays as it is.',
  'kernel.source-nat': 'Rule {rule} of {chain} ({target}) rewrites the source to {to}.',
  'short.kernel.toa': 'TOA: {client}',
  'short.kernel.toa-unread': 'TOA, not read',
  'kernel.toa':
    'The SYN was seen with a TCP option that holds {client}, and the module toa is loaded: the application is told that address, though the packet’s source is {source}.',
  'kernel.toa-unread':
    'The SYN was seen with a TCP option that holds {client}. Nothing pasted shows the module toa in this kernel (lsmod), so the application is told the packet’s source, {source}.',
  'kernel.tproxy':
    'Rule {rule} of {chain} hands the packet to the local socket at {port}. TPROXY changes no address.',
  'kernel.undecided': 'What rule {rule} of {chain} decides cannot be told from the paste.',
  'kernel.undecided-match':
    'Whether rule {rule} of {chain} matches hangs on “{condition}”, and the paste does not tell what the packet has there.',
  'kernel.undecided-target': 'Rule {rule} of {chain} matches, but what its target does is not known here.',
  'kernel.undecided-chain-missing': 'Rule {rule} of {chain} jumps to a chain that is not in the paste.',
  'kernel.undecided-chain-cut':
    'The lines pasted are a part of table {table}: its {chain} is not among them, or not to its end, so what happens there cannot be told. Paste the whole table: iptables-save -t {table}',
  'kernel.undecided-chain-loop':
    'Rule {rule} of {chain} jumps in a circle; the kernel would not load such rules.',
  'kernel.undecided-unsupported':
    'Whether rule {rule} of {chain} matches hangs on “{condition}”, a match that is not understood here.',
  'kernel.undecided-hidden':
    'Whether rule {rule} of {chain} matches is hidden by this listing. Paste iptables-save, or iptables -L -v -n.',
  'kernel.undecided-unresolved':
    'Whether rule {rule} of {chain} matches hangs on the name “{condition}”. Paste it with -n, which prints numbers.',
  'kernel.undecided-malformed':
    'Whether rule {rule} of {chain} matches cannot be told: “{condition}” cannot be read.',
  'kernel.undecided-set':
    'Whether rule {rule} of {chain} matches hangs on “{condition}”. Paste what is in that set too: ipset list, or nft list ruleset.',
  'kernel.undecided-runtime':
    'Whether rule {rule} of {chain} matches hangs on “{condition}”: on counters, a clock or the packet’s contents, which no paste tells.',
  'misread.kernel.destination-nat':
    '“The redirect hides the client.” It changes where the packet goes, never where it comes from.',
  'future.local': 'It reaches the socket on port {port} of this pod.',
  'future.wire': 'It leaves the pod by {interface}.',
  'future.dropped': 'It is dropped in chain {chain}.',
  'future.rejected': 'It is rejected in chain {chain}.',
  'future.unroutable': 'The kernel’s routing throws it away.',
  'future.undecided': 'Open again: rule {rule} of {chain}.',
};
