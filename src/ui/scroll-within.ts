// Brings an item of a list to the middle of it, as far as the list scrolls. `scrollIntoView` would move the page as well.
export function scrollWithin(list: HTMLElement, item: HTMLElement): void {
  const inner = item.getBoundingClientRect();
  const outer = list.getBoundingClientRect();
  list.scrollBy({
    left: inner.x + inner.width / 2 - (outer.x + outer.width / 2),
    top: inner.y + inner.height / 2 - (outer.y + outer.height / 2),
  });
}
