// URI templates of path_match_policy: `/a/{name}/*`, `/a/{name=**}.js`. Turned into a path pattern.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/path/match/uri_template/v3/uri_template_match.proto
import { fullMatch, groupsOf } from './regex.ts';

const SEGMENT = "[A-Za-z0-9._~!$&'()*+,;:@=%-]+";
const REST = "[A-Za-z0-9._~!$&'()*+,;:@=%/-]*";

function quoted(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** `*` is one segment, `**` zero or more; a variable is one segment unless it says otherwise, and a group. */
function patternOf(template: string): string {
  return template.replace(
    /\{\w+(?:=([^{}]*))?\}|\*\*|\*|[^{}*]+|[{}]/g,
    (part: string, inner: string | undefined) => {
      if (part === '**') return REST;
      if (part === '*') return SEGMENT;
      if (part.startsWith('{') && part.endsWith('}')) return `(${patternOf(inner ?? '*')})`;
      return quoted(part);
    },
  );
}

/** Whether the path, without its query, fits the template. */
export function matchTemplate(template: string, path: string): boolean {
  return fullMatch(patternOf(template), path) ?? false;
}

/** `rewrite` with what the template's variables stand for in the path; null when the path does not fit. */
export function fillTemplate(template: string, path: string, rewrite: string): string | null {
  const values = groupsOf(patternOf(template), path);
  const names = [...template.matchAll(/\{(\w+)/g)].map(([, name]) => name);
  return values && rewrite.replace(/\{(\w+)\}/g, (_, name: string) => values[names.indexOf(name)] ?? '');
}
