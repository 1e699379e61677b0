// The fragment of the address, else the draft of the last visit -> what the page opens on. Else it is the first sample.
// What reads links and holds the gallery is only loaded when it is needed.
import type { Simulation } from '../../engine/trace/simulation.ts';
import type { Message } from '../../engine/trace/trace.ts';
import { redirect127006 as firstSample } from '../../samples/redirect-127-0-0-6/sample.ts';
import type { Draft } from '../../session/draft.ts';
import type { Version } from '../../session/history.ts';
import type { LinkReader } from './link-reader.ts';

export interface Opening {
  readonly first: Version;
  /** Why the link could not be opened; then the page opens on the first sample. */
  readonly damage: Message | null;
}

const FIRST: Version = { scenario: firstSample.scenario, origin: firstSample };

async function ofSample(id: string): Promise<Version | null> {
  if (id === firstSample.id) return FIRST;
  const { sampleOf } = await import('../../samples/samples.ts');
  const sample = sampleOf(id);
  return sample ? { scenario: sample.scenario, origin: sample } : null;
}

/** What a link names; null when the fragment names nothing. */
export async function openingOf(fragment: string, read: LinkReader): Promise<Opening | null> {
  if (fragment.length < 2) return null;
  const opened = await read(fragment);
  switch (opened.kind) {
    case 'scenario':
      return { first: { scenario: opened.scenario, origin: null }, damage: null };
    case 'none':
      return null;
    case 'sample': {
      const first = await ofSample(opened.id);
      const damage = { code: 'permalink.unknown-sample', parameters: { id: opened.id } };
      return first ? { first, damage: null } : { first: FIRST, damage };
    }
    case 'damaged':
      return { first: FIRST, damage: { code: opened.code, parameters: opened.parameters } };
  }
}

/** What the page opens on without a link. */
export async function openingWithout(draft: Draft | null): Promise<Version> {
  return draft ? versionOf(draft) : FIRST;
}

/** The answer to what the page opens on, where the build knows it: that of the first sample. */
export async function knownAnswer({ scenario }: Version): Promise<Simulation | null> {
  if (scenario !== firstSample.scenario) return null;
  return (await import('virtual:first-answer')).firstSimulation;
}

export async function versionOf({ scenario, origin }: Draft): Promise<Version> {
  return { scenario, origin: origin === null ? null : ((await ofSample(origin))?.origin ?? null) };
}
