// What scripts/first-screen.mjs supplies: the answer to the first sample, from the engine that was built along; null while
// developing, where the engine may have changed since.
declare module 'virtual:first-answer' {
  export const firstSimulation: import('./engine/trace/simulation.ts').Simulation | null;
}
