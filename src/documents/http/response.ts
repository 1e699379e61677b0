// What `curl` printed: a status line, headers, and the body of httpbin's /ip, /get, /headers and the like.
import type { Span } from '../../base/source.ts';

export interface PrintedResponse {
  /** Null when only the body was printed. */
  readonly status: number | null;
  /** Of the response itself, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The address the server says the request came from: httpbin's `origin`, one or several joined by commas. */
  readonly origin: { readonly text: string; readonly span: Span } | null;
  /** Of the request, as the server got them, in lower case; null when the body does not echo them. */
  readonly requestHeaders: Readonly<Record<string, string>> | null;
  readonly span: Span;
}
