import { afterAll, beforeAll, describe } from 'vitest';
import type { TestPlatform } from '../platform.ts';
import { type Scene, setScene } from './attacker.ts';
import { identityCases } from './identity-cases.ts';
import { inputCases } from './input-cases.ts';
import { operationCases } from './operation-cases.ts';
import { privacyCases } from './privacy-cases.ts';

/** What attackers try against the whole platform, whatever engine plans and joins there: one platform for all cases. */
export function securitySuite(engine: { name: string; start(): Promise<TestPlatform> }): void {
  describe(`attacks on ${engine.name}`, () => {
    let platform: TestPlatform;
    let scene: Scene;
    beforeAll(async () => {
      platform = await engine.start();
      scene = await setScene(platform);
    }, 90_000);
    afterAll(() => platform?.[Symbol.asyncDispose]());

    operationCases(() => scene);
    inputCases(() => scene);
    identityCases(() => scene);
    privacyCases(() => scene);
  });
}
