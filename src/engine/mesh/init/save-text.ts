// Made rules -> the text that `iptables-save` prints of them.
import type { Family } from '../../../base/ip.ts';
import type { MadeRules, MadeTable } from './made-rules.ts';

const BUILTIN: Readonly<Record<MadeTable, readonly string[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

const TABLES: readonly MadeTable[] = ['raw', 'mangle', 'nat'];

/** The addresses that stand for the host itself and for the proxy's own connections to the application. */
export interface OwnAddresses {
  readonly host: string;
  readonly bind: string;
}

export function ownAddresses(family: Family, loopbackRange: string): OwnAddresses {
  return family === 4 ? { host: loopbackRange, bind: '127.0.0.6/32' } : { host: '::1/128', bind: '::6/128' };
}

/** A rule's words with one family's addresses. */
export function placed(words: string, own: OwnAddresses): string {
  return words.replaceAll('<host>', own.host).replaceAll('<bind>', own.bind);
}

/** The tables that hold a rule of the family. */
export function saveText(rules: MadeRules, family: Family, loopbackRange: string): string {
  const own = ownAddresses(family, loopbackRange);
  return TABLES.map((table) => tableText(rules, table, family, own)).join('');
}

function tableText(rules: MadeRules, table: MadeTable, family: Family, own: OwnAddresses): string {
  const builtin = BUILTIN[table];
  const made = rules.chainsOf(table);
  const names = [...builtin, ...[...made.keys()].filter((chain) => !builtin.includes(chain))];
  const chains = names.flatMap((chain) => {
    const seen = (made.get(chain) ?? []).filter((rule) => rule.family === null || rule.family === family);
    return seen.length > 0 ? [{ chain, lines: seen.map(({ words }) => placed(words, own)) }] : [];
  });
  if (chains.length === 0) return '';
  const lines = [
    `*${table}`,
    ...builtin.map((chain) => `:${chain} ACCEPT [0:0]`),
    ...chains.filter(({ chain }) => !builtin.includes(chain)).map(({ chain }) => `:${chain} - [0:0]`),
    ...chains.flatMap(({ chain, lines }) => lines.map((line) => `-A ${chain} ${line}`)),
    'COMMIT',
  ];
  return `${lines.join('\n')}\n`;
}
