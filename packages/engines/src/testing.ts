import { EngineUnavailableError } from './engine.ts';

/** Starts an engine, or what needs some, for tests. @returns why that cannot be here, which is what their skipped test is called */
export async function engineOrReason<Started>(start: () => Promise<Started>): Promise<Started | string> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof EngineUnavailableError) return error.message;
    throw error;
  }
}
