import { type Engine, EngineUnavailableError } from './engine.ts';

/** Starts an engine for tests. @returns why there is none on this machine, which is what their skipped test is called */
export async function engineOrReason(start: () => Promise<Engine>): Promise<Engine | string> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof EngineUnavailableError) return error.message;
    throw error;
  }
}
