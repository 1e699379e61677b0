// One statement or expression of `nft -j` -> the words of the text notation.
// Schema: libnftables-json(5), STATEMENTS and EXPRESSIONS.
import { memberOf, type JsonNode, type JsonObject } from '../../base/json.ts';

/** A word that no reader knows: what stands there stays undecided. */
const UNREADABLE = ['?'];

/** The words of a statement: `{"jump": {"target": "web"}}` is `jump web`. */
export function statementWords(node: JsonNode): string[] {
  if (node.kind === 'string') return [node.value]; // `"accept"`, as some versions print it
  const [member] = node.kind === 'object' ? node.members : [];
  if (!member) return UNREADABLE;
  const { key, value } = member;
  const body = value.kind === 'object' ? value : null;
  switch (key) {
    case 'match':
      return body ? matchWords(body) : UNREADABLE;
    case 'vmap':
      return body ? [...words(body, 'key'), 'vmap', ...words(body, 'data')] : UNREADABLE;
    case 'mangle':
      return body ? [...words(body, 'key'), 'set', ...words(body, 'value')] : UNREADABLE;
    case 'jump':
    case 'goto':
      return body ? [key, ...words(body, 'target')] : UNREADABLE;
    case 'counter':
      return body && memberOf(body, 'packets')
        ? [key, 'packets', ...words(body, 'packets'), 'bytes', ...words(body, 'bytes')]
        : [key];
    case 'redirect':
    case 'masquerade':
    case 'dnat':
    case 'snat':
    case 'tproxy':
      return body ? natWords(key, body) : [key];
    case 'xt':
      return body ? [key, ...words(body, 'type'), ...words(body, 'name')] : [key, ...UNREADABLE];
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
    case 'notrack':
    case 'log':
    case 'reject':
      return [key];
    default:
      return [key, ...UNREADABLE];
  }
}

function words(object: JsonObject, key: string): string[] {
  const value = memberOf(object, key);
  return value ? expressionWords(value) : [];
}

function matchWords(match: JsonObject): string[] {
  const operator = words(match, 'op');
  return [...words(match, 'left'), ...(operator[0] === 'in' ? [] : operator), ...words(match, 'right')];
}

function natWords(kind: string, body: JsonObject): string[] {
  const address = words(body, 'addr');
  const port = words(body, 'port');
  const family = words(body, 'family');
  const flags = words(body, 'flags');
  if (address.length === 0 && port.length === 0) return [kind, ...family, ...flags];
  return [kind, ...family, 'to', ...destination(address, port), ...flags];
}

/** One word, unless a map gives the address, or both address and port. */
function destination(address: readonly string[], port: readonly string[]): readonly string[] {
  if (address.length > 1) return address;
  if (port.length > 1) return address.length === 0 ? port : UNREADABLE;
  const [host = ''] = address;
  if (port.length === 0) return [host];
  return [`${host.includes(':') ? `[${host}]` : host}:${port[0] ?? ''}`];
}

/** The words of an expression: `{"payload": {"protocol": "tcp", "field": "dport"}}` is `tcp dport`. */
function expressionWords(node: JsonNode): string[] {
  switch (node.kind) {
    case 'string':
      return [node.value];
    case 'number':
      return [node.text];
    case 'array':
      return joined(node.items.map(expressionWords), ',');
    case 'object': {
      const [member] = node.members;
      return member ? objectWords(member.key, member.value) : UNREADABLE;
    }
    case 'boolean':
    case 'null':
    case 'unparsed':
      return UNREADABLE;
  }
}

function objectWords(key: string, value: JsonNode): string[] {
  switch (key) {
    case 'set':
      return ['{', ...setWords(value), '}'];
    case 'range':
      return pair(value, '-');
    case 'concat':
      return joined(value.kind === 'array' ? value.items.map(expressionWords) : [], '.');
    case '&':
    case '|':
    case '^':
      return operation(key, value);
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      return [key];
    default:
      return value.kind === 'object' ? namedWords(key, value) : UNREADABLE;
  }
}

function namedWords(key: string, value: JsonObject): string[] {
  switch (key) {
    case 'payload':
      return [...words(value, 'protocol'), ...words(value, 'field')];
    case 'meta':
      return ['meta', ...words(value, 'key')];
    case 'ct':
      return ['ct', ...words(value, 'dir'), ...words(value, 'family'), ...words(value, 'key')];
    case 'fib':
      return ['fib', ...fibFlags(value), ...words(value, 'result')];
    case 'prefix':
      return [`${words(value, 'addr').join('')}/${words(value, 'len').join('')}`];
    case 'elem':
      return words(value, 'val');
    case 'map':
      return [...words(value, 'key'), 'map', ...words(value, 'data')];
    case 'jump':
    case 'goto':
      return [key, ...words(value, 'target')];
    default:
      return UNREADABLE;
  }
}

/** The elements of a set or a map, without braces. */
export function setWords(elements: JsonNode): string[] {
  return joined(elements.kind === 'array' ? elements.items.map(elementWords) : [elementWords(elements)], ',');
}

/** `ct mark & 0xff | 0x1`, or `tcp flags & (fin,syn)`: a mask of several words stands in brackets. */
function operation(operator: string, value: JsonNode): string[] {
  const [left = [], ...others] = value.kind === 'array' ? value.items.map(expressionWords) : [];
  return others.reduce(
    (words, other) => [...words, operator, ...(other.length > 1 ? ['(', ...other, ')'] : other)],
    left,
  );
}

/** An element of a set, or `[key, value]` of a map. */
function elementWords(node: JsonNode): string[] {
  const [key, data] = node.kind === 'array' ? node.items : [];
  return key && data ? [...expressionWords(key), ':', ...expressionWords(data)] : expressionWords(node);
}

function fibFlags(fib: JsonObject): string[] {
  return words(fib, 'flags').map((word) => (word === ',' ? '.' : word));
}

function pair(value: JsonNode, dash: string): string[] {
  return value.kind === 'array' ? [value.items.flatMap(expressionWords).join(dash)] : UNREADABLE;
}

function joined(parts: readonly (readonly string[])[], separator: string): string[] {
  return parts.flatMap((part, i) => (i === 0 ? part : [separator, ...part]));
}
