// What the screen and the terminal get: the trace, and what was found in each paste. Plain data, fit for postMessage.
import type { Parameters, Severity } from '../../base/diagnostic.ts';
import type { DocumentKind } from '../../documents/document.ts';
import type { ScenarioRequest } from '../scenario.ts';
import type { MissingPiece } from '../mesh/session/missing.ts';
import type { Message, Trace } from './trace.ts';

/** A diagnostic with its place as a person counts it. Lines and columns start at 1. */
export interface FoundProblem {
  readonly severity: Severity;
  readonly code: string;
  readonly parameters: Parameters;
  readonly line: number;
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

/** One piece found in a paste. `facts` says what it holds: `found.rules` with a table and a count, and so on. */
export interface FoundDocument {
  readonly kind: DocumentKind;
  readonly command: string | null;
  /** The pod that the evidence gives it to, by what makes it; null when it is of no pod, or nothing tells. */
  readonly pod: string | null;
  /**
   * `own` is walked; `other` is another pod's, and set aside; `asked` is of some pod, and nothing tells of which: it is
   * walked here; `none` is of no pod: prose, objects of the mesh.
   */
  readonly belongs: 'own' | 'other' | 'asked' | 'none';
  readonly firstLine: number;
  readonly lastLine: number;
  readonly from: number;
  readonly to: number;
  readonly facts: readonly Message[];
  readonly problems: readonly FoundProblem[];
}

/** A pod that a paste speaks of; several pods of one workload are one. */
export interface SpokenPod {
  readonly name: string;
  readonly namespace: string | null;
  readonly instances: readonly string[];
  readonly addresses: readonly string[];
}

export interface FoundPod {
  readonly name: string;
  readonly documents: readonly FoundDocument[];
  /** What is not in the paste and had to be assumed, or leaves something undecided, and the commands that get it. */
  readonly missing: readonly MissingPiece[];
  /** The pods that the paste speaks of. */
  readonly pods: readonly SpokenPod[];
}

export interface Simulation {
  readonly trace: Trace;
  readonly pods: readonly FoundPod[];
  /** The request that was followed, and where it came from: given, the access log, or the likeliest one. */
  readonly request: ScenarioRequest | null;
  readonly requestFrom: Message;
}
