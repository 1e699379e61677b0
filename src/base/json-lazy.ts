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
import type { JsonStructure } from './json-structure.ts';
import type { Span } from './source.ts';

const NO_GAPS: readonly Span[] = [];
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;
const FEW_QUESTIONS = 3;

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
    return this.made || this.questions > FEW_QUESTIONS
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
    let found: Cursor | null = null;
    while (this.skip() !== CLOSE_OBJECT) {
      const { at } = this;
      const escaped = this.passString();
      if (this.isKey(at, key, escaped) || this.isKey(at, other, escaped))
        found = new Cursor(this.structure, this.at, this.container);
      this.pass();
    }
    return found?.value();
  }

  /** Whether the key that was just passed, and began at `from`, is this one. */
  private isKey(from: number, key: string, escaped: boolean): boolean {
    if (escaped) return unescaped(this.text.slice(from + 1, this.at - 1)) === key;
    return this.at - from === key.length + 2 && this.text.startsWith(key, from + 1);
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
    if (code === QUOTE) this.passString();
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      this.at = this.structure.closes[this.container] ?? this.at;
      this.container = this.structure.nexts[this.container] ?? this.container;
    } else while (isInScalar(this.text.charCodeAt(this.at))) this.at += 1;
  }

  /** Goes past blanks, commas and colons; the code of what stands there. */
  private skip(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code > SPACE && code !== COMMA && code !== COLON) return code;
      this.at += 1;
    }
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

  /** Whether it holds escapes. */
  private passString(): boolean {
    let escaped = false;
    for (let code = this.next(); code !== QUOTE; code = this.next())
      if (code === BACKSLASH) {
        escaped = true;
        this.at += 1;
      }
    this.at += 1;
    return escaped;
  }

  private string(): JsonString {
    const from = this.at;
    const escaped = this.passString();
    const raw = this.text.slice(from + 1, this.at - 1);
    const value = escaped ? unescaped(raw) : raw;
    return { kind: 'string', span: { from, to: this.at }, value };
  }

  private next(): number {
    this.at += 1;
    return this.text.charCodeAt(this.at);
  }

  private scalar(): JsonNode {
    const from = this.at;
    while (isInScalar(this.text.charCodeAt(this.at))) this.at += 1;
    const text = this.text.slice(from, this.at);
    const span = { from, to: this.at };
    if (text === 'true' || text === 'false') return { kind: 'boolean', span, value: text === 'true' };
    return text === 'null' ? { kind: 'null', span } : { kind: 'number', span, value: Number(text), text };
  }
}

/** Letters, digits, `+`, `-` and `.`; not a number at the end of the text. */
function isInScalar(code: number): boolean {
  return code > SPACE && code !== COMMA && code !== CLOSE_ARRAY && code !== CLOSE_OBJECT;
}

function unescaped(raw: string): string {
  const value: unknown = JSON.parse(`"${raw}"`);
  return typeof value === 'string' ? value : raw;
}

/** The value that the structure was made of. */
export function lazyTree(structure: JsonStructure): JsonNode {
  return new Cursor(structure, structure.from, 0).value();
}
