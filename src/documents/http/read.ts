// What `curl -i` and `curl -v` print -> status, headers, and what the body says of the request.
import { readJson } from '../../base/json-reader.ts';
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import { looksLikeResponseBody, readResponseBody } from './body.ts';
import type { PrintedResponse } from './response.ts';

const STATUS = /^\s*(?:<\s*)?HTTP\/(?:1\.[01]|2(?:\.0)?|3) (\d{3})(?:\s.*)?$/;
const VERBOSE =
  /^\s*\*\s+(?:Trying|Connected to|Host \S+ was resolved|Could not resolve|Uses proxy|Rebuilt URL|processing:)/;
/** What -v marks: `*` its own remarks, `>` what it sends, `<` what it gets, braces for bodies. */
const MARKED = /^\s*(?:[*<>](?:\s|$)|[{}] \[)/;
const HEADER = /^\s*(?:<\s*)?([\w-]+):\s?(.*)$/;

export function startsResponse(line: string): boolean {
  return STATUS.test(line) || VERBOSE.test(line);
}

/** A body looks like JSON or HTML, or is a few words. */
function bodyOrEnd(line: string): 'body' | 'end' {
  return /^\s*[<{["]|^\s*\w[\w ]*$/.test(line) ? 'body' : 'end';
}

/** Lines of the head, then, behind a blank line, those of a body that looks like one, up to the next blank line. */
export function responseLines(): (line: string) => boolean {
  let part: 'head' | 'gap' | 'body' | 'end' = 'head';
  return (line) => {
    if (part === 'end') return false;
    const blank = line.trim() === '';
    if (STATUS.test(line) || MARKED.test(line)) part = 'head';
    else if (part === 'head') part = blank ? 'gap' : HEADER.test(line) ? 'head' : bodyOrEnd(line);
    else if (part === 'gap' && !blank) part = bodyOrEnd(line);
    else if (part === 'body' && blank) part = 'end';
    return part !== 'end';
  };
}

function bodyOf(source: Source, within: Span): PrintedResponse | null {
  const brace = source.text.slice(within.from, within.to).search(/^\s*\{(?!\s*\[)/m);
  if (brace < 0) return null;
  const { value } = readJson(source, { from: within.from + brace, to: within.to });
  return looksLikeResponseBody(value) ? readResponseBody(value) : null;
}

/** The last answer, when redirections print several. */
export function readResponse(source: Source, within: Span): PrintedResponse {
  let status: number | null = null;
  let headers: Record<string, string> = {};
  let inHead = false;
  for (const line of linesOf(source, within)) {
    const text = textAt(source, line);
    const code = STATUS.exec(text)?.[1];
    const header = inHead ? HEADER.exec(text) : null;
    if (code !== undefined) [status, headers, inHead] = [Number(code), {}, true];
    else if (header) headers[(header[1] ?? '').toLowerCase()] = (header[2] ?? '').trim();
    else if (!/^\s*[*>]/.test(text)) inHead = false;
  }
  const body = bodyOf(source, within);
  return {
    status,
    headers,
    origin: body?.origin ?? null,
    requestHeaders: body?.requestHeaders ?? null,
    span: within,
  };
}
