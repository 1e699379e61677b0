// `ip rule` output and `ip rule add` commands -> RoutingPolicy.
// Format: ip-rule(8); iproute2 ip/iprule.c, print_rule. Left out: realms, nat, tunnel ids, l3mdev.
import { diagnostic, type Diagnostic, type Parsed } from '../../base/diagnostic.ts';
import { parsePrefix, type Family, type Prefix } from '../../base/ip.ts';
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import type { Masked, Range } from '../iptables/match.ts';
import { protocolNumber } from '../iptables/names.ts';
import type { Token } from '../iptables/tokens.ts';
import { parseMasked, parseNumber, parsePorts } from '../iptables/values.ts';
import { isAddCommand, tableName, wordsOf, type AddedLine } from './commands.ts';
import type { PolicyAction, PolicyRule, RoutingPolicy } from './network.ts';

const LISTED = /^\s*\d+:\s+(?:not\s+)?from\s+\S/;

/** Whether a line can open such a document: `32765: from all fwmark 0x539 lookup 133`. */
export function startsPolicy(line: string): boolean {
  return LISTED.test(line) || isAddCommand(line, 'rule');
}

export function isPolicyLine(line: string): boolean {
  return startsPolicy(line) || line.trim() === '';
}

/** What a rule's words say so far; the kernel numbers a rule that names no priority. */
type PendingRule = { -readonly [Key in keyof PolicyRule]: PolicyRule[Key] } & { unfollowed: string[] };

/** The priority of `main`: a rule that is added without one comes just before the lowest but `local`. */
const MAIN_PRIORITY = 32766;

/** Reads the lines of the span. `family` is that of the command; without one addresses tell, else it is IPv4. */
export function parsePolicy(source: Source, span: Span, family: Family | null): Parsed<RoutingPolicy> {
  const diagnostics: Diagnostic[] = [];
  const rules: PolicyRule[] = [];
  let complete = true;
  for (const line of linesOf(source, span)) {
    if (textAt(source, line).trim() === '') continue;
    const read = wordsOf(source, line);
    if (read.added) complete = false;
    const rule = startsPolicy(textAt(source, line)) ? readRule(read, line, family, rules) : null;
    if (rule) rules.push(rule);
    else diagnostics.push(diagnostic('error', 'route.line', line));
  }
  const told = family ?? rules.find(({ from, to }) => (from ?? to)?.address.family === 6)?.family;
  const settled = told === 6 ? rules.map((rule) => ({ ...rule, family: told })) : rules;
  return { value: { rules: settled.toSorted((a, b) => a.priority - b.priority), complete }, diagnostics };
}

function readRule(
  { words, added, family: spoken }: AddedLine,
  line: Span,
  family: Family | null,
  known: readonly PolicyRule[],
): PolicyRule | null {
  const priority = added ? nextPriority(known) : Number.parseInt(words[0]?.text ?? '', 10);
  const rule: PendingRule = { ...ANY, family: spoken ?? family ?? 4, priority, unfollowed: [], span: line };
  for (let at = added ? 0 : 1; at < words.length;) {
    const used = readSelector(rule, words, at);
    if (used === 0) return null;
    at += used;
  }
  const six = (rule.from ?? rule.to)?.address.family === 6;
  return six ? { ...rule, family: 6 } : rule;
}

const ANY: PolicyRule = {
  family: 4,
  priority: 0,
  negated: false,
  from: null,
  to: null,
  fwmark: null,
  iif: null,
  oif: null,
  uids: null,
  tos: null,
  protocol: null,
  sports: null,
  dports: null,
  suppressPrefixLength: null,
  action: { kind: 'lookup', table: 'main' },
  unfollowed: [],
  span: { from: 0, to: 0 },
};

/** fib_default_rule_pref (net/core/fib_rules.c): one below the first rule behind that of priority 0. */
function nextPriority(known: readonly PolicyRule[]): number {
  const others = known.map(({ priority }) => priority).filter((priority) => priority > 0);
  return others.reduce((least, each) => Math.min(least, each), MAIN_PRIORITY) - 1;
}

function isEverything(text: string): boolean {
  return /^(?:all|any|default)$/.test(text);
}

/** Takes one selector or the action, and tells how many words it took; 0 when it makes no sense. */
function readSelector(rule: PendingRule, words: readonly Token[], at: number): number {
  const word = words[at]?.text ?? '';
  const value = words[at + 1]?.text ?? '';
  switch (word) {
    case 'not':
      rule.negated = true;
      return 1;
    case 'from':
    case 'to': {
      const prefix = parsePrefix(value);
      if (!prefix && !isEverything(value)) return 0;
      rule[word] = whole(prefix) ? null : prefix;
      return 2;
    }
    case 'iif':
    case 'oif':
    case 'dev':
      rule[word === 'oif' ? 'oif' : 'iif'] = value;
      return 2;
    case 'priority':
    case 'preference':
    case 'pref':
    case 'order':
      rule.priority = parseNumber(value) ?? rule.priority;
      return 2;
    default:
      return readAction(rule, word, value) || readNumbers(rule, word, value) || unfollowed(rule, word);
  }
}

function whole(prefix: Prefix | null): boolean {
  return prefix?.length === 0;
}

function readNumbers(rule: PendingRule, word: string, value: string): number {
  switch (word) {
    case 'fwmark':
      return set(parseMasked(value), (mark: Masked) => (rule.fwmark = mark));
    case 'uidrange':
      return set(parsePorts32(value), (uids: Range) => (rule.uids = uids));
    case 'tos':
    case 'dsfield':
      return set(parseNumber(value), (tos: number) => (rule.tos = tos));
    case 'ipproto':
      return set(protocolNumber(value), (protocol: number) => (rule.protocol = protocol));
    case 'sport':
      return set(parsePorts(value), (ports: Range) => (rule.sports = ports));
    case 'dport':
      return set(parsePorts(value), (ports: Range) => (rule.dports = ports));
    case 'suppress_prefixlength':
      return set(parseNumber(value), (length: number) => (rule.suppressPrefixLength = length));
    default:
      return 0;
  }
}

function set<T>(value: T | null, keep: (value: T) => void): number {
  if (value === null) return 0;
  keep(value);
  return 2;
}

/** `1000-2000`: user ids go beyond port numbers. */
function parsePorts32(text: string): Range | null {
  const [left = '', right = left] = text.split('-');
  const [from, to] = [parseNumber(left), parseNumber(right)];
  return from === null || to === null ? null : { from, to };
}

function readAction(rule: PendingRule, word: string, value: string): number {
  const action = actionOf(word, value);
  if (!action) return 0;
  rule.action = action;
  return action.kind === 'lookup' || action.kind === 'goto' ? 2 : 1;
}

function actionOf(word: string, value: string): PolicyAction | null {
  switch (word) {
    case 'lookup':
    case 'table':
      return { kind: 'lookup', table: tableName(value) };
    case 'goto':
      return { kind: 'goto', priority: Number(value) };
    case 'nop':
    case 'blackhole':
    case 'unreachable':
    case 'prohibit':
      return { kind: word };
    default:
      return null;
  }
}

/** Words that say nothing about a packet, with how many each takes. */
const REMARKS: Readonly<Record<string, number>> = {
  '[detached]': 1,
  '[unresolved]': 1,
  protocol: 2,
  proto: 2,
  realms: 2,
};

/** Selectors of the kernel that the walk does not follow: the rule may or may not select a packet. */
const UNFOLLOWED: Readonly<Record<string, number>> = {
  l3mdev: 1,
  suppress_ifgroup: 2,
  tun_id: 2,
  flowlabel: 2,
};

function unfollowed(rule: PendingRule, word: string): number {
  if (Object.hasOwn(REMARKS, word)) return REMARKS[word] ?? 1;
  if (!Object.hasOwn(UNFOLLOWED, word)) return 0;
  rule.unfollowed.push(word);
  if (word === 'l3mdev') rule.action = { kind: 'unknown', name: word };
  return UNFOLLOWED[word] ?? 1;
}
