// Light syntax colour for whatever a person pastes: shell prompts, iptables rules, Envoy JSON, log lines.
import { HighlightStyle, StreamLanguage, type StringStream } from '@codemirror/language';
import { tags } from '@lezer/highlight';

const TOKENS: readonly (readonly [RegExp, string])[] = [
  [/^[$#]\s.*/, 'comment'],
  [/^"(?:[^"\\]|\\.)*"(?=\s*:)/, 'propertyName'],
  [/^"(?:[^"\\]|\\.)*"/, 'string'],
  [/^-[A-Z]\b/, 'keyword'],
  [/^--?[a-z][\w-]*/, 'propertyName'],
  [/^!(?=\s)/, 'operator'],
  [/^(?:ACCEPT|DROP|REJECT|RETURN|REDIRECT|DNAT|SNAT|MASQUERADE|TPROXY|MARK|CONNMARK|COMMIT)\b/, 'keyword'],
  [/^Chain\b/, 'keyword'],
  [/^\*(?:nat|mangle|filter|raw|security)\b/, 'keyword'],
  [/^\d{1,3}(?:\.\d{1,3}){3}(?:\/[\d.]+)?(?::\d+)?/, 'number'],
  [/^\b\d+\b/, 'number'],
  [/^(?:true|false|null)\b/, 'atom'],
  [/^[\w.|@/-]+/, 'name'],
];

function token(stream: StringStream): string | null {
  if (stream.eatSpace()) return null;
  for (const [pattern, name] of TOKENS) {
    if (name === 'comment' && !stream.sol()) continue;
    if (stream.match(pattern)) return name === 'name' ? null : name;
  }
  stream.next();
  return null;
}

export const pasteLanguage = StreamLanguage.define({ name: 'paste', token });

export const pasteColours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--dim)' },
  { tag: tags.propertyName, color: 'var(--syntax-key)' },
  { tag: tags.string, color: 'var(--syntax-string)' },
  { tag: [tags.number, tags.atom], color: 'var(--syntax-number)' },
  { tag: tags.keyword, color: 'var(--ink)', fontWeight: '600' },
  { tag: tags.operator, color: 'var(--bad)', fontWeight: '700' },
]);
