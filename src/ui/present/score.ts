// How many questions were answered, and how many of them right: kept in this browser, shown to nobody else.
export interface Score {
  readonly asked: number;
  readonly right: number;
}

const KEY = 'sidetrace.quiz';
const NONE: Score = { asked: 0, right: 0 };

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

export function readScore(memory: Pick<Storage, 'getItem'>): Score {
  try {
    const kept: unknown = JSON.parse(memory.getItem(KEY) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('asked' in kept) || !('right' in kept)) return NONE;
    return isCount(kept.asked) && isCount(kept.right) ? { asked: kept.asked, right: kept.right } : NONE;
  } catch {
    return NONE;
  }
}

/** The score after one more answer; a store that refuses costs only the memory. */
export function withAnswer(memory: Pick<Storage, 'setItem'>, before: Score, right: boolean): Score {
  const score = { asked: before.asked + 1, right: before.right + (right ? 1 : 0) };
  try {
    memory.setItem(KEY, JSON.stringify(score));
  } catch {
    // A private window may forbid it: the score then holds until the page is closed.
  }
  return score;
}
