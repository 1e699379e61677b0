// A format string with %OPERATORS% -> what stands between them and what each fills.
// https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#format-strings
import { fieldOf, shapeOf, type Shape } from './field.ts';

export interface FormatOperator {
  readonly name: string;
  readonly argument: string | null;
  /** `:Z`, the most characters that are printed. */
  readonly limit: number | null;
  readonly field: string;
  readonly shape: Shape;
}

export interface LineFormat {
  /** Which known format it is, or `given`. */
  readonly name: string;
  /** What is printed before, between and behind the operators: one more than there are operators. */
  readonly literals: readonly string[];
  readonly operators: readonly FormatOperator[];
}

/** An argument may hold brackets (CEL) and percent signs (START_TIME): it ends where the operator does. */
const OPERATOR = /%(?:%|([A-Z][A-Z0-9_]*)(?:\((.*?)\))?(?::(\d+))?%)/g;

/** The operator that a name with an argument stands for. */
function operatorOf(name: string, argument: string | null, limit: number | null): FormatOperator {
  return { name, argument, limit, field: fieldOf(name, argument), shape: shapeOf(name, argument) };
}

/** Reads a format string; `%%` is a percent sign, and what is no operator is printed as it stands. */
export function parseFormat(text: string, name = 'given'): LineFormat {
  const literals: string[] = [];
  const operators: FormatOperator[] = [];
  const line = text.replace(/(?:\r?\n|\\n)+$/, '');
  let literal = '';
  let at = 0;
  for (const match of line.matchAll(OPERATOR)) {
    literal += line.slice(at, match.index);
    at = match.index + match[0].length;
    const [, operator, argument, limit] = match;
    if (operator === undefined) {
      literal += '%';
      continue;
    }
    literals.push(literal);
    literal = '';
    operators.push(operatorOf(operator, argument ?? null, limit === undefined ? null : Number(limit)));
  }
  return { name, literals: [...literals, literal + line.slice(at)], operators };
}
