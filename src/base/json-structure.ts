// JSON text -> where its objects and arrays begin and end, in one pass and without a tree. Only what RFC 8259 allows is
// taken: anything else is left to the tolerant reader.
import { DEPTH_LIMIT } from './json.ts';
import type { Span } from './source.ts';

/** The containers of a text, in the order of their opening brackets. */
export interface JsonStructure {
  readonly text: string;
  /** Offsets of the opening brackets. */
  readonly opens: Int32Array;
  /** Offsets behind the closing brackets. */
  readonly closes: Int32Array;
  /** For each container, the first one that begins behind it. */
  readonly nexts: Int32Array;
  /** The offset of the value, and the one behind it. */
  readonly from: number;
  readonly end: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;

const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s,\]}]|$)/y;

/** Containers that room is made for at first: a value may be followed by any number of others. */
const FEW = 64;

class StructureScan {
  opens: Int32Array;
  closes: Int32Array;
  nexts: Int32Array;
  at: number;
  private count = 0;
  private readonly text: string;
  private readonly end: number;
  /** The containers that are open, outermost first. */
  private readonly path: number[] = [];

  constructor(text: string, { from, to }: Span) {
    this.text = text;
    this.at = from;
    this.end = to;
    const capacity = 16 + Math.min((to - from) >> 6, FEW);
    this.opens = new Int32Array(capacity);
    this.closes = new Int32Array(capacity);
    this.nexts = new Int32Array(capacity);
  }

  /** Goes past one value; false when it is not strictly JSON. */
  scan(): boolean {
    do if (!this.value()) return false;
    while (this.path.length > 0 && this.entry());
    return this.path.length === 0;
  }

  /** The code of the next character that is no blank; -1 at the end. */
  skip(): number {
    const { text, end } = this;
    let { at } = this;
    let code = text.charCodeAt(at);
    while (at < end && (code === SPACE || code === 0x0a || code === 0x0d || code === 0x09))
      code = text.charCodeAt((at += 1));
    this.at = at;
    return at < end ? code : -1;
  }

  /** A scalar, an empty container, or the opening of a container up to its first value. */
  private value(): boolean {
    for (;;) {
      const code = this.skip();
      if (code !== OPEN_OBJECT && code !== OPEN_ARRAY) return this.scalar(code);
      if (this.path.length >= DEPTH_LIMIT) return false;
      this.open();
      if (this.skip() === (code === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY)) return this.close();
      if (code === OPEN_OBJECT && !this.key()) return false;
    }
  }

  /** Behind a value: whether another one follows. Closes the containers that end here. */
  private entry(): boolean {
    for (let depth = this.path.length; depth > 0; depth -= 1) {
      const code = this.skip();
      const inObject = this.text.charCodeAt(this.opens[this.path[depth - 1] ?? 0] ?? 0) === OPEN_OBJECT;
      if (code === COMMA) {
        this.at += 1;
        return !inObject || this.key();
      }
      if (code !== (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return false;
      this.close();
    }
    return false;
  }

  private open(): void {
    if (this.count === this.opens.length) {
      this.opens = grown(this.opens);
      this.closes = grown(this.closes);
      this.nexts = grown(this.nexts);
    }
    this.opens[this.count] = this.at;
    this.path.push(this.count);
    this.count += 1;
    this.at += 1;
  }

  private close(): boolean {
    const container = this.path.pop() ?? 0;
    this.at += 1;
    this.closes[container] = this.at;
    this.nexts[container] = this.count;
    return true;
  }

  private key(): boolean {
    if (this.skip() !== QUOTE || !this.string() || this.skip() !== COLON) return false;
    this.at += 1;
    return true;
  }

  private scalar(code: number): boolean {
    if (code === QUOTE) return this.string();
    if (code > ZERO && code <= NINE && this.digits()) return true;
    SCALAR.lastIndex = this.at;
    if (!SCALAR.test(this.text) || SCALAR.lastIndex > this.end) return false;
    this.at = SCALAR.lastIndex;
    return true;
  }

  /** Whole numbers, which most are. */
  private digits(): boolean {
    const { text } = this;
    let { at } = this;
    let code = text.charCodeAt(at);
    while (code >= ZERO && code <= NINE) code = text.charCodeAt((at += 1));
    if (at >= this.end || (code !== COMMA && code !== 0x0a && code !== CLOSE_OBJECT)) return false;
    this.at = at;
    return true;
  }

  private string(): boolean {
    const { text, end } = this;
    for (let at = this.at + 1; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        return true;
      }
      if (code < SPACE) return false;
      if (code !== BACKSLASH) continue;
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return false;
      at = ESCAPE.lastIndex - 1;
    }
    return false;
  }
}

/** Room that is not used costs next to nothing, and copying does not come often. */
function grown(list: Int32Array): Int32Array {
  const larger = new Int32Array(4 * list.length);
  larger.set(list);
  return larger;
}

/** The structure of the value that `within` begins with; null when it is anything but strict JSON. */
export function structureOf(text: string, within: Span): JsonStructure | null {
  const scan = new StructureScan(text, within);
  scan.skip();
  const from = scan.at;
  if (!scan.scan()) return null;
  return { text, opens: scan.opens, closes: scan.closes, nexts: scan.nexts, from, end: scan.at };
}
