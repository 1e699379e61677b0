// What vite.config.ts builds in: `public/conformance.json`, as the last conformance run wrote it.
declare const CONFORMANCE: {
  readonly kernel: string;
  readonly date: string;
  readonly rulesets: number;
  readonly packets: number;
  readonly equal: number;
  readonly different: number;
};
