import { describe, expect, it } from 'vitest';
import { scenarioOfPaste } from '../engine/scenario.ts';
import { firstSample, sampleOf } from '../samples/samples.ts';
import { freeName, withPaste } from './own-case.ts';

const OWN = `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A PREROUTING -p tcp -j REDIRECT --to-ports 15006
COMMIT
`;

const { expect: _, ...sample } = firstSample.scenario;
const text = sample.pods[0]?.paste ?? '';

describe('withPaste', () => {
  it('makes the case one’s own when the sample is cleared, or pasted over', () => {
    expect(withPaste(sample, 0, '')).toEqual(scenarioOfPaste(''));
    expect(withPaste(withPaste(sample, 0, ''), 0, OWN)).toEqual(scenarioOfPaste(OWN));
    expect(withPaste(sample, 0, OWN)).toEqual(scenarioOfPaste(OWN));
  });

  it('keeps name, addresses and title through an edit', () => {
    const edits = [
      text.replace(/.*-s 127\.0\.0\.6.*\n/, ''),
      `${text}\n# mine`,
      text.slice(0, 300),
      text.replaceAll('ISTIO_', 'MESH_'),
    ];
    for (const paste of edits)
      expect(withPaste(sample, 0, paste)).toEqual({ ...sample, pods: [{ ...sample.pods[0], paste }] });
  });

  it('leaves the other pods’ texts alone, and drops the request they had', () => {
    const bookinfo = sampleOf('bookinfo')!.scenario;
    const own = withPaste(bookinfo, 1, OWN);
    expect(own).toMatchObject({ title: '', request: null });
    expect(own.pods).toEqual([
      bookinfo.pods[0],
      { name: 'pod', role: 'server', addresses: [], paste: OWN },
      bookinfo.pods[2],
    ]);
    expect(withPaste(own, 2, OWN).pods[2]).toEqual({
      name: 'pod-2',
      role: null,
      addresses: [],
      paste: OWN,
    });
  });

  it('never renames a pod that a person has named', () => {
    const mine = { ...scenarioOfPaste(OWN), title: 'mine', pods: [{ ...sample.pods[0]!, name: 'shop' }] };
    expect(withPaste(mine, 0, OWN)).toMatchObject({ title: 'mine', pods: [{ name: 'shop', paste: OWN }] });
  });
});

function named(name: string) {
  return { name, role: null, addresses: [], paste: '' };
}

it('finds a name that is free', () => {
  expect(freeName([])).toBe('pod');
  expect(freeName([named('pod'), named('pod-3')])).toBe('pod-2');
});
