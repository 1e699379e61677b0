// `nft list ruleset` output, and nft command files (`add rule inet T C …`, `insert rule … index 0 …`) -> Ruleset.
// Notation: nft(8); nftables src/parser_bison.y. Sets, maps and flowtables are stepped over.
import { diagnostic, type Diagnostic, type Parsed } from '../../base/diagnostic.ts';
import { cover, type Source, type Span } from '../../base/source.ts';
import { missingChains, TableBuilder } from '../iptables/builder.ts';
import type { BaseChain, ChainType, Hook, Ruleset, TableFamily } from '../iptables/ruleset.ts';
import type { Token } from '../iptables/tokens.ts';
import { LINE_END, nftTokens } from './lexer.ts';
import { readNftRule } from './rule.ts';

const TABLE_LINE = /^\s*table\s+(?:(?:ip|ip6|inet|arp|bridge|netdev)\s+)?\S+\s*\{/;
const COMMAND_LINE =
  /^\s*(?:nft\s+)?(?:add|insert|create|flush|delete)\s+(?:table|chain|rule|ruleset|set|map|element)\b/;

/** Whether a line can open such a document: `table inet filter {`, `add table inet filter`. */
export function startsNft(line: string): boolean {
  return TABLE_LINE.test(line) || COMMAND_LINE.test(line) || /^#!.*\bnft\b/.test(line);
}

/** Whether a line can stand inside such a document when the lines before leave `depth` braces open. */
export function isNftLine(line: string, depth: number): boolean {
  return depth > 0 || line.trim() === '' || /^\s*#/.test(line) || startsNft(line);
}

const PRIORITIES: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
};

const HOOKS: ReadonlySet<string> = new Set<Hook>(['prerouting', 'input', 'forward', 'output', 'postrouting']);
const TYPES: ReadonlySet<string> = new Set<ChainType>(['filter', 'nat', 'route']);
const FAMILIES: ReadonlySet<string> = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

function isHook(text: string): text is Hook {
  return HOOKS.has(text);
}

function isType(text: string): text is ChainType {
  return TYPES.has(text);
}

class NftReader {
  readonly diagnostics: Diagnostic[] = [];
  private readonly tables = new Map<string, TableBuilder>();
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  read(): Ruleset {
    while (this.at < this.tokens.length) {
      const start = this.at;
      if (this.word() === LINE_END || this.word() === 'nft') this.at += 1;
      else if (!this.statement()) this.unread(start);
    }
    const tables = [...this.tables.values()].map((table) => table.build());
    for (const table of tables) this.diagnostics.push(...missingChains(table));
    return { tables };
  }

  private word(offset = 0): string {
    return this.tokens[this.at + offset]?.text ?? '';
  }

  private next(): string {
    const text = this.word();
    if (this.at < this.tokens.length) this.at += 1;
    return text;
  }

  private spanFrom(start: number): Span {
    const first = this.tokens[start]?.span ?? { from: 0, to: 0 };
    return cover(first, this.tokens[Math.max(start, this.at - 1)]?.span ?? first);
  }

  private unread(start: number): void {
    this.skipStatement();
    if (this.at === start) this.at += 1;
    this.diagnostics.push(diagnostic('error', 'rules.line', this.spanFrom(start)));
  }

  private statement(): boolean {
    const start = this.at;
    const verb = this.word();
    if (verb === 'table') return this.tableBlock();
    if (!/^(?:add|insert|create|flush|delete)$/.test(verb)) return false;
    this.at += 1;
    const object = this.next();
    if (verb === 'flush' || verb === 'delete') return this.remove(object);
    if (object === 'table') return this.addTable();
    if (object === 'chain') return this.addChain(start);
    if (object === 'rule') return this.addRule(verb, start);
    this.skipStatement();
    return /^(?:set|map|element|flowtable|counter|quota|limit)$/.test(object);
  }

  /** `[FAMILY] NAME`; undefined for families that IP packets of a host do not meet. */
  private tableName(): { family: TableFamily; name: string } | null {
    const family = FAMILIES.has(this.word()) ? this.next() : 'ip';
    const name = this.next();
    return family === 'ip' || family === 'ip6' || family === 'inet' ? { family, name } : null;
  }

  private table(family: TableFamily, name: string): TableBuilder {
    const key = `${family} ${name}`;
    const known = this.tables.get(key) ?? new TableBuilder(family, name);
    this.tables.set(key, known);
    return known;
  }

  private remove(object: string): boolean {
    if (object === 'ruleset') this.tables.clear();
    else {
      const named = this.tableName();
      const table = named && this.tables.get(`${named.family} ${named.name}`);
      if (table) table.flush(object === 'chain' ? this.word() : null);
    }
    this.skipStatement();
    return true;
  }

  private addTable(): boolean {
    const named = this.tableName();
    if (named) this.table(named.family, named.name);
    if (this.word() !== '{') this.skipStatement();
    else if (named) this.tableBody(this.table(named.family, named.name));
    else this.skipBlock();
    return true;
  }

  private addChain(start: number): boolean {
    const named = this.tableName();
    const name = this.next();
    if (!named) this.skipStatement();
    else if (this.word() === '{') this.chainBody(this.table(named.family, named.name), name, start);
    else this.table(named.family, named.name).declareChain(name, null, this.spanFrom(start));
    return true;
  }

  private addRule(verb: string, start: number): boolean {
    const named = this.tableName();
    const chain = this.next();
    let index: number | null = null;
    if (this.word() === 'index' || this.word() === 'position' || this.word() === 'handle') {
      const counted = this.next() === 'index';
      const value = Number(this.next());
      if (counted) index = value;
    }
    const words = this.ruleWords();
    if (!named) return true;
    const table = this.table(named.family, named.name);
    this.keepRule(
      table,
      chain,
      words,
      this.spanFrom(start),
      verb === 'insert' ? (index ?? 0) : index && index + 1,
    );
    return true;
  }

  private tableBlock(): boolean {
    this.at += 1;
    const named = this.tableName();
    if (this.word() !== '{') {
      this.skipStatement();
      return true;
    }
    if (named) this.tableBody(this.table(named.family, named.name));
    else this.skipBlock();
    return true;
  }

  private tableBody(table: TableBuilder): void {
    this.at += 1;
    while (this.at < this.tokens.length && this.word() !== '}') {
      const start = this.at;
      if (this.word() === LINE_END) this.at += 1;
      else if (this.word() === 'chain') {
        this.at += 1;
        const name = this.next();
        this.chainBody(table, name, start);
      } else this.skipStatement();
    }
    this.at += 1;
  }

  private chainBody(table: TableBuilder, name: string, start: number): void {
    const header = this.spanFrom(start);
    table.declareChain(name, null, header);
    this.at += 1;
    let base: BaseChain | null = null;
    while (this.at < this.tokens.length && this.word() !== '}') base = this.chainLine(table, name, base);
    this.at += 1;
    table.declareChain(name, base, header);
  }

  /** One line of a chain: its hook, its policy, or a rule. Returns what is known of the hook behind it. */
  private chainLine(table: TableBuilder, name: string, base: BaseChain | null): BaseChain | null {
    const start = this.at;
    switch (this.word()) {
      case LINE_END:
        this.at += 1;
        return base;
      case 'type':
        return this.readBase(this.statementWords());
      case 'policy': {
        const [, policy] = this.statementWords();
        return base && { ...base, policy: policy?.text === 'drop' ? 'drop' : 'accept' };
      }
      case 'comment':
        this.skipStatement();
        return base;
      default:
        this.keepRule(table, name, this.ruleWords(), this.spanFrom(start), null);
        return base;
    }
  }

  /** `type nat hook prerouting priority dstnat + 5` */
  private readBase(words: readonly Token[]): BaseChain | null {
    const text = (offset: number) => words[offset]?.text ?? '';
    const after = (word: string) => words.findIndex((token) => token.text === word) + 1;
    const [type, hook] = [text(1), text(after('hook'))];
    if (!isType(type) || !isHook(hook)) return null;
    const at = after('priority');
    const named = Object.hasOwn(PRIORITIES, text(at)) ? (PRIORITIES[text(at)] ?? 0) : Number(text(at));
    const sign = text(at + 1) === '-' ? -1 : 1;
    const shift = /^[+-]$/.test(text(at + 1)) ? sign * Number(text(at + 2)) : 0;
    return { type, hook, priority: named + shift, policy: 'accept' };
  }

  /** `position` counts from 0; null is the end of the chain. */
  private keepRule(
    table: TableBuilder,
    chain: string,
    words: readonly Token[],
    span: Span,
    position: number | null,
  ): void {
    const body = readNftRule(words, table.family);
    this.diagnostics.push(...body.diagnostics);
    const { matches, targets, counters } = body;
    const rule = { matches, targets, counters, span };
    if (position === null) table.append(chain, rule);
    else table.insert(chain, position + 1, rule);
  }

  /** The words up to the line's end; sets in braces may hold line ends. */
  private ruleWords(): Token[] {
    const words: Token[] = [];
    let depth = 0;
    while (this.at < this.tokens.length) {
      const text = this.word();
      if (depth === 0 && (text === LINE_END || text === '}')) break;
      if (text === '{') depth += 1;
      if (text === '}') depth -= 1;
      const token = this.tokens[this.at];
      if (token && text !== LINE_END) words.push(token);
      this.at += 1;
    }
    return words;
  }

  private statementWords(): Token[] {
    const words = this.ruleWords();
    if (this.word() === LINE_END) this.at += 1;
    return words;
  }

  private skipStatement(): void {
    this.statementWords();
  }

  private skipBlock(): void {
    this.ruleWords();
  }
}

/** Reads all tables of the span that IP packets meet. Never throws; a rule that is not understood stays, undecided. */
export function parseNft(source: Source, span: Span): Parsed<Ruleset> {
  const reader = new NftReader(nftTokens(source, span));
  const value = reader.read();
  return { value, diagnostics: reader.diagnostics };
}
