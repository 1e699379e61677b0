// A line of the application's own log that names the peer it saw.
import type { Span } from '../../base/source.ts';
import type { Endpoint } from '../endpoint.ts';

export interface LoggedPeer {
  readonly peer: Endpoint;
  /** Null when the line does not speak of it; '' when it says there was none. */
  readonly xForwardedFor: string | null;
  readonly span: Span;
}
