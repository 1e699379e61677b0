// A dump that ends before its COMMIT: what was printed decides, what may follow is left open, and the line is named.
import { expect, test } from 'vitest';
import { PLAIN_REQUEST } from '../scenario.ts';
import { DEFAULT_INIT } from '../mesh/default-rules.ts';
import { initRules } from '../mesh/istio-init.ts';
import { simulate } from './simulate.ts';

const WHOLE = initRules(DEFAULT_INIT, 4) ?? '';

/** The dump up to the line that begins so, that line included. */
function upTo(start: string): string {
  const lines = WHOLE.split('\n');
  return lines.slice(0, lines.findLastIndex((line) => line.startsWith(start)) + 1).join('\n');
}

function traceOf(paste: string) {
  const request = { ...PLAIN_REQUEST, from: '10.4.0.9:50000', to: '10.4.0.7:8080', protocol: 'tcp' as const };
  const pods = [{ name: 'web', role: 'server' as const, addresses: ['10.4.0.7'], paste }];
  return simulate({ version: 1, title: '', request, pods }).trace;
}

test('cut in the middle of the capturing chain: what comes behind is open', () => {
  const text =
    upTo('-A ISTIO_INBOUND -p tcp --dport 15020') || upTo('-A ISTIO_INBOUND -p tcp -m tcp --dport 15020');
  const { outcome, hops, findings } = traceOf(text);
  const last = hops.at(-1);
  expect([outcome, last?.chain, last?.event.code]).toEqual([
    'undecided',
    'ISTIO_INBOUND',
    'kernel.undecided-chain-cut',
  ]);
  expect(last?.evidence[0]?.text).toMatch(/^-A ISTIO_INBOUND .*15020 -j RETURN$/);
  expect(findings.map(({ code }) => code)).toContain('finding.rules-cut');
});

test('only the COMMIT is missing: what the printed rules decide stays decided', () => {
  const { outcome, app } = traceOf(WHOLE.replaceAll('COMMIT', ''));
  expect([outcome, app.remoteAddress]).toEqual(['delivered', '127.0.0.6']);
});

test('a whole dump is not doubted', () => {
  const codes = traceOf(WHOLE).findings.map(({ code }) => code);
  expect(codes).not.toContain('finding.rules-cut');
});
