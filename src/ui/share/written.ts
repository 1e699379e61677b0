// A shared copy -> texts to send: Markdown with the answer, a page that needs no program, the scenario as JSON.
import type { Trace } from '../../engine/trace/trace.ts';
import { decidingChange } from '../../graph/answer.ts';
import { firstSourceOf } from '../../graph/sources.ts';
import type { Words } from '../../i18n/words.ts';
import type { SharedCopy } from '../../permalink/shared-copy.ts';
import { embedded } from '../../session/library.ts';
import { sentenceOf } from '../sentence.ts';

/** The answer of the copy, under its own names. */
export function answerOf(trace: Trace, { t }: Words): string {
  const seen = trace.app.remoteAddress;
  const change = decidingChange(trace);
  if (trace.outcome !== 'delivered' || seen === null) return t('share.ends', { outcome: trace.outcome });
  if (!change) return t('share.keeps', { seen });
  return t('share.sees', { seen, from: firstSourceOf(trace) ?? change.from, cause: change.cause });
}

export function markdownOf({ trace }: SharedCopy, link: string, words: Words): string {
  return `**${answerOf(trace, words)}**\n\n${words.t('share.open')} [Sidetrace](${link})\n`;
}

export function jsonOf({ scenario }: SharedCopy): string {
  return `${JSON.stringify(scenario, null, 2)}\n`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** A page where no script runs: the answer, every hop with its proof, what was pasted, the link, and the case as data. */
export function htmlOf({ trace, scenario }: SharedCopy, link: string, words: Words): string {
  const { t, locale } = words;
  const hops = trace.hops.map((hop) => {
    const proof = hop.evidence.map(({ line, text }) => `${line}: ${text}`).join('\n');
    return `<li><p>${escaped(sentenceOf(words, hop))}<br><code>${escaped(hop.after.src)} → ${escaped(hop.after.dst)}</code></p><pre>${escaped(proof)}</pre></li>`;
  });
  const pastes = scenario.pods.map(
    ({ name, paste }) => `<h3>${escaped(name)}</h3><pre>${escaped(paste)}</pre>`,
  );
  const answer = escaped(answerOf(trace, words).replaceAll('`', ''));
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${answer}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{overflow:auto;font-size:13px;border-left:3px solid;padding-left:.8rem}</style>
<h1>${answer}</h1>
<p>${escaped(t('share.open'))} <a href="${escaped(link)}">Sidetrace</a></p>
<h2>${escaped(t('share.hops'))}</h2>
<ol>${hops.join('\n')}</ol>
<h2>${escaped(t('share.pasted'))}</h2>
${pastes.join('\n')}
<p>${escaped(t('share.reopen'))}</p>
${embedded(scenario)}
</html>
`;
}
