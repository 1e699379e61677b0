// RE2 patterns, as Envoy takes them: full matches only, and \1 to \9 in substitutions.
// https://github.com/google/re2/wiki/Syntax
import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS | null>();

function compile(pattern: string): RE2JS | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  let program: RE2JS | null;
  try {
    program = RE2JS.compile(pattern);
  } catch {
    program = null; // not RE2: Envoy refuses the configuration
  }
  compiled.set(pattern, program);
  return program;
}

/** Whether the whole text matches; null when the pattern is not RE2. */
export function fullMatch(pattern: string, text: string): boolean | null {
  return compile(pattern)?.matches(text) ?? null;
}

/** What the groups of a full match hold; null when it does not match. */
export function groupsOf(pattern: string, text: string): readonly string[] | null {
  const matcher = compile(pattern)?.matcher(text);
  if (!matcher?.matches()) return null;
  return Array.from({ length: matcher.groupCount() }, (_, i) => matcher.group(i + 1) ?? '');
}

/** Every match replaced; the text as it is when the pattern is not RE2. */
export function replaceAll(pattern: string, text: string, substitution: string): string {
  const program = compile(pattern);
  if (!program) return text;
  return program
    .matcher(text)
    .replaceAll((...groups: readonly (string | undefined)[]) =>
      substitution.replace(/\\([0-9\\])/g, (_, c: string) => (c === '\\' ? c : (groups[Number(c)] ?? ''))),
    );
}
