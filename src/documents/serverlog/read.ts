// An application's log -> the peers it saw: `RemoteAddr=127.0.0.6:44213` and the like in any notation, and the access
// logs of nginx, Apache, uvicorn, gin and Python's http.server, which begin with the peer.
import { parseEndpoint } from '../../base/ip.ts';
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import { isSentence } from '../prose.ts';
import type { LoggedPeer } from './logged.ts';

const ADDRESS = String.raw`(?:::ffff:)?((?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?|\[[0-9a-f:.]+\](?::\d{1,5})?|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})`;
const NAMED = new RegExp(
  `(?<![\\w-])(?:remote[_-]?addr(?:ess)?|client[_-]?(?:addr(?:ess)?|ip)|peer(?:[_-]?addr(?:ess)?)?|remote[_-]?ip|source[_-]?ip|src[_-]?ip)["']?\\s*[=:]\\s*["'(]?${ADDRESS}(?![\\w.])`,
  'i',
);
const COMBINED = new RegExp(`^\\s*${ADDRESS} \\S+ \\S+ \\[[^\\]]+\\] "[A-Z]+ [^"]*" \\d{3}(?:\\s|$)`, 'i');
const FRAMEWORK = new RegExp(
  `^\\s*(?:INFO:\\s+${ADDRESS} - "[A-Z]+ |\\[GIN\\][^|]*\\|[^|]*\\|[^|]*\\|\\s*${ADDRESS}\\s*\\|)`,
  'i',
);
const FORWARDED = /\bx-?forwarded-?for["']?\s*[=:]\s*["']?([\d.:a-f, ]*)/i;
/** Items of a list, and lines that quote a log within a sentence. */
const LISTED = /^\s*(?:[-*•>|]\s|\d+[.)]\s)/;
const ENDED = /[a-z)][.!?:,;]\s*$/i;
const WIDE = /[\u3000-\u9fff\uac00-\ud7af]/;
/** What a line of a log begins with, whatever language it goes on in. */
const LOGGED = /^\s*(?:\d|\{|\[|(?:time|ts|level|msg|logger)=|(?:info|debug|warn|error|trace)\b)/i;

export function isPeerLine(line: string): boolean {
  if (COMBINED.test(line) || FRAMEWORK.test(line)) return true;
  if (!NAMED.test(line) || LISTED.test(line)) return false;
  return LOGGED.test(line) || !(WIDE.test(line) || ENDED.test(line) || isSentence(line));
}

function readLine(text: string, span: Span): LoggedPeer | null {
  const found = COMBINED.exec(text) ?? FRAMEWORK.exec(text) ?? NAMED.exec(text);
  const peer = parseEndpoint(found?.slice(1).find((each) => each !== undefined) ?? '');
  if (!peer) return null;
  return { peer, xForwardedFor: FORWARDED.exec(text)?.[1]?.trim().replace(/,$/, '') ?? null, span };
}

/** Null when no line names a peer. */
export function readServerLog(source: Source, within: Span): LoggedPeer[] | null {
  const lines = Array.from(linesOf(source, within)).flatMap(
    (line) => readLine(textAt(source, line), line) ?? [],
  );
  return lines.length > 0 ? lines : null;
}
