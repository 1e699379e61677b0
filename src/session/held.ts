// Texts too large for the page. They stay files; a paste names one by a token, and the engine's worker, which reads it
// as a stream, puts the text in its place. The page itself never holds, decodes or copies them.
import type { Scenario } from '../engine/scenario.ts';

/** Texts of more bytes than this are held. */
export const HELD_FROM = 2 ** 20;

/** No paste holds this character: files that do are binary, and refused. */
const MARK = '\u0000held:';

export interface Holding {
  /** Keeps a text; the answer is the paste that stands for it. */
  readonly hold: (text: Blob) => string;
  /** Keeps a text of an earlier visit under its old token. */
  readonly restore: (token: string, text: Blob) => void;
  readonly all: () => ReadonlyMap<string, Blob>;
}

export function isHeld(paste: string): boolean {
  return paste.startsWith(MARK);
}

/** The tokens of the held texts in a scenario. */
export function heldIn({ pods }: Scenario): readonly string[] {
  return pods.map(({ paste }) => paste).filter(isHeld);
}

export function createHolding(): Holding {
  const held = new Map<string, Blob>();
  return {
    hold: (text) => {
      const token = `${MARK}${Date.now()}-${held.size}`;
      held.set(token, text);
      return token;
    },
    restore: (token, text) => void held.set(token, text),
    all: () => held,
  };
}
