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

const origin = firstSample.scenario;
const { expect: _, ...sample } = origin;
const text = sample.pods[0]?.paste ?? '';

describe('withPaste', () => {
  it('makes the case one’s own when the sample is cleared, or pasted over', () => {
    expect(withPaste(sample, 0, '', origin)).toEqual(scenarioOfPaste(''));
    expect(withPaste(withPaste(sample, 0, '', origin), 0, OWN, origin)).toEqual(scenarioOfPaste(OWN));
    expect(withPaste(sample, 0, OWN, origin)).toEqual(scenarioOfPaste(OWN));
  });

  it('keeps name, addresses and title through an edit', () => {
    const edits = [
      text.replace(/.*-s 127\.0\.0\.6.*\n/, ''),
      `${text}\n# mine`,
      text.slice(0, 300),
      text.replaceAll('ISTIO_', 'MESH_'),
    ];
    for (const paste of edits)
      expect(withPaste(sample, 0, paste, origin)).toEqual({
        ...sample,
        pods: [{ ...sample.pods[0], paste }],
      });
  });

  it('takes the sample’s other pods away with it, unless they were touched', () => {
    const bookinfo = sampleOf('bookinfo')!.scenario;
    const own = withPaste(bookinfo, 1, OWN, bookinfo);
    expect(own).toMatchObject({ title: '', request: null });
    expect(own.pods).toEqual([{ name: 'pod', role: 'server', addresses: [], paste: OWN }]);

    const edited = withPaste(bookinfo, 2, `${bookinfo.pods[2]?.paste}\n# mine`, bookinfo);
    expect(withPaste(edited, 1, OWN, bookinfo).pods.map(({ name }) => name)).toEqual(['pod', 'ratings']);
  });

  it('never renames a pod that a person has named', () => {
    const mine = { ...scenarioOfPaste(OWN), title: 'mine', pods: [{ ...sample.pods[0]!, name: 'shop' }] };
    expect(withPaste(mine, 0, OWN, origin)).toMatchObject({
      title: 'mine',
      pods: [{ name: 'shop', paste: OWN }],
    });
  });
});

function named(name: string) {
  return { name, role: null, addresses: [], paste: '' };
}

it('finds a name that is free', () => {
  expect(freeName([])).toBe('pod');
  expect(freeName([named('pod'), named('pod-3')])).toBe('pod-2');
});
