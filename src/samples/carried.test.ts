// The ways to carry a client's address, as the articles and the protocols' own texts tell them.
import { expect, test } from 'vitest';
import { simulate } from '../engine/trace/simulate.ts';
import { sampleOf } from './samples.ts';
import { carriedBy } from '../graph/carried.ts';

function carried(id: string) {
  return carriedBy(simulate(sampleOf(id)!.scenario).trace);
}

const CLIENT = '106.52.131.116:6093';

test.each([
  ['carry-full-nat', null, '10.30.0.5:6093', null, 'returns'],
  ['carry-xff', 'xff', '198.18.0.10:*', CLIENT, 'returns'],
  ['carry-dnat', 'packet', CLIENT, null, 'returns'],
  ['carry-transparent-proxy', 'packet', '106.52.131.116:*', CLIENT, 'returns'],
  ['carry-toa', 'option', CLIENT, null, 'returns'],
  ['carry-proxy-protocol', 'proxy-header', '198.18.0.10:*', CLIENT, 'returns'],
] as const)('%s: %s, the application sees %s', (id, carrier, appSees, proxySees, answer) => {
  expect(carried(id)).toMatchObject({ client: CLIENT, carrier, appSees, proxySees, answer });
});

test('the way is told machine by machine, with what arrives there', () => {
  expect(carried('carry-full-nat')?.legs).toEqual([
    { machine: null, source: CLIENT },
    { machine: 'load-balancer', source: CLIENT },
    { machine: 'web', source: '10.30.0.5:6093' },
  ]);
});

test('what carries it is quoted', () => {
  expect(carried('carry-proxy-protocol')?.written).toBe('PROXY TCP4 106.52.131.116 198.18.0.10 6093 80');
  expect(carried('carry-xff')?.written).toBe('X-Forwarded-For: 106.52.131.116');
});
