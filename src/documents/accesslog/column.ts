// The field of a column -> its operator as a format has it, and what it tells: a code for a sentence in i18n.
import type { FormatOperator } from './format.ts';
import { KNOWN_FORMATS } from './known-formats.ts';
import { isOperator, meaningOf } from './operators.ts';

/** `upstreamLocalAddress` -> `UPSTREAM_LOCAL_ADDRESS`. */
function operatorName(field: string): string {
  return field.replaceAll(/[A-Z]|\d+$/g, (part) => `_${part}`).toUpperCase();
}

function operatorOf(field: string): Pick<FormatOperator, 'name' | 'argument'> {
  const [, name = field, argument = null] = /^(\w+)\((.*)\)$/.exec(field) ?? [];
  const known = KNOWN_FORMATS.flatMap(({ operators }) => operators).find(
    (operator) => operator.field === field,
  );
  return known ?? { name: operatorName(name), argument };
}

/** What a field tells, by the operator that fills it; `operator.unknown` for a key of a format's own. */
export function meaningOfField(field: string): ReturnType<typeof meaningOf> {
  return meaningOf(operatorOf(field));
}

/** A field's head: `%START_TIME%`, `%REQ(X-FORWARDED-FOR)%`; a key of a format's own as it is. */
export function headOfField(field: string): string {
  const { name, argument } = operatorOf(field);
  if (!isOperator(name)) return field;
  return argument === null ? `%${name}%` : `%${name}(${argument})%`;
}
