// https://encoding.spec.whatwg.org, which browsers and Node have alike, for the compilation without the DOM.
declare class TextEncoder {
  encodeInto(source: string, destination: Uint8Array): { readonly read: number; readonly written: number };
}
