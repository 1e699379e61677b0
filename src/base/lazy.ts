// Values that are made when they are first asked for, and kept.

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

/** What is made of an object, once for each object. */
export function perObject<K extends object, V extends object>(make: (object: K) => V): (object: K) => V {
  const made = new WeakMap<K, V>();
  return (object) => {
    const known = made.get(object);
    if (known) return known;
    const value = make(object);
    made.set(object, value);
    return value;
  };
}
