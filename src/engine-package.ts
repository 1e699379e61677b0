// The engine for other programs: what `npm run build:engine` builds. No DOM, no network, no clock.
export { anonymise, type Anonymised } from './masking/anonymise.ts';
export { parseDocuments } from './documents/parse.ts';
export type { Document } from './documents/document.ts';
export { readScenario, scenarioOfPaste, type Scenario } from './engine/scenario.ts';
export { printTrace } from './engine/trace/print.ts';
export { simulate } from './engine/trace/simulate.ts';
export type { Simulation } from './engine/trace/simulation.ts';
export type { Hop, SourceChange, Trace } from './engine/trace/trace.ts';
export { decodeFragment, encodeScenario, type Opened } from './permalink/fragment.ts';
