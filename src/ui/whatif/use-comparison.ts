// What the engine says of a case beside another, and of one request on both sides.
import { useState } from 'react';
import type { Comparison } from '../../engine/compare/compare.ts';
import type { PacketDifference } from '../../engine/compare/packets.ts';
import type { Scenario, ScenarioRequest } from '../../engine/scenario.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import { useEngine } from '../context.ts';

interface BothWays {
  readonly request: ScenarioRequest;
  readonly here: Trace;
  readonly there: Trace;
}

interface Comparing {
  readonly comparison: Comparison | null;
  readonly shown: BothWays | null;
  readonly state: 'idle' | 'working' | 'failed';
  readonly compareWith: (other: Scenario) => Promise<void>;
  /** The same request on both sides, under each side's own addresses. */
  readonly show: (packet: PacketDifference) => Promise<void>;
  readonly forget: () => void;
}

export function useComparison(scenario: Scenario): Comparing {
  const engine = useEngine();
  const [other, setOther] = useState<Scenario | null>(null);
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const [shown, setShown] = useState<BothWays | null>(null);
  const [state, setState] = useState<Comparing['state']>('idle');
  async function compareWith(other: Scenario): Promise<void> {
    setOther(other);
    setShown(null);
    setState('working');
    try {
      setComparison(await engine.ask((remote) => remote.compare(scenario, other)));
      setState('idle');
    } catch {
      setState('failed');
    }
  }
  async function show({ request, other: asked }: PacketDifference): Promise<void> {
    if (!other) return;
    const here = await engine.ask((remote) => remote.simulate({ ...scenario, request }));
    const there = await engine.ask((remote) => remote.simulate({ ...other, request: asked }));
    setShown({ request, here: here.trace, there: there.trace });
  }
  function forget(): void {
    setComparison(null);
    setShown(null);
  }
  return { comparison, shown, state, compareWith, show, forget };
}
