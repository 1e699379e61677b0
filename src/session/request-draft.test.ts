import { describe, expect, it } from 'vitest';
import type { ScenarioRequest } from '../engine/scenario.ts';
import { destinationOf, requestOfDraft } from './request-draft.ts';

const REQUEST: ScenarioRequest = {
  from: '10.0.0.1:4711',
  to: '10.0.0.2:8080',
  protocol: 'http',
  host: null,
  path: '/',
  method: 'GET',
  headers: {},
  sni: null,
  alpn: [],
  uid: 1000,
  gid: 1000,
};

describe('destinationOf', () => {
  it.each([
    ['10.0.0.3:90', '10.0.0.3:90'],
    ['90', '10.0.0.2:90'],
    [':90', '10.0.0.2:90'],
    ['10.0.0.3', '10.0.0.3:8080'],
    ['fd00::3', '[fd00::3]:8080'],
    ['[fd00::3]:90', '[fd00::3]:90'],
  ])('reads %s', (typed, to) => expect(destinationOf(typed, '10.0.0.2:8080')).toBe(to));

  it.each(['', 'reviews', 'reviews:9080', '0', '70000', '10.0.0.300', '10.0.0.2:x', '10.0.0.2:'])(
    'refuses “%s”',
    (typed) => expect(destinationOf(typed, '10.0.0.2:8080')).toBeNull(),
  );

  it('adds nothing where nothing is known yet', () => {
    expect([destinationOf('90', ''), destinationOf('10.0.0.3', '')]).toEqual([null, null]);
    expect(destinationOf('10.0.0.3:90', '')).toBe('10.0.0.3:90');
  });
});

function hostAfter(host: string | null, to: string, typed = host): string | null | undefined {
  return requestOfDraft({ ...REQUEST, to, host: typed }, { ...REQUEST, host })?.host;
}

describe('requestOfDraft', () => {
  it('takes a Host along that repeats the destination or its port', () => {
    expect(hostAfter('10.0.0.2:8080', '10.0.0.3:90')).toBe('10.0.0.3:90');
    expect(hostAfter('reviews:8080', '90')).toBe('reviews:90');
  });

  it('leaves any other Host, and one that was typed', () => {
    expect(hostAfter('reviews', '90')).toBe('reviews');
    expect(hostAfter('reviews:18080', '90')).toBe('reviews:18080');
    expect(hostAfter(null, '90')).toBeNull();
    expect(hostAfter('reviews:8080', '90', 'ratings:8080')).toBe('ratings:8080');
  });

  it('is nothing when the destination cannot be read', () => {
    expect(requestOfDraft({ ...REQUEST, to: 'reviews' }, REQUEST)).toBeNull();
  });
});
