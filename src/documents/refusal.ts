// A command that printed no rules because it lacked the right to -> a diagnostic at that line.
// iptables/iptables.c and nft/src/mnl.c print what the kernel answers to one without CAP_NET_ADMIN.
import { diagnostic, type Diagnostic } from '../base/diagnostic.ts';
import { textAt, type Source, type Span } from '../base/source.ts';

const REFUSED =
  /^.*\b(?:ip6?tables|nft|nsenter|setns|ipset|conntrack)\b.*\b(?:[Pp]ermission denied|Operation not permitted).*$/gm;

/** The lines by which a command says that it was not allowed to read the kernel's tables. */
export function refusalsIn(source: Source, span: Span): readonly Diagnostic[] {
  const text = textAt(source, span);
  if (!/ermission denied|not permitted/.test(text)) return [];
  return [...text.matchAll(REFUSED)].map((found) => {
    const from = span.from + found.index;
    return diagnostic('warning', 'paste.refused', { from, to: from + found[0].length });
  });
}
