/** A real engine that was started on this machine, for tests and development. */
export interface Engine {
  /** How clients reach it: `127.0.0.1:9092` for Kafka, `redis://127.0.0.1:6379` for Redis. */
  readonly url: string;
  readonly pid: number;
  /** Ends it at once, as a crash does; its data stays. */
  kill(): Promise<void>;
  /** Starts it again at the same address with the same data, and waits until it answers. */
  restart(): Promise<void>;
  /** Ends it in order and removes its data, unless the folder was given by the caller. */
  stop(): Promise<void>;
}

/** The machine lacks what an engine needs; the message says what, and how to get it. */
export class EngineUnavailableError extends Error {
  override name = 'EngineUnavailableError';
}
