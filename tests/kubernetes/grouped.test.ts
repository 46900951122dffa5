import { grouped, type KeysOf } from '../../src/kubernetes/grouped.ts';

const letters: KeysOf<string> = (word) => [...new Set(word)];
const length: KeysOf<string> = (word) => [String(word.length)];

test('an item is found under each of its keys, in the order of the list', () => {
  const words = ['web', 'api', 'pi'];
  expect(grouped(words, letters).get('i')).toEqual(['api', 'pi']);
  expect(grouped(words, letters).get('x')).toBeUndefined();
  expect(grouped(words, length).get('3')).toEqual(['web', 'api']);
});

test('the same list is gone through once for the same keys', () => {
  const words = ['web'];
  expect(grouped(words, letters)).toBe(grouped(words, letters));
  expect(grouped(['web'], letters)).not.toBe(grouped(words, letters));
});
