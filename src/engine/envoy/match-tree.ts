// Evaluates xds.type.matcher.v3.Matcher. Unlike filter_chain_match it goes back: a branch without a result falls to
// the wider one, then to on_no_match. Rules: Envoy source/common/matcher, extensions/matching/{input,custom}_matchers.
import { contains, parseAddress } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import { and, not, or, type Truth } from '../../base/truth.ts';
import type { Extension } from '../../documents/envoy/extension.ts';
import type { Matcher, MatchTree, OnMatch, Predicate } from '../../documents/envoy/matcher-tree.ts';
import { matchString } from './string-match.ts';

/** The value of an input for this connection or request: null when it has none, undefined when that is unknown. */
export type InputReader = (input: Extension) => string | null | undefined;

/** `path` are the branches taken, outermost first. */
export type MatchResult =
  | { readonly kind: 'action'; readonly action: Extension; readonly path: readonly Span[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly input: string; readonly span: Span };

const NO_RESULT: MatchResult = { kind: 'none' };

export function evaluate(matcher: Matcher, read: InputReader): MatchResult {
  const result = evaluateTree(matcher.tree, read, matcher.span);
  return result.kind === 'none' && matcher.onNoMatch ? take(matcher.onNoMatch, read) : result;
}

function take(then: OnMatch, read: InputReader): MatchResult {
  if (then.kind === 'action')
    return then.keepMatching ? NO_RESULT : { kind: 'action', action: then.action, path: [then.span] };
  const result = evaluate(then.matcher, read);
  return result.kind === 'action' ? { ...result, path: [then.span, ...result.path] } : result;
}

/** The first of these branches that yields a result. */
function firstResult(branches: readonly OnMatch[], read: InputReader): MatchResult {
  for (const branch of branches) {
    const result = take(branch, read);
    if (result.kind !== 'none') return result;
  }
  return NO_RESULT;
}

function evaluateTree(tree: MatchTree, read: InputReader, span: Span): MatchResult {
  if (tree.kind === 'unknown') return { kind: 'open', input: tree.name, span };
  if (tree.kind === 'list') return evaluateList(tree, read);
  const value = read(tree.input);
  if (value === undefined) return { kind: 'open', input: tree.input.kind, span };
  return value === null ? NO_RESULT : firstResult(matchingBranches(tree, value), read);
}

type ValueTree = Exclude<MatchTree, { readonly kind: 'list' | 'unknown' }>;

/** The branches that hold the value, the most specific first. */
function matchingBranches(tree: ValueTree, value: string): readonly OnMatch[] {
  switch (tree.kind) {
    case 'exact':
      return tree.branches.filter((branch) => branch.on === value).map((branch) => branch.onMatch);
    case 'prefix':
      return tree.branches
        .filter((branch) => value.startsWith(branch.on))
        .toSorted((a, b) => b.on.length - a.on.length)
        .map((branch) => branch.onMatch);
    case 'ip':
      return ipBranches(tree.branches, value);
    case 'server-name':
      return serverNameBranches(tree.branches, value.toLowerCase());
  }
}

/** Longest prefix first; an exclusive range keeps wider ones from being tried. */
function ipBranches(
  branches: Extract<MatchTree, { readonly kind: 'ip' }>['branches'],
  value: string,
): readonly OnMatch[] {
  const address = parseAddress(value);
  if (!address) return [];
  const holding = branches
    .flatMap((branch) =>
      branch.on.flatMap(({ prefix }) =>
        prefix && contains(prefix, address) ? [{ branch, length: prefix.length }] : [],
      ),
    )
    .toSorted((a, b) => b.length - a.length);
  const last = holding.findIndex(({ branch }) => branch.exclusive);
  return holding.slice(0, last < 0 ? undefined : last + 1).map(({ branch }) => branch.onMatch);
}

/** The name, then `*.b.c`, then `*.c`, then `*`. */
function serverNameBranches(
  branches: Extract<MatchTree, { readonly kind: 'server-name' }>['branches'],
  name: string,
): readonly OnMatch[] {
  const wanted = [name];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
    wanted.push(`*${name.slice(dot)}`);
  wanted.push('*');
  return wanted.flatMap((domain) =>
    branches.filter((branch) => branch.on.includes(domain)).map((branch) => branch.onMatch),
  );
}

function evaluateList(tree: Extract<MatchTree, { readonly kind: 'list' }>, read: InputReader): MatchResult {
  for (const { on, onMatch } of tree.branches) {
    const holds = evaluatePredicate(on, read);
    if (holds === 'unknown') return { kind: 'open', input: inputName(on), span: on.span };
    const result = holds === 'yes' ? take(onMatch, read) : NO_RESULT;
    if (result.kind !== 'none') return result;
  }
  return NO_RESULT;
}

function inputName(predicate: Predicate): string {
  return predicate.kind === 'single' ? predicate.input.kind : predicate.kind;
}

function evaluatePredicate(predicate: Predicate, read: InputReader): Truth {
  switch (predicate.kind) {
    case 'single': {
      const value = read(predicate.input);
      if (value === undefined) return 'unknown';
      return value === null ? 'no' : matchString(predicate.matcher, value);
    }
    case 'and':
      return predicate.predicates.map((part) => evaluatePredicate(part, read)).reduce(and, 'yes');
    case 'or':
      return predicate.predicates.map((part) => evaluatePredicate(part, read)).reduce(or, 'no');
    case 'not':
      return not(evaluatePredicate(predicate.predicate, read));
    case 'unknown':
      return 'unknown';
  }
}
