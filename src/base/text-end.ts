// Pieces of a text, as they come -> the text. Of one longer than a string can be it is the end: a log's latest lines.

/** Characters; V8's longest string has 2^29 - 24. */
const LONGEST = 500_000_000;

export interface TextEnd {
  readonly text: string;
  /** Lines before these, which no string could hold. */
  readonly leftOut: number;
  /** It is one JSON document: no part of it answers, and none is kept. */
  readonly tooLong: boolean;
}

export interface Gathering {
  readonly add: (piece: string) => void;
  /** What is left of a line whose beginning was dropped is dropped too. */
  readonly end: () => TextEnd;
}

/** Lines of a log are objects that end where they do; a document goes on. */
function beginsDocument(piece: string): boolean {
  return /^\s*(?:\{|\[\s*[[{"])/.test(piece) && !/^\s*\{[^\n]*\}\s*\n/.test(piece);
}

/** Holds `longest` characters and a piece at most. */
export function gatherText(longest = LONGEST): Gathering {
  const pieces: string[] = [];
  let [length, lineEnds] = [0, 0];
  let isDocument: boolean | undefined;
  let isCut = false;
  return {
    add: (piece) => {
      isDocument ??= beginsDocument(piece);
      pieces.push(piece);
      length += piece.length;
      while (length > longest && pieces.length > 1) {
        const dropped = pieces.shift() ?? '';
        isCut = true;
        length -= dropped.length;
        lineEnds += countLineEnds(dropped);
      }
    },
    end: () => {
      if (!isCut) return { text: pieces.join(''), leftOut: 0, tooLong: false };
      if (isDocument) return { text: '', leftOut: 0, tooLong: true };
      const joined = pieces.join('');
      return { text: joined.slice(joined.indexOf('\n') + 1), leftOut: lineEnds + 1, tooLong: false };
    },
  };
}

export function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
