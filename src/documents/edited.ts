// A paste that was read, and its text with some rules of an iptables-save replaced -> what reading that anew would give.
// Only what the edit touches is read; null where it may touch more.
import { editBetween, type Edit } from '../base/edit.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { readable } from '../base/reading.ts';
import type { Source, Span } from '../base/source.ts';
import { speaksOfFormats } from './accesslog/pasted-format.ts';
import type { Document } from './document.ts';
import { areRules, editedSave, movedBy, type Move } from './iptables/edited-save.ts';
import { isPlainSave } from './iptables/save.ts';
import type { ParsedPaste } from './parse.ts';

/** More characters than that are no line or two: they are read anew with the rest. */
const LARGE = 100_000;

export interface ReadText extends ParsedPaste {
  /** The text that was read: what a person pasted, without what copying left in it. */
  readonly source: Source;
}

/** What `text` reads as, which stands where `known` was read. */
export function editedText(known: ReadText, text: string): ReadText | null {
  const { source: was, documents, commands } = known;
  const edit = was.original ? null : editBetween(was.text, text);
  if (!edit || !isOfRules(was.text, text, edit)) return null;
  const place = documents.findIndex(({ span }) => span.from < edit.from && edit.to < span.to);
  const edited = documents[place];
  if (edited?.kind !== 'iptables-save' || edited.content.kind !== 'ruleset') return null;
  if (edited.diagnostics.some(({ span }) => span.from < edit.to && edit.from <= span.to)) return null;
  if (!documents.slice(place + 1).every((document) => hasNoPlaces(document) || edit.to === edit.end))
    return null;
  const source = { name: was.name, text };
  const ruleset = editedSave(edited.content.ruleset, was, source, edit);
  if (!ruleset) return null;
  const move = movedBy(edit);
  return {
    source,
    documents: documents.map((document, i) => {
      if (i < place) return document;
      const read = i > place ? document : { ...document, content: { kind: 'ruleset' as const, ruleset } };
      return movedDocument(read, move);
    }),
    commands: commands.map((command) => ({ ...command, span: move(command.span) })),
  };
}

/** Whether the edited lines stand among rules, are rules, and neither copying nor a format left anything in them. */
function isOfRules(before: string, after: string, { from, to, end }: Edit): boolean {
  if (Math.max(to, end) - from > LARGE) return false;
  const [old, fresh] = [before.slice(from, to), after.slice(from, end)];
  const above = before.lastIndexOf('\n', from - 2) + 1;
  const among = isPlainSave(before, above) && (isPlainSave(before, to) || before.startsWith('COMMIT', to));
  if (!among || !areRules(old) || !areRules(fresh) || speaksOfFormats(old + fresh)) return false;
  const source = { name: '', text: old + fresh };
  return readable(source) === source;
}

/** Whether what was read of it tells no places. */
function hasNoPlaces({ content }: Document): boolean {
  return content.kind === 'prose' || content.kind === 'output';
}

function movedDocument(document: Document, move: Move): Document {
  const { span, command, diagnostics } = document;
  return {
    ...document,
    span: move(span),
    command: command && move(command),
    diagnostics: diagnostics.map((each) => movedDiagnostic(each, move)),
  };
}

function movedDiagnostic(found: Diagnostic, move: Move): Diagnostic {
  const placed = <T extends { readonly span: Span }>(each: T): T => ({ ...each, span: move(each.span) });
  return { ...placed(found), notes: found.notes.map(placed) };
}
