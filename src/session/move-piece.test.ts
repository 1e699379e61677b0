import { expect, it } from 'vitest';
import { scenarioOfPaste, type Scenario } from '../engine/scenario.ts';
import { withPieceMoved } from './move-piece.ts';

const RULES = '*nat\nCOMMIT';
const MINE = scenarioOfPaste(`note\n\n${RULES}\n\nrest\n`);
const PIECE = { from: 6, to: 6 + RULES.length };

function pastes({ pods }: Scenario): string[] {
  return pods.map(({ name, paste }) => `${name}: ${paste}`);
}

it('cuts the piece out and makes the pod it is given to', () => {
  expect(pastes(withPieceMoved(MINE, 0, PIECE, 'web'))).toEqual(['pod: note\n\n\nrest\n', `web: ${RULES}\n`]);
});

it('puts it behind what that pod has', () => {
  const two = {
    ...MINE,
    pods: [...MINE.pods, { name: 'web', role: null, addresses: [], paste: 'ip addr\n' }],
  };
  expect(pastes(withPieceMoved(two, 0, PIECE, 'web'))[1]).toBe(`web: ip addr\n\n${RULES}\n`);
});

it('leaves a piece where it is when it is given to its own pod', () => {
  expect(withPieceMoved(MINE, 0, PIECE, 'pod')).toBe(MINE);
});
