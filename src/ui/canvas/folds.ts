// Which stays of the journey are folded: a large journey begins folded, and a stay opens when the reader steps into it.
import { useCallback, useState } from 'react';
import type { Trace } from '../../engine/trace/trace.ts';
import { defaultFolds, stayOfHop } from '../../graph/folds.ts';
import { useSessionState } from '../context.ts';

type Folds = ReadonlySet<string>;

interface Kept {
  readonly trace: Trace;
  readonly hop: number | null;
  readonly folds: Folds;
}

function withFolds(folds: Folds, stays: readonly string[], folded: boolean): Folds {
  const after = new Set(folds);
  for (const stay of stays)
    if (folded) after.add(stay);
    else after.delete(stay);
  return after;
}

function entered(folds: Folds, trace: Trace, hop: number | null): Folds {
  const stay = hop === null ? null : stayOfHop(trace, hop);
  return stay && folds.has(stay.id) ? withFolds(folds, [stay.id], false) : folds;
}

export function useFolds(trace: Trace): {
  readonly folds: Folds;
  readonly fold: (stays: readonly string[], folded: boolean) => void;
} {
  const hop = useSessionState((state) => state.hop);
  const [kept, setKept] = useState<Kept>(() => begun(trace, hop));
  let current = kept;
  if (kept.trace !== trace) current = begun(trace, hop);
  else if (kept.hop !== hop) current = { trace, hop, folds: entered(kept.folds, trace, hop) };
  if (current !== kept) setKept(current);
  const fold = useCallback(
    (stays: readonly string[], folded: boolean) =>
      setKept((now) => ({ ...now, folds: withFolds(now.folds, stays, folded) })),
    [],
  );
  return { folds: current.folds, fold };
}

function begun(trace: Trace, hop: number | null): Kept {
  return { trace, hop, folds: entered(defaultFolds(trace), trace, hop) };
}
