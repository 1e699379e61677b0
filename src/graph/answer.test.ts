import { describe, expect, it } from 'vitest';
import { simulate } from '../engine/trace/simulate.ts';
import type { Trace } from '../engine/trace/trace.ts';
import { decidingChange, decidingHop, hasLostSource, receivingHop } from './answer.ts';

const RULES = `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:CAUGHT - [0:0]
:SENT - [0:0]
-A PREROUTING -p tcp -j CAUGHT
-A OUTPUT -p tcp -j SENT
-A CAUGHT -p tcp -j REDIRECT --to-ports 15006
-A SENT -s 127.0.0.6/32 -o lo -j RETURN
-A SENT -o lo -m owner --uid-owner 1337 -j CAUGHT
COMMIT
`;

function traceOf(paste: string): Trace {
  const pod = { name: 'web', role: 'server', addresses: ['10.0.0.2'], paste } as const;
  return simulate({ version: 1, title: '', request: null, pods: [{ ...pod, addresses: ['10.0.0.2'] }] })
    .trace;
}

describe('the answer', () => {
  it('rests on the change whose address the application sees', () => {
    const trace = traceOf(RULES);
    expect(hasLostSource(trace)).toBe(true);
    expect(decidingChange(trace)).toMatchObject({ to: '127.0.0.6', kind: 'reconnect' });
    expect(decidingHop(trace)).toMatchObject({ place: 'proxy', n: decidingChange(trace)?.hop });
    expect(receivingHop(trace)?.place).toBe('app');
  });

  it('rests on nothing when the source is kept', () => {
    const trace = traceOf('*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n');
    expect([hasLostSource(trace), decidingChange(trace), decidingHop(trace)]).toEqual([false, null, null]);
  });

  it('rests on the rule that sends the packet round again', () => {
    const trace = traceOf(RULES.replace('-A SENT -s 127.0.0.6/32 -o lo -j RETURN\n', ''));
    expect(trace.outcome).toBe('loop');
    expect(decidingHop(trace)).toMatchObject({ chain: 'CAUGHT', connection: 2 });
  });

  it('rests on the rule that drops', () => {
    const trace = traceOf('*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\nCOMMIT\n');
    expect(trace.outcome).toBe('dropped');
    expect(decidingHop(trace)).toMatchObject({ chain: 'INPUT', rule: 1 });
  });
});
