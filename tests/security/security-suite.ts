import { describe } from 'vitest';
import type { TestPlatform } from '../platform.ts';
import { usePlatform } from '../suite-platform.ts';
import { type Scene, setScene } from './attacker.ts';
import { identityCases } from './identity-cases.ts';
import { inputCases } from './input-cases.ts';
import { operationCases } from './operation-cases.ts';
import { privacyCases } from './privacy-cases.ts';

/** What attackers try against the whole platform, whatever engine plans and joins there: one platform for all cases. */
export function securitySuite(engine: { name: string; start(): Promise<TestPlatform> }): void {
  describe(`attacks on ${engine.name}`, () => {
    let scene: Scene;
    usePlatform(engine.start, async (platform) => {
      scene = await setScene(platform);
    });

    operationCases(() => scene);
    inputCases(() => scene);
    identityCases(() => scene);
    privacyCases(() => scene);
  });
}
