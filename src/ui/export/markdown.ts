// Trace -> a report in Markdown, fit for a GitHub issue: the answer, the hops as a table, the proof, the findings.
import type { Evidence, Hop, Trace } from '../../engine/trace/trace.ts';
import { decidingHop } from '../../graph/answer.ts';
import type { Words } from '../../i18n/words.ts';
import { rowLabel, sentenceOf } from '../sentence.ts';

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** A fence longer than any run of backticks inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function rowOf(hop: Hop, words: Words): string {
  const cells = [
    String(hop.n),
    hop.step === null ? '' : String(hop.step),
    hop.pod ?? '',
    `\`${rowLabel(hop, words).name}\``,
    sentenceOf(words, hop),
    `\`${hop.after.src}\` → \`${hop.after.dst}\``,
    words.t(`basis.${hop.basis}`),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function proofOf({ pod, line, text, supplied }: Evidence, words: Words): string {
  const where = supplied
    ? words.t('report.supplied')
    : [pod, words.t('proof.at', { line })].filter(Boolean).join(', ');
  return `${where}\n\n${fenced(text)}`;
}

/** `answer` is the sentence on top of the page. */
export function markdownOf(answer: string, trace: Trace, words: Words): string {
  const { t, say } = words;
  const hop = decidingHop(trace);
  const { lap } = trace;
  const proof = hop
    ? [
        `**${t('inspector.proof')}** – ${sentenceOf(words, hop)}`,
        ...hop.evidence.map((each) => proofOf(each, words)),
      ]
    : [];
  const head = ['n', 'step', 'pod', 'place', 'what', 'addresses', 'basis'] as const;
  const table = [
    `| ${head.map((name) => t(`report.${name}`)).join(' | ')} |`,
    `|${head.map(() => ' --- ').join('|')}|`,
    ...trace.hops.map((each) => rowOf(each, words)),
  ];
  const findings = trace.findings.map((finding) => `- ${t(`severity.${finding.severity}`)} ${say(finding)}`);
  return [
    `## ${answer}`,
    ...proof,
    ...(lap ? [`↻ ${t('lap.hops', { from: lap.from, to: lap.to })}`] : []),
    `<details><summary>${t('report.hops', { count: trace.hops.length })}</summary>`,
    table.join('\n'),
    '</details>',
    ...(findings.length > 0 ? [`### ${t('side.findings')}`, findings.join('\n')] : []),
    `_${t('report.made')}_`,
    '',
  ].join('\n\n');
}
