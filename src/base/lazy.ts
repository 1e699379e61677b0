// A value that is made when it is first asked for, and kept.

export interface Lazy<T> {
  readonly value: T;
}

class Made<T> implements Lazy<T> {
  private made: { readonly value: T } | null = null;
  private readonly make: () => T;

  constructor(make: () => T) {
    this.make = make;
  }

  get value(): T {
    return (this.made ??= { value: this.make() }).value;
  }
}

export function lazy<T>(make: () => T): Lazy<T> {
  return new Made(make);
}
