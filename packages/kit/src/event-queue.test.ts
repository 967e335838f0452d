import { expect, it, vi } from 'vitest';
import { createEventQueue } from './event-queue.ts';

it('hands on events in order, and ends after those that wait', async () => {
  const onClose = vi.fn();
  const queue = createEventQueue<number>(onClose);
  queue.push(1);
  queue.push(2);
  queue.end();
  queue.push(3);
  const seen: number[] = [];
  for await (const event of queue) seen.push(event);
  expect(seen).toEqual([1, 2]);
  expect(onClose).toHaveBeenCalledOnce();
});

it('stops at once while it waits for an event', async () => {
  const onClose = vi.fn();
  const queue = createEventQueue<number>(onClose);
  const next = queue.next();
  await queue.return?.();
  expect(await next).toEqual({ value: undefined, done: true });
  expect(onClose).toHaveBeenCalledOnce();
});

it('ends with an error when nobody takes what comes', async () => {
  const onClose = vi.fn();
  const queue = createEventQueue<number>(onClose);
  for (let event = 0; event < 1_002; event += 1) queue.push(event);
  await expect(queue.next()).rejects.toMatchObject({ extensions: { code: 'TOO_SLOW' } });
  expect(await queue.next()).toEqual({ value: undefined, done: true });
  expect(onClose).toHaveBeenCalledOnce();
});
