// What scripts/first-screen.mjs supplies, of the engine and the screen that were built along; null while developing, where
// they may have changed since.
declare module 'virtual:first-answer' {
  export const firstSimulation: import('./engine/trace/simulation.ts').Simulation | null;
}

declare module 'virtual:first-screen/zh' {
  export const html: string;
}

declare module 'virtual:first-words/*' {
  export const tables: import('./i18n/words.ts').Language | null;
}
