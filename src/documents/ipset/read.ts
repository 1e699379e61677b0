// `ipset save` and `ipset list` -> sets with their members. https://ipset.netfilter.org/ipset.man.html
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import type { ListedSet, SetEntry } from './ipset.ts';

const CREATE = /^\s*(?:ipset\s+)?(?:create|-N)\s+(\S+)\s+((?:hash|bitmap|list):\S+)(.*)$/;
const ADD = /^\s*(?:ipset\s+)?(?:add|-A)\s+(\S+)\s+(\S+)/;
const NAME = /^\s*Name: (\S+)\s*$/;
const FIELD =
  /^\s*(Type|Revision|Header|Size in memory|References|Number of entries|Members|Default):\s*(.*)$/;
const MEMBER =
  /^\s*([\d.a-f:/]+(?:-[\d.]+)?(?:,\S+)?|\S+)(?:\s+(?:timeout|packets|bytes|comment|nomatch)\b.*)?\s*$/;

export function startsSet(line: string): boolean {
  return CREATE.test(line) || NAME.test(line) || /^\s*ipset\s+add\s+\S+\s+\S/.test(line);
}

/** A test for the lines below, asked one after another: members stand below `Members:`, up to a blank line. */
export function setLines(): (line: string) => boolean {
  let members = false;
  return (line) => {
    if (CREATE.test(line) || ADD.test(line) || NAME.test(line)) return true;
    const field = FIELD.exec(line);
    if (field) members = field[1] === 'Members';
    else if (line.trim() === '') members = false;
    return field !== null || line.trim() === '' || (members && MEMBER.test(line));
  };
}

interface Building {
  readonly name: string;
  type: string;
  family: 4 | 6;
  readonly entries: SetEntry[];
  complete: boolean;
  readonly span: Span;
}

function opened(name: string, type: string, options: string, span: Span): Building {
  return { name, type, family: /\bfamily inet6\b/.test(options) ? 6 : 4, entries: [], complete: true, span };
}

/** Null when no set could be read. */
export function readSets(source: Source, within: Span): ListedSet[] | null {
  const sets = new Map<string, Building>();
  let listed: Building | null = null;
  for (const line of linesOf(source, within)) {
    const text = textAt(source, line);
    const create = CREATE.exec(text);
    const add = ADD.exec(text);
    const name = NAME.exec(text)?.[1];
    const field = FIELD.exec(text);
    if (create) sets.set(create[1] ?? '', opened(create[1] ?? '', create[2] ?? '', create[3] ?? '', line));
    else if (add) sets.get(add[1] ?? '')?.entries.push(entryOf(add[2] ?? '', text, line));
    else if (name !== undefined) sets.set(name, (listed = opened(name, '', '', line)));
    else if (listed && field) readField(listed, field[1] ?? '', field[2] ?? '');
    else if (listed && /^\s*(?:\.{3}|…)/.test(text)) listed.complete = false;
    else if (listed && text.trim() !== '')
      listed.entries.push(entryOf(text.trim().split(/\s/, 1)[0] ?? '', text, line));
  }
  return sets.size > 0 ? [...sets.values()] : null;
}

function entryOf(text: string, line: string, span: Span): SetEntry {
  return /\snomatch\b/.test(line) ? { text, nomatch: true, span } : { text, span };
}

function readField(set: Building, name: string, value: string): void {
  if (name === 'Type') set.type = value;
  if (name === 'Header' && /\bfamily inet6\b/.test(value)) set.family = 6;
}
