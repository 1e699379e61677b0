// `nft list ruleset` output, and nft command files (`add rule inet T C …`, `insert rule … index 0 …`) -> Ruleset.
// Notation: nft(8); nftables src/parser_bison.y. Flowtables and named counters are stepped over.
import { diagnostic, type Parsed } from '../../base/diagnostic.ts';
import { cover, type Source, type Span } from '../../base/source.ts';
import type { BaseChain, Ruleset } from '../iptables/ruleset.ts';
import type { Token } from '../iptables/tokens.ts';
import { Assembly, isChainType, isHook, isIpFamily, type OpenTable } from './assembly.ts';
import { bracedLength } from './elements.ts';
import { LINE_END, nftTokens } from './lexer.ts';

const PRIORITIES: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
};

const FAMILIES: ReadonlySet<string> = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

class NftReader {
  private readonly assembly = new Assembly();
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  read(): Parsed<Ruleset> {
    while (this.at < this.tokens.length) {
      const start = this.at;
      if (this.word() === LINE_END || this.word() === 'nft') this.at += 1;
      else if (!this.statement()) this.unread(start);
    }
    return this.assembly.finish();
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
    this.assembly.diagnostics.push(diagnostic('error', 'rules.line', this.spanFrom(start)));
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
    if (object === 'set' || object === 'map' || object === 'element') return this.addSet();
    this.skipStatement();
    return /^(?:flowtable|counter|quota|limit)$/.test(object);
  }

  /** `[FAMILY] NAME`; null for families that IP packets of a host do not meet. */
  private tableName(): OpenTable | null {
    const family = FAMILIES.has(this.word()) ? this.next() : 'ip';
    const name = this.next();
    return isIpFamily(family) ? this.assembly.table(family, name) : null;
  }

  private remove(object: string): boolean {
    if (object === 'ruleset') this.assembly.clear();
    else {
      const table = this.tableName();
      if (table && (object === 'chain' || object === 'table'))
        this.assembly.flush(table, object === 'chain' ? this.word() : null);
    }
    this.skipStatement();
    return true;
  }

  private addTable(): boolean {
    const table = this.tableName();
    if (this.word() !== '{') this.skipStatement();
    else if (table) this.tableBody(table);
    else this.skipBlock();
    return true;
  }

  /** `add element inet T NAME { … }`, `add set inet T NAME { type …; elements = { … }; }`. */
  private addSet(): boolean {
    const table = this.tableName();
    const name = this.next();
    if (table) table.sets.declare(name, elementWords(this.statementWords()));
    else this.skipStatement();
    return true;
  }

  private addChain(start: number): boolean {
    const table = this.tableName();
    const name = this.next();
    if (!table) this.skipStatement();
    else if (this.word() === '{') this.chainBody(table, name, start);
    else table.builder.declareChain(name, null, this.spanFrom(start));
    return true;
  }

  private addRule(verb: string, start: number): boolean {
    const table = this.tableName();
    const chain = this.next();
    let index: number | null = null;
    if (this.word() === 'index' || this.word() === 'position' || this.word() === 'handle') {
      const counted = this.next() === 'index';
      const value = Number(this.next());
      if (counted) index = value;
    }
    const words = this.ruleWords();
    const position = verb === 'insert' ? (index ?? 0) : index && index + 1;
    if (table) this.assembly.addRule(table, chain, words, this.spanFrom(start), position);
    return true;
  }

  private tableBlock(): boolean {
    this.at += 1;
    return this.addTable();
  }

  private tableBody(table: OpenTable): void {
    this.at += 1;
    while (this.at < this.tokens.length && this.word() !== '}') {
      const start = this.at;
      if (this.word() === LINE_END) this.at += 1;
      else if (this.word() === 'chain') {
        this.at += 1;
        const name = this.next();
        this.chainBody(table, name, start);
      } else if (this.word() === 'set' || this.word() === 'map') {
        this.at += 1;
        const name = this.next();
        table.sets.declare(name, elementWords(this.statementWords()));
      } else this.skipStatement();
    }
    this.at += 1;
  }

  private chainBody(table: OpenTable, name: string, start: number): void {
    const header = this.spanFrom(start);
    table.builder.declareChain(name, null, header);
    this.at += 1;
    let base: BaseChain | null = null;
    while (this.at < this.tokens.length && this.word() !== '}') base = this.chainLine(table, name, base);
    this.at += 1;
    table.builder.declareChain(name, base, header);
  }

  /** One line of a chain: its hook, its policy, or a rule. Returns what is known of the hook behind it. */
  private chainLine(table: OpenTable, name: string, base: BaseChain | null): BaseChain | null {
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
        this.assembly.addRule(table, name, this.ruleWords(), this.spanFrom(start), null);
        return base;
    }
  }

  /** `type nat hook prerouting priority dstnat + 5` */
  private readBase(words: readonly Token[]): BaseChain | null {
    const text = (offset: number) => words[offset]?.text ?? '';
    const after = (word: string) => words.findIndex((token) => token.text === word) + 1;
    const [type, hook] = [text(1), text(after('hook'))];
    if (!isChainType(type) || !isHook(hook)) return null;
    const at = after('priority');
    const named = Object.hasOwn(PRIORITIES, text(at)) ? (PRIORITIES[text(at)] ?? 0) : Number(text(at));
    const sign = text(at + 1) === '-' ? -1 : 1;
    const shift = /^[+-]$/.test(text(at + 1)) ? sign * Number(text(at + 2)) : 0;
    return { type, hook, priority: named + shift, policy: 'accept' };
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

/** The words between the braces of a set's elements; of `elements = { … }` when the words are a declaration. */
function elementWords(words: readonly Token[]): readonly Token[] {
  const named = words.findIndex(({ text }) => text === 'elements');
  const open = words.findIndex(({ text }, i) => i > named && text === '{');
  if (open < 0 || (named < 0 && words.some(({ text }) => text === 'type' || text === 'typeof'))) return [];
  return words.slice(open + 1, open + bracedLength(words, open) - 1);
}

/** Reads all tables of the span that IP packets meet. Never throws; a rule that is not understood stays, undecided. */
export function parseNft(source: Source, span: Span): Parsed<Ruleset> {
  return new NftReader(nftTokens(source, span)).read();
}
