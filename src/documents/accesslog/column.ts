// The field of a column -> what it tells, for the table's heads: a code for a sentence in i18n.
import { KNOWN_FORMATS } from './known-formats.ts';
import { meaningOf } from './operators.ts';

/** `upstreamLocalAddress` -> `UPSTREAM_LOCAL_ADDRESS`. */
function operatorName(field: string): string {
  return field.replaceAll(/[A-Z]|\d+$/g, (part) => `_${part}`).toUpperCase();
}

/** What a field tells, by the operator that fills it; `operator.unknown` for a key of a format's own. */
export function meaningOfField(field: string): ReturnType<typeof meaningOf> {
  const [, name = field, argument = null] = /^(\w+)\((.*)\)$/.exec(field) ?? [];
  const known = KNOWN_FORMATS.flatMap(({ operators }) => operators).find(
    (operator) => operator.field === field,
  );
  return meaningOf(known ?? { name: operatorName(name), argument });
}
