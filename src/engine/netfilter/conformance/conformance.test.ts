// The engine against the kernel: every pass of every recorded packet, step by step. `npm run conformance:record`
// writes recorded.jsonl anew; its first line says which kernel spoke and when.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { CaseSchema } from '../case.ts';
import { answerCase } from '../cases.ts';
import { keptPasses } from './passtext.ts';

const HeadSchema = v.object({ kernel: v.string(), date: v.string() });
const RecordedSchema = v.object({ ...CaseSchema.entries, walks: v.array(v.array(v.string())) });

const [head = '{}', ...lines] = readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const { kernel, date } = v.parse(HeadSchema, JSON.parse(head));
const cases = lines.map((line) => v.parse(RecordedSchema, JSON.parse(line)));

describe(`Linux ${kernel}, ${date}`, () => {
  test.each(cases.map((recorded) => [recorded.id, recorded] as const))('%s', (_, recorded) => {
    const answer = answerCase(recorded);
    recorded.packets.forEach((packet, i) => {
      const walked = keptPasses(answer.packets[i]?.passes ?? []);
      const kernelWalked = recorded.walks[i] ?? [];
      expect([JSON.stringify(packet), ...walked].join('\n\n')).toBe(
        [JSON.stringify(packet), ...kernelWalked].join('\n\n'),
      );
    });
  });
});

test('the recording holds both families, nft and iptables, and every class of pass', () => {
  expect(cases.length).toBeGreaterThan(40);
  expect(cases.some((recorded) => recorded.v6)).toBe(true);
  expect(cases.some((recorded) => recorded.nft)).toBe(true);
  const all = cases.flatMap(({ walks }) => walks.flat());
  for (const name of ['new', 'established', 'reply'])
    expect(all.some((pass) => pass.startsWith(name))).toBe(true);
});
