// What is mutated: texts of every kind of document, from the gallery, from the recordings that tests use, and a few of
// its own for kinds that neither holds.
import { readable } from '../base/reading.ts';
import { textAt } from '../base/source.ts';
import type { DocumentKind } from '../documents/document.ts';
import { parseDocuments } from '../documents/parse.ts';
import { samples } from '../samples/samples.ts';
import { pick, type Random } from './random.ts';

const RECORDED: Readonly<Record<string, string>> = import.meta.glob(
  [
    './seeds/*.txt',
    '../documents/*/fixtures/*.txt',
    '../engine/trace/fixtures/*.{txt,md}',
    '../engine/trace/observed/captures/*.txt',
    '../engine/netfilter/conformance/rulesets/*.rules',
  ],
  { query: '?raw', import: 'default', eager: true },
);

/** UTF-16 units of a document that are mutated at a time. */
const PIECE = 900;

function seedsOf(pastes: readonly string[]): ReadonlyMap<DocumentKind, readonly string[]> {
  const seeds = new Map<DocumentKind, string[]>();
  for (const paste of pastes) {
    const source = readable({ name: '', text: paste });
    for (const { kind, span } of parseDocuments(source))
      seeds.set(kind, [...(seeds.get(kind) ?? []), textAt(source, span)]);
  }
  return seeds;
}

const PASTES = [
  ...samples.flatMap(({ scenario }) => scenario.pods.map(({ paste }) => paste)),
  ...Object.values(RECORDED),
];

const SEEDS = seedsOf(PASTES);

export const SEED_KINDS: readonly DocumentKind[] = [...SEEDS.keys()];

/** The texts of one kind. */
export function seedsOfKind(kind: DocumentKind): readonly string[] {
  return SEEDS.get(kind) ?? [];
}

/** Some lines of a document; one in three begins or ends inside a line. */
function pieceOf(text: string, random: Random): string {
  const at = random(2) === 0 ? 0 : random(Math.max(1, text.length - PIECE));
  const start = random(3) === 0 ? at : text.lastIndexOf('\n', at) + 1;
  return text.slice(start, start + random(PIECE) + 20);
}

/** A piece of some document; every kind has the same chance. */
export function documentPiece(random: Random): { readonly kind: DocumentKind; readonly text: string } {
  const kind = pick(random, SEED_KINDS);
  return { kind, text: pieceOf(pick(random, seedsOfKind(kind)), random) };
}

/** A piece of a whole paste: several documents, commands and prose. */
export function pastePiece(random: Random): string {
  return pieceOf(pick(random, PASTES), random);
}
