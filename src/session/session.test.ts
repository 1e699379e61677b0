import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAMPLE_HOP } from '../engine/trace/example-hop.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { Simulation } from '../engine/trace/simulation.ts';
import type { Hop } from '../engine/trace/trace.ts';
import { createSession } from './session.ts';
import { isStale, type Engine } from './state.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const SETTINGS = { locale: 'en', theme: 'system', speed: 1 } as const;

function scenario(paste: string): Scenario {
  return {
    version: 1,
    title: paste,
    request: null,
    pods: [{ name: 'web', role: 'server', addresses: [], paste }],
  };
}

function version(paste: string) {
  return { scenario: scenario(paste), origin: null };
}

const HOP: Hop = {
  ...EXAMPLE_HOP,
  before: { src: 'a', dst: 'b', iif: null, oif: null, mark: 0 },
  after: { src: 'a', dst: 'b', iif: null, oif: null, mark: 0 },
};

/** As many hops as the paste has letters; a capital one changes the source. */
function simulated(asked: Scenario): Simulation {
  const letters = (asked.pods[0]?.paste ?? '').split('');
  const changes = letters.flatMap((letter, i) =>
    letter === letter.toUpperCase()
      ? [{ hop: i + 1, from: 'a', to: 'b', kind: 'reconnect', cause: 'kernel' } as const]
      : [],
  );
  return {
    trace: {
      version: 1,
      hops: letters.map((letter, i) => ({
        ...HOP,
        n: i + 1,
        after: { ...HOP.after, src: letter === letter.toUpperCase() ? 'b' : 'a' },
      })),
      sourceChanges: changes,
      outcome: 'delivered',
      lap: null,
      findings: [],
      app: {
        remoteAddress: changes.length > 0 ? 'b' : 'a',
        remotePort: null,
        xForwardedFor: null,
        proxyHeader: null,
      },
    },
    pods: [],
    request: null,
    requestFrom: { code: 'request.given', parameters: {} },
  };
}

const engine: Engine = { simulate: (asked) => Promise.resolve(simulated(asked)) };

/** The second hop happens in the pod `far`. */
function between(asked: Scenario): Promise<Simulation> {
  const simulation = simulated(asked);
  const hops = simulation.trace.hops.map((hop) => ({ ...hop, pod: hop.n === 2 ? 'far' : 'web' }));
  return Promise.resolve({ ...simulation, trace: { ...simulation.trace, hops } });
}

async function opened(paste: string, on: Engine = engine) {
  const session = createSession(on, version(paste), SETTINGS);
  await vi.advanceTimersByTimeAsync(0);
  return { session, state: () => session.store.getState() };
}

describe('createSession', () => {
  it('opens answered, on the hop that changes the source', async () => {
    const { state } = await opened('abCd');
    expect(state().hop).toBe(3);
    expect(isStale(state())).toBe(false);
  });

  it('keeps the old answer while the text is newer, and asks once after typing has paused', async () => {
    const simulate = vi.fn<Engine['simulate']>(engine.simulate);
    const { session, state } = await opened('abC', { simulate });
    session.setPaste(0, 'abCd');
    session.setPaste(0, 'abCde');
    expect(isStale(state())).toBe(true);
    expect(state().answer?.simulation.trace.hops).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1000);
    expect(simulate).toHaveBeenCalledTimes(2);
    expect(state().answer?.simulation.trace.hops).toHaveLength(5);
  });

  it('drops an answer that comes after the text has changed again', async () => {
    const waiting: (() => void)[] = [];
    const { session, state } = await opened('slow', {
      simulate: (asked) =>
        asked.title === 'slow'
          ? new Promise((resolve) => waiting.push(() => resolve(simulated(asked))))
          : engine.simulate(asked),
    });
    session.open(scenario('ab'));
    await vi.advanceTimersByTimeAsync(0);
    for (const answer of waiting) answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting).toHaveLength(1);
    expect(state().answer?.simulation.trace.hops).toHaveLength(2);
  });

  it('keeps answer and text when the engine fails, and says why', async () => {
    const { session, state } = await opened('abC', {
      simulate: (asked) =>
        asked.pods[0]?.paste === 'x' ? Promise.reject(new Error('boom')) : engine.simulate(asked),
    });
    session.setPaste(0, 'x');
    await vi.advanceTimersByTimeAsync(1000);
    expect(state()).toMatchObject({ failure: 'boom', hop: 3 });
    expect(state().scenario.pods[0]?.paste).toBe('x');
    expect(state().answer?.simulation.trace.hops).toHaveLength(3);
  });

  it('asks again what has failed', async () => {
    let broken = true;
    const mended: Engine = {
      simulate: (asked) => (broken ? Promise.reject(new Error('boom')) : Promise.resolve(simulated(asked))),
    };
    const { session, state } = await opened('abc', mended);
    expect(state()).toMatchObject({ failure: 'boom', answer: null });
    broken = false;
    session.askAgain();
    await vi.runAllTimersAsync();
    expect(state().failure).toBeNull();
    expect(state().answer?.simulation.trace.hops).toHaveLength(3);
  });

  it('stays on the hop the reader chose when the answer changes, and follows when the reader was on the answer', async () => {
    const { session, state } = await opened('abCd');
    session.setPaste(0, 'aBcd');
    await vi.advanceTimersByTimeAsync(1000);
    expect(state().hop).toBe(2);
    session.select(4);
    session.setPaste(0, 'abCd');
    await vi.advanceTimersByTimeAsync(1000);
    expect(state().hop).toBe(4);
  });

  it('steps within the trace', async () => {
    const { session, state } = await opened('abc');
    session.toEnd('first');
    session.step(-1);
    expect(state().hop).toBe(1);
    session.step(1);
    expect(state()).toMatchObject({ hop: 2, previousHop: 1 });
    session.toEnd('last');
    session.step(1);
    expect(state().hop).toBe(3);
  });

  it('goes round the changes of the source', async () => {
    const { session, state } = await opened('aBcD');
    session.toEnd('first');
    session.toNextSourceChange();
    expect(state().hop).toBe(2);
    session.toNextSourceChange();
    expect(state()).toMatchObject({ hop: 4, wrapped: false });
    session.toNextSourceChange();
    expect(state()).toMatchObject({ hop: 2, wrapped: true });
    session.step(1);
    expect(state().wrapped).toBe(false);
  });

  it('shows the pod a hop happens in, even when no line of its paste proves it', async () => {
    const two: Scenario = {
      ...scenario('ab'),
      pods: [...scenario('ab').pods, { name: 'far', role: null, addresses: [], paste: '' }],
    };
    const session = createSession({ simulate: between }, { scenario: two, origin: null }, SETTINGS);
    await vi.advanceTimersByTimeAsync(0);
    session.select(2);
    expect(session.store.getState().pod).toBe(1);
    session.select(1);
    expect(session.store.getState().pod).toBe(0);
  });

  it('plays to the end and rests there', async () => {
    const { session, state } = await opened('Abc');
    session.setPlaying(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state()).toMatchObject({ hop: 3, playing: false });
    session.setPlaying(true);
    expect(state().hop).toBe(1);
  });

  it('drops the answer key of a scenario once it is edited', async () => {
    const { session, state } = await opened('ab');
    session.open({ ...scenario('ab'), expect: { outcome: 'delivered' } });
    session.setPaste(0, 'abc');
    expect(state().scenario.expect).toBeUndefined();
  });

  it('adds, renames and removes pods without touching another text', async () => {
    const { session, state } = await opened('ab');
    session.addPod('two');
    session.setPod(1, { role: 'client' });
    expect(state()).toMatchObject({ pod: 1 });
    session.removePod(1);
    expect(state().scenario.pods.map(({ paste }) => paste)).toEqual(['ab']);
  });

  it('rests at a breakpoint, and where the source changes when asked to', async () => {
    const { session, state } = await opened('abcDefg');
    session.toggleBreakpoint(3);
    session.setRestsOnSource(true);
    session.toEnd('first');
    for (const stop of [3, 4, 7]) {
      session.setPlaying(true);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(state()).toMatchObject({ hop: stop, playing: false });
    }
    session.toggleBreakpoint(3);
    expect(state().breakpoints.size).toBe(0);
  });

  it('undoes and redoes every change: typing in one go, pods, the request, another scenario', async () => {
    const { session, state } = await opened('ab');
    session.setPaste(0, 'abc');
    session.setPaste(0, 'abcd');
    await vi.advanceTimersByTimeAsync(3000);
    session.setPaste(0, 'x');
    session.addPod('two');
    session.open(scenario('other'));
    const seen = () => [state().scenario.pods.length, state().scenario.pods[0]?.paste];
    const back = Array.from({ length: 4 }, () => (session.undo(), seen()));
    expect(back).toEqual([
      [2, 'x'],
      [1, 'x'],
      [1, 'abcd'],
      [1, 'ab'],
    ]);
    session.undo();
    expect(seen()).toEqual([1, 'ab']);
    const forth = Array.from({ length: 4 }, () => (session.redo(), seen()));
    expect(forth).toEqual([
      [1, 'abcd'],
      [1, 'x'],
      [2, 'x'],
      [1, 'other'],
    ]);
    session.undo();
    session.setPaste(0, 'new way');
    session.redo();
    expect(seen()).toEqual([2, 'new way']);
  });

  it('keeps the last visit’s work one undo away when the page opens on a link', () => {
    const session = createSession(engine, version('linked'), SETTINGS, { last: version('mine') });
    session.undo();
    expect(session.store.getState().scenario.title).toBe('mine');
  });
});
