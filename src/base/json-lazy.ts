// A structure -> the tree, made where it is looked at: most of a large dump never is. The nodes are those that the
// tolerant reader makes of the same text.
import {
  lastValue,
  type JsonArray,
  type JsonMember,
  type JsonNode,
  type JsonObject,
  type JsonString,
} from './json.ts';
import { BACKSLASH, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-bytes.ts';
import type { JsonStructure } from './json-structure.ts';
import type { Span } from './source.ts';

const NO_GAPS: readonly Span[] = [];
const CLOSE_ARRAY = 0x5d;
const SPACE = 0x20;
const FEW_QUESTIONS = 8;

/** A container of a structure, of which nothing is made yet but its place. */
class LazyContainer {
  readonly span: Span;
  readonly gaps = NO_GAPS;
  private readonly structure: JsonStructure;
  private readonly container: number;

  constructor(structure: JsonStructure, container: number, span: Span) {
    this.span = span;
    this.structure = structure;
    this.container = container;
  }

  /** At its first entry. */
  protected cursor(): Cursor {
    return new Cursor(this.structure, this.span.from + 1, this.container + 1);
  }

  /** Whether its keys stand in the text as they are. */
  protected get hasPlainKeys(): boolean {
    return this.structure.hasPlainKeys;
  }
}

class LazyObject extends LazyContainer implements JsonObject {
  readonly kind = 'object';
  private made: readonly JsonMember[] | null = null;
  private questions = 0;

  get members(): readonly JsonMember[] {
    return (this.made ??= this.cursor().members());
  }

  /** The first few questions go over the text; whoever asks more gets the members. */
  find(key: string, other: string): JsonNode | undefined {
    this.questions += 1;
    return this.made || this.questions > FEW_QUESTIONS || !this.hasPlainKeys
      ? lastValue(this.members, key, other)
      : this.cursor().find(key, other);
  }
}

class LazyArray extends LazyContainer implements JsonArray {
  readonly kind = 'array';
  private made: readonly JsonNode[] | null = null;

  get items(): readonly JsonNode[] {
    return (this.made ??= this.cursor().items());
  }
}

/** Its value is read where it is looked at. */
class LazyMember implements JsonMember {
  readonly key: string;
  readonly keySpan: Span;
  private made: JsonNode | null = null;
  private readonly structure: JsonStructure;
  private readonly at: number;
  private readonly container: number;

  constructor({ value, span }: JsonString, structure: JsonStructure, at: number, container: number) {
    this.key = value;
    this.keySpan = span;
    this.structure = structure;
    this.at = at;
    this.container = container;
  }

  get value(): JsonNode {
    return (this.made ??= new Cursor(this.structure, this.at, this.container).value());
  }
}

/** A place in a text that is known to be strict JSON, and the container that begins there or next. */
class Cursor {
  private at: number;
  private container: number;
  private readonly text: string;
  private readonly structure: JsonStructure;

  constructor(structure: JsonStructure, at: number, container: number) {
    this.structure = structure;
    this.text = structure.text;
    this.at = at;
    this.container = container;
  }

  members(): readonly JsonMember[] {
    const members: JsonMember[] = [];
    while (this.skip() !== CLOSE_OBJECT) {
      const key = this.string();
      members.push(new LazyMember(key, this.structure, this.at, this.container));
      this.pass();
    }
    return members;
  }

  /** The value of the last member with one key or the other. */
  find(key: string, other: string): JsonNode | undefined {
    const { text, structure } = this;
    let { at, container } = this;
    let found: Cursor | null = null;
    for (at = behindSeparators(text, at); text.charCodeAt(at) === QUOTE; at = nextKey(text, at)) {
      const from = at + 1;
      const to = text.indexOf('"', from);
      at = behindSeparators(text, to + 1);
      if (holds(text, from, to, key) || holds(text, from, to, other))
        found = new Cursor(structure, at, container);
      const code = text.charCodeAt(at);
      if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        at = structure.closes[container] ?? at;
        container = structure.nexts[container] ?? container;
      } else at = behindPlainValue(text, at);
    }
    return found?.value();
  }

  items(): readonly JsonNode[] {
    const items: JsonNode[] = [];
    while (this.skip() !== CLOSE_ARRAY) items.push(this.value());
    return items;
  }

  value(): JsonNode {
    const code = this.skip();
    if (code === QUOTE) return this.string();
    return code === OPEN_OBJECT || code === OPEN_ARRAY ? this.nested(code) : this.scalar();
  }

  /** Goes past a value. */
  private pass(): void {
    const code = this.skip();
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      this.at = this.structure.closes[this.container] ?? this.at;
      this.container = this.structure.nexts[this.container] ?? this.container;
    } else this.at = behindPlainValue(this.text, this.at);
  }

  /** Goes to what comes next; its code. */
  private skip(): number {
    this.at = behindSeparators(this.text, this.at);
    return this.text.charCodeAt(this.at);
  }

  private nested(code: number): JsonNode {
    const { structure, container } = this;
    const span = { from: this.at, to: structure.closes[container] ?? this.at };
    this.at = span.to;
    this.container = structure.nexts[container] ?? container;
    return code === OPEN_OBJECT
      ? new LazyObject(structure, container, span)
      : new LazyArray(structure, container, span);
  }

  private string(): JsonString {
    const span = { from: this.at, to: behindString(this.text, this.at) };
    this.at = span.to;
    const raw = this.text.slice(span.from + 1, span.to - 1);
    return { kind: 'string', span, value: raw.includes('\\') ? unescaped(raw) : raw };
  }

  private scalar(): JsonNode {
    const span = { from: this.at, to: behindScalar(this.text, this.at) };
    this.at = span.to;
    const text = this.text.slice(span.from, span.to);
    if (text === 'true' || text === 'false') return { kind: 'boolean', span, value: text === 'true' };
    return text === 'null' ? { kind: 'null', span } : { kind: 'number', span, value: Number(text), text };
  }
}

function holds(text: string, from: number, to: number, key: string): boolean {
  return to - from === key.length && text.startsWith(key, from);
}

/** Behind blanks, commas and colons. */
function behindSeparators(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code > SPACE && code !== COMMA && code !== COLON) return at;
    at += 1;
  }
}

/** Behind a value: where the next key begins, or what closes the object. */
function nextKey(text: string, at: number): number {
  return text.charCodeAt(at) === COMMA ? text.indexOf('"', at) : behindSeparators(text, at);
}

/** Behind a value that is no container. */
function behindPlainValue(text: string, at: number): number {
  return text.charCodeAt(at) === QUOTE ? behindString(text, at) : behindScalar(text, at);
}

function behindString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at + 1;
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text.charCodeAt(from - 1) === BACKSLASH) from -= 1;
  return (at - from) % 2 === 1;
}

/** Behind letters, digits, `+`, `-` and `.`; not a number at the end of the text. */
function behindScalar(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (!(code > SPACE) || code === COMMA || code === CLOSE_ARRAY || code === CLOSE_OBJECT) return at;
    at += 1;
  }
}

function unescaped(raw: string): string {
  const value: unknown = JSON.parse(`"${raw}"`);
  return typeof value === 'string' ? value : raw;
}

/** The value that the structure was made of; it must be strict. */
export function lazyTree(structure: JsonStructure): JsonNode {
  return new Cursor(structure, structure.from, 0).value();
}

/** A container, of which all must be strict. */
export function lazyContainer(structure: JsonStructure, container: number): JsonNode {
  return new Cursor(structure, structure.opens[container] ?? 0, container).value();
}
