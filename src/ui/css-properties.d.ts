// Custom properties may be set in `style`, for style sheets to read.
import type {} from 'react';

declare module 'react' {
  interface CSSProperties {
    readonly [name: `--${string}`]: string | number | undefined;
  }
}
