import type { Log } from '@community/events/log';

interface Listener {
  readonly listen: (message: unknown) => unknown;
  readonly onGap: () => unknown;
}

/** The listeners of one instance, by channel. One that fails is logged, and hurts nobody. */
export function createListeners(log: Log) {
  const byChannel = new Map<string, Set<Listener>>();

  function call(channel: string, listener: () => unknown): void {
    const failed = (error: unknown) => log.error({ err: error, channel }, 'a listener of a channel failed');
    try {
      const result = listener();
      if (result instanceof Promise) result.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  return {
    channels: (): string[] => [...byChannel.keys()],

    /** @returns what removes it again, and says whether it was the channel's last */
    add(channel: string, listen: (message: unknown) => void, onGap: () => void): () => boolean {
      const listener: Listener = { listen, onGap };
      const listeners = byChannel.get(channel) ?? new Set();
      byChannel.set(channel, listeners.add(listener));
      return () => {
        if (!listeners.delete(listener) || listeners.size > 0) return false;
        return byChannel.get(channel) === listeners && byChannel.delete(channel);
      };
    },

    /** @param text the message in JSON */
    deliver(channel: string, text: string): void {
      const listeners = byChannel.get(channel);
      if (!listeners) return;
      const message: unknown = JSON.parse(text);
      for (const listener of [...listeners]) {
        // One may have been stopped by another just now.
        if (listeners.has(listener)) call(channel, () => listener.listen(message));
      }
    },

    /** Says that messages of a channel may have been missed. */
    gap(channel: string): void {
      for (const { onGap } of [...(byChannel.get(channel) ?? [])]) call(channel, onGap);
    },
  };
}
