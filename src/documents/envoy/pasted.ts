// A resource of a dump, known by its name: the rest is read where a path meets it, for a dump holds thousands.
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { field, gapsOf, textOf } from './proto.ts';

export abstract class Pasted<Rest extends object> {
  readonly name: string;
  readonly span: Span;
  readonly node: JsonNode;
  /** Where its name stands. */
  protected readonly named: Span | null;
  private made: Rest | null = null;

  constructor(node: JsonNode) {
    const given = textOf(field(node, 'name'));
    this.name = given?.value ?? '';
    this.named = given?.span ?? null;
    this.span = node.span;
    this.node = node;
  }

  /** Made when it is first asked for, and kept. */
  protected get rest(): Rest {
    return (this.made ??= this.read());
  }

  get gaps(): readonly Span[] {
    return gapsOf(this.node);
  }

  /** The line that names it. */
  get nameSpan(): Span {
    return this.named ?? this.span;
  }

  protected abstract read(): Rest;
}
