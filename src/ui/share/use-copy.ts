// The copy of the open case that is handed on: made anew with each choice, under pseudonyms of this dialog alone.
import { useEffect, useMemo, useState } from 'react';
import type { SharedCopy, Wanted } from '../../permalink/shared-copy.ts';
import { useEngine, useSessionState } from '../context.ts';
import { copyInWorker } from './sharer.ts';

export interface Choices {
  readonly anonymise: boolean;
  readonly shrunk: boolean;
}

export type Made = { readonly copy: SharedCopy } | { readonly failure: string } | null;

/** The copy of the scenario that these choices give; null while it is made. */
export function useCopy({ anonymise, shrunk }: Choices): Made {
  const scenario = useSessionState((state) => state.scenario);
  const { holding } = useEngine();
  const key = useMemo(() => crypto.getRandomValues(new Uint8Array(16)), []);
  const wanted = useMemo<Wanted>(() => ({ key: anonymise ? key : null, shrunk }), [key, anonymise, shrunk]);
  const [made, setMade] = useState<{ readonly wanted: Wanted; readonly result: Made } | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const done = (result: Made) => !abort.signal.aborted && setMade({ wanted, result });
    copyInWorker(scenario, holding, wanted, abort.signal).then(
      (copy) => done({ copy }),
      (error: unknown) => done({ failure: String(error) }),
    );
    return () => abort.abort();
  }, [scenario, holding, wanted]);
  return made?.wanted === wanted ? made.result : null;
}
