// What a scenario file holds that no scenario has is told by its path: a misspelt field is not dropped in silence.
import { expect, test } from 'vitest';
import { leftOutOf, readScenario } from './scenario.ts';

function leftOut(value: unknown): string[] {
  const read = readScenario(value);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return leftOutOf(value, read.scenario);
}

test.each([
  [{ version: 1, pods: [{ name: 'web', adresses: ['10.0.0.1'] }] }, ['pods[0].adresses']],
  [
    { version: 1, pods: [], requst: {}, request: { to: '10.0.0.1:80', Host: 'web' } },
    ['requst', 'request.Host'],
  ],
  [
    {
      version: 1,
      pods: [{ name: 'a' }],
      request: { to: '10.0.0.1:80', headers: { 'x-any': 'b' } },
      notes: { a: 'b' },
    },
    [],
  ],
])('%j: %j', (value, paths) => {
  expect(leftOut(value)).toEqual(paths);
});
