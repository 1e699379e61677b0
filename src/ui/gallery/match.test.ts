import { expect, it } from 'vitest';
import { samples } from '../../samples/samples.ts';
import { matches } from './match.ts';

function found(asked: string): string[] {
  return samples.filter((sample) => matches(sample, asked)).map(({ id }) => id);
}

it('finds a sample by title in either language, by an address of its paste, by several words', () => {
  expect(found('')).toHaveLength(samples.length);
  expect(found('BookInfo')).toContain('bookinfo');
  expect(found('谁改了我的客户端地址').length + found('改了客户端').length).toBeGreaterThan(0);
  expect(found('10.20.0.78')).toContain('redirect-127-0-0-6');
  expect(found('reviews ratings 9080')).toContain('bookinfo');
  expect(found('reviews zebra')).toEqual([]);
});
