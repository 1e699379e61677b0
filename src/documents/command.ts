// A command line in a terminal session: what printed the text below it. `$ kubectl …`, `root@node:~# iptables -t nat -S`.
import type { Family } from '../base/ip.ts';
import type { Span } from '../base/source.ts';

const TOOLS = [
  'kubectl',
  'istioctl',
  'nsenter',
  'docker',
  'crictl',
  'curl',
  'ssh',
  'cat',
  'sudo',
  'ip',
  'ss',
];
const NETFILTER = /^(?:sudo\s+)?(?:ip6?tables(?:-legacy|-nft)?(?:-save)?\b|nft\s+(?:-\S+\s+)*list\b)/;

/** A prompt: nothing, `$ `, `# `, `> `, `user@host:dir$ `, `[user@host dir]# `. */
const PROMPT = /^\s*(?:(?:\[[^\]]*\]|[\w.-]+@[\w.-]+(?::[^\s$#]*)?|[\w.-]*)[$#>%]\s+)?/;

export interface Command {
  readonly text: string;
  readonly span: Span;
}

/** The command that a line holds, its prompt left out; null when the line is no command. */
export function commandOf(line: string, span: Span): Command | null {
  const prompt = PROMPT.exec(line)?.[0].length ?? 0;
  const text = line.slice(prompt).trimEnd();
  const word = text.split(/\s/, 1)[0] ?? '';
  const prompted = prompt > 0 && line.slice(0, prompt).trim() === '$';
  if (!prompted && !TOOLS.includes(word) && !NETFILTER.test(text)) return null;
  return text === ''
    ? null
    : { text, span: { from: span.from + prompt, to: span.from + prompt + text.length } };
}

/** The table an iptables command names with -t; null when it names none. */
export function tableOf(command: Command | null): string | null {
  return command ? (/\s(?:-t\s*|--table[= ])([a-z]+)\b/.exec(command.text)?.[1] ?? null) : null;
}

/** Whether the command speaks of IPv6 rules. */
export function isIpv6Command(command: Command | null): boolean {
  return command !== null && /\bip6tables\b/.test(command.text);
}

/** The family that `ip -6` or `ip -4` asks for; null when the command does not say. */
export function familyOption(command: Command | null): Family | null {
  const flags = command ? /(?:^|\s)ip\s+((?:-\S+\s+)*)(?:ru|ro|r\b)/.exec(command.text)?.[1] : undefined;
  if (flags === undefined) return null;
  return /-(?:6|f(?:amily)?\s+inet6)\b/.test(flags) ? 6 : /-4\b/.test(flags) ? 4 : null;
}

/** The routing table of routes that an `ip route` command shows without naming it; null for other commands. */
export function routeTableOf(command: Command | null): string | null {
  if (!command || !/(?:^|\s)ip\s+(?:-\S+\s+)*r/.test(command.text)) return null;
  const table = /\s(?:table|tab|t)\s+(\S+)/.exec(command.text)?.[1] ?? 'main';
  return table === 'all' || table === '0' || table === 'unspec' ? 'main' : table;
}
