import { expect, it } from 'vitest';
import { jsonPath } from './json-path.ts';

/** The path at the mark `^`, which is taken out. */
function at(marked: string): string {
  const offset = marked.indexOf('^');
  const text = marked.replace('^', '');
  return jsonPath(text, 0, text.length, offset).join(' › ');
}

it('names the way by keys, and items by their name or number', () => {
  expect(
    at('[{"name": "inbound|80||", "upstreamBindConfig": {"sourceAddress": {"addr^ess": "127.0.0.6"}}}]'),
  ).toBe('inbound|80|| › upstreamBindConfig › sourceAddress › address');
  expect(at('{"a": [1, {"b": 2^}]}')).toBe('a › [1] › b');
});

it('knows the place in broken JSON, behind a prompt, and says nothing outside', () => {
  expect(at('$ istioctl pc cluster -o json\n[{"name": "x", "type": "EDS^",')).toBe('x › type');
  expect(at('$ istio^ctl pc cluster\n[{}]')).toBe('');
  expect(at('-A INPUT -j ACC^EPT')).toBe('');
});
