// A hop -> words: the sentence about it, and the short name on its row. Codes have sentences in i18n; what the
// hop itself holds (chains, clusters, verdicts) is shown as it was pasted.
import type { Hop } from '../engine/trace/trace.ts';
import type { Words } from '../i18n/words.ts';

/** What is written on a row: the place in the notation of the paste, and what it decided. */
export interface RowLabel {
  readonly name: string;
  readonly verdict: string;
}

function kernelLabel(hop: Hop, words: Words): RowLabel {
  const chain = hop.chain ?? hop.hook ?? '';
  const name =
    hop.rule === null ? (hop.chain ? `${chain} ${words.t('row.policy')}` : chain) : `${chain} #${hop.rule}`;
  return { name, verdict: hop.verdict ?? '' };
}

/** The deepest thing the proxy had found by this hop. */
function proxyFinding(hop: Hop): string | null {
  return hop.endpoint ?? hop.cluster ?? hop.route ?? hop.virtualHost ?? hop.filterChain ?? hop.listener;
}

export function rowLabel(hop: Hop, words: Words): RowLabel {
  const short = `short.${hop.event.code}`;
  if (words.knows(short))
    return {
      name: words.say({ code: short, parameters: hop.event.parameters }),
      verdict: proxyFinding(hop) ?? hop.verdict ?? '',
    };
  if (hop.place === 'kernel') return kernelLabel(hop, words);
  return { name: proxyFinding(hop) ?? words.t(`place.${hop.place}`), verdict: hop.verdict ?? '' };
}

export function sentenceOf(words: Words, hop: Hop): string {
  if (words.knows(hop.event.code)) return words.say(hop.event);
  const { name, verdict } = rowLabel(hop, words);
  return [name, verdict].filter((part) => part !== '').join(': ');
}
