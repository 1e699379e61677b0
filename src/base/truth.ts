// Three truth values: what a paste hides is unknown, never "not understood, hence true".
// The tables are Kleene's strong logic.

export type Truth = 'yes' | 'no' | 'unknown';

export function truth(value: boolean): Truth {
  return value ? 'yes' : 'no';
}

export function not(a: Truth): Truth {
  return a === 'unknown' ? a : a === 'yes' ? 'no' : 'yes';
}

/** `no` as soon as one is `no`; `unknown` only if none is `no`. */
export function and(a: Truth, b: Truth): Truth {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'unknown' || b === 'unknown' ? 'unknown' : 'yes';
}

/** `yes` as soon as one is `yes`; `unknown` only if none is `yes`. */
export function or(a: Truth, b: Truth): Truth {
  return not(and(not(a), not(b)));
}
