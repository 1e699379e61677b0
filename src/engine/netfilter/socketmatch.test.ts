// `-m socket` on answers that SNAT will translate back, as Linux 6.18 traced them: the asking socket is found all the same.
// The recorded cases cannot hold it: a port that is mapped to one other is taken when they are recorded again.
import { expect, test } from 'vitest';
import { address } from '../../base/ip.ts';
import { wholeOf } from '../../base/source.ts';
import { parseSave } from '../../documents/iptables/save.ts';
import { reversed, type Packet, type Tuple } from '../packet/packet.ts';
import { createConntrack } from './conntrack.ts';
import { labHost } from './lab.ts';
import { receive, send } from './walk.ts';

const RULES = `*mangle
:PREROUTING ACCEPT [0:0]
-A PREROUTING -m socket --transparent -j MARK --set-mark 1
-A PREROUTING -m socket -j MARK --set-mark 7
COMMIT
*nat
:POSTROUTING ACCEPT [0:0]
-A POSTROUTING -p tcp -j SNAT --to-source 10.20.0.77:5076
COMMIT
`;

test('the answer to a translated source finds the socket that asked', () => {
  const source = { name: 'pod', text: RULES };
  const host = labHost(parseSave(source, wholeOf(source), null).value, 'default');
  const conntrack = createConntrack();
  const tuple: Tuple = {
    protocol: 'tcp',
    src: address('10.20.0.77'),
    sport: 36524,
    dst: address('203.0.113.40'),
    dport: 443,
  };
  const asked: Packet = { tuple, iif: null, oif: null, mark: 0, owner: { uid: 0, gid: 0 } };
  const syn = send(host, conntrack, asked);
  expect(syn.packet.tuple.sport).toBe(5076);

  const answer = { ...asked, tuple: reversed(syn.packet.tuple), iif: 'eth0', owner: null };
  expect(receive(host, conntrack, answer, 'syn-ack').packet.mark).toBe(7);
});
