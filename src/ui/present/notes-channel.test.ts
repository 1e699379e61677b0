import { expect, test } from 'vitest';
import { simulate } from '../../engine/trace/simulate.ts';
import { bookinfo } from '../../samples/bookinfo/sample.ts';
import { createSession } from '../../session/session.ts';
import { ownChannel, shareHop } from './notes-channel.ts';

const settings = { locale: 'en', theme: 'system', speed: 1 } as const;

function session() {
  const { scenario } = bookinfo;
  const simulation = simulate(scenario);
  const engine = { simulate: () => Promise.resolve(simulation) };
  return createSession(engine, { scenario, origin: bookinfo }, settings, { simulation, hop: 5 });
}

function tab() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test('what is heard is followed and not told again, so that messages that cross do not chase each other', () => {
  const notes = session();
  const told: unknown[] = [];
  const shared = shareHop(notes, (message) => told.push(message));
  shared.heard(6);
  shared.heard(7);
  expect(notes.store.getState().hop).toBe(7);
  expect(told).toEqual([]);
  notes.step(1);
  expect(told).toEqual([{ kind: 'hop', hop: 8 }]);
  shared.stop();
  notes.step(1);
  expect(told).toHaveLength(1);
});

test('a tab keeps its channel, and two tabs have two', () => {
  const one = tab();
  expect(ownChannel(one)).toBe(ownChannel(one));
  expect(ownChannel(tab())).not.toBe(ownChannel(tab()));
});
