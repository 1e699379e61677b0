// `nft -j list ruleset` -> Ruleset. Each JSON statement becomes the words that the text notation has for it, placed at
// its own span, and is read by the same reader. Schema: libnftables-json(5); nftables src/json.c.
import type { Parsed } from '../../base/diagnostic.ts';
import { memberOf, type JsonNode, type JsonObject } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import type { BaseChain, Ruleset } from '../iptables/ruleset.ts';
import type { Token } from '../iptables/tokens.ts';
import { Assembly, isChainType, isHook, isIpFamily, type OpenTable } from './assembly.ts';
import { setWords, statementWords } from './jsonwords.ts';

/** Whether the tree is such an output: an object with a list named `nftables`. */
export function looksLikeNftJson(node: JsonNode): boolean {
  return node.kind === 'object' && memberOf(node, 'nftables')?.kind === 'array';
}

/** Reads all tables that IP packets meet. Never throws; a statement that is not understood leaves its rule undecided. */
export function readNftJson(node: JsonNode): Parsed<Ruleset> {
  const assembly = new Assembly();
  const list = node.kind === 'object' ? memberOf(node, 'nftables') : undefined;
  const items = list?.kind === 'array' ? list.items : [];
  for (const item of items)
    if (item.kind === 'object')
      for (const { key, value } of item.members)
        if (value.kind === 'object') readObject(assembly, key, value);
  return assembly.finish();
}

function textOf(object: JsonObject, key: string): string {
  const value = memberOf(object, key);
  return value?.kind === 'string' ? value.value : value?.kind === 'number' ? value.text : '';
}

function readObject(assembly: Assembly, kind: string, object: JsonObject): void {
  const family = textOf(object, 'family');
  if (!isIpFamily(family)) return;
  const named = (key: string) => assembly.table(family, textOf(object, key));
  switch (kind) {
    case 'table':
      named('name');
      return;
    case 'chain':
      named('table').builder.declareChain(textOf(object, 'name'), baseOf(object), object.span);
      return;
    case 'set':
    case 'map':
      return readSet(named('table'), object);
    case 'rule':
      return readRule(assembly, named('table'), object);
  }
}

function baseOf(chain: JsonObject): BaseChain | null {
  const [type, hook] = [textOf(chain, 'type'), textOf(chain, 'hook')];
  if (!isChainType(type) || !isHook(hook)) return null;
  const policy = textOf(chain, 'policy') === 'drop' ? 'drop' : 'accept';
  return { type, hook, priority: Number(textOf(chain, 'prio')), policy };
}

function readSet({ sets }: OpenTable, set: JsonObject): void {
  const elements = memberOf(set, 'elem');
  sets.declare(textOf(set, 'name'), tokens(elements ? setWords(elements) : [], set.span));
}

function readRule(assembly: Assembly, table: OpenTable, rule: JsonObject): void {
  const statements = memberOf(rule, 'expr');
  const words = statements?.kind === 'array' ? statements.items.flatMap(placedWords) : [];
  assembly.addRule(table, textOf(rule, 'chain'), words, rule.span, null);
}

function placedWords(statement: JsonNode): Token[] {
  return tokens(statementWords(statement), statement.span);
}

function tokens(words: readonly string[], span: Span): Token[] {
  return words.map((text) => ({ text, span }));
}
