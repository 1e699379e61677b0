// A command line in a terminal session: what printed the text below it. `$ kubectl …`, `root@node:~# iptables -t nat -S`.
import type { Family } from '../base/ip.ts';
import type { Span } from '../base/source.ts';
import { isToolCommand } from './tools.ts';

/**
 * Prompts that nothing but a terminal prints: `$ `, `user@host:dir# `, `[user@host dir]$ `, `bash-5.1# `, `/ # `,
 * `➜  dir git:(main) ✗ `, `❯ `, `PS C:\\> `. `# `, `> ` and `% ` alone may as well begin a comment or a quotation.
 */
const PROMPT =
  /^\s*(?:\([\w.-]+\)\s*)?(?:\$\s+|[\w.-]+@[\p{L}\w.-]+(?::[^\s$#%>]*|\s+[^\s$#%>]+)?\s?[$#%>]\s*|[\w.-]+:[~/][^\s$#]*\s?[$#]\s+|\[[^\]\s]+@[^\]]*\]\s?[$#]\s*|(?:ba|z|k|a)?sh(?:-[\d.]+)?[$#]\s+|[~/][\w./~-]*\s[$#]\s+|➜\s+(?:(?!(?:kubectl|k|istioctl|curl|docker|iptables|ip|nsenter)\s)[\w.~/-]+\s+(?:git:\([^)]*\)\s+)?[✗✘±]?\s*(?=[a-z]))?|[❯λ→]\s+|PS(?:\s[A-Z]:[^>]*)?>\s*|[A-Z]:\\[^>]*>\s*)/u;
const MARKER = /^\s*(?:[#>%+]\s+)?/;

const WIDE_WORD = /^\S*[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]/;

export interface Command {
  readonly text: string;
  readonly span: Span;
  /** What stood before it; null when only its words tell that it is a command. */
  readonly prompt: string | null;
}

function behind(prompt: string, line: string, span: Span): Omit<Command, 'prompt'> {
  const text = line.slice(prompt.length).trimEnd();
  const from = span.from + prompt.length;
  return { text, span: { from, to: from + text.length } };
}

/** The command at a prompt; null when the line has no prompt, or none of its words is a command. */
export function commandAtPrompt(line: string, span: Span): Command | null {
  const prompt = PROMPT.exec(line)?.[0];
  if (prompt === undefined) return null;
  const command = behind(prompt, line, span);
  const isCommand = /^[\w./("'~$!{-]/.test(command.text) && !/^\d/.test(command.text);
  return isCommand && !WIDE_WORD.test(command.text) ? { ...command, prompt: prompt.trim() } : null;
}

/** The command that a line holds, its prompt left out; null when the line is no command. */
export function commandOf(line: string, span: Span): Command | null {
  if (PROMPT.test(line)) return commandAtPrompt(line, span);
  const command = behind(MARKER.exec(line)?.[0] ?? '', line, span);
  return isToolCommand(command.text) && !WIDE_WORD.test(command.text) ? { ...command, prompt: null } : null;
}

const MENTION = /`([^`]+)`[^`]*[:：]\s*$/;

/** The command that a sentence announces the output of: ``Run `ip rule`:``. */
export function announcedCommand(line: string, span: Span): Command | null {
  const found = MENTION.exec(line);
  const text = found?.[1] ?? '';
  if (!found || !isToolCommand(text)) return null;
  const from = span.from + found.index + 1;
  return { text, span: { from, to: from + text.length }, prompt: null };
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

/** The namespace that a command names with -n, or in `pod.namespace` as istioctl takes it; null when it names none. */
export function namespaceOf(command: Command | null): string | null {
  return command ? (/\s(?:-n\s*|--namespace[= ])([a-z0-9][a-z0-9-]*)/.exec(command.text)?.[1] ?? null) : null;
}
