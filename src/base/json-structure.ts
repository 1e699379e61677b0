// JSON text -> where its objects and arrays begin and end, in one pass and without a tree. Only what RFC 8259 allows is
// taken, up to the first that it does not: from there on the text is left to the tolerant reader.
import { DEPTH_LIMIT } from './json.ts';
import {
  BACKSLASH,
  behindBlanks,
  behindPlain,
  behindScalar,
  bytes,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_ARRAY,
  OPEN_OBJECT,
  PIECE,
  QUOTE,
  take,
} from './json-bytes.ts';
import type { Span } from './source.ts';

/** The containers of a text, in the order of their opening brackets. */
export interface JsonStructure {
  readonly text: string;
  /** How many there are. The lists have room for more. */
  readonly count: number;
  /** Offsets of the opening brackets. */
  readonly opens: Int32Array;
  /** Offsets behind the closing brackets; 0 for those that what is not strict comes before. */
  readonly closes: Int32Array;
  /** For each container, the first one that begins behind it. */
  readonly nexts: Int32Array;
  /** Whether no key has escapes. */
  readonly hasPlainKeys: boolean;
  /** Whether all of the value is strict JSON. */
  readonly isStrict: boolean;
  /** The offset of the value, and the one behind it, or behind what is strict of it. */
  readonly from: number;
  readonly end: number;
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s,\]}]|$)/y;

/** What may come next; a closing bracket too where a container has just been opened, and behind a value. */
const VALUE = 1;
const KEY = 2;
const FIRST = 4;
const BEHIND_KEY = 8;
const BEHIND_VALUE = 16;

/** Containers that room is made for at first: a value may be followed by any number of others. */
const FEW = 64;

/** Units that are taken at first: most values are short. */
const FIRST_PIECE = 512;

/** Each open container: its number and what closes it. Outermost first, behind what is none. */
const path = new Int32Array(DEPTH_LIMIT + 1);
const closers = new Uint8Array(DEPTH_LIMIT + 1);

class StructureScan {
  opens = new Int32Array(FEW);
  closes = new Int32Array(FEW);
  nexts = new Int32Array(FEW);
  hasPlainKeys = true;
  count = 0;
  private depth = 0;
  private next = VALUE;
  private readonly text: string;
  private readonly end: number;
  private readonly deepest: number;
  /** Where the piece in hand starts in the text, how long it is, and the place in it. */
  private base: number;
  private limit = 0;
  private at = 0;
  private room = FIRST_PIECE;

  constructor(text: string, { from, to }: Span, deepest: number) {
    this.text = text;
    this.deepest = deepest;
    this.base = from;
    this.end = to;
  }

  get offset(): number {
    return this.base + this.at;
  }

  /** Goes to the value. */
  start(): void {
    while (this.at === this.limit && this.refill()) this.at = behindBlanks(0);
  }

  /** Goes past the value; false when it is not strictly JSON. */
  scan(): boolean {
    while (!this.isDone()) {
      if (this.at >= this.limit && !this.refill()) return false;
      this.pass();
      if (!this.isDone() && this.at < this.limit && !this.hard()) return false;
    }
    return true;
  }

  private isDone(): boolean {
    return this.depth === 0 && this.next === BEHIND_VALUE;
  }

  /** Takes the next piece, which begins at the place in this one; false at the end. */
  private refill(): boolean {
    this.base += this.at;
    this.at = 0;
    const piece = this.text.slice(this.base, Math.min(this.end, this.base + this.room));
    this.limit = piece.length;
    this.room = Math.min(2 * this.room, PIECE);
    take(piece);
    return piece !== '';
  }

  /** Goes on as long as what comes is allowed, plain, and whole in this piece. All of a large dump goes through here. */
  private pass(): void {
    const { deepest } = this;
    let { at, depth, next } = this;
    let closer = closers[depth] ?? 0;
    do {
      at = behindBlanks(at);
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        if ((next & (KEY | VALUE)) === 0) break;
        const quote = behindPlain(at + 1);
        if (bytes[quote] !== QUOTE) break;
        at = quote + 1;
        next = (next & KEY) === 0 ? BEHIND_VALUE : BEHIND_KEY;
      } else if (byte === COMMA) {
        if (next !== BEHIND_VALUE) break;
        at += 1;
        next = closer === CLOSE_OBJECT ? KEY : VALUE;
      } else if (byte === COLON) {
        if (next !== BEHIND_KEY) break;
        at += 1;
        next = VALUE;
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if ((next & VALUE) === 0 || depth === deepest) break;
        depth += 1;
        closers[depth] = closer = byte + 2;
        path[depth] = this.open(this.base + at);
        at += 1;
        next = FIRST | (byte === OPEN_OBJECT ? KEY : VALUE);
      } else if (byte === closer) {
        if ((next & (FIRST | BEHIND_VALUE)) === 0) break;
        at += 1;
        this.close(path[depth] ?? 0, this.base + at);
        depth -= 1;
        closer = closers[depth] ?? 0;
        next = BEHIND_VALUE;
      } else {
        const end = (next & VALUE) === 0 ? at : behindScalar(at, closer);
        if (end === at) break;
        at = end;
        next = BEHIND_VALUE;
      }
    } while (depth > 0);
    this.at = at;
    this.depth = depth;
    this.next = next;
  }

  private open(from: number): number {
    if (this.count === this.opens.length) this.grow();
    this.opens[this.count] = from;
    this.count += 1;
    return this.count - 1;
  }

  private grow(): void {
    this.opens = grown(this.opens);
    this.closes = grown(this.closes);
    this.nexts = grown(this.nexts);
  }

  private close(container: number, to: number): void {
    this.closes[container] = to;
    this.nexts[container] = this.count;
  }

  /** Goes past what the pass left: a string with escapes or one that goes on in the next piece, any scalar. */
  private hard(): boolean {
    const isKey = (this.next & KEY) !== 0;
    if (!isKey && (this.next & VALUE) === 0) return false;
    if (bytes[this.at] === QUOTE ? !this.string() : isKey || !this.matches(SCALAR)) return false;
    this.next = isKey ? BEHIND_KEY : BEHIND_VALUE;
    return true;
  }

  private string(): boolean {
    this.at += 1;
    while (this.at < this.limit || this.refill()) {
      this.at = behindPlain(this.at);
      const code = bytes[this.at] ?? 0;
      if (code === QUOTE) {
        this.at += 1;
        return true;
      }
      if (code === BACKSLASH ? !this.escape() : this.at < this.limit) return false;
    }
    return false;
  }

  private escape(): boolean {
    if ((this.next & KEY) !== 0) this.hasPlainKeys = false;
    return this.matches(ESCAPE);
  }

  /** The place is behind what matches, which may be beyond the piece. */
  private matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    if (!pattern.test(this.text) || pattern.lastIndex > this.end) return false;
    this.at = pattern.lastIndex - this.base;
    return true;
  }
}

/** Room that is not used costs next to nothing, and copying does not come often. */
function grown(list: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(4 * list.length);
  larger.set(list);
  return larger;
}

/** The structure of the value that `within` begins with, itself inside so many containers. */
export function structureOf(text: string, within: Span, outer = 0): JsonStructure {
  const scan = new StructureScan(text, within, DEPTH_LIMIT - outer);
  scan.start();
  const from = scan.offset;
  const isStrict = scan.scan();
  const { count, opens, closes, nexts, hasPlainKeys, offset: end } = scan;
  return { text, count, opens, closes, nexts, hasPlainKeys, isStrict, from, end };
}
