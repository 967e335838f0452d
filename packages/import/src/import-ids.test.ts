import { isId } from '@community/kit/ids';
import { expect, it } from 'vitest';
import { importIds } from './import-ids.ts';

it('are UUIDs of version 5 that differ by source, kind and id, and never by run', () => {
  const [forum, blog] = [importIds('forum'), importIds('blog')];
  const ids = [forum('member', '1'), forum('post', '1'), forum('member', '2'), blog('member', '1')];
  expect(new Set(ids).size).toBe(4);
  expect(ids.every((id) => isId(id) && id[14] === '5')).toBe(true);
  // Written down: another id would double what was imported before.
  expect(forum('member', '1')).toBe('04cd68b1-cda6-5898-a764-7c9fa8ea1bbd');
});
