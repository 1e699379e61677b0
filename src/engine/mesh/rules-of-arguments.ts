// istio-init's arguments as text -> the rules that they make, as text: what the form beside them shows.
import { parseDocuments } from '../../documents/parse.ts';
import { initRules } from './istio-init.ts';

/** As a dump of IPv4's tables; null when the text holds no arguments, or their rules cannot be told. */
export function rulesOfArguments(text: string): string | null {
  for (const { content } of parseDocuments({ name: 'istio-init', text }))
    if (content.kind === 'istio-init') return initRules(content.asked, 4);
  return null;
}
