import { deflateSync } from 'node:zlib';
import { base64urlnopad } from '@scure/base';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../engine/scenario.ts';
import { decodeFragment, encodeScenario } from '../permalink/fragment.ts';
import { samples } from './samples.ts';

/** As mermaid.live writes its links: JSON, zlib deflate 9 (RFC 1950), URL-safe base64. */
function mermaidLength(of: Scenario): number {
  return base64urlnopad.encode(deflateSync(JSON.stringify(of), { level: 9 })).length;
}

describe.each(samples.map(({ id, scenario: sample }) => [id, sample] as const))(
  'the link of %s',
  (_, sample) => {
    it('opens it again', () => {
      expect(decodeFragment(encodeScenario(sample))).toEqual({ kind: 'scenario', scenario: sample });
    });
    it('is at most half as long as mermaid.live’s way would make it', () => {
      expect(encodeScenario(sample).length / mermaidLength(sample)).toBeLessThanOrEqual(0.5);
    });
  },
);
