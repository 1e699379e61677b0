// Rules or configuration that were not pasted -> a text in their place, read by the same parsers as a paste.
import type { Source } from '../../base/source.ts';
import { parseDocuments } from '../../documents/parse.ts';
import type { Paste } from './evidence.ts';

/** `name` is what its evidence calls it. */
export function suppliedPaste(pod: string | null, name: string, text: string): Paste {
  const source: Source = { name, text };
  const documents = parseDocuments(source);
  return { pod, source, documents, all: documents, attachment: null, supplied: name };
}
