import { describe, expect, it, test } from 'vitest';
import { simulate } from '../../engine/trace/simulate.ts';
import { decidingHop, keptBy, receivingHop } from '../../graph/answer.ts';
import { hostOf } from '../../graph/sources.ts';
import { wordsOf } from '../../i18n/languages.ts';
import { samples, sampleOf } from '../../samples/samples.ts';
import { reasonsOf } from './reasons.ts';

function simulated(id: string) {
  const sample = sampleOf(id);
  if (!sample) throw new Error(id);
  return simulate(sample.scenario);
}

function reason(id: string): string {
  return reasonsOf(simulated(id), wordsOf('en')).join(' ');
}

describe('the answer of a sample', () => {
  const delivered = samples
    .map(({ id }) => [id, simulated(id).trace] as const)
    .filter(([, { outcome }]) => outcome === 'delivered');

  test.each(delivered)('%s: is that of the application that was called', (_, trace) => {
    const receives = receivingHop(trace);
    const bears = receives && hostOf(receives.after.src);
    expect([bears, receives?.event.parameters['source']].join(' ')).toContain(trace.app.remoteAddress);
    expect(receives?.packet).toBe('request');
    expect(receives?.n).toBeGreaterThan(1);
    expect(decidingHop(trace)?.n ?? 1).toBeLessThan(receives?.n ?? 0);
  });

  test.each(samples.map(({ id }) => id))('%s: is explained in whole sentences, in both languages', (id) => {
    for (const locale of ['en', 'zh'] as const)
      for (const sentence of reasonsOf(simulated(id), wordsOf(locale)))
        expect(sentence).toMatch(locale === 'en' ? /^[a-zA-Z].+\.$/s : /[一-鿿].*。$/s);
  });
});

describe('a kept address', () => {
  it('is the pod’s own when its sidecar opens the connection: no bind, so the kernel takes it again', () => {
    expect(keptBy(simulated('tls-origination').trace)).toMatchObject({
      kind: 'reconnected',
      hop: { pod: 'ping', cluster: 'outbound|80||baidu.com', after: { dst: '39.156.66.10:443' } },
    });
    expect(reason('tls-origination')).toMatch(/^Envoy in ping .* to 39\.156\.66\.10:443, .*share the pod’s/);
  });

  it('is borrowed where original_src binds it', () => {
    expect(reason('httpbin-tproxy')).toMatch(/^Envoy in httpbin .* 172\.17\.0\.58: original_src\.$/);
  });

  it('is untouched where a rule lets the connection past the proxy', () => {
    expect(reason('excluded-port')).toMatch(
      /^Rule 5 of ISTIO_INBOUND lets the connection past the proxy of web/,
    );
    expect(reason('udp-not-captured')).toMatch(/^It is UDP/);
  });
});
