import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readable } from '../../base/reading.ts';
import { pasted, positionAt, textAt, type Source } from '../../base/source.ts';
import type { Document } from '../../documents/document.ts';
import { parsePaste } from '../../documents/parse.ts';
import { attach, type Attachment } from '../mesh/session/attach.ts';
import { factsOf } from './document-facts.ts';

const FOLDER = 'src/engine/trace/fixtures';
const ARTICLES = readdirSync(FOLDER).filter((file) => !file.endsWith('.outline'));

function factsText(document: Document): string {
  return factsOf(document)
    .map(({ code, parameters }) => [code.replace('found.', ''), ...Object.values(parameters)].join(' '))
    .join(', ');
}

/** `first-last  kind  owner  what it holds  $ command`, then its problems. */
function lineFor(source: Source, { pods, unattached }: Attachment, document: Document): string {
  const { kind, span, command, diagnostics } = document;
  const owner = pods.find((pod) => pod.documents.includes(document))?.name;
  const place = `${positionAt(source, span.from).line}-${positionAt(source, span.to).line}`;
  const printed = command ? `  $ ${textAt(source, command).replace(/\s+/g, ' ')}` : '';
  const whose = owner ?? (unattached.includes(document) ? '?' : '-');
  const problems = diagnostics.map(
    ({ code, span: { from } }) => `  ${positionAt(source, from).line} ${code}`,
  );
  return [`${place}  ${kind}  ${whose}  ${factsText(document)}${printed}`, ...problems].join('\n');
}

function outline(file: string): string {
  const source = readable({ name: file, text: readFileSync(`${FOLDER}/${file}`, 'utf8') });
  const { documents, commands } = parsePaste(source);
  const attachment = attach(source, documents, commands);
  return `${documents.map((document) => lineFor(source, attachment, document)).join('\n')}\n`;
}

describe('articles, issues and sessions of many habits', () => {
  test.each(ARTICLES)(
    '%s: every block is what it is, prose is prose, each piece is its pod’s',
    async (file) => {
      await expect(outline(file)).toMatchFileSnapshot(`fixtures/${file}.outline`);
    },
  );
});

test.each(ARTICLES)('%s: spans are those of the paste itself, in order', (file) => {
  const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
  const source = readable({ name: file, text });
  let end = 0;
  for (const { span } of parsePaste(source).documents) {
    const own = pasted(source, span);
    expect(own.source.text).toBe(text);
    expect(own.span.from).toBeGreaterThanOrEqual(end);
    expect(own.span.to).toBeGreaterThan(own.span.from);
    end = own.span.to;
  }
  expect(end).toBeLessThanOrEqual(text.length);
});
