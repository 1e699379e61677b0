// A source address in its own colour, the same everywhere on the screen.
import { hostOf } from '../graph/sources.ts';

interface AddressProps {
  /** An address with or without a port. */
  readonly text: string;
  readonly sources: readonly string[];
  readonly chip?: boolean;
}

export function Address({ text, sources, chip = false }: AddressProps) {
  return (
    <span className={chip ? 'source-chip' : 'source-text'} data-source={slotOf(sources, text)}>
      {text}
    </span>
  );
}

const SLOTS = 10;

/** The number of the colour and dash pattern of an address; after ten they start again, without the first. -1: none has it. */
export function slotOf(sources: readonly string[], endpoint: string): number {
  return slot(sources.indexOf(hostOf(endpoint)));
}

export function slot(position: number): number {
  return position < SLOTS ? position : 1 + ((position - 1) % (SLOTS - 1));
}
