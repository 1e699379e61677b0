// xds.type.matcher.v3.Matcher: a tree of inputs and values whose leaves are actions.
// https://www.envoyproxy.io/docs/envoy/latest/xds/type/matcher/v3/matcher.proto
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { readCidrRange, type CidrRange } from './address.ts';
import { readExtension, type Extension } from './extension.ts';
import { readStringMatcher, type StringMatcher } from './matcher.ts';
import { field, gapsOf, isSet, itemsOf, textsOf } from './proto.ts';

/** What follows a match: a further matcher or an action. `keepMatching` goes on as if nothing had matched. */
export type OnMatch =
  | { readonly kind: 'matcher'; readonly matcher: Matcher; readonly span: Span }
  | {
      readonly kind: 'action';
      readonly action: Extension;
      readonly span: Span;
      readonly keepMatching: boolean;
    };

export type Predicate =
  | {
      readonly kind: 'single';
      readonly input: Extension;
      readonly matcher: StringMatcher;
      readonly span: Span;
    }
  | { readonly kind: 'and' | 'or'; readonly predicates: readonly Predicate[]; readonly span: Span }
  | { readonly kind: 'not'; readonly predicate: Predicate; readonly span: Span }
  | { readonly kind: 'unknown'; readonly span: Span };

export interface Branch<T> {
  readonly on: T;
  readonly onMatch: OnMatch;
}

export type MatchTree =
  | {
      readonly kind: 'exact' | 'prefix';
      readonly input: Extension;
      readonly branches: readonly Branch<string>[];
    }
  | {
      readonly kind: 'ip';
      readonly input: Extension;
      readonly branches: readonly (Branch<readonly CidrRange[]> & { readonly exclusive: boolean })[];
    }
  | {
      readonly kind: 'server-name';
      readonly input: Extension;
      readonly branches: readonly Branch<readonly string[]>[];
    }
  | { readonly kind: 'list'; readonly branches: readonly Branch<Predicate>[] }
  | { readonly kind: 'unknown'; readonly name: string };

export interface Matcher {
  readonly tree: MatchTree;
  readonly onNoMatch: OnMatch | null;
  readonly span: Span;
  readonly gaps: readonly Span[];
}

const NO_EXTENSION: Extension = { name: '', kind: '', span: { from: 0, to: 0 }, config: undefined, gaps: [] };

function extensionAt(node: JsonNode | undefined): Extension {
  return node ? readExtension(node) : NO_EXTENSION;
}

export function readMatcher(node: JsonNode): Matcher {
  const onNoMatch = field(node, 'on_no_match');
  const tree = field(node, 'matcher_tree');
  const list = field(node, 'matcher_list');
  return {
    tree: tree ? readTree(tree) : { kind: 'list', branches: readList(list) },
    onNoMatch: onNoMatch ? readOnMatch(onNoMatch) : null,
    span: node.span,
    gaps: [...gapsOf(node), ...gapsOf(field(list, 'matchers'))],
  };
}

function readOnMatch(node: JsonNode): OnMatch {
  const matcher = field(node, 'matcher');
  if (matcher) return { kind: 'matcher', matcher: readMatcher(matcher), span: node.span };
  return {
    kind: 'action',
    action: extensionAt(field(node, 'action')),
    span: node.span,
    keepMatching: isSet(field(node, 'keep_matching')),
  };
}

function readBranchTarget(node: JsonNode): OnMatch {
  return readOnMatch(field(node, 'on_match') ?? node);
}

function readTree(node: JsonNode): MatchTree {
  const input = extensionAt(field(node, 'input'));
  for (const kind of ['exact', 'prefix'] as const) {
    const map = field(field(node, `${kind}_match_map`), 'map');
    if (map?.kind === 'object')
      return {
        kind,
        input,
        branches: map.members.map(({ key, value }) => ({ on: key, onMatch: readOnMatch(value) })),
      };
  }
  const custom = extensionAt(field(node, 'custom_match'));
  switch (custom.kind) {
    case 'ip_matcher':
      return { kind: 'ip', input, branches: itemsOf(field(custom.config, 'range_matchers')).map(readRange) };
    case 'server_name_matcher':
      return {
        kind: 'server-name',
        input,
        branches: itemsOf(field(custom.config, 'domain_matchers')).map((item) => ({
          on: textsOf(field(item, 'domains')).map((domain) => domain.value.toLowerCase()),
          onMatch: readBranchTarget(item),
        })),
      };
    default:
      return { kind: 'unknown', name: custom.name || custom.kind };
  }
}

function readRange(node: JsonNode) {
  return {
    on: itemsOf(field(node, 'ranges')).map(readCidrRange),
    onMatch: readBranchTarget(node),
    exclusive: isSet(field(node, 'exclusive')),
  };
}

function readList(node: JsonNode | undefined): readonly Branch<Predicate>[] {
  return itemsOf(field(node, 'matchers')).map((item) => {
    const predicate = field(item, 'predicate');
    return {
      on: predicate ? readPredicate(predicate) : { kind: 'unknown', span: item.span },
      onMatch: readBranchTarget(item),
    };
  });
}

function readPredicate(node: JsonNode): Predicate {
  const single = field(node, 'single_predicate');
  const value = field(single, 'value_match');
  if (single && value)
    return {
      kind: 'single',
      input: extensionAt(field(single, 'input')),
      matcher: readStringMatcher(value),
      span: node.span,
    };
  for (const kind of ['and', 'or'] as const) {
    const list = field(node, `${kind}_matcher`);
    if (list)
      return { kind, predicates: itemsOf(field(list, 'predicate')).map(readPredicate), span: node.span };
  }
  const negated = field(node, 'not_matcher');
  return negated
    ? { kind: 'not', predicate: readPredicate(negated), span: node.span }
    : { kind: 'unknown', span: node.span };
}
