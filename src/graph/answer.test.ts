import { describe, expect, it } from 'vitest';
import { readScenario, scenarioOfPaste } from '../engine/scenario.ts';
import { simulate } from '../engine/trace/simulate.ts';
import type { Simulation } from '../engine/trace/simulation.ts';
import type { Trace } from '../engine/trace/trace.ts';
import {
  caughtConnection,
  isRecognised,
  standInOf,
  decidingChange,
  decidingHop,
  hasLostSource,
  keptBy,
  receivingHop,
} from './answer.ts';

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

function simulated(paste: string): Simulation {
  return simulate({
    version: 1,
    title: '',
    request: null,
    pods: [{ name: 'web', role: 'server', addresses: ['10.0.0.2'], paste }],
  });
}

function traceOf(paste: string): Trace {
  return simulated(paste).trace;
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

  it('of a kept address rests on what kept it: a rule past the proxy, a translated destination', () => {
    const past = traceOf(RULES.replace('-A CAUGHT', '-A CAUGHT -p tcp -j RETURN\n-A CAUGHT'));
    expect(keptBy(past)).toMatchObject({ kind: 'let-past', hop: { chain: 'CAUGHT', rule: 1 } });
    const dnat = traceOf(
      '*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.2:9999\nCOMMIT\n',
    );
    expect(keptBy(dnat)).toMatchObject({ kind: 'destination-only', hop: { chain: 'PREROUTING', rule: 1 } });
  });

  it('rests on the rule that sends the packet round again', () => {
    const trace = traceOf(RULES.replace('-A SENT -s 127.0.0.6/32 -o lo -j RETURN\n', ''));
    expect(trace.outcome).toBe('loop');
    expect(decidingHop(trace)).toMatchObject({ chain: 'SENT', rule: 1, connection: 2 });
    expect(caughtConnection(trace)).toEqual({ source: '127.0.0.6', interface: 'lo' });
  });

  it('rests on the rule that drops', () => {
    const trace = traceOf('*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\nCOMMIT\n');
    expect(trace.outcome).toBe('dropped');
    expect(decidingHop(trace)).toMatchObject({ chain: 'INPUT', rule: 1 });
  });

  it('rests on the redirect itself where only the hook’s own chain jumps to it', () => {
    const trace = traceOf(`*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:SENT - [0:0]
-A PREROUTING -p tcp -j REDIRECT --to-ports 15006
-A OUTPUT -p tcp -j SENT
-A SENT -o eth0 -j RETURN
-A SENT -o lo -m owner --uid-owner 1337 -j REDIRECT --to-ports 15006
COMMIT
`);
    expect(decidingHop(trace)).toMatchObject({ chain: 'SENT', rule: 2, connection: 2 });
  });
});

describe('what nothing pasted tells', () => {
  it('is the client, unless a log, a pod or a person names it', () => {
    const asked = scenarioOfPaste(RULES);
    expect(standInOf(simulate(asked))).toBe('198.51.100.7');
    const named = readScenario({
      ...asked,
      pods: [...asked.pods, { name: 'shop', role: 'client', addresses: ['10.9.9.9'] }],
    });
    expect('scenario' in named && standInOf(simulate(named.scenario))).toBe(null);
    const { request } = simulate(asked);
    expect(standInOf(simulate({ ...asked, request: { ...request!, from: '10.9.9.9' } }))).toBe(null);
    expect(standInOf(simulate({ ...asked, request: { ...request!, from: null } }))).toBe('198.51.100.7');
  });

  it('is everything, where no text is recognised', () => {
    expect([isRecognised(simulated('hello\nworld')), isRecognised(simulated(''))]).toEqual([false, false]);
    expect(isRecognised(simulated(RULES))).toBe(true);
  });
});
