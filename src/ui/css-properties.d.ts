// Custom properties may be set in `style`, for style sheets to read.
export type { CSSProperties } from 'react';

declare module 'react' {
  interface CSSProperties {
    readonly [name: `--${string}`]: string | number | undefined;
  }
}
