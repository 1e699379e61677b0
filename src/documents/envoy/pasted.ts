// A resource of a dump, known by its name: the rest is read where a path meets it, for a dump holds thousands.
import type { JsonNode } from '../../base/json.ts';
import { lazy, type Lazy } from '../../base/lazy.ts';
import type { Span } from '../../base/source.ts';
import { field, gapsOf, textOf, type Spanned } from './proto.ts';

export class Pasted<Rest> {
  readonly name: string;
  readonly gaps: readonly Span[];
  readonly span: Span;
  readonly node: JsonNode;
  protected readonly given: Spanned<string> | null;
  protected readonly rest: Lazy<Rest>;

  constructor(node: JsonNode, readRest: (node: JsonNode, name: string) => Rest) {
    this.given = textOf(field(node, 'name'));
    this.name = this.given?.value ?? '';
    this.gaps = gapsOf(node);
    this.span = node.span;
    this.node = node;
    this.rest = lazy(() => readRest(node, this.name));
  }

  /** The line that names it. */
  get nameSpan(): Span {
    return this.given?.span ?? this.span;
  }
}
