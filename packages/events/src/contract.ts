import type { z } from 'zod';

/** What an event of one type holds. */
export interface EventDefinition<Payload extends z.ZodType = z.ZodType> {
  /** A new version is a new payload that old consumers cannot read; additions stay in the same one. */
  readonly version: number;
  /** The kind of thing that it is about. */
  readonly aggregate: string;
  /** Ids and facts; no e-mail address or other personal data, since a log cannot forget. */
  readonly payload: Payload;
}

export type EventDefinitions = Readonly<Record<string, EventDefinition>>;

/** The events of one module of a domain: a public contract, as the SDL is. */
export interface EventContract<Definitions extends EventDefinitions> {
  /** The domain, which names the topic. */
  readonly domain: string;
  readonly definitions: Definitions;
}

/** Declares the events that a module of a domain emits. */
export function defineEvents<const Definitions extends EventDefinitions>(
  domain: string,
  definitions: Definitions,
): EventContract<Definitions> {
  return { domain, definitions };
}

/** An event to be emitted, of any type in a contract, with the payload of that type. */
export type NewEvent<Definitions extends EventDefinitions> = {
  [Type in keyof Definitions & string]: {
    readonly type: Type;
    readonly aggregateId: string;
    readonly aggregateVersion: number;
    readonly payload: z.input<Definitions[Type]['payload']>;
    readonly actorId?: string;
    readonly traceparent?: string;
    /** It is imported, and this is when it happened elsewhere. */
    readonly importedTime?: Date;
  };
}[keyof Definitions & string];
